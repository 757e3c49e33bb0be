package diagnose

import "strings"

// modelActions are what AWS Marketplace asks of whoever first uses a model of
// Bedrock's that it sells.
var modelActions = []string{"aws-marketplace:Subscribe", "aws-marketplace:ViewSubscriptions"}

// neededForModel returns the action that access to a model of Bedrock's lacks; ""
// when it lacks the account's agreement, or the text does not tell.
func neededForModel(text string) string {
	return given(strings.Contains(text, modelActions[0]), modelActions[0])
}

// modelSubscription is a statement for the subscription to a model.
func (r *reading) modelSubscription() grant {
	return grant{
		statement: &Statement{Effect: "Allow", Action: modelActions, Resource: []string{"*"}},
		in:        r.policyOfCaller(),
		note:      `A subscription has no resource to name but "*"; the condition aws-marketplace:ProductId can narrow it to one model.`,
	}
}
