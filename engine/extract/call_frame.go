package extract

import "bytes"

// frameCall reads the stack below an error that names no call itself: the SDKs name
// the operation in functions of their own.
//
//	at de_OPERATIONCommandError (…                              JavaScript, version 3
//	at deserializeAws_restXmlOPERATIONCommandError (…           … and its first years
//	at Amazon.S3.AmazonS3Client.OPERATIONAsync(…                .NET
//	at software.amazon.awssdk.services.s3.DefaultS3Client.OPERATION(…   Java
//	at com.amazonaws.services.s3.AmazonS3Client.OPERATION(…     Java, version 1
func frameCall(text []byte) (c call) {
	if c.operation = commandInFrame(text); c.operation != nil {
		return c
	}
	const mark = "Client."
	for from, tried := 0, 0; tried < maxTries; tried++ {
		at := index(text[from:], mark)
		if at < 0 {
			break
		}
		from += at + len(mark)
		name := word(text[from:])
		if !isFrame(text[:from]) || len(name) == 0 || !hasPrefix(text[from+len(name):], "(") {
			continue
		}
		name = bytes.TrimSuffix(name, []byte("Async"))
		if beginsWithVerb(name) { // not invoke, doInvoke, execute
			c.operation = name
			break
		}
	}
	return c
}

// commandInFrame reads the SDK for JavaScript. Errors of other programs are named alike:
// DockerCommandError.
func commandInFrame(text []byte) []byte {
	const mark = "CommandError"
	for from, tried := 0, 0; tried < maxTries; tried++ {
		at := index(text[from:], mark)
		if at < 0 {
			break
		}
		name := alnumBefore(text, from+at)
		if hasSuffix(text[:from+at-len(name)], "_") {
			return identifier(withoutProtocol(name))
		}
		from += at + len(mark)
	}
	return nil
}

// isFrame tells whether head ends in the name of a client of AWS' SDKs for Java or .NET.
func isFrame(head []byte) bool {
	class := head[bytes.LastIndexAny(head, " \t\n/")+1:]
	return hasPrefix(class, "Amazon.") || hasPrefix(class, "software.amazon.awssdk.services.") || hasPrefix(class, "com.amazonaws.services.")
}

// withoutProtocol takes off the protocol's name, which the SDK for JavaScript puts
// before that of the operation.
func withoutProtocol(name []byte) []byte {
	for _, protocol := range [...]string{"restXml", "restJson1", "query", "ec2"} {
		name = bytes.TrimPrefix(name, []byte(protocol))
	}
	return bytes.TrimLeft(name, "0123456789") // of json1_1
}

// alnumBefore returns the letters and digits that end at text[end:].
func alnumBefore(text []byte, end int) []byte {
	start := end
	for start > 0 && isAlnum(text[start-1]) {
		start--
	}
	return text[start:end]
}
