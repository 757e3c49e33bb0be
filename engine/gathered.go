package engine

import (
	"github.com/authlens/authlens/engine/literal"
	"github.com/authlens/authlens/engine/record"
)

// gathered is what is searched of the records ahead: pieces of the chunk, one after another,
// each as a line.
type gathered struct {
	lines  record.Values
	pieces [record.MaxAhead + 1]piece
	n      int // how many pieces there are; pieces[n].at is where the lines end
	i      int // the piece in which the search is
}

// A piece is a part of the chunk that is a line.
type piece struct {
	at   int // where it begins in the lines
	from int // where it begins in the chunk
}

// reset forgets all pieces.
func (g *gathered) reset() { g.n, g.i, g.pieces[0].at = 0, 0, 0 }

// add notes chunk[from:to] as the next piece. Its bytes get into the lines by Cursor.Ahead
// or by copy.
func (g *gathered) add(from, to int) {
	p := &g.pieces[g.n]
	p.from = from
	g.n++
	g.pieces[g.n].at = p.at + to - from + 1
}

// size is how many bytes the lines have.
func (g *gathered) size() int { return g.pieces[g.n].at }

// copy fills the lines from the pieces.
func (g *gathered) copy(chunk []byte) {
	g.lines.Reset()
	for i, p := range g.pieces[:g.n] {
		g.lines.Add(chunk[p.from:][:g.pieces[i+1].at-1-p.at])
	}
}

// find returns the offset in the chunk of the first candidate at or behind the chunk's byte
// from, or -1. s is the search of the lines.
func (g *gathered) find(s *literal.Search, from int) int {
	for ; g.i < g.n; g.i++ {
		if at := g.lineOffset(from); at < g.pieces[g.i+1].at {
			return g.findBehind(s, at)
		}
	}
	return -1
}

// findBehind is find for the byte at of the lines.
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

// lineOffset returns where in the lines the chunk's byte at is, assuming that it is in the
// current piece. A byte before the piece counts as its first.
func (g *gathered) lineOffset(at int) int {
	p := &g.pieces[g.i]
	return p.at + max(0, at-p.from)
}

// shift turns an offset in the lines, within the current piece, into one in the chunk.
func (g *gathered) shift() int { return g.pieces[g.i].from - g.pieces[g.i].at }
