package extract

import "bytes"

// otherDenials read the sentences of services that have their own way to say
// who was refused what. The first that knows its sentence wins. Each begins with
// a search for a phrase, and ends there where that is missing.
var otherDenials = [...]func(text []byte) (denial, bool){
	policyDenial,
	reasonDenial,
	accessDenial,
	permissionDenial,
	lackDenial,
	grantDenial,
	elasticDenial,
	cloudDenial,
	kafkaDenial,
	rabbitDenial,
	natsDenial,
	atlasDenial,
	minioError,
	kubernetesDenial,
	polkitDenial,
	assumeDenial,
	stackDenial,
	ramDenial,
	resourceDenial,
	secretDenial,
	keyDenial,
	translatedDenial,
}

// policyDenial reads the end of AWS' sentence when its head is missing:
//
//	… [on resource: RESOURCE] because no identity-based policy allows the ACTION action
func policyDenial(text []byte) (d denial, ok bool) {
	rest := text
	for {
		if rest = after(rest, "policy allows the "); rest == nil {
			return d, false
		}
		if d.action = actionAt(rest); d.action != nil {
			d.resource = resourceAt(after(text, "on resource: "))
			return d, true
		}
	}
}

// reasonDenial reads the end of AWS' sentence from the resource on:
//
//	… on resource: RESOURCE with an explicit deny in …
func reasonDenial(text []byte) (d denial, ok bool) {
	rest := after(text, "on resource: ")
	if contains(rest, " with an explicit deny") || contains(rest, " because no ") {
		d.resource = resourceAt(rest)
	}
	return d, d.resource != nil
}

// lackDenial reads what programs say in their own words:
//
//	user lacks ACTION   Controller isn't authorized to call ACTION
func lackDenial(text []byte) (d denial, ok bool) {
	for _, mark := range [...]string{" lacks ", "t authorized to call ", "t allowed to call ", "t allowed to perform "} {
		if d.action = actionAt(trimQuotes(until(after(text, mark), " \n,;"))); d.action != nil {
			return d, true
		}
	}
	return d, false
}

// grantDenial reads ClickHouse:
//
//	To execute this query, it's necessary to have the grant ACTION[(COLUMNS)] ON RESOURCE
func grantDenial(text []byte) (d denial, ok bool) {
	rest := after(text, "necessary to have the grant ")
	if rest == nil {
		rest = after(text, "necessary to have grant ")
	}
	rest = until(rest, "\n")
	on := index(rest, " ON ")
	if on < 1 {
		return d, false
	}
	d.action = rest[:on]
	if columns := bytes.IndexByte(d.action, '('); columns > 0 {
		d.action = d.action[:columns]
	}
	d.resource = bytes.TrimRight(until(rest[on+len(" ON "):], " ,;\"'"), ".")
	return d, len(d.resource) > 0
}

// assumeDenial reads the role that somebody could not take on, from any
// sentence about assuming that quotes its ARN:
//
//	ECS was unable to assume the role 'ROLE' that was provided for this task
//	User PRINCIPAL is not authorized to assume IAM Role ROLE
//	IAM Role (ROLE) cannot be assumed.
//	PRINCIPAL is not authorized to perform AssumeRole on role ROLE
//	Not authorized to get credentials of role ROLE
func assumeDenial(text []byte) (d denial, ok bool) {
	for _, mark := range [...]string{"AssumeRole on role ", "credentials of role "} {
		if d.resource = roleIn(until(after(text, mark), "\n")); d.resource != nil {
			return d, true
		}
	}
	for end, tried := 0, 0; tried < maxDenials; {
		at := index(text[end:], "ume")
		if at < 0 {
			break
		}
		end += at + len("ume")
		if endsInWord(text, end, "assume") < 0 {
			continue // "document"
		}
		tried++
		start := bytes.LastIndexByte(text[:end], '\n') + 1
		if d.resource = roleIn(until(text[start:], "\n")); d.resource != nil {
			return d, true
		}
	}
	if contains(text, "AssumeRole") {
		// The role of a program's own fields: pod.iam.role="arn:…
		if value := trimQuotes(until(after(text, "role="), " \n")); isARN(value) {
			d.resource = roleIn(value)
		}
	}
	if d.resource == nil {
		d.resource = podRole(text)
	}
	return d, d.resource != nil
}

