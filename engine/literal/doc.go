// Package literal finds many literals in bytes, fast, without regard to ASCII
// case.
//
// Each literal is searched by its anchor, four bytes at a fixed distance from its
// start. These grams are few and rare in log text: literals share them wherever
// they can. Those of the embedded rules' literals are planned, see planTable; what
// a user adds finds its place among them.
//
// A search narrows places down in steps, each dearer and for fewer places than
// the one before: an engine looks at single bytes, with vectors where there are
// any; a bitmap at the hash of a gram; a bloom filter at the gram and what stands
// beside it, its sides; a table of the sides leads to the literals that may stand
// there; and these are compared.
//
// What a literal means, and what must stand around it, is engine/match's.
package literal
