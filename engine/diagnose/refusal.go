package diagnose

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
)

// A refusal is how AWS said no: which type of policy refused, and whether by
// an explicit deny. The deny types are those of extract.Facts; "" when the text
// does not name one.
type refusal struct {
	denyType string
	explicit bool
}

func refusalOf(f extract.Facts) refusal { return refusal{f.DenyType, f.ExplicitDeny} }

// final reports whether no Allow statement in the caller's own policies can
// help: an explicit deny outranks every Allow, and the policies that limit
// permissions (boundary, session, SCP, RCP, VPC endpoint) grant none.
func (r refusal) final() bool { return r.explicit || limits[r.denyType] }

// limits are the deny types of policies that only narrow what others allow.
var limits = map[string]bool{
	"boundary": true, "session": true, "scp": true, "rcp": true, "vpc_endpoint": true,
}

// A policyType is how we speak of a type of policy.
type policyType struct {
	label string // with its article
	who   string // who can change it
	doc   string // the page about it; "" when no page is about it alone
}

var policyTypes = map[string]policyType{
	"identity": {"an identity-based policy", "whoever manages the caller's IAM policies", ""},
	"resource": {"the resource-based policy", "the owner of the resource",
		"https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html"},
	"boundary": {"the permissions boundary", "whoever manages the caller's permissions boundary",
		"https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html"},
	"session": {"the session policy", "whoever makes the session",
		"https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session"},
	"scp": {"a service control policy (SCP)", "an administrator of the AWS organization",
		"https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html"},
	"rcp": {"a resource control policy (RCP)", "an administrator of the AWS organization that owns the resource",
		"https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html"},
	"vpc_endpoint": {"the VPC endpoint policy", "whoever manages the VPC endpoint",
		"https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html"},
}

// refusalInWords says what AWS did. Only a sentence that names the action tells
// that no policy allows the call; a bare "Access Denied" is a deny's answer too.
func (r *reading) refusalInWords() string {
	if r.facts.Action == "" && r.facts.DenyType == "" {
		return "refused the call: no policy allows it, or one denies it; the text does not say which"
	}
	if r.facts.DenyType == "resource" {
		return "the resource's own policy does not allow the call"
	}
	return "found no policy that allows the call"
}

// isBareStatus tells whether AWS' answer is known by its HTTP status only.
func isBareStatus(f extract.Facts, text string) bool {
	text = strings.ReplaceAll(text, "java.nio.file.AccessDeniedException", "") // Hadoop's own word for any 403
	named := f.HTTPStatus != 0 || strings.Contains(f.ErrorCode, "::")
	return named && f.Action == "" && f.PrincipalARN == "" && f.DenyType == "" && !f.ExplicitDeny &&
		statusCode().MatchString(f.ErrorCode) && !refusalWords().MatchString(text)
}

var (
	// statusCode is an error code that says no more than a status; in Ruby, the name of a class.
	statusCode = lazy.Compile(`^(|[45]\d\d( \w+)?|(A(ws|WS)::\w+::Errors::)?(Forbidden(Exception)?|Http403Error|Unauthorized))$`)
	// refusalWords say that it was permissions that were looked at.
	refusalWords = lazy.Compile(`(?i)access ?denied|access to [^\n]{1,160} is denied|not authorized|no permission|insufficient .{0,20}permission|explicit deny`)
)

// signedFor tells what a signature is scoped to another one of than AWS asks for.
func signedFor(text string) string {
	return meaning(strings.ToLower(text), []mark{
		{"scoped to correct service", "service"},
		{"scoped to a valid region", "Region"},
		{"scoped to correct region", "Region"},
		{"is wrong; expecting '", "Region"},
	})
}

// regionSentence is AWS' sentence about a signature for another Region. Groups: 1 or
// 3 the Region signed for, 2 the one that was expected.
var regionSentence = lazy.Compile(`(?i)the region '([a-z0-9-]+)' is wrong; expecting '([a-z0-9-]+)'|scoped to a valid region, not '([a-z0-9-]+)'`)

// signedRegions returns the Region that a request was signed for and the one that
// was expected, as far as the text says.
func signedRegions(text string) (signed, expected string) {
	if m := regionSentence().FindStringSubmatch(text); m != nil {
		return cmp.Or(m[1], m[3]), m[2]
	}
	return "", ""
}

// notYet is AWS' sentence about a signature from the future.
var notYet = lazy.Compile(`Signature not yet current: (\S+ is still later than \S+)`)

// tooLate is AWS' sentence about a signature of the past. Groups: when it was made, when it arrived.
var tooLate = lazy.Compile(`Signature expired: (\d{8}T\d{6}Z) is now earlier than \d{8}T\d{6}Z \((\d{8}T\d{6}Z) - `)

// signedBefore says how long before its arrival a request was signed: 15 minutes.
func signedBefore(text string) string {
	m := tooLate().FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	const form = "20060102T150405Z"
	signed, err := time.Parse(form, m[1])
	if err != nil {
		return ""
	}
	arrived, err := time.Parse(form, m[2])
	if err != nil || !arrived.After(signed) {
		return ""
	}
	return inMinutes(arrived.Sub(signed))
}

func inMinutes(d time.Duration) string {
	if d >= 2*time.Hour {
		return strconv.Itoa(int(d.Hours())) + " hours"
	}
	return strconv.Itoa(int(d.Minutes())) + " minutes"
}

// clockAhead says by how much the clock of the signer is ahead, in AWS' words.
func clockAhead(text string) string {
	return strings.TrimRight(captured(notYet, text), ".,;\"'")
}
