package extract

import "bytes"

// arn is an Amazon Resource Name taken apart:
//
//	arn:partition:service:region:account:resource
//
// Parts may be redacted (***, <account>) or empty.
type arn struct {
	service, account, resource []byte
}

// parseARN reads an ARN. Some messages drop the leading "arn:".
func parseARN(b []byte) (a arn, ok bool) {
	b = bytes.TrimPrefix(b, []byte("arn:"))
	if !hasPrefix(b, "aws") {
		return a, false
	}
	var parts [4][]byte // partition, service, region, account
	for i := range parts {
		colon := bytes.IndexByte(b, ':')
		if colon < 0 {
			return a, false
		}
		parts[i], b = b[:colon], b[colon+1:]
	}
	return arn{parts[1], parts[3], b}, true
}

// isARN tells whether b begins like an ARN.
func isARN(b []byte) bool { return hasPrefix(b, "arn:") }

// role returns the role and session names of
//
//	sts … assumed-role/ROLE/SESSION
//	iam … role/PATH/ROLE
//
// and nil for any other ARN.
func (a arn) role() (role, session []byte) {
	if rest, ok := bytes.CutPrefix(a.resource, []byte("assumed-role/")); ok {
		role, session, _ = bytes.Cut(rest, []byte("/"))
		return role, bytes.TrimSpace(session)
	}
	if rest, ok := bytes.CutPrefix(a.resource, []byte("role/")); ok {
		return lastSegment(rest), nil
	}
	return nil, nil
}

// name returns who the ARN of a principal is: its role, its user, or `root`.
func (a arn) name() []byte {
	if role, _ := a.role(); role != nil {
		return role
	}
	return lastSegment(a.resource)
}

func lastSegment(b []byte) []byte { return b[bytes.LastIndexByte(b, '/')+1:] }

// digits returns b if it is a number, and nil if anything was redacted.
func digits(b []byte) []byte {
	for _, c := range b {
		if !isDigit(c) {
			return nil
		}
	}
	return b
}
