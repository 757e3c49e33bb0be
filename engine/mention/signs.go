package mention

import "bytes"

// isName tells whether the evidence is only part of the name of something else:
// AccessDeniedHandler, authentication_failed_total.
func (p *place) isName() bool {
	if p.byteAt(p.right) == '-' { // iam-AccessDenied-count, status=401-403
		w := p.wordAfter(p.right + 1)
		return thing(w.text()) || isTally(w.text()) || digit(p.byteAt(p.right-1)) && w.n == 3 && digit(w.buf[0])
	}
	return p.right > p.end && thingSuffix(p.line[p.end:p.right])
}

// thingSuffix tells whether the last word of an identifier names something that
// is made for failures.
func thingSuffix(rest []byte) bool {
	for _, w := range [...]string{
		"handler", "handlers", "handlerimpl", "mapper", "filter", "listener", "interceptor", "strategy", "controller", "entrypoint",
		"translator", "converter", "marshaller", "builder", "factory", "serializer", "resolver", "advice", "alarm", "alarms", "metric", "metrics", "counter", "rule", "rules", "test", "tests", "spec",
		"page", "view", "policy", "count", "total", "rate", "threshold", "monitor", "template",
	} {
		if n := len(rest) - len(w); n >= 0 && hasFold(rest[n:], w) {
			return true
		}
	}
	return false
}

// inPath tells whether the evidence is a segment of a path or the stem of a
// file's name. A query's value is neither: ?error=access_denied.
func (p *place) inPath() bool {
	if p.isFile() || p.isResource() {
		return true
	}
	if p.byteAt(p.right) != '.' && !p.behindSlash() || !saysFailure(p.line[p.start:p.end]) {
		return false
	}
	if p.byteAt(p.right) == '.' && extension(p.line[p.right+1:]) {
		return true
	}
	if p.byteAt(p.right) == ':' || !p.behindSlash() {
		return false
	}
	i := p.left
	for i > 0 && (elementByte(p.line[i-1]) || p.line[i-1] == '/' || p.line[i-1] == ':' || p.line[i-1] == '%') {
		i--
	}
	path := p.line[i:p.left]
	return path[0] == '/' || bytes.Count(path, []byte("/")) > 1
}

// isFile tells whether the evidence is what a system, or the runtime of a language,
// says about a file: open C:\x\y.tmp: Access is denied, /var/x: Permission denied,
// chdir(/srv/x) failed: Permission denied, AccessDeniedException[/usr/x].
func (p *place) isFile() bool {
	if p.isIOError() {
		return true
	}
	switch s := p.line[p.start:]; {
	case hasFold(s, "permission"), hasFold(s, "access"):
		return p.fileBefore() || p.fileAfter()
	}
	return false
}

// isIOError tells whether a runtime says that the evidence is an error of its
// input and output: Permission denied (os error 13), Os { code: 13, kind: PermissionDenied.
func (p *place) isIOError() bool {
	after := p.line[p.right:]
	switch c := p.byteAt(p.right + 1); {
	case c == '(' && hasFold(after, " (os error "), c == ' ' && (hasFold(after, ". (os error ") || hasFold(after, ": unauthorizedaccess_iodenied")):
		return true
	case c == '@':
		return hasFold(after, " @ rb_") || hasFold(after, " @ dir_") || hasFold(after, " @ apply2files")
	}
	if p.byteAt(p.start-1) != ' ' && p.byteAt(p.start-1) != ':' {
		return false
	}
	before := p.line[max(0, p.start-40):p.start]
	switch {
	case bytes.HasSuffix(before, []byte("kind: ")):
		return bytes.Contains(before, []byte("Os { code: "))
	case bytes.HasSuffix(before, []byte("ErrorKind::")), bytes.HasSuffix(before, []byte("EACCES: ")):
		return true
	}
	return false
}

