package record_test

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vmihailenco/msgpack/v5"
	"github.com/vmihailenco/msgpack/v5/msgpcode"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/record"
)

// FuzzCursor holds Cursor and Fields to what a general msgpack decoder reads,
// on any bytes: the same records with the same values, and a stop at the same
// one.
func FuzzCursor(f *testing.F) {
	for _, format := range enginetest.Formats {
		b := enginetest.ChunkBuilder{Format: format}
		b.Append(1, 2, "log", "text", "n", enginetest.Map{"a", []any{1, -2.5, nil, true, []byte("bin")}})
		b.Marker(-1)
		b.Append(1, 2, enginetest.FireLens("task", "web", "a line", "stdout")...)
		b.Marker(-2)
		f.Add(b.Bytes())
		f.Add(b.Bytes()[:len(b.Bytes())-3])
		b.Raw([]byte("\xc1"))
		f.Add(b.Bytes())
	}
	f.Add([]byte("\x92\xca\x3f\xc0\x00\x00\x81\xa1a\xc7\x03\x07abc\xc0"))
	f.Add([]byte("\x92\xce\x65\x00\x00\x00\xdf\x00\x00\x00\x01\xda\x00\x01a\xdb\x00\x00\x00\x01b"))
	f.Add([]byte("\x92\x92\xd3\x00\x00\x00\x00\x65\x00\x00\x00\xdc\x00\x00\xde\x00\x01\x92\x01\x02\xdd\x00\x00\x00\x01\xd9\x01c"))
	f.Add(bytes.Repeat([]byte("\x92\x07\x81\xa1a"), 60))
	f.Fuzz(func(t *testing.T, chunk []byte) {
		want, broken := decode(chunk)
		var got []string
		var c record.Cursor
		var r record.Record
		for c.Reset(chunk); c.Next(&r); {
			if &chunk[r.End-1] != &r.Map[len(r.Map)-1] || r.Start < 0 || r.Start >= r.End {
				t.Fatalf("record [%d, %d): its map does not end there", r.Start, r.End)
			}
			got = append(got, fmt.Sprintf("%d.%d %v", r.Sec, r.Nsec, r.Group))
			got = append(got, list(r.Map)...)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-general decoder +cursor):\n%s", chunk, diff)
		}
		if (c.Err() != nil) != broken {
			t.Errorf("%q: got error %v, general decoder failed: %v", chunk, c.Err(), broken)
		}
		if broken && c.Rest() == 0 || !broken && c.Rest() != 0 {
			t.Errorf("%q: got rest %d, broken %v", chunk, c.Rest(), broken)
		}
	})
}

// FuzzSkipTo holds SkipTo, which passes over plain records, to Next, which reads
// them all.
func FuzzSkipTo(f *testing.F) {
	for _, format := range enginetest.Formats {
		b := enginetest.ChunkBuilder{Format: format}
		b.Append(1, 2, enginetest.FireLens("task", "web", "a line", "stdout")...)
		b.Append(1, 3, "log", "text", "n", 7)
		b.Marker(-1)
		b.Append(1, 4, "log", "text", "k", enginetest.Map{"a", "b"})
		b.Append(1, 5, "log", string(bytes.Repeat([]byte("x"), 300)))
		b.Append(1, 6)
		f.Add(b.Bytes())
		f.Add(b.Bytes()[:len(b.Bytes())-3])
		f.Add(append(b.Bytes(), "\x92\x92\xd7\x00\x00\x00\x00\x01\x00\x00\x00\x00\x80\x81\xa1k"...))
	}
	f.Fuzz(func(t *testing.T, chunk []byte) {
		for off := 0; off <= len(chunk); off += 1 + len(chunk)/64 {
			var fast, slow record.Cursor
			var got, want record.Record
			fast.Reset(chunk)
			slow.Reset(chunk)
			found := fast.SkipTo(off, &got)
			wanted := slow.Next(&want)
			for wanted && want.End <= off {
				wanted = slow.Next(&want)
			}
			if found != wanted || fast.Odd() != slow.Odd() || fast.Rest() != slow.Rest() || (fast.Err() == nil) != (slow.Err() == nil) {
				t.Fatalf("%q, to %d: got %v, odd %d, rest %d, %v; want %v, odd %d, rest %d, %v", chunk, off,
					found, fast.Odd(), fast.Rest(), fast.Err(), wanted, slow.Odd(), slow.Rest(), slow.Err())
			}
			got.Frame, got.From, got.To = 0, 0, 0
			if diff := cmp.Diff(want, got); found && diff != "" {
				t.Fatalf("%q, to %d (-Next +SkipTo):\n%s", chunk, off, diff)
			}
		}
	})
}

