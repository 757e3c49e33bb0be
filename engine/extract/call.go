package extract

import (
	"bytes"
	"slices"
	"strings"
)

// call is the API call that failed, as an SDK names it.
type call struct{ service, operation []byte }

// operationGrammars need the word "operation".
var operationGrammars = [...]func(text []byte) call{botocoreCall, goCall, rustCall, germanCall}

// callGrammars each begin with a search for a phrase, because Identify tries them
// all on a text that names no call.
var callGrammars = [...]func(text []byte) call{
	loggedCall, phpCall, fluentBitCall, failedCall, cloudTrailCall, localisedCall, mountCall, queryCall, tokenCall, namedCall, grpcCall, frameCall,
}

// findCall returns the first call that a grammar reads.
func findCall(text []byte) call {
	if contains(text, "peration") {
		for _, read := range operationGrammars {
			if c := read(text); c.operation != nil {
				return c
			}
		}
	}
	for _, read := range callGrammars {
		if c := read(text); c.operation != nil || c.service != nil {
			return c
		}
	}
	return call{}
}

// botocoreCall reads botocore and the CLI:
//
//	An error occurred (CODE) when calling the OPERATION operation: …
//	AWS Error CODE during OPERATION operation: …   (Arrow)
func botocoreCall(text []byte) (c call) {
	for _, mark := range [...]string{"when calling the", "during "} {
		at := index(text, mark)
		if at < 0 {
			continue
		}
		i := skipSpace(text, at+len(mark))
		op := word(text[i:])
		if end, _ := words(text, i+len(op), "operation"); end >= 0 {
			c.operation = identifier(op)
			return c
		}
	}
	return c
}

// goCall reads aws-sdk-go-v2:
//
//	operation error SERVICE: OPERATION, https response error …
//
// A call that failed for another, which was to get credentials for it, names
// both. It is the other that was refused if it got a response, and is one to AWS,
// which the instance's metadata are not.
func goCall(text []byte) (c call) {
	for from, tried := 0, 0; tried < maxTries; tried++ {
		at := index(text[from:], "operation")
		if at < 0 {
			break
		}
		from += at + len("operation")
		end, cut := words(text, from, "error")
		if end < 0 || cut || end == len(text) || !isSpace(text[end]) {
			continue
		}
		rest := text[skipSpace(text, end):]
		colon := bytes.IndexByte(until(rest, ",\n"), ':')
		if colon <= 0 {
			continue
		}
		op := identifier(word(rest[skipSpace(rest, colon+1):]))
		if op == nil {
			continue
		}
		const metadata = "ec2imds"
		responded := hasPrefix(after(rest[colon:], view(op)), ", http") && view(rest[:colon]) != metadata
		if c.operation == nil || responded || view(c.service) == metadata {
			c.service, c.operation = rest[:colon], op
		}
		if responded {
			break
		}
	}
	return c
}

// rustCall reads the spans of the SDK for Rust, whose fields stand in either order:
//
//	invoke{service=SERVICE operation=OPERATION}:try_op:try_attempt: …
//	send_operation{operation="OPERATION" service="SERVICE"}:load_response: …
func rustCall(text []byte) (c call) {
	for _, name := range [...]string{"invoke{", "send_operation{"} {
		span := until(after(text, name), "}\n")
		service, op := spanField(span, "service="), identifier(spanField(span, "operation="))
		if op != nil && len(service) > 0 {
			return call{service, op}
		}
	}
	return c
}

// spanField returns the value of a field of a span of Rust's tracing library:
// NAME=VALUE or NAME="VALUE".
func spanField(span []byte, mark string) []byte {
	rest := after(span, mark)
	if value := quoted(rest); value != nil {
		return value
	}
	return word(rest)
}

// serviceForms are where programs name the service, and no operation.
var serviceForms = forms(
	// Both Java SDKs: (Service: SERVICE; Status Code: …   (Service: SERVICE, Status Code: …
	"(service: ", `\(Service: (?:null\b|([^;,)\n]+))`,
	// … and their oldest: Status Code: 403, AWS Service: SERVICE, AWS Request ID: …
	"aws service: ", `\bAWS Service: (?:null\b|([^;,)\n]+))`,
	// Haskell: _serviceErrorAbbrev = Abbrev "SERVICE"   abbrev = Abbrev {fromAbbrev = "SERVICE"}
	"abbrev", `\bAbbrev (?:\{\w+ = )?"([^"\n]+)"`,
	// Oracle's Terraform provider, on a line of its own, and its SDK
	"service: ", `(?:^|\n)\W*Service: ([A-Z]\w*(?: \w+)*)\s*(?:\n|$)`,
	"error calling ", `\b[Ee]rror calling (`+serviceNames+`) to\b`,
	"error returned by ", `\bError returned by (\w+(?: \w+)*?) Service\b`,
)

