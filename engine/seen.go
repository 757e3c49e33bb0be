package engine

import (
	"sync/atomic"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/window"
)

// seenMax is how many of the newest request ids are remembered; a power of two.
const seenMax = 8192

// requestIDMin is the length below which a request id is no identity, in bytes.
const requestIDMin = 8

// seenRequests remembers requests by the hash of their id and window, the newer
// in place of the older.
type seenRequests [seenMax]atomic.Uint64

// before reports whether the request of hash is remembered in window w or one
// beside it. If not, it is remembered now.
func (s *seenRequests) before(hash uint64, w window.Index) bool {
	slot := &s[hash&(seenMax-1)]
	in := func(w window.Index) uint64 { return hashInt(hash, uint64(w)) }
	near := func(seen uint64) bool { return seen == in(w) || seen == in(w-1) || seen == in(w+1) }
	return near(slot.Load()) || near(slot.Swap(in(w)))
}

// isRepeated reports whether the request of id, which failed by the rule at event
// time at, has been counted already: a failure that is told twice, for example by
// the program and by the SDK's own log, or by two containers, is one failure. A
// request is not remembered for ever, since programs print the ids of jobs and
// sessions under that name too. Calls that share an id have failures of their own,
// so of these only the same failure counts as told twice.
func (s *Scanner) isRepeated(id *extract.Identity, rule int, at int64) bool {
	if len(id.RequestID) < requestIDMin {
		return false
	}
	hash := hashFold(hashStart, id.RequestID)
	if id.RequestShared {
		hash = s.foldFailure(hash, id, rule)
	}
	return s.seen.before(hash, window.IndexOf(at, s.opt.Window))
}
