package engine

import (
	"sync"
	"sync/atomic"

	"github.com/authlens/authlens/engine/extract"
)

const (
	// recentMax is how many streams are remembered whose last error may have further lines in
	// the next chunk.
	recentMax = 32
	// recentRest is how many bytes of a chunk may stand behind such an error: they are read, and
	// lines of one error are written at once.
	recentRest = 4 << 10
)

// A recent is a stream's last error, when its chunk has come to an end.
type recent struct {
	key     uint64 // of the stream; 0: free
	tagHash uint64
	last    lastEvent
}

// A recentRoom holds the errors that the next chunk of their tag may go on with, the newer in
// place of the older. It is shared by all scans of a Scanner; while it is empty, asking costs one
// load.
type recentRoom struct {
	taken atomic.Int32
	mu    sync.Mutex
	all   [recentMax]recent
	next  int // which to give up next
}

// take moves those of a tag into the scan's own, and returns how many there are.
func (r *recentRoom) take(tagHash uint64, into *[scanStreams]recent) (n int) {
	if r.taken.Load() == 0 {
		return 0
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.all {
		one := &r.all[i]
		if one.key == 0 || one.tagHash != tagHash {
			continue
		}
		if n < scanStreams {
			into[n] = *one
			n++
		}
		one.key = 0
		r.taken.Add(-1)
	}
	return n
}

func (r *recentRoom) put(one recent) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.all {
		if r.all[i].key == 0 {
			r.all[i] = one
			r.taken.Add(1)
			return
		}
	}
	r.all[r.next] = one
	r.next = (r.next + 1) % recentMax
}

// keepRecent keeps the last error of st for the next chunk, unless a new message began by now.
func (sc *scan) keepRecent(st *stream) {
	if !st.last.counted || len(sc.chunk)-st.last.end > recentRest {
		return
	}
	if link := sc.link(st, len(sc.chunk)); link < extract.Broken {
		last := st.last
		last.end, last.elsewhere, last.link = 0, true, link
		sc.recent.put(recent{st.key, sc.tagHash, last})
	}
}

// recall gives st, which is new to the scan, the error with which the chunk before ended.
func (sc *scan) recall(st *stream) {
	for i := range sc.recents[:sc.nRecent] {
		if one := &sc.recents[i]; one.key == st.key {
			st.last = one.last
		}
	}
}
