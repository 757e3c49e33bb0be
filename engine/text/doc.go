// Package text makes the text of a log record readable: escapes of nested JSON
// and terminal colours are removed before anything is matched or extracted.
package text
