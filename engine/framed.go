package engine

import "github.com/authlens/authlens/engine/record"

// framed is what was read of a record of each frame, by the frame's number.
type framed struct {
	singles [record.Frames]int // the frame, if the value it is around is all that is searched of its records
	reads   [record.Frames]framedRead
	any     bool
}

type framedRead struct {
	frame  int // 0: none
	fields fields
}

// single reports whether it is known that the value that the frame is around is all that is
// searched of its records. Of parts of a line it is not: the sweep has to find what says so.
func (f *framed) single(frame int) bool { return frame > 0 && f.singles[frame%record.Frames] == frame }

// of returns what was read of a record of a frame, or nil.
func (f *framed) of(frame int) *fields {
	if r := &f.reads[frame%record.Frames]; frame > 0 && r.frame == frame {
		return &r.fields
	}
	return nil
}

// keep keeps what was read of r, if it has a frame.
func (f *framed) keep(r *record.Record, read *fields) {
	if r.Frame == 0 {
		return
	}
	i := r.Frame % record.Frames
	f.any, f.reads[i], f.singles[i] = true, framedRead{r.Frame, *read}, 0
	if read.values == 1 && read.start == r.From && !read.partial {
		f.singles[i] = r.Frame
	}
}

// letGo forgets all.
func (f *framed) letGo() {
	if f.any { // Fast path: of a small chunk there is nothing.
		*f = framed{}
	}
}
