package extract

// A Line says what a line that tells a failure may be of an error.
type Line uint8

// The kinds of Line.
const (
	HeadLine    Line = iota // the first, for all it shows
	ReportLine              // a later one of what a command prints, or the first of it again
	ClassLine               // the exception, behind the line that logs it, or of a traceback
	NameLine                // the same, by a name without a module, as in a traceback
	FurtherLine             // none that an error begins with
)

// LineOf returns what the line text is, in which id was found. A head is also the
// sentence that says by itself who was refused what, before which programs break
// their lines.
func LineOf(text []byte, id *Identity) Line {
	switch {
	case Continues(text):
		if hasPrefix(text, "User: ") && len(id.Principal) > 0 && len(id.Action) > 0 {
			return HeadLine
		}
		return FurtherLine
	case reportsOn(text):
		return ReportLine
	}
	return exceptionLine(text)
}

// reports begin the lines, all but the first, of what a command prints about one
// error: git, npm, Vault and Terraform, the Azure CLI, kubectl, libpq, which tries
// again without TLS.
var reports = [...]string{
	"fatal: ", "error: ", "npm ERR! ", "npm error ", "* ", "Code: ", "Message: ", "connection to server at ",
}

func reportsOn(text []byte) bool { return startsWith(text, reports[:]) }

// exceptionLine returns which kind of line text is if it begins with the name of an
// exception, else HeadLine:
//
//	botocore.exceptions.ClientError: An error occurred …
//	java.sql.SQLException: Access denied …
//	PermissionError: …
func exceptionLine(text []byte) Line {
	i, last, qualified := 0, 0, false
	for ; i < len(text) && (isAlnum(text[i]) || text[i] == '_' || text[i] == '.' || text[i] == '$'); i++ {
		if text[i] == '.' || text[i] == '$' {
			last, qualified = i+1, true
		}
	}
	name := text[last:i]
	if len(name) == 0 || name[0] < 'A' || 'Z' < name[0] || i < len(text) && text[i] != ':' && text[i] != '\n' {
		return HeadLine
	}
	switch {
	case qualified:
		return ClassLine
	case hasSuffix(name, "Error"), hasSuffix(name, "Exception"):
		return NameLine
	}
	return HeadLine
}

// A Link says how what stands behind a line is linked to what stands before it. Of
// several lines, the greatest link is that of all.
type Link uint8

// The links.
const (
	Carried Link = iota // the line carries on an error, or is empty
	Traced              // a traceback begins, which belongs to the message before
	Chained             // the traceback before and the one behind are of one error
	Broken              // a new message begins
)

// tracebackHead begins a traceback of Python, and chainings stand between the
// tracebacks of one error.
const tracebackHead = "Traceback (most recent call last)"

var chainings = [...]string{"During handling of the above exception", "The above exception was the direct cause"}

// LinkOf returns the link that a line makes which tells no failure.
func LinkOf(text []byte) Link {
	switch {
	case len(text) == 0, Continues(text), reportsOn(text):
		return Carried
	case hasPrefix(text, tracebackHead):
		return Traced
	case startsWith(text, chainings[:]):
		return Chained
	}
	return Broken
}

// HoldsTraceback tells whether b, records or a text, holds the head of a traceback.
func HoldsTraceback(b []byte) bool { return index(b, tracebackHead) >= 0 }

func startsWith(text []byte, some []string) bool {
	for _, w := range some {
		if len(text) > 0 && text[0] == w[0] && hasPrefix(text, w) {
			return true
		}
	}
	return false
}
