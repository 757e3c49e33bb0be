package diagnose

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
)

// A reading is what is made of one subject: the facts, and what follows from
// them.
type reading struct {
	facts  extract.Facts
	task   Task
	text   string
	tasks  int
	cause  string
	action string // the IAM action, named or needed; "" when unknown
	holder holder
	target target
	grant  grant
}

// read draws the conclusions that all causes share.
func read(cause string, s Subject) *reading {
	r := &reading{facts: s.Facts, task: s.Task, text: s.Text, tasks: s.Tasks, cause: cause}
	if isByAccount(s.Text) {
		r.facts.DenyType = "resource"
	}
	r.action = r.neededAction()
	r.holder = whose(s.Facts, s.Task, s.Text)
	if r.action != "" && !r.assumedByService() {
		r.target = targetOf(r.action, s.Facts)
	}
	if service := r.calledPrefix(); r.action == "" && (service == "sqs" || service == "s3") {
		r.target.label = targetOf(service+":", s.Facts).label // its URL names the queue or the bucket
	}
	if a, ok := parseARN(r.facts.Resource); ok && a.service == "kms" && cause == "kms_denied" && r.action == "" {
		r.target = describe(a)
		r.target.arn = given(putIn(a.String()) == "", a.String())
	}
	if cause == "env_file_denied" {
		r.target = r.target.alone()
	}
	r.grant = r.grantFor()
	return r
}

// neededAction returns the action that was refused or that the call needs, as far as
// the cause is about one.
func (r *reading) neededAction() string {
	action := needed(r.facts)
	if missing := missingBehind(r.facts.Action, r.text); missing != "" {
		action = documentedCase(missing)
	}
	switch r.cause {
	case "kms_denied":
		if servicePart(action) != "kms" { // that of the service which called KMS
			return given(readsSecret(r.facts, r.text), "kms:Decrypt")
		}
	case "secret_not_decrypted":
		return given(servicePart(action) == "kms", action) // else that of the service which called KMS
	case "assume_role_denied":
		// Else that of the call which had a service assume the role.
		return given(r.facts.Action != "" || !r.assumedByService(), action)
	case "service_permission": // of the service, not of the call that set it up
		return given(r.facts.Action != "", action)
	case "function_role_permission":
		return neededByFunction(r.facts, r.text)
	case "model_access":
		return neededForModel(r.text)
	case "env_file_denied":
		return "s3:GetObject"
	case "account_refused", "function_image_denied", "state_machine_role_permission", "operation_not_known":
		return ""
	case "missing_permission", "status_only":
		return cmp.Or(action, objectAction(r.facts, r.text))
	}
	return action
}

// readsSecret reports whether Secrets Manager could not use a key to read a secret.
func readsSecret(f extract.Facts, text string) bool {
	return strings.Contains(text, "Access to KMS is not allowed") &&
		(f.Operation == "GetSecretValue" || f.Operation == "BatchGetSecretValue" || startsTask(text))
}

// burst is the number of tasks, when it tells of a burst across a service.
func (r *reading) burst() string { return given(r.tasks >= burstTasks, number(r.tasks)) }

// burstTasks is how many tasks must see the same failure for it to be the
// service's and not one task's.
const burstTasks = 3

// maxValue bounds a value in a text, in bytes. ARNs are shorter.
const maxValue = 512

// clean makes a value fit to stand within a sentence: one line, bounded, and
// valid UTF-8.
func clean(s string) string {
	if len(s) > maxValue {
		s = s[:maxValue]
	}
	s = strings.ToValidUTF8(s, "")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s))
}

// caller is the role or user behind the call, or "" when it is not known. A
// role's name alone may be that of the role that was to be assumed.
func (r *reading) caller() string {
	switch f := r.facts; {
	case userName(f.PrincipalARN) != "":
		return "user " + userName(f.PrincipalARN)
	case federatedUser(f.PrincipalARN) != "":
		return "federated user " + federatedUser(f.PrincipalARN)
	case isRootARN(f.PrincipalARN) && refusalOf(f).final(): // it has no policies of its own to allow anything in
		return given(accountForm().MatchString(f.Account), "the root user of account "+f.Account)
	case f.PrincipalARN != "":
		return given(callsAsRole(f), "role "+f.RoleName)
	case r.holder.kind == roleTask && f.RoleName == "" && r.task.roleName() != "":
		return "role " + r.task.roleName()
	}
	return ""
}

