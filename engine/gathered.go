package engine

import (
	"github.com/authlens/authlens/engine/literal"
	"github.com/authlens/authlens/engine/record"
)

// gathered is what is searched of the records ahead: pieces of the chunk, a line each.
type gathered struct {
	lines  record.Values
	pieces [record.MaxAhead + 1]piece
	n      int // pieces[:n]; the next one would begin at pieces[n].at
	i      int // the piece in which the search is
}

// A piece is a part of a chunk.
type piece struct {
	at   int // where its line begins
	from int // where it begins in the chunk
}

// reset forgets all pieces.
func (g *gathered) reset() { g.n, g.i, g.pieces[0].at = 0, 0, 0 }

// add adds the piece of the chunk from from to to, behind all others.
func (g *gathered) add(from, to int) {
	p := &g.pieces[g.n]
	p.from = from
	g.n++
	g.pieces[g.n].at = p.at + to - from + 1
}

// size is how many bytes there are to search.
func (g *gathered) size() int { return g.pieces[g.n].at }

// copy makes the lines those of the pieces.
func (g *gathered) copy(chunk []byte) {
	g.lines.Reset()
	for i, p := range g.pieces[:g.n] {
		g.lines.Add(chunk[p.from:][:g.pieces[i+1].at-1-p.at])
	}
}

// find returns the offset in the chunk of the first candidate at or after from, or -1. s is the
// search of the lines.
func (g *gathered) find(s *literal.Search, from int) int {
	for ; g.i < g.n; g.i++ {
		if at := g.lineOffset(from); at < g.pieces[g.i+1].at {
			return g.findBehind(s, at)
		}
	}
	return -1
}

// findBehind is find in the lines from at on.
func (g *gathered) findBehind(s *literal.Search, at int) int {
	if at = s.Find(at); at < 0 {
		g.i = g.n
		return -1
	}
	for g.pieces[g.i+1].at <= at {
		g.i++
	}
	return at + g.shift()
}

// lineOffset returns where in the lines the chunk's byte at is, as if it were in the piece at hand,
// or where that begins, if it is in front of it.
func (g *gathered) lineOffset(at int) int {
	p := &g.pieces[g.i]
	return p.at + max(0, at-p.from)
}

// shift is how much greater an offset in the piece at hand is in the chunk than in the lines.
func (g *gathered) shift() int { return g.pieces[g.i].from - g.pieces[g.i].at }
