package extract

// continuations begin the lines that carry on an error begun in an earlier
// record: pieces of the denial sentence, and of stack traces.
var continuations = [...]string{
	"is not authorized", "not authorized", "authorized to perform", "to perform:", "perform:",
	"on resource", "resource:", "arn:aws", "\"arn:aws", "because no ", "with an explicit deny",
	"User: ", "status code: ",
	"at ", "Caused by", "caused by", "Suppressed: ", "... ", bar,
}

// startsSentence tells whether a line begins with a piece of the denial
// sentence or of a stack trace, before which programs break their lines.
func startsSentence(line []byte) bool { return startsWith(line, continuations[:]) }

// paddedLevels begin new messages, not indented lines: the levels that are shorter than
// the others, as Logback and Log4j pad them to one width (%5p).
var paddedLevels = [...]string{" WARN ", " INFO "}

// Continues tells whether text looks like a later line of an error: indented,
// a stack frame, a cause, or a piece of the denial sentence.
func Continues(text []byte) bool {
	if len(text) == 0 {
		return false
	}
	if text[0] == ' ' || text[0] == '\t' {
		return !startsWith(text, paddedLevels[:])
	}
	if startsSentence(text) {
		return true
	}
	// "s3:GetObject on resource: …": the line broke before the action.
	action := actionAt(text)
	end, _ := words(text, len(action), "on", "resource")
	return action != nil && (end >= 0 || len(action) == len(text))
}

// IsIndented tells whether a line that Continues begins with space, or the bar that counts as it.
func IsIndented(line []byte) bool {
	return len(line) > 0 && (line[0] == ' ' || line[0] == '\t' || hasPrefix(line, bar))
}
