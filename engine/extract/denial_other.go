package extract

import "bytes"

// otherDenials read the sentences of services that have their own way to say
// who was refused what. The first that knows its sentence wins. Each begins with
// a search for a phrase whose first letter is rare.
var otherDenials = [...]func(text []byte) (denial, bool){
	policyDenial,
	accessDenial,
	openSearchDenial,
	elasticDenial,
	googlePermission,
	cloudDenial,
	kafkaDenial,
	assumeDenial,
}

// policyDenial reads the end of AWS' sentence when its head is missing:
//
//	… because no identity-based policy allows the ACTION action
func policyDenial(text []byte) (d denial, ok bool) {
	rest := text
	for {
		if rest = after(rest, "policy allows the "); rest == nil {
			return d, false
		}
		if d.action = actionAt(rest); d.action != nil {
			return d, true
		}
	}
}

// assumeDenial reads the role that somebody could not take on, from any
// sentence about assuming that quotes its ARN:
//
//	ECS was unable to assume the role 'ROLE' that was provided for this task
//	User PRINCIPAL is not authorized to assume IAM Role ROLE
//	IAM Role (ROLE) cannot be assumed.
func assumeDenial(text []byte) (d denial, ok bool) {
	end := 0
	for end == 0 || wordBefore(text, end, "assume") < 0 { // not "document"
		at := index(text[end:], "ume")
		if at < 0 {
			return d, false
		}
		end += at + len("ume")
	}
	start := bytes.LastIndexByte(text[:end], '\n') + 1
	line := until(text[start:], "\n")
	for range maxDenials {
		at := index(line, "arn:")
		if at < 0 {
			break
		}
		value := trimResource(until(line[at:], " '\"`()<>,"))
		if a, ok := parseARN(value); ok && hasPrefix(a.resource, "role/") {
			d.resource = value
			return d, true
		}
		line = line[at+len("arn:"):]
	}
	return d, false
}

// accessDenial reads
//
//	Access to the resource RESOURCE is denied.
func accessDenial(text []byte) (d denial, ok bool) {
	rest := after(text, "ccess to the resource ")
	end := index(until(rest, "\n"), " is denied")
	if end <= 0 {
		return d, false
	}
	d.resource = trimQuotes(rest[:end])
	return d, true
}

// openSearchDenial reads
//
//	no permissions for [ACTION] and User [name=PRINCIPAL, backend_roles=[…
func openSearchDenial(text []byte) (d denial, ok bool) {
	rest := after(text, "permissions for [")
	if rest == nil {
		return d, false
	}
	d.action = until(rest, ",] ")
	if name := after(rest, "User [name="); isARN(name) {
		d.principal = until(name, ",] \n")
	}
	return d, len(d.action) > 0
}

// elasticDenial reads
//
//	action [ACTION] is unauthorized for user [NAME] …
func elasticDenial(text []byte) (d denial, ok bool) {
	end := index(text, "] is unauthorized")
	if end < 0 {
		return d, false
	}
	start := bytes.LastIndexByte(text[:end], '[')
	d.action = text[start+1 : end]
	return d, start > 0 && hasSuffix(text[:start], "action ")
}

// googlePermission reads
//
//	Permission 'ACTION' denied on resource 'RESOURCE' (or it may not exist).
func googlePermission(text []byte) (d denial, ok bool) {
	const mark = " denied on resource"
	end := index(text, mark) - 1
	if end < 0 || text[end] != '\'' && text[end] != '"' {
		return d, false
	}
	d.action = googleAction(text[bytes.LastIndexByte(text[:end], text[end])+1 : end])
	rest := text[end+1+len(mark):]
	d.resource = quoted(rest[skipColon(rest, 0):])
	return d, d.action != nil
}

// cloudDenial reads what Google Cloud and Azure say a caller does not have:
//
//	NAME does not have ACTION access to …
//	… does not have authorization to perform action 'ACTION' over scope 'RESOURCE'
func cloudDenial(text []byte) (d denial, ok bool) {
	rest := after(text, " does not have ")
	if rest == nil {
		return d, false
	}
	const azure = "authorization to perform action "
	if hasPrefix(rest, azure) {
		d.action = quoted(rest[len(azure):])
		d.resource = quoted(after(rest, " over scope "))
		return d, d.action != nil
	}
	d.action = googleAction(until(rest, " \n"))
	return d, d.action != nil && hasPrefix(rest[len(d.action):], " access to ")
}

// googleAction returns b if it is a permission of Google Cloud: service.things.verb.
func googleAction(b []byte) []byte {
	if bytes.Count(b, []byte(".")) < 2 || len(word(b)) != len(b) {
		return nil
	}
	return b
}

// kafkaDenial reads Kafka's authorizer:
//
//	Principal = User:NAME is Denied Operation = ACTION from host = … on resource = RESOURCE
func kafkaDenial(text []byte) (d denial, ok bool) {
	rest := after(text, "Denied ")
	if !hasPrefix(rest, "Operation = ") && !hasPrefix(rest, "operation = ") {
		return d, false
	}
	d.action = identifier(word(rest[len("Operation = "):]))
	d.resource = until(after(rest, "resource = "), " ,\n")
	return d, d.action != nil
}
