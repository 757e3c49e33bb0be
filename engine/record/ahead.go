package record

// An Outline says where in the chunk a record is, and where in it the string inside its
// frame is. Frame is as in Record.
type Outline struct {
	Start, End int
	Frame      int
	From, To   int
}

// MaxAhead is how many records Ahead reads at once.
const MaxAhead = 64

// outlines are the records that Ahead has read and Next has not.
type outlines struct {
	read [MaxAhead]Outline
	i, n int // read[i:n]
}

// Behind returns where in the chunk the records begin that neither Ahead has returned nor
// anything else has read.
func (c *Cursor) Behind() int {
	if o := &c.ahead; o.i < o.n {
		return o.read[o.n-1].End
	}
	return c.off
}

// Ahead returns where the next records are: MaxAhead of them at most, all within chunk[:to] and
// together no longer than MaxValues bytes, up to the first that does not consist of strings. v
// becomes their values. Next and SkipTo go through the same records afterwards; the next call
// skips those that they have not read, and the result is valid until then.
func (c *Cursor) Ahead(to int, v *Values) []Outline {
	c.off = c.Behind()
	v.Reset()
	to = min(to, c.off+MaxValues)
	c.readAhead(to, v)
	o := &c.ahead
	if o.n > 0 && o.read[o.n-1].End > to {
		o.n--
	}
	return o.read[:o.n]
}

// readAhead reads where the next records are: MaxAhead of them at most, up to and including the first
// that ends after chunk[:to], or up to the first that does not consist of strings. It reports whether
// there are any. Those of the call before must all have been read. If v is not nil, the values of the
// records within chunk[:to] are added to it.
func (c *Cursor) readAhead(to int, v *Values) bool {
	o := &c.ahead
	o.i, o.n = 0, 0
	for off := c.off; o.n < MaxAhead && off <= to; off = o.read[o.n-1].End {
		if n := c.frames.follow(c.chunk, off, to, o.read[o.n:], v); n > 0 {
			o.n += n
		} else if next := &o.read[o.n]; c.learn(off, next) {
			if v != nil && next.End <= to {
				v.Add(c.chunk[next.Start:next.End])
			}
			o.n++
		} else {
			break
		}
	}
	return o.n > 0
}

// learn sets o to the outline of the record at chunk[start:] and lets the frames learn from it, if
// it consists of strings; it reports whether it does.
func (c *Cursor) learn(start int, o *Outline) bool {
	time, body := skipHead(c.chunk, start)
	*o = Outline{Start: start, End: plain(c.chunk, body)}
	if o.End == 0 {
		return false
	}
	c.frames.learn(c.chunk, start, time, body, o.End)
	return true
}

// pop goes to the next of the records that were read ahead, if there is one.
func (c *Cursor) pop() (o *Outline, ok bool) {
	if c.ahead.i == c.ahead.n {
		return nil, false
	}
	o = &c.ahead.read[c.ahead.i]
	c.ahead.i++
	c.off = o.End
	return o, true
}

// Read reads the record of o into r. The cursor stays where it is.
func (c *Cursor) Read(o *Outline, r *Record) {
	time, body := skipHead(c.chunk, o.Start)
	c.fill(r, o.Start, time, body, o.End)
	if o.Frame > 0 {
		r.Frame, r.From, r.To = o.Frame, o.From-body, o.To-body
	}
}
