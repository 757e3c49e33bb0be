package diagnose

import (
	"strings"
)

// A grant is a statement, the document it belongs in, and what was chosen in it.
type grant struct {
	statement *Statement
	in, note  string
}

// statement writes the least statement that would allow the refused call, or
// none when no Allow can help or too little is known.
func (r *reading) grant() grant {
	switch {
	case !r.allowHelps():
		return grant{}
	case r.cause == "assume_role_denied" && r.trustRefused():
		return r.trust()
	case r.cause == "database_iam_token":
		return r.databaseConnect()
	case r.action == "" || r.action == "sts:AssumeRoleWithWebIdentity" || r.action == "sts:AssumeRoleWithSAML":
		return grant{}
	case r.facts.DenyType == "resource":
		return r.resourcePolicy()
	}
	return r.identityPolicy()
}

// allowHelps reports whether an Allow statement, in whichever policy, is what
// is missing.
func (r *reading) allowHelps() bool {
	if refusalOf(r.facts).final() {
		return false
	}
	switch r.cause {
	case "missing_permission", "kms_denied", "secret_denied", "assume_role_denied", "pass_role_denied", "database_iam_token":
		return true
	}
	// An image registry, a search domain or a broker may be guarded by IAM or
	// by itself: only a named action tells that it is IAM.
	return r.action != "" && r.cause == "registry_auth" || r.awsAction() && (r.cause == "search_auth" || r.cause == "broker_auth" || r.cause == "broker_permission")
}

// awsAction reports whether the text itself names an action of IAM's, and not
// one of the product's own (indices:data/write/bulk).
func (r *reading) awsAction() bool {
	prefix, _, ok := strings.Cut(r.facts.Action, ":")
	return ok && (prefix == "es" || prefix == "aoss" || prefix == "kafka-cluster" || prefix == "kafka")
}

func (r *reading) identityPolicy() grant {
	if r.target.grant == nil {
		return grant{note: r.whyNoStatement()}
	}
	st := &Statement{Effect: "Allow", Action: []string{r.action}, Resource: r.target.grant}
	note := joinNotes(r.target.note, companions[r.action])
	if r.action == "iam:PassRole" {
		if service := passedTo[r.facts.Operation]; service != "" {
			st.Condition = map[string]map[string]string{"StringEquals": {"iam:PassedToService": service}}
		}
	}
	return grant{st, r.policyOfCaller(), note}
}

// whyNoStatement says what is missing for a statement.
func (r *reading) whyNoStatement() string {
	if r.facts.Resource == "" || r.facts.Resource == "*" {
		return "No statement: the text does not name the resource."
	}
	return "No statement: the resource cannot be told for certain from the text."
}

// policyOfCaller names the document that identity-based statements belong in.
func (r *reading) policyOfCaller() string {
	f := r.facts
	switch {
	case strings.HasPrefix(f.RoleName, "AWSReservedSSO_"):
		return "the permission set behind " + f.RoleName
	case r.holder.kind == roleUser && userName(f.PrincipalARN) != "":
		return "a policy of user " + userName(f.PrincipalARN)
	case f.RoleName != "" && !masked(f.RoleName):
		return "a policy of role " + f.RoleName
	case r.holder.kind == roleTask && r.task.roleName() != "":
		return "a policy of role " + r.task.roleName()
	}
	return "a policy of the caller"
}

// resourcePolicy is a statement for the policy of the resource itself.
func (r *reading) resourcePolicy() grant {
	principal := roleARN(r.facts, r.task, r.holder)
	doc, ok := resourceDocument[servicePart(r.action)]
	if !ok || principal == "" || r.target.grant == nil {
		return grant{note: r.whyNoStatement()}
	}
	st := &Statement{Effect: "Allow", Principal: map[string]string{"AWS": principal}, Action: []string{r.action}}
	note := r.target.note
	switch servicePart(r.action) {
	case "kms":
		// A key policy names its key by "*": it is attached to that key.
		st.Resource = []string{"*"}
		note = `In a key policy "*" means this key and no other.`
	case "ecr":
		// A repository policy has no Resource: it is attached to its repository.
	default:
		st.Resource = r.target.grant
	}
	in := doc
	if r.target.label != "" {
		in += " of " + r.target.label
	}
	if strings.Contains(principal, markAccount) && !strings.Contains(note, markAccount) {
		note = joinNotes(note, "Put in "+markAccount+": the text does not show it.")
	}
	return grant{st, in, note}
}

// trustRefused reports whether it is the role's own trust policy that refused.
func (r *reading) trustRefused() bool {
	return r.facts.DenyType == "resource" || strings.Contains(r.text, "unable to assume")
}

