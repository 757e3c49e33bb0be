package gist

// minRandom is the length of base64 that is an id, in bytes: S3's second one has
// 76.
const minRandom = 40

// randomAround returns where the base64 begins and ends that b[i] is part of, and
// whether it is long and random: a path has words, in which letters of a kind
// follow each other. It begins at floor or later.
func randomAround(b []byte, floor, i int) (from, to int, ok bool) {
	for from = i; from > floor && is(b[from-1], kind); from-- {
	}
	changes, last := 0, classes[b[from]]&kind // how often a byte is of another kind than the one before
	for to = from; to < len(b); to++ {
		k := classes[b[to]] & kind
		if k == 0 {
			break
		}
		changes += differ(k, last)
		last = k
	}
	return from, to, to-from >= minRandom && 2*changes >= to-from
}

// isRandom tells whether b, of minRandom bytes at least, is base64 that is random, and would
// be looked at: it has a digit, and a symbol beside it.
func isRandom(b []byte) bool {
	changes, kinds, last := 0, class(0), classes[b[0]]&kind
	for _, c := range b {
		k := classes[c] & kind
		if k == 0 {
			return false
		}
		kinds |= k
		changes += differ(k, last)
		last = k
	}
	return kinds&digit != 0 && kinds&symbol != 0 && 2*changes >= len(b)
}

// differ returns 1 if two kinds differ, else 0. Which of them cannot be foretold,
// so that it is computed without a branch.
func differ(x, y class) int { return int((uint32(x^y) + 0xff) >> 8) }
