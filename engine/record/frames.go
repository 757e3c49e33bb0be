package record

import "bytes"

// frames are the latest ones. Docker's log driver sends a Go map, whose keys come in several
// orders; but all go round the same circle, so records with the same first key have the same
// order. Hence a slot for each first key, with two frames: for what a container writes to stdout
// and to stderr.
type frames struct {
	key    int // where the first key of a record begins, from the record's start
	reach  int // how many bytes of a record the assembly reads before it knows how long it is
	hints  [frameSlots]hint
	slots  [frameSlots][slotFrames]frame
	learnt [frameSlots]learnt
	made   int // how many frames were ever made
	before int // how many of them in the chunks before
	fitted int // how many records of this chunk a frame was around
}

const (
	frameSlots = 8
	slotFrames = 2

	// Frames is how many frames are in use at most. A frame's number modulo Frames tells it
	// from all others in use.
	Frames = frameSlots * slotFrames
)

// A hint says which frame of a slot fits a record, if one does.
//
// Fast path: a branch on whether a line went to stdout or to stderr could not be predicted.
type hint struct {
	// The second frame has secondByte at byteAt, from a record's start; the first has
	// another byte there, if one byte can tell them apart.
	byteAt     int32
	secondByte uint8

	value [slotFrames]int32 // frame.value of each
}

// learnt is how far a slot has got with learning frames. It takes two plain records to make one.
type learnt struct {
	next  int // which frame of the slot is replaced next
	plain int // where in the chunk the map of the latest plain record begins; 0 if there is none yet
}

// Making frames of a chunk pays up to frameTrials of them, and beyond that as long as there are
// framePays records found by a frame for each further one.
const (
	frameTrials = Frames
	framePays   = 8
)

func (f *frames) pay() bool { return f.fitted >= framePays*(f.made-f.before-frameTrials) }

// slotOf returns the slot of a record whose first key begins at b[key]. It goes by that byte,
// which holds the key's length: the four keys of Docker's log driver have four lengths.
func slotOf(b []byte, key int) int { return int(b[key]>>1) % frameSlots }

// follow sets outlines to those of the record at b[start:] and the ones after it, as long as a frame
// fits, there is room in outlines, and the record before did not end after b[:to]. It returns how
// many there are. If v is not nil, the values of the records that end within b[:to] are added to it;
// v must have room.
func (f *frames) follow(b []byte, start, to int, outlines []Outline, v *Values) (n int) {
	if f.made == 0 || !f.pay() {
		return 0
	}
	n = follow(f, b, start, to, outlines, v)
	f.fitted += n
	return n
}

// followEach is follow, record by record: the twin of the assembly.
func followEach(f *frames, b []byte, start, to int, outlines []Outline, v *Values) (n int) {
	for n < len(outlines) && start <= to && f.outline(b, start, &outlines[n]) {
		o := &outlines[n]
		start = o.End
		if v != nil && o.End <= to {
			v.Add(b[o.From:o.To])
		}
		n++
	}
	return n
}

// outline sets o to the outline of the record at b[start:] if a frame fits it, and reports
// whether one does.
func (f *frames) outline(b []byte, start int, o *Outline) bool {
	key := start + f.key
	if key >= len(b) {
		return false
	}
	index := slotOf(b, key)
	slot := &f.slots[index]
	i := f.hints[index].likely(b, start)
	for range slot {
		fr := &slot[i]
		if from, to, end := fr.fits(b, start); end > 0 {
			o.Start, o.End, o.Frame, o.From, o.To = start, end, fr.number, from, to
			return true
		}
		i = (i + 1) % slotFrames
	}
	return false
}

// learn makes a frame of a plain record and of the one before it in its slot, if both have the
// same keys. The value inside the frame is the longest in which they differ or, if they differ in
// none, the longest. The record is b[start:end]; its time and its map begin at time and at body.
func (f *frames) learn(b []byte, start, time, body, end int) {
	fields, at := plainMap(b, body)
	if fields == 0 || !f.pay() {
		return
	}
	f.key = at - start
	f.reach = max(f.reach, f.key+1)
	index := slotOf(b, at)
	slot := &f.learnt[index]
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
	if value.to == 0 {
		return
	}
	f.made++
	made := &f.slots[index]
	number := f.made*Frames + index*slotFrames + slot.next
	if made[slot.next].set(b[start:end], time-start, value.from-start, value.to-start, number) {
		f.reach = max(f.reach, value.from-start+maxTextHead)
		f.hints[index] = hintOf(&made[0], &made[1])
		slot.next = (slot.next + 1) % slotFrames
	}
}

// hintOf looks for a byte in front of the value in which the frames of a slot differ.
func hintOf(first, second *frame) hint {
	h := hint{value: [...]int32{int32(first.value), int32(second.value)}}
	if first.number == 0 || second.number == 0 {
		return h
	}
	for i := max(first.timeEnd, second.timeEnd); i < min(first.value, second.value); i++ {
		if b := second.byteAt(i); b != first.byteAt(i) {
			h.byteAt, h.secondByte = int32(i), b
			break
		}
	}
	return h
}

// likely returns which of the frames fits the record at b[start:], if one does.
func (h *hint) likely(b []byte, start int) (i int) {
	if b[min(start+int(h.byteAt), len(b)-1)] == h.secondByte {
		i = 1
	}
	return i
}

// nextChunk forgets what concerns the current chunk only.
func (f *frames) nextChunk() {
	f.before, f.fitted = f.made, 0
	for i := range f.learnt {
		f.learnt[i].plain = 0
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
