package diagnose

import (
	"regexp"
	"strings"

	"github.com/authlens/authlens/engine/extract"
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
	"session": {"the session policy", "the program that assumes the role",
		"https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session"},
	"scp": {"a service control policy (SCP)", "an administrator of the AWS organization",
		"https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html"},
	"rcp": {"a resource control policy (RCP)", "an administrator of the AWS organization that owns the resource",
		"https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html"},
	"vpc_endpoint": {"the VPC endpoint policy", "whoever manages the VPC endpoint",
		"https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html"},
}

// refine returns the cause that the facts make of a rule's, and the text around
// them. A rule matches one record; the facts may have been completed by those that
// follow it, and then say more than "access denied".
func refine(cause string, f extract.Facts, text string) string {
	switch cause {
	case "expired_token":
		switch credentialSource(f, text) {
		case "sso":
			return "sso_session_expired"
		case "pod_identity":
			return "pod_token_expired"
		}
	case "unknown_key":
		if keyOfLookalike(text) {
			return "access_key_refused"
		}
	case "missing_permission":
		if isBareStatus(f, text) {
			return "status_only"
		}
	case "cache_auth":
		if f.ErrorCode == "NOPERM" || f.ErrorCode == "NoPermissionError" {
			return "cache_permission"
		}
	}
	if !refinable[cause] {
		return cause
	}
	switch r := refusalOf(f); {
	case r.explicit:
		return "explicit_deny"
	case r.final():
		return "permission_limit"
	case cause == "missing_permission":
		return byAction(needed(f))
	}
	return cause
}

// keyOfLookalike tells whether it is a store with S3's protocol that does not know
// an access key: AWS itself calls it "The AWS Access Key Id".
func keyOfLookalike(text string) bool {
	return (strings.Contains(text, "Access Key Id you provided") || strings.Contains(text, "Access Key Id provided")) &&
		!strings.Contains(text, "AWS Access Key") && !strings.Contains(text, "amazonaws.com")
}

// isBareStatus tells whether AWS' answer is known by its HTTP status only.
func isBareStatus(f extract.Facts, text string) bool {
	return f.HTTPStatus != 0 && f.Action == "" && f.PrincipalARN == "" && f.DenyType == "" && !f.ExplicitDeny &&
		statusCode.MatchString(f.ErrorCode) && !refusalWords.MatchString(text)
}

var (
	// statusCode is an error code that says no more than a status.
	statusCode = regexp.MustCompile(`^(|[45]\d\d( \w+)?|Forbidden|Unauthorized)$`)
	// refusalWords say that it was permissions that were looked at.
	refusalWords = regexp.MustCompile(`(?i)access ?denied|not authorized|no permission|explicit deny`)
)

// signedFor tells what a signature is scoped to another one of than AWS asks for.
func signedFor(text string) string {
	switch {
	case strings.Contains(text, "scoped to correct service"):
		return "service"
	case strings.Contains(text, "scoped to a valid region"), strings.Contains(text, "scoped to correct region"),
		strings.Contains(text, "the region '") && strings.Contains(text, "is wrong"):
		return "Region"
	}
	return ""
}

// notYet is AWS' sentence about a signature from the future.
var notYet = regexp.MustCompile(`Signature not yet current: (\S+ is still later than \S+)`)

// clockAhead says by how much the clock of the signer is ahead, in AWS' words.
func clockAhead(text string) string {
	if m := notYet.FindStringSubmatch(text); m != nil {
		return strings.TrimRight(m[1], ".,;\"'")
	}
	return ""
}

// refinable are the causes that mean "AWS refused an action by policy".
var refinable = map[string]bool{
	"missing_permission": true, "kms_denied": true, "secret_denied": true,
	"assume_role_denied": true, "pass_role_denied": true, "registry_auth": true,
}

// byAction returns the cause that stands for a refused action.
func byAction(action string) string {
	switch action {
	case "iam:PassRole":
		return "pass_role_denied"
	case "sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity":
		return "assume_role_denied"
	case "secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue",
		"ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath":
		return "secret_denied"
	case "ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability":
		return "registry_auth"
	}
	if len(action) > 4 && action[:4] == "kms:" {
		return "kms_denied"
	}
	return "missing_permission"
}
