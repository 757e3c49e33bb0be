package literal

import "slices"

// texts are byte strings in one piece of memory. Allocated one by one, thousands of them
// would take twice as much and be scattered among what is not kept.
type texts struct {
	all  []byte
	ends []uint32 // where in all each text ends
}

// withLower returns t followed by more in lower case.
func (t *texts) withLower(more []string) texts {
	size := len(t.all)
	for _, s := range more {
		size += len(s)
	}
	both := texts{append(make([]byte, 0, size), t.all...), slices.Grow(slices.Clone(t.ends), len(more))}
	for _, s := range more {
		for _, c := range []byte(s) {
			both.all = append(both.all, lowerByte(c))
		}
		both.ends = append(both.ends, uint32(len(both.all)))
	}
	return both
}

func (t *texts) len() int { return len(t.ends) }

// at returns text i, for reading only.
func (t *texts) at(i int) []byte {
	start := uint32(0)
	if i > 0 {
		start = t.ends[i-1]
	}
	return t.all[start:t.ends[i]]
}

// list returns all texts, for reading only.
func (t *texts) list() [][]byte {
	list := make([][]byte, t.len())
	for i := range list {
		list[i] = t.at(i)
	}
	return list
}
