package diagnose

import (
	"cmp"
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

var (
	// gitURLForm is the URL of a repository, where git names the one that it talked to.
	gitURLForm = lazy.Compile(`(?:failed for|unable to access|repository) '(https?://[\w.:-]+/[\w./~-]+)'|(https?://[\w.:-]+/[\w./~-]+\.git)\b`)
	// gitSSHForm is the address of a repository that is reached by SSH.
	gitSSHForm = lazy.Compile(`\b(git@[\w.-]+:[\w./~-]+\.git|ssh://git@[\w.:-]+/[\w./~-]+\.git)\b`)
	// gitAccountForm is whom a Git server knows and does not let write.
	gitAccountForm = lazy.Compile(`[Pp]ermission to [\w./-]+ denied to ([\w.\[\]-]+(?: key)?)`)
)

// gitURL is the URL of the repository that a text is about.
func gitURL(text string) string {
	if m := gitURLForm().FindStringSubmatch(text); m != nil {
		return cmp.Or(m[1], m[2])
	}
	return ""
}

// gitSSH is the address of the repository that a text is about, when it is reached by SSH.
func gitSSH(text string) string { return captured(gitSSHForm, text) }

// gitAccount is whom the Git server knows and refused: release-bot; the deploy key.
func gitAccount(text string) string {
	account := strings.TrimRight(captured(gitAccountForm, text), ".")
	return given(strings.HasSuffix(account, " key"), "the ") + account
}

// gitHost returns the host of an endpoint when it is a Git service's.
func gitHost(endpoint string) string {
	switch endpoint {
	case "github.com", "gitlab.com", "bitbucket.org", "ssh.dev.azure.com", "codeberg.org":
		return endpoint
	}
	return ""
}

// gitDoc is the page about logins of the Git service that a text names.
func gitDoc(text string) string {
	if strings.Contains(text, "publickey") && strings.Contains(text, "github.com") {
		return "https://docs.github.com/en/authentication/troubleshooting-ssh/error-permission-denied-publickey"
	}
	return meaning(text, []mark{
		{"github.com", "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens"},
		{"gitlab", "https://docs.gitlab.com/user/project/deploy_tokens/"},
		{"bitbucket", "https://support.atlassian.com/bitbucket-cloud/docs/using-access-tokens/"},
		{"dev.azure.com", "https://learn.microsoft.com/azure/devops/repos/git/auth-overview"},
	})
}
