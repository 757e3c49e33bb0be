//go:build !purego

package record

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/enginetest"
)

// TestFollowLayout holds what the assembly reads and writes to the offsets that it has.
func TestFollowLayout(t *testing.T) {
	f := func(name string, got, want uintptr) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %d, the assembly has %d", name, got, want)
		}
	}
	var all frames
	f("frames.key", unsafe.Offsetof(all.key), 0)
	f("frames.reach", unsafe.Offsetof(all.reach), 8)
	f("frames.hints", unsafe.Offsetof(all.hints), 16)
	f("frames.slots", unsafe.Offsetof(all.slots), 144)
	var h hint
	f("size of a hint", unsafe.Sizeof(h), 16)
	f("hint.byteAt", unsafe.Offsetof(h.byteAt), 0)
	f("hint.secondByte", unsafe.Offsetof(h.secondByte), 4)
	f("hint.value", unsafe.Offsetof(h.value), 8)
	var fr frame
	f("size of a frame", unsafe.Sizeof(fr), 1144)
	f("frame.number", unsafe.Offsetof(fr.number), 0)
	f("frame.behind", unsafe.Offsetof(fr.behind), 16)
	f("frame.head", unsafe.Offsetof(fr.head), 32)
	f("frame.headMask", unsafe.Offsetof(fr.headMask), 36)
	f("frame.split", unsafe.Offsetof(fr.split), 40)
	f("frame.last", unsafe.Offsetof(fr.last), 48)
	f("frame.firstMask", unsafe.Offsetof(fr.firstMask), 56)
	f("frame.lastMask", unsafe.Offsetof(fr.lastMask), 88)
	f("frame.text", unsafe.Offsetof(fr.text), 120)
	var o Outline
	f("size of an Outline", unsafe.Sizeof(o), 40)
	f("Outline.Start", unsafe.Offsetof(o.Start), 0)
	f("Outline.End", unsafe.Offsetof(o.End), 8)
	f("Outline.Frame", unsafe.Offsetof(o.Frame), 16)
	f("Outline.From", unsafe.Offsetof(o.From), 24)
	f("Outline.To", unsafe.Offsetof(o.To), 32)
	var v Values
	f("Values.n", unsafe.Offsetof(v.n), 0)
	f("Values.text", unsafe.Offsetof(v.text), 8)
	f("leastCopy", leastCopy, 192)
}

// needsAVX2 skips a test of followAVX2 where it cannot run.
func needsAVX2(t testing.TB) {
	t.Helper()
	if !useVector {
		t.Skip("this processor has no AVX2")
	}
}

// learntFrom returns the frames of the records of chunk, and where these start.
func learntFrom(chunk []byte) (f *frames, starts []int) {
	var c Cursor
	var r Record
	for c.Reset(chunk); c.Next(&r); {
		starts = append(starts, r.Start)
	}
	c.Reset(chunk)
	for c.SkipTo(c.off, &r) {
	}
	return &c.frames, starts
}

// The values that checkFollow compares.
var lines, wantLines = new(Values), new(Values)

// checkFollow holds followAVX2 to followEach, from start on. It returns how many records it
// followed.
func checkFollow(t *testing.T, f *frames, chunk []byte, start, to int) int {
	t.Helper()
	var got, want [4]Outline
	for _, v := range []*Values{lines, wantLines} {
		v.Reset()
		v.Add([]byte("before"))
	}
	n := followAVX2(f, chunk, start, to, got[:], lines, prefetchAhead)
	wanted := followEach(f, chunk, start, to, want[:n], wantLines)
	if wanted != n || got != want {
		t.Fatalf("%q from %d to %d (-record by record +AVX2):\n%s", chunk, start, to, cmp.Diff(want[:wanted], got[:n]))
	}
	if !bytes.Equal(lines.Text(), wantLines.Text()) {
		t.Fatalf("%q from %d to %d: the values are %q; want %q", chunk, start, to, lines.Text(), wantLines.Text())
	}
	var alone [4]Outline
	if followAVX2(f, chunk, start, to, alone[:], nil, 0) < n || !slices.Equal(alone[:n], got[:n]) {
		t.Fatalf("%q from %d to %d (-with values +without):\n%s", chunk, start, to, cmp.Diff(got[:n], alone[:n]))
	}
	return n
}