func (p *place) fileBefore() bool {
	i := p.start
	switch c := p.byteAt(i - 1); {
	case c == '(' && p.byteAt(i-2) == ' ': // /var/x (Permission denied)
		i -= 2
	case c != ' ' || p.byteAt(i-2) != ':':
		return false
	default:
		i -= 2
		if c := p.byteAt(i - 1); c != 'd' && c != 'm' {
			break
		}
		if w := p.wordBefore(i); w.end == i && (string(w.text()) == "failed" || string(w.text()) == "stream") {
			if string(w.text()) == "stream" { // fopen(/var/x): failed to open stream: Permission denied
				i = bytes.LastIndex(p.line[:i], []byte(": failed to open"))
				if i < 0 {
					return false
				}
			} else {
				i = p.beforeSpaces(w.start)
			}
		}
	}
	if p.byteAt(i-1) == ')' {
		i--
	}
	i = p.beforeQuotes(i)
	start := i
	for start > 0 && !spaceByte(p.line[start-1]) && !quoteByte(p.line[start-1]) && p.line[start-1] != '(' {
		start--
	}
	return rooted(p.line[start:i])
}

// fileAfter tells whether a path comes right after the evidence, as what it is about:
// AccessDeniedException: /var/x, Permission denied - /var/x, permission denied, open '/x'.
func (p *place) fileAfter() bool {
	i := p.afterSpaces(p.right)
	switch c := p.byteAt(i); {
	case c == ':', c == '-' && i > p.right:
		i = p.afterSpaces(i + 1)
	case c == '[' || c == '(':
		i++
	case c == ',':
		w := p.wordAfter(p.afterSpaces(i + 1))
		switch string(w.text()) {
		case "open", "mkdir", "unlink", "rmdir", "scandir", "stat", "lstat", "access", "rename", "copyfile", "symlink", "chmod", "chown", "utime", "futime",
			"watch", "read", "write", "readlink", "mkdtemp", "opendir", "realpath", "link", "uv_cwd", "listen", "connect":
			return p.byteAt(w.end) == ' ' && quoteByte(p.byteAt(w.end+1)) // of libuv
		}
		return false
	default:
		return false
	}
	i = p.afterQuotes(i)
	end := i
	for end < len(p.line) && !spaceByte(p.line[end]) && !quoteByte(p.line[end]) {
		end++
	}
	if rooted(p.line[i:end]) {
		return true
	}
	name := p.line[p.left:p.right]
	return p.byteAt(i) == '/' && p.byteAt(i+1) != ' ' && len(name) > 9 && hasFold(name[len(name)-9:], "exception")
}

// rooted tells whether path begins as one of a file system does.
func rooted(path []byte) bool {
	if len(path) == 0 || path[0] != '/' {
		i := bytes.IndexByte(path, ':')
		return i > 0 && i+1 < len(path) && path[i+1] == '\\'
	}
	for _, root := range [...]string{
		"/var/", "/etc/", "/usr/", "/opt/", "/home/", "/root", "/tmp/", "/app/", "/mnt/", "/srv/", "/run/", "/dev/", "/proc/", "/sys/",
		"/lib/", "/bin/", "/sbin/", "/boot/", "/media/", "/snap/", "/nix/", "/data/", "/workspace/", "/builds/", "/github/", "/users/", "/volumes/", "/config/",
	} {
		if hasFold(path, root) {
			return true
		}
	}
	return false
}

// isResource tells whether the evidence is part of what is named by an ARN or by
// the fragment of an address, or is a directory of an object's key:
// arn:…:alarm:AccessDenied, errors#AccessDenied, unauthorized/401.json.
func (p *place) isResource() bool {
	switch p.byteAt(p.left - 1) {
	case '#':
		return identByte(p.byteAt(p.left-2)) && saysFailure(p.line[p.start:p.end])
	case ':':
		if !identByte(p.byteAt(p.left - 2)) {
			return false
		}
		i := p.left
		for i > 0 && (elementByte(p.line[i-1]) || p.line[i-1] == ':' || p.line[i-1] == '/') {
			i--
		}
		return hasFold(p.line[i:], "arn:")
	}
	if p.byteAt(p.right) == '.' && p.isTerm() { // invalid_client.example.com
		labels := 0
		for i := p.right; p.byteAt(i) == '.'; labels++ {
			end := i + 1
			for end < len(p.line) && ('a' <= p.line[end] && p.line[end] <= 'z' || p.line[end] == '-') {
				end++
			}
			if end == i+1 {
				break
			}
			i = end
		}
		return labels > 1
	}
	if p.byteAt(p.right) != '/' {
		return false
	}
	i := p.right
	for i < len(p.line) && (identByte(p.line[i]) || p.line[i] == '-' || p.line[i] == '/') {
		i++
	}
	return p.byteAt(i) == '.' && extension(p.line[i+1:])
}