// callerOrAccount is the caller, or the account where no more is known of them.
func (r *reading) callerOrAccount() string {
	if caller := r.caller(); caller != "" || !accountForm().MatchString(r.facts.Account) {
		return caller
	}
	return "account " + r.facts.Account
}

// mayBeMissing reports whether a refusal may stand for an object that is not
// there: S3 says so to callers without s3:ListBucket, in its plain words, never
// in the sentence that names a policy.
func (r *reading) mayBeMissing() bool {
	return r.action == "s3:GetObject" && r.facts.Action == "" && r.facts.DenyType == "" && !r.facts.ExplicitDeny
}

// rolePath tells roles that AWS manages, whose policies are not edited on the
// role itself.
func rolePath(f extract.Facts) string {
	switch {
	case strings.HasPrefix(f.RoleName, "AWSReservedSSO_"):
		return "sso"
	case strings.HasPrefix(f.RoleName, "AWSServiceRoleFor"):
		return "service_linked"
	}
	return ""
}

func keyKind(text string) string {
	switch {
	case longTermKey().MatchString(text):
		return "long_term"
	case sessionKey().MatchString(text):
		return "session"
	}
	return ""
}

// foreignOwner is the account that owns the resource, when both accounts are
// known and differ.
func (r *reading) foreignOwner() string {
	owner, caller := r.target.owner, r.facts.Account
	return given(accountForm().MatchString(caller) && owner != caller, owner)
}

// refusingName is the name of the resource whose own policy refused, when it is
// one of a service.
func (r *reading) refusingName(service string) string {
	a, ok := parseARN(r.target.arn)
	if !ok || a.service != service || r.facts.DenyType != "resource" {
		return ""
	}
	switch service {
	case "s3":
		return given(!strings.HasPrefix(a.resource, "accesspoint/"), bucketOf(a))
	case "ecr":
		return strings.TrimPrefix(a.resource, "repository/")
	case "lambda":
		return given(strings.HasPrefix(a.resource, "function:"), r.target.arn)
	}
	return r.target.arn
}

// layer is the layer of Lambda's that was called for, and its version.
func (r *reading) layer() (layer, version string) {
	a, ok := parseARN(r.target.arn)
	if !ok {
		return "", ""
	}
	return layerARN(a)
}

// bucket is the S3 bucket that was called for, when it is known whole.
func (r *reading) bucket() string {
	a, ok := parseARN(r.target.arn)
	return given(ok && a.service == "s3" && r.target.kind == "bucket", bucketOf(a))
}

// fileSystem is the ID of the EFS file system that a text names.
func fileSystem(text string) string { return fileSystemForm().FindString(text) }

var fileSystemForm = lazy.Compile(`\bfs-[0-9a-f]{8,17}\b`)

// apiID is the ID of the API of API Gateway that was called, when the text names it.
func (r *reading) apiID() string {
	a, ok := parseARN(r.facts.Resource) // its account is masked, so it is no target.arn
	if !ok || a.service != "execute-api" {
		return ""
	}
	id, _, _ := strings.Cut(a.resource, "/")
	return given(!masked(id), id)
}

// organizationPolicy is the ID of the SCP or RCP that refused: p-0a1b2c3d of
// arn:aws:organizations::123456789012:policy/o-EXAMPLE/service_control_policy/p-0a1b2c3d.
func (r *reading) organizationPolicy() string {
	a, ok := parseARN(r.facts.PolicyARN)
	return given(ok && a.service == "organizations" && strings.HasPrefix(a.lastPart(), "p-"), a.lastPart())
}

