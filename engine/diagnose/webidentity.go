package diagnose

import "strings"

// webIdentity reports whether the role is assumed with a token instead of
// credentials: then only the trust policy decides, by claims that the text does not
// show.
func (r *reading) webIdentity() bool {
	return r.action == "sts:AssumeRoleWithWebIdentity" || r.action == "sts:AssumeRoleWithSAML"
}

// tokenIssuer tells whose token was to be exchanged for a role: github or saml; ""
// for a token in a file, as EKS gives one to its pods.
func tokenIssuer(text string) string {
	return meaning(strings.ToLower(text), []mark{
		{"assumerolewithsaml", "saml"},
		{"assume role with oidc", "github"}, // aws-actions/configure-aws-credentials
		{"githubusercontent.com", "github"},
		{"githubactions", "github"}, // the session's name
	})
}

// tokenDocs are the pages about tokens that are exchanged for a role.
var tokenDocs = map[string]string{
	"":       "https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html",
	"github": "https://docs.github.com/en/actions/reference/security/oidc",
	"saml":   "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_saml.html",
}