// behindSlash tells whether the segment that the evidence ends begins with a
// slash, other than that of a closing tag.
func (p *place) behindSlash() bool {
	i := p.left
	for i > 0 && (elementByte(p.line[i-1]) || p.line[i-1] == '%') {
		i--
	}
	return p.byteAt(i-1) == '/' && p.byteAt(i-2) != '<'
}

// extension tells whether text begins with a file's extension, or with a few
// more parts of its name and then one: test.ts, 3fa1.js.
func extension(text []byte) bool {
	for range 3 {
		n := 0
		for n < len(text) && identByte(text[n]) {
			n++
		}
		switch string(text[:n]) {
		case "java", "kt", "scala", "py", "go", "rb", "rs", "js", "jsx", "ts", "tsx", "mjs", "cs", "cpp", "php", "vue",
			"html", "htm", "md", "rst", "adoc", "css", "tpl", "tmpl", "svg", "png", "json", "yaml", "yml", "xml", "txt", "po",
			"class", "sql", "rego", "proto", "pb", "tf", "lua", "sh", "ex", "exs", "dart", "swift", "erb", "twig", "ftl", "jsp", "aspx", "cshtml",
			"hbs", "properties":
			return true
		}
		if n == 0 || n == len(text) || text[n] != '.' {
			return false
		}
		text = text[n+1:]
	}
	return false
}

// sqlObject tells whether w says that a name of SQL follows.
func sqlObject(w word) bool {
	switch string(w.text()) {
	case "column", "relation", "table", "function", "type", "constraint", "index", "trigger", "schema":
		return true
	}
	return false
}

// inProperty tells whether the evidence is part of the name of a setting:
// security.invalid_token.log=false. Or the name says the same as the evidence,
// as where the texts of a program are listed: error.access_denied="Access denied".
func (p *place) inProperty() bool {
	if p.byteAt(p.left-1) == '"' && p.byteAt(p.right) == '"' && sqlObject(p.wordBefore(p.left)) {
		return true // column "permission_denied" does not exist
	}
	if p.byteAt(p.left-1) == '.' && (p.byteAt(p.right) == '.' || p.byteAt(p.right) == '-') {
		i := p.right
		for i < len(p.line) && elementByte(p.line[i]) {
			i++
		}
		if p.byteAt(i) == '=' {
			return true
		}
	}
	if p.byteAt(p.left-1) == '.' && p.byteAt(p.right) == '=' && quoteByte(p.byteAt(p.right+1)) {
		return true
	}
	if c := p.byteAt(p.left - 1); c == '>' && quoteByte(p.byteAt(p.left-2)) && hasFold(p.line[p.right:], "</string>") ||
		c == '>' && hasFold(p.line[p.right:], "</source>") {
		return true // of Android, of XLIFF
	}
	i := p.beforeSpaces(p.beforeQuotes(p.start))
	switch c := p.byteAt(i - 1); {
	case c == '>' && p.byteAt(i-2) == '=':
		i = p.beforeSpaces(i - 2)
	case c == ':' && i < p.start || c == '=':
		i = p.beforeSpaces(i - 1)
	default:
		return false
	}
	if quoteByte(p.byteAt(i - 1)) {
		i--
		if p.dotted(i) {
			return true
		}
	} else if p.byteAt(i) == ':' {
		return false
	}
	end := i
	for j := p.end - 1; j >= p.start; j-- {
		if !letter(p.line[j]) {
			continue
		}
		for i > 0 && (p.line[i-1] == '_' || p.line[i-1] == '.' || p.line[i-1] == '-') {
			i--
		}
		if p.byteAt(i-1)|0x20 != p.line[j]|0x20 {
			return false
		}
		i--
	}
	if quoteByte(p.byteAt(i-1)) && quoteByte(p.byteAt(end)) {
		return bytes.IndexByte(p.line[i:end], '_') > 0 && !upper(p.line[i]) // {"login_failed":"Login failed"}
	}
	return p.byteAt(i-1) == '.'
}

