package engine

import (
	"unsafe"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/gist"
	"github.com/authlens/authlens/engine/match"
)

// A verdict is what was found out about a gist. Nothing in it is borrowed.
type verdict struct {
	again      bool // met again lately
	known      bool // judge has returned; a panic in it leaves no verdict
	matched    bool
	unfinished bool
	line       extract.Line
	shared     bool // requestID is a logger's own
	match      match.Match
	literal    part // the first in the gist; the zero part until stands asks for it
	principal  part
	action     part
	resource   part
	holder     part
	requestID  part
}

// A part is a piece of a gist: gist[from:to]. noPart is none.
type part struct{ from, to int32 }

var noPart = part{-1, -1}

// partOf returns which piece of text b is; b is a slice of text, or nil.
func partOf(text, b []byte) part {
	if b == nil {
		return noPart
	}
	from := int32(uintptr(unsafe.Pointer(unsafe.SliceData(b))) - uintptr(unsafe.Pointer(unsafe.SliceData(text))))
	return part{from, from + int32(len(b))}
}

// of returns the piece of text that became the part p of its gist g, or nil.
func (p part) of(text []byte, g *gist.Gist) []byte {
	if p.from < 0 {
		return nil
	}
	return text[g.Raw(int(p.from)):g.Raw(int(p.to))]
}

// judge fills v with the verdict of m on a gist that has no literal before from.
func (v *verdict) judge(m *match.Matcher, said []byte, from int, id *extract.Identity) {
	*v = verdict{}
	if v.match, v.matched = m.Judge(said, from); v.matched {
		extract.Identify(said, id)
		v.principal, v.action = partOf(said, id.Principal), partOf(said, id.Action)
		v.resource, v.holder = partOf(said, id.Resource), partOf(said, id.Holder)
		v.requestID, v.shared = partOf(said, id.RequestID), id.RequestShared
		v.unfinished = id.Unfinished
		v.line = extract.LineOf(said, id)
	}
	v.known = true
}

// fill fills f with the match, and id with who was refused what, as v has them of the
// gist g of f.text.
func (v *verdict) fill(g *gist.Gist, f *found, id *extract.Identity) {
	id.Principal, id.Action = v.principal.of(f.text, g), v.action.of(f.text, g)
	id.Resource, id.Holder = v.resource.of(f.text, g), v.holder.of(f.text, g)
	id.RequestID, id.RequestShared = v.requestID.of(f.text, g), v.shared
	id.Unfinished = v.unfinished
	f.Match, f.line = v.match.Of(g), v.line
}
