package record

// An Outline says where a record is, and where in it the string is that its frame is
// around, all in the chunk. Frame is as in Record.
type Outline struct {
	Start, End int
	Frame      int
	From, To   int
}

// outline sets o to the outline of the record at the chunk's byte start, from which frames are
// learnt, and reports whether that is plain.
func (c *Cursor) outline(start int, o *Outline) bool {
	o.Start = start
	if c.frames.pay() && c.frames.outline(c.chunk, o) {
		return true
	}
	*o = Outline{Start: start}
	time, body := skipHead(c.chunk, start)
	if o.End = plain(c.chunk, body); o.End == 0 {
		return false
	}
	c.frames.learn(c.chunk, start, time, body, o.End)
	return true
}

// MaxAhead is how many records Ahead reads at once.
const MaxAhead = 64

// outlines are the records that Ahead has read and Next has not.
type outlines struct {
	read [MaxAhead]Outline
	i, n int // read[i:n]
}

// Behind returns where the records begin that c has not read, nor Ahead returned.
func (c *Cursor) Behind() int {
	if o := &c.ahead; o.i < o.n {
		return o.read[o.n-1].End
	}
	return c.off
}

// Ahead returns where the next records are, as many as end at or before the chunk's byte to,
// but most at most. There are none where the next one is not of strings only. Next and SkipTo
// read them then; those that they have not read are passed over by the next call, until which
// the result is valid.
func (c *Cursor) Ahead(to, most int) []Outline {
	o := &c.ahead
	c.off, o.i, o.n = c.Behind(), 0, 0
	for off := c.off; o.n < min(most, MaxAhead); o.n++ {
		next := &o.read[o.n]
		if !c.outline(off, next) || next.End > to {
			break
		}
		off = next.End
	}
	return o.read[:o.n]
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
