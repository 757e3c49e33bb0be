package extract

import "bytes"

// Identity is the part of the facts that decides which group a failure belongs
// to, read on the hot path. Its slices alias the text, and say the same as Read,
// except that words which a terminal broke are not mended.
type Identity struct {
	Principal []byte // role, user or database user: the name, not the ARN
	Action    []byte // IAM action, else the API operation
	Resource  []byte
	Holder    []byte // what holds Resource, else the database or host
	RequestID []byte
	// RequestShared: RequestID is a logger's own, of the request being served,
	// so that failures of several calls may have it.
	RequestShared bool
	// Unfinished: the text ends inside an error's sentence, so the container's
	// next record may complete it.
	Unfinished bool
}

// Identify reads who was refused what out of a normalised text. It does not
// allocate.
func Identify(text []byte, id *Identity) {
	text = text[:min(len(text), maxText)]
	d := findDenial(text)
	*id = Identity{Action: d.action, Resource: d.resource}
	id.RequestID, id.RequestShared = findRequestID(text)
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
		id.Holder = Holder(id.Action, id.Resource)
	case d.principal == nil:
		if id.Holder = findDatabaseHost(text); id.Holder == nil {
			id.Holder = Holder(nil, findEndpoint(text))
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