// TestAheadTo has records end just where Ahead is to end, or a byte behind it: the former have their
// values, of the latter nothing is said.
func TestAheadTo(t *testing.T) {
	for _, format := range enginetest.Formats {
		for _, key := range []string{"log", ""} { // all with the same keys, and so with frames; each with a key of its own
			b := enginetest.ChunkBuilder{Format: format}
			var ends []int
			for i := range 12 {
				name := key
				if name == "" {
					name = strings.Repeat("k", i+1)
				}
				b.Append(1, int32(i), name, fmt.Sprint("line ", i))
				ends = append(ends, len(b.Bytes()))
			}
			for i, end := range ends {
				for _, to := range []int{end - 1, end} {
					var c record.Cursor
					var v record.Values
					c.Reset(b.Bytes())
					want := i + to - end + 1
					if ahead := c.Ahead(to, &v); len(ahead) != want || bytes.Count(v.Text(), []byte("line ")) != want {
						t.Fatalf("format %d, to %d: got %d records, of which the values are %q; want %d", format, to, len(ahead), v.Text(), want)
					}
				}
			}
		}
	}
}

// FuzzAhead holds what Ahead returns, and what Next and SkipTo read after it, to Next alone.
// Each step is an operation.
func FuzzAhead(f *testing.F) {
	for _, format := range enginetest.Formats {
		b := enginetest.ChunkBuilder{Format: format}
		for i := range 24 {
			b.Append(1, int32(i), enginetest.FireLens("task", "web", strings.Repeat("line ", i), "stdout")...)
			if i == 15 {
				b.Append(1, 3, "log", "text", "n", 7)
			}
		}
		f.Add(b.Bytes(), []byte{4, 0, 0, 9, 1, 0x82, 40, 0, 0, 0, 0xff, 0x81, 8, 8, 0, 0})
		f.Add(b.Bytes()[:len(b.Bytes())-3], []byte{90, 0x90, 0})
		f.Add(b.Bytes(), []byte{0xf3, 0, 0, 0, 0, 0xfe, 1, 20, 0, 0xf5, 0, 10, 0xf4, 0xf4, 0})
	}
	f.Fuzz(func(t *testing.T, chunk, steps []byte) {
		a := aheadTest{T: t, chunk: chunk, steps: steps}
		var r record.Record
		var slow record.Cursor
		for slow.Reset(chunk); slow.Next(&r); {
			a.want = append(a.want, r)
		}
		a.c.Reset(chunk)
		for _, step := range steps {
			goesOn := true
			switch n := int(step & 0x7f); {
			case step == 0:
				goesOn = a.met(a.c.Next(&a.r))
			case step < 0x80:
				goesOn = a.skip(n)
			default:
				a.readAhead(len(chunk) * n / 0x80)
			}
			if !goesOn {
				return
			}
		}
	})
}

// An aheadTest is a Cursor on its way through a chunk, and the records that it has before it.
type aheadTest struct {
	*testing.T
	chunk, steps []byte
	want         []record.Record
	c            record.Cursor
	r            record.Record
	values       record.Values
}

