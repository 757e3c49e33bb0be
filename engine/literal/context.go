package literal

// sides are a gram and some of what stands next to it, folded, as one number. Different
// ones seldom have the same number.
type sides uint64

// A reach says how many bytes before or behind a gram are among the sides of a literal. A
// literal has the first reach of this list that it is long enough for.
type reach uint8

const (
	behind8 reach = iota
	before8
	behind6
	before6
	behind3
	before3
	behind2
	before1
	gramOnly
	reaches
)

// A context has the sides of each reach at one place of a text. Sides of one reach never equal
// those of another, even where the text repeats itself or has ended: each reach has zeros, or a
// byte that no folded byte is, where the others have none.
type context [reaches]sides

// half is how many bytes of a word are not the gram's.
const half = wordSize - gramSize

// set makes c the context of the gram at b[at:], from four words that overlap by half: the gram
// ends the second and begins the third. Outside the text a word has zeros, which no folded byte is.
func (c *context) set(b []byte, at int) {
	var before, begin, end, behind uint64
	if at+half <= len(b)-wordSize {
		end, behind = word(b, at), word(b, at+half)
	} else {
		end, behind = foldTail(b, at), foldTail(b, at+half)
	}
	if at >= wordSize {
		before, begin = word(b, at-wordSize), word(b, at-half)
	} else {
		before, begin = foldHead(b, at), foldHead(b, at+half)
	}
	c[behind8] = sides(end*multiplier64 + behind)
	c[before8] = sides(begin*multiplier64 + (before ^ caseBit))
	c[behind6] = sides(end*multiplier64 + (behind<<16 | 1))
	c[before6] = sides(begin*multiplier64 + (before >> 16))
	c[behind3] = sides(end << 8)
	c[before3] = sides(begin >> 8)
	c[behind2] = sides(end << 16)
	c[before1] = sides(begin >> 24)
	c[gramOnly] = sides(uint64(uint32(end)) | 1<<32)
}

// extents are how many bytes before and behind its gram a literal must have for each reach.
var extents = [reaches]struct{ before, behind int }{
	behind8: {0, 8}, before8: {8, 0},
	behind6: {0, 6}, before6: {6, 0},
	behind3: {0, 3}, before3: {3, 0},
	behind2: {0, 2}, before1: {1, 0},
}

// reachOf returns the reach of a literal with its anchor at at.
func reachOf(literal []byte, at int) (r reach) {
	before, behind := at, len(literal)-at-gramSize
	for before < extents[r].before || behind < extents[r].behind {
		r++ // gramOnly wants none
	}
	return r
}

// sidesOf returns the sides of a literal with its anchor at at.
func sidesOf(literal []byte, at int) sides {
	var c context
	c.set(literal, at)
	return c[reachOf(literal, at)]
}
