package engine

import "github.com/authlens/authlens/engine/record"

// framed is what was read of the last record of each frame.
type framed struct {
	reads [record.Frames]framedRead // by the frame's number
	any   bool
}

type framedRead struct {
	frame  int  // 0: of none
	single bool // the value that the frame is around is the only one that is searched
	fields fields
}

// last returns what was read of a record of a frame, or nil.
func (f *framed) last(frame int) *framedRead {
	if r := &f.reads[frame%record.Frames]; frame > 0 && r.frame == frame {
		return r
	}
	return nil
}

// keep keeps what was read of r, if it has a frame.
func (f *framed) keep(r *record.Record, read *fields) {
	if r.Frame > 0 {
		f.reads[r.Frame%record.Frames] = framedRead{r.Frame, read.values == 1 && read.start == r.From, *read}
		f.any = true
	}
}

// letGo forgets all.
func (f *framed) letGo() {
	if f.any { // Fast path: of a small chunk there is nothing.
		*f = framed{}
	}
}
