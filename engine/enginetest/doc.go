// Package enginetest is what tests and benchmarks of the engine share: a
// builder of chunks, and corpora of log text that are the same on every run.
package enginetest
