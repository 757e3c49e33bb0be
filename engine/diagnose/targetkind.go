package diagnose

import (
	"fmt"
	"strings"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
)

// describe says what an ARN is, in words.
func describe(a arn) target {
	kind, name := kindOf(a)
	name = strings.TrimSuffix(name, "/*")
	t := target{kind: kind}
	switch {
	case a.service == "ecs" && cameAndWent().MatchString(a.resource):
		t.label = "the " + kind + "s of the cluster " + upTo(name, "/")
	case a.service == "glue" && a.resource == "catalog":
		t.label = "the Glue Data Catalog"
	case name == "" || name == "*" || masked(name):
	case idForm().MatchString(name):
		t.label = kind + " " + name
	default:
		t.label = fmt.Sprintf("the %s %s", name, kind)
	}
	return t
}

// kindOf returns what people call the kind of a resource, and its name.
func kindOf(a arn) (kind, name string) {
	if table, ok := strings.CutPrefix(a.resource, "table/"); ok && a.service == "dynamodb" {
		if _, index, _ := strings.Cut(table, "/index/"); index != "" && index != "*" {
			return "index of the table " + upTo(table, "/"), index
		}
	}
	for _, t := range resourceKinds[a.service] {
		if rest, ok := strings.CutPrefix(a.resource, t.prefix); ok {
			return t.kind, upTo(rest, t.end)
		}
	}
	switch a.service {
	case "sqs":
		return "queue", a.lastPart()
	case "firehose":
		return "delivery stream", a.lastPart()
	case "states":
		return "state machine", a.lastPart()
	case "secretsmanager":
		return "secret", extract.SecretName(strings.TrimPrefix(a.resource, "secret:"))
	case "ssm":
		if path, ok := strings.CutPrefix(a.resource, "parameter"); ok {
			return "parameter", parameterName(path)
		}
	case "kms":
		if strings.HasPrefix(a.resource, "alias/") {
			return "KMS key", a.resource
		}
		return "KMS key", a.lastPart()
	case "events":
		return inWords(upTo(a.resource, "/")), a.lastPart()
	case "bedrock":
		kind, name, _ := strings.Cut(a.resource, "/")
		return inWords(kind), name
	case "iam", "sts":
		switch kind, _, ok := strings.Cut(a.resource, "/"); {
		case kind == "assumed-role":
			return "session", a.lastPart()
		case ok:
			return kind, a.lastPart()
		}
	case "elasticloadbalancing":
		kind, name, _ := strings.Cut(a.resource, "/")
		return inWords(kind), extract.LoadBalancerName(name)
	case "appconfig":
		if m := configurationForm().FindStringSubmatch(a.resource); m != nil {
			return "AppConfig configuration profile of application " + m[1], m[2]
		}
		return kindByForm(a)
	case "dynamodb", "logs", "lambda":
	default:
		return kindByForm(a)
	}
	return "resource", a.lastPart()
}

// resourceKinds are the kinds of resources of services whose ARNs show them by what they begin
// with, and what ends the name there. "" fits all.
var resourceKinds = map[string][]struct{ prefix, kind, end string }{
	"s3":          {{"accesspoint/", "access point", "/"}, {"", "bucket", "/"}},
	"sns":         {{"", "topic", ":"}},
	"dynamodb":    {{"table/", "table", "/"}},
	"logs":        {{"log-group:", "log group", ":"}, {"destination:", "destination", ""}},
	"lambda":      {{"function:", "function", ":"}, {"layer:", "layer", ":"}},
	"ecr":         {{"repository/", "repository", ""}, {"", "repository", ""}},
	"kinesis":     {{"stream/", "stream", "/"}, {"", "stream", "/"}}, // …/consumer/NAME:TIME
	"states":      {{"execution:", "state machine", ":"}},
	"es":          {{"domain/", "domain", "/"}, {"", "domain", "/"}},
	"execute-api": {{"", "API", "/"}},

	"cloudformation": {{"stack/", "stack", "/"}},
	"codecommit":     {{"", "repository", ""}},
	"emr-serverless": {{"/applications/", "application", "/"}},
}

// kindByForm is kindOf for services that are not known, by what most ARNs look like.
func kindByForm(a arn) (kind, name string) {
	if k, rest, ok := strings.Cut(a.resource, "/"); ok && plainKind().MatchString(k) {
		return inWords(k), rest
	}
	if k, rest, ok := strings.Cut(a.resource, ":"); ok && databaseKinds[k] != "" {
		return databaseKinds[k], rest
	}
	return "resource", a.lastPart()
}

// upTo returns s up to the first end; all of it when there is none.
func upTo(s, end string) string {
	if i := strings.Index(s, end); i >= 0 && end != "" {
		return s[:i]
	}
	return s
}

// parameterName is the name of a parameter as people write it: only the name of one in a
// folder begins with a slash.
func parameterName(path string) string {
	if strings.Count(path, "/") == 1 {
		return path[1:]
	}
	return path
}

// inWords is a type of resource as people call it.
func inWords(kind string) string {
	if words, ok := kindWords[kind]; ok {
		return words
	}
	return strings.ReplaceAll(kind, "-", " ")
}

// idForm is a name that AWS gave: a UUID, i-0123456789abcdef0.
var idForm = lazy.Compile(`^(?:[a-z]+-[0-9a-f]{8,}|[0-9a-f]{8}-[0-9a-f-]{27}|mrk-[0-9a-f]+)$`)

// kindWords are resource types whose name in an ARN is no word of ours.
var kindWords = map[string]string{
	"hostedzone": "hosted zone", "targetgroup": "target group", "loadbalancer": "load balancer", "healthcheck": "health check",
	"foundation-model": "model", "userpool": "user pool", "identitypool": "identity pool", "webacl": "web ACL",
}

// databaseKinds are the resource types of RDS, Redshift and ElastiCache, whose ARNs
// have a colon behind them.
var databaseKinds = map[string]string{
	"cluster": "cluster", "db": "DB instance", "dbuser": "database user", "dbgroup": "database group", "dbname": "database",
	"namespace": "namespace", "replicationgroup": "replication group", "serverlesscache": "cache", "user": "user", "snapshot": "snapshot",
	"cluster-snapshot": "cluster snapshot", "pg": "parameter group", "cluster-pg": "cluster parameter group", "subgrp": "subnet group",
}

// cameAndWent is a task or container instance of ECS, with its cluster.
var cameAndWent = lazy.Compile(`^(task|container-instance)/[^/]+/[^/]+$`)

// configurationForm is a configuration profile of AppConfig, as it is deployed to an environment. Groups: the
// application's ID, the profile's.
var configurationForm = lazy.Compile(`^application/([^/]+)/environment/[^/]+/configuration/([^/]+)$`)

var plainKind = lazy.Compile(`^[a-z][a-z-]{2,24}$`)
