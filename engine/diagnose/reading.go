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
		"user_name":  userName(f.PrincipalARN),
		"task_role":  r.task.roleName(), // of the credentials endpoint
		"role_path":  rolePath(f),       // sso, service_linked: roles that are not edited themselves
		"key_kind":   keyKind(r.text),   // long_term, session
		"caller":     r.caller(),        // role orders-task; user deploy

		// What was refused.
		"aws_service":    servicePart(r.action), // s3, kms: the IAM prefix
		"resource_label": r.target.label,        // the company-reports bucket
		"resource_arn":   r.target.arn,
		"resource_owner": r.target.owner,
		"cross_account":  crossAccount(r.target.owner, f.Account), // yes, no
		"target_role":    r.targetRole(),
		"trust_service":  r.trustService(),
		"missing_object": yesNo(r.mayBeMissing()),
		"policy_label":   policyTypes[f.DenyType].label,
		"policy_owner":   policyTypes[f.DenyType].who,
		"policy_doc":     policyTypes[f.DenyType].doc,
		"statement_in":   g.in,
		"has_statement":  yesNo(g.statement != nil),

		// Where and how often.
		"launch_type": strings.ToUpper(r.task.LaunchType), // FARGATE, EC2
		"container":   r.task.Container,
		"task":        r.task.TaskID,
		"tasks":       number(r.tasks),
		"burst":       yesNo(r.tasks >= burstTasks),
		"starting":    yesNo(startsTask(r.text)),
		"probe":       r.task.Endpoint,             // ok, refused, timeout, throttled, error
		"source":      credentialSource(f, r.text), // container, pod_identity, instance, sso, profile, web_identity
		"engine":      databaseEngine(f, r.text),
	}
	for name, s := range v {
		v[name] = clean(s)
	}
	return v
}

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

func (r *reading) caller() string {
	switch name := userName(r.facts.PrincipalARN); {
	case name != "":
		return "user " + name
	case r.facts.RoleName != "":
		return "role " + r.facts.RoleName
	case r.holder.kind == roleTask && r.task.roleName() != "":
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

func crossAccount(owner, caller string) string {
	if !accountForm.MatchString(owner) || !accountForm.MatchString(caller) {
		return ""
	}
	return yesNo(owner != caller)
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
