package chunk

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tinylib/msgp/msgp"
)

func TestAppend(t *testing.T) {
	before := []byte("before")
	got, err := Append(before, time.Unix(0x01020304, 5), map[string]any{
		"log": "denied", "n": json.Number("403"), "f": json.Number("0.5"), "far": json.Number("-1e999"), "x": 1.5,
		"nothing": nil, "yes": true, "inner": map[string]any{"list": []any{"a", json.Number("-1")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	head := "before" + "\x92" + "\x92" + "\xd7\x00" + "\x01\x02\x03\x04" + "\x00\x00\x00\x05" + "\x80"
	rest, ok := bytes.CutPrefix(got, []byte(head))
	if !ok {
		t.Fatalf("a chunk begins with % x; want % x", got, head)
	}
	fields, rest, err := msgp.ReadMapStrIntfBytes(rest, nil)
	if err != nil || len(rest) > 0 {
		t.Fatalf("%v; % x is left", err, rest)
	}
	want := map[string]any{
		"log": "denied", "n": int64(403), "f": 0.5, "far": math.Inf(-1), "x": 1.5,
		"nothing": nil, "yes": true, "inner": map[string]any{"list": []any{"a", int64(-1)}},
	}
	if diff := cmp.Diff(want, fields); diff != "" {
		t.Errorf("fields differ (-want +got):\n%s", diff)
	}
}

func TestAppendIsTheSameForTheSameRecord(t *testing.T) {
	fields := map[string]any{"a": "1", "b": "2", "c": "3", "d": "4", "e": "5"}
	first, _ := Append(nil, time.Time{}, fields)
	for range 20 {
		if again, _ := Append(nil, time.Time{}, fields); !bytes.Equal(first, again) {
			t.Fatalf("% x and % x", first, again)
		}
	}
}

func TestAppendRefuses(t *testing.T) {
	f := func(fields map[string]any) {
		t.Helper()
		got, err := Append([]byte("before"), time.Time{}, fields)
		if err == nil || !strings.Contains(err.Error(), "a record cannot hold a uint8") {
			t.Errorf("got %v", err)
		}
		if string(got) != "before" {
			t.Errorf("what was there became %q", got)
		}
	}
	f(map[string]any{"a": "b", "x": byte(1)})
	f(map[string]any{"a": []any{byte(1)}})
	f(map[string]any{"a": map[string]any{"x": byte(1)}})
}
