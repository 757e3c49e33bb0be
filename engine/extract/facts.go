// Package extract reads facts out of the text of an authentication or
// authorization failure: who, what, on which resource, refused by what.
//
// It reads by grammar, the grammar of AWS' denial sentence and of the SDKs that
// wrap it, not by line. It never guesses: what is not in the text is left
// empty. Inference is engine/diagnose's work.
package extract

// Facts is what a text itself says. Every value is as printed, without
// surrounding quotes; "" and 0 mean that the text does not say. The JSON names
// and normal forms are published: findings and `authlens explain` carry them.
type Facts struct {
	ErrorCode    string `json:"error_code,omitempty"`    // AccessDenied, 28P01, invalid_grant
	PrincipalARN string `json:"principal_arn,omitempty"` // the whole ARN after "User:"
	RoleName     string `json:"role_name,omitempty"`     // of an assumed-role ARN, or of a failing role's own ARN
	SessionName  string `json:"session_name,omitempty"`  // of an assumed-role ARN
	Account      string `json:"account,omitempty"`       // the principal's account
	Action       string `json:"action,omitempty"`        // s3:GetObject, case as printed
	Resource     string `json:"resource,omitempty"`      // ARN or name, as printed
	Service      string `json:"service,omitempty"`       // as printed: Amazon S3, AWSKMS
	Operation    string `json:"operation,omitempty"`     // GetObject
	HTTPStatus   int    `json:"http_status,omitempty"`
	RequestID    string `json:"request_id,omitempty"`
	DenyType     string `json:"deny_type,omitempty"` // identity, resource, boundary, session, vpc_endpoint, scp, rcp
	PolicyARN    string `json:"policy_arn,omitempty"`
	RoleKind     string `json:"role_kind,omitempty"` // task or execution, when the text itself settles it

	ExplicitDeny bool   `json:"explicit_deny,omitempty"` // "with an explicit deny", typed or not
	Region       string `json:"region,omitempty"`
	DatabaseUser string `json:"database_user,omitempty"`
	DatabaseHost string `json:"database_host,omitempty"`
	Endpoint     string `json:"endpoint,omitempty"` // host or URL that refused or did not answer
}
