package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unsafe"

	"github.com/fluent/fluent-bit-go/output"

	"github.com/authlens/authlens/engine"
	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/literal"
	"github.com/authlens/authlens/engine/match"
)

// A row is one line of the table.
type row struct {
	name    string
	bytes   int // that one run goes over
	records int // that one run visits; 0: the row does not know of records
	run     func()
}

// Rows that others are compared with.
const (
	indexByteRow = "IndexByte"
	hyperscanRow = "Hyperscan, block mode"
)

// found keeps the compiler from leaving a search out.
var found int

// rows are all rows: the peers that others are compared with first.
func (m *material) rows() ([]row, error) {
	text, literals := m.text, m.matcher.Literals()
	copied := make([]byte, len(text))
	rows := []row{
		{indexByteRow, len(text), 0, func() { found = eachByte(text, rare) }},
		{"memcpy", len(text), 0, func() { found = copy(copied, text) }},
	}
	hyperscan, err := hyperscanRows(text, literals)
	if err != nil {
		return nil, err
	}
	rows = append(rows, hyperscan...)
	rows = append(rows, m.ours()...)
	// The slow ones get a part of the text, large enough to be fair.
	part := func(of int) []byte { return text[:len(text)/of] }
	decoded, matched, compared := m.chunks[0].Bytes, part(1024), part(8192)
	expression := alternation(literals)
	return append(rows,
		row{"bytes.Index per literal, case-sensitive", len(part(64)), 0, func() { found = indexEach(part(64), literals) }},
		row{"fluent-bit-go's decoder, nothing searched", len(decoded), 0, func() { found = decode(decoded) }},
		row{"Go regexp, one alternation", len(matched), 0, func() { found = len(expression.FindAllIndex(matched, -1)) }},
		row{"naive: each literal at each place", len(compared), 0, func() { found = naive(compared, literals) }},
	), nil
}

// rare is a byte that log text does not have, and the times of records seldom.
const rare = 0xc1

func eachByte(text []byte, c byte) (n int) {
	for at := bytes.IndexByte(text, c); at >= 0; at = bytes.IndexByte(text, c) {
		text = text[at+1:]
		n++
	}
	return n
}

// ours are the rows of our own code.
func (m *material) ours() []row {
	search := func(name string, by *match.Matcher) row {
		return row{name, len(m.text), 0, func() {
			found = 0
			var s literal.Search
			s.Reset(by.Finder(), m.text)
			for at := s.Find(0); at >= 0; at = s.Find(at + 1) {
				found++
			}
		}}
	}
	rows := []row{
		search("ours: search", m.matcher),
		search("ours: search, + user rules", m.extended),
		scan("ours: scan quiet", m.matcher, m.chunks),
		scan("ours: scan quiet, + user rules", m.extended, m.chunks),
		scan("ours: scan quiet, small chunks", m.matcher, enginetest.TaggedChunks(m.lines, enginetest.V2, smallSize)),
	}
	for _, c := range []struct {
		name   string
		corpus func(n int) []enginetest.Line
	}{{"sizes and tokens", enginetest.SizesAndTokens}, {"near misses", enginetest.NearMiss}, {"wide", enginetest.Wide}, {"storm", enginetest.Storm}} {
		rows = append(rows, scan("ours: scan "+c.name, m.matcher, enginetest.TaggedChunks(c.corpus(corpusSize), enginetest.V2, chunkSize)))
	}
	storm := enginetest.TaggedChunks(enginetest.Storm(corpusSize), enginetest.V2, smallSize)
	return append(rows, scan("ours: scan storm, small chunks", m.matcher, storm))
}

// scan is the whole data plane: search, walk, match, facts, counts.
func scan(name string, by *match.Matcher, chunks []enginetest.Chunk) row {
	s, err := engine.NewScanner(by, engine.ScannerOptions{Window: time.Minute})
	if err != nil {
		panic(err) // the literals were taken once already
	}
	c := engine.NewCounts()
	return row{name, total(chunks), records(chunks), func() {
		for _, chunk := range chunks {
			s.Scan(chunk.Tag, chunk.Bytes, c)
			c.Reset()
		}
	}}
}

func indexEach(text []byte, literals []string) (n int) {
	for _, l := range literals {
		n += bytes.Count(text, []byte(l))
	}
	return n
}

// decode is what a plugin on fluent-bit-go does before it has seen a byte.
func decode(chunk []byte) (n int) {
	decoder := output.NewDecoder(unsafe.Pointer(&chunk[0]), len(chunk))
	for {
		if ret, _, _ := output.GetRecord(decoder); ret != 0 {
			return n
		}
		n++
	}
}

func alternation(literals []string) *regexp.Regexp {
	quoted := make([]string, len(literals))
	for i, l := range literals {
		quoted[i] = regexp.QuoteMeta(l)
	}
	return regexp.MustCompile("(?i)" + strings.Join(quoted, "|"))
}

func naive(text []byte, literals []string) (n int) {
	for at := range text {
		for _, l := range literals {
			if at+len(l) <= len(text) && bytes.EqualFold(text[at:at+len(l)], []byte(l)) {
				n++
			}
		}
	}
	return n
}

// userRules are n rules as users write them, in YAML: failures of programs of
// their own.
func userRules(n int) []byte {
	var b strings.Builder
	b.WriteString("rules:\n")
	subjects := [...]string{"ledger", "courier", "vault sync", "mailer", "importer", "broker", "label printer", "tax service"}
	verbs := [...]string{"refused", "rejected", "denied", "not accepted", "failed", "expired", "revoked"}
	for i := range n {
		fmt.Fprintf(&b, "  - name: user.rule_%d\n    cause: invalid_credentials\n    signatures: [{literal: 'E%04d %s key %s'}]\n    examples: {match: ['E%04d %s key %s'], ignore: ['fine']}\n",
			i, i, subjects[i%len(subjects)], verbs[i%len(verbs)], i, subjects[i%len(subjects)], verbs[i%len(verbs)])
	}
	return []byte(b.String())
}
