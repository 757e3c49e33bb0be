package diagnose

import "github.com/authlens/authlens/engine/lazy"

// What services name in the sentence of a refusal, most of them outside AWS.
var (
	accessBlockForm      = lazy.Compile(`\b((?:Block|Ignore)Public(?:Acls|Policy)|RestrictPublicBuckets)\b`)
	fluentOutputForm     = lazy.Compile(`\[output:([a-z0-9_]{1,40}:[a-z0-9_.-]{1,60})\]`)
	athenaBucketForm     = lazy.Compile(`(?:create output bucket |writing output to (?:url|location):? ?s3://)([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])`)
	lackingBucketForm    = lazy.Compile(`(?i)(?:Access Denied for (?:bucket|LogDestination): (?:arn:aws[a-z-]*:s3:::)?|policy is detected for bucket: |delivery policy to s3 bucket: |Could not write to bucket: |permissions to access S3 bucket |perform s3:\w{3,40} on bucket |in the specified bucket: |Check bucket arn:aws[a-z-]*:s3:::)([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\b`)
	postConditionForm    = lazy.Compile(`Policy Condition failed: (\[[^\]<\n]{1,200}\])`)
	vhostForm            = lazy.Compile(`\bvhost '([^'\s]{1,200})'`)                                                                     // RabbitMQ
	missingRightForm     = lazy.Compile(`(?:\bneeded["']?: ?["']|Having the '|\(#\d+\) Requires )([\w:,.-]{1,200})(?:['"]| permission)`) // Slack, Stripe, Meta
	lackedRightForm      = lazy.Compile(`(?:\black(?:s|ing) (?:the )?(?:permission|scope)|requires merchant approval for) ["'\\]*([\w:.-]{1,200}\w)`)
	missingScopeForm     = lazy.Compile(`insufficient_scope\\*["']?[^\n]{0,80}?\bscope=\\*["']([^"'\\\n]{1,200})`) // RFC 6750
	snowflakeFailureForm = lazy.Compile(`JWT token is invalid\.? +\[([0-9a-f-]{36})\]`)
	lakePermissionForm   = lazy.Compile(`permission\(s\): Required ([A-Z]\w*(?: \w+){0,3} on [^\s(,"]{1,200})`)
	deliveryStreamForm   = lazy.Compile(`deliveryStreamARN\\*":\s*\\*"arn:aws[a-z-]*:firehose:[^"\\]{1,60}:deliverystream/([\w.-]{1,64})`)
	deliveryBucketForm   = lazy.Compile(`destination\\*":\s*\\*"arn:aws[a-z-]*:s3:::([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])`)
	signedServiceForm    = lazy.Compile(`scoped to correct service: '([a-z0-9-]{2,40})'`)
	searchIndexForm      = lazy.Compile(`\bon indices \[([^\]\s]{1,200})\]`)                                 // Elasticsearch
	searchPrivilegesForm = lazy.Compile(`granted by the (?:index|cluster) privileges \[([\w,:/*]{1,200})\]`) // Elasticsearch
	entraCodeForm        = lazy.Compile(`\b(AADSTS\d{4,7})\b`)
	entraAppForm         = lazy.Compile(`(?i)\b(?:application with (?:identifier|id)|app|application) '([0-9a-f]{8}-[0-9a-f-]{27})'`)
	redirectForm         = lazy.Compile(`(?i)redirect ur[il] '(https?://[^'?#\s]{1,300})'`) // Entra ID
	federatedSubjectForm = lazy.Compile(`assertion subject '([^'\s]{1,300})'`)
	sesIdentityForm      = lazy.Compile(`failed the check in region [A-Za-z0-9-]{5,20}: ([^\s,"'\\]{3,254}[^\s,"'\\.])`) // Amazon SES
	sesRegionForm        = lazy.Compile(`failed the check in region ([A-Za-z0-9-]{5,20}):`)
	thumbprintForm       = lazy.Compile(`Thumbprint of key used by client: '([0-9A-Fa-f]{6,64})'`)
)
