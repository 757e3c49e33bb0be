package record_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/record"
)

// one is a chunk of one record with the given time and the fields {"a":"b"}.
func one(time string) []byte { return []byte("\x92" + time + "\x81\xa1a\xa1b") }

func TestCursorTime(t *testing.T) {
	f := func(name, time string, sec int64, nsec int32, group bool) {
		t.Helper()
		var c record.Cursor
		var r record.Record
		c.Reset(one(time))
		if !c.Next(&r) {
			t.Fatalf("%s: no record; err %v, odd %d", name, c.Err(), c.Odd())
		}
		if r.Sec != sec || r.Nsec != nsec || r.Group != group {
			t.Errorf("%s: got %d.%d group %v; want %d.%d group %v", name, r.Sec, r.Nsec, r.Group, sec, nsec, group)
		}
		if string(r.Map) != "\x81\xa1a\xa1b" {
			t.Errorf("%s: got map %q", name, r.Map)
		}
		if c.Next(&r) || c.Err() != nil || c.Rest() != 0 {
			t.Errorf("%s: a second record, err %v, rest %d", name, c.Err(), c.Rest())
		}
	}
	const event = "\x65\x00\x00\x00\x00\x00\x00\x07"
	const sec = 0x65000000
	f("fixext8", "\xd7\x00"+event, sec, 7, false)
	f("ext8", "\xc7\x08\x00"+event, sec, 7, false)
	f("ext16", "\xc8\x00\x08\x00"+event, sec, 7, false)
	f("ext32", "\xc9\x00\x00\x00\x08\x00"+event, sec, 7, false)
	f("with metadata", "\x92\xd7\x00"+event+"\x80", sec, 7, false)
	f("with metadata inside", "\x92\xd7\x00"+event+"\x81\xa1m\x92\x01\x80", sec, 7, false)
	f("array 16 as header", "\xdc\x00\x02\xd7\x00"+event+"\x80", sec, 7, false)
	f("uint32", "\xce\x65\x00\x00\x00", sec, 0, false)
	f("uint64", "\xcf\x00\x00\x00\x00\x65\x00\x00\x00", sec, 0, false)
	f("int64", "\xd3\x00\x00\x00\x00\x65\x00\x00\x00", sec, 0, false)
	f("uint8", "\xcc\xff", 255, 0, false)
	f("uint16", "\xcd\xff\xff", 65535, 0, false)
	f("int8", "\xd0\x7f", 127, 0, false)
	f("int16", "\xd1\x7f\xff", 32767, 0, false)
	f("int32", "\xd2\x65\x00\x00\x00", sec, 0, false)
	f("fixint", "\x07", 7, 0, false)
	f("1970", "\x00", 0, 0, false)
	f("2100", "\xd7\x00\xf4\x86\x57\x00\x00\x00\x00\x00", 0xf4865700, 0, false)
	f("float64", "\xcb\x41\xd9\x40\x00\x00\x20\x00\x00", 0x65000000, 500_000_000, false)
	f("float32", "\xca\x3f\xc0\x00\x00", 1, 500_000_000, false)
	f("group start", "\xd7\x00\xff\xff\xff\xff\x00\x00\x00\x00", 0, 0, true)
	f("group end", "\x92\xd7\x00\xff\xff\xff\xfe\x00\x00\x00\x00\x80", 0, 0, true)
	f("-1", "\xff", 0, 0, true)
	f("-2 in 64 bits", "\xd3\xff\xff\xff\xff\xff\xff\xff\xfe", 0, 0, true)
	f("-1.5", "\xcb\xbf\xf8\x00\x00\x00\x00\x00\x00", 0, 0, true)
	f("1969", "\xfd", 0, 0, false)
	f("1901", "\xd2\x80\x00\x00\x00", 0, 0, false)
	f("long ago", "\xd3\x80\x00\x00\x00\x00\x00\x00\x00", 0, 0, false)
	f("long ago, with a fraction", "\xcb\xc1\xf0\x00\x00\x00\x10\x00\x00", 0, 0, false)
	f("infinitely long ago", "\xcb\xff\xf0\x00\x00\x00\x00\x00\x00", 0, 0, false)
	f("too many nanoseconds", "\xd7\x00\x65\x00\x00\x00\xff\xff\xff\xff", sec, 999_999_999, false)
	f("too late", "\xcf\xff\xff\xff\xff\xff\xff\xff\xff", record.MaxSec, 0, false)
	f("too late, signed", "\xd3\x7f\xff\xff\xff\xff\xff\xff\xff", record.MaxSec, 0, false)
	f("infinite", "\xcb\x7f\xf0\x00\x00\x00\x00\x00\x00", record.MaxSec, 0, false)
}

func TestCursorOdd(t *testing.T) {
	f := func(name, object string) {
		t.Helper()
		var c record.Cursor
		var r record.Record
		c.Reset([]byte(object + string(one("\x07"))))
		if !c.Next(&r) || r.Sec != 7 || r.Start != len(object) {
			t.Fatalf("%s: the record behind it was not found: %+v, %v", name, r, c.Err())
		}
		if c.Odd() != 1 || c.Err() != nil {
			t.Errorf("%s: got odd %d, err %v; want 1, none", name, c.Odd(), c.Err())
		}
	}
	f("nil", "\xc0")
	f("string", "\xa3abc")
	f("map", "\x81\xa1a\xa1b")
	f("array of one", "\x91\x07")
	f("array of three", "\x93\x07\x80\x80")
	f("no map", "\x92\x07\xa1a")
	f("an array for a map", "\x92\x07\x90")
	f("text as time", "\x92\xa3now\x80")
	f("nil as time", "\x92\xc0\x80")
	f("map as time", "\x92\x81\x01\x02\x80")
	f("array of three as time", "\x92\x93\x07\x80\x80\x80")
	f("array in header", "\x92\x92\x90\x80\x80")
	f("another extension as time", "\x92\xd7\x05\x00\x00\x00\x00\x00\x00\x00\x00\x80")
	f("a short EventTime", "\x92\xd6\x00\x00\x00\x00\x00\x80")
	f("NaN as time", "\x92\xcb\x7f\xf8\x00\x00\x00\x00\x00\x01\x80")
}

