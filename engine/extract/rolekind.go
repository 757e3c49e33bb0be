package extract

import "regexp"

// Words of the ECS agent that settle which of a task's two roles failed. The
// agent itself, before any program of the task runs, uses the execution role.
var (
	executionWords = regexp.MustCompile(`(?i)unable to pull secrets or registry auth|execution resource retrieval failed|` +
		`roletype[=:"\s]+TaskExecution|\btask execution role\b|\bECS_TASK_EXECUTION_ROLE\b`)
	taskWords  = regexp.MustCompile(`(?i)roletype[=:"\s]+TaskApplication`)
	agentError = regexp.MustCompile(`\b(?:ResourceInitializationError|CannotPullContainerError|CannotPullECRContainerError|CannotPullImageManifestError)\b`)
	// The name that the ECS console and AWS' own guides give the execution role.
	executionName = regexp.MustCompile(`(?i)task[-_]?execution`)
)

// roleKind returns "task" or "execution" when the text itself settles it. A
// start-up error that quotes a denied role is the execution role's; one that
// quotes none may be the registry's or the network's.
func roleKind(text []byte, f Facts) string {
	switch {
	case taskWords.Match(text):
		return "task"
	case executionWords.Match(text):
		return "execution"
	case f.RoleName != "" && agentError.Match(text):
		return "execution"
	case executionName.MatchString(f.RoleName):
		return "execution"
	}
	return ""
}