// podRole reads the role that kube2iam and kiam log beside an error, by its name where
// that is all they were given:
//
//	pod.iam.role=ROLE   "pod.iam.role":"ROLE"
func podRole(text []byte) []byte {
	rest := after(text, "pod.iam.role")
	return bytes.TrimRight(until(bytes.TrimLeft(rest, "=:\\\" "), " \\\"\n,}"), ".")
}

// translatedDenial reads AWS' sentence in another language, by what is the same in all:
//
//	… PRINCIPAL … ACTION … [RESOURCE]
func translatedDenial(text []byte) (d denial, ok bool) {
	rest := text
	for range maxDenials {
		at := index(rest, "arn:aws")
		if at < 0 {
			return d, false
		}
		name := plainARN(rest[at:])
		rest = rest[at+len(name):]
		if a, ok := parseARN(name); ok && (string(a.service) == "iam" || string(a.service) == "sts") {
			d.principal = name
			break
		}
	}
	rest = until(rest, "\n")
	if d.principal == nil || isASCII(rest) && !contains(rest, " nicht ") {
		return denial{}, false
	}
	end, action := actionIn(rest)
	if action == nil {
		return denial{}, false
	}
	d.action = action
	if at := index(rest[end:], "arn:aws"); at >= 0 {
		d.resource = plainARN(rest[end+at:])
	}
	return d, true
}

// plainARN returns the ARN that b begins with. A letter of another script ends it.
func plainARN(b []byte) []byte {
	name := leadingARN(b)
	if at := bytes.IndexFunc(name, func(r rune) bool { return r >= 0x80 }); at >= 0 {
		name = name[:at]
	}
	return trimResource(name)
}

// actionIn returns the first IAM action in line that is no part of an ARN, and where it ends.
func actionIn(line []byte) (end int, action []byte) {
	for i, c := range line {
		if c != ':' || i+1 >= len(line) || line[i+1] < 'A' || line[i+1] > 'Z' {
			continue
		}
		start := i
		for start > 0 && (isAlnum(line[start-1]) || line[start-1] == '-') {
			start--
		}
		if start == i || start > 0 && line[start-1] == ':' {
			continue
		}
		if action = actionAt(line[start:]); action != nil {
			return start + len(action), action
		}
	}
	return -1, nil
}

// roleIn returns the first ARN of a role in line, nil if there is none.
func roleIn(line []byte) []byte {
	for range maxDenials {
		at := index(line, "arn:")
		if at < 0 {
			break
		}
		value := trimResource(leadingARN(line[at:]))
		if a, ok := parseARN(value); ok && hasPrefix(a.resource, "role/") {
			return value
		}
		line = line[at+len("arn:"):]
	}
	return nil
}

// leadingARN returns the ARN that b begins with, as far as it goes. Brackets in it
// stand for what was redacted: arn:aws:iam::<account>:role/orders.
func leadingARN(b []byte) []byte {
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] == '<' && (b[i-1] == ':' || b[i-1] == '/'):
			if end := bytes.IndexByte(b[i:], '>'); end > 0 {
				i += end
			}
		case isOneOf(b[i], " '\"`()<>,"):
			return b[:i]
		}
	}
	return b
}

