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