// loggedCall reads the loggers of the SDKs for JavaScript (version 2) and Ruby:
//
//	[AWS SERVICE STATUS 0.238s 0 retries] OPERATION({…
//	[Aws::SERVICE::Client STATUS 0.238 0 retries] OPERATION(…)
func loggedCall(text []byte) (c call) {
	const mark = " retries] "
	for from, tried := 0, 0; tried < maxTries; tried++ {
		at := index(text[from:], "[A")
		if at < 0 {
			break
		}
		from += at + len("[A")
		ruby := hasPrefix(text[from:], "ws::")
		if !ruby && !hasPrefix(text[from:], "WS ") {
			continue
		}
		line := until(text[from:], "\n")
		end := index(line, mark)
		if end < 0 {
			continue
		}
		op := word(line[end+len(mark):])
		if ruby {
			return call{until(line[len("ws::"):], ": "), op}
		}
		return call{until(line[len("WS "):], " "), identifier(op)}
	}
	return c
}

// failedCall reads the AWS CDK's CLI and Go programs that say what they called:
//
//	Call failed: OPERATION({"Bucket": …
//	error calling OPERATION: CODE: …   error calling sts:OPERATION: CODE: …
//	Error calling OPERATION for role ARN   (.NET)
func failedCall(text []byte) (c call) {
	if rest := after(text, "Call failed: "); rest != nil {
		if op := word(rest); len(op) < len(rest) && rest[len(op)] == '(' {
			c.operation = identifier(op)
		}
		return c
	}
	rest := after(text, "rror calling ")
	op := word(rest)
	if len(op) < len(rest) && rest[len(op)] == ':' && len(actionAt(rest)) > 0 {
		rest = rest[len(op)+1:]
		op = word(rest)
	}
	if hasPrefix(rest[len(op):], ": ") || hasPrefix(rest[len(op):], " for role ") {
		c.operation = identifier(op)
	}
	return c
}

// phpCall reads
//
//	Error executing "OPERATION" on "URL"; AWS HTTP error: …
func phpCall(text []byte) (c call) {
	if rest := after(text, "Error executing \""); rest != nil {
		c.operation = identifier(word(rest))
	}
	return c
}

// fluentBitCall reads Fluent Bit's outputs:
//
//	[output:cloudwatch_logs:0] OPERATION API responded with error='CODE'
func fluentBitCall(text []byte) (c call) {
	at := index(text, "API responded with error")
	c.operation = identifierBefore(text, backSpace(text, at))
	return c
}

// cloudTrailCall reads an event of CloudTrail:
//
//	"eventName":"OPERATION"
func cloudTrailCall(text []byte) (c call) {
	if rest := after(text, "ventName\":"); rest != nil {
		c.operation = identifier(quoted(rest[skipSpace(rest, 0):]))
	}
	return c
}

// localisedCall reads the CLI's first sentence in other languages, where the
// operation stands before or behind the word for it:
//
//	… (CODE) lors de l'appel de l'opération OPERATION: …
//	OPERATION オペレーションの…
//	… des OPERATION-Vorgangs …
func localisedCall(text []byte) (c call) {
	if c.operation = identifierBefore(text, index(text, "-Vorgang")); c.operation != nil {
		return c
	}
	if isASCII(text) {
		return c
	}
	for _, w := range [...]string{"opération ", "operación ", "operação ", "operazione ", "операции "} {
		rest := after(text, w)
		if op := identifier(word(rest)); op != nil && len(op) < len(rest) && (rest[len(op)] == ':' || rest[len(op)] == ' ') {
			c.operation = op
			return c
		}
	}
	for _, w := range [...]string{" オペレーション", " 操作", " 작업"} {
		if c.operation = identifierBefore(text, index(text, w)); c.operation != nil {
			return c
		}
	}
	return c
}

// mountCall reads Mountpoint for S3:
//
//	initial OPERATION failed for bucket NAME in region …
func mountCall(text []byte) (c call) {
	const mark = " failed for "
	if at := index(text, "bucket "); at > 0 && hasSuffix(text[:at], mark) {
		c.operation = identifierBefore(text, at-len(mark))
	}
	return c
}

// queryCall reads the URL of a call in the protocol that has its operation there:
//
//	https://monitoring.eu-west-1.amazonaws.com/?Action=OPERATION&…
func queryCall(text []byte) (c call) {
	const mark = ".amazonaws.com/?Action="
	if at := index(text, mark); at >= 0 {
		c.operation = identifier(word(text[at+len(mark):]))
	}
	return c
}

