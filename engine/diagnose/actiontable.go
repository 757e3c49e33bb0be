package diagnose

// The tables below follow the "Actions, resources, and condition keys" pages of
// the AWS Service Authorization Reference
// (https://docs.aws.amazon.com/service-authorization/latest/reference/), and for
// S3 the page "Required permissions for Amazon S3 API operations" of its user
// guide. They hold what a table is needed for: where the names differ.

// renamed holds the operations whose IAM action has another name. An empty
// action says that the operation needs several actions, by its contents, or
// none.
var renamed = map[string]string{
	"s3:ListObjects":                                "s3:ListBucket",
	"s3:ListObjectsV2":                              "s3:ListBucket",
	"s3:HeadBucket":                                 "s3:ListBucket",
	"s3:ListBuckets":                                "s3:ListAllMyBuckets",
	"s3:ListObjectVersions":                         "s3:ListBucketVersions",
	"s3:ListMultipartUploads":                       "s3:ListBucketMultipartUploads",
	"s3:ListParts":                                  "s3:ListMultipartUploadParts",
	"s3:HeadObject":                                 "s3:GetObject",
	"s3:GetObjectMetadata":                          "s3:GetObject",
	"s3:SelectObjectContent":                        "s3:GetObject",
	"s3:CopyObject":                                 "s3:PutObject",
	"s3:PostObject":                                 "s3:PutObject",
	"s3:CreateMultipartUpload":                      "s3:PutObject",
	"s3:InitiateMultipartUpload":                    "s3:PutObject",
	"s3:UploadPart":                                 "s3:PutObject",
	"s3:UploadPartCopy":                             "s3:PutObject",
	"s3:CompleteMultipartUpload":                    "s3:PutObject",
	"s3:DeleteObjects":                              "s3:DeleteObject",
	"s3:DeleteMultipleObjects":                      "s3:DeleteObject",
	"s3:GetBucketLifecycle":                         "s3:GetLifecycleConfiguration",
	"s3:GetBucketLifecycleConfiguration":            "s3:GetLifecycleConfiguration",
	"s3:PutBucketLifecycle":                         "s3:PutLifecycleConfiguration",
	"s3:PutBucketLifecycleConfiguration":            "s3:PutLifecycleConfiguration",
	"s3:DeleteBucketLifecycle":                      "s3:PutLifecycleConfiguration",
	"s3:GetBucketEncryption":                        "s3:GetEncryptionConfiguration",
	"s3:PutBucketEncryption":                        "s3:PutEncryptionConfiguration",
	"s3:DeleteBucketEncryption":                     "s3:PutEncryptionConfiguration",
	"s3:GetBucketCors":                              "s3:GetBucketCORS",
	"s3:PutBucketCors":                              "s3:PutBucketCORS",
	"s3:DeleteBucketCors":                           "s3:PutBucketCORS",
	"s3:GetBucketReplication":                       "s3:GetReplicationConfiguration",
	"s3:PutBucketReplication":                       "s3:PutReplicationConfiguration",
	"s3:DeleteBucketReplication":                    "s3:PutReplicationConfiguration",
	"s3:GetBucketAccelerateConfiguration":           "s3:GetAccelerateConfiguration",
	"s3:PutBucketAccelerateConfiguration":           "s3:PutAccelerateConfiguration",
	"s3:GetBucketAnalyticsConfiguration":            "s3:GetAnalyticsConfiguration",
	"s3:ListBucketAnalyticsConfigurations":          "s3:GetAnalyticsConfiguration",
	"s3:PutBucketAnalyticsConfiguration":            "s3:PutAnalyticsConfiguration",
	"s3:DeleteBucketAnalyticsConfiguration":         "s3:PutAnalyticsConfiguration",
	"s3:GetBucketInventoryConfiguration":            "s3:GetInventoryConfiguration",
	"s3:ListBucketInventoryConfigurations":          "s3:GetInventoryConfiguration",
	"s3:PutBucketInventoryConfiguration":            "s3:PutInventoryConfiguration",
	"s3:DeleteBucketInventoryConfiguration":         "s3:PutInventoryConfiguration",
	"s3:GetBucketMetricsConfiguration":              "s3:GetMetricsConfiguration",
	"s3:ListBucketMetricsConfigurations":            "s3:GetMetricsConfiguration",
	"s3:PutBucketMetricsConfiguration":              "s3:PutMetricsConfiguration",
	"s3:DeleteBucketMetricsConfiguration":           "s3:PutMetricsConfiguration",
	"s3:GetBucketIntelligentTieringConfiguration":   "s3:GetIntelligentTieringConfiguration",
	"s3:ListBucketIntelligentTieringConfigurations": "s3:GetIntelligentTieringConfiguration",
	"s3:PutBucketIntelligentTieringConfiguration":   "s3:PutIntelligentTieringConfiguration",
	"s3:GetBucketNotificationConfiguration":         "s3:GetBucketNotification",
	"s3:PutBucketNotificationConfiguration":         "s3:PutBucketNotification",
	"s3:GetPublicAccessBlock":                       "s3:GetBucketPublicAccessBlock",
	"s3:PutPublicAccessBlock":                       "s3:PutBucketPublicAccessBlock",
	"s3:DeletePublicAccessBlock":                    "s3:PutBucketPublicAccessBlock",
	"s3:DeleteBucketTagging":                        "s3:PutBucketTagging",
	"s3:DeleteBucketOwnershipControls":              "s3:PutBucketOwnershipControls",
	"s3:GetObjectLockConfiguration":                 "s3:GetBucketObjectLockConfiguration",
	"s3:PutObjectLockConfiguration":                 "s3:PutBucketObjectLockConfiguration",
	"s3:CreateSession":                              "s3express:CreateSession",

	"lambda:Invoke":                   "lambda:InvokeFunction",
	"lambda:InvokeWithResponseStream": "lambda:InvokeFunction",

	"sqs:SendMessageBatch":             "sqs:SendMessage",
	"sqs:DeleteMessageBatch":           "sqs:DeleteMessage",
	"sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
	"sns:PublishBatch":                 "sns:Publish",

	"dynamodb:TransactGetItems":      "dynamodb:GetItem",
	"dynamodb:TransactWriteItems":    "", // PutItem, UpdateItem, DeleteItem, ConditionCheckItem
	"dynamodb:ExecuteStatement":      "", // PartiQLSelect, PartiQLInsert, PartiQLUpdate, PartiQLDelete
	"dynamodb:BatchExecuteStatement": "",

	"kms:ReEncrypt": "", // ReEncryptFrom on one key, ReEncryptTo on the other

	"bedrock:Converse":         "bedrock:InvokeModel",
	"bedrock:ConverseStream":   "bedrock:InvokeModelWithResponseStream",
	"bedrock:StartAsyncInvoke": "bedrock:InvokeModel",

	"execute-api:PostToConnection": "execute-api:ManageConnections",
	"execute-api:GetConnection":    "execute-api:ManageConnections",
	"execute-api:DeleteConnection": "execute-api:ManageConnections",

	"sts:GetCallerIdentity": "", // needs no permission
}

