package diagnose

import (
	"cmp"
	"encoding/json"
	"strings"
)

// json writes s as it stands in a policy, on one line.
func (s Statement) json() string {
	src, err := json.Marshal(s)
	if err != nil {
		return "" // Strings always marshal.
	}
	return string(src)
}

// A grant is a statement, the document it belongs in, and what was chosen in it.
type grant struct {
	statement *Statement
	in, note  string
}

// grantFor writes the least statement that would allow the refused call, or none
// when no Allow can help or too little is known.
func (r *reading) grantFor() grant {
	switch {
	case r.webIdentity():
		return grant{}
	case r.cause == "service_permission": // What the text names is the call that set the service up.
		return grant{}
	case r.cause == "api_policy_refused": // Its Principal is "*": all turns on a condition that the text does not show.
		return grant{}
	case !r.allowHelps(), rolePath(r.facts) == "service_linked" && r.facts.DenyType != "resource":
		return grant{}
	case r.cause == "assume_role_denied" && r.trustRefused():
		return r.trust()
	case r.cause == "database_iam_token":
		return r.databaseConnect()
	case r.cause == "function_image_denied":
		return imageOfFunction()
	case r.cause == "state_machine_role_permission":
		return r.managedRule()
	case r.action == "":
		return grant{}
	case r.cause == "model_access":
		return r.modelSubscription()
	case r.facts.DenyType == "resource":
		return r.resourcePolicy()
	}
	return r.identityPolicy()
}

// allowHelps reports whether an Allow statement, in whichever policy, is what
// is missing.
func (r *reading) allowHelps() bool {
	if refusalOf(r.facts).final() || nestedARN(r.facts.Resource) != "" {
		return false
	}
	switch r.cause {
	case "missing_permission", "status_only", "kms_denied", "secret_denied", "assume_role_denied", "pass_role_denied",
		"secret_not_decrypted", "env_file_denied", "file_system_denied", "function_role_permission", "function_image_denied", "state_machine_role_permission", "firehose_glue_denied", "firehose_delivery_denied", "object_for_service",
		"queue_not_found", "function_url_denied", "service_permission", "api_policy_refused", "database_iam_token", "dsql_token", "web_identity_denied":
		return true
	}
	// An image registry, a search domain or a broker may be guarded by IAM or
	// by itself, a model by IAM or by its agreement: only a named action tells
	// that it is IAM.
	return r.action != "" && (r.cause == "registry_auth" || r.cause == "model_access") || r.awsAction() && (r.cause == "search_auth" || r.cause == "broker_auth" || r.cause == "broker_permission")
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
	if service := r.passedToService(); service != "" {
		st.Condition = map[string]map[string]string{"StringEquals": {"iam:PassedToService": service}}
	}
	if service := r.linkedService(); service != "" {
		st.Condition = map[string]map[string]string{"StringEquals": {"iam:AWSServiceName": service}}
	}
	return grant{st, r.policyOfCaller(), note}
}

// whyNoStatement says what is missing for a statement.
func (r *reading) whyNoStatement() string {
	if r.facts.Resource == "" || r.facts.Resource == "*" {
		return "No statement: the text does not name the resource."
	}
	if r.target.grant != nil {
		return "No statement: the whole ARN of the caller, with its path, is not in the text."
	}
	return "No statement: the resource cannot be told for certain from the text."
}

// policyOfCaller names the document that identity-based statements belong in.
func (r *reading) policyOfCaller() string {
	switch caller := r.caller(); {
	case rolePath(r.facts) == "sso":
		return "the permission set behind " + r.facts.RoleName
	case federatedUser(r.facts.PrincipalARN) != "": // it has no policy but that of its session
		return "a policy of the IAM user who made the session of " + caller + " (GetFederationToken), and the policy of that session"
	case r.hostCall() == callOfTaskStart:
		return "a policy of the task execution role"
	case r.hostCall() != "":
		return "a policy of " + cmp.Or(caller, "the instance's role")
	case r.holder.kind == roleInstance && isNodeRole(r.facts.RoleName):
		return "a policy of the pod's own role"
	case r.holder.kind == roleInstance && r.task.TaskID != "":
		return "a policy of the program's own task role"
	case r.holder.kind == roleInstance:
		return "a policy of " + cmp.Or(caller, "the instance's role") + " (if the program is an ECS task: of its own task role)"
	case caller != "":
		return "a policy of " + caller
	}
	if r.holder.kind == roleExecution {
		return "a policy of the task execution role"
	}
	return "a policy of the caller"
}

