package engine

import "github.com/authlens/authlens/engine/record"

// habits are what the records of one tag have in common, as far as it was learnt, and whether they
// are a storm. Fluent Bit flushes every second or so: most chunks are too small to learn it anew.
type habits struct {
	cursor record.Cursor
	framed framed
	run    run
	bytes  int // of the chunks since it was found that no sweep can be narrow
}

// maxTags is of how many tags the habits are known. A task has a tag for each of its containers.
const maxTags = 8

// tagHabits are the habits of the tags met last.
type tagHabits struct {
	by   *Scanner // which read the records
	tags [maxTags]uint64
	of   [maxTags]habits
	next int // which are forgotten next
}

// serve forgets what is of another Scanner than s.
func (t *tagHabits) serve(s *Scanner) {
	if t.by == s {
		return
	}
	for i := range t.of {
		t.of[i].framed.forget()
	}
	t.by = s
}

// habits returns those of the tag with a hash.
func (t *tagHabits) habits(hash uint64) *habits {
	for i, tag := range t.tags {
		if tag == hash {
			return &t.of[i]
		}
	}
	i := t.next
	t.next = (i + 1) % maxTags
	t.tags[i] = hash
	h := &t.of[i]
	h.run, h.bytes = run{}, 0 // frames of another tag go as new ones are learnt
	return h
}
