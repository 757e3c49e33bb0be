package diagnose

import "strings"

// inContainer are beginnings of commands that show what the program itself sees.
var inContainer = []string{"aws sts ", "aws s3api list-buckets --endpoint-url ", "curl ", "T=$(curl ", "date ", "env ", "ls ", "PGPASSWORD=", "psql ", "mysql ",
	"kubectl auth ", "vault ", "consul ", "nomad ", "GIT_", "kinit ", "ssh "}

// placeOf tells where a command that checks a fix is run, and with whose
// credentials: the program's own rarely may look at policies, and a policy of
// another account cannot be seen from this one. It is "" where that is not known.
func (r *reading) placeOf(command string) string {
	if strings.HasPrefix(command, "kubectl ") && strings.Contains(command, " --as ") {
		return "the shell of somebody who may impersonate accounts of the cluster"
	}
	for _, beginning := range inContainer {
		if strings.HasPrefix(command, beginning) {
			return r.placeOfProgram()
		}
	}
	owner := r.foreignOwner()
	switch {
	case !strings.HasPrefix(command, "aws "):
		return ""
	case strings.HasPrefix(command, "aws organizations "):
		return "the organization's management account"
	case strings.HasPrefix(command, "aws ec2 describe-vpc-endpoints "):
		return "the account that owns the program's VPC, as an administrator"
	case strings.HasPrefix(command, "aws iam simulate-"):
		return "the caller's account, as an administrator"
	case owner != "":
		return "account " + owner + ", as an administrator"
	case r.facts.DenyType == "resource":
		return "the account that owns the resource, as an administrator"
	}
	return "the account, as an administrator"
}

// placeOfProgram tells where the program that failed runs; "" where none does yet.
func (r *reading) placeOfProgram() string {
	switch {
	case r.starting():
		return ""
	case strings.HasPrefix(r.cause, "tool_"):
		return "the shell that runs the tool"
	case r.cause == "host_credentials_missing":
		return "a shell on the machine"
	}
	return "the program's container"
}
