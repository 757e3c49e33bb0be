package mention

import "bytes"

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
		return identByte(p.byteAt(p.left-2)) && !p.isShape() && saysFailure(p.line[p.start:p.end])
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
