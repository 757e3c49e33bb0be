// Package match decides whether a text carries the evidence of a rule, and of
// which one.
//
// New derives from every signature a set of literals without which it cannot
// match; a Finder over all of them runs over the text, and only the signatures
// whose literal was found are looked at more closely: the whole literal, its
// boundaries, a regular expression where there is one, and the conditions on the
// rest of the text. Of all rules that match, the most specific one wins. Evidence
// that is only mentioned (engine/mention) does not count.
//
// What is judged is a text's gist (engine/gist), unless a rule may turn on what
// that leaves out.
//
// A Matcher is immutable, and Judge and MatchIn do not allocate, but for the first
// use of an expression. Nothing here reads facts or counts.
package match
