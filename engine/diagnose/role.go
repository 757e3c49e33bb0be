package diagnose

import (
	"strings"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
)

// Role kinds: whose credentials a refused call carried.
const (
	roleTask      = "task"      // the application's own role
	roleExecution = "execution" // the ECS agent's, to start the task
	roleInstance  = "instance"  // the EC2 instance's, by way of instance metadata
	roleChained   = "chained"   // another role, assumed with credentials that came before
	roleUser      = "user"      // access keys of an IAM user, or of the root user
	roleUnknown   = "unknown"
)

// How sure a role kind is.
const (
	certain  = "certain"  // the text or the environment says so
	likely   = "likely"   // a shape that AWS or an SDK gives, or what the container can reach
	possible = "possible" // a name people give, or the usual case
)

// A holder is whose credentials were refused, with the evidence for it.
type holder struct {
	kind, certainty, why string
}

// whose infers the role kind. Evidence is weighed from what cannot be otherwise
// to what is merely usual; the first that applies decides.
func whose(f extract.Facts, t Task, text string) holder {
	starting := startsTask(text)
	switch name := t.roleName(); {
	case isUserARN(f.PrincipalARN):
		return holder{roleUser, certain, "the ARN names " + userLabel(f.PrincipalARN)}
	case f.RoleName != "" && f.RoleName == name:
		return holder{roleTask, certain, "the container credentials endpoint gives this role"}
	case f.RoleKind != "":
		return holder{f.RoleKind, certain, "the text says so"}
	case f.PrincipalARN == "" && strings.Contains(text, "failed to invoke EFS utils"):
		return holder{roleTask, likely, "ECS mounts EFS volumes with the task role"}
	case instanceSession().MatchString(f.SessionName):
		return holder{roleInstance, certain, "the session name is an instance ID"}
	case starting && f.PrincipalARN == "":
		return holder{roleExecution, likely, "ECS itself failed while it started the task"}
	case starting:
		return holder{roleExecution, certain, "ECS itself was refused while it started the task"}
	case taskSession().MatchString(f.SessionName):
		return ofTaskSession(f, t, name)
	}
	if why := assumedBy(f); why != "" {
		return holder{roleChained, likely, why}
	}
	role := f.RoleName
	if f.PrincipalARN == "" && strings.HasPrefix(f.Action, "iam:") {
		role = "" // it is what the call was about
	}
	switch name := t.roleName(); {
	case role != "" && name != "":
		return holder{roleChained, likely, "the task's own role is " + name}
	case executionName().MatchString(role):
		return holder{roleExecution, possible, "the role's name, which people choose"}
	case taskName().MatchString(role):
		return holder{roleTask, likely, "the role's name"}
	case instanceName().MatchString(role):
		return holder{roleInstance, possible, "the role's name, which people choose"}
	case longTermKey().MatchString(text):
		return holder{roleUser, likely, "the access key ID is that of a long-term key"}
	case role == "" && f.PrincipalARN == "" && name != "":
		return holder{roleTask, possible, "the text names nobody; the container's credentials are those of " + name}
	case f.SessionName != "" && !placeholderSession(f.SessionName):
		return holder{roleChained, possible, "the session name is neither a task ID nor an instance ID"}
	}
	return holder{roleUnknown, "", ""}
}

// ofTaskSession judges a session named like a task ID. ECS names the sessions
// of a task's two roles alike, but never hands those of the execution role to a
// container.
func ofTaskSession(f extract.Facts, t Task, taskRole string) holder {
	switch {
	case taskRole != "":
		return holder{roleExecution, likely, "the session name is a task ID, but the task role is " + taskRole}
	case t.TaskID != "":
		return holder{roleTask, likely, "the session name is a task ID, and only the task role's credentials reach a container"}
	case executionName().MatchString(f.RoleName):
		return holder{roleExecution, likely, "the session name is a task ID, and the role is named like an execution role"}
	}
	return holder{roleTask, likely, "the session name is a task ID, and the call is the application's"}
}

