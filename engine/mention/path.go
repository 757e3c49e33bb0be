package mention

import "bytes"

// inPath tells whether the evidence is a segment of a path, the stem of a file's name, or a
// query's value that says nothing about the request. ?error=access_denied does.
func (p *place) inPath() bool {
	if p.isFile() || p.isResource() || p.isParameter() {
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
	i := p.before(p.left, func(c byte) bool { return elementByte(c) || c == '/' || c == ':' || c == '%' })
	path := p.line[i:p.left]
	return path[0] == '/' || bytes.Count(path, []byte("/")) > 1
}

// isParameter tells whether the evidence is the value of an address' parameter: /orders?tag=forbidden.
// One that may say what failed says it of another request where this one went well:
// "POST /refresh?reason=token_expired HTTP/1.1" 200.
func (p *place) isParameter() bool {
	if p.byteAt(p.left-1) != '=' || !p.isTerm() {
		return false
	}
	i := p.before(p.left-1, identByte)
	if c := p.byteAt(i - 1); c != '?' && c != '&' {
		return false
	}
	switch key := p.word(i, p.left-1); string(key.text()) {
	case "tag", "tags", "category", "type", "sort", "order", "group", "label", "view", "tab", "page", "kind", "topic", "level", "severity", "scope", "include", "exclude":
		return true
	}
	end := p.after(p.right, func(c byte) bool { return !spaceByte(c) && !quoteByte(c) })
	if !bytes.HasPrefix(p.line[end:], []byte(" HTTP/")) {
		return false
	}
	n := bytes.IndexByte(p.line[end:], '"')
	return n > 0 && p.byteAt(end+n+1) == ' ' && p.byteAt(end+n+2) == '2' && digit(p.byteAt(end+n+4))
}

// isResource tells whether the evidence is part of what is named by an ARN or by
// the fragment of an address, or is a directory of an object's key:
// arn:…:alarm:AccessDenied, errors#AccessDenied, unauthorized/401.json.
func (p *place) isResource() bool {
	switch p.byteAt(p.left - 1) {
	case '#':
		return identByte(p.byteAt(p.left-2)) && !p.isShape() && saysFailure(p.line[p.start:p.end])
	case ':':
		i := p.before(p.left, func(c byte) bool { return elementByte(c) || c == ':' || c == '/' })
		return identByte(p.byteAt(p.left-2)) && hasFold(p.line[i:], "arn:")
	}
	switch p.byteAt(p.right) {
	case '.':
		return p.isTerm() && p.isHost()
	case '-': // the key of an object: errors/AccessDenied-2031-02-03.csv
		end := p.after(p.right, elementByte)
		dot := bytes.LastIndexByte(p.line[:end], '.')
		return dot > p.right && p.isTerm() && extension(p.line[dot+1:])
	case '/':
		i := p.after(p.right, func(c byte) bool { return identByte(c) || c == '-' || c == '/' })
		return p.byteAt(i) == '.' && extension(p.line[i+1:])
	}
	return false
}

// isHost tells whether the evidence is the first label of a host's name:
// invalid_client.example.com.
func (p *place) isHost() bool {
	labels := 0
	for i := p.right; p.byteAt(i) == '.'; labels++ {
		end := p.after(i+1, hyphenated)
		if end == i+1 {
			break
		}
		i = end
	}
	return labels > 1
}

// isShape tells whether the evidence is an error as AWS' JSON protocols name it, behind
// the namespace of its service: com.amazon.coral.service#AccessDeniedException.
func (p *place) isShape() bool {
	i := p.before(p.left-1, elementByte)
	if p.byteAt(i-1) == '/' || !upper(p.byteAt(p.left)) {
		return false
	}
	namespace := p.line[i : p.left-1]
	dot := bytes.LastIndexByte(namespace, '.')
	return dot > 0 && !extension(p.line[i+dot+1:])
}

// behindSlash tells whether the segment that the evidence ends begins with a
// slash, other than that of a closing tag.
func (p *place) behindSlash() bool {
	i := p.before(p.left, func(c byte) bool { return elementByte(c) || c == '%' })
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
			"hbs", "properties", "log", "csv", "tsv", "jsonl", "gz", "zip", "parquet", "pdf", "jpg", "webp", "ico", "toml", "ini":
			return true
		}
		if n == 0 || n == len(text) || text[n] != '.' {
			return false
		}
		text = text[n+1:]
	}
	return false
}
