package record_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/record"
)

func BenchmarkCursor(b *testing.B) {
	run := func(name string, corpus func(n int) []enginetest.Line, format enginetest.Format) {
		lines := corpus(1 << 20)
		var chunk []byte
		for _, c := range enginetest.Chunks(lines, format, 1<<20) {
			chunk = append(chunk, c...)
		}
		var c record.Cursor
		var r record.Record
		var fields record.Fields
		var v record.Field
		b.Run(name+"/records", func(b *testing.B) {
			b.SetBytes(int64(len(chunk)))
			b.ReportAllocs()
			for b.Loop() {
				for c.Reset(chunk); c.Next(&r); {
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(lines)), "ns/record")
		})
		b.Run(name+"/passed over", func(b *testing.B) {
			b.SetBytes(int64(len(chunk)))
			b.ReportAllocs()
			for b.Loop() {
				c.Reset(chunk)
				c.SkipTo(len(chunk), &r)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(lines)), "ns/record")
		})
		b.Run(name+"/fields", func(b *testing.B) {
			b.SetBytes(int64(len(chunk)))
			b.ReportAllocs()
			for b.Loop() {
				for c.Reset(chunk); c.Next(&r); {
					for fields.Reset(r.Map); fields.Next(&v); {
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(lines)), "ns/record")
		})
		if c.Err() != nil {
			b.Fatal(c.Err())
		}
	}
	run("quiet", enginetest.Quiet, enginetest.V2)
	run("quiet-v1", enginetest.Quiet, enginetest.V1)
	run("wide", enginetest.Wide, enginetest.V2)
	run("storm", enginetest.Storm, enginetest.V2)
	run("one line", func(n int) []enginetest.Line {
		return slices.Repeat([]enginetest.Line{{Task: "task", Container: "web", Source: "stdout", Text: "GET /healthz 200"}}, n/500)
	}, enginetest.V2)
	run("two values", func(n int) []enginetest.Line {
		lines := enginetest.Quiet(n)
		for i := range lines {
			lines[i].Fields = enginetest.Map{"log", lines[i].Text, "time", fmt.Sprint(i)}
		}
		return lines
	}, enginetest.V2Tail)
}
