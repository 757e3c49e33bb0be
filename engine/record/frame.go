package record

import (
	"bytes"
	"encoding/binary"
)

// A frame is what records of one container have in common: all their bytes but those of
// the time and of one value.
//
// Fast path: three comparisons say of a record what a walk through it would.
type frame struct {
	head           uint32 // what the record begins with, up to the time: its bits in headMask
	headMask       uint32
	before, behind []byte // beside the value with its head, from the end of the time on
	timeEnd        int    // from the record's start
	number         int    // 0: there is no frame yet
}

func newFrame(record []byte, time, from, to, number int) frame {
	f := frame{timeEnd: time + eventTimeSize, number: number}
	f.headMask = 1<<(8*time) - 1
	f.head = binary.LittleEndian.Uint32(record) & f.headMask
	f.before, f.behind = record[f.timeEnd:from], record[to:]
	return f
}

// fits returns where the value of the record at b[start:] is and where the record ends,
// or 0 if the frame does not fit.
func (f *frame) fits(b []byte, start int) (from, to, end int) {
	if f.number == 0 || len(b)-start < f.timeEnd+len(f.before) || binary.LittleEndian.Uint32(b[start:])&f.headMask != f.head {
		return 0, 0, 0
	}
	body := start + f.timeEnd
	value := body + len(f.before)
	if !bytes.HasPrefix(b[body:], f.before) {
		return 0, 0, 0
	}
	from, to = text(b, value)
	if to == 0 || !bytes.HasPrefix(b[to:], f.behind) {
		return 0, 0, 0
	}
	return from, to, to + len(f.behind)
}

// frames are those met last. Docker's log driver sends a map of which the order varies, but
// not what follows what: records whose first key is the same have the same order. What a container
// writes to stdout and to stderr has a frame each.
type frames struct {
	slots  [frameSlots]frameSlot
	key    int // where the first key of a record is, from its start
	made   int
	fitted int // records that one was around
}

const (
	frameSlots = 8
	slotFrames = 2

	// Frames is by what a frame's number is to be divided: the rest tells it from the other
	// frames in use.
	Frames = frameSlots * slotFrames
)

// A frameSlot has the frames of records with a first key.
type frameSlot struct {
	last [slotFrames]frame
	next int // which of them is replaced next

	// The second frame has this byte so far from the start of a record; the first has
	// another one there, if one byte can tell them apart.
	byteAt     int
	secondByte byte

	plain int // where the map of the last plain record begins that was learnt from, 0 if there is none
}

// Frames are tried while there were few, or while one was around so many records.
const (
	frameTrials = Frames
	framePays   = 8
)

func (f *frames) pay() bool { return f.fitted >= framePays*(f.made-frameTrials) }

// slotOf returns which slot is that of a first key, by the byte that says its length: those
// that Docker's log driver sends have four.
func slotOf(b []byte, key int) int { return int(b[key]>>1) % frameSlots }

// outline sets o, but for its start, to what the frame says that fits the record at
// b[o.Start:], and reports whether one does.
func (f *frames) outline(b []byte, o *Outline) bool {
	key := o.Start + f.key
	if f.made == 0 || key >= len(b) {
		return false
	}
	slot := &f.slots[slotOf(b, key)]
	i := slot.likely(b, o.Start)
	for range slot.last {
		fr := &slot.last[i]
		if o.From, o.To, o.End = fr.fits(b, o.Start); o.End > 0 {
			o.Frame = fr.number
			f.fitted++
			return true
		}
		i = (i + 1) % slotFrames
	}
	return false
}

// learn makes a frame of a plain record, which begins at start and ends at end, and whose
// time and map begin at time and at body, and of one before it with the same keys: around
// the longest of the values in which they differ, or of all if they are the same.
func (f *frames) learn(b []byte, start, time, body, end int) {
	fields, at := plainMap(b, body)
	if fields == 0 || !f.pay() {
		return
	}
	f.key = at - start
	index := slotOf(b, at)
	slot := &f.slots[index]
	old := slot.plain
	slot.plain = body
	if old == 0 || old == body {
		return
	}
	oldFields, oldAt := plainMap(b, old)
	if fields != oldFields {
		return
	}
	var value, differing span
	for range fields {
		key, oldKey := at, oldAt
		_, at = text(b, at)
		_, oldAt = text(b, oldAt)
		if !bytes.Equal(b[key:at], b[oldKey:oldAt]) {
			return
		}
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
		number := f.made*Frames + index*slotFrames + slot.next
		slot.last[slot.next] = newFrame(b[start:end], time-start, value.from-start, value.to-start, number)
		slot.next = (slot.next + 1) % slotFrames
		slot.tellApart()
	}
}

// tellApart looks for a byte in front of the value in which the frames differ.
func (s *frameSlot) tellApart() {
	first, second := &s.last[0], &s.last[1]
	for i := range min(len(first.before), len(second.before)) {
		if first.before[i] != second.before[i] {
			s.byteAt, s.secondByte = second.timeEnd+i, second.before[i]
			return
		}
	}
}

// likely returns which of the frames fits the record at b[start:], if one does.
//
// Fast path: nothing could predict whether a line went to stdout or to stderr.
func (s *frameSlot) likely(b []byte, start int) (i int) {
	if b[min(start+s.byteAt, len(b)-1)] == s.secondByte {
		i = 1
	}
	return i
}

// A span is a part of a chunk.
type span struct{ from, to int }

func (s span) orLonger(other span) span {
	if other.to-other.from > s.to-s.from {
		return other
	}
	return s
}
