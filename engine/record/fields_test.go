package record_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/record"
)

// list returns each value of a record's map as "top key kind text".
func list(m []byte) (all []string) {
	var fields record.Fields
	var v record.Field
	for fields.Reset(m); fields.Next(&v); {
		all = append(all, fmt.Sprintf("%s %s %s %s", v.Top, v.Key, v.Kind, v.Append(nil)))
	}
	return all
}

func TestFields(t *testing.T) {
	f := func(m string, want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, list([]byte(m))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", m, diff)
		}
	}
	f("\x80")
	f("\x81\xa3log\xa4text", "log log str text")
	f("\x81\xc4\x03log\xc4\x04text", "log log bin text")
	f("\x81\xd9\x03log\xda\x00\x04text", "log log str text")
	f("\x81\xc5\x00\x03log\xdb\x00\x00\x00\x04text", "log log str text")
	f("\x81\xc6\x00\x00\x00\x03log\xa0", "log log str ")
	f("\xde\x00\x01\xa1a\xc0", "a a nil null")
	f("\xdf\x00\x00\x00\x01\xa1a\xc2", "a a bool false")
	f("\x81\xa1a\xc3", "a a bool true")
	f("\x81\xa1a\x7f", "a a int 127")
	f("\x81\xa1a\xe0", "a a int -32")
	f("\x81\xa1a\xcc\xff", "a a uint 255")
	f("\x81\xa1a\xcd\xff\xfe", "a a uint 65534")
	f("\x81\xa1a\xce\xff\xff\xff\xff", "a a uint 4294967295")
	f("\x81\xa1a\xcf\xff\xff\xff\xff\xff\xff\xff\xff", "a a uint 18446744073709551615")
	f("\x81\xa1a\xd0\x80", "a a int -128")
	f("\x81\xa1a\xd1\x80\x00", "a a int -32768")
	f("\x81\xa1a\xd2\x80\x00\x00\x00", "a a int -2147483648")
	f("\x81\xa1a\xd3\x80\x00\x00\x00\x00\x00\x00\x00", "a a int -9223372036854775808")
	f("\x81\xa1a\xca\x3f\xc0\x00\x00", "a a float 1.5")
	f("\x81\xa1a\xcb\x40\x09\x21\xfb\x54\x44\x2d\x18", "a a float 3.141592653589793")

	// nesting: an array's values are under the array's key, a map's under its own
	f("\x83\xa1a\x91\x01\xa1b\x81\xa1c\xa1d\xa1e\x02", "a a int 1", "b c str d", "e e int 2")
	f("\x81\xa1a\x93\x01\x81\xa1b\x02\x03", "a a int 1", "a b int 2", "a a int 3")
	f("\x81\xa1a\xdc\x00\x02\x90\xdd\x00\x00\x00\x01\x80")

	// passed over: extensions, keys that are no strings
	f("\x82\xa1a\xd4\x07\x00\xa1b\x01", "b b int 1")
	f("\x82\xa1a\xc7\x03\x07abc\xa1b\x01", "b b int 1")
	f("\x82\xa1a\xd8\x070123456789abcdef\xa1b\x01", "b b int 1")
	f("\x82\x07\x01\x92\x01\xa1x\x02", "  int 1", "  int 2")
	f("\x81\xa1a\x81\xc0\x01", "a  int 1")

	// not a Record.Map
	f("")
	f("\x91\x01")
	f("\x82\xa1a\x01\xa1b", "a a int 1")
	f("\x82\xa1a\x01\xa5b", "a a int 1")
	f("\x82\xa1a\x01\x91", "a a int 1")
	f("\x81\xa1a" + strings.Repeat("\x91", 200))
}

func TestFieldsStart(t *testing.T) {
	m := []byte("\x82\xa3log\xa4text\xa1n\x07")
	var fields record.Fields
	var v record.Field
	for fields.Reset(m); fields.Next(&v); {
		if got := string(m[v.Start : v.Start+len(v.Value)]); got != string(v.Value) {
			t.Errorf("%s: got %q at Start, want %q", v.Key, got, v.Value)
		}
		if v.Text() != (v.Kind == record.Str) {
			t.Errorf("%s: Text is %v", v.Key, v.Text())
		}
	}
}

func TestNoAllocation(t *testing.T) {
	for name, corpus := range map[string]func(n int) []enginetest.Line{"quiet": enginetest.Quiet, "wide": enginetest.Wide} {
		chunk := enginetest.Chunks(corpus(1<<14), enginetest.V2, 1<<20)[0]
		broken := chunk[:len(chunk)-1]
		var c record.Cursor
		var r record.Record
		var fields record.Fields
		var v record.Field
		text := make([]byte, 0, 1<<16)
		if n := testing.AllocsPerRun(10, func() {
			for c.Reset(broken); c.Next(&r); {
				for fields.Reset(r.Map); fields.Next(&v); {
					text = v.Append(text[:0])
				}
			}
		}); n != 0 {
			t.Errorf("%s: got %v allocations, want none", name, n)
		}
	}
}