// accessDenial reads
//
//	Access to the resource RESOURCE is denied.   Access to bucket 'RESOURCE' was denied
//	Access denied when … on key:ARN
func accessDenial(text []byte) (d denial, ok bool) {
	rest := until(after(text, "ccess denied when "), "\n")
	if at := index(rest, "arn:"); at > 0 && (rest[at-1] == ':' || rest[at-1] == ' ') {
		d.resource = trimResource(leadingARN(rest[at:]))
		return d, true
	}
	if rest = after(text, "ccess to the resource "); rest == nil {
		rest = after(text, "ccess to bucket ")
	}
	rest = until(rest, "\n")
	for _, verb := range [...]string{" is denied", " was denied"} {
		if end := index(rest, verb); end > 0 {
			d.resource = trimQuotes(rest[:end])
			return d, true
		}
	}
	return d, false
}

// elasticDenial reads
//
//	action [ACTION] is unauthorized for user [NAME] …
func elasticDenial(text []byte) (d denial, ok bool) {
	end := index(text, "] is unauthorized")
	if end < 0 {
		return d, false
	}
	const mark = "action ["
	head := text[max(0, end-maxAction-len(mark)):end] // the name may have brackets too: bulk[s]
	start := lastOf(head, mark)
	if start < 0 {
		return d, false
	}
	d.action = head[start+len(mark):]
	return d, true
}

// cloudDenial reads what Google Cloud and Azure say a caller does not have:
//
//	NAME does not have ACTION access to RESOURCE   … access to the …
//	… does not have authorization to perform action 'ACTION' over scope 'RESOURCE'
func cloudDenial(text []byte) (d denial, ok bool) {
	const attempts = 4
	for i, n := 0, 0; n < attempts; n++ {
		at := index(text[i:], "have ") // rarer than a blank
		if at < 0 {
			break
		}
		at += i
		i = at + len("have ")
		if !hasSuffix(text[:at], " does not ") {
			continue
		}
		if d, ok = lackedByCloud(text[i:]); ok {
			break
		}
	}
	return d, ok
}

// lackedByCloud reads rest, behind "does not have ", of such a sentence.
func lackedByCloud(rest []byte) (d denial, ok bool) {
	const azure = "authorization to perform action "
	if hasPrefix(rest, azure) {
		d.action = quoted(rest[len(azure):])
		d.resource = quoted(after(rest, " over scope "))
		return d, d.action != nil
	}
	if d.action = dottedAction(until(rest, " \n")); d.action == nil {
		return d, false
	}
	rest = after(rest[len(d.action):], " access to ")
	if !hasPrefix(rest, "the ") {
		d.resource = bytes.TrimRight(until(rest, " ,\n\""), ".")
	}
	return d, rest != nil
}

// dottedAction returns b if it is a permission of Google Cloud, service.things.verb,
// or an action of polkit.
func dottedAction(b []byte) []byte {
	if bytes.Count(b, []byte(".")) < 2 || len(word(b)) != len(b) {
		return nil
	}
	return b
}

// minioError reads MinIO's clients:
//
//	code: AccessDenied, message: Access Denied., resource: /BUCKET/KEY, …
func minioError(text []byte) (d denial, ok bool) {
	d.resource = until(after(after(text, ", message: "), "., resource: "), " ,\n\"")
	return d, len(d.resource) > 0
}

// kafkaDenial reads Kafka's authorizer:
//
//	Principal = User:NAME is Denied Operation = ACTION from host = … on resource = RESOURCE
func kafkaDenial(text []byte) (d denial, ok bool) {
	rest := after(text, "Denied ")
	if !hasPrefix(rest, "Operation = ") && !hasPrefix(rest, "operation = ") {
		return d, false
	}
	d.action = kafkaOperation(until(rest[len("Operation = "):], " \n"))
	d.resource = until(after(rest, "resource = "), " ,\n")
	return d, d.action != nil
}

// kafkaOperation returns b if it can be the name of an operation of Kafka's:
// DescribeConfigs of older versions, DESCRIBE_CONFIGS of newer ones.
func kafkaOperation(b []byte) []byte {
	for _, c := range b {
		if !isAlnum(c) && c != '_' {
			return nil
		}
	}
	if len(b) == 0 {
		return nil
	}
	return b
}

