package diagnose

import (
	"encoding/json"
	"strings"
)

// trustRefused reports whether it is the role's own trust policy that refused.
func (r *reading) trustRefused() bool {
	return r.facts.DenyType == "resource" || r.webIdentity() || r.trustService() != ""
}

// webIdentity reports whether the role is assumed with a token instead of
// credentials: then only the trust policy decides.
func (r *reading) webIdentity() bool {
	return r.action == "sts:AssumeRoleWithWebIdentity" || r.action == "sts:AssumeRoleWithSAML"
}

// trust is a statement for the trust policy of the role that could not be
// assumed.
func (r *reading) trust() grant {
	in := "the trust policy of the role"
	if name := r.targetRole(); name != "" {
		in = "the trust policy of role " + name
	}
	st := &Statement{Effect: "Allow", Action: []string{r.trustAction()}}
	principal := roleARN(r.facts, r.task, r.holder)
	switch service := r.trustService(); {
	case strings.HasPrefix(r.targetRole(), "AWSServiceRoleFor"), strings.Contains(r.text, "service linked role"):
		return grant{} // Nobody but AWS edits those.
	case service != "":
		st.Principal = map[string]string{"Service": service}
		if service == "pods.eks.amazonaws.com" {
			st.Action = append(st.Action, "sts:TagSession")
		}
	case r.webIdentity():
		return grant{} // Names a provider and claims, which the text does not show.
	case principal == "":
		return grant{note: "No statement: the text does not name the caller."}
	default:
		st.Principal = map[string]string{"AWS": principal}
		return grant{st, in, joinNotes(r.pathNote(principal), putIn(principal))}
	}
	return grant{st, in, ""}
}

// trustAction is what the trust policy must allow: to assume the role, or what a
// session is to carry along (sts:TagSession, sts:SetSourceIdentity).
func (r *reading) trustAction() string {
	if r.action == "sts:TagSession" || r.action == "sts:SetSourceIdentity" {
		return r.action
	}
	return "sts:AssumeRole"
}

// trustStatement is what the trust policy of the role should hold for the
// caller, as JSON; "" when the text does not name the caller.
func (r *reading) trustStatement() string {
	principal := roleARN(r.facts, r.task, r.holder)
	if principal == "" {
		return ""
	}
	src, err := json.Marshal(Statement{Effect: "Allow", Principal: map[string]string{"AWS": principal}, Action: []string{r.trustAction()}})
	if err != nil {
		return "" // Strings always marshal.
	}
	return string(src)
}

// missingSide names the policy that does not allow a role to be assumed, when
// the text tells which of the two it is.
func (r *reading) missingSide() string {
	switch {
	case r.trustRefused():
		return "the role's trust policy"
	case r.facts.DenyType == "identity":
		return "the caller's policy"
	}
	return ""
}

// roleOfECS is the role that ECS itself could not assume.
func (r *reading) roleOfECS() string {
	return given(strings.HasPrefix(r.trustService(), "ecs"), r.targetRole())
}

// trustService is the service that assumes the role, when a service does so
// itself: ECS for its tasks, EKS for its pods, Lambda for its functions.
func (r *reading) trustService() string {
	switch {
	case strings.Contains(r.text, "EKS does not have permissions to assume"):
		return "pods.eks.amazonaws.com"
	case strings.Contains(r.text, "cannot be assumed by Lambda"):
		return "lambda.amazonaws.com"
	case strings.Contains(r.text, "nable to assume role and validate"), strings.Contains(r.text, "nable to assume the service linked role"):
		return "ecs.amazonaws.com"
	case !strings.Contains(r.text, "unable to assume"):
		return ""
	case strings.Contains(r.text, "nfrastructure Role"):
		return "ecs.amazonaws.com"
	case strings.Contains(r.text, "ECS"):
		return "ecs-tasks.amazonaws.com"
	}
	return ""
}

// assumable is the role that was to be assumed by a call with this action.
func (r *reading) assumable(action string) string { return given(r.action == action, r.target.arn) }

// targetRole is the name of the role that was to be assumed or passed.
func (r *reading) targetRole() string {
	res := r.facts.Resource
	if a, ok := parseARN(res); ok {
		if strings.HasPrefix(a.resource, "role/") && !masked(a.lastPart()) {
			return a.lastPart()
		}
		return ""
	}
	if res == "" || masked(res) || strings.ContainsAny(strings.TrimPrefix(res, "role "), " :*") {
		return ""
	}
	return strings.TrimPrefix(strings.TrimPrefix(res, "role "), "role/")
}

// trustDocs are the pages that show the trust policy a service asks for.
var trustDocs = map[string]string{
	"ecs-tasks.amazonaws.com": "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
	"ecs.amazonaws.com":       "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html",
	"pods.eks.amazonaws.com":  "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",
}

// passedTo is the service that an operation passes a role to.
var passedTo = map[string]string{
	"RunTask":                     "ecs-tasks.amazonaws.com",
	"StartTask":                   "ecs-tasks.amazonaws.com",
	"RegisterTaskDefinition":      "ecs-tasks.amazonaws.com",
	"CreateFunction":              "lambda.amazonaws.com",
	"UpdateFunctionConfiguration": "lambda.amazonaws.com",
	"RunInstances":                "ec2.amazonaws.com",
	"CreateStateMachine":          "states.amazonaws.com",
	"UpdateStateMachine":          "states.amazonaws.com",
	"CreateTrainingJob":           "sagemaker.amazonaws.com",
	"CreateJob":                   "glue.amazonaws.com",
	"UpdateJob":                   "glue.amazonaws.com",
	"StartJobRun":                 "emr-serverless.amazonaws.com",
}
