package diagnose

import (
	"testing"

	"github.com/authlens/authlens/engine/extract"
)

const taskID = "0b69d5c0d5c34f5d9c1c8f1f4b7a2e11"

func TestWhose(t *testing.T) {
	f := func(principal, role, session string, task Task, text, kind, certainty string) {
		t.Helper()
		facts := extract.Facts{PrincipalARN: principal, RoleName: role, SessionName: session}
		got := whose(facts, task, text)
		if got.kind != kind || got.certainty != certainty {
			t.Errorf("whose(%q, %q, %+v, %q)\n got %s, %s: %s\nwant %s, %s", role, session, task, text, got.kind, got.certainty, got.why, kind, certainty)
		}
		if (got.kind == roleUnknown) != (got.why == "") {
			t.Errorf("whose(%q, %q): a verdict needs a reason; got %s because %q", role, session, got.kind, got.why)
		}
	}
	assumed := "arn:aws:sts::210987654321:assumed-role/"
	orders := Task{TaskRoleARN: "arn:aws:iam::210987654321:role/shop/orders-task", TaskID: taskID}

	// What the endpoint says outranks every shape.
	f(assumed+"orders-task/"+taskID, "orders-task", taskID, orders, "", roleTask, certain)
	f(assumed+"orders-task/mine", "orders-task", "mine", orders, "", roleTask, certain)
	f(assumed+"orders-exec/"+taskID, "orders-exec", taskID, orders, "", roleExecution, likely)
	f(assumed+"archive-reader/nightly", "archive-reader", "nightly", orders, "", roleChained, likely)

	// Shapes of session names.
	f(assumed+"ecsInstanceRole/i-0f00ba4bad1dea", "ecsInstanceRole", "i-0f00ba4bad1dea", Task{}, "", roleInstance, certain)
	f(assumed+"Edge/mi-0123456789abcdef0", "Edge", "mi-0123456789abcdef0", Task{}, "", roleInstance, certain)
	f(assumed+"orders/"+taskID, "orders", taskID, Task{TaskID: taskID}, "", roleTask, likely)
	f(assumed+"orders/"+taskID, "orders", taskID, Task{}, "", roleTask, likely)
	f(assumed+"ecsTaskExecutionRole/"+taskID, "ecsTaskExecutionRole", taskID, Task{}, "", roleExecution, likely)
	f(assumed+"ecsTaskExecutionRole/"+taskID, "ecsTaskExecutionRole", taskID, Task{TaskID: taskID}, "", roleTask, likely)
	f(assumed+"lake/botocore-session-1767225600", "lake", "botocore-session-1767225600", Task{}, "", roleChained, likely)
	f(assumed+"lake/1767225600123456789", "lake", "1767225600123456789", Task{}, "", roleChained, likely)
	f(assumed+"AWSReservedSSO_ops_0a1b2c3d4e5f6071/pat@example.org", "AWSReservedSSO_ops_0a1b2c3d4e5f6071", "pat@example.org", Task{}, "", roleChained, likely)
	f(assumed+"pods/eks-prod-api-7c9e6679-7425", "pods", "eks-prod-api-7c9e6679-7425", Task{}, "", roleChained, likely)
	f(assumed+"cfn-exec-role/AWSCloudFormation", "cfn-exec-role", "AWSCloudFormation", Task{}, "", roleChained, likely)
	f(assumed+"reader/nightly", "reader", "nightly", Task{}, "", roleChained, possible)

	// A session name replaced by a word for it tells nothing; then names hint.
	f(assumed+"ecs-task-role/task-id", "ecs-task-role", "task-id", Task{}, "", roleTask, likely)
	f(assumed+"app-execution-role/uuid", "app-execution-role", "uuid", Task{}, "", roleExecution, possible)
	f(assumed+"thing/xxxxxxxx", "thing", "xxxxxxxx", Task{}, "", roleUnknown, "")

	// Users and keys.
	f("arn:aws:iam::210987654321:user/ci/deploy", "", "", Task{}, "", roleUser, certain)
	f("arn:aws:iam::210987654321:root", "", "", orders, "", roleUser, certain)
	f("", "", "", Task{}, "The AWS Access Key Id AKIAQWERTYUIOPASDFGH is not known", roleUser, likely)

	// ECS' own report of a task that did not start.
	starting := "ResourceInitializationError: unable to pull secrets or registry auth"
	f(assumed+"orders-exec/"+taskID, "orders-exec", taskID, Task{}, starting, roleExecution, certain)
	f("", "", "", Task{}, starting, roleExecution, likely)

	// The text names nobody.
	f("", "", "", orders, "", roleTask, possible)
	f("", "", "", Task{}, "", roleUnknown, "")
}

func TestRoleKindOfText(t *testing.T) {
	got := whose(extract.Facts{RoleKind: roleExecution, RoleName: "x"}, Task{}, "")
	if got.kind != roleExecution || got.certainty != certain {
		t.Errorf("a role kind read from the text: got %s, %s; want execution, certain", got.kind, got.certainty)
	}
}

func TestRoleARN(t *testing.T) {
	f := func(principal, role string, task Task, want string) {
		t.Helper()
		facts := extract.Facts{PrincipalARN: principal, RoleName: role}
		if got := roleARN(facts, task, whose(facts, task, "")); got != want {
			t.Errorf("roleARN(%q) = %q; want %q", principal, got, want)
		}
	}
	orders := Task{TaskRoleARN: "arn:aws:iam::210987654321:role/shop/orders-task"}
	f("arn:aws:sts::210987654321:assumed-role/orders-task/x", "orders-task", orders, orders.TaskRoleARN) // with its path
	f("", "", orders, orders.TaskRoleARN)
	f("arn:aws-cn:sts::210987654321:assumed-role/lake/x", "lake", orders, "arn:aws-cn:iam::210987654321:role/lake")
	f("arn:aws:sts::***:assumed-role/lake/x", "lake", Task{}, "arn:aws:iam::ACCOUNT_ID:role/lake")
	f("arn:aws:iam::210987654321:user/ci", "", orders, "arn:aws:iam::210987654321:user/ci")
	f("arn:aws:sts::210987654321:assumed-role/AWSReservedSSO_ops_1/x", "AWSReservedSSO_ops_1", Task{}, "") // its path is not known
	f("arn:aws:sts::210987654321:assumed-role/****/x", "****", Task{}, "")
}
