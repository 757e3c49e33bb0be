package diagnose

import (
	"strings"
	"testing"
)

func TestWidenedNames(t *testing.T) {
	f := func(action, resource, want string) {
		t.Helper()
		a, _ := parseARN("arn:aws:" + resource)
		if got, _ := widen(action, a); len(got) != 1 || got[0] != "arn:aws:"+want {
			t.Errorf("%s on %s: got %v, want %s", action, resource, got, want)
		}
	}
	f("CreateQueue", "sqs:eu-west-1:123456789012:reply-59291", "sqs:eu-west-1:123456789012:reply-*")
	f("SendMessage", "sqs:eu-west-1:123456789012:reply-59291", "sqs:eu-west-1:123456789012:reply-59291")
	f("CreateRole", "iam::123456789012:role/jobs/run-a1b20031", "iam::123456789012:role/jobs/run-*")
	f("CreateSecret", "secretsmanager:eu-west-1:123456789012:secret:db-AbCdE1", "secretsmanager:eu-west-1:123456789012:secret:db-AbCdE1")
	f("GetSecretValue", "secretsmanager:eu-west-1:123456789012:secret:db-AbCdE1", "secretsmanager:eu-west-1:123456789012:secret:db-AbCdE1")
	f("CreateSnapshot", "ec2:eu-west-1:123456789012:volume/vol-0a1b2c3d4e5f60718", "ec2:eu-west-1:123456789012:volume/vol-0a1b2c3d4e5f60718")
	f("Publish", "iot:eu-west-1:123456789012:topic/devices/59291/cmd", "iot:eu-west-1:123456789012:topic/devices/*/cmd")
	f("Publish", "iot:eu-west-1:123456789012:topic/alerts", "iot:eu-west-1:123456789012:topic/alerts")
	f("DescribeProcessingJob", "sagemaker:eu-west-1:123456789012:processing-job/features-2026-03-10", "sagemaker:eu-west-1:123456789012:processing-job/features-*")
	f("InvokeEndpoint", "sagemaker:eu-west-1:123456789012:endpoint/churn-2026", "sagemaker:eu-west-1:123456789012:endpoint/churn-2026")
	f("DescribeStacks", "cloudformation:eu-west-1:123456789012:stack/orders/3f6c1b52-7c7e-5d1a-9a51-44ad6f0b2c11", "cloudformation:eu-west-1:123456789012:stack/orders/*")
	f("GetJobRun", "emr-serverless:eu-west-1:123456789012:/applications/00f1/jobruns/00fa", "emr-serverless:eu-west-1:123456789012:/applications/00f1/jobruns/*")
	f("TerminateJob", "batch:eu-west-1:123456789012:job/3f6c1b52-7c7e-5d1a-9a51-44ad6f0b2c11", "batch:eu-west-1:123456789012:job/*")
	f("SubmitJob", "batch:eu-west-1:123456789012:job-definition/nightly:14", "batch:eu-west-1:123456789012:job-definition/nightly:*")
	f("AddTags", "elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1a2b3c4d", "elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/*")
}

// What is said of a grant of objects is true of what it names.
func TestWidenedObjectsAreTold(t *testing.T) {
	f := func(resource, want string) {
		t.Helper()
		a, _ := parseARN("arn:aws:s3:::" + resource)
		if _, note := widen("GetObject", a); !strings.HasPrefix(note, want) {
			t.Errorf("%s: got %q, want %q", resource, note, want)
		}
	}
	f("reports", "Covers every object of the bucket;")
	f("reports/*", "Covers every object of the bucket;")
	f("reports/a.csv", "Widened from one object (a.csv) to every object of the bucket;")
	f("reports/2026-03-10/a.csv", "Widened from one object (2026-03-10/a.csv) to every object of the bucket;")
	f("reports/daily/a.csv", "Widened from one object (daily/a.csv) to every object under daily/;")
}
