package enginetest_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/record"
)

func TestCorporaAreTheSameOnEveryRun(t *testing.T) {
	f := func(name string, corpus func(n int) []enginetest.Line) {
		t.Helper()
		a, b := enginetest.Chunks(corpus(1<<16), enginetest.V2, 1<<14), enginetest.Chunks(corpus(1<<16), enginetest.V2, 1<<14)
		if !slices.EqualFunc(a, b, bytes.Equal) {
			t.Errorf("%s: two runs differ", name)
		}
	}
	f("quiet", enginetest.Quiet)
	f("near miss", enginetest.NearMiss)
	f("wide", enginetest.Wide)
	f("storm", enginetest.Storm)
	f("scattered", enginetest.Scattered)
}

func TestChunksHoldEveryLine(t *testing.T) {
	for _, format := range enginetest.Formats {
		lines := enginetest.Quiet(1 << 16)
		var texts []string
		for _, l := range lines {
			texts = append(texts, l.Text)
		}
		var got []string
		for _, chunk := range enginetest.Chunks(lines, format, 1<<14) {
			var c record.Cursor
			var r record.Record
			var fields record.Fields
			var v record.Field
			for c.Reset(chunk); c.Next(&r); {
				for fields.Reset(r.Map); fields.Next(&v); {
					if string(v.Key) == "log" {
						got = append(got, string(v.Value))
					}
				}
			}
			if c.Err() != nil || c.Odd() != 0 {
				t.Fatalf("format %d: %v, %d odd", format, c.Err(), c.Odd())
			}
		}
		slices.Sort(texts)
		slices.Sort(got)
		if !slices.Equal(got, texts) {
			t.Errorf("format %d: got %d lines, want %d, or they differ", format, len(got), len(texts))
		}
	}
}
