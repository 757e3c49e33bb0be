package diagnose

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/extract"
)

var (
	resourceForm = regexp.MustCompile(`^arn:aws[a-z-]*:[a-z0-9-]+:([a-z0-9-]*|REGION|\*):([0-9]{12}|ACCOUNT_ID|aws|)?:[^\s"]+$`)
	serviceName  = regexp.MustCompile(`^[a-z.-]+\.amazonaws\.com$`)
)

// checkGrammar holds a statement to IAM's policy grammar, as far as we use it:
// what IAM's own validator would refuse must not leave this package.
func checkGrammar(t *testing.T, st *Statement) {
	t.Helper()
	doc, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": []*Statement{st}})
	if err != nil {
		t.Fatalf("statement does not marshal: %v", err)
	}
	if !json.Valid(doc) {
		t.Fatalf("statement is no valid JSON: %s", doc)
	}
	if st.Effect != "Allow" {
		t.Errorf("Effect is %q; want Allow", st.Effect)
	}
	if len(st.Action) == 0 {
		t.Errorf("no Action in %s", doc)
	}
	for _, a := range st.Action {
		if !actionForm().MatchString(a) {
			t.Errorf("Action %q is not prefix:Name", a)
		}
	}
	for _, r := range st.Resource {
		switch {
		case r == "*":
			if st.Principal == nil && !anyResourceOnly(st.Action[0]) {
				t.Errorf("Resource is * for %s, which takes a resource", st.Action[0])
			}
		case !resourceForm.MatchString(r):
			t.Errorf("Resource %q is no ARN that IAM takes", r)
		case masked(r):
			t.Errorf("Resource %q is masked", r)
		}
	}
	if st.Principal == nil && len(st.Resource) == 0 {
		t.Errorf("neither Principal nor Resource in %s", doc)
	}
	for kind, p := range st.Principal {
		if !(kind == "AWS" && principalForm().MatchString(p) || kind == "Service" && serviceName.MatchString(p)) {
			t.Errorf("Principal %s %q is not one", kind, p)
		}
	}
}

