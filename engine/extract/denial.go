package extract

import "bytes"

// denial is AWS' own sentence, taken apart:
//
//	User: PRINCIPAL is not authorized to perform: ACTION
//	    [on resource: RESOURCE] [because no … | with an explicit deny …]
//
// It may be wrapped over lines wherever a blank stands. Parts that are not
// there are nil; all alias the text.
type denial struct {
	principal, action, resource []byte
	// cut: the text ends inside the sentence; the container's next record may
	// complete it.
	cut bool
	// shortened: a client left out the end of the sentence; where it quotes the
	// answer once more, that one is whole.
	shortened bool
}

// Bounds of the sentence, in bytes. IAM's own limit for an ARN is 2048; the
// rest is room for messages that quote badly.
const (
	maxPrincipal = 2048
	maxResource  = 4096
	maxDenials   = 16 // sentences tried in one text
)

// findDenial returns what the text says about who was refused what: AWS'
// sentence if it names an action, else another service's, else as much of AWS'
// sentence as there is.
func findDenial(text []byte) denial {
	d := awsDenial(text)
	if d.action != nil {
		if d.resource == nil && hasPrefix(d.action, "sts:AssumeRole") {
			role, _ := assumeDenial(text)
			d.resource = role.resource
		}
		return d
	}
	for _, read := range otherDenials {
		if other, ok := read(text); ok {
			other.cut = other.cut || d.cut
			if other.principal == nil {
				other.principal = d.principal
			}
			return other
		}
	}
	return d
}

// awsDenial returns the first denial that names an action, else the part of the
// sentence that the text has.
func awsDenial(text []byte) denial {
	var part, nameless denial
	for from, tried := 0, 0; tried < maxDenials; {
		// The search is for the rarest letter: a "z" is met at once, an "a"
		// every dozen bytes.
		at := index(text[from:], "zed")
		if at < 0 {
			break
		}
		from += at + len("zed")
		if endsInWord(text, from, "authorized") < 0 {
			continue // "initialized", "serialized", …
		}
		tried++
		d, ok := denialAt(text, from)
		switch {
		case !ok:
		case d.action != nil && (d.principal == nil || d.shortened):
			// Programs that say it in their own words first leave out who it
			// was, which AWS' sentence further on says of the same action.
			if nameless.action == nil {
				nameless = d
			}
		case d.action != nil && (nameless.action == nil || bytes.Equal(d.action, nameless.action)):
			if d.resource == nil {
				d.resource = nameless.resource
			}
			return d
		case part.principal == nil:
			part = d
		}
	}
	if nameless.action != nil {
		return nameless
	}
	if part.principal == nil && part.resource == nil && !part.cut {
		part = openHead(text)
	}
	return part
}

// denialAt reads the sentence whose word "authorized" ends at text[at:].
func denialAt(text []byte, at int) (d denial, ok bool) {
	not := endsInWord(text, backSpace(text, at-len("authorized")), "not")
	if not < 0 {
		return d, false
	}
	d.principal = principalBefore(text, not)
	i, cut := words(text, at, "to", "perform")
	if cut {
		d.cut = true
		return d, true
	}
	if i < 0 {
		return d, d.principal != nil // "… is not authorized to access this resource"
	}
	if end, cut := words(text, i, "action", "on", "resource."); end >= 0 && !cut {
		d.readAzure(text[i:])
		return d, d.action != nil
	}
	start := i
	i = d.readAction(text, i)
	if d.action == nil {
		d.readOperationResource(text, start)
		d.action = actionOfAPI(text[:not])
		return d, d.action != nil || d.principal != nil || d.resource != nil || d.cut // "… to perform this operation"
	}
	if !d.cut {
		d.readResource(text, i)
	}
	return d, true
}

// readAzure reads the fields that follow the sentence of Azure's data planes:
//
//	Caller is not authorized to perform action on resource. …
//	Action: 'ACTION'
//	Resource: 'RESOURCE'
func (d *denial) readAzure(text []byte) {
	d.action = quoted(after(text, "Action: "))
	d.resource = quoted(after(text, "Resource: "))
}

// actionOfAPI reads the action that CloudFormation puts before the message of a
// service, which head ends in:
//
//	API: ACTION You are not authorized to perform this operation.
func actionOfAPI(head []byte) []byte {
	at := lastOf(head[max(0, len(head)-maxAction):], "API: ")
	if at < 0 {
		return nil
	}
	head = head[max(0, len(head)-maxAction)+at+len("API: "):]
	action := actionAt(head)
	if action == nil || string(bytes.TrimSpace(head[len(action):])) != "You are" {
		return nil
	}
	return action
}

// fillers may stand between "to perform" and the action.
var fillers = [...]string{"the ", "action ", "action: ", "operation "}

