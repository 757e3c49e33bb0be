package match

import "bytes"

// namesOther tells whether text[start:end] is not a credential but the name of a page, a
// source file or a piece of a program: page /login, login.html, column "password", type
// 'AccessToken', AuthenticationManager.
func namesOther(text []byte, start, end int) bool {
	return inAddress(text[:start]) || isSource(text[end:]) || isPiece(text[:start]) || isClass(text, end)
}

// isClass tells whether the word with a name up to end goes on like the name of a class:
// AuthenticationManager.
func isClass(text []byte, end int) bool {
	if end == len(text) || text[end] < 'A' || text[end] > 'Z' || text[end-1] < 'a' || text[end-1] > 'z' {
		return false
	}
	start := end
	for start > 0 && wordByte(text[start-1]) {
		start--
	}
	return start == 0 || text[start-1] != ':' // s3:ListBucket
}

// inAddress tells whether what follows text is in an absolute path or in an address. Two
// words with a slash between are neither: username/password.
func inAddress(text []byte) bool {
	i := len(text)
	for i > 0 && (wordByte(text[i-1]) || text[i-1] == '-' || text[i-1] == '.' || text[i-1] == ':') {
		i--
	}
	if i == 0 || text[i-1] != '/' {
		return false
	}
	for i > 0 && (wordByte(text[i-1]) || text[i-1] == '/' || text[i-1] == '-' || text[i-1] == '.' || text[i-1] == ':') {
		i--
	}
	return text[i] == '/' || text[i] == '.' || bytes.Contains(text[i:], []byte("://"))
}

// isSource tells whether text begins with the extension of a page or of source code.
func isSource(text []byte) bool {
	if len(text) == 0 || text[0] != '.' {
		return false
	}
	n := 1
	for n < len(text) && wordByte(text[n]) {
		n++
	}
	switch string(text[1:n]) {
	case "html", "htm", "php", "asp", "aspx", "jsp", "cgi", "pl", "js", "jsx", "mjs", "ts", "tsx", "vue", "css", "py", "rb", "java",
		"kt", "cs", "go", "rs", "erb", "ejs", "hbs", "tpl", "tmpl", "ftl", "twig", "cshtml", "svg", "png":
		return true
	}
	return false
}

// isPiece tells whether what follows text is the name of a page or, in quotes, that of a
// piece of a program or of a database.
func isPiece(text []byte) bool {
	quoted := bytes.TrimRight(text, "'\"`")
	words := bytes.TrimRight(quoted, " ")
	if len(words) == len(quoted) {
		return false
	}
	start := len(words)
	for start > 0 && wordByte(words[start-1]) {
		start--
	}
	var kind [len("interface")]byte // the longest that is known
	n := copy(kind[:], words[start:])
	if n < len(words)-start {
		return false
	}
	for i, c := range kind[:n] {
		kind[i] = c | 0x20
	}
	switch string(kind[:n]) {
	case "page", "route", "template", "view", "partial":
		return true
	case "module", "package", "column", "table", "relation", "property", "type", "name", "class", "interface", "function", "method", "symbol",
		"import", "component", "key", "alias":
		return len(quoted) < len(text)
	}
	return false
}
