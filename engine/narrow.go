package engine

import "github.com/authlens/authlens/engine/record"

// Most of what FireLens makes of a line is the same in all records of a container: its
// name, its task, its cluster. A sweep is narrow as long as it reads the records ahead by
// their frames, and searches only the value in which they differ.

// leastNarrow is how many bytes of a tag go by before a narrow sweep of its chunks is tried: with
// fewer, learning their frames does not pay. It is a variable so that tests can do with less.
var leastNarrow = 128 << 10

// A sweep stays narrow while what it searches is less than narrowPart of every narrowWhole bytes
// of the chunk. The second half of the records ahead decides: the first may include those from
// which the frames are learnt.
const (
	narrowPart  = 3
	narrowWhole = 4
)

// find returns the offset of the first candidate at or after from, or -1.
func (sc *scan) find(from int) int {
	for sc.narrow {
		if at := sc.gathered.find(&sc.search, from); at >= 0 {
			return at
		}
		sc.lookAhead()
	}
	return sc.search.Find(max(from, sc.wide))
}

// shift turns an offset in what is searched into one in the chunk.
func (sc *scan) shift() int {
	if sc.narrow {
		return sc.gathered.shift()
	}
	return 0
}

// lookAhead reads the next records by their frames and lets the sweep go on with their values or,
// if that would not be narrow, with the rest of the chunk as it is.
func (sc *scan) lookAhead() {
	g, start := &sc.gathered, sc.cursor.Behind()
	ahead := sc.cursor.Ahead(len(sc.chunk), &g.lines)
	if start == 0 && len(ahead) > 0 { // the first record is visited at least for its time
		sc.cursor.Read(&ahead[0], &sc.record)
		sc.observe()
	}
	g.reset()
	half, searched := start, 0 // where the second half begins, and how much of the first is searched
	asTheyAre := true          // g.lines, as Ahead filled it, is what is to be searched
	for i := range ahead {
		o := &ahead[i]
		if i == len(ahead)/2 {
			half, searched = o.Start, g.size()
		}
		if sc.framed.isSingle(o.Frame) || sc.getToKnow(o) {
			g.add(o.From, o.To)
		} else {
			g.add(o.Start, o.End)
			asTheyAre = asTheyAre && o.Frame == 0
		}
	}
	if !asTheyAre {
		g.copy(sc.chunk)
	}
	behind := sc.cursor.Behind()
	if sc.narrow = (g.size()-searched)*narrowWhole < (behind-half)*narrowPart; sc.narrow {
		sc.search.GoOn(g.lines.Text(), sc.chunk[behind:])
	} else {
		sc.search.GoOn(sc.chunk, nil)
		sc.wide = start
		sc.habits.bytes = 0
	}
}

// getToKnow reads the record of o, if none of its frame was read yet, and reports whether the
// value inside the frame is then known to be all that is searched (isSingle).
func (sc *scan) getToKnow(o *record.Outline) bool {
	if o.Frame == 0 || sc.framed.isMet(o.Frame) {
		return false
	}
	var r record.Record
	var f fields
	sc.cursor.Read(o, &r)
	sc.reader.read(r.Map, hit{}, &sc.walk, &f)
	sc.framed.keep(&r, &f)
	return sc.framed.isSingle(o.Frame)
}