// trust is a statement for the trust policy of the role that could not be
// assumed.
func (r *reading) trust() grant {
	in := "the trust policy of the role"
	if name := r.targetRole(); name != "" {
		in = "the trust policy of role " + name
	}
	st := &Statement{Effect: "Allow", Action: []string{"sts:AssumeRole"}}
	if service := r.trustService(); service != "" {
		st.Principal = map[string]string{"Service": service}
		return grant{st, in, ""}
	}
	principal := roleARN(r.facts, r.task, r.holder)
	if principal == "" {
		return grant{note: "No statement: the text does not name the caller."}
	}
	st.Principal = map[string]string{"AWS": principal}
	note := ""
	if strings.Contains(principal, markAccount) {
		note = "Put in " + markAccount + ": the text does not show it."
	}
	return grant{st, in, note}
}

// trustService is the service that assumes the role, when it is ECS itself.
func (r *reading) trustService() string {
	switch {
	case !strings.Contains(r.text, "unable to assume"):
		return ""
	case strings.Contains(r.text, "nfrastructure Role"):
		return "ecs.amazonaws.com"
	case strings.Contains(r.text, "ECS"):
		return "ecs-tasks.amazonaws.com"
	}
	return ""
}

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

// databaseConnect is the permission that RDS asks for when it checks an IAM
// token. The database's resource id stands nowhere in a login error.
func (r *reading) databaseConnect() grant {
	user := r.facts.DatabaseUser
	if user == "" || masked(user) || !pasteable.MatchString(user) {
		return grant{}
	}
	acc, reg, partition := r.facts.Account, region(r.facts.Region, regionOfHost(r.facts.DatabaseHost)), "aws"
	if a, ok := parseARN(r.task.TaskRoleARN); ok {
		acc, partition = a.account, a.partition
	}
	st := &Statement{Effect: "Allow", Action: []string{"rds-db:connect"},
		Resource: []string{"arn:" + partition + ":rds-db:" + reg + ":" + account(acc) + ":dbuser:DB_RESOURCE_ID/" + user}}
	return grant{st, r.policyOfCaller(), "Put in DB_RESOURCE_ID, the database's resource ID (db-… or cluster-…), not its name" + missingIn(st.Resource[0]) + "."}
}

func missingIn(resource string) string {
	var marks string
	for _, m := range [...]string{markRegion, markAccount} {
		if strings.Contains(resource, ":"+m+":") {
			marks += ", and " + m
		}
	}
	return marks
}

// regionOfHost finds a region among the labels of a host name.
func regionOfHost(host string) string {
	for label := range strings.SplitSeq(host, ".") {
		if regionForm.MatchString(label) {
			return label
		}
	}
	return ""
}

func servicePart(action string) string {
	prefix, _, _ := strings.Cut(action, ":")
	return prefix
}

// resourceDocument is what the resource-based policy of a service is called.
var resourceDocument = map[string]string{
	"s3":             "the bucket policy",
	"kms":            "the key policy",
	"sqs":            "the queue policy",
	"sns":            "the topic policy",
	"secretsmanager": "the resource policy",
	"ecr":            "the repository policy",
	"lambda":         "the resource-based policy",
	"es":             "the access policy",
	"events":         "the event bus policy",
	"dynamodb":       "the resource-based policy",
	"kinesis":        "the resource policy",
	"execute-api":    "the resource policy",
	"glue":           "the resource policy",
	"logs":           "the resource policy",
	"kafka-cluster":  "the cluster policy",
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
	"StartJobRun":                 "glue.amazonaws.com",
}

// companions says what a program that uses an action nearly always needs next.
var companions = map[string]string{
	"s3:ListBucket":                    "Reading the listed objects needs s3:GetObject too.",
	"sqs:ReceiveMessage":               "A consumer needs sqs:DeleteMessage, sqs:ChangeMessageVisibility and sqs:GetQueueAttributes too.",
	"ecr:GetAuthorizationToken":        "Pulling also needs ecr:BatchGetImage, ecr:GetDownloadUrlForLayer and ecr:BatchCheckLayerAvailability on the repository.",
	"ecr:BatchGetImage":                "Pulling also needs ecr:GetDownloadUrlForLayer and ecr:BatchCheckLayerAvailability on the repository, and ecr:GetAuthorizationToken.",
	"logs:CreateLogStream":             "Writing needs logs:PutLogEvents too.",
	"logs:CreateLogGroup":              "Writing needs logs:CreateLogStream and logs:PutLogEvents too.",
	"kinesis:GetRecords":               "A consumer needs kinesis:GetShardIterator, kinesis:ListShards and kinesis:DescribeStreamSummary too.",
	"ssmmessages:CreateControlChannel": "ECS Exec needs all four: ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel and OpenDataChannel.",
}