func TestCursorBroken(t *testing.T) {
	f := func(broken, want string) {
		t.Helper()
		good := one("\x07")
		var c record.Cursor
		var r record.Record
		c.Reset([]byte(string(good) + broken))
		if !c.Next(&r) {
			t.Fatalf("%q: the good record was not read", broken)
		}
		for range 2 {
			if c.Next(&r) {
				t.Fatalf("%q: read a record", broken)
			}
		}
		if c.Err() == nil || c.Err().Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", broken, c.Err(), want)
		}
		if c.Rest() != len(broken) {
			t.Errorf("%q: got rest %d, want %d", broken, c.Rest(), len(broken))
		}
	}
	f("\xc1", "byte 7: expected a msgpack object, got 0xc1 (invalid)")
	f("\x92", "byte 8: expected a msgpack object, got the chunk's end")
	f("\xdc\x00", "byte 7: expected an object's length of 3 bytes (array), got 2 before the chunk's end")
	f("\x92\x07\x81\xa5ab", "byte 10: expected an object's payload of 5 bytes (str), got 2 before the chunk's end")
	f("\x92\x07\x81\xdb\xff\xff\xff\xffab", "byte 10: expected an object's payload of 1073741823 bytes (str), got 2 before the chunk's end")
	f("\x92\x07\xdf\xff\xff\xff\xff", "byte 14: expected a msgpack object, got the chunk's end")
	f("\x92\xd7\x00\x01", "byte 8: expected an object's payload of 8 bytes (ext), got 1 before the chunk's end")
	f("\x92\x07"+strings.Repeat("\x91", 200), "byte 209: expected a msgpack object, got the chunk's end")
}

// Nesting hides nothing: neither what it holds, nor what stands beside it, nor the next
// record, however deep it is.
func TestDepth(t *testing.T) {
	f := func(nested int, want ...string) {
		t.Helper()
		chunk := append([]byte("\x92\x07\x82\xa1a"), bytes.Repeat([]byte{0x91}, nested)...)
		chunk = append(chunk, "\xa4deep\xa1b\xa6beside"...)
		chunk = append(chunk, one("\x07")...)
		var c record.Cursor
		var r record.Record
		c.Reset(chunk)
		if !c.Next(&r) {
			t.Fatalf("%d arrays: no record: %v", nested, c.Err())
		}
		var fields record.Fields
		var v record.Field
		var got []string
		for fields.Reset(r.Map); fields.Next(&v); {
			got = append(got, fmt.Sprintf("%s=%s", v.Top, v.Value))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d arrays: got %q, want %q", nested, got, want)
		}
		if !c.Next(&r) || c.Next(&r) || c.Err() != nil {
			t.Errorf("%d arrays: the next record was not read: %v", nested, c.Err())
		}
	}
	f(0, "a=deep", "b=beside")
	f(record.MaxDepth-1, "a=deep", "b=beside")
	f(record.MaxDepth, "a=deep", "b=beside")
	f(record.MaxDepth+1, "a=deep", "b=beside")
	f(1_000_000, "a=deep", "b=beside")
}

func TestCursorTruncated(t *testing.T) {
	for _, format := range enginetest.Formats {
		b := enginetest.ChunkBuilder{Format: format}
		b.Append(1, 2, "log", "text", "n", enginetest.Map{"a", []any{1, 2.5, nil, true, []byte("bin")}})
		for n := range b.Bytes() {
			var c record.Cursor
			var r record.Record
			c.Reset(b.Bytes()[:n:n])
			if c.Next(&r) {
				t.Fatalf("format %d cut at %d: read a record", format, n)
			}
			if (c.Err() == nil) != (n == 0) {
				t.Errorf("format %d cut at %d: got %v", format, n, c.Err())
			}
		}
	}
}

func TestCursorSkipTo(t *testing.T) {
	var b enginetest.ChunkBuilder
	var ends []int
	for i := range 20 {
		b.Append(int64(i), 0, "log", strings.Repeat("x", i))
		ends = append(ends, len(b.Bytes()))
	}
	for off := range b.Bytes() {
		var c record.Cursor
		var r record.Record
		c.Reset(b.Bytes())
		if !c.SkipTo(off, &r) || r.Start > off || r.End <= off || ends[r.Sec] != r.End {
			t.Fatalf("offset %d: got record %d, [%d, %d)", off, r.Sec, r.Start, r.End)
		}
	}
	var c record.Cursor
	var r record.Record
	c.Reset(b.Bytes())
	if c.SkipTo(len(b.Bytes()), &r) || c.Err() != nil {
		t.Errorf("a record after the end; err %v", c.Err())
	}
	c.Reset(b.Bytes())
	c.SkipTo(ends[4], &r)
	if !c.SkipTo(0, &r) || r.Sec != 6 {
		t.Errorf("after a read record 5: got %d, want the next one, 6", r.Sec)
	}
}
