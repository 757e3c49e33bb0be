package extract

import "bytes"

// Identity is the part of the facts that decides which group a failure belongs
// to, read on the hot path. Its slices alias the text, and say the same as Read.
type Identity struct {
	Principal []byte // role, user or database user: the name, not the ARN
	Action    []byte // IAM action, else the API operation
	Resource  []byte
	Holder    []byte // what holds Resource, else the database or host
	RequestID []byte
	// Unfinished: the text ends inside an error's sentence, so the container's
	// next record may complete it.
	Unfinished bool
}

// Identify reads who was refused what out of a normalised text. It does not
// allocate.
func Identify(text []byte, id *Identity) {
	text = text[:min(len(text), maxText)]
	d := findDenial(text)
	*id = Identity{Action: d.action, Resource: d.resource, RequestID: findRequestID(text)}
	if a, ok := parseARN(d.principal); ok {
		id.Principal = a.name()
	} else {
		id.Principal = findUser(text)
	}
	if id.Action == nil {
		id.Action = findCall(text).operation
	}
	if id.Resource == nil {
		id.Resource = findPath(text)
	}
	switch {
	case id.Resource != nil:
		id.Holder = Holder(id.Resource)
	case d.principal == nil:
		if id.Holder = findDatabaseHost(text); id.Holder == nil {
			id.Holder = Holder(findEndpoint(text))
		}
	}
	id.Unfinished = d.cut || endsInHead(text)
}

// endsInHead tells whether the text stops right after the words that introduce
// an AWS error: "AccessDenied:", "… when calling the PutObject operation:".
func endsInHead(text []byte) bool {
	text = text[:backSpace(text, len(text))]
	if len(text) == 0 || text[len(text)-1] != ':' {
		return false
	}
	head := text[:len(text)-1]
	last := head[bytes.LastIndexAny(head, " \n\t")+1:]
	for _, w := range [...]string{"AccessDenied", "Unauthorized", "Forbidden", "operation"} {
		if contains(last, w) {
			return true
		}
	}
	return false
}

// continuations begin the lines that carry on an error begun in an earlier
// record: pieces of the denial sentence, and of stack traces.
var continuations = [...]string{
	"is not authorized", "not authorized", "authorized to perform", "to perform:", "perform:",
	"on resource", "resource:", "arn:aws", "\"arn:aws", "because no ", "with an explicit deny",
	"User: ", "status code: ",
	"at ", "Caused by", "caused by", "Suppressed: ", "... ", bar,
}

// Continues tells whether text looks like a later line of an error: indented,
// a stack frame, a cause, or a piece of the denial sentence.
func Continues(text []byte) bool {
	if len(text) == 0 {
		return false
	}
	if text[0] == ' ' || text[0] == '\t' {
		return true
	}
	for _, w := range continuations {
		if hasPrefix(text, w) {
			return true
		}
	}
	// "s3:GetObject on resource: …": the line broke before the action.
	action := actionAt(text)
	end, _ := words(text, len(action), "on", "resource")
	return action != nil && (end >= 0 || len(action) == len(text))
}
