package mention

import "bytes"

// isFile tells whether the evidence is what a system, or the runtime of a language,
// says about a file: open C:\x\y.tmp: Access is denied, /var/x: Permission denied,
// chdir(/srv/x) failed: Permission denied, AccessDeniedException[/usr/x].
func (p *place) isFile() bool {
	if p.isIOError() {
		return true
	}
	switch s := p.line[p.start:]; {
	case hasFold(s, "permission"), hasFold(s, "access"), hasFold(s, "insufficient permission"):
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

// fileBefore tells whether a path stands right before the evidence, as what it is about:
// /var/x: Permission denied, /var/x (Permission denied), chdir(/srv/x) failed: ….
func (p *place) fileBefore() bool {
	i, ok := p.subjectEnd()
	if !ok {
		return false
	}
	if p.byteAt(i-1) == ')' {
		i--
	}
	i = p.beforeQuotes(i)
	start := p.before(i, func(c byte) bool { return !spaceByte(c) && !quoteByte(c) && c != '(' })
	return rooted(p.line[start:i])
}

// subjectEnd returns where what the evidence is said of ends, if a sign says that it is.
func (p *place) subjectEnd() (end int, ok bool) {
	i := p.start - 2
	switch c := p.byteAt(i + 1); {
	case c == '(' && p.byteAt(i) == ' ', c == ' ' && p.byteAt(i) == ',': // …, insufficient permissions
		return i, true
	case c != ' ' || p.byteAt(i) != ':':
		return 0, false
	}
	if c := p.byteAt(i - 1); c != 'd' && c != 'm' {
		return i, true // Fast path: neither of the words.
	}
	w := p.wordBefore(i)
	switch {
	case w.end != i:
	case w.equals("failed"):
		return p.beforeSpaces(w.start), true
	case w.equals("stream"): // fopen(/var/x): failed to open stream: Permission denied
		i = bytes.LastIndex(p.line[:i], []byte(": failed to open"))
	}
	return i, i >= 0
}

// fileAfter tells whether a path comes right after the evidence, as what it is about:
// AccessDeniedException: /var/x, Permission denied - /var/x, permission denied, open '/x'.
func (p *place) fileAfter() bool {
	i := p.afterSpaces(p.right)
	switch c := p.byteAt(i); {
	case endsFold(p.line[p.start:p.end], " on"): // no read permission on '/run/x'
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
	end := p.after(i, func(c byte) bool { return !spaceByte(c) && !quoteByte(c) })
	if rooted(p.line[i:end]) {
		return true
	}
	name := p.line[p.left:p.right]
	return p.byteAt(i) == '/' && p.byteAt(i+1) != ' ' && len(name) > len("exception") && endsFold(name, "exception")
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