// met checks what the cursor came to, which is the next record, and tells whether it came to one.
func (a *aheadTest) met(one bool) bool {
	if one != (len(a.want) > 0) {
		a.Fatalf("%q, %v: got a record: %v; want %d", a.chunk, a.steps, one, len(a.want))
	}
	if one {
		a.isNext()
	}
	return one
}

// isNext checks that r is the next record.
func (a *aheadTest) isNext() {
	r := a.r
	r.Frame, r.From, r.To = 0, 0, 0
	if len(a.want) == 0 || !cmp.Equal(a.want[0], r) {
		a.Fatalf("%q, %v: got %+v; want the first of %+v", a.chunk, a.steps, r, a.want)
	}
	a.want = a.want[1:]
}

// skip goes to so much of the rest of the chunk, or a little.
func (a *aheadTest) skip(n int) bool {
	start := len(a.chunk)
	if len(a.want) > 0 {
		start = a.want[0].Start
	}
	off := start + (len(a.chunk)-start)*n/0x80
	if n < 0x20 {
		off = min(start+64*n, len(a.chunk))
	}
	for len(a.want) > 0 && a.want[0].End <= off {
		a.want = a.want[1:]
	}
	return a.met(a.c.SkipTo(off, &a.r))
}

// readAhead checks the records up to an offset that Ahead returns, which leaves the cursor
// where it is.
func (a *aheadTest) readAhead(to int) {
	for behind := a.c.Behind(); len(a.want) > 0 && a.want[0].Start < behind; {
		a.want = a.want[1:]
	}
	ahead := a.c.Ahead(to, &a.values)
	if len(ahead) > min(len(a.want), record.MaxAhead) {
		a.Fatalf("%q, %v: got %d records ahead, of %d", a.chunk, a.steps, len(ahead), len(a.want))
	}
	had, lines := a.want, []byte(nil)
	for i := range ahead {
		if ahead[i].End > to {
			a.Fatalf("%q, %v: got %+v; want it to end before %d", a.chunk, a.steps, ahead[i], to)
		}
		a.c.Read(&ahead[i], &a.r)
		a.isNext()
		line := a.chunk[a.r.Start:a.r.End]
		if a.r.Frame > 0 {
			line = a.r.Map[a.r.From:a.r.To]
		}
		lines = append(append(lines, line...), '\n')
	}
	if !bytes.Equal(a.values.Text(), lines) {
		a.Fatalf("%q, %v: got the values %q; want %q", a.chunk, a.steps, a.values.Text(), lines)
	}
	a.want = had
}

// FuzzFrame holds what SkipTo says of frames to the records themselves, with and without frames of a
// chunk before.
func FuzzFrame(f *testing.F) {
	for _, format := range enginetest.Formats {
		b := enginetest.ChunkBuilder{Format: format}
		for i := range 24 {
			source := []string{"stdout", "stderr"}[i/3%2]
			b.Append(1, int32(i), enginetest.FireLens("task", "web", strings.Repeat("line ", i), source)...)
		}
		f.Add(b.Bytes(), b.Bytes()[:len(b.Bytes())/3])
		f.Add([]byte{}, b.Bytes())
	}
	f.Fuzz(func(t *testing.T, before, behind []byte) {
		var fast record.Cursor
		first := map[int][]string{} // what is beside the value, by frame
		for _, chunk := range [][]byte{before, behind} {
			var slow record.Cursor
			fast.Reset(chunk)
			slow.Reset(chunk)
			var got, want record.Record
			for slow.Next(&want) {
				if !fast.SkipTo(want.Start, &got) || got.Start != want.Start || got.End != want.End {
					t.Fatalf("%q: got %d to %d; want %d to %d", chunk, got.Start, got.End, want.Start, want.End)
				}
				if got.Frame == 0 {
					continue
				}
				beside, found := besides(&got)
				if !found {
					t.Fatalf("%q: no string of its own is at %d to %d of %q", chunk, got.From, got.To, got.Map)
				}
				if known, ok := first[got.Frame]; !ok {
					first[got.Frame] = beside
				} else if diff := cmp.Diff(known, beside); diff != "" {
					t.Fatalf("%q: records of one frame differ (-first +this):\n%s", chunk, diff)
				}
			}
			if fast.SkipTo(len(chunk), &got) {
				t.Fatalf("%q: a record after the last", chunk)
			}
		}
	})
}

