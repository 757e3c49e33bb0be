package engine

import (
	"hash/maphash"
	"sync/atomic"
)

// copiesMax is how many of the newest records with a failure are remembered; a power of two.
const copiesMax = 8192

// seenRecords remembers records with a failure, the newer in place of the older, by the tag
// that each came under first.
type seenRecords [copiesMax]atomic.Uint64

// under reports whether the record of hash is remembered under another tag than this one. If it
// is not remembered, it is now.
func (s *seenRecords) under(hash, tagHash uint64) bool {
	const tag = 1<<16 - 1
	slot, entry := &s[hash&(copiesMax-1)], hash&^tag|tagHash&tag
	isCopy := func(seen uint64) bool { return seen != entry && seen&^tag == entry&^tag }
	return isCopy(slot.Load()) || isCopy(slot.Swap(entry))
}

// copySeed hashes records. It is the same for all scanners, and nothing of it is published.
var copySeed = maphash.MakeSeed()

// isCopy reports whether the record at hand, with the failure f at event time at, has come under
// another tag before: a filter such as rewrite_tag has copied it. Only where a record names its
// container is that told from two containers that say the same.
func (sc *scan) isCopy(f *found, at int64) bool {
	if len(sc.fields.containerID) == 0 {
		return false
	}
	_, scope := sc.originOf()
	hash := hashInt(hashBytes(scope, sc.fields.containerID), uint64(at))
	return sc.copies.under(hashInt(hash, maphash.Bytes(copySeed, f.text)), sc.tagHash)
}
