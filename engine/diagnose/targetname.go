package diagnose

import (
	"strings"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
)

// arnOfName builds the ARN of a resource that the text only names: a secret's
// name, a queue's URL, "role deploy".
func arnOfName(prefix, action, name string, f extract.Facts) (arn, bool) {
	if name == "" || name == "*" || masked(name) || strings.HasPrefix(name, "arn:") { // the last of one that was cut
		return arn{}, false
	}
	reg := region(f.Region)
	a := arn{partitionOf(reg), prefix, reg, account(f.Account), name}
	if p, ok := parseARN(f.PrincipalARN); ok {
		a.partition = p.partition
	}
	switch prefix {
	case "iam", "sts": // whose names in texts have a blank behind their type
		a.service, a.region, a.resource = "iam", "", iamResource(action, name)
		return a, a.resource != ""
	case "s3":
		a.region, a.account, a.resource = "", "", s3Path().ReplaceAllString(name, "")
		if !bucketForm().MatchString(bucketOf(a)) {
			return arn{}, false
		}
	case "sqs":
		if u := queueURL().FindStringSubmatch(name); u != nil {
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
	case "bedrock":
		if strings.Contains(name, "/") {
			return arn{}, false
		}
		a.account, a.resource = "", "foundation-model/"+name
	default:
		types := resourceTypes[prefix]
		if types == nil {
			return arn{}, false
		}
		a.resource = withType(name, types)
	}
	return a, !strings.Contains(name, " ")
}

// iamResource is the resource of an ARN of IAM that a name stands for, or "": role deploy; the
// name alone of a role that is passed or assumed.
func iamResource(action, name string) string {
	switch kind, rest, _ := strings.Cut(name, " "); kind {
	case "role", "user", "policy", "group":
		if iamName().MatchString(rest) {
			return kind + "/" + rest
		}
	}
	if (action == "PassRole" || action == "AssumeRole") && iamName().MatchString(name) {
		return "role/" + strings.TrimPrefix(name, "role/")
	}
	return ""
}

// resourceTypes are what the resource of a service's ARN may begin with; the first is put
// before a name that has none.
var resourceTypes = map[string][]string{
	"kms":      {"key/", "alias/"},
	"dynamodb": {"table/"},
	"logs":     {"log-group:"},
	"lambda":   {"function:"},
	"ecr":      {"repository/"},
	"kinesis":  {"stream/"},
	"firehose": {"deliverystream/"},
	"events":   {"event-bus/"},
	"states":   {"stateMachine:"},
	"es":       {"domain/"},
}

// withType puts the first of types before a name that has none of them.
func withType(name string, types []string) string {
	for _, t := range types {
		if strings.HasPrefix(name, t) {
			return name
		}
	}
	return types[0] + name
}

var (
	// s3Path is what stands before a bucket: Hadoop has three schemes, restic names the host.
	s3Path     = lazy.Compile(`^s3(?:[an]?://|:(?:https?://)?s3[\w.-]*\.amazonaws\.com(?:\.cn)?/)`)
	bucketForm = lazy.Compile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
	queueURL   = lazy.Compile(`^https?://sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/([^/]+)/([^/?]+)`)
)