// isNodeRole tells whether a role is named like that of a Kubernetes node.
func isNodeRole(name string) bool { return nodeName().MatchString(name) }

// startsTask reports whether the text is ECS' own report that a task did not
// start. Those calls are made with the execution role.
func startsTask(text string) bool {
	if strings.Contains(text, "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE") {
		return false // CodeBuild says so of its own container, in ECS' words
	}
	for _, s := range [...]string{
		"ResourceInitializationError",
		"CannotPullContainerError",
		"CannotPullECRContainerError",
		"CannotStartContainerError",
		"unable to pull secrets or registry auth",
		"CannotCreateVolumeError",
		"etching secret data from ", // the agent's
	} {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}

// assumedBy names who made the session, when its shape tells; else "".
func assumedBy(f extract.Facts) string {
	switch {
	case f.RoleName == "" && f.SessionName == "":
		return ""
	case strings.HasPrefix(f.RoleName, "AWSReservedSSO_"):
		return "the role belongs to an IAM Identity Center permission set"
	case strings.HasPrefix(f.RoleName, "AWSServiceRoleFor"):
		return "the role is a service-linked role"
	case strings.HasPrefix(f.SessionName, "eks-"):
		return "the session name is one of EKS Pod Identity"
	case strings.HasPrefix(f.SessionName, "AWSCodeBuild-"):
		return "the session name is one of CodeBuild"
	case strings.TrimSpace(f.SessionName) == "CognitoIdentityCredentials":
		return "the session name is one of a Cognito identity pool"
	case serviceSessions[f.SessionName] != "":
		return "the session name is one of " + serviceSessions[f.SessionName]
	case sdkSession().MatchString(f.SessionName):
		return "the session name is one that an SDK invents when it assumes a role"
	}
	return ""
}

// serviceSessions are the names of sessions that services of AWS make of the roles they are given.
var serviceSessions = map[string]string{
	"AWSCloudFormation":      "CloudFormation",
	"aws-batch":              "AWS Batch",
	"ecs-service-scheduler":  "ECS",
	"AmazonMWAA-airflow":     "Amazon MWAA",
	"GlueJobRunnerSession":   "AWS Glue",
	"RedshiftIamRoleSession": "Amazon Redshift",
	"SageMaker":              "SageMaker",
}

var (
	instanceSession = lazy.Compile(`^m?i-[0-9a-f]{8,17}$`) // mi-: ECS Anywhere, Systems Manager
	// A task ID: 32 hex digits, or a UUID in older clusters.
	taskSession = lazy.Compile(`^(?i:[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$`)
	sdkSession  = lazy.Compile(`^(botocore-session-|aws-sdk-|aws-go-sdk-|AWSCLI-Session|AWS-CLI-session-|RustProvider|web-identity-token-|GitHubActions$|[0-9]{13,}$)`)

	executionName = lazy.Compile(`(?i)exec(ution)?[-_]?role|task[-_]?exec`)
	taskName      = lazy.Compile(`(?i)task[-_]?role`)
	instanceName  = lazy.Compile(`(?i)(ecs|node|ec2)[-_]?instance`)
	// What kOps, eksctl and the EKS guide call the roles of nodes.
	nodeName = lazy.Compile(`(?i)\.k8s\.local$|^(nodes|masters|control-plane)\.|^eksctl-|node-?instance-?role|node-?group|eks-?node|karpenternode`)

	// Key IDs of long-term keys begin with AKIA, those of sessions with ASIA.
	// What package redact leaves of them is AKIA….
	longTermKey = lazy.Compile(`\bAKIA(?:…|[A-Z0-9*]{4,})`)
	sessionKey  = lazy.Compile(`\bASIA(?:…|[A-Z0-9*]{4,})`)

	sampleSession = lazy.Compile(`(?i)^(task[-_]?id|uuid|session([-_]?name)?|instance[-_]?id)$`)
)

// placeholderSession reports whether a session name was replaced by a word for
// it, as documents and redactions do.
func placeholderSession(s string) bool { return masked(s) || sampleSession().MatchString(s) }

// roleName is the name in the ARN that the credentials endpoint gave, or "".
func (t Task) roleName() string {
	a, ok := parseARN(t.TaskRoleARN)
	if !ok {
		return ""
	}
	return a.lastPart()
}

// isUserARN reports whether a principal is an IAM user or the root user.
func isUserARN(s string) bool {
	a, ok := parseARN(s)
	return ok && a.service == "iam" && (strings.HasPrefix(a.resource, "user/") || a.resource == "root")
}

func isRootARN(s string) bool {
	a, ok := parseARN(s)
	return ok && a.service == "iam" && a.resource == "root"
}

// federatedUser is the name of a session that GetFederationToken made, or "".
func federatedUser(principal string) string {
	a, ok := parseARN(principal)
	name, isFederated := strings.CutPrefix(a.resource, "federated-user/")
	return given(ok && isFederated && !masked(name), name)
}

// userName is the name of an IAM user, or "" when it is none or masked.
func userName(principal string) string {
	if a, ok := parseARN(principal); ok && strings.HasPrefix(a.resource, "user/") && !masked(a.lastPart()) {
		return a.lastPart()
	}
	return ""
}

func userLabel(principal string) string {
	switch name := userName(principal); {
	case name != "":
		return "IAM user " + name
	case strings.HasSuffix(principal, ":root"):
		return "the root user"
	}
	return "an IAM user"
}

// roleLabel is how a headline calls the caller, after "IAM ". It is empty when
// nothing at all is known.
func roleLabel(h holder, f extract.Facts) string {
	switch {
	case h.kind == roleTask:
		return "task role"
	case h.kind == roleExecution:
		return "task execution role"
	case h.kind == roleInstance && isNodeRole(f.RoleName):
		return "node role " + f.RoleName
	case h.kind == roleInstance:
		return "instance role"
	case h.kind == roleUser && userName(f.PrincipalARN) != "":
		return "user " + userName(f.PrincipalARN)
	case isRootARN(f.PrincipalARN):
		return "root user"
	case federatedUser(f.PrincipalARN) != "":
		return "federated user " + federatedUser(f.PrincipalARN)
	case callsAsRole(f):
		return "role " + f.RoleName
	}
	return ""
}

// callsAsRole tells whether the role that the text names is the caller's. Beside a
// caller who is no role, a database's user, it is the one that was to be assumed.
func callsAsRole(f extract.Facts) bool {
	return f.RoleName != "" && !masked(f.RoleName) && strings.Contains(f.PrincipalARN, "/"+f.RoleName)
}

// principalForm is an ARN that a policy may name as its principal.
var principalForm = lazy.Compile(`^arn:aws(-[a-z]+)*:iam::([0-9]{12}|` + markAccount + `):(root|(role|user)/[\w+=,.@/-]+)$`)

// roleARN is the ARN of the role or user behind the call, or "" when neither the
// text nor the environment tells. An assumed-role ARN does not show a role's
// path, so the endpoint's answer is better where it is for the same role.
func roleARN(f extract.Facts, t Task, h holder) string {
	arn := t.TaskRoleARN
	if name := t.roleName(); h.kind != roleTask || name == "" || f.RoleName != "" && f.RoleName != name {
		arn = principalOf(f)
	}
	return given(principalForm().MatchString(arn), arn)
}

// principalOf is the IAM ARN behind the one that the text names.
func principalOf(f extract.Facts) string {
	a, ok := parseARN(f.PrincipalARN)
	switch {
	case !ok:
		return ""
	case a.service == "iam":
		a.account = account(a.account)
		return a.String()
	case !callsAsRole(f) || rolePath(f) != "":
		return ""
	}
	return arn{a.partition, "iam", "", account(a.account), "role/" + f.RoleName}.String()
}
