package diagnose

import (
	"testing"

	"github.com/authlens/authlens/engine/extract"
)

func TestKeyUse(t *testing.T) {
	f := func(operation, text, wantHolder, wantNeeds string) {
		t.Helper()
		r := read("kms_denied", Subject{Facts: extract.Facts{Operation: operation}, Text: text})
		if use := r.keyUse(); use.holder != wantHolder || use.needs != wantNeeds {
			t.Errorf("%s, %q: got %q, %q, want %q, %q", operation, text, use.holder, use.needs, wantHolder, wantNeeds)
		}
	}
	f("Publish", "", "the topic", "kms:GenerateDataKey and kms:Decrypt")
	f("ReceiveMessage", "", "the queue", "kms:Decrypt")
	f("RestoreDBClusterFromSnapshot", "", "the database", "kms:CreateGrant (under the condition kms:GrantIsForAWSResource) and kms:DescribeKey")
	f("", "Access to KMS is not allowed", "the secret", "kms:Decrypt (and kms:GenerateDataKey to write)")
	f("Decrypt", "The ciphertext refers to a customer master key that does not exist", "", "kms:Decrypt")
	f("DescribeDBInstances", "", "", "kms:Decrypt (and kms:GenerateDataKey to write)")
}

func TestSignedBefore(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		if got := signedBefore(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	f("Signature expired: 20310302T095512Z is now earlier than 20310302T100512Z (20310302T101012Z - 5 min.)", "15 minutes")
	f("Signature expired: 20310302T060000Z is now earlier than 20310302T100512Z (20310302T101012Z - 5 min.)", "4 hours")
	f("Signature expired: 20310302T101013Z is now earlier than 20310302T100512Z (20310302T101012Z - 5 min.)", "")
	f("Signature expired: 20311302T095512Z is now earlier than 20310302T100512Z (20310302T101012Z - 5 min.)", "")
	f("Signature not yet current: 20310302T102512Z is still later than 20310302T101512Z", "")
}

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
