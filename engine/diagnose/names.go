package diagnose

import (
	"cmp"
	"slices"
	"strings"
)

// A name is what texts may put in braces, and make steps conditional on.
type name struct {
	name, meaning string
	value         func(r *reading) string
}

// names is every name there is. docs/diagnosis.md is written from it.
var names = []name{
	// Facts, under the names that they are published by.
	{"error_code", "the code as printed", func(r *reading) string { return r.facts.ErrorCode }},
	{"principal_arn", "the ARN of the caller", func(r *reading) string { return r.facts.PrincipalARN }},
	{"role_name", "the role's name in it", func(r *reading) string { return r.facts.RoleName }},
	{"session_name", "the session's name in it", func(r *reading) string { return r.facts.SessionName }},
	{"account", "the caller's account", func(r *reading) string { return r.facts.Account }},
	{"resource", "the resource as printed", func(r *reading) string { return r.facts.Resource }},
	{"service", "the service as printed", func(r *reading) string { return r.facts.Service }},
	{"service_label", "service, as AWS writes it where that is known: Amazon SQS", func(r *reading) string { return r.serviceLabel() }},
	{"called_service", "service, or the AWS service that the URL or the class of an exception names: Amazon SQS", func(r *reading) string { return r.calledService() }},
	{"operation", "the API operation as printed", func(r *reading) string { return r.facts.Operation }},
	{"http_status", "the status as digits", func(r *reading) string { return number(r.facts.HTTPStatus) }},
	{"endpoint_status", "the status that a credentials endpoint answered with, as digits", func(r *reading) string { return r.endpointStatus() }},
	{"request_id", "the request's ID", func(r *reading) string { return r.facts.RequestID }},
	{"deny_type", "identity, resource, boundary, session, vpc_endpoint, scp or rcp", func(r *reading) string { return r.facts.DenyType }},
	{"policy_arn", "the ARN of the policy that refused", func(r *reading) string { return r.facts.PolicyARN }},
	{"bare_status", "yes when all that is known of AWS' answer is its HTTP status", func(r *reading) string { return yesNo(isBareStatus(r.facts, r.text)) }},
	{"explicit_deny", "yes or no", func(r *reading) string { return yesNo(r.facts.ExplicitDeny) }},
	{"region", "the Region as printed", func(r *reading) string { return r.facts.Region }},
	{"database_user", "the user of a database login", func(r *reading) string { return r.facts.DatabaseUser }},
	{"database_host", "the host of a database login", func(r *reading) string { return r.facts.DatabaseHost }},
	{"endpoint", "the host or URL that refused or did not answer, without what may be secret in it", func(r *reading) string { return publicPart(r.facts.Endpoint) }},
	{"cloud", "other_cloud, or Google Cloud", func(r *reading) string { return cmp.Or(otherCloud(r.text), googleCloud(r.text)) }},
	{"other_cloud", "Alibaba Cloud, Tencent Cloud, Huawei Cloud, Oracle Cloud, Google Cloud or MinIO, where the text is of one of them", func(r *reading) string { return otherCloud(r.text) }},
	{"foreign_store", "the object store that an endpoint names, where that is not of AWS: https://minio.example.com:9000", func(r *reading) string {
		return given(!strings.Contains(r.text, "amazonaws.com/"), foreignStore(r.facts.Endpoint))
	}},

	// Whose credentials.
	{"role_kind", "task, execution, instance, chained, user or unknown", func(r *reading) string { return r.holder.kind }},
	{"role_label", "the caller after the word IAM: task role; user ci", func(r *reading) string { return roleLabel(r.holder, r.facts) }},
	{"role_arn", "the ARN of the role or user", func(r *reading) string { return roleARN(r.facts, r.task, r.holder) }},
	{"role_path", "sso or service_linked, for roles that cannot be edited themselves", func(r *reading) string { return rolePath(r.facts) }},
	{"role_doc", "the page about this kind of role", func(r *reading) string {
		return given(!isNodeRole(r.facts.RoleName), roleDocs[r.holder.kind])
	}},
	{"caller", "role orders-task; user ci", func(r *reading) string { return r.caller() }},
	{"policy_of_caller", "the document that a permission of the caller belongs in: a policy of the task role", func(r *reading) string { return r.policyOfCaller() }},
	{"caller_or_account", "caller; account 123456789012, where no more is known", func(r *reading) string { return r.callerOrAccount() }},
	{"principal", "whoever is named as the caller, within or outside AWS", func(r *reading) string { return cmp.Or(r.facts.PrincipalARN, r.facts.DatabaseUser) }},
	{"user_name", "the name of an IAM user", func(r *reading) string { return userName(r.facts.PrincipalARN) }},
	{"task_role", "the task role's name, from the credentials endpoint", func(r *reading) string { return r.task.roleName() }},
	{"key_kind", "long_term (AKIA…) or session (ASIA…), when a key ID is shown", func(r *reading) string { return keyKind(r.text) }},
	{"simulated", "role_arn, where IAM's policy simulator can answer", func(r *reading) string { return r.simulated() }},
	{"simulated_any", "simulated, when the action is asked about without a resource", func(r *reading) string { return given(anyResourceOnly(r.action), r.simulated()) }},
	{"simulated_resource", "the ARN that the simulator is asked about: resource_arn, a secret's with any suffix", func(r *reading) string { return r.simulatedResource() }},
	{"key_alias", "the alias of the KMS key, where the text has no other name of it", func(r *reading) string { return r.keyAlias() }},
	{"key_holder", "what a KMS key protects that a call of another service could not use: the topic", func(r *reading) string { return r.keyUse().holder }},
	{"key_needs", "the actions on the key that such a call needs: kms:GenerateDataKey and kms:Decrypt", func(r *reading) string { return r.keyUse().needs }},
	{"key_arn", "the ARN of the key that key_label is about", func(r *reading) string { return given(r.cause == "kms_denied" && r.action == "", r.target.arn) }},
	{"key_lookup", "the command that tells which key it is, in backquotes", func(r *reading) string { return quoted(r.keyUse().lookup) }},
	{"key_label", "resource_label, when a KMS key is named that no action was refused on", func(r *reading) string { return given(r.cause == "kms_denied" && r.action == "", r.target.label) }},
	{"key_log_group", "the log group that CloudWatch Logs could not use a KMS key for: the /ecs/orders log group", func(r *reading) string { return r.keyLogGroup() }},
	{"encrypted_secret", "the ARN of the secret whose KMS key could not be used", func(r *reading) string { return r.encryptedSecret() }},
	{"node", "yes when the role is that of a Kubernetes node", func(r *reading) string { return yesNo(r.holder.kind == roleInstance && isNodeRole(r.facts.RoleName)) }},

	{"host_program", "the program of the host that found no credentials there: The ECS agent; The SSM Agent; The CodeDeploy agent", func(r *reading) string { return hostPrograms[hostAgent(r.text)] }},
	{"host_call", "the program of the host that made a call with the instance's role: ecs_agent, systems_manager, cloudwatch_agent, codedeploy_agent, task_start, kubelet, vpc_cni or pod_identity_agent", func(r *reading) string { return r.hostCall() }},

	// What was refused, and by what.
	{"action", "the IAM action: the text's, or the one that the operation needs", func(r *reading) string { return cmp.Or(r.action, r.facts.Action) }},
	{"named_action", "action, when it is the text's own word", func(r *reading) string { return r.namedAction() }},
	{"aws_service", "the action's service: s3, kms", func(r *reading) string { return servicePart(r.action) }},
	{"called_api", "the service of AWS whose own address was called: s3, cloudwatch", func(r *reading) string { return calledAPI(r.facts.Endpoint) }},
	{"refusal", "what AWS did, in words that claim no more than the text does", func(r *reading) string { return r.refusalInWords() }},
	{"resource_label", "the company-reports bucket; KMS key 1234…", func(r *reading) string { return r.target.label }},
	{"resource_arn", "the ARN of the resource, when it is known whole", func(r *reading) string { return r.target.arn }},
	{"resource_policy", "what the resource's own policy is called: the bucket policy of the reports bucket", func(r *reading) string { return r.resourcePolicyName() }},
	{"refusing_policy", "resource_policy; the policy of the resource itself, where it has no name of its own", func(r *reading) string {
		return cmp.Or(r.resourcePolicyName(), "the policy of the resource itself")
	}},
	{"foreign", "yes when the text has nothing of AWS'", func(r *reading) string { return yesNo(isForeign(r.facts, r.text)) }},
	{"foreign_action", "yes when the action is one of a program's own, and the text has nothing of AWS'", func(r *reading) string { return yesNo(isForeignAction(r.facts, r.text)) }},
	{"foreign_class", "yes when the error's class is one of a program's own, and the text has nothing of AWS'", func(r *reading) string { return yesNo(hasForeignClass(r.facts, r.text)) }},
	{"cross_account", "yes when the resource is known to belong to another account", func(r *reading) string { return yesNo(r.foreignOwner() != "") }},
	{"foreign_owner", "that account", func(r *reading) string { return r.foreignOwner() }},
	{"missing_object", "yes when an S3 refusal may stand for an object that is not there", func(r *reading) string { return yesNo(r.mayBeMissing()) }},
	{"policy_label", "the type of the policy that refused, with its article", func(r *reading) string { return policyTypes[r.facts.DenyType].label }},
	{"policy_owner", "who can change it", func(r *reading) string { return policyTypes[r.facts.DenyType].who }},
	{"policy_doc", "the page about it", func(r *reading) string { return policyTypes[r.facts.DenyType].doc }},
	{"endpoint_service", "the service of the VPC endpoint whose policy refused: com.amazonaws.eu-west-1.sqs", func(r *reading) string { return r.endpointService() }},
	{"limit_statement", "the statement that a permissions boundary or a session policy lacks, as JSON", func(r *reading) string { return r.limitStatement() }},
	{"iam_policy", "the ARN of the refusing policy, when it is one of IAM's", func(r *reading) string { return r.iamPolicy() }},
	{"aws_policy", "iam_policy, when it is one of AWS' own, which nobody else can change", func(r *reading) string {
		return given(strings.Contains(r.facts.PolicyARN, ":iam::aws:policy/"), r.iamPolicy())
	}},
	{"own_role", "the role that was to be assumed, when it is the caller's own", func(r *reading) string {
		return given(r.targetRole() == r.facts.RoleName && callsAsRole(r.facts) && r.foreignOwner() == "", r.targetRole())
	}},
	{"endpoint_statement", "what that policy should hold for the call, as JSON", func(r *reading) string { return r.endpointStatement() }},
	{"refusing_bucket", "the bucket whose own policy refused", func(r *reading) string { return r.refusingName("s3") }},
	{"refusing_repository", "the ECR repository whose own policy refused", func(r *reading) string { return r.refusingName("ecr") }},
	{"refusing_secret", "the ARN of the secret whose own policy refused", func(r *reading) string { return r.refusingName("secretsmanager") }},
	{"refusing_topic", "the ARN of the SNS topic whose own policy refused", func(r *reading) string { return r.refusingName("sns") }},
	{"refusing_function", "the ARN of the Lambda function whose own policy refused", func(r *reading) string { return r.refusingName("lambda") }},
	{"refusing_key", "the ARN of the KMS key whose own policy refused", func(r *reading) string { return r.refusingName("kms") }},
	{"layer", "the ARN of a layer of Lambda's, without its version", func(r *reading) string { layer, _ := r.layer(); return layer }},
	{"layer_version", "that version", func(r *reading) string { _, version := r.layer(); return version }},
	{"nested_arn", "the ARN that the program gave in the place of a name", func(r *reading) string { return nestedARN(r.facts.Resource) }},
	{"organization_policy", "the ID of the SCP or RCP that refused", func(r *reading) string { return r.organizationPolicy() }},
	{"fluent_output", "the output of Fluent Bit's own that a call was made for: s3:s3.0", func(r *reading) string { return captured(fluentOutputForm, r.text) }},
	{"athena_bucket", "the bucket that Athena could not use for the results of queries", func(r *reading) string { return captured(athenaBucketForm, r.text) }},
	{"lacking_service", "the service of AWS that lacks a permission of its own: CloudTrail", func(r *reading) string { return meaning(r.text, lackingServices) }},
	{"lacking_bucket", "the bucket that it may not use", func(r *reading) string { return captured(lackingBucketForm, r.text) }},
	{"post_condition", "the condition that an upload by a form of S3's does not fit", func(r *reading) string { return captured(postConditionForm, r.text) }},
	{"block_setting", "the setting of S3's Block Public Access that refused: BlockPublicPolicy", func(r *reading) string { return captured(accessBlockForm, r.text) }},
	{"bucket", "the S3 bucket that was called for", func(r *reading) string { return r.bucket() }},
	{"elsewhere", "the words: in this Region; when the text says that a KMS key may not exist there", func(r *reading) string {
		return given(strings.Contains(strings.ToLower(r.text), "does not exist in this region"), "in this Region")
	}},
	{"signed_service", "the service that AWS says it should have been signed for: sqs", func(r *reading) string { return captured(signedServiceForm, r.text) }},
	{"signed_for", "Region or service, when a signature is scoped to another one than asked for", func(r *reading) string { return signedFor(r.text) }},
	{"signed_region", "the Region that a request was signed for, where AWS refused it for that", func(r *reading) string { signed, _ := signedRegions(r.text); return signed }},
	{"expected_region", "the Region that AWS says it should have been signed for", func(r *reading) string { _, expected := signedRegions(r.text); return expected }},
	{"clock_ahead", "by how much the signer's clock is ahead, in AWS' words", func(r *reading) string { return clockAhead(r.text) }},
	{"signed_before", "how long before its arrival a request was signed that came too late: 15 minutes", func(r *reading) string { return signedBefore(r.text) }},
	{"has_statement", "yes when a policy statement is given", func(r *reading) string { return yesNo(r.grant.statement != nil) }},
	{"statement_in", "the document that it belongs in", func(r *reading) string { return r.grant.in }},
	{"registry", "ecr, ecr_public, codeartifact or other", func(r *reading) string { return registry(r.text) }},
	{"registry_doc", "the page about logging in to it", func(r *reading) string { return registryDocs[registry(r.text)] }},
	{"registry_host", "the host of a registry of ECR's", func(r *reading) string { return ecrHost().FindString(r.text) }},
	{"registry_account", "the account whose registry of ECR's it is", func(r *reading) string { return ecrRepositoryOf(r.text).account }},
	{"registry_repository", "the repository there", func(r *reading) string { return ecrRepositoryOf(r.text).name }},
	{"artifact_repository", "a repository of CodeArtifact's: packages (domain acme)", func(r *reading) string { return artifactRepositoryOf(r.text).label() }},
	{"artifact_login", "the command that logs in to it, in backquotes", func(r *reading) string { return quoted(artifactRepositoryOf(r.text).login()) }},
	{"login_host", "registry_host, or what is to be put in for it", func(r *reading) string { host, _ := ecrAddress(r.text); return host }},
	{"login_region", "the Region of that host, or what is to be put in for it", func(r *reading) string { _, reg := ecrAddress(r.text); return reg }},
	{"image", "the image that a registry refused, as it is named in a task definition", func(r *reading) string { return pulledImage(r.text) }},
	{"pushed_repository", "the repository that a registry did not let an image be pushed to: fleet/planner", func(r *reading) string { return pushedRepository(r.text) }},
	{"kubelet", "yes when it is the kubelet that could not pull an image", func(r *reading) string { return yesNo(isKubelet(r.text)) }},
	{"layer_bucket", "ECR's own bucket, when it refused a layer of an image", func(r *reading) string { return layerBucketOf(r.text).name }},
	{"layer_region", "the Region of that bucket", func(r *reading) string { return layerBucketOf(r.text).region }},
	{"layer_objects", "the ARN of all that is in that bucket", func(r *reading) string { return layerBucketOf(r.text).objects() }},
	{"env_file", "the environment file that ECS could not read: acme-config/prod.env", func(r *reading) string {
		return given(r.cause == "env_file_denied", strings.TrimPrefix(r.target.arn, "arn:aws:s3:::"))
	}},
	{"file_system", "the ID of an EFS file system: fs-0123456789abcdef0", func(r *reading) string { return fileSystem(r.text) }},
	{"api_id", "the ID of the API Gateway API that refused: a1b2c3d4e5", func(r *reading) string { return r.apiID() }},

	// Roles that are assumed or passed.
	{"target_role", "the role that was to be assumed or passed", func(r *reading) string { return r.targetRole() }},
	{"passed_to", "the service that a role was to be passed to: ecs-tasks.amazonaws.com", func(r *reading) string { return r.passedToService() }},
	{"assumer", "the service that could not assume a role itself: ECS, Lambda", func(r *reading) string { return r.assumer().name }},
	{"assumer_role", "what its role is called: the function's role", func(r *reading) string { return r.assumer().role }},
	{"assumable_role", "the ARN of the role that sts:AssumeRole was refused on", func(r *reading) string { return r.assumable("sts:AssumeRole") }},
	{"tagged_role", "the ARN of the role whose session was not to have tags", func(r *reading) string { return r.assumable("sts:TagSession") }},
	{"identified_role", "the ARN of the role whose session was not to have a source identity", func(r *reading) string { return r.assumable("sts:SetSourceIdentity") }},
	{"session_extra", "what the session was not to carry along: session tags or a source identity", func(r *reading) string { return sessionExtras[r.action] }},
	{"presigned_for", "what a presigned URL was for: the reports bucket", func(r *reading) string {
		return given(strings.Contains(r.text, "X-Amz-"), r.target.label)
	}},
	{"session_fault", "why STS could not make a session as it was asked for", func(r *reading) string { return meaning(r.text, sessionFaults) }},
	{"service_role", "what is to be put in for the role that a service could not assume, when the text does not name it", func(r *reading) string { return r.serviceRole() }},
	{"missing_side", "the policy that does not allow a role to be assumed, when the text tells", func(r *reading) string { return r.missingSide() }},
	{"trust_service", "the service that was to assume it: ecs-tasks.amazonaws.com", func(r *reading) string { return r.trustService() }},
	{"trust_statement", "what the role's trust policy should hold for the caller, as JSON", func(r *reading) string { return r.trustStatement() }},
	{"linked_service", "the service whose service-linked role was not to be made: ecs.amazonaws.com", func(r *reading) string { return r.linkedService() }},
	{"trust_doc", "the page about that trust policy", func(r *reading) string { return trustDocs[r.trustService()] }},
	{"web_identity", "yes when the role is assumed with a token", func(r *reading) string { return yesNo(r.webIdentity()) }},
	{"token_issuer", "github or saml, when such a token was to be exchanged for a role", func(r *reading) string { return tokenIssuer(r.text) }},
	{"token_variable", "the variable that names the token's file, where it is read from one", func(r *reading) string {
		return given(tokenIssuer(r.text) == "", "AWS_WEB_IDENTITY_TOKEN_FILE")
	}},
	{"token_doc", "the page about tokens of that issuer", func(r *reading) string { return tokenDocs[tokenIssuer(r.text)] }},

	// Where, how often, and around it.
	{"launch_type", "FARGATE or EC2", func(r *reading) string { return strings.ToUpper(r.task.LaunchType) }},
	{"container", "the container's name", func(r *reading) string { return r.task.Container }},
	{"task", "the task's ID", func(r *reading) string { return r.task.TaskID }},
	{"tasks", "how many tasks saw it", func(r *reading) string { return number(r.tasks) }},
	{"burst_tasks", "tasks, when it is so many that it is the service's failure", func(r *reading) string { return r.burst() }},
	{"starting", "yes when ECS failed before the program ran", func(r *reading) string { return yesNo(r.starting()) }},
	{"ecs", "the word ECS, when starting is yes: for headlines, which have no conditions", func(r *reading) string { return given(r.starting(), "ECS") }},
	{"probe", "what asking the credentials endpoint showed: ok, refused, timeout, throttled or error", func(r *reading) string { return r.task.Endpoint }},
	{"source", "where credentials came from: container, pod_identity, instance, web_identity, sso or profile", func(r *reading) string { return credentialSource(r.facts, r.text) }},
	{"source_doc", "the page about it", func(r *reading) string { return sourceDocs[credentialSource(r.facts, r.text)] }},
	{"pod_endpoint", "169.254.170.23, when source is pod_identity", func(r *reading) string {
		return given(credentialSource(r.facts, r.text) == "pod_identity", "169.254.170.23")
	}},
	{"silence", "why an endpoint did not answer: timeout, refused or unreachable", func(r *reading) string { return silence(r.text) }},
	{"imds", "169.254.169.254, when source is instance", func(r *reading) string {
		return given(credentialSource(r.facts, r.text) == "instance", "169.254.169.254")
	}},
	{"profile", "the AWS profile that was missed", func(r *reading) string { return profile(r.text) }},
	{"broker", "kafka, rabbitmq or other, when the text tells", func(r *reading) string { return broker(r.text) }},
	{"broker_doc", "the page about its logins and permissions", func(r *reading) string { return brokerDocs[broker(r.text)] }},
	{"oauth_doc", "the page about the authorization server's errors", func(r *reading) string { return oauthDoc(r.text) }},
	{"mail_doc", "the page about SMTP logins of the provider, Amazon's where the text names none", func(r *reading) string { return mailDoc(r.text) }},
	{"kubernetes_account", "the service account that was looked for and is not there: orders", func(r *reading) string { return captured(kubernetesAccountForm, r.text) }},
	{"kubernetes_account_in", "the namespace that it was looked for in", func(r *reading) string { return captured(kubernetesAccountInForm, r.text) }},
	{"kubernetes_user", "the account that the Kubernetes API refused: system:serviceaccount:shop:orders", func(r *reading) string { return kubernetesRequestIn(r.text).user }},
	{"kubernetes_verb", "what that account wanted to do: list", func(r *reading) string { return kubernetesRequestIn(r.text).verb }},
	{"kubernetes_subject", "the flag of kubectl that binds a role to it: --serviceaccount=shop:orders", func(r *reading) string { return kubernetesRequestIn(r.text).subject() }},
	{"kubernetes_node", "the node, when that account is a node's", func(r *reading) string { return kubernetesRequestIn(r.text).node() }},
	{"kubernetes_level", "namespace, cluster or path: what a role must hold for that allows the request", func(r *reading) string { return kubernetesRequestIn(r.text).level }},
	{"kubernetes_where", "in namespace shop; at the cluster scope", func(r *reading) string { return kubernetesRequestIn(r.text).where() }},
	{"kubernetes_scope", "the same as a flag of kubectl: --namespace=shop; --all-namespaces", func(r *reading) string { return kubernetesRequestIn(r.text).scope() }},
	{"kubernetes_resource", "what a role must list: deployments.apps/scale", func(r *reading) string { return kubernetesRequestIn(r.text).resource() }},
	{"kubernetes_subresource", "the part of a thing that was asked for: scale", func(r *reading) string { return kubernetesRequestIn(r.text).subresource }},
	{"kubernetes_asked", "what kubectl is asked about: jobs.batch; pods/orders-0; /metrics", func(r *reading) string { return kubernetesRequestIn(r.text).asked() }},
	{"vault_login", "kubernetes, aws, approle, jwt or other: the auth method, when it is a login that Vault refused", func(r *reading) string { return vaultLogin(r.text) }},
	{"vault_mount", "where that method is mounted, under auth/: kubernetes", func(r *reading) string { return vaultMount(r.text) }},
	{"vault_kubernetes", "the mount, when the method is kubernetes", func(r *reading) string { return vaultLoginAt("kubernetes", r.text) }},
	{"vault_aws", "the mount, when the method is aws", func(r *reading) string { return vaultLoginAt("aws", r.text) }},
	{"vault_approle", "the mount, when the method is approle", func(r *reading) string { return vaultLoginAt("approle", r.text) }},
	{"vault_path", "the path that a policy of Vault must hold for a request: secret/data/orders", func(r *reading) string { return vaultPath(r.text) }},
	{"consul_rule", "the rule that a policy of Consul must hold for what was refused", func(r *reading) string { return consulRule(r.text) }},
	{"git_doc", "the page about logins of the Git service", func(r *reading) string { return gitDoc(r.text) }},
	{"git_host", "the host of a Git service that refused an SSH login", func(r *reading) string { return gitHost(r.facts.Endpoint) }},
	{"google_bucket", "the bucket of Google Cloud Storage that was called for", googleBucket},
	{"google_bucket_name", "the same, or what is to be put in for it", func(r *reading) string { return cmp.Or(googleBucket(r), "BUCKET") }},
	{"google_principal", "the service account that Google Cloud refused", func(r *reading) string { return captured(googlePrincipalForm, r.text) }},
	{"google_role", "the narrowest role of Google Cloud that has the permission: roles/pubsub.publisher", func(r *reading) string { return googleRoles[r.facts.Action] }},
	{"google_api", "the API of Google Cloud that a project has not enabled: pubsub.googleapis.com", func(r *reading) string { return captured(googleAPIForm, r.text) }},
	{"google_project", "that project", func(r *reading) string { return captured(googleProjectForm, r.text) }},
	{"azure_object", "the object ID of the identity that Azure refused", func(r *reading) string { return azureObject(r.text) }},
	{"azure_scope", "the scope that was refused, or what is to be put in for it", func(r *reading) string { return pasteableOr("SCOPE", r.facts.Resource) }},
	{"azure_vault", "the Key Vault that refused", func(r *reading) string { return captured(azureVaultForm, r.text) }},
	{"azure_vault_kind", "secret, key or certificate: what its access policy lacks a permission for", func(r *reading) string { kind, _ := azureAccess(r.text); return kind }},
	{"azure_vault_verb", "that permission: get", func(r *reading) string { _, verb := azureAccess(r.text); return verb }},
	{"api_provider", "whose API it is, when the text tells: OpenAI", func(r *reading) string { return apiProvider(r.text) }},
	{"coordinator", "etcd or ZooKeeper, when the text tells", func(r *reading) string { return coordinator(r.text) }},
	{"keycloak_client", "the client that somebody could not log in to, in an event of Keycloak's", func(r *reading) string { return captured(keycloakClientForm, r.text) }},
	{"keycloak_error", "Keycloak's word for the reason: user_not_found", func(r *reading) string { return captured(keycloakErrorForm, r.text) }},
	{"nats_right", "what NATS refused, in words: a subscription to", func(r *reading) string { return natsRights[r.facts.Action] }},
	{"grpc_method", "the method of a gRPC service that was called: orders.v1.Orders/Create", func(r *reading) string { return captured(grpcMethodForm, r.text) }},
	{"workload", "the SPIFFE ID that a text names", func(r *reading) string { return captured(spiffeForm, r.text) }},
	{"perimeter_violation", "the identifier under which VPC Service Controls filed a refusal", func(r *reading) string { return captured(perimeterForm, r.text) }},
	{"azure_address", "the address that a firewall of Azure's did not let in", func(r *reading) string { return captured(azureAddressForm, r.text) }},
	{"git_url", "the URL of a Git repository", func(r *reading) string { return gitURL(r.text) }},
	{"git_ssh", "the address of a Git repository that is reached by SSH: git@github.com:acme/orders.git", func(r *reading) string { return gitSSH(r.text) }},
	{"git_account", "whom a Git server knows and refused: release-bot; the deploy key", func(r *reading) string { return gitAccount(r.text) }},
	{"ssh_login", "user and host of a refused login by SSH: ec2-user@10.0.4.19", func(r *reading) string { return sshLogin(r.text) }},
	{"sudo_user", "the account whose command sudo refused", func(r *reading) string { return captured(sudoForm, r.text) }},
	{"sudo_command", "the program that it meant to run", func(r *reading) string { return captured(sudoCommandForm, r.text) }},
	{"engine", "postgresql, mysql, sqlserver, mongodb, oracle, or other for one that is none of them", func(r *reading) string { return databaseEngine(r.facts, r.text) }},
	{"engine_doc", "the page about its logins", func(r *reading) string { return engineDocs[databaseEngine(r.facts, r.text)].login }},
	{"grant_doc", "the page about its privileges", func(r *reading) string { return engineDocs[databaseEngine(r.facts, r.text)].grant }},
	{"database_object", "what of a database was refused, with the text's word for it: table invoices; schema audit", func(r *reading) string { return r.databaseObject() }},
	{"database_name", "its name, fit to be pasted", func(r *reading) string { return pasteableOr("NAME", r.facts.Resource) }},
	{"database_grantee", "database_user, or what is to be put in for it in a command", func(r *reading) string { return pasteableOr("USER", r.facts.DatabaseUser) }},
	{"postgres_user", "database_user, when the database is PostgreSQL", func(r *reading) string { return r.databaseUser("postgresql") }},
	{"database_port", "the port of PostgreSQL that was called, or the usual one", func(r *reading) string { return databasePort(r.text) }},
	{"asked_database", "the database that PostgreSQL was asked for", func(r *reading) string { return askedDatabase(r.text) }},
	{"login_database", "asked_database, or one that every server has", func(r *reading) string { return loginDatabase(r.text) }},
	{"database_client", "the address that a database's own words say it turned away", func(r *reading) string { return databaseClient(r.text) }},
	{"hba_line", "the line of pg_hba.conf that PostgreSQL says it went by", func(r *reading) string { return captured(hbaLineForm, r.text) }},
	{"pam_user", "database_user, when PostgreSQL had PAM check the login", func(r *reading) string {
		return given(strings.Contains(r.text, "PAM authentication failed"), r.facts.DatabaseUser)
	}},
	{"proxy_user", "database_user, when it is RDS Proxy that refused", func(r *reading) string { return given(isDatabaseProxy(r.text), r.facts.DatabaseUser) }},
	{"mysql_user", "database_user, when the database is MySQL", func(r *reading) string { return r.databaseUser("mysql") }},

	{"snowflake_failure", "the ID by which Snowflake tells why it refused a login", func(r *reading) string { return captured(snowflakeFailureForm, r.text) }},
	{"missing_scope", "the scope that a service says a token lacks", func(r *reading) string { return captured(missingScopeForm, r.text) }},
	{"ses_identity", "the address or domain that Amazon SES has not verified", func(r *reading) string { return captured(sesIdentityForm, r.text) }},
	{"ses_region", "the Region that it was looked for in", func(r *reading) string { return strings.ToLower(captured(sesRegionForm, r.text)) }},

	{"lake_permission", "what Lake Formation says is required: Create Database on Catalog", func(r *reading) string { return strings.TrimRight(captured(lakePermissionForm, r.text), ".") }},
	{"trigger_source", "the ARN of what is to trigger a function, and its role may not read", func(r *reading) string { source, _ := trigger(r.text); return source }},
	{"trigger_actions", "the actions that the role needs on it", func(r *reading) string { _, actions := trigger(r.text); return actions }},
	{"lake_grant", "the command that grants it, in backquotes", func(r *reading) string { return quoted(r.lakeGrant()) }},
	{"delivery_stream", "the Firehose stream that tells in its error log of a refusal", func(r *reading) string { return captured(deliveryStreamForm, r.text) }},
	{"delivery_bucket", "the bucket that it was to write to", func(r *reading) string { return captured(deliveryBucketForm, r.text) }},
	{"graphql_field", "the field of its schema that AppSync refused", func(r *reading) string { return captured(graphqlFieldForm, r.text) }},

	// Services outside AWS, and their clients.
	{"client_address", "from where somebody tried to log in, in the log of the server itself", func(r *reading) string { return firstCaptured(clientAddressForms, r.text) }},
	{"client_user", "as whom, there", func(r *reading) string { return firstCaptured(clientUserForms, r.text) }},
	{"locked_user", "the user whose account a host has locked after too many failures", func(r *reading) string { return pasteableOr("USER", captured(lockedUserForm, r.text)) }},
	{"bind_reason", "why Active Directory refused a bind: the account is locked", func(r *reading) string { return bindReason(r.text) }},
	{"ldap_connection", "the number of the connection in slapd's log", func(r *reading) string { return captured(slapdResultForm, r.text) }},
	{"kerberos_principal", "the Kerberos principal that the text names: etl@EXAMPLE.COM", func(r *reading) string { return captured(kerberosPrincipalForm, r.text) }},
	{"mysql_host", "the host in the name of a user of MySQL: 10.0.3.7", func(r *reading) string { return captured(mysqlHostForm, r.text) }},
	{"owned_object", "what of a database only its owner may change, with the text's word for it: table orders", func(r *reading) string {
		return given(strings.Contains(r.text, "must be owner of "), r.databaseObject())
	}},
	{"broker_object", "what of a broker was refused, with the text's word for it: exchange invoices; group billing", func(r *reading) string { return r.brokerObject() }},
	{"kafka_user", "database_user, or what is to be put in for it in a command", func(r *reading) string { return pasteableOr("NAME", r.facts.DatabaseUser) }},
	{"kafka_kind", "topic, group or transactional-id, when Kafka's own log tells all of a refusal", func(r *reading) string { return r.kafkaKind() }},
	{"kafka_operation", "what its authorizer refused, as kafka-acls spells it: ClusterAction", func(r *reading) string { return r.kafkaOperation() }},
	{"broker_name", "its name, fit to be pasted", func(r *reading) string { return r.brokerName() }},
	{"vhost", "the virtual host of RabbitMQ", func(r *reading) string { return captured(vhostForm, r.text) }},
	{"missing_right", "the scope or permission that an API key lacks", func(r *reading) string {
		return cmp.Or(captured(missingRightForm, r.text), captured(lackedRightForm, r.text))
	}},
	{"search_index", "the index that Elasticsearch refused", func(r *reading) string { return captured(searchIndexForm, r.text) }},
	{"search_privileges", "the privileges of which one would do: create_doc,create,index,write,all", func(r *reading) string { return captured(searchPrivilegesForm, r.text) }},
	{"entra_code", "the number of Entra ID's reason: AADSTS700016", func(r *reading) string { return captured(entraCodeForm, r.text) }},
	{"entra_app", "the application that Entra ID refused, by its ID", func(r *reading) string { return captured(entraAppForm, r.text) }},
	{"entra_client", "entra_app, or what is to be put in for it", func(r *reading) string { return cmp.Or(captured(entraAppForm, r.text), "CLIENT_ID") }},
	{"refused_bearer", "invalid_token, where a service says so of the token that it was shown", func(r *reading) string { return given(r.facts.ErrorCode == "invalid_token", r.facts.ErrorCode) }},
	{"redirect_uri", "the redirect URI that Entra ID does not know", func(r *reading) string { return captured(redirectForm, r.text) }},
	{"federated_subject", "the subject of a token that no federated credential of Entra ID fits", func(r *reading) string { return captured(federatedSubjectForm, r.text) }},
	{"thumbprint", "the thumbprint of a client's certificate", func(r *reading) string { return captured(thumbprintForm, r.text) }},
}

func isName(s string) bool {
	return slices.ContainsFunc(names, func(n name) bool { return n.name == s })
}

func knownNames() []string {
	var all []string
	for _, n := range names {
		all = append(all, n.name)
	}
	slices.Sort(all)
	return all
}

// values says what a name stands for in one subject; "" is not known.
type values func(name string) string

// values finds out what a name stands for when it is asked for: a text asks for few.
// New has seen to it that all names in texts and conditions are among names.
func (r *reading) values() values {
	known := map[string]string{}
	return func(asked string) string {
		value, ok := known[asked]
		if !ok {
			n := slices.IndexFunc(names, func(n name) bool { return n.name == asked })
			value = clean(names[n].value(r))
			known[asked] = value
		}
		return value
	}
}