func TestIdentityPolicy(t *testing.T) {
	f := func(action, resource, want string) {
		t.Helper()
		facts := extract.Facts{
			Action: action, Resource: resource, Account: "210987654321", RoleName: "orders-task",
			PrincipalARN: "arn:aws:sts::210987654321:assumed-role/orders-task/" + taskID,
		}
		g := read("missing_permission", Subject{Facts: facts}).grant
		if want == "" {
			if g.statement != nil {
				t.Errorf("%s on %q: got a statement for %v; want none", action, resource, g.statement.Resource)
			}
			if g.note == "" {
				t.Errorf("%s on %q: no statement and no reason for it", action, resource)
			}
			return
		}
		if g.statement == nil {
			t.Errorf("%s on %q: no statement (%s)", action, resource, g.note)
			return
		}
		checkGrammar(t, g.statement)
		if got := strings.Join(g.statement.Resource, " "); got != want {
			t.Errorf("%s on %q\n got %s\nwant %s", action, resource, got, want)
		}
		if strings.Contains(want, markAccount) || strings.Contains(want, markRegion) {
			if !strings.Contains(g.note, "Put in ") {
				t.Errorf("%s on %q: marks are not explained: %q", action, resource, g.note)
			}
		}
	}

	// S3: a bucket's calls on the bucket, an object's on a prefix.
	f("s3:GetObject", "arn:aws:s3:::company-reports/2026/03/daily-summary.csv", "arn:aws:s3:::company-reports/*")
	f("s3:GetObject", `"arn:aws:s3:::company-reports/monthly/2026/q1.csv"`, "arn:aws:s3:::company-reports/monthly/*")
	f("s3:PutObject", "arn:aws:s3:::lake/raw/dt=2026-03-01/part-0.parquet", "arn:aws:s3:::lake/raw/*")
	f("s3:PutObject", "arn:aws:s3:::lake/users/7c9e6679-7425-40de-944b-e07fc1f90ae7/avatar.png", "arn:aws:s3:::lake/users/*")
	f("s3:PutObjectAcl", "arn:aws:s3:::lake/report.csv", "arn:aws:s3:::lake/*")
	f("s3:AbortMultipartUpload", "arn:aws:s3:::lake/in/x.bin", "arn:aws:s3:::lake/in/*")
	f("s3:ListBucket", "arn:aws:s3:::company-reports", "arn:aws:s3:::company-reports")
	f("s3:GetBucketObjectLockConfiguration", "arn:aws:s3:::company-reports", "arn:aws:s3:::company-reports")
	f("s3:GetObject", "arn:aws:s3:eu-west-1:210987654321:accesspoint/ingest/object/raw/a.csv", "arn:aws:s3:eu-west-1:210987654321:accesspoint/ingest/object/raw/*")
	f("s3:GetObject", "s3://company-reports/monthly/q1.csv", "arn:aws:s3:::company-reports/monthly/*")
	f("s3:GetObject", "arn:aws-us-gov:s3:::gov-reports/x.csv", "arn:aws-us-gov:s3:::gov-reports/*")
	f("s3:ListAllMyBuckets", "", "*")
	f("s3:GetObject", "", "")
	f("s3:GetObject", "arn:aws:s3:::*****/x.csv", "")
	f("s3:GetObject", "arn:aws:s3:::*/x.csv", "")
	f("s3:ListBucket", "arn:aws:s3:::sho?-*", "")

	// Secrets and parameters.
	f("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:210987654321:secret:shop/db-Qx81Zk", "arn:aws:secretsmanager:eu-west-1:210987654321:secret:shop/db-Qx81Zk")
	f("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:210987654321:secret:shop/db-master", "arn:aws:secretsmanager:eu-west-1:210987654321:secret:shop/db-master-??????")
	// ECS puts behind the secret which key, stage and version of it a container is given.
	f("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:210987654321:secret:shop/db-Qx81Zk:password::", "arn:aws:secretsmanager:eu-west-1:210987654321:secret:shop/db-Qx81Zk")
	f("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:210987654321:secret:shop/db:password:AWSCURRENT:", "arn:aws:secretsmanager:eu-west-1:210987654321:secret:shop/db-??????")
	f("secretsmanager:GetSecretValue", "shop/db", "arn:aws:secretsmanager:REGION:210987654321:secret:shop/db-??????")
	f("ssm:GetParameters", "arn:aws:ssm:eu-west-1:210987654321:parameter/shop/db", "arn:aws:ssm:eu-west-1:210987654321:parameter/shop/db")
	f("ssm:GetParametersByPath", "arn:aws:ssm:eu-west-1:210987654321:parameter/shop/", "arn:aws:ssm:eu-west-1:210987654321:parameter/shop arn:aws:ssm:eu-west-1:210987654321:parameter/shop/*")

	// KMS: the key, never its alias.
	f("kms:Decrypt", "arn:aws:kms:eu-west-1:210987654321:key/7c9e6679-7425-40de-944b-e07fc1f90ae7", "arn:aws:kms:eu-west-1:210987654321:key/7c9e6679-7425-40de-944b-e07fc1f90ae7")
	f("kms:Decrypt", "arn:aws:kms:eu-west-1:210987654321:alias/shop", "arn:aws:kms:eu-west-1:210987654321:key/KEY_ID")
	f("kms:Decrypt", "arn:aws:kms:eu-west-1:2109*******:key/*****-40de-944b-e07fc1f90ae7", "")

	// Queues, topics, tables, streams.
	f("sqs:SendMessage", "arn:aws:sqs:eu-west-1:210987654321:jobs", "arn:aws:sqs:eu-west-1:210987654321:jobs")
	f("sqs:ReceiveMessage", "https://sqs.eu-west-1.amazonaws.com/210987654321/jobs", "arn:aws:sqs:eu-west-1:210987654321:jobs")
	f("SNS:Publish", "arn:aws:sns:eu-west-1:210987654321:alerts", "arn:aws:sns:eu-west-1:210987654321:alerts")
	f("dynamodb:Query", "arn:aws:dynamodb:eu-west-1:210987654321:table/orders/index/by-day", "arn:aws:dynamodb:eu-west-1:210987654321:table/orders/index/by-day")
	f("dynamodb:GetRecords", "arn:aws:dynamodb:eu-west-1:210987654321:table/orders/stream/2026-01-01T00:00:00.000", "arn:aws:dynamodb:eu-west-1:210987654321:table/orders/stream/*")
	f("kinesis:PutRecord", "arn:aws:kinesis:eu-west-1:210987654321:stream/clicks", "arn:aws:kinesis:eu-west-1:210987654321:stream/clicks")

	// Log groups, with the :* that covers their streams.
	f("logs:PutLogEvents", "arn:aws:logs:eu-west-1:210987654321:log-group:/ecs/orders:log-stream:web/orders/1", "arn:aws:logs:eu-west-1:210987654321:log-group:/ecs/orders:*")
	f("logs:CreateLogGroup", "arn:aws:logs:eu-west-1:210987654321:log-group:/ecs/orders:log-stream:", "arn:aws:logs:eu-west-1:210987654321:log-group:/ecs/orders:*")
	f("logs:DescribeLogGroups", "arn:aws:logs:eu-west-1:210987654321:log-group::log-stream:", "")

	// Things with an id of their own each time.
	f("states:DescribeExecution", "arn:aws:states:eu-west-1:210987654321:execution:bill:run-17", "arn:aws:states:eu-west-1:210987654321:execution:bill:*")
	f("ecs:StopTask", "arn:aws:ecs:eu-west-1:210987654321:task/prod/"+taskID, "arn:aws:ecs:eu-west-1:210987654321:task/prod/*")
	f("ecs:RunTask", "arn:aws:ecs:eu-west-1:210987654321:task-definition/orders:41", "arn:aws:ecs:eu-west-1:210987654321:task-definition/orders:*")
	f("es:ESHttpPost", "arn:aws:es:eu-west-1:210987654321:domain/search/_bulk", "arn:aws:es:eu-west-1:210987654321:domain/search/*")
	f("execute-api:Invoke", "arn:aws:execute-api:eu-west-1:********4321:a1b2c3/prod/GET/orders/1234567", "arn:aws:execute-api:eu-west-1:210987654321:a1b2c3/prod/GET/orders/*")
	f("bedrock:InvokeModel", "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku", "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku")
	f("iam:ListUsers", "arn:aws:iam::210987654321:user/", "arn:aws:iam::210987654321:user/*")
	f("iam:GetRole", "role orders-exec", "arn:aws:iam::210987654321:role/orders-exec")
	f("route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z0ABCDEF", "arn:aws:route53:::hostedzone/Z0ABCDEF")
	f("ec2:RunInstances", "arn:aws:ec2:eu-west-1:210987654321:instance/*", "arn:aws:ec2:eu-west-1:210987654321:instance/*")

	// Actions that take no resource, and those that do but were shown none.
	f("ecr:GetAuthorizationToken", "*", "*")
	f("cloudwatch:PutMetricData", "", "*")
	f("ec2:DescribeInstances", "*", "*")
	f("newservice:DoThing", "*", "")

	// Masked accounts become a mark that nobody takes for a value.
	f("sqs:SendMessage", "arn:aws:sqs:eu-west-1:XXXXXXXXXXXX:jobs", "arn:aws:sqs:eu-west-1:ACCOUNT_ID:jobs")
	f("sqs:SendMessage", "arn:aws:sqs:eu-west-1:***:jobs", "arn:aws:sqs:eu-west-1:ACCOUNT_ID:jobs")
	f("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456:jobs", "arn:aws:sqs:eu-west-1:ACCOUNT_ID:jobs")

	// Hostile or broken names never reach a policy.
	f("sqs:SendMessage", "arn:aws:sqs:eu-west-1:210987654321:jo bs\"}]", "")
	f("s3:GetObject", "arn:aws:s3:::${aws:username}/x", "")
}

