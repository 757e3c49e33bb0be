package diagnose

import (
	"strings"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
)

// functionSentence is how Lambda refuses a call because of the function's own role.
// Groups: the operation and the service that this role may not use.
var functionSentence = lazy.Compile(`execution role does not have permissions to call (\w+) on (\w+)`)

// triggerSentence is how Lambda says that it cannot read what is to trigger a function. Groups: its ARN, the
// operations, in a list.
var triggerSentence = lazy.Compile(`(arn:aws[a-z-]*:(?:kinesis|dynamodb|kafka|sqs):[\w:/.-]{10,200}?)\.? Please ensure the role can perform the ((?:[A-Z]\w+,? (?:and )?){1,8})Actions?`)

// trigger is what is to trigger a function, and the actions that its role needs on it, where Lambda names them.
func trigger(text string) (source, actions string) {
	m := triggerSentence().FindStringSubmatch(text)
	if m == nil {
		return "", ""
	}
	a, _ := parseARN(m[1])
	var needs []string
	for _, operation := range strings.FieldsFunc(m[2], func(r rune) bool { return r == ',' || r == ' ' }) {
		if operation != "and" {
			needs = append(needs, a.service+":"+operation)
		}
	}
	return m[1], strings.Join(needs, ", ")
}

// neededByFunction returns the action that the execution role of a Lambda function
// lacks; "" when the text is not about that. The operation among the facts is the
// one that Lambda refused for it.
func neededByFunction(f extract.Facts, text string) string {
	m := functionSentence().FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	f.Action, f.Operation, f.Service = "", m[1], m[2]
	return needed(f)
}
