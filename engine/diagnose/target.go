package diagnose

import (
	"fmt"
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
)

// grantable reports whether an ARN can stand in a policy. The key of an object of S3,
// which may hold blanks and letters of any language, is not named in one.
func grantable(a arn) bool {
	path := a.resource
	if a.service == "s3" {
		path = bucketOf(a)
	}
	return a.resource != "*" && iamPath().MatchString(path) && !strings.Contains(a.resource, "${") &&
		(!masked(a.resource) || a.service == "s3" && !masked(bucketOf(a)))
}

// arnOfName builds the ARN of a resource that the text only names: a secret's
// name, a queue's URL, "role deploy".
func arnOfName(prefix, action, name string, f extract.Facts) (arn, bool) {
	if name == "" || name == "*" || masked(name) {
		return arn{}, false
	}
	reg := region(f.Region)
	a := arn{partitionOf(reg), prefix, reg, account(f.Account), name}
	if p, ok := parseARN(f.PrincipalARN); ok {
		a.partition = p.partition
	}
	kind, rest, spaced := strings.Cut(name, " ")
	switch prefix {
	case "s3":
		a.region, a.account = "", ""
		a.resource = strings.TrimPrefix(name, "s3://")
		if !bucketForm().MatchString(bucketOf(a)) {
			return arn{}, false
		}
	case "iam", "sts":
		a.service, a.region = "iam", ""
		switch {
		case spaced && (kind == "role" || kind == "user" || kind == "policy" || kind == "group") && iamName().MatchString(rest):
			a.resource = kind + "/" + rest
		case (action == "PassRole" || action == "AssumeRole") && iamName().MatchString(name):
			a.resource = "role/" + strings.TrimPrefix(name, "role/")
		default:
			return arn{}, false
		}
	case "sqs":
		u := queueURL().FindStringSubmatch(name)
		if u != nil {
			a.region, a.account, a.resource = u[1], u[2], u[3]
		} else if strings.ContainsAny(name, "/: ") {
			return arn{}, false
		}
	case "sns":
		if strings.ContainsAny(name, "/: ") {
			return arn{}, false
		}
	case "secretsmanager":
		a.resource = "secret:" + name
	case "ssm":
		a.resource = "parameter/" + strings.TrimLeft(name, "/")
	case "kms":
		a.resource = withKind("key/", name, "alias/")
	case "dynamodb":
		a.resource = withKind("table/", name)
	case "logs":
		a.resource = withKind("log-group:", name)
	case "lambda":
		a.resource = withKind("function:", name)
	case "ecr":
		a.resource = withKind("repository/", name)
	case "kinesis":
		a.resource = withKind("stream/", name)
	case "firehose":
		a.resource = withKind("deliverystream/", name)
	case "events":
		a.resource = withKind("event-bus/", name)
	case "states":
		a.resource = withKind("stateMachine:", name)
	case "es":
		a.resource = withKind("domain/", name)
	case "bedrock":
		if strings.Contains(name, "/") {
			return arn{}, false
		}
		a.account, a.resource = "", "foundation-model/"+name
	default:
		return arn{}, false
	}
	return a, !spaced || a.service == "iam"
}

// withKind puts the resource type before a name that lacks it.
func withKind(kind, name string, others ...string) string {
	for _, k := range append(others, kind) {
		if strings.HasPrefix(name, k) {
			return name
		}
	}
	return kind + name
}

var (
	bucketForm = lazy.Compile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
	queueURL   = lazy.Compile(`^https?://sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/([^/]+)/([^/?]+)`)
)

// bucketOf is the bucket of an S3 resource part "bucket/key".
func bucketOf(a arn) string {
	bucket, _, _ := strings.Cut(a.resource, "/")
	return bucket
}

