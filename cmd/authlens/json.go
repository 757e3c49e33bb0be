package main

import (
	"encoding/json"
	"io"
)

// newEncoder returns an encoder that writes a line for each value. It leaves <, > and &
// readable, as IAM policies and log lines are full of them.
func newEncoder(w io.Writer) *json.Encoder {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	return out
}

// writeJSON writes one document for people and programs.
func writeJSON(w io.Writer, v any) error {
	out := newEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(v)
}
