package engine

import (
	"unsafe"

	"github.com/authlens/authlens/engine/record"
)

// framed is what is known of the records of each frame. Its tables have a place for each
// frame in use: its number modulo record.Frames.
type framed struct {
	met     [record.Frames]int        // the frame, once a record of it was read
	singles [record.Frames]int        // the frame, if its value is all that is searched of its records
	reads   [record.Frames]readFields // what was read of a record of that frame
	any     bool                      // the tables are not empty
}

// readFields is what was read of a record, without pointing into it.
type readFields struct {
	fields
	places [nameFields]place // of its names
}

// A place is where something stands in the map of every record with the same frame: its
// offset from the map's start or, if negative, from the map's end.
type place struct{ at, size int }

// isMet reports whether a record of the frame was read.
func (f *framed) isMet(frame int) bool { return f.met[frame%record.Frames] == frame }

// isSingle reports whether the value inside the frame is known to be all that is searched of
// its records. For parts of a cut line it never is: the sweep must find the key that marks
// them, and that stands outside the value.
func (f *framed) isSingle(frame int) bool {
	return frame > 0 && f.singles[frame%record.Frames] == frame
}

// read sets to to what a walk through r would find, except for the value. r's frame isSingle.
func (f *framed) read(r *record.Record, to *fields) {
	read := &f.reads[r.Frame%record.Frames]
	*to = read.fields
	for i, name := range to.names() {
		*name = read.places[i].in(r.Map)
	}
}

// keep keeps what was read of r, if it has a frame.
func (f *framed) keep(r *record.Record, read *fields) {
	if r.Frame == 0 {
		return
	}
	i := r.Frame % record.Frames
	f.any, f.met[i], f.singles[i] = true, r.Frame, 0
	if read.values == 1 && read.start == r.From && !read.partial {
		f.singles[i] = r.Frame
		f.reads[i].keep(r, read)
	}
}

// keep copies what was read of r: names by their places, and no value.
func (rf *readFields) keep(r *record.Record, read *fields) {
	rf.fields = *read
	rf.value, rf.long = nil, nil
	for i, name := range rf.names() {
		rf.places[i] = placeOf(r, *name)
		*name = nil
	}
}

// placeOf returns the place of b, which is a part of the map of r.
func placeOf(r *record.Record, b []byte) place {
	if len(b) == 0 {
		return place{}
	}
	at := int(uintptr(unsafe.Pointer(unsafe.SliceData(b))) - uintptr(unsafe.Pointer(unsafe.SliceData(r.Map))))
	if at > r.From {
		at -= len(r.Map)
	}
	return place{at, len(b)}
}

// in returns what stands at p in the map m.
func (p place) in(m []byte) []byte {
	at := p.at
	if at < 0 {
		at += len(m)
	}
	return m[at : at+p.size]
}

// forget forgets all that is known.
func (f *framed) forget() {
	if f.any { // Fast path: of small chunks nothing is known.
		*f = framed{}
	}
}
