package diagnose

import "testing"

func TestDescribe(t *testing.T) {
	f := func(resource, want string) {
		t.Helper()
		a, ok := parseARN("arn:aws:" + resource)
		if got := describe(a).label; !ok || got != want {
			t.Errorf("%s: got %q, want %q", resource, got, want)
		}
	}
	f("s3:::reports/2026/a.csv", "the reports bucket")
	f("s3:eu-west-1:123456789012:accesspoint/analysts/object/a.csv", "the analysts access point")
	f("dynamodb:eu-west-1:123456789012:table/orders", "the orders table")
	f("dynamodb:eu-west-1:123456789012:table/orders/index/by-day", "the by-day index of the table orders")
	f("dynamodb:eu-west-1:123456789012:table/orders/index/*", "the orders table")
	f("dynamodb:eu-west-1:123456789012:global-table/orders", "the orders resource")
	f("sqs:eu-west-1:123456789012:jobs", "the jobs queue")
	f("sns:eu-west-1:123456789012:alerts:1234", "the alerts topic")
	f("secretsmanager:eu-west-1:123456789012:secret:prod/db-AbC12f", "the prod/db secret")
	f("ssm:eu-west-1:123456789012:parameter/timeout", "the timeout parameter")
	f("ssm:eu-west-1:123456789012:parameter/orders/timeout", "the /orders/timeout parameter")
	f("ssm:eu-west-1:123456789012:document/Run", "the Run resource")
	f("kms:eu-west-1:123456789012:alias/orders", "the alias/orders KMS key")
	f("kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012", "KMS key 12345678-1234-1234-1234-123456789012")
	f("logs:eu-west-1:123456789012:log-group:/ecs/api:log-stream:x", "the /ecs/api log group")
	f("logs:eu-west-1:123456789012:destination:central", "the central destination")
	f("lambda:eu-west-1:123456789012:function:resize:live", "the resize function")
	f("lambda:eu-west-1:123456789012:layer:tools:3", "the tools layer")
	f("ecr:eu-west-1:123456789012:repository/shop/api", "the shop/api repository")
	f("kinesis:eu-west-1:123456789012:stream/clicks/consumer/x:1", "the clicks stream")
	f("firehose:eu-west-1:123456789012:deliverystream/clicks", "the clicks delivery stream")
	f("states:eu-west-1:123456789012:stateMachine:checkout", "the checkout state machine")
	f("states:eu-west-1:123456789012:execution:checkout:run-1", "the checkout state machine")
	f("events:eu-west-1:123456789012:event-bus/default", "the default event bus")
	f("es:eu-west-1:123456789012:domain/search/_bulk", "the search domain")
	f("bedrock:eu-west-1::foundation-model/anthropic.x", "the anthropic.x model")
	f("bedrock:eu-west-1:123456789012:inference-profile/eu.x", "the eu.x inference profile")
	f("execute-api:eu-west-1:123456789012:a1b2/prod/GET/x", "the a1b2 API")
	f("iam::123456789012:role/deploy", "the deploy role")
	f("sts::123456789012:assumed-role/deploy/me", "the me session")
	f("route53:::hostedzone/Z12", "the Z12 hosted zone")
	f("rds:eu-west-1:123456789012:db:orders", "the orders DB instance")
	f("elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/x/1", "the x load balancer")
	f("elasticloadbalancing:eu-west-1:123456789012:targetgroup/orders/1a2b3c4d", "the orders target group")
	f("appconfig:eu-west-1:123456789012:application/a1b2c3d/environment/e1f2a3b/configuration/c1d2e3f", "the c1d2e3f AppConfig configuration profile of application a1b2c3d")
	f("cloudformation:eu-west-1:123456789012:stack/orders/*", "the orders stack")
	f("ecs:eu-west-1:123456789012:task/shop/*", "the tasks of the cluster shop")
	f("s3:::*", "")
	f("sqs:eu-west-1:123456789012:****", "")
}
