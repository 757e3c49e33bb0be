// Package literal finds many literals in bytes, fast, without regard to ASCII
// case.
//
// Each literal is searched by its anchor, four bytes at a fixed distance from its
// start. These grams are few and rare in log text: literals share them wherever
// they can. The grams of the embedded rules' literals are planned, see planTable; a
// user's literals share them, or add some.
//
// A search narrows places down in steps, each more expensive and for fewer places
// than the one before: an engine looks at single bytes, with vectors where there
// are any; a bitmap at the hash of a gram; a bloom filter at the gram and its
// sides, which stand next to it; a table of the sides leads to the literals that
// may stand there; and these are compared.
//
// What a literal means, and what must stand around it, is engine/match's.
package literal
