package diagnose

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/authlens/authlens/engine/extract"
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
}

// read draws the conclusions that all causes share.
func read(cause string, s Subject) *reading {
	r := &reading{facts: s.Facts, task: s.Task, text: s.Text, tasks: s.Tasks}
	r.action = needed(s.Facts)
	r.cause = refine(cause, s.Facts, r.action)
	r.holder = whose(s.Facts, s.Task, s.Text)
	if r.action != "" {
		r.target = targetOf(r.action, s.Facts)
	}
	return r
}

// values are what placeholders stand for, and what steps are conditional on.
type values map[string]string

// known are the names that texts may use. Facts come first, under the names
// that they are published by.
var known = func() map[string]bool {
	m := make(map[string]bool)
	for name := range (&reading{}).values(grant{}) {
		m[name] = true
	}
	return m
}()

func knownNames() []string { return slices.Sorted(maps.Keys(known)) }

// values lists every name, with "" for what is not known.
func (r *reading) values(g grant) values {
	f := r.facts
	engine := databaseEngine(f, r.text)
	v := values{
		"error_code":    f.ErrorCode,
		"principal_arn": f.PrincipalARN,
		"role_name":     f.RoleName,
		"session_name":  f.SessionName,
		"account":       f.Account,
		"action":        r.action,
		"resource":      f.Resource,
		"service":       f.Service,
		"operation":     f.Operation,
		"http_status":   number(f.HTTPStatus),
		"request_id":    f.RequestID,
		"deny_type":     f.DenyType,
		"policy_arn":    f.PolicyARN,
		"explicit_deny": yesNo(f.ExplicitDeny),
		"region":        f.Region,
		"database_user": f.DatabaseUser,
		"database_host": f.DatabaseHost,
		"endpoint":      f.Endpoint,

		// Whose credentials.
		"role_kind":  r.holder.kind,
		"role_label": roleLabel(r.holder, f), // task role; user deploy
		"role_arn":   roleARN(f, r.task, r.holder),
		"simulated":  r.simulated(), // role_arn, where the policy simulator can tell
		"role_doc":   roleDocs[r.holder.kind],
		"user_name":  userName(f.PrincipalARN),
		"task_role":  r.task.roleName(), // of the credentials endpoint
		"role_path":  rolePath(f),       // sso, service_linked: roles that are not edited themselves
		"principal":  firstOf(f.PrincipalARN, f.DatabaseUser),
		"key_kind":   keyKind(r.text), // long_term, session
		"caller":     r.caller(),      // role orders-task; user deploy

		// What was refused.
		"named_action":   r.namedAction(),       // action, when the text names it itself
		"aws_service":    servicePart(r.action), // s3, kms: the IAM prefix
		"resource_label": r.target.label,        // the company-reports bucket
		"resource_arn":   r.target.arn,
		"cross_account":  yesNo(r.foreignOwner() != ""),
		"foreign_owner":  r.foreignOwner(), // the resource's account, when it is another than the caller's
		"registry":       registry(r.text), // ecr, ecr_public, other
		"registry_doc":   registryDocs[registry(r.text)],
		"missing_object": yesNo(r.mayBeMissing()),
		"policy_label":   policyTypes[f.DenyType].label,
		"policy_owner":   policyTypes[f.DenyType].who,
		"policy_doc":     policyTypes[f.DenyType].doc,
		"statement_in":   g.in,
		"has_statement":  yesNo(g.statement != nil),

		// Roles that are assumed or passed.
		"target_role":     r.targetRole(),
		"target_arn":      r.target.arn,
		"ecs_role":        r.roleOfECS(),    // target_role, when ECS itself assumes it
		"trust_service":   r.trustService(), // ecs-tasks.amazonaws.com
		"trust_statement": r.trustStatement(),
		"trust_doc":       trustDocs[r.trustService()],
		"missing_side":    r.missingSide(),
		"web_identity":    yesNo(r.webIdentity()),

		// Where and how often.
		"launch_type":   strings.ToUpper(r.task.LaunchType), // FARGATE, EC2
		"container":     r.task.Container,
		"task":          r.task.TaskID,
		"tasks":         number(r.tasks),
		"burst_tasks":   r.burst(), // tasks, when it is burstTasks or more
		"starting":      yesNo(startsTask(r.text) || r.trustService() == "ecs-tasks.amazonaws.com"),
		"ecs":           given(startsTask(r.text), "ECS"), // for headlines, which have no conditions
		"probe":         r.task.Endpoint,                  // ok, refused, timeout, throttled, error
		"source":        credentialSource(f, r.text),      // container, pod_identity, instance, sso, profile, web_identity
		"profile":       profile(r.text),
		"engine":        engine, // postgresql, mysql, sqlserver, mongodb, oracle
		"postgres_user": given(engine == "postgresql", f.DatabaseUser),
		"mysql_user":    given(engine == "mysql", f.DatabaseUser),
	}
	for name, s := range v {
		v[name] = clean(s)
	}
	return v
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
	case f.PrincipalARN != "":
		return given(f.RoleName != "" && !masked(f.RoleName), "role "+f.RoleName)
	case r.holder.kind == roleTask && f.RoleName == "" && r.task.roleName() != "":
		return "role " + r.task.roleName()
	}
	return ""
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
	case longTermKey.MatchString(text):
		return "long_term"
	case sessionKey.MatchString(text):
		return "session"
	}
	return ""
}

// foreignOwner is the account that owns the resource, when both accounts are
// known and differ.
func (r *reading) foreignOwner() string {
	owner, caller := r.target.owner, r.facts.Account
	return given(accountForm.MatchString(caller) && owner != caller, owner)
}

// namedAction is the refused action, when it is the text's word and not our
// conclusion.
func (r *reading) namedAction() string {
	return given(r.facts.Action != "", r.action)
}

// simulated is the principal to ask IAM's policy simulator about. The simulator
// knows neither session policies, nor VPC endpoint policies, nor RCPs, nor
// (unless it is handed one) the resource's policy.
func (r *reading) simulated() string {
	switch r.facts.DenyType {
	case "resource", "session", "vpc_endpoint", "rcp":
		return ""
	}
	return roleARN(r.facts, r.task, r.holder)
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

// firstOf is the first of its arguments that is known.
func firstOf(among ...string) string {
	for _, s := range among {
		if s != "" {
			return s
		}
	}
	return ""
}

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
