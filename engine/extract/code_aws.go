package extract

// sdkCodes are the places where AWS' SDKs and protocols put the code.
var sdkCodes = forms(
	// PynamoDB: An error occurred (CODE) on request (ID) on table (NAME) when calling the … operation
	"on request", `occurred \(([\w.]+)\) on request\b`,
	// botocore, CLI: An error occurred (CODE) when calling the … operation
	"when", `\(([\w.]+)\)\s+when\s+calling\s+the\s`,
	// Lambda's own code for the KMS call it made, whose suffix quotes KMS' code
	"kms", `\b(KMS(?:AccessDenied|Disabled|InvalidState|NotFound|KeyNotAccessible)(?:Exception|Fault)?)\b`,
	// … in the CLI's other languages
	"(", `(?i:erreur s'est produite|verificato un errore|producido un error|ocorreu um erro|fehler aufgetreten|`+
		`エラーが発生しました|发生错误|出现错误|發生錯誤|오류가 발생했습니다)[^()\n]{0,40}\(([A-Z][A-Za-z.]+)\)`,
	// Java v1: (Service: Amazon S3; Status Code: 403; Error Code: CODE; …
	// .NET: Error making request with Error Code CODE and Http Status Code …
	"error code", `Error Code:? (?:null\b|([A-Za-z](?:[\w.]*\w)?|[45]\d\d [A-Z][a-z]+(?: [A-Z][a-z]+)*)\.?(?:[;,)\n]| and |$))`,
	// … error code: BXNIM0415E; message: …   Error Code:INVALID_KEY, …
	"error code", `(?i:error code): ?(?:StatusCode\.)?([A-Z][\w.]*[A-Z0-9]\w*)(?:[;,)\n]|$)`,
	// CloudTrail, Firehose: "errorCode":"Client.UnauthorizedOperation"   "errorCode":"S3.AccessDenied"
	"errorcode", `(?i:error_?code)["']?\s*[:=]\s*["']([A-Z]\w*(?:\.[A-Z]\w*)+)["']`,
	// Java v2, under an exception of whoever calls: software.amazon.awssdk.services.glue.model.CODEException: …
	"services.", `\b(?:awssdk|amazonaws)\.services\.\w+\.model\.((?:AccessDenied|ExpiredToken|UnrecognizedClient|KmsAccessDenied|NotAuthorized|AuthorizationError)Exception): `,
	// Alibaba's SDK for Go: StatusCode=403, ErrorCode=CODE, …
	"errorcode=", `\bErrorCode=([A-Z][a-z]+(?:[A-Z][a-z]+)+)\b`,
	// Go v2: api error CODE: …   RequestID: …, CODE: …   which Terraform wraps anywhere
	"error", `\bapi\s+error\s+([A-Za-z][\w.]*)`,
	"operation error ", `RequestID: [\w-]*,\s+HostID:[^,]*,\s+(?:([A-Z]\w+):)?|RequestID: [\w-]*,\s+([A-Z]\w+):`,
	// PHP: … 403 CODE (client): …
	"(client):|(server):", `\b([A-Z]\w+) \((?:client|server)\):`,
	// XML bodies of S3, EC2, STS, SQS
	"<code>", `<Code>\s*([A-Za-z][\w.]*)\s*</Code>`,
	// Headers and JSON bodies of the JSON protocols: com.amazonaws.x#CODE, CODE:http://…
	"x-amzn-errortype", `(?i:x-amzn-errortype)["']?\s*[:=]\s*["'\[]*(?:[\w.]+#)?([A-Za-z]\w+)`,
	"__type", `__type["']?\s*[:=]\s*["']?(?:[\w.]+#)?(?:Unknown\b|([A-Za-z]\w+))`,
	// fluentd 0.12: error_class="Aws::X::Errors::CODE". Later versions quote nothing.
	"error_class", `error_class=["']Aws::(?:\w+::)*([A-Z]\w+)`,
	// What a client prints of S3's answer as a dictionary: 'Code': 'InvalidAccessKeyId'
	"code\":|code':", `["']Code["']:\s?["'](\w*(?:Denied|Auth|Token|AccessKey|Signature|Expired|Forbidden|Skewed)\w*)["']`,
	// Ruby: Aws::S3::Errors::CODE   AWS::S3::Errors::CODE, version 1
	"aws::", `\b(A(?:ws|WS)::(?:\w+::)*Errors::\w+)`,
	// Hadoop's S3A, behind the SDK's message: … Request ID: …):CODE
	"request id: ", `Request ID: [^()\n]*\)(?: \(SDK Attempt Count: \d+\))?:\s?([A-Z][a-z]+(?:[A-Z][a-z]+)+)\b`,
	"credentials::", `\b(Aws::(?:ECS|InstanceProfile)Credentials::\w+)`,
	// PHP: Aws\Exception\CredentialsException   Aws\S3\Exception\CODEException, version 2
	`aws\`, `\b(Aws\\(?:\w+\\)*\w*(?:Credential|Unauthorized|NotAuthorized|Denied|Token|Signature|TooSkewed|AccessKey|Expired|AuthFailure|Forbidden|OptIn)\w*Exception)\b`,
	// Rust: code: Some("CODE")
	"some(", `code: Some\("(\w+)"\)`,
	// C++: Exception name: CODE
	"exception name", `Exception name: ([A-Za-z]\w+)`,
	// Fluent Bit: responded with error='CODE'
	"responded with error", `responded with error=['"]?(\w+)`,
	// amazonka: ErrorCode "CODE"   ErrorCode {fromErrorCode = "CODE"}
	"errorcode", `ErrorCode (?:\{\w+ = )?"(\w+)"`,
	// Arrow and ClickHouse, on the C++ SDK: AWS Error CODE during HeadObject operation
	"aws error ", `AWS Error ([A-Z][A-Z_]+)\b`,
	// Lambda, whose sentences lack a blank: KMS Exception: CODEKMS Message: …
	"kms exception", `KMS Exception:\s+([A-Z]\w*?Exception)`,
)

// serviceCodes are the codes by which AWS refuses a caller, wherever they stand.
// Clouds that took over its protocols add their own, with the reason behind a
// full stop.
var serviceCodes = forms(
	// Alibaba, Tencent, Volcengine: AuthFailure.SignatureFailure   InvalidAccessKeyId.NotFound   Forbidden.RAM
	"authfailure.|accesskeyid.|accesskey.|securitytoken.|forbidden.|nopermission.|notauthorized.|unauthorizedoperation.|"+
		"signature.|timestamp.|credential.|accessdenied.|denied.|roleauthorization.|ram",
	`\b((?:AuthFailure|(?:Invalid|Missing|Incomplete|Inactive)(?:AccessKeyId|AccessKey|SecurityToken|Signature|TimeStamp|Credential)|`+
		`Forbidden|NoPermission|NotAuthorized|UnauthorizedOperation|AccessDenied|ImplicitDeny|ExplicitDeny)\.[A-Z]\w+)\b`,
	// EC2, as CloudTrail and SOAP clients name its codes
	"client.", `\b(Client\.(?:AuthFailure|UnauthorizedOperation|InvalidClientTokenId|RequestExpired|OptInRequired|InvalidKMSKey\.InvalidState|PendingVerification|Blocked|MissingAuthenticationToken|SignatureDoesNotMatch))\b`,
	// Huawei: APIGW.0301   IAM.0011
	"apigw.|iam.", `\b((?:APIGW|IAM)\.\d{4})\b`,
	"denied|auth|expired|forbidden|token|accesskey|client|security|idp|signature|skewed|optin|notsignedup|subscription|"+
		"nopermission|accountproblem|allaccess|invalidparameter|decryption|disabled|kmsinvalid|idinrequest|credential|grant",
	// Java's class of that name carries a service's code, or stands for a file's permissions.
	// Signet::AuthorizationError and its like carry the code of another protocol,
	// CanCan::AccessDenied is a class itself.
	`java\.nio\.file\.AccessDeniedException|\w(?:::|\\)(?:AccessDenied|AuthorizationError|UnauthorizedException|ForbiddenException|NotAuthorizedException)\b|`+
		`\b(AccessDenied(?:Exception|Fault)?|AuthFailure|UnauthorizedOperation|UnauthorizedAccess|`+
		`UnauthorizedException|NotAuthorized(?:Exception|OrNotFound)?|NotAuthenticated|AuthorizationError(?:Exception)?|AuthorizationHeaderMalformed|`+
		`ExpiredToken(?:Exception)?|RequestExpired|TokenRefreshRequired|`+
		`InvalidClientTokenId|InvalidAccessKeyI[dD]|UnrecognizedClientException|InvalidToken|InvalidSecurity|`+
		`InvalidIdentityToken(?:Exception)?|IDPCommunicationError|IDPRejectedClaim|`+
		`SignatureDoesNotMatch|InvalidSignature(?:Exception)?|IncompleteSignature(?:Exception)?|`+
		`MissingAuthenticationToken(?:Exception)?|RequestTimeTooSkewed|OptInRequired|NotSignedUp|SubscriptionRequiredException|`+
		`UnauthorizedClientException|InvalidGrantException|RegionDisabledException|MissingSecurityHeader|`+
		`InvalidIdInRequest|NoIdInRequest|CredentialsUninitialized|NoCredentialsAssociated|`+
		`AccountProblem|AllAccessDisabled|ForbiddenException|KMSAccessDeniedException|`+
		`InvalidParameterException|DecryptionFailure|DisabledException|KMSInvalidStateException)\b`,
)

// clientCodes are the SDKs' own, for failures before or around a call. They
// often wrap a service's code and so come second.
var clientCodes = forms(
	"identity.identityprovider", `\bidentity\.(IdentityProviderException)\b`, // Kotlin; PHP's OAuth client has one too
	"cred|ec2metadataerror|failedtoloadtoken|providertimedout|noauthwithaws|webidentityerr|ec2rolerequesterror|ecsrolerequesterror|accesskeynotfound|sharedconfig|processprovider|assumeroletoken|"+
		"envsecret|providererror|ssoprovider|noauthhandler|profile|signingerror|tokenprovider",
	`(?:^|[\s"'])(ProviderError): |\b(NoCredentialProviders|NoAuthHandlerFound|NoAuthWithAWSException|NoCredentials|InvalidProfile|NoSuchProfileError|`+
		`SharedConfigProfileNotExistsError|SharedConfigLoadError|SharedCreds(?:AccessKey|Secret)|EnvSecretNotFound|StaticCredsEmpty|EmptyStaticCreds|`+
		`ProcessProviderExecutionError|SSOProviderInvalidToken|AssumeRoleTokenProviderNotSetError|TokenProviderError|CredentialChainExhausted|`+
		`SigningError|EcsRoleRequestError|EC2MetadataError|CredentialsProviderException|CredentialsProviderError|CredentialsError|CredentialRetrievalError|`+
		// Rust: ProviderError(ConstructionFailure(FailedToLoadToken(…   SigningStageError { kind: MissingCredentials }
		`FailedToLoadToken|MissingCredentials|ProviderTimedOut|`+
		`NoCredentialsError|CredentialsEndpointError|CredentialsNotLoaded|WebIdentityErr|EC2RoleRequestError|EnvAccessKeyNotFound|SharedCredsLoad)\b`,
)

// wrappedCodes are the codes that Go v1 puts before its message:
//
//	CODE: … ⏎ status code: 403, request id: …
var wrappedCodes = forms(
	// … and that a credentials endpoint puts behind its request's id: [UUID]: (CODE): Rate exceeded
	"]: (", `\]: \(([A-Z]\w+(?:Exception|Error|Denied))\): `,
	// CloudFormation, for the service whose sentence it passes on: CODE: User: arn:…
	": user: arn:", `\b([A-Z][a-z]+(?:[A-Z][a-z]+)*Error): User: arn:`,
	"status code: ", `(?:^|[:\s"])(Forbidden|BadRequest|NotFound|[A-Z][a-z]+(?:[A-Z][a-z]+)+): [^\n]{0,400}\s+status code: \d{3}`,
)

// nestedCodes are the names under which Elasticsearch and OpenSearch print an
// SDK's exception that they carry.
var nestedCodes = forms(
	"_exception", `\b((?:sdk_client|sdk_service|amazon_client|amazon_s3|s_?3|sts|aws_service|amazon_service)_exception)\b`,
)
