package diagnose

import (
	"testing"

	"github.com/authlens/authlens/engine/extract"
)

func TestHasForeignClass(t *testing.T) {
	for text, want := range map[string]bool{
		"com.acme.orders.AccessDeniedException: order 7 belongs to another tenant":       true,
		"Acme::Errors::AccessDenied (You may not see this order)":                        true,
		`App\Exceptions\AccessDeniedException: not your invoice`:                         true,
		"com.acme.AccessDeniedException: requests for diamonds need a contract":          true,
		"Acme.Billing.AccessDeniedException: not your invoice":                           true,
		"AccessDeniedException: User is not allowed":                                     false,
		"Kinesis.KMS.AccessDeniedException":                                              false,
		"Aws::S3::Errors::AccessDenied: Access Denied":                                   false,
		"com.amazonaws.services.kms.model.AccessDeniedException: no":                     false,
		"java.nio.file.AccessDeniedException: s3a://orders/part-0: getFileStatus":        false,
		"An error occurred (AccessDenied) when calling the GetObject operation":          false,
		"com.acme.Store: caused by: arn:aws:iam::111122223333:role/x x.y.AccessDenied: ": false,
	} {
		if got := hasForeignClass(extract.Facts{}, text); got != want {
			t.Errorf("%q: expected %v; found %v", text, want, got)
		}
	}
	if hasForeignClass(extract.Facts{Operation: "GetObject"}, "com.acme.orders.AccessDeniedException: no") {
		t.Error("a call of AWS: expected no foreign class")
	}
}
