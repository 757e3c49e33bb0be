package extract

import "github.com/authlens/authlens/engine/lazy"

// maxText bounds what Read looks at, in bytes: four times the 16 KiB at which
// the container runtime cuts a line.
const maxText = 64 << 10

// Read reads every fact that a normalised text states. It is for the control
// plane: it allocates, and costs far more than Identify.
func Read(text []byte) Facts {
	text = unwrap(text[:min(len(text), maxText)])

	var f Facts
	d := findDenial(text)
	f.readPrincipal(d.principal)
	f.Action = string(d.action)
	f.Resource = string(d.resource)
	if d.resource == nil {
		f.Resource = string(findPath(text))
	}
	if f.RoleName == "" && (d.principal == nil || d.action == nil || contains(text, "cannot be assumed")) {
		f.readRole(d.resource) // the sentence is about the role
	}
	if f.Account == "" && d.principal == nil {
		f.Account = first(accountOnly, text)
	}
	c := findCall(text)
	f.Service, f.Operation = string(c.service), string(c.operation)
	s := newSource(text)
	if f.Service == "" {
		f.Service = s.first(serviceForms)
	}
	requestID, _ := findRequestID(text)
	f.RequestID = string(requestID)
	if f.RequestID == "" {
		f.RequestID = first(lambdaPrefix, text)
	}
	if f.RequestID == "" {
		f.RequestID = string(findTrace(text))
	}
	f.ErrorCode = errorCode(s)
	f.HTTPStatus = httpStatus(s)
	f.readReason(s)
	if d.principal == nil {
		f.DatabaseUser = string(findUser(text))
		f.DatabaseHost = string(findDatabaseHost(text))
	}
	f.Endpoint = endpoint(s)
	f.Region = region(text, f.Resource)
	f.RoleKind = roleKind(s, f)
	return f
}

// readPrincipal fills the facts that an ARN behind "User:" states.
func (f *Facts) readPrincipal(principal []byte) {
	if principal == nil {
		return
	}
	f.PrincipalARN = string(principal)
	a, ok := parseARN(principal)
	if !ok {
		return
	}
	role, session := a.role()
	f.RoleName, f.SessionName = string(role), string(session)
	f.Account = string(digits(a.account))
}

// readRole fills the role's name when the resource is the role that failed.
func (f *Facts) readRole(resource []byte) {
	if a, ok := parseARN(resource); ok {
		role, _ := a.role()
		f.RoleName = string(role)
	}
}

// accountOnly is the sentence when a service knows no more of the caller.
var accountOnly = lazy.Compile(`(?i)\b(?:(?:account ?id|account): ?(\d{8,12}) is not authorized|not configured for account:? (\d{12})\b)`)

// lambdaPrefix is how the Node.js runtime of AWS Lambda begins a line.
var lambdaPrefix = lazy.Compile(`(?:^|["\s])\d{4}-\d\d-\d\dT[\d:.]+Z\t([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\t`)
