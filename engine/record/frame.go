package record

import (
	"bytes"
	"encoding/binary"
)

// A frame is what the records of one container have in common: all their bytes but those of
// the time and of one value.
//
// Fast path: three comparisons, of what stands before the time, between time and value, and
// behind the value, say as much about a record as a walk through it.
type frame struct {
	number  int // 0: there is no frame yet
	value   int // where the value, its head included, begins, from a record's start
	behind  int // how many bytes follow the value
	timeEnd int // where the time ends, from a record's start

	// What stands before the time: the first bytes of a record, little-endian, as far as
	// headMask has bits.
	head, headMask uint32

	// What stands between time and value ends at text[split], and what stands behind the
	// value begins there. Each fills whole parts; firstMask and lastMask have the bytes of the
	// first and the last part that belong to a record.
	split, last         int // last is where the last part begins
	firstMask, lastMask [partSize]byte
	text                [maxParts * partSize]byte
}

// partSize is how many bytes the assembly compares at once, and maxParts how many such parts a
// frame may have: records with more bytes to compare have no frame.
const (
	partSize = 32
	maxParts = 32
)

// set makes f the frame of a record whose time begins at time and whose value is record[from:to],
// and reports whether there is room for it.
func (f *frame) set(record []byte, time, from, to, number int) bool {
	timeEnd := time + eventTimeSize
	before, behind := record[timeEnd:from], record[to:]
	split := partsOf(before) * partSize
	end := split + max(1, partsOf(behind))*partSize
	if end > len(f.text) {
		return false
	}
	f.number, f.value, f.behind, f.timeEnd = number, from, len(behind), timeEnd
	f.headMask = 1<<(8*time) - 1
	f.head = binary.LittleEndian.Uint32(record) & f.headMask
	f.split, f.last = split, end-partSize
	copy(f.text[split-len(before):], before)
	copy(f.text[split:], behind)
	for i := range partSize {
		f.firstMask[i] = maskOf(i >= split-len(before))
		f.lastMask[i] = maskOf(f.last+i < split+len(behind))
	}
	return true
}

// byteAt returns the i-th byte of every record of f. It must stand between time and value.
func (f *frame) byteAt(i int) byte { return f.text[f.split-f.value+i] }

func partsOf(b []byte) int { return (len(b) + partSize - 1) / partSize }

func maskOf(taken bool) byte {
	if taken {
		return 0xff
	}
	return 0
}

// fits returns where the value of the record at b[start:] is, without its head, and where
// the record ends; all are 0 if the frame does not fit the record.
func (f *frame) fits(b []byte, start int) (from, to, end int) {
	value := start + f.value
	if f.number == 0 || value > len(b) || binary.LittleEndian.Uint32(b[start:])&f.headMask != f.head {
		return 0, 0, 0
	}
	body := start + f.timeEnd
	if !bytes.Equal(b[body:value], f.text[f.split-(value-body):f.split]) {
		return 0, 0, 0
	}
	from, to = text(b, value)
	if to == 0 || !bytes.HasPrefix(b[to:], f.text[f.split:f.split+f.behind]) {
		return 0, 0, 0
	}
	return from, to, to + f.behind
}