func TestAllowHelps(t *testing.T) {
	f := func(denyType string, explicit, want bool) {
		t.Helper()
		facts := extract.Facts{
			Action: "sqs:SendMessage", Resource: "arn:aws:sqs:eu-west-1:210987654321:jobs", DenyType: denyType, ExplicitDeny: explicit,
			Account: "210987654321", RoleName: "orders-task", PrincipalARN: "arn:aws:sts::210987654321:assumed-role/orders-task/" + taskID,
		}
		r := read("missing_permission", Subject{Facts: facts})
		if got := r.allowHelps(); got != want {
			t.Errorf("deny type %q, explicit %v: allow helps is %v; want %v", denyType, explicit, got, want)
		}
		if got := r.grant.statement != nil; got != want {
			t.Errorf("deny type %q, explicit %v: statement given is %v; want %v", denyType, explicit, got, want)
		}
	}
	for _, denyType := range []string{"", "identity", "resource"} {
		f(denyType, false, true)
		f(denyType, true, false)
	}
	for _, denyType := range []string{"boundary", "session", "scp", "rcp", "vpc_endpoint"} {
		f(denyType, false, false)
		f(denyType, true, false)
	}
}

func TestResourcePolicy(t *testing.T) {
	f := func(action, resource, wantIn, wantResource string) {
		t.Helper()
		g := read("missing_permission", Subject{Facts: extract.Facts{
			Action: action, Resource: resource, DenyType: "resource",
			Account: "210987654321", RoleName: "orders-task", PrincipalARN: "arn:aws:sts::210987654321:assumed-role/orders-task/" + taskID,
		}}).grant
		if g.statement == nil {
			t.Fatalf("%s on %s: no statement (%s)", action, resource, g.note)
		}
		checkGrammar(t, g.statement)
		if g.in != wantIn || strings.Join(g.statement.Resource, " ") != wantResource {
			t.Errorf("%s on %s\n got %v in %s\nwant %s in %s", action, resource, g.statement.Resource, g.in, wantResource, wantIn)
		}
		if g.statement.Principal["AWS"] != "arn:aws:iam::210987654321:role/orders-task" {
			t.Errorf("%s on %s: principal is %v", action, resource, g.statement.Principal)
		}
	}
	f("s3:GetObject", "arn:aws:s3:::partner-drop/in/a.csv", "the bucket policy of the partner-drop bucket", "arn:aws:s3:::partner-drop/in/*")
	f("kms:Decrypt", "arn:aws:kms:eu-west-1:555566667777:key/7c9e6679-7425-40de-944b-e07fc1f90ae7", "the key policy of KMS key 7c9e6679-7425-40de-944b-e07fc1f90ae7 (in account 555566667777)", "*")
	f("sqs:SendMessage", "arn:aws:sqs:eu-west-1:555566667777:jobs", "the queue policy of the jobs queue (in account 555566667777)", "arn:aws:sqs:eu-west-1:555566667777:jobs")
	f("ecr:BatchGetImage", "arn:aws:ecr:eu-west-1:555566667777:repository/base/java", "the repository policy of the base/java repository (in account 555566667777)", "")
}