// besides returns the values of r but for the one that its frame is around, and whether
// that is a string of the map itself.
func besides(r *record.Record) (beside []string, found bool) {
	var fields record.Fields
	var v record.Field
	for fields.Reset(r.Map); fields.Next(&v); {
		if v.Start != r.From || !v.Text() {
			beside = append(beside, fmt.Sprintf("%s %s %s %s", v.Top, v.Key, v.Kind, v.Append(nil)))
			continue
		}
		found = v.Start+len(v.Value) == r.To && bytes.Equal(v.Top, v.Key)
	}
	return beside, found
}

// FuzzFields walks any bytes as a record's map: it must end, and stay inside.
func FuzzFields(f *testing.F) {
	f.Add([]byte("\x82\xa3log\xa4text\xa1n\x91\x81\xa1k\xcb\x40\x09\x21\xfb\x54\x44\x2d\x18"))
	f.Add([]byte("\x81\x92\x01\x02\x03"))
	f.Add(append([]byte("\x81\xa1a"), bytes.Repeat([]byte("\x91"), 200)...))
	f.Fuzz(func(t *testing.T, m []byte) {
		if n := len(list(m[:len(m):len(m)])); n > len(m) {
			t.Errorf("%q: got %d values out of %d bytes", m, n, len(m))
		}
	})
}

// decode reads a chunk with the general decoder and says what a Cursor should.
func decode(chunk []byte) (records []string, broken bool) {
	in := bytes.NewReader(chunk)
	d := decoder{msgpack.NewDecoder(in), in}
	for in.Len() > 0 {
		root, err := d.value()
		if err != nil {
			return records, true
		}
		if root.kind != record.Array || len(root.inside) != 2 || root.inside[1].kind != record.Map {
			continue
		}
		time := root.inside[0]
		if time.kind == record.Array && len(time.inside) == 2 {
			time = time.inside[0]
		}
		if text, ok := time.time(); ok {
			records = append(records, text)
			root.inside[1].leaves("", "", 1, &records)
		}
	}
	return records, false
}

// A value is one decoded object; inside are a container's, keys and values in
// turn in a map.
type value struct {
	kind   record.Kind
	number any
	text   []byte
	inside []value
	ext    int8
}

// leaves appends what list would say of v's values. depth is the number of containers they
// are in, v included, if it is one.
func (v value) leaves(top, key string, depth int, all *[]string) {
	switch v.kind {
	case record.Map:
		if depth > record.MaxDepth { // keys are values
			for _, e := range v.inside {
				e.leaves(top, key, depth+1, all)
			}
			return
		}
		for i := 0; i < len(v.inside); i += 2 {
			key := ""
			if k := v.inside[i]; k.kind == record.Str || k.kind == record.Bin {
				key = string(k.text)
			}
			if depth == 1 {
				top = key
			}
			v.inside[i+1].leaves(top, key, depth+1, all)
		}
	case record.Array:
		for _, e := range v.inside {
			e.leaves(top, key, depth+1, all)
		}
	case record.Ext:
	case record.Str, record.Bin:
		*all = append(*all, fmt.Sprintf("%s %s %s %s", top, key, v.kind, v.text))
	default:
		text := fmt.Sprint(v.number)
		if v.number == nil {
			text = "null"
		} else if f, ok := v.number.(float64); ok {
			text = strconv.FormatFloat(f, 'g', -1, 64)
		}
		*all = append(*all, fmt.Sprintf("%s %s %s %s", top, key, v.kind, text))
	}
}

