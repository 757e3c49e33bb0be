package cloudwatch

import "github.com/authlens/authlens/engine/diagnose"

// Action is what a role must be allowed for metrics in CloudWatch.
const Action = "cloudwatch:PutMetricData"

// Permission returns the statement that a role needs and no more. PutMetricData
// knows no resources, so it is the namespace that narrows it.
// Source: Actions, resources, and condition keys for Amazon CloudWatch, in the
// Service Authorization Reference.
func Permission(namespace string) diagnose.Statement {
	return diagnose.Statement{
		Sid:       "AuthLensMetrics",
		Effect:    "Allow",
		Action:    []string{Action},
		Resource:  []string{"*"},
		Condition: map[string]map[string]string{"StringEquals": {"cloudwatch:namespace": namespace}},
	}
}