// readAction reads `: ACTION` at text[i:] and returns the offset behind it.
func (d *denial) readAction(text []byte, i int) int {
	i = skipQuote(text, skipColon(text, i))
	for _, filler := range fillers {
		if hasPrefix(text[i:], filler) {
			i += len(filler)
		}
	}
	d.action = actionAt(text[i:])
	if d.action == nil {
		d.cut = i+len(word(text[i:])) == len(text) // "… to perform: s3"
		return i
	}
	if isShortened(text[i+len(d.action):]) {
		d.action = nil // s3:PutO of s3:PutObject
		return i
	}
	i = skipQuote(text, i+len(d.action))
	d.cut = skipSpace(text, i) == len(text)
	return i
}

// isShortened tells whether b begins with the mark of a client that prints the
// beginning of an answer only: Guzzle, PHP's.
func isShortened(b []byte) bool { return hasPrefix(b[skipSpace(b, 0):], "(truncated...)") }

// readOperationResource reads ` OPERATION on resources RESOURCE` at text[i:], where a
// service names the operation in the place of the action: CloudWatch Logs.
func (d *denial) readOperationResource(text []byte, i int) {
	i = skipSpace(text, i)
	if op := identifier(word(text[i:])); isOperation(op) {
		cut := d.cut
		d.readResource(text, i+len(op))
		d.cut = d.cut || cut
	}
}

// readResource reads `on resource: RESOURCE` at text[i:], if it is there.
func (d *denial) readResource(text []byte, i int) {
	i, d.cut = words(text, i, "on", "resource")
	if i < 0 || d.cut {
		return
	}
	if i < len(text) && text[i] == 's' {
		i++
	}
	i = skipColon(text, i)
	if i+1 < len(text) && text[i] == '[' && isARN(text[i+1:]) {
		i++
	}
	if name := until(text[i:], " \n"); isShortened(name) || isShortened(text[i+len(name):]) {
		d.shortened = true // what there is of the resource is another's name
		return
	}
	d.resource = resourceAt(text[i:])
	d.cut = i == len(text)
}

// principalBefore returns the ARN of the sentence whose word "not" stands at
// text[not:], nil if there is none.
func principalBefore(text []byte, not int) []byte {
	end := backSpace(text, not)
	if is := endsInWord(text, end, "is"); is >= 0 {
		end = backSpace(text, is)
	}
	start := end
	for start > 0 && !isSpace(text[start-1]) && end-start < maxPrincipal {
		start--
	}
	word := text[start:end]
	if at := lastOf(word, "arn:"); at > 0 && bytes.IndexByte([]byte(`"'=:(`), word[at-1]) >= 0 {
		word = word[at:] // "msg":"PRINCIPAL
	}
	if p := trimQuotes(word); isARN(p) {
		return p
	}
	// A name with a blank in it: everything from "User:" on.
	from := max(0, end-maxPrincipal)
	at := lastOf(text[from:end], "User: arn:")
	if at < 0 {
		return nil
	}
	p := text[from+at+len("User: ") : end]
	if bytes.IndexByte(p, '\n') >= 0 {
		return nil
	}
	return p
}

// openHead reads a text that ends before the sentence's verb:
//
//	AccessDenied: User: arn:aws:sts::111122223333:assumed-role/app/task
func openHead(text []byte) (d denial) {
	at := lastOf(text[max(0, len(text)-maxPrincipal):], "User:")
	if at < 0 {
		return d
	}
	i := skipSpace(text, max(0, len(text)-maxPrincipal)+at+len("User:"))
	if i == len(text) {
		d.cut = true
		return d
	}
	if !isARN(text[i:]) {
		return d
	}
	p := until(text[i:], " \t\n\r\"',")
	i += len(p)
	quote := i < len(text) && (text[i] == '"' || text[i] == '\'')
	if i, d.cut = words(text, i, "is", "not", "authorized"); i >= 0 || d.cut || quote {
		d.principal = p
	}
	return d
}

// actionAt returns the IAM action that b starts with, `s3:GetObject`, or nil.
func actionAt(b []byte) []byte {
	i := 0
	for i < len(b) && (isAlnum(b[i]) || b[i] == '-') {
		i++
	}
	if i == 0 || i+1 >= len(b) || b[i] != ':' || !isAlnum(b[i+1]) && b[i+1] != '*' {
		return nil
	}
	for i++; i < len(b) && (isAlnum(b[i]) || b[i] == '*'); i++ {
	}
	return b[:i]
}

// trimQuotes takes quotes and brackets off b. A bracket that closes one within b
// belongs to it: arn:aws:iam::111122223333:user/[MASKED].
func trimQuotes(b []byte) []byte {
	for len(b) > 0 && isOneOf(b[0], "[\"'`") {
		b = b[1:]
	}
	for len(b) > 0 && isOneOf(b[len(b)-1], "]\"'`") {
		if trimmed := trimBracket(b); len(trimmed) < len(b) {
			b = trimmed
		} else if b[len(b)-1] == ']' {
			break
		} else {
			b = b[:len(b)-1]
		}
	}
	return b
}

// trimBracket takes a closing bracket off b that opens nowhere in it.
func trimBracket(b []byte) []byte {
	for hasSuffix(b, "]") && bytes.Count(b, []byte("]")) > bytes.Count(b, []byte("[")) {
		b = b[:len(b)-1]
	}
	return b
}