// atlasDenial reads MongoDB Atlas:
//
//	user is not allowed to do action [ACTION] on [RESOURCE]
func atlasDenial(text []byte) (d denial, ok bool) {
	rest := after(text, "allowed to do action [")
	d.action = identifier(until(rest, "]\n"))
	d.resource = until(after(rest[len(d.action):], "] on ["), "]\n")
	return d, d.action != nil
}

// kubernetesDenial reads the API server's authorizer, of any version:
//
//	KIND [NAME] is forbidden: User "NAME" cannot VERB resource "RESOURCE" in …
//	KIND is forbidden: User "NAME" cannot VERB RESOURCE in the namespace …
//	forbidden: User "NAME" cannot VERB path "RESOURCE"
func kubernetesDenial(text []byte) (d denial, ok bool) {
	at := index(text, "User \"")
	if at < 0 || !hasSuffix(text[:at], "forbidden: ") {
		return d, false
	}
	rest := after(until(text[at:], "\n"), "\" cannot ")
	if rest == nil {
		return d, false
	}
	rest = rest[len(word(rest)):] // the verb
	for _, kind := range [...]string{"resource", "path"} {
		if i, _ := words(rest, 0, kind); i >= 0 {
			rest = rest[i:]
		}
	}
	rest = rest[skipSpace(rest, 0):]
	if d.resource = quoted(rest); d.resource == nil {
		d.resource = until(rest, " ,:;\"")
	}
	return d, len(d.resource) > 0
}

// polkitDenial reads
//
//	FAILED to authenticate to gain authorization for action ACTION for …
func polkitDenial(text []byte) (d denial, ok bool) {
	d.action = dottedAction(word(after(text, "zation for action ")))
	return d, d.action != nil
}

// ramDenial reads Alibaba's log service:
//
//	denied by sts or ram, action: ACTION, resource: RESOURCE
func ramDenial(text []byte) (d denial, ok bool) {
	rest := after(text, "ram, action: ")
	if d.action = actionAt(rest); d.action == nil {
		return d, false
	}
	d.resource = until(after(rest, ", resource: "), " \n\"")
	return d, true
}

// stackDenial reads CloudFormation:
//
//	API: ACTION Access Denied   API: ACTION You are not authorized to perform …
func stackDenial(text []byte) (d denial, ok bool) {
	rest := after(text, "API: ")
	d.action = actionAt(rest)
	behind := rest[len(d.action):]
	return d, d.action != nil && (hasPrefix(behind, " Access Denied") || hasPrefix(behind, " You are not authorized"))
}