// resourcePolicy is a statement for the policy of the resource itself.
func (r *reading) resourcePolicy() grant {
	principal := cmp.Or(roleARN(r.facts, r.task, r.holder), given(isByAccount(r.text), r.facts.Account))
	if layer, _ := r.layer(); layer != "" { // its policy is written by add-layer-version-permission only
		return grant{}
	}
	in := r.resourcePolicyName()
	if in == "" || principal == "" || r.target.grant == nil {
		return grant{note: r.whyNoStatement()}
	}
	st := &Statement{Effect: "Allow", Principal: map[string]string{"AWS": principal}, Action: []string{r.action}}
	note := joinNotes(r.target.note, companions[r.action])
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
	note = joinNotes(note, r.pathNote(principal))
	if !strings.Contains(note, markAccount) {
		note = joinNotes(note, putIn(principal))
	}
	return grant{st, in + r.inForeignAccount(), note}
}

// inForeignAccount is what to put behind a policy's name where it is not of the caller's account.
func (r *reading) inForeignAccount() string {
	return given(r.foreignOwner() != "", " (in account "+r.foreignOwner()+")")
}

// pathNote says that a principal may lack its path, where it was made of the name of
// a session: a policy with a principal that does not exist is refused.
func (r *reading) pathNote(principal string) string {
	return given(strings.Contains(r.facts.PrincipalARN, ":assumed-role/") && principal == principalOf(r.facts),
		"The text does not show whether the role has a path: if so, put it before the name (role/service-role/…).")
}

// resourcePolicyName is what the resource's own policy is called, with the
// resource where that is known; "" for a service without such policies.
func (r *reading) resourcePolicyName() string {
	doc := resourceDocument[servicePart(r.action)]
	switch {
	case doc == "":
		return ""
	case r.target.kind == "access point":
		doc = "the access point policy"
	case r.target.kind == "destination":
		doc = "the access policy"
	}
	if r.target.label != "" {
		doc += " of " + r.target.label
	}
	return doc
}

// isByAccount tells whether a refusal names its caller by the account only, as the
// owner of a resource in another account sees it: CloudWatch Logs' destinations. Of its
// log groups, which have no such policy, it says the same.
func isByAccount(text string) bool {
	return strings.Contains(text, "User with accountId") && strings.Contains(text, ":destination:")
}

// databaseConnect is the permission that RDS asks for when it checks an IAM
// token. The database's resource id stands nowhere in a login error.
func (r *reading) databaseConnect() grant {
	user := r.facts.DatabaseUser
	if user == "" || masked(user) || !pasteable().MatchString(user) {
		return grant{}
	}
	acc, reg := r.facts.Account, region(r.facts.Region, regionOfHost(r.facts.DatabaseHost))
	if a, ok := parseARN(r.task.TaskRoleARN); ok {
		acc = a.account
	}
	id, note := "DB_RESOURCE_ID", "DB_RESOURCE_ID is the database's resource ID (db-… or cluster-…; prx-… of an RDS Proxy), not its name."
	if isDatabaseProxy(r.text) {
		id, note = "PROXY_ID", "PROXY_ID is the proxy's resource ID (prx-…, the end of its ARN), not its name and not the database's."
	}
	st := &Statement{Effect: "Allow", Action: []string{"rds-db:connect"},
		Resource: []string{"arn:" + partitionOf(reg) + ":rds-db:" + reg + ":" + account(acc) + ":dbuser:" + id + "/" + user}}
	in := "a policy of the task role, or of whoever signs the token"
	if r.caller() != "" {
		in = r.policyOfCaller()
	}
	return grant{st, in, joinNotes(note, putIn(st.Resource[0]))}
}

// isDatabaseProxy tells whether it is RDS Proxy that refused a login, not the database.
func isDatabaseProxy(text string) bool {
	return strings.Contains(text, "authentication failed for the role")
}

// putIn says which marks in an ARN are to be replaced, if any.
func putIn(arn string) string {
	var marks []string
	for _, m := range [...]string{markAccount, markRegion} {
		if strings.Contains(arn, ":"+m+":") {
			marks = append(marks, m)
		}
	}
	if marks == nil {
		return ""
	}
	hidden := "it"
	if len(marks) > 1 {
		hidden = "them"
	}
	return "Put in " + strings.Join(marks, " and ") + ": the text does not show " + hidden + "."
}