// time reads v as a record's time.
func (v value) time() (text string, ok bool) {
	sec, nsec := 0.0, 0.0
	switch v.kind {
	case record.Ext:
		if v.ext != 0 || len(v.text) != 8 {
			return "", false
		}
		be := func(b []byte) float64 {
			return float64(b[0])*(1<<24) + float64(b[1])*(1<<16) + float64(b[2])*256 + float64(b[3])
		}
		sec, nsec = be(v.text[:4]), min(be(v.text[4:]), 999_999_999)
		if sec >= 0xFFFFFFFE {
			sec -= 1 << 32
		}
	case record.Int:
		sec = float64(v.number.(int64))
	case record.Uint:
		sec = float64(v.number.(uint64))
	case record.Float:
		f := v.number.(float64)
		if math.IsNaN(f) {
			return "", false
		}
		sec = math.Floor(f)
		nsec = min(math.Trunc((f-sec)*1e9), 999_999_999)
	default:
		return "", false
	}
	switch {
	case sec < 0:
		return fmt.Sprintf("0.0 %v", sec >= -2), true
	case sec >= record.MaxSec:
		return fmt.Sprintf("%d.0 false", int64(record.MaxSec)), true
	}
	return fmt.Sprintf("%d.%d false", int64(sec), int64(nsec)), true
}

type decoder struct {
	*msgpack.Decoder
	in *bytes.Reader
}

// bytes decodes a string. It is not the library's, which would make room for four
// gigabytes that are not there.
func (d decoder) bytes() ([]byte, error) {
	n, err := d.DecodeBytesLen()
	if err != nil {
		return nil, err
	}
	if n > d.in.Len() {
		return nil, io.ErrUnexpectedEOF
	}
	b := make([]byte, n)
	return b, d.ReadFull(b)
}

// value decodes one object.
func (d decoder) value() (v value, err error) {
	code, err := d.PeekCode()
	if err != nil {
		return v, err
	}
	switch {
	case code == msgpcode.Nil:
		v.kind, err = record.Nil, d.DecodeNil()
	case code == msgpcode.False, code == msgpcode.True:
		v.kind = record.Bool
		v.number, err = d.DecodeBool()
	case code == msgpcode.Float, code == msgpcode.Double:
		v.kind = record.Float
		v.number, err = d.DecodeFloat64()
	case msgpcode.Uint8 <= code && code <= msgpcode.Uint64:
		v.kind = record.Uint
		v.number, err = d.DecodeUint64()
	case msgpcode.IsFixedNum(code), msgpcode.Int8 <= code && code <= msgpcode.Int64:
		v.kind = record.Int
		v.number, err = d.DecodeInt64()
	case msgpcode.IsString(code):
		v.kind = record.Str
		v.text, err = d.bytes()
	case msgpcode.IsBin(code):
		v.kind = record.Bin
		v.text, err = d.bytes()
	case msgpcode.IsExt(code):
		v.kind = record.Ext
		var size int
		if v.ext, size, err = d.DecodeExtHeader(); err == nil {
			if size > d.in.Len() {
				return v, io.ErrUnexpectedEOF
			}
			v.text = make([]byte, size)
			err = d.ReadFull(v.text)
		}
	case msgpcode.IsFixedArray(code), code == msgpcode.Array16, code == msgpcode.Array32:
		v.kind = record.Array
		n, lengthErr := d.DecodeArrayLen()
		if lengthErr != nil {
			return v, lengthErr
		}
		return v, d.fill(&v, n)
	case msgpcode.IsFixedMap(code), code == msgpcode.Map16, code == msgpcode.Map32:
		v.kind = record.Map
		n, lengthErr := d.DecodeMapLen()
		if lengthErr != nil {
			return v, lengthErr
		}
		return v, d.fill(&v, 2*n)
	default:
		err = fmt.Errorf("unknown code %x", code)
	}
	return v, err
}

// fill decodes the n objects inside of v.
func (d decoder) fill(v *value, n int) error {
	for range n {
		e, err := d.value()
		if err != nil {
			return err
		}
		v.inside = append(v.inside, e)
	}
	return nil
}