// resourceMarks stand right before the resource in sentences that name nothing
// else.
var resourceMarks = [...]string{
	"while mounting ",    // mount.nfs: access denied by server while mounting RESOURCE
	"<Resource>",         // S3's protocol in XML
	"LogGroup '",         // KMS key … is not allowed to be used with LogGroup 'ARN'
	"permission(s) on ",  // Lake Formation: Insufficient Lake Formation permission(s) on RESOURCE (Service: …
	"= NoAuth for ",      // ZooKeeper: KeeperErrorCode = NoAuth for RESOURCE
	"the resource: ",     // MinIO: Access denied on the resource: BUCKET/KEY: …
	"with Arn '",         // … with Arn 'ARN'
	"on topic [",         // Pulsar: Unauthorized to validateTopicOperation for operation [LOOKUP] on topic [RESOURCE]
	"S3 bucket '",        // DMS: Failed to access S3 bucket 'NAME'
	`S3 bucket "`,        // Terraform: Unable to access object "KEY" in S3 bucket "NAME": operation error S3: …
	"in bucket '",        // ClickHouse: Could not list objects in bucket 'NAME' with prefix 'x/'
	"to bucket '",        // DMS: Failed to upload file 'x' to bucket 'NAME' as 'x'
	"Bucket: ",           // ClickHouse: Key: KEY, Bucket: NAME, …   JavaScript: getObject({ Bucket: 'NAME', Key: 'KEY' })
	`"Bucket":"`,         // CDK: getBucketLocation({"Bucket":"NAME"})
	`if bucket "`,        // Kopia: unable to determine if bucket "NAME" exists: …
	`bucket=>"`,          // Logstash: <LogStash::Inputs::S3 bucket=>"NAME", …
	`(bucket:"`,          // Ruby: head_object(bucket:"NAME",key:"KEY")
	"artifact bucket '",  // CodePipeline: … located in the Amazon S3 artifact bucket 'NAME'
	"failed for bucket ", // Mountpoint: initial OPERATION failed for bucket NAME in region …
	"TopicArn: '",        // JavaScript: publish({ TopicArn: 'ARN', …
	"are granted for: ",  // the secrets driver: Verify secret exists and required permissions are granted for: NAME
	"EC2 cannot assume the role ",
	"S3 Bucket (",   // Terraform: reading S3 Bucket (NAME): operation error S3: …
	", resource: {", // Redpanda: acl op: create, principal: type {user} name {NAME}, resource: {RESOURCE}
}

// resourceDenial reads what stands behind one of resourceMarks.
func resourceDenial(text []byte) (d denial, ok bool) {
	return afterMark(text, resourceMarks[:])
}

// secretDenial reads the ECS agent:
//
//	failed to fetch secret ARN from secrets manager: …
func secretDenial(text []byte) (d denial, ok bool) {
	if rest := after(text, "fetch secret "); isARN(rest) {
		d.resource = trimResource(until(rest, " \n"))
	}
	return d, d.resource != nil
}

// keyDenial reads the key that KMS could not use, from any text about a key's work
// that quotes the ARN of one key:
//
//	skipping kms KEY: An error occurred (AccessDeniedException) when calling the Decrypt operation: …
func keyDenial(text []byte) (d denial, ok bool) {
	key, rest := keyIn(text)
	if key == nil || !contains(text, "crypt") && !contains(text, "DataKey") && !contains(text, "master key") {
		return d, false
	}
	for {
		var other []byte
		if other, rest = keyIn(rest); other == nil {
			break
		}
		if !bytes.Equal(other, key) {
			return d, false // which of the two?
		}
	}
	d.resource = key
	return d, true
}

// keyIn returns the first ARN of a KMS key in text and what is behind it, nil if
// there is none.
func keyIn(text []byte) (key, rest []byte) {
	const service = ":kms:"
	for from := 0; ; {
		at := index(text[from:], service)
		if at < 0 {
			return nil, nil
		}
		at += from
		start := bytes.LastIndexByte(text[from:at], ':') + from
		if start >= from && hasSuffix(text[from:start], "arn") {
			start -= len("arn")
			key = trimResource(until(text[start:], " \t\r\n'\"`()<>,;"))
			return key, text[start+len(key):]
		}
		from = at + len(service)
	}
}

// afterMark reads what stands behind one of marks. The bracket or quotation mark
// that a mark ends with closes the resource, else a blank or a comma does.
func afterMark(text []byte, marks []string) (d denial, ok bool) {
	for _, mark := range marks {
		rest := after(text, mark)
		if rest == nil {
			continue
		}
		switch mark[len(mark)-1] {
		case '[':
			d.resource = until(rest, "]\n")
		case '{':
			d.resource = until(rest, "}\n")
		case '(':
			d.resource = until(rest, ")\n")
		case '>':
			d.resource = until(rest, "<\n")
		default:
			if d.resource = quoted(rest); d.resource == nil {
				d.resource = bytes.TrimRight(until(rest, " ,;\n\"'"), ".:")
			}
		}
		return d, len(d.resource) > 0
	}
	return d, false
}
