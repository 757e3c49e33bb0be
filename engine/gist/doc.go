// Package gist makes two texts equal that differ only in what distinguishes one
// event from the next and is no evidence: ids, times of day, fractions of numbers,
// keys of objects. In a storm one program prints one failure again and again;
// its gist is the same each time, so what was found out about it once can be
// remembered.
//
// What is judged is always the gist, whether anything is remembered or not: a
// verdict is a function of the gist, so memory cannot change it.
package gist
