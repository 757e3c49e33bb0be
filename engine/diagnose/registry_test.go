package diagnose

import "testing"

func TestArtifactLogin(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		if got := artifactRepositoryOf(text).login(); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	where := " --domain acme --domain-owner 111122223333 --region eu-west-1"
	f("https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/internal/simple/", "aws codeartifact login --tool pip"+where+" --repository internal")
	f("https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/maven/java/com/acme/", "aws codeartifact get-authorization-token"+where+" --query authorizationToken --output text")
	f("https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/", "")
}
