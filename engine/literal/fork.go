package literal

import "encoding/binary"

// A window is windowSize bytes of a text near a gram. Its value is how far from the gram
// they begin, negative if before it.
type window int8

// windowSize is how many bytes a window has.
const windowSize = 4

// in returns the folded bytes in the window of the gram at b[at:], and whether the whole
// window is in b.
func (w window) in(b []byte, at int) (seen uint32, ok bool) {
	at += int(w)
	if at < 0 || at > len(b)-windowSize {
		return 0, false
	}
	return binary.LittleEndian.Uint32(b[at:]) | uint32(foldMask&(1<<32-1)), true
}

// through returns the key that literals with sides s have, instead of s, if they have seen in
// the window.
func (w window) through(s sides, seen uint32) sides {
	return (s+sides(w))*multiplier64 ^ sides(seen)<<8
}

// A branch leads from the slot of sides to another slot, by what a text has in a window.
type branch struct {
	sides  sides
	window window
	next   uint16 // a further branch of the slot, or 0
}

// next follows the branches from i on to the first slot that has literals. It returns that
// slot, or nil, and the branch to go on with.
func (t *targetTable) next(i uint16, b []byte, at int) (*slot, uint16) {
	if i == 0 {
		return nil, 0
	}
	return t.follow(i, b, at)
}

func (t *targetTable) follow(i uint16, b []byte, at int) (*slot, uint16) {
	for i != 0 {
		br := &t.branches[i]
		i = br.next
		if seen, ok := br.window.in(b, at); ok {
			if s := t.slot(br.window.through(br.sides, seen)); s.n > 0 {
				return s, i
			}
		}
	}
	return nil, 0
}

const (
	// leastForked is how many literals must have the same sides to be split by windows.
	leastForked = 16
	// leastSaved is how many comparisons a window must save.
	leastSaved = 5
)

// A fork splits literals of the same sides into lists, by what they have in a window. A list
// is not split again: it is as long as there are literals that are alike in the window.
type fork struct {
	literals [][]byte
	anchors  []anchor
	sides    sides
	lists    map[sides][]int32
}

// deal returns the ids that go into no list, and the windows that split the others.
func (f *fork) deal(ids []int32) (rest []int32, windows []window) {
	if len(ids) < leastForked {
		return ids, nil
	}
	for {
		w, saved := f.best(ids)
		if saved < leastSaved {
			return ids, windows
		}
		windows, rest = append(windows, w), nil
		for _, id := range ids {
			if seen, ok := f.seen(w, id); ok {
				key := w.through(f.sides, seen)
				f.lists[key] = append(f.lists[key], id)
			} else {
				rest = append(rest, id)
			}
		}
		ids = rest
	}
}

// best returns the window that saves most comparisons, and how many it saves on average over
// texts that are each like one of the literals that cover the whole window.
func (f *fork) best(ids []int32) (best window, saved int) {
	for w := window(-MaxLen); w <= MaxLen; w++ {
		alike, all := map[uint32]int{}, 0
		for _, id := range ids {
			if seen, ok := f.seen(w, id); ok {
				alike[seen]++
				all++
			}
		}
		compared := 0 // by all of them
		for _, n := range alike {
			compared += n * n
		}
		if s := all - compared/max(1, all); s > saved {
			best, saved = w, s
		}
	}
	return best, saved
}

// seen returns what literal id has in the window.
func (f *fork) seen(w window, id int32) (seen uint32, ok bool) {
	return w.in(f.literals[id], int(f.anchors[id].at))
}
