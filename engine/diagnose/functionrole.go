package diagnose

import (
	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
)

// functionSentence is how Lambda refuses a call because of the function's own role.
// Groups: the operation and the service that this role may not use.
var functionSentence = lazy.Compile(`execution role does not have permissions to call (\w+) on (\w+)`)

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
