package engine

import (
	"sync/atomic"

	"github.com/authlens/authlens/engine/extract"
)

// seenMax is how many of the newest request ids are remembered; a power of two.
const seenMax = 8192

// requestIDMin is the length below which a request id is no identity, in bytes.
const requestIDMin = 8

// seenRequests remembers requests by hash, the newer in place of the older.
type seenRequests [seenMax]atomic.Uint64

// before reports whether hash is remembered, and remembers it.
func (s *seenRequests) before(hash uint64) bool {
	slot := &s[hash&(seenMax-1)]
	return slot.Load() == hash || slot.Swap(hash) == hash
}

// isRepeated reports whether the request of id has been counted already: a
// failure that is told twice, by the program and by the SDK's own log, say, or
// by two containers, is one failure.
func (s *Scanner) isRepeated(id *extract.Identity) bool {
	return len(id.RequestID) >= requestIDMin && s.seen.before(hashFold(hashStart, id.RequestID))
}
