package diagnose

import (
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/extract"
)

func TestNeeded(t *testing.T) {
	f := func(facts extract.Facts, want string) {
		t.Helper()
		if got := needed(facts); got != want {
			t.Errorf("needed(%+v) = %q; want %q", facts, got, want)
		}
	}
	op := func(service, operation string) extract.Facts {
		return extract.Facts{Service: service, Operation: operation}
	}

	// The text's own action, in IAM's case.
	f(extract.Facts{Action: "s3:GetObject", Operation: "HeadObject"}, "s3:GetObject")
	f(extract.Facts{Action: "SNS:Publish"}, "sns:Publish")
	f(extract.Facts{Action: "sqs:receivemessage"}, "sqs:ReceiveMessage")
	f(extract.Facts{Action: "newservice:DoThing"}, "newservice:DoThing")

	// CQL's, of Amazon Keyspaces; those of other databases are none of IAM.
	f(extract.Facts{Action: "SELECT", PrincipalARN: "arn:aws:iam::111122223333:role/orders"}, "cassandra:Select")
	f(extract.Facts{Action: "SELECT"}, "")

	// Operations whose action has another name.
	f(op("Amazon S3", "ListObjectsV2"), "s3:ListBucket")
	f(op("S3", "HeadObject"), "s3:GetObject")
	f(op("S3", "HeadBucket"), "s3:ListBucket")
	f(op("s3", "UploadPart"), "s3:PutObject")
	f(op("s3", "CompleteMultipartUpload"), "s3:PutObject")
	f(op("s3", "AbortMultipartUpload"), "s3:AbortMultipartUpload")
	f(op("S3", "DeleteObjects"), "s3:DeleteObject")
	f(op("S3", "GetBucketLifecycleConfiguration"), "s3:GetLifecycleConfiguration")
	f(op("S3", "ListBuckets"), "s3:ListAllMyBuckets")
	f(op("AWSLambda", "Invoke"), "lambda:InvokeFunction")
	f(op("Bedrock Runtime", "Converse"), "bedrock:InvokeModel")
	f(op("BedrockRuntime", "ConverseStream"), "bedrock:InvokeModelWithResponseStream")
	f(op("SQS", "SendMessageBatch"), "sqs:SendMessage")
	f(op("ApiGatewayManagementApi", "PostToConnection"), "execute-api:ManageConnections")
	f(op("API Gateway", "GetRestApis"), "apigateway:GET")
	f(op("DynamoDB", "TransactWriteItems"), "") // several actions, by its contents
	f(op("STS", "GetCallerIdentity"), "")       // none

	// Services as SDKs print them.
	f(op("AmazonDynamoDBv2", "Query"), "dynamodb:Query")
	f(op("AWSSecurityTokenService", "AssumeRole"), "sts:AssumeRole")
	f(op("AWSKMS", "Decrypt"), "kms:Decrypt")
	f(op("Secrets Manager", "GetSecretValue"), "secretsmanager:GetSecretValue")
	f(op("EKS Auth", "AssumeRoleForPodIdentity"), "eks-auth:AssumeRoleForPodIdentity")
	f(op("AWSSimpleSystemsManagement", "GetParameters"), "ssm:GetParameters")
	f(op("SFN", "StartExecution"), "states:StartExecution")
	f(op("CloudWatch Logs", "PutLogEvents"), "logs:PutLogEvents")
	f(op("CloudWatch", "PutMetricData"), "cloudwatch:PutMetricData")
	f(op("Cognito Identity Provider", "AdminGetUser"), "cognito-idp:AdminGetUser")
	f(op("ec2", "describeInstances"), "ec2:DescribeInstances") // JavaScript's case

	// No service named: the operation, the error code or the host tells.
	f(op("", "PutItem"), "dynamodb:PutItem")
	f(op("", "GetSecretValue"), "secretsmanager:GetSecretValue")
	f(extract.Facts{ErrorCode: "Aws::SQS::Errors::AccessDenied", Operation: "TagQueue"}, "sqs:TagQueue")
	f(extract.Facts{ErrorCode: "AWS::SQS::Errors::AccessDenied", Operation: "TagQueue"}, "sqs:TagQueue")
	f(op("AWSKMS", "GetParameter"), "") // it was kms:Decrypt, for SSM
	f(op("AWSKMS", "Decrypt"), "kms:Decrypt")
	f(extract.Facts{Endpoint: "https://monitoring.eu-west-1.amazonaws.com/", Operation: "TagResource"}, "cloudwatch:TagResource")
	f(op("", "Publish"), "") // SNS and IoT both have it
	f(op("My Own Service", "DoThing"), "")
	f(extract.Facts{}, "")
}

func TestAnyResourceOnly(t *testing.T) {
	f := func(action string, want bool) {
		t.Helper()
		if got := anyResourceOnly(action); got != want {
			t.Errorf("anyResourceOnly(%q) = %v; want %v", action, got, want)
		}
	}
	f("ecr:GetAuthorizationToken", true)
	f("cloudwatch:PutMetricData", true)
	f("ec2:DescribeInstances", true)
	f("ssmmessages:CreateControlChannel", true)
	f("s3:ListAllMyBuckets", true)
	f("ecr:BatchGetImage", false)
	f("s3:ListBucket", false)
	f("ec2:RunInstances", false)
	f("kms:Decrypt", false)
}

// The tables are read by people and grown by hand: no entry may be dead or
// spelled unlike an action.
func TestActionTables(t *testing.T) {
	for call, action := range renamed {
		if action != "" && !actionForm().MatchString(action) {
			t.Errorf("renamed[%q] = %q; want an IAM action", call, action)
		}
		if call == action {
			t.Errorf("renamed[%q] names itself", call)
		}
	}
	for operation, prefix := range operationOwner {
		if strings.ToUpper(operation[:1]) != operation[:1] {
			t.Errorf("operationOwner[%q] (%s): operations begin with a capital letter", operation, prefix)
		}
	}
	owners := make(map[string]bool)
	for _, p := range prefixes {
		owners[p] = true
	}
	for name := range prefixes {
		if got := prefixOfName(name); got != prefixes[name] {
			t.Errorf("prefixOfName(%q) = %q; want %q", name, got, prefixes[name])
		}
	}
	for action := range companions {
		if !actionForm().MatchString(action) {
			t.Errorf("companions[%q]: want an IAM action", action)
		}
	}
}