// withoutResource holds the actions that IAM offers no resource type for, by
// service; a trailing * stands for any rest of the name. For these, and only
// these, a statement names "*" as its resource.
var withoutResource = map[string][]string{
	"acm":                     {"ListCertificates", "GetAccountConfiguration"},
	"autoscaling":             {"Describe*"},
	"aws-marketplace":         {"MeterUsage", "BatchMeterUsage", "RegisterUsage", "ResolveCustomer", "GetEntitlements"},
	"bedrock":                 {"ListFoundationModels", "ListModelCustomizationJobs", "ListCustomModels"},
	"ce":                      {"GetCostAndUsage", "GetCostForecast", "GetDimensionValues", "GetTags"},
	"cloudformation":          {"ListStacks", "ValidateTemplate", "ListExports", "EstimateTemplateCost"},
	"cloudfront":              {"ListDistributions", "ListFunctions"},
	"cloudtrail":              {"LookupEvents"},
	"cloudwatch":              {"PutMetricData", "GetMetricData", "GetMetricStatistics", "ListMetrics", "ListDashboards"},
	"cognito-identity":        {"GetId", "GetCredentialsForIdentity", "GetOpenIdToken", "ListIdentityPools", "CreateIdentityPool"},
	"cognito-idp":             {"ListUserPools", "CreateUserPool"},
	"comprehend":              {"Detect*", "BatchDetect*", "ContainsPiiEntities"},
	"dynamodb":                {"ListTables", "ListBackups", "ListExports", "ListGlobalTables", "DescribeLimits", "DescribeEndpoints"},
	"ec2":                     {"Describe*"},
	"ec2messages":             {"*"},
	"ecr":                     {"GetAuthorizationToken", "DescribeRegistry", "GetRegistryPolicy", "GetRegistryScanningConfiguration"},
	"ecr-public":              {"GetAuthorizationToken", "DescribeRegistries"},
	"ecs":                     {"CreateCluster", "DeregisterTaskDefinition", "DescribeTaskDefinition", "DiscoverPollEndpoint", "ListAccountSettings", "ListClusters", "ListServices", "ListTaskDefinitionFamilies", "ListTaskDefinitions"},
	"elasticloadbalancing":    {"Describe*"},
	"firehose":                {"ListDeliveryStreams"},
	"iam":                     {"GetAccountSummary", "GetAccountAuthorizationDetails", "GetAccountPasswordPolicy", "ListAccountAliases", "ListPolicies"},
	"kinesis":                 {"ListStreams", "DescribeLimits"},
	"kms":                     {"CreateKey", "GenerateRandom", "ListAliases", "ListKeys", "CreateCustomKeyStore", "DescribeCustomKeyStores"},
	"lambda":                  {"ListFunctions", "ListLayers", "GetAccountSettings"},
	"logs":                    {"DescribeDestinations", "DescribeResourcePolicies", "DescribeQueries", "StopQuery", "GetQueryResults", "PutResourcePolicy"},
	"polly":                   {"DescribeVoices"},
	"pricing":                 {"*"},
	"rekognition":             {"DetectFaces", "DetectLabels", "DetectModerationLabels", "DetectText", "CompareFaces", "RecognizeCelebrities"},
	"resource-groups":         {"SearchResources"},
	"route53":                 {"ListHostedZones", "ListHostedZonesByName", "CreateHostedZone", "GetHostedZoneCount", "ListHealthChecks"},
	"s3":                      {"ListAllMyBuckets", "GetAccountPublicAccessBlock", "PutAccountPublicAccessBlock", "ListAccessPoints"},
	"secretsmanager":          {"ListSecrets", "GetRandomPassword", "BatchGetSecretValue"},
	"servicediscovery":        {"DiscoverInstances", "ListNamespaces", "ListServices"},
	"ses":                     {"GetSendQuota", "GetSendStatistics", "GetAccountSendingEnabled", "GetAccount", "ListIdentities", "ListEmailIdentities"},
	"sns":                     {"ListTopics", "ListSubscriptions", "ListPlatformApplications", "SetSMSAttributes", "GetSMSAttributes"},
	"ssm":                     {"DescribeParameters", "DescribeInstanceInformation"},
	"ssmmessages":             {"*"},
	"states":                  {"ListActivities", "ListStateMachines", "ValidateStateMachineDefinition"},
	"tag":                     {"GetResources", "GetTagKeys", "GetTagValues"},
	"textract":                {"AnalyzeDocument", "AnalyzeExpense", "AnalyzeID", "DetectDocumentText", "StartDocument*", "GetDocument*"},
	"timestream":              {"DescribeEndpoints", "SelectValues"},
	"transcribe":              {"StartStreamTranscription*"},
	"translate":               {"TranslateText", "TranslateDocument"},
	"xray":                    {"PutTraceSegments", "PutTelemetryRecords", "GetSamplingRules", "GetSamplingTargets", "GetTraceSummaries", "BatchGetTraces", "GetServiceGraph"},
	"aps":                     {"ListWorkspaces"},
	"elasticache":             {"DescribeCacheEngineVersions"},
	"es":                      {"ListDomainNames", "ListElasticsearchVersions", "ListVersions"},
	"glue":                    {"ListCrawlers", "ListJobs", "ListTriggers"},
	"athena":                  {"ListDataCatalogs", "ListWorkGroups", "ListEngineVersions"},
	"sagemaker":               {"ListEndpoints", "ListModels", "ListTrainingJobs"},
	"organizations":           {"DescribeOrganization", "ListAccounts", "ListRoots"},
	"application-autoscaling": {"DescribeScalingPolicies", "DescribeScalingActivities"},
	"redshift-data":           {"CancelStatement", "DescribeStatement", "GetStatementResult", "ListStatements"},
	"sts":                     {"GetSessionToken", "DecodeAuthorizationMessage", "GetAccessKeyInfo", "GetServiceBearerToken"},
}