// starting reports whether it is ECS that failed, before the program ran.
func (r *reading) starting() bool {
	return startsTask(r.text) || r.trustService() == "ecs-tasks.amazonaws.com"
}

// iamPolicy is the ARN of the policy that refused, when IAM keeps it.
func (r *reading) iamPolicy() string {
	a, ok := parseARN(r.facts.PolicyARN)
	return given(ok && a.service == "iam" && strings.HasPrefix(a.resource, "policy/"), r.facts.PolicyARN)
}

// limitStatement is what a permissions boundary or a session policy lacks for the call, as JSON.
func (r *reading) limitStatement() string {
	if r.facts.DenyType != "boundary" && r.facts.DenyType != "session" || r.facts.ExplicitDeny || r.target.grant == nil {
		return ""
	}
	return Statement{Effect: "Allow", Action: []string{r.action}, Resource: r.target.grant}.json()
}

// namedAction is the refused action, when it is the text's word and not our
// conclusion.
func (r *reading) namedAction() string {
	return given(r.facts.Action != "", cmp.Or(r.action, r.facts.Action))
}

// endpointStatus is the status of a credentials endpoint's answer. Java's SDK
// words a 404 of instance metadata without its number, and the status that the
// text has is then that of the program's own answer to its caller.
func (r *reading) endpointStatus() string {
	if strings.Contains(strings.ToLower(r.text), "requested metadata is not found") {
		return "404"
	}
	return number(r.facts.HTTPStatus)
}

// simulated is the principal to ask IAM's policy simulator about. The simulator
// knows neither the root user, nor session policies, nor VPC endpoint policies, nor RCPs, nor
// (unless it is handed one) the resource's policy; and an instance's role is not
// the one to mend where a task or a pod should have one of its own.
func (r *reading) simulated() string {
	ofItsOwn := r.task.TaskID != "" || isNodeRole(r.facts.RoleName)
	if call := r.hostCall(); r.holder.kind == roleInstance && (call == "" && ofItsOwn || call == callOfTaskStart) {
		return ""
	}
	switch r.facts.DenyType {
	case "resource", "session", "vpc_endpoint", "rcp":
		return ""
	}
	if isRootARN(r.facts.PrincipalARN) {
		return ""
	}
	return roleARN(r.facts, r.task, r.holder)
}

// simulatedResource returns the ARN that the simulator is asked about, which must
// fit the statement given: of a secret, one with a suffix; of a key, never an alias.
func (r *reading) simulatedResource() string {
	a, ok := parseARN(r.target.arn)
	switch name, isSecret := strings.CutPrefix(a.resource, "secret:"); {
	case !ok, a.service == "kms" && strings.HasPrefix(a.resource, "alias/"):
		return ""
	case isSecret && extract.SecretName(name) == name:
		return r.target.arn + "-abcdef"
	}
	return r.target.arn
}

// keyAlias returns the alias of a key of KMS, when no more of it is known.
func (r *reading) keyAlias() string {
	a, _ := parseARN(r.target.arn)
	return given(a.service == "kms" && strings.HasPrefix(a.resource, "alias/"), r.target.arn)
}

// encryptedSecret returns the ARN of a secret, when that is what the text names.
func (r *reading) encryptedSecret() string {
	a, _ := parseARN(r.facts.Resource)
	return given(a.service == "secretsmanager", a.secret().String())
}

// keyLogGroup is the log group that a key of KMS may not be used with.
func (r *reading) keyLogGroup() string {
	a, ok := parseARN(r.facts.Resource)
	if !ok || a.service != "logs" || r.cause != "kms_denied" {
		return ""
	}
	return describe(a).label
}

// roleDocs are AWS' pages about the roles of a task.
var roleDocs = map[string]string{
	roleTask:      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
	roleExecution: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
	roleInstance:  "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html",
	roleUser:      "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
}

// given is s where a condition holds, and not known elsewhere.
func given(holds bool, s string) string {
	if holds {
		return s
	}
	return ""
}

// quoted is a command as texts show it; "" for none.
func quoted(command string) string { return given(command != "", "`"+command+"`") }

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
