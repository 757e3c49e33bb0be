package extract

import "bytes"

// otherDenials read the sentences of services that have their own way to say
// who was refused what. The first that knows its sentence wins.
var otherDenials = [...]func(text []byte) (denial, bool){
	policyDenial,
	assumeDenial,
	accessDenial,
	openSearchDenial,
}

// policyDenial reads the end of AWS' sentence when its head is missing:
//
//	… because no identity-based policy allows the ACTION action
func policyDenial(text []byte) (d denial, ok bool) {
	rest := text
	for range maxDenials {
		if rest = after(rest, " allows the "); rest == nil {
			return d, false
		}
		if d.action = actionAt(rest); d.action != nil {
			return d, true
		}
	}
	return d, false
}

// assumeDenial reads the role that somebody could not take on:
//
//	ECS was unable to assume the role 'ROLE' that was provided for this task
//	User PRINCIPAL is not authorized to assume IAM Role ROLE
func assumeDenial(text []byte) (d denial, ok bool) {
	for _, mark := range [...]string{"unable to assume ", "authorized to assume "} {
		at := bytes.Index(text, []byte(mark))
		if at < 0 {
			continue
		}
		line := until(text[at+len(mark):], "\n")
		arn := bytes.Index(line, []byte("arn:"))
		if arn < 0 {
			continue
		}
		d.resource = trimResource(until(line[arn:], " '\"`"))
		if not := wordBefore(text, backSpace(text, at), "not"); not >= 0 {
			d.principal = principalBefore(text, not)
		}
		return d, true
	}
	return d, false
}

// accessDenial reads
//
//	Access to the resource RESOURCE is denied.
func accessDenial(text []byte) (d denial, ok bool) {
	rest := after(text, "ccess to the resource ")
	end := bytes.Index(until(rest, "\n"), []byte(" is denied"))
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
	rest := after(text, "no permissions for [")
	if rest == nil {
		return d, false
	}
	d.action = until(rest, ",] ")
	if name := after(rest, "User [name="); isARN(name) {
		d.principal = until(name, ",] \n")
	}
	return d, len(d.action) > 0
}
