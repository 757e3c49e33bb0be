package diagnose

import (
	"cmp"
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// vaultLoginForm is the path of a login at Vault. Group 1: where the auth method is
// mounted, which by default is its name.
var vaultLoginForm = lazy.Compile(`/v1/auth/([\w.-]{1,60}(?:/[\w.-]{1,60}){0,3}?)/login\b`)

// vaultMount is where the auth method is mounted whose login Vault refused.
func vaultMount(text string) string { return captured(vaultLoginForm, text) }

// vaultLogin is the auth method whose login Vault refused: kubernetes, aws, approle,
// jwt or other; "" when it is no login that was refused.
func vaultLogin(text string) string {
	lower, mount := strings.ToLower(text), strings.ToLower(vaultMount(text))
	method := meaning(mount, []mark{
		{"kube", "kubernetes"}, {"k8s", "kubernetes"}, {"eks", "kubernetes"},
		{"aws", "aws"}, {"iam", "aws"}, {"ec2", "aws"},
		{"approle", "approle"},
		{"jwt", "jwt"}, {"oidc", "jwt"}, {"gitlab", "jwt"}, {"github-actions", "jwt"},
	})
	return cmp.Or(method, meaning(lower, []mark{
		{"service account name not authorized", "kubernetes"},
		{"namespace not authorized", "kubernetes"},
		{"invalid role or secret id", "approle"},
		{"invalid role id", "approle"},
		{"invalid secret id", "approle"},
		{"invalid role name", "other"},
		{"does not match any bound audience", "jwt"},
		{"does not match any associated bound claim", "jwt"},
	}), given(mount != "", "other"), meaning(lower, []mark{
		{"vaultloginexception", "other"},
		{"login to vault failed", "other"},
		{"vault login failed", "other"},
		{"auth.handler: error authenticating", "other"},
	}))
}

// vaultLoginAt is the mount of the method, whose default is its name, when it is a
// login by that method that was refused.
func vaultLoginAt(method, text string) string {
	return given(vaultLogin(text) == method, cmp.Or(vaultMount(text), method))
}

// vaultPathForm is the URL of a request to Vault, but for logins.
var vaultPathForm = lazy.Compile(`https?://[\w.:\[\]-]{1,200}/v1/([\w./-]{1,300})`)

// A path of Vault without its URL: vault.read(PATH) of its agent and of consul-template,
// and Status 403 Forbidden [PATH] of Spring Vault.
var vaultReadForm = lazy.Compile(`\bvault\.(?:read|write|list)\(([\w./-]{1,300})\)|Status 403 \w+ \[([\w./-]{1,300})\]: `)

// vaultPath is the path that a policy of Vault must hold for a request.
func vaultPath(text string) string {
	if vaultMount(text) != "" {
		return ""
	}
	m := vaultReadForm().FindStringSubmatch(text)
	if m == nil {
		return captured(vaultPathForm, text)
	}
	return cmp.Or(m[1], m[2])
}