// dotted tells whether the key that ends at i is that of a text in a catalogue:
// "errors.invalidCredentials".
func (p *place) dotted(i int) bool {
	start := i
	for start > 0 && identByte(p.line[start-1]) {
		start--
	}
	if p.byteAt(start-1) != '.' {
		return false
	}
	last := p.line[start:i]
	for _, w := range [...]string{"error", "exception", "failure"} {
		if n := len(last) - len(w); n >= 0 && hasFold(last[n:], w) {
			return false
		}
	}
	return saysFailure(last)
}

// isZero tells whether the evidence is counted and the count is 0, or is a
// setting that is off: AccessDenied=0, "login failed": false, 403 errors: 0.
func (p *place) isZero() bool {
	switch {
	case quoteByte(p.byteAt(p.right)) && p.byteAt(p.right+1) == ',' && p.countsNone(p.right+2):
		return true
	case p.byteAt(p.right-1) == 's' && p.right > p.end && p.endsInNone():
		return true
	case digit(p.byteAt(p.end-1)) && p.byteAt(p.end) == ' ':
		if w := p.wordAfter(p.end); unit(w.text()) {
			return true // received 403 bytes
		}
	}
	i := p.right
	for i > p.end-2 && (spaceByte(p.byteAt(i-1)) || p.byteAt(i-1) == ':') {
		i--
	}
	for range 3 {
		w := p.wordAfter(i)
		if !failureNoun(w.text()) && !isTally(w.text()) {
			break
		}
		i = w.end
	}
	i = p.afterQuotes(i)
	j := p.afterSpaces(i)
	if c := p.byteAt(j); c == '=' || c == ':' || c == '|' {
		j++
	} else if c == '.' && p.byteAt(j+1) == '.' && p.byteAt(j+2) == '.' { // Access denied ..... 0
		for p.byteAt(j) == '.' {
			j++
		}
	} else if j == i {
		return false
	}
	j = p.afterQuotes(p.afterSpaces(j))
	end := j
	for end < len(p.line) && (identByte(p.line[end]) || p.line[end] == '.' && digit(p.byteAt(end+1))) {
		end++
	}
	switch string(p.line[j:end]) {
	case "0", "0.0", "0.00":
	case "disabled":
		return p.byteAt(i) != ' ' && p.isTerm() // Login failed: disabled
	case "false", "none", "retryable", "ignored":
		return p.byteAt(i) != ' '
	default:
		return false
	}
	return p.ends(end)
}

// countsNone tells whether what begins at i is a count of none: "count":0.
func (p *place) countsNone(i int) bool {
	w := p.wordAfter(p.afterQuotes(p.afterSpaces(i)))
	if !isTally(w.text()) {
		return false
	}
	if i = p.afterQuotes(w.end); p.byteAt(i) != ':' && p.byteAt(i) != '=' {
		return false
	}
	w = p.wordAfter(p.afterSpaces(i + 1))
	return string(w.text()) == "0" && p.byteAt(w.end) != '.'
}

// endsInNone tells whether the message goes on with words only, and ends in none:
// login failures in the last hour: 0.
func (p *place) endsInNone() bool {
	i := p.right
	for i < len(p.line) && (letter(p.line[i]) || digit(p.line[i]) || p.line[i] == ' ') {
		i++
	}
	if p.byteAt(i) != ':' {
		return false
	}
	w := p.wordAfter(p.afterSpaces(i + 1))
	return (string(w.text()) == "0" || string(w.text()) == "none") && p.atEnd(w.end)
}

// isSample tells whether the evidence is a label of a metric's sample, in the
// text format of Prometheus: errors{code="AccessDenied"} 3.
func (p *place) isSample() bool {
	if p.byteAt(p.right) == '{' && identByte(p.byteAt(p.right+1)) { // auth_failed{error="…"} 0
		end := bytes.IndexByte(p.line[p.right:], '}') + p.right + 1
		return end > p.right && p.byteAt(end) == ' ' && digit(p.byteAt(end+1))
	}
	end := bytes.IndexByte(p.line[p.right:], '}')
	if end < 0 {
		return false
	}
	value := p.opensString()
	if value < 0 || p.line[value] != '"' || p.byteAt(value-1) != '=' {
		return false
	}
	open := bytes.LastIndexByte(p.line[:value], '{')
	if open < 0 || !identByte(p.byteAt(open-1)) {
		return false
	}
	end += p.right + 1
	return (p.byteAt(end) == ' ' || p.byteAt(end) == '[') && digit(p.byteAt(end+1))
}