// tokenCall reads the sentences of STS about tokens, which name the operation
// only in passing:
//
//	… please reference AssumeRoleWithWebIdentity documentation for requirements
func tokenCall(text []byte) (c call) {
	at := index(text, "AssumeRoleWith")
	if at < 0 || at > 0 && text[at-1] != ' ' && text[at-1] != '/' {
		return c // the action sts:AssumeRoleWith…
	}
	switch op := word(text[at:]); view(op) {
	case "AssumeRoleWithWebIdentity", "AssumeRoleWithSAML":
		c.operation = op
	}
	return c
}

// namedCall reads programs that name the operation that failed, with or without
// its service:
//
//	SERVICE OPERATION failed: …   OPERATION Failed: …   OPERATION failed : …   client.OPERATION: Access Denied.
//	OPERATION error: CODE …   Error calling SERVICE OPERATION API: …
func namedCall(text []byte) (c call) {
	for _, mark := range [...]string{" failed:", " Failed:", " failed :", ": access denied", ": Access Denied", " error: ", " API: "} {
		end := index(text, mark)
		op := identifierBefore(text, end)
		if !isOperation(op) {
			continue
		}
		c.operation = withoutStruct(op)
		if i := end - len(op) - 1; i > 0 && text[i] == ' ' {
			if service := identifierBefore(text, i); slices.Contains(services, view(service)) {
				c.service = service
			}
		}
		return c
	}
	return c
}

// withoutStruct takes off what Go's SDK puts behind an operation to name the struct
// of its parameters: DescribeInstancesInput, ReceiveMessageRequest.
func withoutStruct(name []byte) []byte {
	for _, suffix := range [...]string{"Input", "Request"} {
		if op, ok := bytes.CutSuffix(name, []byte(suffix)); ok && isOperation(op) {
			return op
		}
	}
	return name
}

// isOperation tells whether a name has the form of an operation, and not that of a
// class: GetObject.
func isOperation(name []byte) bool {
	for _, class := range [...]string{"Exception", "Error", "Denied", "Controller", "Service", "Repository", "Handler", "Client"} {
		if hasSuffix(name, class) {
			return false
		}
	}
	return len(name) > 0 && 'A' <= name[0] && name[0] <= 'Z' && beginsWithVerb(name)
}

// beginsWithVerb tells whether a name begins with one of the words that operations
// do, the first letter large or small: GetObject, getObject.
func beginsWithVerb(name []byte) bool {
	for _, verb := range [...]string{"get", "put", "list", "describe", "create", "delete", "head", "update", "send", "receive", "assume",
		"batch", "copy", "generate", "register", "run", "start", "upload"} {
		if endsInWord(name, min(len(name), len(verb)), verb) == 0 && len(name) > len(verb) && 'A' <= name[len(verb)] && name[len(verb)] <= 'Z' {
			return true
		}
	}
	return false
}

// serviceNames are those of services whose calls programs log in words of their own.
const serviceNames = "S3|SQS|SNS|STS|KMS|SES|SSM|ECR|ECS|EC2|IAM|DynamoDB|Kinesis|Lambda|SecretsManager|CloudWatch"

var services = strings.Split(serviceNames, "|")

// grpcCall reads the fields of go-grpc-middleware:
//
//	grpc.code=PermissionDenied grpc.method=OPERATION grpc.service=SERVICE
func grpcCall(text []byte) (c call) {
	if rest := after(text, "grpc.method="); rest != nil {
		c.operation = identifier(word(rest))
		c.service = until(after(text, "grpc.service="), " \n\"")
	}
	return c
}

// germanCall reads the CLI in German:
//
//	Beim Aufrufen der OPERATION-Operation …   beim Aufrufen der Operation OPERATION …
func germanCall(text []byte) (c call) {
	if rest := after(text, "ufrufen der Operation "); rest != nil {
		c.operation = identifier(word(rest))
		return c
	}
	c.operation = identifierBefore(text, index(text, "-Operation"))
	return c
}

// identifierBefore returns the identifier that ends at text[end:], if any.
func identifierBefore(text []byte, end int) []byte {
	if end < 0 {
		return nil
	}
	return identifier(alnumBefore(text, end))
}

// identifier returns b if it can be the name of an operation: letters and
// digits, a letter first. A full stop behind it is the sentence's.
func identifier(b []byte) []byte {
	b = bytes.TrimRight(b, ".")
	if len(b) == 0 || isDigit(b[0]) {
		return nil
	}
	for _, c := range b {
		if !isAlnum(c) {
			return nil
		}
	}
	return b
}
