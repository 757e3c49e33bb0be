package diagnose

import "github.com/authlens/authlens/engine/extract"

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

// refine returns the cause that the facts make of a rule's. A rule matches one
// record; the facts may have been completed by those that follow it, and then
// say more than "access denied".
func refine(cause string, f extract.Facts) string {
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
