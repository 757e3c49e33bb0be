package engine

import "github.com/authlens/authlens/engine/record"

// framed is what is known of the records of each frame, by the rest of the frame's number.
type framed struct {
	met     [record.Frames]int    // the frame of which a record was read
	singles [record.Frames]int    // the same, if the value it is around is all that is searched
	reads   [record.Frames]fields // of those, what was read
	any     bool
}

// isMet reports whether a record of the frame was read.
func (f *framed) isMet(frame int) bool { return f.met[frame%record.Frames] == frame }

// isSingle reports whether it is known that the value that the frame is around is all that is
// searched of its records. Of parts of a line it is not: the sweep has to find what says so.
func (f *framed) isSingle(frame int) bool {
	return frame > 0 && f.singles[frame%record.Frames] == frame
}

// read returns what was read of a record of a single frame.
func (f *framed) read(frame int) *fields { return &f.reads[frame%record.Frames] }

// keep keeps what was read of r, if it has a frame.
func (f *framed) keep(r *record.Record, read *fields) {
	if r.Frame == 0 {
		return
	}
	i := r.Frame % record.Frames
	f.any, f.met[i], f.singles[i] = true, r.Frame, 0
	if read.values == 1 && read.start == r.From && !read.partial {
		f.singles[i], f.reads[i] = r.Frame, *read
	}
}

// letGo forgets all.
func (f *framed) letGo() {
	if f.any { // Fast path: of a small chunk there is nothing.
		*f = framed{}
	}
}