func isTally(w []byte) bool {
	switch string(w) {
	case "count", "total", "n", "num", "value", "rate", "blocked", "seen", "found", "today", "recorded", "detected", "rejected":
		return true
	}
	return false
}

// ends tells whether a value ends at i: no unit or noun follows it.
func (p *place) ends(i int) bool {
	switch c := p.byteAt(i); {
	case c == 0, c == ',', c == ';', c == '|', c == '.', c == '/', c == '%', closesBracket(c), quoteByte(c):
		return true
	case !spaceByte(c):
		return false
	}
	w := p.wordAfter(i)
	switch c := p.byteAt(w.end); {
	case w.start == w.end, digit(p.line[w.start]), c == '=', c == ':':
		return true
	}
	return string(w.text()) == "in" || string(w.text()) == "since" || string(w.text()) == "total"
}

// isKey tells whether the evidence is a key of a printed map, other than of
// counts: {AccessDeniedException=/error/403}.
func (p *place) isKey() bool {
	if p.byteAt(p.right) != '=' || digit(p.byteAt(p.right+1)) {
		return false
	}
	switch i := p.beforeSpaces(p.qualified()); p.byteAt(i - 1) {
	case '{':
		return true
	case ',':
		return bytes.LastIndexByte(p.line[:i], '{') > bytes.LastIndexByte(p.line[:i], '}')
	}
	return false
}

// isCompared tells whether the evidence is an operand, or part of an expression
// that searches: err.Code == "AccessDenied", LIKE '%Access denied%'.
func (p *place) isCompared() bool {
	if p.inStatement() || wildcard(p.line[p.right:]) || p.isSearched() {
		return true
	}
	q := p.qualified()
	i := p.beforeSpaces(p.beforeQuotes(q))
	before, after := p.byteAt(q-1), p.byteAt(p.right)
	switch {
	case before == '*' && quoteByte(p.byteAt(q-2)), after == '*' && identByte(p.byteAt(p.right-1)), after == '%' && !digit(p.byteAt(p.right+1)):
		return true
	case before == '?' && identByte(p.byteAt(p.left)) && (p.byteAt(q-2) == ' ' || quoteByte(p.byteAt(q-2))):
		return true // a filter pattern of CloudWatch Logs
	case before == '%' && quoteByte(p.byteAt(q-2)): // LIKE '%Access denied for user%'
		return true
	case before == '/' && after == '/' && p.byteAt(q-2) != '/':
		return true
	case i > 1 && p.line[i-1] == '=' && (p.line[i-2] == '=' || p.line[i-2] == '!'),
		i > 1 && p.line[i-1] == '~' && (p.line[i-2] == '=' || p.line[i-2] == '!'):
		return true
	case i > 0 && p.line[i-1] == '=': // { $.errorCode = "AccessDenied" }
		j := p.beforeSpaces(i - 1)
		for j > 0 && (elementByte(p.line[j-1]) || p.line[j-1] == '$') {
			j--
		}
		if p.byteAt(j) == '$' && (p.byteAt(j+1) == '.' || digit(p.byteAt(j+1))) { // $1 = 'AccessDenied'
			return true
		}
		w := p.wordBefore(j)
		switch string(w.text()) {
		case "where", "filter", "when":
			return true
		}
		key := p.wordBefore(i - 1)
		switch string(key.text()) {
		case "alarm_name", "alarmname", "alertname", "rule_name", "rulename", "metric_name", "metricname":
			return true
		case "match", "matches", "pattern", "regex", "contains", "expr":
			return i != q && p.byteAt(q-1) == '"'
		}
	}
	// AccessDenied -> 403
	j := p.afterSpaces(p.afterQuotes(p.right))
	for _, arrow := range [...]string{"->", "=>", "→"} {
		if hasFold(p.line[j:], arrow) {
			w := p.wordAfter(j + len(arrow))
			if p.isQuoted() && quoteByte(p.byteAt(p.afterSpaces(j+len(arrow)))) {
				return true
			}
			return w.n == 3 && digit(w.buf[0]) || thing(w.text()) || thingSuffix(p.line[w.start:w.end])
		}
	}
	return false
}