// prefixes holds IAM prefixes by a service's name in lower-case letters and
// digits only, without "Amazon" or "AWS" before it.
var prefixes = map[string]string{
	"s3": "s3", "simplestorageservice": "s3", "s3control": "s3", "s3transfer": "s3",
	"dynamodb": "dynamodb", "dynamodbstreams": "dynamodb", "dax": "dax",
	"sqs": "sqs", "simplequeueservice": "sqs",
	"sns": "sns", "simplenotificationservice": "sns",
	"ses": "ses", "sesv2": "ses", "simpleemailservice": "ses", "simpleemail": "ses", "email": "ses",
	"sts": "sts", "securitytokenservice": "sts", "securitytoken": "sts",
	"iam": "iam", "identitymanagement": "iam", "identityandaccessmanagement": "iam",
	"kms": "kms", "keymanagementservice": "kms", "keymanagement": "kms",
	"secretsmanager": "secretsmanager",
	"ssm":            "ssm", "simplesystemsmanagement": "ssm", "systemsmanagement": "ssm", "simplesystemsmanager": "ssm",
	"logs": "logs", "cloudwatchlogs": "logs",
	"cloudwatch": "cloudwatch", "monitoring": "cloudwatch",
	"events": "events", "eventbridge": "events", "cloudwatchevents": "events",
	"scheduler": "scheduler", "eventbridgescheduler": "scheduler", "pipes": "pipes",
	"lambda":        "lambda",
	"stepfunctions": "states", "sfn": "states", "states": "states",
	"ecs": "ecs", "elasticcontainerservice": "ecs", "ec2containerservice": "ecs",
	"ecr": "ecr", "elasticcontainerregistry": "ecr", "ec2containerregistry": "ecr", "ecrpublic": "ecr-public",
	"eks": "eks", "elastickubernetesservice": "eks", "eksauth": "eks-auth",
	"ec2": "ec2", "elasticcomputecloud": "ec2",
	"autoscaling": "autoscaling", "applicationautoscaling": "application-autoscaling",
	"elasticloadbalancing": "elasticloadbalancing", "elb": "elasticloadbalancing", "elasticloadbalancingv2": "elasticloadbalancing", "elbv2": "elasticloadbalancing",
	"kinesis": "kinesis", "kinesisfirehose": "firehose", "firehose": "firehose", "kinesisanalytics": "kinesisanalytics",
	"bedrock": "bedrock", "bedrockruntime": "bedrock", "bedrockagent": "bedrock", "bedrockagentruntime": "bedrock",
	"opensearch": "es", "opensearchservice": "es", "elasticsearchservice": "es", "elasticsearch": "es", "es": "es", "opensearchserverless": "aoss",
	"rds": "rds", "relationaldatabaseservice": "rds", "rdsdata": "rds-data", "rdsdataservice": "rds-data",
	"redshift": "redshift", "redshiftdata": "redshift-data", "redshiftdataapi": "redshift-data",
	"kafka": "kafka", "managedstreamingforapachekafka": "kafka",
	"cognitoidentityprovider": "cognito-idp", "cognitoidp": "cognito-idp", "cognitoidentityserviceprovider": "cognito-idp",
	"cognitoidentity": "cognito-identity", "cognitosync": "cognito-sync",
	"apigateway": "apigateway", "apigatewayv2": "apigateway", "apigatewaymanagementapi": "execute-api", "executeapi": "execute-api",
	"athena": "athena", "glue": "glue", "lakeformation": "lakeformation", "elasticmapreduce": "elasticmapreduce", "emr": "elasticmapreduce",
	"cloudformation": "cloudformation", "cloudfront": "cloudfront", "cloudtrail": "cloudtrail", "configservice": "config",
	"route53": "route53", "acm": "acm", "certificatemanager": "acm", "acmpca": "acm-pca",
	"servicediscovery": "servicediscovery", "cloudmap": "servicediscovery",
	"elasticache": "elasticache", "memorydb": "memorydb", "mq": "mq", "neptune": "rds", "docdb": "rds",
	"efs": "elasticfilesystem", "elasticfilesystem": "elasticfilesystem", "fsx": "fsx", "backup": "backup",
	"iot": "iot", "iotdata": "iot", "iotdataplane": "iot", "xray": "xray", "appconfig": "appconfig", "appconfigdata": "appconfig",
	"sagemaker": "sagemaker", "sagemakerruntime": "sagemaker", "textract": "textract", "rekognition": "rekognition",
	"comprehend": "comprehend", "translate": "translate", "polly": "polly", "transcribe": "transcribe", "transcribeservice": "transcribe",
	"timestreamwrite": "timestream", "timestreamquery": "timestream", "pinpoint": "mobiletargeting",
	"databasemigrationservice": "dms", "batch": "batch", "codebuild": "codebuild", "codecommit": "codecommit", "codepipeline": "codepipeline",
	"organizations": "organizations", "costexplorer": "ce", "costandusage": "ce", "pricing": "pricing", "servicequotas": "servicequotas",
	"resourcegroupstaggingapi": "tag", "prometheusservice": "aps", "amp": "aps", "managedblockchain": "managedblockchain",
	"marketplacemetering": "aws-marketplace", "locationservice": "geo", "location": "geo", "wafv2": "wafv2", "guardduty": "guardduty",
	"securityhub": "securityhub", "ssoadmin": "sso", "directconnect": "directconnect", "swf": "swf", "simpleworkflow": "swf", "mediaconvert": "mediaconvert",
}

