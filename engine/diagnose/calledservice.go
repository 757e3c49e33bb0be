package diagnose

import (
	"cmp"
	"strings"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
)

// exceptionForm is an exception of AWS' SDKs, in whose name the service is one part:
//
//	Amazon.S3.AmazonS3Exception                                .NET
//	software.amazon.awssdk.services.sqs.model.SqsException     Java
//	aws.sdk.kotlin.services.s3.model.S3Exception               Kotlin
//	S3ServiceException                                         JavaScript, Redshift
//	Aws::S3::Errors::AccessDenied                              Ruby
var exceptionForm = lazy.Compile(`\bAmazon\.(\w+)\.Amazon\w*Exception\b|\b(?:awssdk|amazonaws|kotlin)\.services\.(\w+)\.model\.|\b(\w{2,30})ServiceException\b|\bAws::(\w+)::Errors::`)

// serviceLabels are services as AWS writes them, by the prefix of their actions.
var serviceLabels = map[string]string{
	"bedrock": "Amazon Bedrock", "cloudwatch": "Amazon CloudWatch", "dynamodb": "Amazon DynamoDB", "ec2": "Amazon EC2", "ecr": "Amazon ECR", "events": "Amazon EventBridge", "firehose": "Amazon Data Firehose",
	"kinesis": "Amazon Kinesis", "kms": "AWS KMS", "lambda": "AWS Lambda", "logs": "CloudWatch Logs", "s3": "Amazon S3", "secretsmanager": "AWS Secrets Manager",
	"ses": "Amazon SES", "sns": "Amazon SNS", "sqs": "Amazon SQS", "ssm": "AWS Systems Manager", "states": "AWS Step Functions", "sts": "AWS STS",
}

// calledPrefix is the prefix of the service that refused, by the URL that was refused,
// a code of its own, or the name of the exception.
func (r *reading) calledPrefix() string {
	if p := prefixOfHost(r.facts.Resource); p != "" {
		return p
	}
	if s3Path().MatchString(r.facts.Resource) || saysS3(r.text) {
		return "s3"
	}
	if r.facts.ErrorCode == "UnauthorizedOperation" || strings.Contains(r.text, "Not authorized for images") {
		return "ec2"
	}
	if m := exceptionForm().FindStringSubmatch(r.text); m != nil {
		return prefixOfName(cmp.Or(m[1:]...))
	}
	return calledAPI(r.facts.Endpoint)
}

// calledAPI is the prefix of the service whose own address a URL has. Addresses that
// programs have of AWS (API Gateway's, a load balancer's, an instance's) are none.
func calledAPI(url string) string {
	p := prefixOfHost(url)
	return given(serviceLabels[p] != "" && !strings.Contains(url, ".compute."), p)
}

// saysS3 tells whether text is of a program that has its own words for errors of S3.
func saysS3(text string) bool {
	for _, words := range [...]string{
		"(S3_ERROR)",                // ClickHouse
		"Generic S3 error: ",        // object_store
		"s3aws: ",                   // distribution, Harbor
		" s3 object: Access",        // Thanos
		", host id: ",               // the SDK for Go 1
		"determine if bucket ",      // Kopia
		".ERROR Unable to access '", // goofys
		"error reading storage: ",   // Tempo
		", access to bucket ",       // Vector
		" S3 bucket '",              // DMS
		"LogStash::Inputs::S3",
		"LogStash::Outputs::S3",
		" S3 artifact bucket '", // CodePipeline
		"RasterioIOError",
		"<HostId>", // S3's second ID of a request, in XML and as SDKs call it
		"HostIdAttrs",
		"xtendedRequestId",
		"xtended Request ID: ",
		"s3_extended_request_id",
	} {
		if strings.Contains(text, words) {
			return true
		}
	}
	return false
}

// calledService is the service that refused, as AWS writes it or else as printed.
func (r *reading) calledService() string {
	return cmp.Or(r.serviceLabel(), serviceLabels[cmp.Or(servicePart(r.action), r.calledPrefix())])
}

// serviceLabel is the service that the text names, as AWS writes it or else as printed:
// Amazon SQS for Sqs and for AmazonSQS, as SDKs call it.
func (r *reading) serviceLabel() string {
	return cmp.Or(serviceLabels[prefixOfName(r.facts.Service)], r.facts.Service)
}

// foreignStore is the scheme and host of a URL that is none of AWS', "" for one that is.
func foreignStore(url string) string {
	scheme, rest, ok := strings.Cut(url, "://")
	host, _, _ := strings.Cut(rest, "/")
	if !ok || !strings.HasPrefix(scheme, "http") || strings.Contains(host, "amazonaws.com") || strings.Contains(host, ".aws") {
		return ""
	}
	return scheme + "://" + host
}

// objectURL is an URL of S3, whose bucket stands in the host or is the first part of
// the path. Groups: the bucket in the host, the path.
//
//	https://BUCKET.s3.eu-west-1.amazonaws.com/KEY   https://s3-eu-west-1.amazonaws.com/BUCKET/KEY
var objectURL = lazy.Compile(`^https?://(?:([a-z0-9.-]+)\.)?s3(?:[.-](?:dualstack|accelerate|fips|external-1|[a-z]{2,4}(?:-[a-z]+)+-[0-9]))*\.amazonaws\.com(?:\.cn)?/([^?#]*)`)

// calledObject is the bucket, with the key, that an URL of S3 names: s3://reports/2026/a.pdf.
func calledObject(url string) string {
	m := objectURL().FindStringSubmatch(url)
	if m == nil {
		return ""
	}
	object := strings.Trim(m[1]+"/"+m[2], "/")
	return given(object != "", "s3://"+object)
}

// objectAction is the action that a request for an object of S3 needs, by the method
// that stands before its URL; "" where a query may ask for something else of the object.
func objectAction(f extract.Facts, text string) string {
	m := objectURL().FindStringSubmatch(f.Endpoint)
	if m == nil || f.Operation != "" {
		return ""
	}
	key := m[2]
	if m[1] == "" {
		_, key, _ = strings.Cut(key, "/")
	}
	before, rest, ok := strings.Cut(text, f.Endpoint)
	if key == "" || !ok || strings.HasPrefix(rest, "?") {
		return ""
	}
	return methodActions[strings.ToUpper(captured(methodForm, before))]
}

// methodForm is the method of a request, where its URL is to follow:
//
//	Error performing GET https://…   HTTP GET error on 'https://…'   Put "https://…"
var methodForm = lazy.Compile(`(?i)\b(get|head|put|delete)(?: error on| request to| to)? ["'\\]{0,3}$`)

// methodActions are the actions that a request for an object needs, by its method.
var methodActions = map[string]string{"GET": "s3:GetObject", "HEAD": "s3:GetObject", "PUT": "s3:PutObject", "DELETE": "s3:DeleteObject"}
