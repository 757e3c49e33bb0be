package mention

import "bytes"

// isName tells whether the evidence is only part of the name of something else:
// AccessDeniedHandler, authentication_failed_total.
func (p *place) isName() bool {
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
			"html", "htm", "md", "rst", "adoc", "css", "tpl", "tmpl", "svg", "png", "json", "yaml", "yml", "xml", "txt", "po":
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
	i := p.beforeQuotes(p.start)
	if c := p.byteAt(i - 1); c != '=' {
		return false
	}
	i--
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
	return p.byteAt(i-1) == '.'
}

// isZero tells whether the evidence is counted and the count is 0, or is a
// setting that is off: AccessDenied=0, "login failed": false, 403 errors: 0.
func (p *place) isZero() bool {
	i := p.right
	for range 2 {
		if w := p.wordAfter(i); failureNoun(w.text()) || isTally(w.text()) {
			i = w.end
		}
	}
	i = p.afterQuotes(i)
	j := p.afterSpaces(i)
	if c := p.byteAt(j); c == '=' || c == ':' {
		j++
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
	case "false", "disabled", "none", "retryable", "ignored":
		return p.byteAt(i) != ' '
	default:
		return false
	}
	return p.ends(end)
}

// isSample tells whether the evidence is a label of a metric's sample, in the
// text format of Prometheus: errors{code="AccessDenied"} 3.
func (p *place) isSample() bool {
	if p.byteAt(p.left-1) != '"' || p.byteAt(p.left-2) != '=' || p.byteAt(p.right) != '"' {
		return false
	}
	open, end := bytes.LastIndexByte(p.line[:p.left], '{'), bytes.IndexByte(p.line[p.right:], '}')
	if open < 0 || end < 0 || !identByte(p.byteAt(open-1)) {
		return false
	}
	end += p.right + 1
	return p.byteAt(end) == ' ' && digit(p.byteAt(end+1))
}

func isTally(w []byte) bool {
	switch string(w) {
	case "count", "total", "n", "num", "value", "rate":
		return true
	}
	return false
}

// ends tells whether a value ends at i: no unit or noun follows it.
func (p *place) ends(i int) bool {
	switch c := p.byteAt(i); {
	case c == 0, c == ',', c == ';', c == '|', c == '.', c == '%', closing(c), quoteByte(c):
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
	if p.inStatement() || wildcard(p.line[p.right:]) {
		return true
	}
	q := p.qualified()
	i := p.beforeSpaces(p.beforeQuotes(q))
	before, after := p.byteAt(q-1), p.byteAt(p.right)
	switch {
	case after == '*' && identByte(p.byteAt(p.right-1)), after == '%' && !digit(p.byteAt(p.right+1)):
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
		if p.byteAt(j) == '$' && p.byteAt(j+1) == '.' {
			return true
		}
		w := p.wordBefore(j)
		switch string(w.text()) {
		case "where", "filter", "when":
			return true
		}
	}
	// AccessDenied -> 403
	j := p.afterSpaces(p.afterQuotes(p.right))
	for _, arrow := range [...]string{"->", "=>", "→"} {
		if hasFold(p.line[j:], arrow) {
			w := p.wordAfter(j + len(arrow))
			return w.n == 3 && digit(w.buf[0]) || thing(w.text())
		}
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

// inStatement tells whether the evidence is in a string of an SQL statement: of
// those that are inserted, or right after the quote of any other.
func (p *place) inStatement() bool {
	if bytes.IndexByte(p.line[:p.start], '\'') < 0 {
		return false
	}
	for i := 0; i < p.start; i++ {
		switch p.line[i] | 0x20 {
		case 'i':
			if hasFold(p.line[i:], "insert into ") && bytes.Count(p.line[i:p.start], []byte("'"))%2 == 1 {
				return true
			}
		case 's', 'u', 'a', 'c', 'w':
			if p.byteAt(p.left-1) == '\'' && startsStatement(p.line[i:]) {
				return true
			}
		}
	}
	return false
}

// startsStatement tells whether text begins with the verb of an SQL statement.
func startsStatement(text []byte) bool {
	for _, verb := range [...]string{"select ", "update ", "alter t", "create t", "where "} {
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
	if source(w.text()) && !quoteByte(p.byteAt(q-1)) ||
		string(w.text()) == "throws" && (p.byteAt(p.right) == ',' || hasFold(p.line[p.right:], " {")) || q < p.left && (string(w.text()) == "loaded" || string(w.text()) == "loading") {
		return true
	}
	for _, s := range [...]string{".class", ".<init>", ".java:", "..ctor(", "::new"} {
		if hasFold(p.line[p.right:], s) {
			return true
		}
	}
	if !p.whole || p.right == len(p.line) {
		return false
	}
	i = p.afterSpaces(0)
	return i > 0 && hasFold(p.line[i:], "at ") && q == i+3 && bytes.IndexByte(p.line[p.right:], '(') >= 0
}

// inTest tells whether the line is a test's report.
func (p *place) inTest() bool {
	before, after := p.line[:p.start], p.line[p.end:]
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

// ticked tells whether there is a check mark: ✓, ✔ or √.
func ticked(text []byte) bool {
	for {
		i := bytes.IndexByte(text, 0xe2)
		if i < 0 || i+3 > len(text) {
			return false
		}
		switch string(text[i : i+3]) {
		case "✓", "✔", "√":
			return true
		}
		text = text[i+3:]
	}
}