// describe says what an ARN is, in words.
func describe(a arn) target {
	kind, name := "resource", a.lastPart()
	switch a.service {
	case "s3":
		kind, name = "bucket", bucketOf(a)
		if ap, ok := strings.CutPrefix(a.resource, "accesspoint/"); ok {
			kind = "access point"
			name, _, _ = strings.Cut(ap, "/")
		}
	case "dynamodb":
		if rest, ok := strings.CutPrefix(a.resource, "table/"); ok {
			kind = "table"
			name, _, _ = strings.Cut(rest, "/")
			if _, index, ok := strings.Cut(rest, "/index/"); ok && index != "" && index != "*" {
				kind, name = "index of the table "+name, index
			}
		}
	case "sqs":
		kind = "queue"
	case "sns":
		kind = "topic"
		name, _, _ = strings.Cut(a.resource, ":")
	case "secretsmanager":
		kind, name = "secret", secretName(strings.TrimPrefix(a.resource, "secret:"))
	case "ssm":
		if rest, ok := strings.CutPrefix(a.resource, "parameter"); ok {
			kind, name = "parameter", rest
			if strings.Count(rest, "/") == 1 {
				name = rest[1:]
			}
		}
	case "kms":
		kind = "KMS key"
		if strings.HasPrefix(a.resource, "alias/") {
			name = a.resource
		}
	case "logs":
		if rest, ok := strings.CutPrefix(a.resource, "log-group:"); ok {
			kind = "log group"
			name, _, _ = strings.Cut(rest, ":")
		}
		if rest, ok := strings.CutPrefix(a.resource, "destination:"); ok {
			kind, name = "destination", rest
		}
	case "lambda":
		if rest, ok := strings.CutPrefix(a.resource, "function:"); ok {
			kind = "function"
			name, _, _ = strings.Cut(rest, ":")
		} else if rest, ok := strings.CutPrefix(a.resource, "layer:"); ok {
			kind = "layer"
			name, _, _ = strings.Cut(rest, ":")
		}
	case "ecr":
		kind, name = "repository", strings.TrimPrefix(a.resource, "repository/")
	case "kinesis":
		kind = "stream"
		name, _, _ = strings.Cut(strings.TrimPrefix(a.resource, "stream/"), "/") // …/consumer/NAME:TIME
	case "firehose":
		kind = "delivery stream"
	case "states":
		kind = "state machine"
		if rest, ok := strings.CutPrefix(a.resource, "execution:"); ok {
			name, _, _ = strings.Cut(rest, ":")
		}
	case "events":
		kind, _, _ = strings.Cut(a.resource, "/")
		kind = strings.ReplaceAll(kind, "-", " ")
	case "es":
		kind, name = "domain", strings.TrimPrefix(a.resource, "domain/")
		name, _, _ = strings.Cut(name, "/")
	case "bedrock":
		kind, name, _ = strings.Cut(a.resource, "/")
		kind = strings.ReplaceAll(kind, "-", " ")
		if kind == "foundation model" {
			kind = "model"
		}
	case "execute-api":
		kind = "API"
		name, _, _ = strings.Cut(a.resource, "/")
	case "iam", "sts":
		if k, _, ok := strings.Cut(a.resource, "/"); ok {
			kind = strings.ReplaceAll(k, "assumed-role", "session")
		}
	default:
		if k, rest, ok := strings.Cut(a.resource, "/"); ok && plainKind().MatchString(k) {
			kind, name = k, rest
			if words, ok := kindWords[k]; ok {
				kind = words
			}
			kind = strings.ReplaceAll(kind, "-", " ")
		} else if k, rest, ok := strings.Cut(a.resource, ":"); ok && databaseKinds[k] != "" {
			kind, name = databaseKinds[k], rest
		}
	}
	t := target{kind: kind}
	if name == "" || name == "*" || masked(name) {
		return t
	}
	t.label = fmt.Sprintf("the %s %s", name, kind)
	if idForm().MatchString(name) {
		t.label = kind + " " + name
	}
	return t
}

// idForm is a name that AWS gave: a UUID, i-0123456789abcdef0.
var idForm = lazy.Compile(`^(?:[a-z]+-[0-9a-f]{8,}|[0-9a-f]{8}-[0-9a-f-]{27}|mrk-[0-9a-f]+)$`)

// kindWords are resource types whose name in an ARN is no word of ours.
var kindWords = map[string]string{"hostedzone": "hosted zone", "targetgroup": "target group", "loadbalancer": "load balancer", "healthcheck": "health check"}

// databaseKinds are the resource types of RDS, Redshift and ElastiCache, whose ARNs
// have a colon behind them.
var databaseKinds = map[string]string{
	"cluster": "cluster", "db": "DB instance", "dbuser": "database user", "dbgroup": "database group", "dbname": "database",
	"namespace": "namespace", "replicationgroup": "replication group", "serverlesscache": "cache", "user": "user", "snapshot": "snapshot",
	"cluster-snapshot": "cluster snapshot", "pg": "parameter group", "cluster-pg": "cluster parameter group", "subgrp": "subnet group",
}

var plainKind = lazy.Compile(`^[a-z][a-z-]{2,24}$`)

func joinNotes(notes ...string) string {
	var kept []string
	for _, n := range notes {
		if n != "" {
			kept = append(kept, n)
		}
	}
	return strings.Join(kept, " ")
}
