package gist

// A writer makes the gist of raw, from its start to its end.
type writer struct {
	*Gist
	n      int     // length of the gist up to now, in buf
	copied int     // raw[:copied] is in the gist or left out of it; no further word begins before
	ahead  int     // raw[:ahead] was looked at
	seen   stretch // the one looked at last and not left out
}

// lookAt notes that raw[i] was looked at, which may be some bytes ahead.
func (w *writer) lookAt(i int) { w.ahead = max(w.ahead, i+1) }

// blank puts a blank in place of each byte of raw[from:to].
func (w *writer) blank(from, to int, f form) {
	w.leave(from, to-from, f)
	for ; to-from > len(blanks); from += len(blanks) {
		w.write(from, blanks)
	}
	w.write(from, blanks[:to-from])
}

// put puts blanks in place of as many bytes at raw[at:].
func (w *writer) put(at int, blanks string, f form) {
	w.leave(at, len(blanks), f)
	w.write(at, blanks)
}

// cut puts one blank in place of raw[from:to], which is not empty.
func (w *writer) cut(from, to int, f form) {
	if w.nCuts == maxCuts {
		w.loose = true
		return
	}
	w.leave(from, 1, f)
	w.write(from, blanks[:1])
	if w.copied = to; to-from > 1 {
		w.shift(w.n, to)
	}
}

// leave notes that n blanks will stand for what is at raw[from:].
//
// Whether something is left out must not depend on what else is, or another text of the same
// outline would be read differently. It does depend if its bytes were looked at to judge what is
// before it, if it makes a stretch of base64 random or not, or if it directly follows what was
// left out before.
func (w *writer) leave(from, n int, f form) {
	if from < w.ahead || from < w.seen.to && w.seen.sways(f) || from == w.copied && w.short {
		w.loose = true
	}
	w.short = true
	w.add(w.n+from-w.copied, n, f)
}

// write writes what is missing of raw[:at], and blanks for what follows.
func (w *writer) write(at int, blanks string) {
	w.copyTo(at)
	w.n += copy(w.buf[w.n:], blanks)
	w.copied = at + len(blanks)
}

// copyTo copies what is missing of raw[:at].
func (w *writer) copyTo(at int) {
	w.n += copy(w.buf[w.n:], w.raw[w.copied:at])
}

// end copies the rest, if anything was left out.
func (w *writer) end() {
	if w.short {
		w.copyTo(len(w.raw))
		w.said = w.buf[:w.n]
	}
}
