# Alarms and a dashboard on the authentication failures that AuthLens counts, and
# the permission to count: for every service of one ECS cluster.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "namespace" {
  description = "AuthLens' option cloudwatch_namespace."
  type        = string
  default     = "AuthLens"
}

variable "cluster_name" {
  description = "The ECS cluster."
  type        = string
}

variable "services" {
  description = "The services: task definition family (without a revision) to the name of the task role that may write metrics; null with emf on, which needs no permission."
  type        = map(string)
}

variable "burst_tasks" {
  description = "How many tasks with open findings at once are a burst."
  type        = number
  default     = 3
}

variable "topic_arns" {
  description = "SNS topics that are notified."
  type        = list(string)
  default     = []
}

data "aws_region" "current" {}

data "aws_iam_policy_document" "metrics" {
  statement {
    sid       = "AuthLensMetrics"
    effect    = "Allow"
    actions   = ["cloudwatch:PutMetricData"]
    resources = ["*"] # PutMetricData knows no resources
    condition {
      test     = "StringEquals"
      variable = "cloudwatch:namespace"
      values   = [var.namespace]
    }
  }
}

resource "aws_iam_role_policy" "metrics" {
  for_each = { for family, role in var.services : family => role if role != null }

  name   = "AuthLensMetrics-${each.key}"
  role   = each.value
  policy = data.aws_iam_policy_document.metrics.json
}

# Metrics arrive up to a minute after the failures, in the minute of the
# failures: so one minute out of the last three, here and below.
resource "aws_cloudwatch_metric_alarm" "new_failures" {
  for_each = var.services

  alarm_name          = "${var.cluster_name}-${each.key}-new-authentication-failures"
  alarm_description   = "A kind of authentication failure began. The finding in the service's logs says whose, at what, and what to change."
  namespace           = var.namespace
  metric_name         = "FindingsOpened"
  dimensions          = { ClusterName = var.cluster_name, TaskDefinitionFamily = each.key }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.topic_arns
}

# Every task with open findings writes one sample a minute, so the number of
# samples is the number of tasks. Where one central Fluent Bit reads the logs of
# all tasks there is one sample: watch the Sum of AuthenticationFailures there.
resource "aws_cloudwatch_metric_alarm" "many_tasks" {
  for_each = var.services

  alarm_name          = "${var.cluster_name}-${each.key}-authentication-failures-in-many-tasks"
  namespace           = var.namespace
  metric_name         = "OpenFindings"
  dimensions          = { ClusterName = var.cluster_name, TaskDefinitionFamily = each.key }
  statistic           = "SampleCount"
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 1
  threshold           = var.burst_tasks
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "failing" {
  for_each = var.services

  alarm_name          = "${var.cluster_name}-${each.key}-authentication-failures"
  namespace           = var.namespace
  metric_name         = "AuthenticationFailures"
  dimensions          = { ClusterName = var.cluster_name, TaskDefinitionFamily = each.key }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
}

# Many tasks fail at once, and now: an expired credential or a changed policy,
# not one broken task, and not findings that only wait to be resolved.
resource "aws_cloudwatch_composite_alarm" "burst" {
  for_each = var.services

  alarm_name        = "${var.cluster_name}-${each.key}-authentication-burst"
  alarm_description = "${var.burst_tasks} or more tasks of ${each.key} fail to authenticate or are denied at once."
  alarm_rule = join(" AND ", [
    "ALARM(\"${aws_cloudwatch_metric_alarm.many_tasks[each.key].alarm_name}\")",
    "ALARM(\"${aws_cloudwatch_metric_alarm.failing[each.key].alarm_name}\")",
  ])
  alarm_actions = var.topic_arns
}

locals {
  service = "\"${var.namespace}\",ClusterName,TaskDefinitionFamily"

  # What is searched for appears by itself: new services, new causes.
  widgets = [
    { title = "Failures by service", metric = "AuthenticationFailures", statistic = "Sum", by = local.service, stacked = true },
    { title = "Failures by cause", metric = "AuthenticationFailures", statistic = "Sum", by = "${local.service},Cause", stacked = true },
    { title = "Findings that began", metric = "FindingsOpened", statistic = "Sum", by = "${local.service},Cause", stacked = false },
    { title = "Tasks with open findings", metric = "OpenFindings", statistic = "SampleCount", by = local.service, stacked = false },
  ]
}

resource "aws_cloudwatch_dashboard" "failures" {
  dashboard_name = "${var.cluster_name}-authentication-failures"
  dashboard_body = jsonencode({
    widgets = [for i, w in local.widgets : {
      type   = "metric"
      x      = 12 * (i % 2)
      y      = 7 * floor(i / 2)
      width  = 12
      height = 7
      properties = {
        title   = w.title
        region  = data.aws_region.current.id
        view    = "timeSeries"
        stacked = w.stacked
        metrics = [[{
          id         = "m${i}"
          expression = "SEARCH('{${w.by}} MetricName=\"${w.metric}\" ClusterName=\"${var.cluster_name}\"', '${w.statistic}', 60)"
        }]]
      }
    }]
  })
}