func TestTrust(t *testing.T) {
	f := func(facts extract.Facts, text, wantIn, wantPrincipal string) {
		t.Helper()
		g := read("assume_role_denied", Subject{Facts: facts, Text: text}).grant
		if g.statement == nil {
			t.Fatalf("%q: no statement (%s)", text, g.note)
		}
		checkGrammar(t, g.statement)
		if got := fmt.Sprint(g.statement.Principal); g.in != wantIn || got != "map["+wantPrincipal+"]" {
			t.Errorf("%q\n got %s in %s\nwant %s in %s", text, got, g.in, wantPrincipal, wantIn)
		}
	}
	role := "arn:aws:iam::210987654321:role/orders-task"
	f(extract.Facts{Resource: role, RoleName: "orders-task"},
		"ECS was unable to assume the role '"+role+"' that was provided for this task.",
		"the trust policy of role orders-task", "Service:ecs-tasks.amazonaws.com")
	f(extract.Facts{Resource: role},
		"ECS was unable to assume the configured ECS Infrastructure Role '"+role+"'.",
		"the trust policy of role orders-task", "Service:ecs.amazonaws.com")
	f(extract.Facts{
		Action: "sts:AssumeRole", Resource: "arn:aws:iam::555566667777:role/partner", DenyType: "resource",
		Account: "210987654321", RoleName: "orders-task", PrincipalARN: "arn:aws:sts::210987654321:assumed-role/orders-task/" + taskID,
	}, "", "the trust policy of role partner (in account 555566667777)", "AWS:"+role)
}

