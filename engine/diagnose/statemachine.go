package diagnose

import "cmp"

// managedRule is the statement for the rules that Step Functions makes for itself, with
// the role of a state machine whose tasks wait for jobs and executions.
func (r *reading) managedRule() grant {
	reg := region(r.facts.Region)
	rules := "arn:" + partitionOf(reg) + ":events:" + reg + ":" + account(r.facts.Account) + ":rule/StepFunctionsGetEventsFor*"
	return grant{
		statement: &Statement{
			Effect:   "Allow",
			Action:   []string{"events:PutTargets", "events:PutRule", "events:DescribeRule"},
			Resource: []string{rules},
		},
		in:   "a policy of " + cmp.Or(r.caller(), "the state machine's role"),
		note: putIn(rules),
	}
}
