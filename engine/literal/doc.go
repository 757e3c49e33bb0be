// Package literal finds many literals in bytes, fast, without regard to ASCII
// case.
//
// A Finder answers in two steps. Next gives candidates: places where the search
// could not rule a literal out. At says which literals are really there. Next
// may report a place where no literal is; it never passes over one.
//
// Each literal is searched by its anchor, a piece of four to eight bytes at a
// fixed distance from its start, chosen to be rare in log text. A candidate is a place
// where some literal's piece stands.
//
// What a literal means, and what must stand around it, is engine/match's.
package literal
