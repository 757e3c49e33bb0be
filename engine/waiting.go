package engine

import (
	"sync"
	"sync/atomic"
)

// waitingMax is how many streams wait between chunks.
const waitingMax = 64

// A waitingRoom holds the streams whose next record comes with a later chunk.
// It is shared by all scans of a Scanner; while it is empty, which is nearly
// always, asking costs one load.
type waitingRoom struct {
	taken   atomic.Int32
	mu      sync.Mutex
	streams []stream // made when first needed
}

// take moves the streams of a tag into the scan's own, and returns how many of
// them wait for just any record, not for one that is marked as a part.
func (w *waitingRoom) take(tagHash uint64, into *[scanStreams]stream) (awaiting int) {
	if w.taken.Load() == 0 {
		return 0
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for i := range w.streams {
		st := &w.streams[i]
		if st.key == 0 || st.tagHash != tagHash || n == scanStreams {
			continue
		}
		into[n] = *st
		if st.kind == streamLines {
			awaiting++
		}
		n++
		st.free()
		w.taken.Add(-1)
	}
	return awaiting
}

// put keeps a copy of st and reports whether there was room.
func (w *waitingRoom) put(st *stream) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.streams == nil {
		w.streams = make([]stream, waitingMax)
	}
	for i := range w.streams {
		if w.streams[i].key == 0 {
			w.streams[i] = *st
			w.streams[i].last = lastEvent{counted: st.kind == streamParts && st.last.counted}
			w.taken.Add(1)
			return true
		}
	}
	return false
}

// Waiting reports whether an error waits for the rest of its text. Expire must
// then be called from time to time.
func (s *Scanner) Waiting() bool { return s.waiting.taken.Load() > 0 }

// Expire counts into c, with what is known about them, the errors that have waited
// since the previous call. Call it at the pace at which an error may be late: a
// few times a second; twice at the end.
func (s *Scanner) Expire(c *Counts) {
	if !s.Waiting() {
		return
	}
	var st stream
	for i := range waitingMax {
		if s.waiting.age(i, &st) {
			s.settleIn(&st, c)
		}
	}
}

// age moves the stream at place i into out if it was aged before, and reports
// whether it did; otherwise the stream is aged now. The lock is not held while the
// stream is judged, since a flush may be waiting for it.
func (w *waitingRoom) age(i int, out *stream) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	st := &w.streams[i]
	if st.key == 0 {
		return false
	}
	if !st.aged {
		st.aged = true
		return false
	}
	*out = *st
	st.free()
	w.taken.Add(-1)
	return true
}
