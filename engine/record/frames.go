package record

import "bytes"

// frames are those met last. Docker's log driver sends a map of which the order varies, but
// not what follows what: records whose first key is the same have the same order. What a container
// writes to stdout and to stderr has a frame each.
type frames struct {
	key    int // where the first key of a record is, from its start
	reach  int // so many bytes from a record's start on are looked at before it is known to be as long
	hints  [frameSlots]hint
	slots  [frameSlots][slotFrames]frame
	learnt [frameSlots]learnt
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

// A hint says which frame of a slot fits a record, if one does.
//
// Fast path: nothing could predict whether a line went to stdout or to stderr.
type hint struct {
	// The second frame has this byte so far from the start of a record; the first has
	// another one there, if one byte can tell them apart.
	byteAt     int32
	secondByte uint8

	value [slotFrames]int32 // each frame's
}

// learnt is how far a slot is with learning frames.
type learnt struct {
	next  int // which frame is replaced next
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

// follow goes from the record at b[start:] to the next, for as long as a frame fits, there is room in
// outlines, which it sets, and the last did not end after to. It returns how many. If v is not nil,
// it adds the values of those that end at to or before, which there must be room for.
func (f *frames) follow(b []byte, start, to int, outlines []Outline, v *Values) (n int) {
	if f.made == 0 || !f.pay() {
		return 0
	}
	n = follow(f, b, start, to, outlines, v)
	f.fitted += n
	return n
}

// followEach is follow record by record.
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

// outline sets o to what the frame says that fits the record at b[start:], and reports
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

// learn makes a frame of a plain record, which begins at start and ends at end, and whose
// time and map begin at time and at body, and of one before it with the same keys: around
// the longest of the values in which they differ, or of all if they are the same.
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

// reset forgets all frames.
func (f *frames) reset() {
	if f.key == 0 { // Fast path: most chunks are too small for them.
		return
	}
	for i := range f.slots {
		if f.learnt[i].plain == 0 {
			continue
		}
		for k := range f.slots[i] {
			if fr := &f.slots[i][k]; fr.number > 0 {
				*fr = frame{}
			}
		}
	}
	f.hints, f.learnt = [frameSlots]hint{}, [frameSlots]learnt{}
	f.key, f.reach, f.made, f.fitted = 0, 0, 0, 0
}

// A span is a part of a chunk.
type span struct{ from, to int }

func (s span) orLonger(other span) span {
	if other.to-other.from > s.to-s.from {
		return other
	}
	return s
}
