package engine

import "github.com/authlens/authlens/engine/record"

// framed is what is known of the records of each frame. Its tables have a place for each
// frame that is in use: its number modulo record.Frames.
type framed struct {
	met     [record.Frames]int    // the frame of which a record was read
	singles [record.Frames]int    // the frame, if its value is all that is searched of its records
	reads   [record.Frames]fields // what was read of a record of that frame
	any     bool                  // there is something in them
}

// isMet reports whether a record of the frame was read.
func (f *framed) isMet(frame int) bool { return f.met[frame%record.Frames] == frame }

// isSingle reports whether the value that the frame is around is known to be all that is
// searched of its records. For the parts of a line that was cut it never is: the sweep must
// find the key that says so, which stands outside of the value.
func (f *framed) isSingle(frame int) bool {
	return frame > 0 && f.singles[frame%record.Frames] == frame
}

// read returns what was read of a record of a frame that isSingle.
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

// letGo forgets all that is known.
func (f *framed) letGo() {
	if f.any { // Fast path: of a small chunk there is nothing.
		*f = framed{}
	}
}
