package diagnose

import (
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// A keyUse is what a call of another service does with a KMS key, in its caller's name.
type keyUse struct {
	holder string // what the key protects
	needs  string // the actions on the key
	lookup string // the command that tells which key it is
}

const (
	keyRead      = "kms:Decrypt"
	keyReadWrite = "kms:GenerateDataKey and kms:Decrypt"

	lookupTopic     = "aws sns get-topic-attributes --topic-arn … --query Attributes.KmsMasterKeyId"
	lookupQueue     = "aws sqs get-queue-attributes --queue-url … --attribute-names KmsMasterKeyId"
	lookupSecret    = "aws secretsmanager describe-secret --secret-id … --query KmsKeyId"
	lookupParameter = "aws ssm describe-parameters --parameter-filters Key=Name,Values=… --query 'Parameters[].KeyId'"
	lookupStream    = "aws kinesis describe-stream-summary --stream-name … --query StreamDescriptionSummary.KeyId"
	lookupObject    = "aws s3api head-object --bucket … --key … --query SSEKMSKeyId"
)

// keyUses are told by the operation that was called.
var keyUses = map[string]keyUse{
	"Publish":             {"the topic", keyReadWrite, lookupTopic},
	"PublishBatch":        {"the topic", keyReadWrite, lookupTopic},
	"SendMessage":         {"the queue", keyReadWrite, lookupQueue},
	"SendMessageBatch":    {"the queue", keyReadWrite, lookupQueue},
	"ReceiveMessage":      {"the queue", keyRead, lookupQueue},
	"GetSecretValue":      {"the secret", keyRead, lookupSecret},
	"BatchGetSecretValue": {"the secret", keyRead, lookupSecret},
	"PutSecretValue":      {"the secret", keyReadWrite, lookupSecret},
	"CreateSecret":        {"the secret", keyReadWrite, lookupSecret},
	"UpdateSecret":        {"the secret", keyReadWrite, lookupSecret},
	"GetParameter":        {"the parameter", keyRead, lookupParameter},
	"GetParameters":       {"the parameters", keyRead, lookupParameter},
	"GetParametersByPath": {"the parameters", keyRead, lookupParameter},
	"PutParameter":        {"the parameter", "kms:Encrypt (kms:GenerateDataKey for an advanced one)", lookupParameter},
	"PutRecord":           {"the stream", "kms:GenerateDataKey", lookupStream},
	"PutRecords":          {"the stream", "kms:GenerateDataKey", lookupStream},
	"GetRecords":          {"the stream", keyRead, lookupStream},
	"GetObject":           {"the object", keyRead, lookupObject},
	"PutObject":           {"the object", "kms:GenerateDataKey", ""},
	"CopyObject":          {"the objects", keyReadWrite, ""},

	"CreateMultipartUpload":   {"the object", keyReadWrite, ""},
	"UploadPart":              {"the object", keyReadWrite, ""},
	"CompleteMultipartUpload": {"the object", keyReadWrite, ""},
}

// keyUse is what the refused call does with a key, as far as the text tells.
func (r *reading) keyUse() keyUse {
	use, known := keyUses[r.facts.Operation]
	switch op := r.facts.Operation; {
	case known:
		return use
	case databaseMade().MatchString(op):
		return keyUse{"the database", "kms:CreateGrant (under the condition kms:GrantIsForAWSResource) and kms:DescribeKey", ""}
	case strings.Contains(r.text, "Access to KMS is not allowed"): // Secrets Manager's words
		return keyUse{"the secret", keyRead + " (and kms:GenerateDataKey to write)", lookupSecret}
	case strings.Contains(r.text, "ciphertext refers to"): // KMS', of what it was to decrypt
		return keyUse{needs: keyRead}
	}
	return keyUse{needs: keyRead + " (and kms:GenerateDataKey to write)"}
}

// databaseMade are the operations of RDS that make a database, whose key RDS makes a grant on.
var databaseMade = lazy.Compile(`^(?:Create|Restore|Modify|Copy)DB`)
