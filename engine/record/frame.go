package record

import "bytes"

// A frame is what records of one container have in common: all bytes of their map
// but those of one value.
//
// Fast path: two comparisons say of a record what a walk through its fields would.
type frame struct {
	before, behind []byte // the value, with its head, stands between them
	number         int    // 0: there is no frame yet
}

// around returns where the value of the map at b[body:] is and where the map ends,
// or 0 if the frame does not fit.
func (f *frame) around(b []byte, body int) (from, to, end int) {
	if f.number == 0 || !bytes.HasPrefix(b[body:], f.before) {
		return 0, 0, 0
	}
	from, to = text(b, body+len(f.before))
	if to == 0 || !bytes.HasPrefix(b[to:], f.behind) {
		return 0, 0, 0
	}
	return from, to, to + len(f.behind)
}

// frames are those met last: what a container writes to stdout and to stderr has one
// each. Their numbers follow each other.
type frames struct {
	last   [2]frame
	made   int
	fitted int // records that one was around
}

// Frames are tried while there were few, or while one was around so many records.
const (
	frameTrials = 4
	framePays   = 8
)

func (f *frames) pay() bool { return f.fitted >= framePays*(f.made-frameTrials) }

// around returns what the frame that fits says, and its number, 0 if none does.
func (f *frames) around(b []byte, body int) (from, to, end, number int) {
	if body == 0 || f.made == 0 || !f.pay() {
		return 0, 0, 0, 0
	}
	for i := range f.last {
		if from, to, end = f.last[i].around(b, body); end > 0 {
			f.fitted++
			return from, to, end, f.last[i].number
		}
	}
	return 0, 0, 0, 0
}

// learn makes a frame of two plain records whose maps begin at old and at body, where
// the latter ends at end: around the longest of the values in which they differ, or of
// all if they are the same.
func (f *frames) learn(b []byte, old, body, end int) {
	if !f.pay() {
		return
	}
	fields, at := plainMap(b, body)
	oldFields, oldAt := plainMap(b, old)
	if fields != oldFields {
		return
	}
	var value, differing span
	for range fields {
		_, at = text(b, at) // the keys
		_, oldAt = text(b, oldAt)
		v := span{from: at}
		_, v.to = text(b, at)
		_, oldEnd := text(b, oldAt)
		value = value.orLonger(v)
		if !bytes.Equal(b[v.from:v.to], b[oldAt:oldEnd]) {
			differing = differing.orLonger(v)
		}
		at, oldAt = v.to, oldEnd
	}
	if differing.to > 0 {
		value = differing
	}
	if value.to > 0 {
		f.made++
		f.last[1] = f.last[0]
		f.last[0] = frame{b[body:value.from], b[value.to:end], f.made}
	}
}

// A span is a part of a chunk.
type span struct{ from, to int }

func (s span) orLonger(other span) span {
	if other.to-other.from > s.to-s.from {
		return other
	}
	return s
}
