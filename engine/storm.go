package engine

import (
	"bytes"

	"github.com/authlens/authlens/engine/literal"
)

// In a storm each record is a failure that is known already. Records are not searched then: the
// record's text is looked up right away and, if it is known, one of its literals is looked for in
// the record.

// leastStorm is how many records in a row make a storm.
const leastStorm = 3

// A run is consecutive records that are failures whose gists were remembered.
type run struct {
	records int // how many of them are known by a frame (framed.isSingle)
	end     int // where in the chunk the last one ends
}

// endChunk lets the run go on in the next chunk if it reached the end of this one, of size bytes.
func (r *run) endChunk(size int) {
	if r.end < size {
		r.records = 0
	}
	r.end = 0
}

// met notes that the current record is a failure with a remembered verdict.
func (sc *scan) met() {
	r := &sc.record
	if r.Start != sc.run.end {
		sc.run.records = 0
	}
	if sc.framed.isSingle(r.Frame) {
		sc.run.records++
	}
	sc.run.end = r.End
}

// isStorm tells whether the record at start, or the next one, is likely to be one more known
// failure.
func (sc *scan) isStorm(start int) bool {
	return sc.run.records >= leastStorm && sc.run.end == start && sc.awaiting == 0
}

// visitKnown is visit for a record that is one more known failure, and reports whether it
// is. One that is not ends the storm, unless no frame fits it: then only a walk could tell.
func (sc *scan) visitKnown() bool {
	if !sc.framed.isSingle(sc.record.Frame) {
		return false
	}
	ok := sc.visitIfKnown()
	if !ok {
		sc.run = run{}
	}
	return ok
}

func (sc *scan) visitIfKnown() bool {
	r, f := &sc.record, &sc.fields
	if r.Group || r.To-r.From > excerptMax {
		return false
	}
	sc.framed.read(r, f)
	f.setValue(r.Map, r.From, r.To)
	t := sc.text()
	g := &sc.gist
	v := sc.memory.known(g, t)
	if f.own || v == nil || !v.matched || !sc.stands(v) {
		return false
	}
	sc.met()
	sc.observe()
	sc.c.Stats.Candidates++
	failure := found{text: t}
	v.fill(g, &failure, &sc.id)
	sc.conclude(&failure)
	return true
}

// stands tells whether a literal of the current gist, on which v is the verdict, is also in the
// value as it was logged. Only then would a search have led here. It is looked for from its place
// in the text on, since normalising never makes a text longer.
func (sc *scan) stands(v *verdict) bool {
	g, value := &sc.gist, sc.fields.value
	if v.literal == (part{}) {
		v.literal = literalIn(g.Text(), sc.finder)
	}
	if v.literal == noPart {
		return false
	}
	at := g.Raw(int(v.literal.from))
	return at <= len(value) && bytes.Contains(value[at:], g.Text()[v.literal.from:v.literal.to])
}

// literalIn returns the first literal of f in a gist.
func literalIn(said []byte, f *literal.Finder) part {
	var s literal.Search
	s.Reset(f, said)
	if s.Find(0) < 0 {
		return noPart
	}
	from, to := s.Found()
	return part{int32(from), int32(to)}
}
