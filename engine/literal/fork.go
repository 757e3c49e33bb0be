package literal

import "encoding/binary"

// A window is four bytes at so many bytes from a gram.
type window int8

// windowSize is the bytes of a window.
const windowSize = 4

// in returns what is in the window when the gram is at b[at:], and whether all of it
// is in b.
func (w window) in(b []byte, at int) (seen uint32, ok bool) {
	at += int(w)
	if at < 0 || at > len(b)-windowSize {
		return 0, false
	}
	return binary.LittleEndian.Uint32(b[at:]) | uint32(foldMask&(1<<32-1)), true
}

// through returns the key of those literals of s that have seen in the window.
func (w window) through(s sides, seen uint32) sides {
	return (s+sides(w))*multiplier64 ^ sides(seen)<<8
}

// A branch leads from a slot to another one, by what is in a window.
type branch struct {
	sides  sides
	window window
	next   uint16 // a further branch of the slot, or 0
}

// next returns the slot that the first branch of those from i on leads to which leads
// to literals, and the branch behind it; nil where none does.
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

// Literals are forked when so many have the same sides, and by a window which saves so
// many comparisons.
const (
	leastForked = 16
	leastSaved  = 5
)

// A fork deals literals of the same sides into lists, by what is in their windows. It
// does so once: a list stays as long as literals are alike in a window.
type fork struct {
	literals [][]byte
	anchors  []anchor
	sides    sides
	lists    map[sides][]int32
}

// deal returns those of the ids that are dealt into no list, and the windows by which
// the others are.
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

// best returns the window that saves most comparisons, and how many, with a text that
// is like any of the literals which have all of it.
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

func (f *fork) seen(w window, id int32) (seen uint32, ok bool) {
	return w.in(f.literals[id], int(f.anchors[id].at))
}