// isSearched tells whether the evidence is the value of an address' parameter that
// holds what is searched for: /search?q=AccessDenied.
func (p *place) isSearched() bool {
	if p.byteAt(p.left-1) != '=' {
		return false
	}
	i := p.left - 1
	for i > 0 && letter(p.line[i-1]) {
		i--
	}
	if c := p.byteAt(i - 1); c != '?' && c != '&' {
		return false
	}
	w := p.word(i, p.left-1)
	switch string(w.text()) {
	case "q", "query", "search", "s", "keyword", "keywords", "term", "filter", "text", "find":
		return true
	}
	return false
}

// wildcard tells whether text begins with a part of a regular expression.
func wildcard(text []byte) bool {
	for _, w := range [...]string{".*", ".+", "%{", " %{", " .*", " .+", "\\s", "\\d", "\\b", " \\S", "(?"} {
		if hasFold(text, w) {
			return true
		}
	}
	return false
}

// inStatement tells whether the evidence is in a string of an SQL statement.
func (p *place) inStatement() bool {
	open := bytes.LastIndexByte(p.line[:p.start], '\'')
	if open < 0 || open+1 != p.left && bytes.IndexByte(p.line[p.end:], '\'') < 0 {
		return false
	}
	operand := p.isOperand(open)
	for i := range open {
		switch p.line[i] | 0x20 {
		case 'i':
			if hasFold(p.line[i:], "insert into ") && bytes.Count(p.line[i:p.start], []byte("'"))%2 == 1 {
				return true
			}
		case 's', 'u', 'a', 'c', 'w', 'r', 'd':
			if operand && startsStatement(p.line[i:]) && (open+1 == p.left || bytes.Count(p.line[i:p.start], []byte("'"))%2 == 1) {
				return true
			}
		}
	}
	return false
}

// isOperand tells whether the quote at i opens a string where a value of SQL
// stands. The verbs of SQL are English ones too.
func (p *place) isOperand(i int) bool {
	i = p.beforeSpaces(i)
	switch p.byteAt(i - 1) {
	case '=', '(', '~', '%':
		return true
	case ',':
		return quoteByte(p.byteAt(i - 2))
	}
	w := p.wordBefore(i)
	switch string(w.text()) {
	case "select", "like", "ilike", "in", "then", "else", "when", "and", "or", "exception", "default", "comment", "regexp", "rlike":
		return true
	}
	return false
}

// startsStatement tells whether text begins with the verb of an SQL statement.
func startsStatement(text []byte) bool {
	for _, verb := range [...]string{"select ", "update ", "alter t", "create t", "where ", "raise exception ", "delete from "} {
		if hasFold(text, verb) {
			return true
		}
	}
	return false
}

// inCode tells whether the evidence is a name in source code or in the frame of
// a stack: at com.example.AccessDeniedException.<init>(…).
func (p *place) inCode() bool {
	q := p.qualified()
	i := p.beforeSpaces(q)
	if c := p.byteAt(i - 1); c == '{' || c == '(' {
		i--
	}
	w := p.wordBefore(i)
	if i < p.beforeSpaces(q) && w.start < w.end && w.end == i && p.byteAt(w.start-1) == '@' {
		return true // @ExceptionHandler(AccessDeniedException)
	}
	if source(w.text()) && !quoteByte(p.byteAt(q-1)) ||
		string(w.text()) == "throws" && (p.byteAt(p.right) == ',' || hasFold(p.line[p.right:], " {")) || q < p.left && (string(w.text()) == "loaded" || string(w.text()) == "loading") {
		return true
	}
	for _, s := range [...]string{".class", ".<init>", ".java:", "..ctor(", "::new", "(0x", "({0x", "(...)"} { // the last of Go
		if hasFold(p.line[p.right:], s) {
			return true
		}
	}
	if p.inFunction(q) {
		return true
	}
	if p.right == len(p.line) {
		return false
	}
	begin, key := p.message()
	if key == 0 {
		if begin = 0; !p.whole {
			return false
		}
	}
	i = p.afterSpaces(begin)
	if hasFold(p.line[i:], "at ") && i > begin {
		return q == i+3 && bytes.IndexByte(p.line[p.right:], '(') >= 0 || positioned(p.line[p.right:])
	}
	return p.byteAt(i) == '#' && digit(p.byteAt(i+1)) && positioned(p.line[i:])
}

