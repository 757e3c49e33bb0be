package diagnose

import (
	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
)

// qualifiedClassForm is the class of an error about a refused access, behind its package or
// module: com.acme.orders.AccessDeniedException, Acme::Errors::AccessDenied,
// App\Exceptions\AccessDeniedException.
var qualifiedClassForm = lazy.Compile(`\b(?:(?:[A-Za-z_]\w*\.){2,12}|(?:[A-Z]\w*(?:::|\\{1,2})){1,12})\w*(?:AccessDenied|UnauthorizedAccess)\w*`)

// awsForm is a word of texts that have to do with AWS, or with a store that speaks as S3 does.
// The short ones stand within others too: requests, diamond.
var awsForm = lazy.Compile(`(?i)aws|amazon|boto|smithy|s3|arn:|dynamo|cognito|kinesis|firehose|minio|ceph|\b(?:kms|lambda|iam|sts)`)

// hasForeignClass tells whether the class of the error that a text names as its code is one
// of a program's own, and the text has to do with AWS in no other way. AWS' own classes are
// in packages that are called after it.
func hasForeignClass(f extract.Facts, text string) bool {
	return isForeign(f, text) && qualifiedClassForm().MatchString(text)
}

// isForeign tells whether a text has nothing of AWS'.
func isForeign(f extract.Facts, text string) bool {
	return f.PrincipalARN == "" && f.Operation == "" && f.RequestID == "" && !awsForm().MatchString(text)
}

// foreignActionForm is an action as programs of one's own call it: orders:update. AWS' begin
// with a capital letter.
var foreignActionForm = lazy.Compile(`^[a-z0-9_-]+:[a-z]`)

// isForeignAction tells whether the action that a text names is one of a program's own.
func isForeignAction(f extract.Facts, text string) bool {
	return isForeign(f, text) && foreignActionForm().MatchString(f.Action)
}
