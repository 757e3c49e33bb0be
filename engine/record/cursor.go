package record

// A Record is one log entry of a chunk. Its offsets count from the chunk's
// start; Map is the encoded fields, borrowed from the chunk, and ends at End.
type Record struct {
	Sec   int64 // event time, Unix seconds, 0 to MaxSec; 0 for any before
	Nsec  int32 // 0 to 999,999,999
	Group bool  // a marker around a group of records, not a log entry

	Start, End int
	Map        []byte

	// If Frame is not 0, Map differs from those of other records with the same Frame,
	// of this chunk or an earlier one, at most in the string Map[From:To], which is a
	// value of the map itself.
	Frame    int
	From, To int
}

// A Cursor goes through the records of a chunk in order. The zero value is a
// cursor over nothing. It remembers frames from chunk to chunk, so it is fastest if
// all chunks are of one tag.
type Cursor struct {
	chunk  []byte
	off    int
	odd    int
	err    Error
	frames frames
	ahead  outlines
}

// Reset points c at the start of a chunk, which c borrows until the next Reset.
func (c *Cursor) Reset(chunk []byte) {
	c.chunk, c.off, c.odd, c.err = chunk, 0, 0, Error{}
	c.ahead.i, c.ahead.n = 0, 0
	c.frames.nextChunk()
}

// Next reads the next record into r. It returns false at the end of the chunk
// and where framing is broken; Err tells which.
//
// A well-framed object that is not a record is skipped and counted (Odd).
func (c *Cursor) Next(r *Record) bool {
	if o, ok := c.pop(); ok {
		c.Read(o, r)
		return true
	}
	for c.off < len(c.chunk) && c.err.Want == "" {
		start := c.off
		time, body := skipHead(c.chunk, start) // body: where the second of the root's two objects starts
		if end := plain(c.chunk, body); end > 0 {
			c.fill(r, start, time, body, end)
			c.off = end
			return true
		}
		timed := body > 0
		if timed {
			r.setEventTime(c.chunk[time : time+eventTimeSize])
		} else {
			var root object
			if !read(c.chunk, start, &root, &c.err) {
				return false
			}
			body = -1
			if root.kind == Array && root.size == 2 {
				if body, timed = c.readTime(root.start, r); body < 0 {
					return false
				}
			}
		}
		end := 0
		if body >= 0 {
			end = c.skip(body, 1)
		} else {
			end = c.skip(start, 1)
		}
		if end < 0 {
			return false
		}
		c.off = end
		if !timed || shapes[c.chunk[body]].kind != Map {
			c.odd++
			continue
		}
		r.Start, r.End, r.Map, r.Frame = start, end, c.chunk[body:end:end], 0
		return true
	}
	return false
}

// SkipTo reads records until one ends after the chunk's byte off, and leaves
// that one in r. It returns false when there is none. off counts from the start
// of the chunk; a cursor never goes back, so a record that was read already is
// not found again. r may start after off when off is inside an odd object.
func (c *Cursor) SkipTo(off int, r *Record) bool {
	for {
		for o, ok := c.pop(); ok; o, ok = c.pop() {
			if o.End > off {
				c.Read(o, r)
				return true
			}
		}
		if c.readAhead(off, nil) {
			continue
		}
		if !c.Next(r) {
			return false
		}
		if r.End > off {
			return true
		}
	}
}

// fill makes r the record at start, without a frame, from what skipHead and plain returned.
func (c *Cursor) fill(r *Record, start, time, body, end int) {
	r.setEventTime(c.chunk[time : time+eventTimeSize])
	r.Start, r.End, r.Map, r.Frame = start, end, c.chunk[body:end:end], 0
}

// Err returns what broke the framing, an *Error, or nil.
func (c *Cursor) Err() error {
	if c.err.Want == "" {
		return nil
	}
	e := c.err // only a failed chunk pays for the copy
	return &e
}

// Odd returns how many well-framed objects were skipped because they were not
// records: not an array of two, no time that Fluent Bit writes, no map.
func (c *Cursor) Odd() int { return c.odd }

// Rest returns how many bytes of the chunk were not read: after broken framing,
// what is lost.
func (c *Cursor) Rest() int { return len(c.chunk) - c.off }

// skip is skip in the chunk.
func (c *Cursor) skip(i, n int) int { return skip(c.chunk, i, n, &c.err) }

// skip returns the offset after the n objects at b[i:], with all that is in them, or -1 after
// setting e. However deeply they are nested, it need only remember how many objects are still
// to come.
func skip(b []byte, i, n int, e *Error) int {
	for ; n > 0; n-- {
		if _, end := text(b, i); end > 0 {
			i = end
			continue
		}
		var o object
		if !read(b, i, &o, e) {
			return -1
		}
		i = o.start
		if o.kind < Array {
			i += o.size
		} else {
			n += o.objects()
		}
	}
	return i
}

// maxPlainMap is how many fields a plain record may have: one with more is parsed
// JSON, and most likely holds a number.
const maxPlainMap = 15

// plain returns where the record ends whose fields are at b[i:] if all of them are
// strings, else 0. i is 0 if skipHead found no fields.
//
// Fast path: nearly every record is plain, and those before a candidate are only
// skipped.
func plain(b []byte, i int) int {
	fields, i := plainMap(b, i)
	if fields > maxPlainMap {
		return 0
	}
	for range 2 * fields {
		if _, i = text(b, i); i == 0 {
			return 0
		}
	}
	return i
}

// plainMap returns how many fields the map at b[i:] has and where they start, if
// its head is one that Fluent Bit writes: of one byte, or of five for up to 255 fields.
func plainMap(b []byte, i int) (fields, start int) {
	const short, long = 0x80, "\xdf\x00\x00\x00"
	switch {
	case i == 0:
	case b[i]&^0x0f == short:
		return int(b[i] & 0x0f), i + 1
	case len(b)-i > len(long) && string(b[i:i+len(long)]) == long:
		return int(b[i+len(long)]), i + len(long) + 1
	}
	return 0, 0
}
