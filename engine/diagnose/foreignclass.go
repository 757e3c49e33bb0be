package diagnose

import (
	"strings"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
)

// qualifiedClassForm is the class of an error about a refused access, behind its package or
// module: com.acme.orders.AccessDeniedException, Acme::Errors::AccessDenied,
// App\Exceptions\AccessDeniedException.
var qualifiedClassForm = lazy.Compile(`\b(?:(?:[A-Za-z_]\w*\.){2,12}|(?:[A-Z]\w*(?:::|\\{1,2})){1,12})\w*(?:AccessDenied|UnauthorizedAccess)\w*`)

// awsWords are words of texts, in lower case, that have to do with AWS or with a store that
// speaks as S3 does.
var awsWords = [...]string{"aws", "amazon", "boto", "smithy", "s3", "arn:", "dynamo", "cognito", "kinesis", "firehose", "kms", "lambda", "iam", "sts", "minio", "ceph"}

// hasForeignClass tells whether the class of the error that a text names as its code is one
// of a program's own, and the text has to do with AWS in no other way. AWS' own classes are
// in packages that are called after it.
func hasForeignClass(f extract.Facts, text string) bool {
	if f.PrincipalARN != "" || f.Operation != "" || f.RequestID != "" {
		return false
	}
	if qualifiedClassForm().FindStringIndex(text) == nil {
		return false
	}
	lower := strings.ToLower(text)
	for _, word := range awsWords {
		if strings.Contains(lower, word) {
			return false
		}
	}
	return true
}
