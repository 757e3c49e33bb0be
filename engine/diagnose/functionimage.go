package diagnose

// imageOfFunction is the statement by which an ECR repository lets Lambda read the
// image of a function.
func imageOfFunction() grant {
	return grant{
		statement: &Statement{
			Effect:    "Allow",
			Principal: map[string]string{"Service": "lambda.amazonaws.com"},
			Action:    []string{"ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"},
		},
		in:   "the policy of the image's ECR repository",
		note: "A condition on aws:SourceArn can narrow it to one account's functions: arn:aws:lambda:REGION:ACCOUNT_ID:function:*.",
	}
}
