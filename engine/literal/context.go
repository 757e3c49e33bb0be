package literal

// sides are a gram and some of what stands beside it, folded, as one number. Different
// ones seldom have the same number.
type sides uint64

// A reach says which bytes of a context are the sides of a literal. Of a literal it is the
// first in this list for which the literal is long enough.
type reach uint8

const (
	farBehind reach = iota
	farBefore
	nearBehind
	nearBefore
	gramOnly
	reaches
)

// A context has the sides of each reach at one place of a text. Those of two reaches differ even
// where the text repeats itself, or has ended: farBefore, nearBefore and gramOnly have in them a
// byte that no folded byte is.
type context [reaches]sides

// half is how many bytes of a word are not the gram's.
const half = wordSize - gramSize

// set makes c the context of the gram at b[at:], of words that overlap by half: the gram
// ends the second and begins the third. Where the text has ended a word is zero, which no folded
// byte is.
func (c *context) set(b []byte, at int) {
	var before, begin, end, behind uint64
	if at+half <= len(b)-wordSize {
		end, behind = word(b, at), word(b, at+half)
	} else {
		end = foldTail(b, at)
	}
	if at >= half {
		begin = word(b, at-half)
	}
	if at >= 2*half {
		before = word(b, at-2*half)
	}
	c[farBehind] = sides(end*multiplier64 + behind)
	c[farBefore] = sides(begin*multiplier64 + (before ^ caseBit))
	c[nearBehind] = sides(end)
	c[nearBefore] = sides(begin ^ caseBit<<56)
	c[gramOnly] = sides(uint64(uint32(end)) | 1<<32)
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
	var c context
	c.set(literal, at)
	return c[reachOf(literal, at)]
}
