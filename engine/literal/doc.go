// Package literal finds many literals in bytes, fast, without regard to ASCII
// case.
//
// A Finder answers in two steps. Next gives candidates: places where the search
// could not rule a literal out. At says which literals are really there. Next
// may report a place where no literal is; it never passes over one.
//
// Each literal is searched by its anchor, a piece of four to eight bytes at a
// fixed distance from its start. The first four bytes of the pieces, their grams,
// are few and rare in log text: literals share them wherever they can. A
// candidate is a place that a filter of the pieces lets through. Of the literals
// that share a gram, the four bytes before or after it rule most out.
//
// What a literal means, and what must stand around it, is engine/match's.
package literal
