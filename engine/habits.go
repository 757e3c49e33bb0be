package engine

import "github.com/authlens/authlens/engine/record"

// habits are what the records of one tag have in common, as far as it was learnt, and whether they
// are a storm. Fluent Bit flushes every second or so: most chunks are too small to learn it anew.
type habits struct {
	tag    uint64 // its hash
	cursor record.Cursor
	framed framed
	run    run
	bytes  int // of the chunks since it was found that no sweep can be narrow
}

// maxTags is of how many tags the habits are known. A task has a tag for each of its containers.
const maxTags = 8

// tagHabits are the habits of the tags met last.
type tagHabits struct {
	by    *Scanner // which read the records
	known []*habits
	next  int // which are forgotten next, when there are maxTags
}

// serve forgets what is of another Scanner than s.
func (t *tagHabits) serve(s *Scanner) {
	if t.by == s {
		return
	}
	for _, h := range t.known {
		h.framed.forget()
	}
	t.by = s
}

// habits returns those of the tag with a hash. They are large, so that only tags that are met
// have some.
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
	h.tag, h.run, h.bytes = hash, run{}, 0 // frames of another tag go as new ones are learnt
	return h
}
