package engine

import "github.com/authlens/authlens/engine/record"

// habits are what was learnt of the records of one tag: what they have in common, and whether
// they are a storm. Fluent Bit flushes every second or so, and most chunks are too small to
// learn it from each.
type habits struct {
	tag    uint64 // its hash
	cursor record.Cursor
	framed framed
	run    run
	bytes  int // of the chunks since a sweep last turned out not to be narrow
}

// maxTags is how many tags have habits. A task has a tag for each of its containers.
const maxTags = 8

// tagHabits are the habits of the tags met last.
type tagHabits struct {
	by    *Scanner // that read the records
	known []*habits
	next  int // the ones to forget next, once there are maxTags
}

// serve forgets what belongs to a Scanner other than s.
func (t *tagHabits) serve(s *Scanner) {
	if t.by == s {
		return
	}
	for _, h := range t.known {
		h.framed.forget()
	}
	t.by = s
}

// habits returns those of the tag with the given hash. They are large, so they are made only
// for tags that occur.
func (t *tagHabits) habits(hash uint64) *habits {
	for _, h := range t.known {
		if h.tag == hash {
			return h
		}
	}
	if len(t.known) < maxTags {
		t.known = append(t.known, &habits{tag: hash})
		return t.known[len(t.known)-1]
	}
	h := t.known[t.next]
	t.next = (t.next + 1) % maxTags
	h.tag, h.run, h.bytes = hash, run{}, 0 // new frames replace those of the other tag as they are learnt
	return h
}