// hostPrefixes holds IAM prefixes by the first label of an endpoint's host,
// where it is not the service's name.
var hostPrefixes = map[string]string{
	"monitoring": "cloudwatch",
	"email":      "ses",
	"api":        "", // api.ecr, api.sagemaker: the next label tells
	"runtime":    "",
	"data":       "",
}

// operationOwner holds IAM prefixes by operation, for texts that name no
// service ("when calling the ListObjectsV2 operation: Access Denied"). Only
// operations that one service of common use has are here.
var operationOwner = own(map[string][]string{
	"s3": {"GetObject", "HeadObject", "PutObject", "DeleteObject", "DeleteObjects", "CopyObject", "ListObjects", "ListObjectsV2",
		"HeadBucket", "ListBuckets", "CreateBucket", "DeleteBucket", "ListObjectVersions", "CreateMultipartUpload", "UploadPart",
		"UploadPartCopy", "CompleteMultipartUpload", "AbortMultipartUpload", "ListMultipartUploads", "ListParts", "GetBucketLocation",
		"GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy", "GetBucketPolicyStatus", "GetBucketAcl", "PutBucketAcl", "PutObjectAcl", "GetObjectAcl",
		"PutObjectTagging", "GetObjectTagging", "DeleteObjectTagging", "GetBucketTagging", "PutBucketTagging", "GetBucketVersioning", "PutBucketVersioning",
		"GetBucketEncryption", "PutBucketEncryption", "GetBucketLifecycleConfiguration", "PutBucketLifecycleConfiguration",
		"GetBucketNotificationConfiguration", "PutBucketNotificationConfiguration", "GetBucketCors", "PutBucketCors", "GetBucketReplication",
		"GetBucketWebsite", "PutBucketWebsite", "GetBucketLogging", "PutBucketLogging", "GetBucketRequestPayment", "GetBucketOwnershipControls",
		"GetPublicAccessBlock", "PutPublicAccessBlock", "GetObjectAttributes", "SelectObjectContent", "RestoreObject", "GetBucketAccelerateConfiguration",
		"GetObjectLockConfiguration"},
	"dynamodb": {"GetItem", "PutItem", "UpdateItem", "DeleteItem", "BatchGetItem", "BatchWriteItem", "Query", "Scan", "DescribeTable",
		"ListTables", "CreateTable", "UpdateTable", "TransactGetItems", "TransactWriteItems", "DescribeTimeToLive", "UpdateTimeToLive", "DescribeContinuousBackups", "ConditionCheckItem"},
	"sqs": {"SendMessage", "SendMessageBatch", "ReceiveMessage", "DeleteMessage", "DeleteMessageBatch", "ChangeMessageVisibility",
		"ChangeMessageVisibilityBatch", "GetQueueUrl", "GetQueueAttributes", "SetQueueAttributes", "PurgeQueue", "CreateQueue", "ListQueues"},
	"sns": {"PublishBatch", "CreateTopic", "Subscribe", "Unsubscribe", "ListTopics", "GetTopicAttributes", "SetTopicAttributes", "ListSubscriptionsByTopic", "CreatePlatformEndpoint"},
	"sts": {"AssumeRole", "AssumeRoleWithWebIdentity", "AssumeRoleWithSAML", "GetCallerIdentity", "GetSessionToken", "GetFederationToken", "DecodeAuthorizationMessage"},
	"secretsmanager": {"GetSecretValue", "BatchGetSecretValue", "DescribeSecret", "ListSecrets", "PutSecretValue", "CreateSecret", "UpdateSecret",
		"RotateSecret", "GetRandomPassword"},
	"ssm": {"GetParameter", "GetParameters", "GetParametersByPath", "PutParameter", "DescribeParameters", "DeleteParameter", "GetParameterHistory", "SendCommand", "GetCommandInvocation"},
	"kms": {"Decrypt", "Encrypt", "ReEncrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "GenerateDataKeyPair", "DescribeKey", "CreateGrant", "GenerateMac", "GenerateRandom"},
	"logs": {"CreateLogGroup", "CreateLogStream", "PutLogEvents", "DescribeLogGroups", "DescribeLogStreams", "FilterLogEvents",
		"GetLogEvents", "PutRetentionPolicy", "StartQuery", "GetQueryResults"},
	"cloudwatch":     {"PutMetricData", "GetMetricData", "GetMetricStatistics", "ListMetrics", "PutMetricAlarm", "DescribeAlarms"},
	"events":         {"PutEvents", "PutRule", "PutTargets"},
	"states":         {"StartExecution", "StartSyncExecution", "SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat", "DescribeExecution"},
	"lambda":         {"InvokeWithResponseStream", "GetFunction", "GetFunctionConfiguration", "UpdateFunctionCode", "CreateFunction", "ListFunctions", "CreateEventSourceMapping"},
	"ecr":            {"GetAuthorizationToken", "BatchGetImage", "GetDownloadUrlForLayer", "BatchCheckLayerAvailability", "PutImage", "InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload", "DescribeRepositories", "DescribeImages"},
	"ecs":            {"RunTask", "RegisterTaskDefinition", "DescribeTaskDefinition", "ExecuteCommand", "DescribeTasks", "UpdateService", "DescribeServices", "ListTasks", "DiscoverPollEndpoint"},
	"ec2":            {"RunInstances", "DescribeInstances", "DescribeRegions", "DescribeVpcs", "DescribeSubnets", "DescribeSecurityGroups", "DescribeNetworkInterfaces", "DescribeVolumes", "CreateTags", "TerminateInstances", "DescribeImages"},
	"kinesis":        {"PutRecords", "GetShardIterator", "DescribeStream", "DescribeStreamSummary", "ListShards", "SubscribeToShard", "RegisterStreamConsumer"},
	"firehose":       {"PutRecordBatch", "DescribeDeliveryStream", "CreateDeliveryStream"},
	"bedrock":        {"InvokeModel", "InvokeModelWithResponseStream", "Converse", "ConverseStream", "InvokeAgent", "RetrieveAndGenerate", "ApplyGuardrail", "ListFoundationModels"},
	"ses":            {"SendEmail", "SendRawEmail", "SendTemplatedEmail", "SendBulkTemplatedEmail", "SendBulkEmail"},
	"cognito-idp":    {"AdminInitiateAuth", "AdminGetUser", "AdminCreateUser", "AdminRespondToAuthChallenge", "AdminUpdateUserAttributes", "ListUsersInGroup"},
	"xray":           {"PutTraceSegments", "PutTelemetryRecords", "GetSamplingRules", "GetSamplingTargets"},
	"athena":         {"StartQueryExecution", "GetQueryExecution"},
	"execute-api":    {"PostToConnection"},
	"eks-auth":       {"AssumeRoleForPodIdentity"},
	"sagemaker":      {"InvokeEndpoint", "InvokeEndpointAsync"},
	"textract":       {"AnalyzeDocument", "DetectDocumentText", "StartDocumentTextDetection", "StartDocumentAnalysis"},
	"rekognition":    {"DetectLabels", "DetectModerationLabels", "CompareFaces", "DetectFaces"},
	"translate":      {"TranslateText"},
	"polly":          {"SynthesizeSpeech"},
	"appconfig":      {"StartConfigurationSession", "GetLatestConfiguration"},
	"cloudformation": {"DescribeStacks", "CreateStack", "UpdateStack"},
	"iam":            {"PassRole", "ListRoles", "GetRole", "CreateRole", "ListPolicies", "GetUser", "ListUsers", "CreateServiceLinkedRole", "AttachRolePolicy", "PutRolePolicy"},
	"rds-data":       {"BatchExecuteStatement"},
	"timestream":     {"WriteRecords"},
	"batch":          {"SubmitJob"},
})

func own(byService map[string][]string) map[string]string {
	m := make(map[string]string)
	for prefix, operations := range byService {
		for _, op := range operations {
			m[op] = prefix
		}
	}
	return m
}