// regionOfHost finds a region among the labels of a host name.
func regionOfHost(host string) string {
	for label := range strings.SplitSeq(host, ".") {
		if regionForm().MatchString(label) {
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

	"elasticfilesystem": "the file system policy",
	"codeartifact":      "the domain or repository policy",
	"backup":            "the vault's access policy",
}

// companions says what a program that uses an action nearly always needs next.
var companions = map[string]string{
	"appconfig:GetLatestConfiguration":     "Whoever polls a configuration needs appconfig:StartConfigurationSession on it too.",
	"appconfig:StartConfigurationSession":  "Whoever polls a configuration needs appconfig:GetLatestConfiguration on it too.",
	"athena:StartQueryExecution":           "Whoever runs a query needs athena:GetQueryExecution and athena:GetQueryResults on the workgroup too, and permissions of its own for the tables (Glue), for their data and for where the results go (S3).",
	"batch:SubmitJob":                      "It is checked on the job definition and on the job queue: both need it.",
	"codeartifact:GetAuthorizationToken":   "Making the token needs sts:GetServiceBearerToken on \"*\" too.",
	"dynamodb:CreateTable":                 "A consumer of Kinesis (KCL) keeps its leases in a table of its own name: for that it needs dynamodb:DescribeTable, UpdateTable, GetItem, PutItem, UpdateItem, DeleteItem and Scan too.",
	"ec2:RunInstances":                     "Starting an instance is checked on each thing that it uses: instance, image, volume, network interface, subnet, security group and key pair need it too.",
	"ecr-public:GetAuthorizationToken":     "The login needs sts:GetServiceBearerToken on \"*\" too.",
	"ecr:BatchGetImage":                    "Pulling also needs ecr:GetDownloadUrlForLayer and ecr:BatchCheckLayerAvailability on the repository, and ecr:GetAuthorizationToken.",
	"ecr:GetAuthorizationToken":            "Pulling also needs ecr:BatchGetImage, ecr:GetDownloadUrlForLayer and ecr:BatchCheckLayerAvailability on the repository.",
	"ecr:InitiateLayerUpload":              "Pushing needs ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:PutImage and ecr:BatchCheckLayerAvailability on the repository too, and ecr:GetAuthorizationToken.",
	"ecs:ExecuteCommand":                   "The AWS command line needs ecs:DescribeTasks too.",
	"ecs:RunTask":                          "Whoever runs a task passes its roles: iam:PassRole on `taskRoleArn` and `executionRoleArn` is needed too.",
	"elasticache:Connect":                  "It is checked on the cache and on its user: both need it.",
	"elasticloadbalancing:RegisterTargets": "Registering goes with elasticloadbalancing:DeregisterTargets on the target group, and with elasticloadbalancing:DescribeTargetHealth, which takes no resource but \"*\".",
	"kafka-cluster:ReadData":               "A consumer needs kafka-cluster:Connect and DescribeTopic too, and DescribeGroup and AlterGroup on its group.",
	"kafka-cluster:WriteData":              "A producer needs kafka-cluster:Connect and DescribeTopic too.",
	"kinesis:GetRecords":                   "A consumer needs kinesis:GetShardIterator, kinesis:ListShards and kinesis:DescribeStreamSummary too.",
	"kms:GenerateDataKey":                  "SQS producers, and multipart uploads to S3, need kms:Decrypt on the key too.",
	"logs:CreateLogGroup":                  "Writing needs logs:CreateLogStream and logs:PutLogEvents too.",
	"logs:CreateLogStream":                 "Writing needs logs:PutLogEvents too.",
	"route53:ChangeResourceRecordSets":     "Programs that prove a domain or keep records in order need route53:ListResourceRecordSets on the zone too, and route53:GetChange on arn:aws:route53:::change/*.",
	"s3:ListBucket":                        "Reading the listed objects needs s3:GetObject too.",
	"sqs:GetQueueUrl":                      "It is the first call of many programs: a consumer needs sqs:ReceiveMessage and sqs:DeleteMessage too, a producer sqs:SendMessage.",
	"sqs:ReceiveMessage":                   "A consumer needs sqs:DeleteMessage, sqs:ChangeMessageVisibility and sqs:GetQueueAttributes too.",
	"ssmmessages:CreateControlChannel":     "ECS Exec needs all four: ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel and OpenDataChannel.",
	"xray:PutTraceSegments":                "What sends traces needs xray:PutTelemetryRecords, xray:GetSamplingRules and xray:GetSamplingTargets too.",
}
