package diagnose

import (
	"cmp"
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// trustRefused reports whether it is the role's own trust policy that refused.
func (r *reading) trustRefused() bool {
	return r.facts.DenyType == "resource" || r.trustService() != "" || isSnowflake(r.text)
}

// isSnowflake tells whether it is Snowflake that could not assume a role, with a user of its
// own account, whose policies are nobody's business.
func isSnowflake(text string) bool { return strings.Contains(text, "Error assuming AWS_ROLE") }

// trust is a statement for the trust policy of the role that could not be
// assumed.
func (r *reading) trust() grant {
	in := "the trust policy of " + cmp.Or(r.assumer().role, "the role")
	if name := r.targetRole(); name != "" {
		in = "the trust policy of role " + name + r.inForeignAccount()
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
	if sessionExtras[r.action] != "" {
		return r.action
	}
	return "sts:AssumeRole"
}

// sessionExtras are what a session carries along beside the role, by the action that
// must be allowed for it.
var sessionExtras = map[string]string{
	"sts:TagSession":        "session tags",
	"sts:SetSourceIdentity": "a source identity",
}

// sessionFaults are told by the sentences of STS.
var sessionFaults = []mark{
	{"MultiFactorAuthentication failed", "the code of the MFA device did not count"},
	{"exceeds the MaxSessionDuration", "it is for longer than the role allows"},
	{"session limit for roles assumed by role chaining", "it is for more than the hour that a role lasts which another role assumes"},
	{"assumed by root", "the root user may assume no role"},
	{"with session credentials", "it takes the long-term keys of a user, and came with those of a session"},
	{"PackedPolicyTooLarge", "session tags and session policy are too large together"},
	{"Packed size of session tags", "session tags and session policy are too large together"},
	{"Packed policy consumes", "session tags and session policy are too large together"},
}

// trustStatement is what the trust policy of the role should hold for the
// caller, as JSON; "" when the text does not name the caller.
func (r *reading) trustStatement() string {
	principal := roleARN(r.facts, r.task, r.holder)
	if principal == "" {
		return ""
	}
	return Statement{Effect: "Allow", Principal: map[string]string{"AWS": principal}, Action: []string{r.trustAction()}}.json()
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

// An assumer is a service that takes on a role by itself.
type assumer struct {
	principal string // as a trust policy names it
	name      string // as people name it
	role      string // what its role is called; "" when it has several
}

// assumers are told by the sentences in which they refuse a role.
var assumers = []struct {
	phrase string
	assumer
}{
	{"EKS does not have permissions to assume", assumer{"pods.eks.amazonaws.com", "EKS Pod Identity", ""}},
	{"nable to assume role and validate", assumer{"ecs.amazonaws.com", "ECS", ""}},
	{"nable to assume the service linked role", assumer{"ecs.amazonaws.com", "ECS", ""}},
	{"ECS Infrastructure Role", assumer{"ecs.amazonaws.com", "ECS", ""}},
	{"ECS was unable to assume", assumer{"ecs-tasks.amazonaws.com", "ECS", ""}},
	{"EC2 cannot assume the role", assumer{"ec2.amazonaws.com", "EC2", "the instance's role"}},
	{"cannot be assumed by Lambda", assumer{"lambda.amazonaws.com", "Lambda", "the function's role"}},
	{"API Gateway does not have permission to assume", assumer{"apigateway.amazonaws.com", "API Gateway", ""}},
	{"EventBridge Scheduler to assume", assumer{"scheduler.amazonaws.com", "EventBridge Scheduler", "the schedule's role"}},
	{"Firehose is unable to assume", assumer{"firehose.amazonaws.com", "Firehose", "the delivery stream's role"}},
	{"CodeBuild is not authorized to perform: sts:AssumeRole", assumer{"codebuild.amazonaws.com", "CodeBuild", "the project's role"}},
	{"CodeDeploy does not have the permissions required to assume", assumer{"codedeploy.amazonaws.com", "CodeDeploy", "the deployment group's role"}},
	{"is not authorized to assume IAM Role", assumer{"redshift.amazonaws.com", "Redshift", "the cluster's role"}},
	{"to get credentials of role", assumer{"redshift.amazonaws.com", "Redshift", "the cluster's role"}},
	{"allowing Cognito to assume", assumer{"cognito-idp.amazonaws.com", "Cognito", "the user pool's role for SMS"}},
	{"Check the trust relationships for your role", assumer{"cloudtrail.amazonaws.com", "CloudTrail", "the trail's role for CloudWatch Logs"}},
	{"AWSServiceRoleForAutoScaling", assumer{"autoscaling.amazonaws.com", "Auto Scaling", ""}},
	{"service principal states.amazonaws.com", assumer{"states.amazonaws.com", "Step Functions", "the state machine's role"}},
}

// principalToAllow is a service principal that a refusal itself asks a trust policy for.
var principalToAllow = lazy.Compile(`(?:allows? principal|assumed by principal|for the service principal|The principal) \\*['"]?([a-z0-9.-]+\.amazonaws\.com)`)

// assumer is the service that could not take on a role, when it is one that does so
// itself: ECS for its tasks, EKS for its pods, Lambda for a function.
func (r *reading) assumer() assumer {
	for _, a := range assumers {
		if strings.Contains(r.text, a.phrase) {
			return a.assumer
		}
	}
	principal := captured(principalToAllow, r.text)
	return assumer{principal: principal, name: principal}
}

// trustService is the service principal of the assumer.
func (r *reading) trustService() string { return r.assumer().principal }

// assumedByService reports whether it is a service that could not assume a role: its
// call is not the caller's to repeat.
func (r *reading) assumedByService() bool {
	return r.cause == "assume_role_denied" && r.trustService() != ""
}

// serviceRole stands for the role that a service could not assume, when the text does
// not name it. Of service-linked roles the trust policy is not in question.
func (r *reading) serviceRole() string {
	return given(r.assumedByService() && r.targetRole() == "" && !strings.Contains(r.text, "service linked role"), "ROLE_NAME")
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

// linkedService is the service that a service-linked role was to be made for, where the
// role's path tells.
func (r *reading) linkedService() string {
	a, _ := parseARN(r.facts.Resource)
	path, ok := strings.CutPrefix(a.resource, "role/aws-service-role/")
	service, _, whole := strings.Cut(path, "/")
	return given(ok && whole && r.action == "iam:CreateServiceLinkedRole" && !strings.ContainsAny(service, "*?"), service)
}

// passedToService is the service that a role was to be passed to, where the call tells.
func (r *reading) passedToService() string {
	return given(r.action == "iam:PassRole", passedTo[r.facts.Operation])
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
	"RegisterJobDefinition":       "ecs-tasks.amazonaws.com",
	"CreateFunction":              "lambda.amazonaws.com",
	"UpdateFunctionConfiguration": "lambda.amazonaws.com",
	"RunInstances":                "ec2.amazonaws.com",
	"AssociateIamInstanceProfile": "ec2.amazonaws.com",
	"CreateStateMachine":          "states.amazonaws.com",
	"UpdateStateMachine":          "states.amazonaws.com",
	"CreateTrainingJob":           "sagemaker.amazonaws.com",
	"UpdateJob":                   "glue.amazonaws.com",
	"CreateCrawler":               "glue.amazonaws.com",
	"UpdateCrawler":               "glue.amazonaws.com",
	"PutRule":                     "events.amazonaws.com",
	"PutTargets":                  "events.amazonaws.com",
	"CreateSchedule":              "scheduler.amazonaws.com",
	"UpdateSchedule":              "scheduler.amazonaws.com",
	"CreatePipe":                  "pipes.amazonaws.com",
	"UpdatePipe":                  "pipes.amazonaws.com",
	"CreateDeliveryStream":        "firehose.amazonaws.com",
	"CreateDeploymentGroup":       "codedeploy.amazonaws.com",
	"UpdateDeploymentGroup":       "codedeploy.amazonaws.com",
	"CreateStack":                 "cloudformation.amazonaws.com",
	"UpdateStack":                 "cloudformation.amazonaws.com",
	"CreateChangeSet":             "cloudformation.amazonaws.com",
	"CreateTrail":                 "cloudtrail.amazonaws.com",
	"UpdateTrail":                 "cloudtrail.amazonaws.com",
}
