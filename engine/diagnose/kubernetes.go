package diagnose

import (
	"cmp"
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// A kubernetesRequest is what the Kubernetes API server refused by its rules of
// roles; fields that the text does not tell are empty.
type kubernetesRequest struct {
	user                         string
	verb                         string
	kind, subresource, apiGroup  string // deployments, scale, apps
	name, namespace, path, level string
}

// Where a role must hold that allows a request.
const (
	levelNamespace = "namespace"
	levelCluster   = "cluster"
	levelPath      = "path" // no resource, but a URL of the server: /metrics
)

// kubernetesSentence is how the API server says whom it refused what. Groups: the name
// of the thing, the user, the verb, a path, a resource, its API group, the namespace,
// the cluster scope.
var kubernetesSentence = lazy.Compile(`(?:\\*"([\w.:-]{1,253})\\*" is forbidden: )?User \\*"([\w:@./-]{1,200})\\*" cannot ([a-z]+)` +
	` (?:path \\*"(/[\w./-]*)|(?:resource )?\\*"?([a-z][a-z0-9./-]*)\\*"?)` +
	`(?:\\*"? in API group \\*"([a-z0-9.-]*)\\*")?(?: in the namespace \\*"([a-z0-9-]+)\\*"| (at the cluster scope))?`)

func kubernetesRequestIn(text string) kubernetesRequest {
	m := kubernetesSentence().FindStringSubmatch(text)
	if m == nil {
		return auditedRequestIn(text)
	}
	k := kubernetesRequest{name: m[1], user: m[2], verb: m[3], path: m[4], namespace: m[7]}
	k.kind, k.subresource, _ = strings.Cut(strings.TrimRight(m[5], "."), "/")
	if k.apiGroup = m[6]; k.apiGroup == "" { // versions before 1.8 write them as one
		k.kind, k.apiGroup, _ = strings.Cut(k.kind, ".")
	}
	switch {
	case k.path != "":
		k.level = levelPath
	case k.namespace != "":
		k.level = levelNamespace
	case m[8] != "":
		k.level = levelCluster
	}
	return k
}

// The fields of an event in the API server's audit log.
var (
	auditUser      = lazy.Compile(`"user":\{[^{}]{0,400}?"username":"([\w:@./-]{1,200})"`)
	auditVerb      = lazy.Compile(`"verb":"([a-z]+)"`)
	auditPath      = lazy.Compile(`"requestURI":"(/[\w./-]*)`)
	auditObject    = lazy.Compile(`"objectRef":\{([^{}]{1,1000})\}`)
	auditKind      = lazy.Compile(`"resource":"([a-z0-9.-]+)"`)
	auditPart      = lazy.Compile(`"subresource":"([a-z]+)"`)
	auditGroup     = lazy.Compile(`"apiGroup":"([a-z0-9.-]+)"`)
	auditName      = lazy.Compile(`"name":"([\w.:-]{1,253})"`)
	auditNamespace = lazy.Compile(`"namespace":"([a-z0-9-]+)"`)
)

// auditedRequestIn reads an event of the audit log, whose request was refused.
func auditedRequestIn(text string) kubernetesRequest {
	if !strings.Contains(text, `k8s.io/decision":"forbid"`) {
		return kubernetesRequest{}
	}
	k := kubernetesRequest{user: captured(auditUser, text), verb: captured(auditVerb, text)}
	object := captured(auditObject, text)
	if object == "" {
		k.path, k.level = captured(auditPath, text), levelPath
		return k
	}
	k.kind, k.subresource, k.apiGroup = captured(auditKind, object), captured(auditPart, object), captured(auditGroup, object)
	k.name, k.namespace, k.level = captured(auditName, object), captured(auditNamespace, object), levelCluster
	if k.namespace != "" {
		k.level = levelNamespace
	}
	return k
}

// kindInGroup names the kind as kubectl takes it: deployments.apps.
func (k kubernetesRequest) kindInGroup() string {
	return k.kind + given(k.apiGroup != "", "."+k.apiGroup)
}

// resource is what a role must list: deployments.apps/scale.
func (k kubernetesRequest) resource() string {
	return k.kindInGroup() + given(k.subresource != "", "/"+k.subresource)
}

// asked is what `kubectl auth can-i` is asked about: jobs.batch, pods/orders-0, /metrics.
// A role may be for things of one name, but not to make or to list them.
func (k kubernetesRequest) asked() string {
	switch k.verb {
	case "create", "list", "watch", "deletecollection":
		return cmp.Or(k.path, k.kindInGroup())
	}
	return cmp.Or(k.path, k.kindInGroup()+given(k.name != "", "/"+k.name))
}

// scope is the flag of kubectl for where the request was made.
func (k kubernetesRequest) scope() string {
	switch k.level {
	case levelNamespace:
		return "--namespace=" + k.namespace
	case levelCluster:
		return "--all-namespaces"
	}
	return given(k.kind != "", "--namespace=NAMESPACE")
}

// where says the same in words.
func (k kubernetesRequest) where() string {
	switch k.level {
	case levelNamespace:
		return "in namespace " + k.namespace
	case levelCluster:
		return "at the cluster scope"
	}
	return ""
}

// subject is the flag of kubectl that binds a role to the user.
func (k kubernetesRequest) subject() string {
	if account, ok := strings.CutPrefix(k.user, "system:serviceaccount:"); ok {
		return "--serviceaccount=" + account
	}
	return given(k.user != "", "--user="+k.user)
}

// node is the node whose kubelet asked.
func (k kubernetesRequest) node() string {
	name, isNode := strings.CutPrefix(k.user, "system:node:")
	return given(isNode, name)
}

// How the API server says that a pod's service account is not there: error looking up
// service account NAMESPACE/NAME: serviceaccount "NAME" not found.
var (
	kubernetesAccountForm   = lazy.Compile(`looking up service account [\w-]{1,63}/([\w.-]{1,253}):`)
	kubernetesAccountInForm = lazy.Compile(`looking up service account ([\w-]{1,63})/`)
)
