package engine

import "github.com/authlens/authlens/engine/record"

// Most of what FireLens makes of a line is the same in all records of a container: its
// name, its task, its cluster. A sweep is narrow while it knows that of the records
// ahead by their frames, and searches only the value that differs.

// leastNarrow is the shortest chunk, in bytes, that pays for getting to know its frames. Tests make
// do with shorter ones.
var leastNarrow = 128 << 10

// firstAhead is how many records are looked at before it is known whether a sweep can be
// narrow; where it cannot, that was in vain.
const firstAhead = 32

// A sweep is narrow while it searches less than so many bytes of so many. The first half of the
// records that it looks ahead for does not count: at first no frames are known.
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
		sc.lookAhead(record.MaxAhead)
	}
	return sc.search.Find(max(from, sc.wide))
}

// shift is how much greater an offset of what the search has found is in the chunk than in what is
// searched.
func (sc *scan) shift() int {
	if sc.narrow {
		return sc.gathered.shift()
	}
	return 0
}

// lookAhead makes the sweep go on with the next records, most at most, or with all of the chunk
// where it cannot be narrow.
func (sc *scan) lookAhead(most int) {
	g, start := &sc.gathered, sc.cursor.Behind()
	ahead := sc.cursor.Ahead(len(sc.chunk), most, &g.lines)
	if start == 0 && len(ahead) > 0 { // the first record is visited at least for its time
		sc.cursor.Read(&ahead[0], &sc.record)
		sc.observe()
	}
	g.reset()
	half, searched := start, 0 // where the second half begins, and what of the first is searched
	values := true             // the lines are the values already
	for i := range ahead {
		o := &ahead[i]
		if i == len(ahead)/2 {
			half, searched = o.Start, g.size()
		}
		if sc.framed.isSingle(o.Frame) || sc.getToKnow(o) {
			g.add(o.From, o.To)
		} else {
			g.add(o.Start, o.End)
			values = values && o.Frame == 0
		}
	}
	if !values {
		g.copy(sc.chunk)
	}
	behind := sc.cursor.Behind()
	if sc.narrow = (g.size()-searched)*narrowWhole < (behind-half)*narrowPart; sc.narrow {
		sc.search.GoOn(g.lines.Text(), sc.chunk[behind:])
	} else {
		sc.search.GoOn(sc.chunk, nil)
		sc.wide = start
	}
}

// getToKnow reads the record of o if none of its frame was read, and tells whether the value
// that the frame is around is all that is searched of it.
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
