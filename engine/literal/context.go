package literal

// sides are a gram and some of what stands beside it, folded, as one number. Different
// ones seldom have the same number.
type sides uint64

// A context is what stands around a gram, in words that overlap by half: the
// gram ends the second and begins the third. Where the text has ended it is zero,
// which no folded byte is.
type context struct{ before, begin, end, behind uint64 }

// half is how many bytes of a word are not the gram's.
const half = wordSize - gramSize

// contextAt returns the context of the gram at b[at:].
func contextAt(b []byte, at int) (c context) {
	if at+half <= len(b)-wordSize {
		c.end, c.behind = word(b, at), word(b, at+half)
	} else {
		c.end = foldTail(b, at)
	}
	if at >= half {
		c.begin = word(b, at-half)
	}
	if at >= 2*half {
		c.before = word(b, at-2*half)
	}
	return c
}

// A reach says which bytes of a context are the sides of a literal. Of a literal it is the
// first in this list for which the literal is long enough.
type reach uint8

const (
	farBehind reach = iota
	farBefore
	nearBehind
	nearBefore
	gramOnly
)

// sides returns the sides of a reach. The words of two reaches may be equal, where a text
// repeats itself or has ended. So that their sides differ even then, farBefore, nearBefore and
// gramOnly have in them a byte that no folded byte is.
func (c *context) sides(r reach) sides {
	switch r {
	case farBehind:
		return sides(c.end*multiplier64 + c.behind)
	case farBefore:
		return sides(c.begin*multiplier64 + (c.before ^ caseBit))
	case nearBehind:
		return sides(c.end)
	case nearBefore:
		return sides(c.begin ^ caseBit<<56)
	}
	return sides(uint64(uint32(c.end)) | 1<<32)
}

// reachOf returns the reach of a literal with its anchor at at.
func reachOf(literal []byte, at int) reach {
	before, behind := at, len(literal)-at-gramSize
	switch {
	case behind >= 2*half:
		return farBehind
	case before >= 2*half:
		return farBefore
	case behind >= half:
		return nearBehind
	case before >= half:
		return nearBefore
	}
	return gramOnly
}

// sidesOf returns the sides of a literal with its anchor at at.
func sidesOf(literal []byte, at int) sides {
	c := contextAt(literal, at)
	return c.sides(reachOf(literal, at))
}
