package diagnose

import (
	"strings"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
)

// needed returns the IAM action that was refused, in the case IAM documents it:
// the action that the text names or else the one its operation needs. It is ""
// when neither can be told.
func needed(f extract.Facts) string {
	if prefix, name, ok := strings.Cut(f.Action, ":"); ok {
		if action := strings.ToLower(prefix) + ":" + name; actionForm().MatchString(action) {
			return documentedCase(action)
		}
	}
	if strings.HasSuffix(f.ErrorCode, ".ServiceLinkedRoleCreationNotPermitted") {
		return "iam:CreateServiceLinkedRole" // EC2, for spot instances
	}
	if permission := keyspacesPermission(f); permission != "" {
		return permission
	}
	if !operationForm().MatchString(f.Operation) {
		return ""
	}
	op := strings.ToUpper(f.Operation[:1]) + f.Operation[1:] // describeInstances, as JavaScript writes it
	prefix, owner := servicePrefix(f), operationOwner[op]
	if prefix == "" || owner == "sts" {
		prefix = owner // The hosts in STS' sentences are those of token issuers.
	}
	if prefix == "" || prefix == "kms" && owner != prefix {
		return "" // KMS refused a call that another service made for the operation
	}
	return actionOf(prefix, op)
}

// missingBehind returns the action that no policy allows, where AWS names another
// one as refused: some calls need several (ec2:CreateVpcEndpoint also
// vpce:AllowMultiRegion), and the reason says which of them is missing.
func missingBehind(refused, text string) string {
	if refused == "" || !strings.Contains(text, "policy allows the ") {
		return ""
	}
	if m := refusedFor().FindStringSubmatch(text); m != nil && m[1] == refused && m[2] != refused {
		return m[2]
	}
	return ""
}

// keyspacesPermission is the IAM action behind a permission of CQL, which Amazon
// Keyspaces names when it refuses an AWS identity: SELECT, MODIFY; "" for others.
func keyspacesPermission(f extract.Facts) string {
	if f.PrincipalARN == "" {
		return ""
	}
	switch f.Action {
	case "SELECT", "MODIFY", "CREATE", "ALTER", "DROP":
		return "cassandra:" + f.Action[:1] + strings.ToLower(f.Action[1:])
	}
	return ""
}

var (
	actionForm    = lazy.Compile(`^[a-z0-9-]+:[A-Za-z0-9]+$`)
	refusedFor    = lazy.Compile(`to perform: ([\w:-]+)(?: on resource: \S+)? because no [\w -]{1,40} policy allows the ([a-z0-9-]+:[A-Za-z0-9]+) action`)
	operationForm = lazy.Compile(`^[A-Za-z][A-Za-z0-9]*$`)
)

// actionOf returns the IAM action of an API operation, "" when it needs several
// or none.
func actionOf(prefix, operation string) string {
	call := prefix + ":" + operation
	if action, ok := renamed[call]; ok {
		return action
	}
	if prefix == "apigateway" {
		return apiGatewayAction(operation)
	}
	return call
}

// apiGatewayAction follows API Gateway's management API, whose actions are the
// HTTP methods behind its operations.
func apiGatewayAction(operation string) string {
	for _, m := range [...]struct{ verb, method string }{
		{"Get", "GET"}, {"Create", "POST"}, {"Import", "POST"}, {"Update", "PATCH"},
		{"Put", "PUT"}, {"Delete", "DELETE"}, {"Tag", "PUT"}, {"Untag", "DELETE"},
	} {
		if strings.HasPrefix(operation, m.verb) {
			return "apigateway:" + m.method
		}
	}
	return ""
}

// documentedCase returns an action as IAM's documents write it, where we know
// it: services print "sqs:receivemessage" or "SNS:Publish". IAM itself does not
// care about case.
func documentedCase(action string) string {
	if known, ok := byFold[strings.ToLower(action)]; ok {
		return known
	}
	return action
}

// byFold finds an action by its lower-case form.
var byFold = func() map[string]string {
	m := make(map[string]string)
	add := func(action string) {
		if action != "" {
			m[strings.ToLower(action)] = action
		}
	}
	for operation, prefix := range operationOwner {
		add(actionOf(prefix, operation))
	}
	for _, action := range renamed {
		add(action)
	}
	return m
}()

// servicePrefix returns the IAM prefix of the service that a text names, in its
// service name, its error code (Aws::S3::Errors::AccessDenied), or the host it
// called; "" when none tells.
func servicePrefix(f extract.Facts) string {
	if p := prefixOfName(f.Service); p != "" {
		return p
	}
	if sdk, rest, ok := strings.Cut(f.ErrorCode, "::"); ok && strings.EqualFold(sdk, "Aws") {
		name, _, _ := strings.Cut(rest, "::")
		if p := prefixOfName(name); p != "" {
			return p
		}
	}
	return prefixOfHost(f.Endpoint)
}

// prefixOfName returns the IAM prefix for a service's name as an SDK prints it:
// "Amazon S3", "AmazonDynamoDBv2", "AWSSecurityTokenService", "Secrets Manager".
func prefixOfName(name string) string {
	key := strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, name)
	if key == "" {
		return ""
	}
	for _, vendor := range [...]string{"", "amazon", "aws"} {
		k, ok := strings.CutPrefix(key, vendor)
		if !ok {
			continue
		}
		for _, tail := range [...]string{"", "v2", "client", "async", "asyncclient"} {
			if p, ok := prefixes[strings.TrimSuffix(k, tail)]; ok {
				return p
			}
		}
	}
	return ""
}

// prefixOfHost returns the IAM prefix for an endpoint such as
// sqs.eu-west-1.amazonaws.com or bucket.s3.amazonaws.com.
func prefixOfHost(endpoint string) string {
	host := endpoint
	if _, rest, ok := strings.Cut(host, "://"); ok {
		host = rest
	}
	if i := strings.IndexAny(host, "/:?"); i >= 0 {
		host = host[:i]
	}
	labels, ok := strings.CutSuffix(strings.TrimSuffix(host, ".cn"), ".amazonaws.com")
	if !ok {
		return ""
	}
	parts := strings.Split(labels, ".")
	for i := len(parts) - 1; i >= 0; i-- {
		if p, ok := hostPrefixes[parts[i]]; ok {
			return p
		}
		if p := prefixOfName(parts[i]); p != "" {
			return p
		}
	}
	return ""
}

// anyResourceOnly reports whether an action takes no resource but "*": IAM
// offers it no resource type, so a policy cannot narrow it.
func anyResourceOnly(action string) bool {
	prefix, name, _ := strings.Cut(action, ":")
	for _, pattern := range withoutResource[prefix] {
		if stem, ok := strings.CutSuffix(pattern, "*"); ok && strings.HasPrefix(name, stem) || pattern == name {
			return true
		}
	}
	return false
}
