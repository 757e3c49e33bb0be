package extract

import (
	"bytes"
	"slices"
)

// permissionDenial reads the sentences that turn on the word "permission", of
// many services:
//
//	Permission 'ACTION' denied on resource 'RESOURCE' (or it may not exist).   Google Cloud
//	Required 'ACTION' permission for 'RESOURCE'                                 Google Compute Engine
//	token with AccessorID '…' lacks permission 'ACTION' on "RESOURCE"           Consul
//	User doesn't have permission to call ACTION                                 CloudFormation
//	no permissions for [ACTION] and User [name=PRINCIPAL, backend_roles=[…      OpenSearch
//	Permission denied: user=NAME, access=VERB, inode="RESOURCE":…               HDFS, Ranger
//	Permission to RESOURCE denied to NAME                                       GitHub
//	permission denied for table RESOURCE                                        PostgreSQL
//	The ACTION permission was denied on the object 'RESOURCE', database …       SQL Server
//	User NAME has no ACTION permission on <RESOURCE> or any of its parents      Cassandra; Keyspaces with a PRINCIPAL
//	User PRINCIPAL has no permissions                                           Amazon Keyspaces
//	Permissions Violation for ACTION to "RESOURCE"                              NATS
func permissionDenial(text []byte) (d denial, ok bool) {
	from := 0
	for range maxDenials {
		at := index(text[from:], "mission")
		if at < 0 {
			break
		}
		from += at + len("mission")
		start := endsInWord(text, from, "permission")
		if start < 0 {
			continue // "submission", "transmission"
		}
		if d, ok := permissionAt(text, start, from); ok {
			return d, true
		}
	}
	if from == 0 {
		return d, false
	}
	if d, ok = vSphereDenial(text); ok {
		return d, true
	}
	return afterMark(text, permissionMarks[:])
}

// permissionMarks are resourceMarks of texts that have the word "permission" too.
var permissionMarks = [...]string{
	"remaining name ",    // JNDI: NoPermissionException: [LDAP: error code 50 - …]; remaining name 'DN'
	"n't read secret \"", // Vault's CSI provider: couldn't read secret "NAME": … permission denied
}

// vSphereDenial reads the fault that pyVmomi prints:
//
//	(vim.fault.NoPermission) { … object = 'RESOURCE', privilegeId = 'ACTION' }
func vSphereDenial(text []byte) (d denial, ok bool) {
	d.action = quoted(after(text, "privilegeId = "))
	if d.action == nil {
		return d, false
	}
	d.resource = quoted(after(text, "object = "))
	return d, true
}

// permissionAt reads the sentence whose word "permission" is text[start:end].
func permissionAt(text []byte, start, end int) (d denial, ok bool) {
	rest := text[end:]
	for _, ending := range [...]string{"(s)", "s"} {
		if hasPrefix(rest, ending) {
			rest = rest[len(ending):]
			break
		}
	}
	if d, ok, sure := permissionForm(text, start, rest); ok || sure {
		return d, ok
	}
	if d.action = actionBefore(text, start); d.action != nil {
		d.resource = resourceOn(rest)
		return d, true
	}
	return actionBehind(rest)
}

// permissionForm reads a sentence by the words around "permission", of which those before it
// end at text[:start] and rest are those behind it; sure: it is of no other form.
func permissionForm(text []byte, start int, rest []byte) (d denial, ok, sure bool) {
	switch {
	case hasPrefix(rest, " denied: user="):
		d.resource = quoted(after(until(rest, "\n"), " inode="))
		return d, d.resource != nil, true
	case hasPrefix(rest, " to "):
		d.resource = until(rest[len(" to "):], " \n")
		return d, hasPrefix(rest[len(" to ")+len(d.resource):], " denied to "), false
	case hasPrefix(rest, " denied for "):
		d.resource = objectAt(rest[len(" denied for "):])
		return d, d.resource != nil, false
	case hasPrefix(rest, " was denied on the "):
		object := rest[len(" was denied on the "):]
		d.action = privilegeBefore(text, start)
		d.resource = quoted(bytes.TrimLeft(object[len(word(object)):], " "))
		return d, d.resource != nil, true
	case hasPrefix(rest, " on <"):
		d, ok = cassandraDenial(text, start, rest)
		return d, ok, true
	case hasPrefix(rest, " Violation for "):
		violation := rest[len(" Violation for "):]
		d.action = word(violation)
		d.resource = quoted(after(violation, " to "))
		return d, d.resource != nil, true
	case hasSuffix(text[:start], " has no "):
		d.principal = principalBefore(text, start-len("has no "))
		return d, d.principal != nil, false
	case hasPrefix(rest, " for ["):
		d.action = until(rest[len(" for ["):], ",] ")
		if name := after(rest, "User [name="); isARN(name) {
			d.principal = until(name, ",] \n")
		}
		return d, len(d.action) > 0, true
	}
	return d, false, false
}

