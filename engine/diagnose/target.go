package diagnose

import (
	"strings"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
)

// A target is the resource of a refused call.
type target struct {
	label string // how we speak of it: "the company-reports bucket"; "" when unknown
	arn   string // the resource itself, when its whole ARN is known
	// grant is what a policy should name: the resource, or the next wider thing
	// that a program is meant to use. nil when too little is known.
	grant []string
	note  string // what was widened or put in, and the choice there is
	owner string // the account that owns the resource, or ""
	kind  string // bucket, table, key …: "" when the service has one kind only
}

// targetOf reads a resource as the service of action names it.
func targetOf(action string, f extract.Facts) target {
	prefix, name, _ := strings.Cut(action, ":")
	res := strings.Trim(f.Resource, `"' `)
	if res == "" && prefix == "s3" {
		res = calledObject(f.Endpoint)
	}
	if anyResourceOnly(action) {
		return target{grant: []string{"*"}, note: action + ` takes no resource but "*": IAM has no resource type for it.`}
	}
	if prefix == "sns" && phoneNumber().MatchString(res) {
		return target{label: "the phone number " + res, grant: []string{"*"}, note: `A text message has no ARN: IAM knows it by "*" alone.`}
	}
	if !strings.HasSuffix(res, ":log-stream:") { // That of CloudWatch Logs belongs to the ARN.
		res = strings.TrimSuffix(res, ":")
	}
	a, isARN := parseARN(res)
	if !isARN {
		a, isARN = arnOfName(prefix, name, res, f)
	}
	if !isARN || prefix == "kms" && a.service != prefix { // what a key protects is not the key
		return target{}
	}
	if nestedARN(res) != "" { // nothing has that name, and no policy should
		return target{}
	}
	a = a.secret()
	if a.account != "" { // Some ARNs have none: buckets, hosted zones, models.
		a.account = ownerOf(a.account, f.Account)
	}
	if a.region != "" && a.region != "*" {
		a.region = region(a.region, f.Region)
	}
	t := describe(a)
	if accountForm().MatchString(a.account) {
		t.owner = a.account
	}
	if putIn(a.String()) == "" && !masked(a.resource) && !strings.ContainsAny(a.resource, "*?") {
		t.arn = a.String()
	}
	if !grantable(a) {
		return t
	}
	t.grant, t.note = widen(name, a)
	if t.grant != nil {
		t.note = joinNotes(t.note, putIn(a.String()))
	}
	return t
}

// alone is a target whose grant is not widened: an object that is read by its name,
// beside others that are nobody's business.
func (t target) alone() target {
	if t.arn == "" {
		t.grant = nil
		return t
	}
	t.grant, t.note = []string{t.arn}, "Names this file only, as the task definition does."
	return t
}

// ownerOf returns the account in an ARN. A masked one ("********1234") is the
// caller's when what is left of it agrees; AWS masks it so itself in API
// Gateway's messages.
func ownerOf(printed, caller string) string {
	if accountForm().MatchString(printed) || printed == "aws" {
		return printed
	}
	tail := strings.TrimLeft(printed, "*xX")
	if accountForm().MatchString(caller) && (printed == "" || len(tail) >= 4) && strings.HasSuffix(caller, tail) {
		return caller
	}
	return markAccount
}

var (
	// iamPath is the resource part of an ARN that a policy may name.
	iamPath = lazy.Compile(`^[\x21\x23-\x7e]+$`)
	// iamName is the name of a role, user, group or policy, with its path.
	iamName = lazy.Compile(`^[\w+=,.@/-]+$`)
	// phoneNumber is a number in international form, or what is left of it.
	phoneNumber = lazy.Compile(`^\+[0-9xX*]{4,20}$`)
)

// grantable reports whether an ARN can stand in a policy. The key of an object of S3,
// which may hold blanks and letters of any language, is not named in one. The name of a
// bucket holds no * and no ?, which in a policy would stand for the buckets of others.
func grantable(a arn) bool {
	path := a.resource
	if a.service == "s3" {
		path = bucketOf(a)
		if strings.ContainsAny(path, "*?") {
			return false
		}
	}
	return a.resource != "*" && iamPath().MatchString(path) && !strings.Contains(a.resource, "${") &&
		(!masked(a.resource) || a.service == "s3" && !masked(bucketOf(a)))
}

// bucketOf is the bucket of an S3 resource part "bucket/key".
func bucketOf(a arn) string {
	bucket, _, _ := strings.Cut(a.resource, "/")
	return bucket
}

func joinNotes(notes ...string) string {
	var kept []string
	for _, n := range notes {
		if n != "" {
			kept = append(kept, n)
		}
	}
	return strings.Join(kept, " ")
}