// inFunction tells whether the evidence is the function that a frame of a stack
// names last: File "a.py", line 4, in access_denied; a.rb:4:in `access_denied'.
// Q is where its qualified name begins.
func (p *place) inFunction(q int) bool {
	if i := p.beforeSpaces(p.beforeQuotes(q)); p.byteAt(i-1) != 'n' && p.byteAt(i-1) != '#' {
		return false
	}
	if p.byteAt(q-1) == '#' { // in Ruby's name of a method
		for q--; q > 0 && (identByte(p.line[q-1]) || p.line[q-1] == ':'); q-- {
		}
	}
	w := p.wordBefore(q)
	if string(w.text()) != "in" {
		return false
	}
	i := w.start - 1
	switch p.byteAt(i) {
	case ':':
		return digit(p.byteAt(i - 1))
	case ' ':
		if p.byteAt(i-1) != ',' {
			return false
		}
	}
	w = p.wordBefore(i - 1)
	if w.n == 0 || !digit(w.buf[0]) {
		return false
	}
	w = p.wordBefore(w.start)
	return string(w.text()) == "line" && p.right == len(p.line)
}

// positioned tells whether text holds a place in a source, as the frame of a
// stack ends.
func positioned(text []byte) bool {
	for _, s := range [...]string{".js:", ".ts:", ".mjs:", ".cjs:", ".jsx:", ".tsx:", ".java:", ".kt:", ".scala:", ".groovy:", ".cs:line ", ".vb:line ", ".fs:line ", ".php(", ".php:", ".dart:", "(<anonymous>", "(native)", "(Native Method)", "(Unknown Source)", "node:internal"} {
		if bytes.Contains(text, []byte(s)) {
			return true
		}
	}
	return false
}

// inTest tells whether the line is a test's report.
func (p *place) inTest() bool {
	before, after := p.line[:p.start], p.line[p.end:]
	if i := find(after, "PASS", 'P') + p.end; i > p.end && (p.byteAt(i-1) == '[' || hasFold(p.line[max(0, i-4):], "... ") || hasFold(p.line[max(0, i-2):], "| pass |")) {
		return true
	}
	return find(before, "--- PASS", 'P') >= 0 || find(after, " PASSED", 'P') >= 0 ||
		find(after, "... ok", 'k') >= 0 || find(before, "ok ", 'k') >= 0 && p.ofTAP() ||
		find(before, "=== ", '=') >= 0 && ofGoTest(before) || ticked(before) || ticked(after)
}

// ofTAP tells whether the message is a test's in the Test Anything Protocol:
// ok 12 - login fails.
func (p *place) ofTAP() bool {
	i, _ := p.message()
	i = p.afterSpaces(i)
	return hasFold(p.line[i:], "ok ") && digit(p.byteAt(i+3))
}

// ofGoTest tells whether text, which has "=== ", is how go test begins a line.
func ofGoTest(text []byte) bool {
	i := bytes.Index(text, []byte("=== ")) + 4
	return hasFold(text[i:], "run") || hasFold(text[i:], "cont") || hasFold(text[i:], "pause")
}

// ticked tells whether there is a check mark, ✓, ✔ or √, and no more than the name
// of a test behind it.
func ticked(text []byte) bool {
	for {
		i := bytes.IndexByte(text, 0xe2)
		if i < 0 || i+3 > len(text) {
			return false
		}
		switch string(text[i : i+3]) {
		case "✓", "✔", "√":
			return bytes.IndexByte(text, ';') < 0 && !bytes.Contains(text, []byte("ERROR"))
		}
		text = text[i+3:]
	}
}
