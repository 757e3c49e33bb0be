package diagnose

import "strings"

// endpointService is the service of the VPC endpoint whose policy refused, as EC2
// names it; "*" stands for a Region that the text does not show. It is "" where the
// policy was another one, or the name is not known.
func (r *reading) endpointService() string {
	if r.facts.DenyType != "vpc_endpoint" || strings.HasPrefix(r.facts.Region, "cn-") {
		return "" // In China, the names begin otherwise for some services.
	}
	name := endpointNames[servicePart(r.action)]
	reg := region(r.facts.Region)
	if reg == markRegion {
		reg = "*"
	}
	return given(name != "", "com.amazonaws."+reg+"."+name)
}

// endpointStatement is what the policy of a VPC endpoint should hold for the refused
// call, as JSON; "" when too little is known. Gateway endpoints know a
// principal by a condition only, so that the statement names none.
func (r *reading) endpointStatement() string {
	if r.facts.DenyType != "vpc_endpoint" || r.facts.ExplicitDeny || r.target.grant == nil || !accountForm().MatchString(r.facts.Account) {
		return ""
	}
	return Statement{
		Effect:    "Allow",
		Principal: map[string]string{"AWS": "*"},
		Action:    []string{r.action},
		Resource:  r.target.grant,
		Condition: map[string]map[string]string{"StringEquals": {"aws:PrincipalAccount": r.facts.Account}},
	}.json()
}

// endpointNames holds the last part of an endpoint service's name by IAM prefix.
var endpointNames = map[string]string{
	"athena": "athena", "bedrock": "bedrock*", "cloudformation": "cloudformation", "cloudwatch": "monitoring",
	"dynamodb": "dynamodb", "ec2": "ec2", "ec2messages": "ec2messages", "ecr": "ecr.*", "ecs": "ecs*",
	"elasticfilesystem": "elasticfilesystem", "elasticloadbalancing": "elasticloadbalancing", "events": "events",
	"execute-api": "execute-api", "firehose": "kinesis-firehose", "glue": "glue", "kinesis": "kinesis-streams",
	"kms": "kms", "lambda": "lambda", "logs": "logs", "s3": "s3", "secretsmanager": "secretsmanager", "sns": "sns",
	"sqs": "sqs", "ssm": "ssm", "ssmmessages": "ssmmessages", "states": "states", "sts": "sts",
}