// cassandraDenial reads `User NAME has no ACTION permission on <RESOURCE>`; rest is what is
// behind the word "permission", which begins at text[start:].
func cassandraDenial(text []byte, start int, rest []byte) (d denial, ok bool) {
	if d.action = privilegeBefore(text, start); d.action == nil {
		return d, false
	}
	d.resource = until(rest[len(" on <"):], ">\n")
	if before := backSpace(text, start) - len(d.action); hasSuffix(text[:before], " has no ") {
		d.principal = principalBefore(text, before-len("has no ")) // Keyspaces
	}
	return d, true
}

// actionBehind reads an action behind the word "permission", and the resource behind that:
// permission to call ACTION; permission: ACTION on "RESOURCE".
func actionBehind(rest []byte) (d denial, ok bool) {
	i := skipColon(rest, 0)
	for _, filler := range [...]string{"to call ", "to perform: ", "to perform ", "to invoke ", "to use ", "to ", "the "} {
		if hasPrefix(rest[i:], filler) {
			i += len(filler)
		}
	}
	i = skipQuote(rest, i)
	d.action = actionAt(rest[i:])
	if d.action == nil || isARN(d.action) {
		d.action = dottedAction(bytes.TrimRight(word(rest[i:]), "."))
	}
	if d.action == nil {
		return d, false
	}
	i = skipQuote(rest, i+len(d.action))
	if hasPrefix(rest[i:], " denied") {
		i += len(" denied")
	}
	d.resource = resourceOn(rest[i:])
	return d, true
}

// objectKinds are PostgreSQL's words for what permission is denied for.
var objectKinds = [...]string{
	"table ", "relation ", "schema ", "database ", "sequence ", "function ", "procedure ", "routine ", "aggregate ", "view ",
	"materialized view ", "foreign table ", "foreign server ", "foreign-data wrapper ", "large object ", "type ", "domain ",
	"language ", "tablespace ", "extension ", "publication ", "subscription ", "column ",
}

// objectAt returns the name of the object of a database that b starts with, behind its
// kind, nil if it starts with none. Brackets behind it belong to who quotes the sentence.
func objectAt(b []byte) []byte {
	kind := slices.IndexFunc(objectKinds[:], func(kind string) bool { return hasPrefix(b, kind) })
	if kind < 0 {
		return nil
	}
	b = b[len(objectKinds[kind]):]
	if name := quoted(b); name != nil {
		return name
	}
	return bytes.TrimRight(until(b, " ,;\n\"'"), ".:)]}")
}

// privilegeBefore returns the privilege of SQL that ends before text[at:], in capitals,
// nil if none does: SELECT, CREATE TABLE.
func privilegeBefore(text []byte, at int) []byte {
	end := backSpace(text, at)
	start := end
	for start > 0 && end-start < maxAction && (text[start-1] == ' ' || 'A' <= text[start-1] && text[start-1] <= 'Z') {
		start--
	}
	if privilege := bytes.TrimLeft(text[start:end], " "); len(privilege) > 2 {
		return privilege
	}
	return nil
}

// actionBefore returns the action that ends before text[at:], nil if none does.
// One without quotes stands behind a verb: User does not have ACTION permission.
func actionBefore(text []byte, at int) []byte {
	end := backSpace(text, at) - 1
	if end < 1 {
		return nil
	}
	if text[end] != '\'' && text[end] != '"' {
		start := max(0, end-maxAction) + bytes.LastIndexByte(text[max(0, end-maxAction):end], ' ') + 1
		name := text[start : end+1]
		for _, verb := range [...]string{"have ", "add ", "with the ", "lacks ", "missing ", "needs ", "requires "} {
			if !hasSuffix(text[:start], verb) {
				continue
			}
			if action := actionAt(name); len(action) == len(name) {
				return action
			}
			return dottedAction(name)
		}
		return nil
	}
	start := bytes.LastIndexByte(text[max(0, end-maxAction):end], text[end])
	if start < 0 {
		return nil
	}
	return dottedAction(text[max(0, end-maxAction)+start+1 : end])
}

// maxAction bounds the name of an action, in bytes.
const maxAction = 128

// resourceOn returns the resource of ` on "RESOURCE"`, ` on resource 'RESOURCE'`,
// ` for 'RESOURCE'` or ` on dataset RESOURCE (or it may not exist)`, nil if b begins
// with none.
func resourceOn(b []byte) []byte {
	i := skipSpace(b, 0)
	switch {
	case hasPrefix(b[i:], "on "):
		i += len("on ")
	case hasPrefix(b[i:], "for "):
		i += len("for ")
	default:
		return nil
	}
	if hasPrefix(b[i:], "resource") {
		i = skipColon(b, i+len("resource"))
	}
	if name := quoted(b[i:]); name != nil {
		return name
	}
	named, _, ok := bytes.Cut(until(b[i:], "\n\"'"), []byte(" (or it may not exist)"))
	if !ok {
		return nil
	}
	return named[bytes.LastIndexByte(named, ' ')+1:]
}
