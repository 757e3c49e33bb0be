package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/match"
	"github.com/authlens/authlens/engine/record"
	"github.com/authlens/authlens/rules"
)

const (
	chunkSize  = 2_000_000 // bytes: Fluent Bit's own limit
	smallSize  = 20_000    // bytes: some dozens of lines, what a container may write in a second
	corpusSize = 8 << 20   // bytes of text in a corpus
)

// A material is what the rows share.
type material struct {
	matcher  *match.Matcher // the default rules
	extended *match.Matcher // and user rules
	source   string         // of the text
	lines    []enginetest.Line
	chunks   []enginetest.Chunk // of the lines
	text     []byte             // the chunks back to back, again and again: textSize bytes
}

func newMaterial(file string, users int) (*material, error) {
	m := &material{source: "generated quiet log"}
	set, err := rules.Default()
	if err != nil {
		return nil, err
	}
	if m.matcher, err = match.New(set, match.Options{}); err != nil {
		return nil, err
	}
	extra, err := rules.Parse("user.yaml", userRules(users))
	if err != nil {
		return nil, err
	}
	if set, err = set.Extend(extra); err != nil {
		return nil, err
	}
	if m.extended, err = match.New(set, match.Options{}); err != nil {
		return nil, err
	}
	m.lines = enginetest.Quiet(corpusSize)
	if file != "" {
		m.source = file
		if m.lines, err = linesOf(file); err != nil {
			return nil, err
		}
	}
	m.chunks = enginetest.TaggedChunks(m.lines, enginetest.V2, chunkSize)
	var once []byte
	for _, c := range m.chunks {
		once = append(once, c.Bytes...)
	}
	m.text = bytes.Repeat(once, textSize/len(once)+1)[:textSize]
	return m, nil
}

// linesOf makes the lines of a log file records of one container.
func linesOf(file string) ([]enginetest.Line, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var lines []enginetest.Line
	for line := range bytes.Lines(text[:min(len(text), textSize)]) {
		lines = append(lines, enginetest.Line{
			Sec: 1_767_225_600 + int64(len(lines)/1000), Task: "0123456789abcdef0123456789abcdef", Container: "app",
			Source: "stdout", Text: string(bytes.TrimRight(line, "\r\n")),
		})
	}
	if len(lines) == 0 {
		return nil, fmt.Errorf("%s: expected lines of a log, got nothing", file)
	}
	return lines, nil
}

func total(chunks []enginetest.Chunk) (n int) {
	for _, c := range chunks {
		n += len(c.Bytes)
	}
	return n
}

func records(chunks []enginetest.Chunk) (n int) {
	var c record.Cursor
	var r record.Record
	for _, chunk := range chunks {
		for c.Reset(chunk.Bytes); c.Next(&r); {
			n++
		}
	}
	return n
}