// framedChunks are chunks with frames of many lengths: around what is first or last of a
// record, with little or much beside it, and around strings with each kind of head.
func framedChunks() (chunks [][]byte) {
	line := func(i int) string { return strings.Repeat("a line of text, ", i*i%41) + strings.Repeat("x", i) }
	for _, format := range enginetest.Formats {
		for size := range 40 {
			b := enginetest.ChunkBuilder{Format: format}
			key := strings.Repeat("k", 1+size)
			other := strings.Repeat("v", size*size%331)
			for i := range 12 {
				switch size % 4 {
				case 0:
					b.Append(1, int32(i), "log", line(i), key, other)
				case 1:
					b.Append(1, int32(i), key, other, "log", line(i))
				case 2:
					b.Append(1, int32(i), key, other, "log", line(i), "source", "stdout")
				default:
					b.Append(1, int32(i), enginetest.FireLens("task", key, line(i), []string{"stdout", "stderr"}[i%2])...)
				}
			}
			chunks = append(chunks, b.Bytes())
		}
		alone, long := enginetest.ChunkBuilder{Format: format}, enginetest.ChunkBuilder{Format: format}
		for i := range 12 {
			alone.Append(1, int32(i), "log", line(i))
			long.Append(1, int32(i), "log", line(i), "k", strings.Repeat("v", 2000*(i/4%2))) // too much for a frame, at times
			if i%3 == 2 {
				alone.Raw([]byte("\xd9\x80" + strings.Repeat("a", 0x80))) // no record
			}
		}
		chunks = append(chunks, alone.Bytes(), long.Bytes())
	}
	return chunks
}

// Records are followed as long as frames fit, and what they have in common is compared to the
// last byte, whatever changes in it.
func TestFollowComparesAll(t *testing.T) {
	needsAVX2(t)
	for _, chunk := range framedChunks() {
		f, starts := learntFrom(chunk)
		var outlines [1]Outline
		for i, start := range starts[1:] {
			if start < partSize || followEach(f, chunk, start, len(chunk), outlines[:], nil) == 0 {
				continue
			}
			o := &outlines[0]
			n := checkFollow(t, f, chunk, start, len(chunk))
			other := &f.slots[o.Frame%Frames/slotFrames][1-o.Frame%slotFrames]
			if n == 0 && o.End < len(chunk)-partSize && o.From < len(chunk)-leastCopy && other.number == 0 {
				t.Fatalf("%q: the record at %d has the only frame of its slot, and is not followed", chunk, start)
			}
			for _, at := range []int{o.From - 3, o.From - 2, o.From - 1} { // in the head of the value
				for bits := range 256 {
					chunk[at] ^= byte(bits)
					checkFollow(t, f, chunk, start, len(chunk))
					chunk[at] ^= byte(bits)
				}
			}
			if i != len(starts)/2 {
				continue
			}
			for at := start; at < o.End; at++ {
				for _, bit := range []byte{1, 0x20, 0x80} {
					chunk[at] ^= bit
					checkFollow(t, f, chunk, starts[i], len(chunk))
					chunk[at] ^= bit
				}
			}
		}
	}
}

// FuzzFollow holds followAVX2 to followEach where records are and where none are, after a
// byte was changed.
func FuzzFollow(f *testing.F) {
	needsAVX2(f)
	for _, chunk := range framedChunks() {
		f.Add(chunk, 300, byte(0x80))
	}
	f.Fuzz(func(t *testing.T, chunk []byte, at int, bits byte) {
		f, starts := learntFrom(chunk)
		if len(chunk) == 0 || f.made == 0 {
			return
		}
		chunk = slices.Clone(chunk)
		chunk[uint(at)%uint(len(chunk))] ^= bits
		for _, start := range append(starts, len(chunk)-partSize, len(chunk)-1, len(chunk)) {
			if start >= partSize {
				checkFollow(t, f, chunk, start, len(chunk))
				checkFollow(t, f, chunk, start, start+(len(chunk)-start)/2)
			}
		}
	})
}
