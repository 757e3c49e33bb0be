package gist

// A writer makes the gist of raw, from its start to its end.
type writer struct {
	*Gist
	n      int     // length of the gist up to now, in buf
	copied int     // raw[:copied] is in the gist, or left out of it; no word begins before
	ahead  int     // raw[:ahead] was looked at
	seen   stretch // looked at last, and not left out
}

// lookAt notes that raw[i] was looked at, which may be some bytes ahead.
func (w *writer) lookAt(i int) { w.ahead = max(w.ahead, i+1) }

// blank puts a blank in the place of each byte of raw[from:to].
func (w *writer) blank(from, to int, f form) {
	w.leave(from, to-from, f)
	for ; to-from > len(blanks); from += len(blanks) {
		w.write(from, blanks)
	}
	w.write(from, blanks[:to-from])
}

// put puts blanks in the place of what is as long at raw[at:].
func (w *writer) put(at int, blanks string, f form) {
	w.leave(at, len(blanks), f)
	w.write(at, blanks)
}

// cut puts one blank in the place of raw[from:to], which is not empty.
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
// Whether something is left out must not depend on what else is: else another text of the same
// outline is not read in the same way. It does where bytes of it were looked at for the sake of
// what stands in front of it, where it makes a stretch of base64 random or not, or where nothing
// stands between it and what was left out before.
func (w *writer) leave(from, n int, f form) {
	if from < w.ahead || from < w.seen.to && w.seen.sways(f) || from == w.copied && w.short {
		w.loose = true
	}
	w.short = true
	w.add(w.n+from-w.copied, n, f)
}

// write writes what is not in the gist yet of raw[:at], and blanks for what follows.
func (w *writer) write(at int, blanks string) {
	w.copyTo(at)
	w.n += copy(w.buf[w.n:], blanks)
	w.copied = at + len(blanks)
}

// copyTo copies what is not in the gist yet of raw[:at].
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
