package engine

import (
	"bytes"

	"github.com/authlens/authlens/engine/literal"
	"github.com/authlens/authlens/engine/record"
)

// fields is what a Scanner needs of one record. Its slices are borrowed from
// the chunk.
type fields struct {
	cluster, taskARN, taskDef  []byte
	containerID, containerName []byte
	source                     []byte
	partialID, partialLast     []byte
	partial                    bool   // a part of a line that the runtime cut
	own                        bool   // a finding of ours
	values                     int    // how many values are searched: strings
	numbers                    int    // how many are not, but may be facts: numbers, booleans, nulls
	value                      []byte // the last searched value
	start                      int    // where in the record's map it starts
	first                      int    // if it is the only one: where in it the first literal is, or -1
	candidate                  bool   // a searched value holds a literal
	long                       []byte // the last such value that is longer than excerptMax
}

// names returns what f has of where a record comes from, always in the same order.
func (f *fields) names() [nameFields]*[]byte {
	return [...]*[]byte{
		&f.cluster, &f.taskARN, &f.taskDef, &f.containerID, &f.containerName, &f.source, &f.partialID, &f.partialLast,
	}
}

// nameFields is how many names there are.
const nameFields = 8

// A fieldReader reads records into fields.
type fieldReader struct {
	finder   *literal.Finder
	scanKeys [][]byte // top-level keys to search; empty: all
	marker   Marker
}

// A hit is the first literal in a record's map: where its anchor stands, and where the
// literal starts and ends. In the zero hit this is not known.
type hit struct{ at, from, to int }

// read goes through a record once. Nothing is copied.
func (fr *fieldReader) read(m []byte, hit hit, walk *record.Fields, f *fields) {
	*f = fields{}
	walk.Reset(m)
	var v record.Field
	for walk.Next(&v) {
		topLevel := len(v.Top) == len(v.Key) && bytes.Equal(v.Top, v.Key)
		if topLevel && fr.readOrigin(&v, f) {
			continue
		}
		if !fr.searched(v.Top) {
			continue
		}
		if !v.Text() {
			f.numbers++
			continue
		}
		f.values++
		f.value, f.start = v.Value, v.Start
		if f.candidate && len(v.Value) <= excerptMax {
			continue
		}
		fr.look(f, hit)
	}
}

// readValue is read for a record of which f holds everything but its one searched value,
// m[from:to].
func (fr *fieldReader) readValue(m []byte, from, to int, hit hit, f *fields) {
	f.setValue(m, from, to)
	fr.look(f, hit)
}

// setValue makes m[from:to] the one searched value, before any literal is looked for in it.
func (f *fields) setValue(m []byte, from, to int) {
	f.value, f.start, f.candidate, f.long = m[from:to:to], from, false, nil
}

// look looks for the first literal in f.value.
func (fr *fieldReader) look(f *fields, hit hit) {
	if f.first = fr.find(f.value, f.start, hit); f.first >= 0 {
		f.candidate = true
		if len(f.value) > excerptMax {
			f.long = f.value
		}
	}
}

func (fr *fieldReader) holdsCandidate(v *record.Field) bool {
	return v.Text() && fr.finder.Find(v.Value, 0) >= 0
}

// find returns the place of the first literal in a value, which starts at start in the
// record's map, or -1.
func (fr *fieldReader) find(value []byte, start int, hit hit) int {
	// Fast path: the literal that led here is in the value.
	if hit.from >= start && hit.to <= start+len(value) {
		return hit.at - start
	}
	return fr.finder.Find(value, max(0, hit.at-start)) // before the hit there is none
}

// readOrigin keeps v in f if it stands under a key that FireLens, or we ourselves, put
// into a record, and reports whether it does. Such values are not searched.
func (fr *fieldReader) readOrigin(v *record.Field, f *fields) bool {
	switch string(v.Key) {
	case keyCluster:
		f.cluster = v.Value
	case keyTaskARN:
		f.taskARN = v.Value
	case keyTaskDef:
		f.taskDef = v.Value
	case keyContainerID:
		f.containerID = v.Value
	case keyContainerName:
		f.containerName = v.Value
	case keySource:
		f.source = v.Value
	case keyPartial:
		f.partial = true
	case keyPartialID:
		f.partialID = v.Value
	case keyPartialLast:
		f.partialLast = v.Value
	case keyPartialNumber, keyInstanceID:
	default:
		if fr.marker.Key == "" || string(v.Key) != fr.marker.Key {
			return false
		}
		f.own = f.own || string(v.Value) == fr.marker.Value
	}
	return true
}

func (fr *fieldReader) searched(top []byte) bool {
	if len(fr.scanKeys) == 0 {
		return true
	}
	for _, k := range fr.scanKeys {
		if bytes.Equal(k, top) {
			return true
		}
	}
	return false
}
