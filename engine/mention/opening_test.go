package mention

import "testing"

func TestOfDescriptions(t *testing.T) {
	f := kindTest(t)
	f("description: ‹access denied›", Document)
	f("    description: Answer of ‹access denied›, see 'scopes'", Document)
	f("summary: ‹Login failed› for user", Document)
	f("description: ‹access denied› for user 'app'@'10.0.0.1'", None)
	f("summary: nightly import failed: ‹access denied›", None)
	f("summary: 3 uploads failed with ‹access denied›", None)
	f("description: the bucket could not be opened, ‹access denied›", None)
	f("description: Returned when the upload failed with ‹access denied›", Document)
	f("summary: what to do if uploads failed with ‹access denied›", Document)
	f("summary: ‹AccessDenied›: User: arn:aws:iam::123456789012:user/x is not authorized", None)
	f(`description: ‹password authentication failed› for user "app"`, None)
}