func TestAssumeRoleOfCaller(t *testing.T) {
	g := read("assume_role_denied", Subject{Facts: extract.Facts{
		Action: "sts:AssumeRole", Resource: "arn:aws:iam::555566667777:role/partner",
		Account: "210987654321", RoleName: "orders-task", PrincipalARN: "arn:aws:sts::210987654321:assumed-role/orders-task/" + taskID,
	}}).grant
	if g.statement == nil || !slices.Equal(g.statement.Resource, []string{"arn:aws:iam::555566667777:role/partner"}) || g.in != "a policy of role orders-task" {
		t.Errorf("the caller's side of sts:AssumeRole: got %+v in %q", g.statement, g.in)
	}
}

func TestPassRole(t *testing.T) {
	for operation, service := range map[string]string{
		"RunTask": "ecs-tasks.amazonaws.com", "PutTargets": "events.amazonaws.com", "CreateSchedule": "scheduler.amazonaws.com", "CreateCluster": "",
	} {
		r := read("pass_role_denied", Subject{Facts: extract.Facts{
			Action: "iam:PassRole", Operation: operation, Resource: "arn:aws:iam::210987654321:role/orders-task",
			Account: "210987654321", RoleName: "deployer", PrincipalARN: "arn:aws:sts::210987654321:assumed-role/deployer/x",
		}})
		if r.grant.statement == nil {
			t.Fatalf("%s: no statement", operation)
		}
		checkGrammar(t, r.grant.statement)
		if got := r.grant.statement.Condition["StringEquals"]["iam:PassedToService"]; got != service || r.values()("passed_to") != service {
			t.Errorf("%s: iam:PassedToService is %q in the statement, %q in the check; want %q", operation, got, r.values()("passed_to"), service)
		}
	}
}

func TestImageOfFunction(t *testing.T) {
	r := read("function_image_denied", Subject{Facts: extract.Facts{ErrorCode: "AccessDeniedException", Operation: "CreateFunction", Service: "Lambda"}})
	if r.grant.statement == nil || r.grant.statement.Principal["Service"] != "lambda.amazonaws.com" || r.action != "" {
		t.Errorf("got %+v for action %q; want a statement for Lambda, and no action of the caller's", r.grant.statement, r.action)
	}
	checkGrammar(t, r.grant.statement)
}

func TestDatabaseConnect(t *testing.T) {
	g := read("database_iam_token", Subject{
		Facts: extract.Facts{DatabaseUser: "orders", DatabaseHost: "db1.abcdefgh.eu-west-1.rds.amazonaws.com"},
		Task:  Task{TaskRoleARN: "arn:aws:iam::210987654321:role/orders-task"},
	}).grant
	if g.statement == nil {
		t.Fatal("no statement")
	}
	checkGrammar(t, g.statement)
	if want := "arn:aws:rds-db:eu-west-1:210987654321:dbuser:DB_RESOURCE_ID/orders"; g.statement.Resource[0] != want {
		t.Errorf("got %s; want %s", g.statement.Resource[0], want)
	}
}
