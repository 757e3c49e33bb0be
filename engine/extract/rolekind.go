package extract

import "github.com/authlens/authlens/engine/lazy"

// Words of the ECS agent that settle which of a task's two roles failed. The
// agent itself, before any program of the task runs, uses the execution role.
var (
	taskWords      = forms("taskapplication", `(?i)(roletype[=:"\s]+TaskApplication)`)
	executionWords = forms(
		"unable to pull secrets", `(?i)(unable to pull secrets or registry auth)`,
		"execution resource retrieval", `(?i)(execution resource retrieval failed)`,
		"taskexecution", `(?i)(roletype[=:"\s]+TaskExecution)`,
	)
	agentErrors = forms("resourceinitializationerror|cannotpull",
		`\b(ResourceInitializationError|CannotPull(?:ECR)?ContainerError|CannotPullImageManifestError)\b`)
)

// roleKind returns "task" or "execution" when the text itself settles it. A
// start-up error that quotes a denied role is the execution role's; one that
// quotes none may be the registry's or the network's. A task without an execution
// role has its images pulled with the role of the instance, and CodeBuild, which has
// the same words for its own container, pulls with the project's.
func roleKind(s source, f Facts) string {
	switch {
	case s.first(taskWords) != "":
		return "task"
	case s.first(executionWords) != "",
		f.RoleName != "" && !otherSession().MatchString(f.SessionName) && s.first(agentErrors) != "":
		return "execution"
	}
	return ""
}

// otherSession is how EC2 names the session of an instance's role, and CodeBuild that of a
// project's.
var otherSession = lazy.Compile(`^m?i-[0-9a-f]{8,17}$|^AWSCodeBuild-`)
