package engine

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/gist"
	"github.com/authlens/authlens/engine/match"
	"github.com/authlens/authlens/engine/text"
	"github.com/authlens/authlens/rules"
)

// A told text in a form that can be compared.
type toldText struct {
	Matched bool
	Match   match.Match
	ID      [5]string
	Flags   [2]bool
	Line    extract.Line
}

func summariseIdentity(f *found, ok bool, id *extract.Identity) toldText {
	if !ok {
		return toldText{}
	}
	return toldText{
		Matched: true, Match: f.Match, Flags: [2]bool{id.Unfinished, id.RequestShared}, Line: f.line,
		ID: [5]string{string(id.Principal), string(id.Action), string(id.Resource), string(id.Holder), string(id.RequestID)},
	}
}

// judgedByGist is what a scan finds in a normalised text.
func judgedByGist(m *match.Matcher, t []byte) toldText {
	var (
		g  gist.Gist
		v  verdict
		id extract.Identity
		f  = found{text: t}
	)
	m.Gist(&g, t)
	if v.judge(m, g.Text(), 0, &id); v.matched {
		v.fill(&g, &f, &id)
	}
	return summariseIdentity(&f, v.matched, &id)
}

// judgedWhole is what there is in the text itself.
func judgedWhole(m *match.Matcher, t []byte) toldText {
	var id extract.Identity
	f, ok := found{text: t}, false
	if f.Match, ok = m.Judge(t, 0); ok {
		extract.Identify(t, &id)
		f.line = extract.LineOf(t, &id)
	}
	return summariseIdentity(&f, ok, &id)
}

// What a gist leaves out is no evidence: on every line that proves a rule, and in
// every storm, the verdict is that on the text itself.
func TestGistSaysTheSame(t *testing.T) {
	s := freshScanner(t, ScannerOptions{})
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	short := 0
	f := func(line string) {
		t.Helper()
		said := text.Normalise(nil, []byte(line))
		if diff := cmp.Diff(judgedWhole(s.matcher, said), judgedByGist(s.matcher, said)); diff != "" {
			var g gist.Gist
			g.Read(said)
			t.Errorf("%s\n%s\ndiffer (-text +gist):\n%s", line, g.Text(), diff)
		}
		var g gist.Gist
		if g.Read(said); g.Short() {
			short++
		}
	}
	rng := rand.New(rand.NewPCG(5, 0))
	for _, rule := range set.Rules {
		for _, line := range append(rule.Examples.Match, rule.Examples.Ignore...) {
			f(line)
			for range 4 {
				f(withOtherIDs(rng, line))
			}
		}
	}
	// The id of a task behind the name of a role, which together may look like base64.
	for range 200 {
		f(withOtherIDs(rng, strings.Replace(denied("b", "k"), "reports-task", "ecsTaskExecutionRole", 1)))
	}
	for _, lines := range [][]enginetest.Line{
		enginetest.Storm(1 << 18), enginetest.Scattered(1 << 18), enginetest.NearMiss(1 << 18), enginetest.Quiet(1 << 18),
	} {
		for _, l := range lines {
			f(l.Text)
		}
	}
	if short < 1000 {
		t.Errorf("something is left out of only %d lines", short)
	}
}

var idWord = regexp.MustCompile(`\b(?:[0-9]{10,}|[0-9a-f]{8}|[0-9a-f]{12,}|[0-9A-Z]{16,})\b`)

// withOtherIDs returns line with other digits and letters of the same kind in what looks like an id.
func withOtherIDs(rng *rand.Rand, line string) string {
	return idWord.ReplaceAllStringFunc(line, func(id string) string {
		of := "0123456789abcdefghijklmnopqrstuvwxyz"
		switch {
		case !strings.ContainsFunc(id, unicode.IsLetter):
			of = of[:10]
		case strings.ToLower(id) == id:
			of = of[:16]
		default:
			of = strings.ToUpper(of)
		}
		other := []byte(id)
		for i := range other {
			other[i] = of[rng.IntN(len(of))]
		}
		return string(other)
	})
}

// scanEach scans chunks into c, with a new Scanner.
func scanEach(t testing.TB, opt ScannerOptions, c *Counts, chunks [][]byte) countsSummary {
	t.Helper()
	sum := scanTagged(t, opt, c, ofTag("api-firelens-"+taskA, chunks...)...)
	sum.Stats.Own = 0
	return sum
}

// mutate returns line with a few changes of the kind that a gist must tell apart
// or must not.
func mutate(rng *rand.Rand, line string) string {
	pieces := []string{
		"AADSTS70002", "E0000004", "0x80070005", "80070005", "ORA-01017", "28P01", "535 5.7.8", "401", "403", "0", "9", "99",
		"0123456789", "deadbeef00", "2026-11-28T04:05:06.789Z", "04:05:06", "1.234", "0.00", "10.0.3.17:41234", "exec-12", ":", ".", "-", "/", " ", "\n",
		"AccessDenied", "AccessDeniedHandler", "s3://b/key/403", "arn:aws:s3:::b/AccessDenied/x", "no ", "=0", "User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform:",
		"1b2ea0f3-4c5d-4e6f-8a9b-0c1d2e3f4a5b", "AKIAIOSFODNN7EXAMPLE", "Q3Y8WZ6ZQVBX7FVA", "is not authorized to perform: s3:GetObject on resource: ",
	}
	for range rng.IntN(4) {
		at := rng.IntN(len(line) + 1)
		switch rng.IntN(3) {
		case 0:
			line = line[:at] + pieces[rng.IntN(len(pieces))] + line[at:]
		case 1:
			line = line[:at] + line[min(len(line), at+rng.IntN(12)):]
		case 2:
			b := []byte(line)
			for i := at; i < len(b) && i < at+8; i++ {
				if '0' <= b[i] && b[i] <= '9' {
					b[i] = byte('0' + rng.IntN(10))
				}
			}
			line = string(b)
		}
	}
	return line
}

// What a Counts remembers changes nothing: neither which records it saw before,
// nor whether it remembers at all.
func TestMemoryChangesNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	corpus := append(enginetest.Storm(1<<16), enginetest.NearMiss(1<<14)...)
	var chunks [][]byte
	for range 40 {
		var b enginetest.ChunkBuilder
		few := []enginetest.Line{corpus[rng.IntN(len(corpus))], corpus[rng.IntN(len(corpus))], corpus[rng.IntN(len(corpus))]}
		for i := range 60 {
			line := mutate(rng, few[rng.IntN(len(few))].Text)
			b.Append(1_700_000_000+int64(i), 0, enginetest.FireLens(taskA, "api", line, []string{"stdout", "stderr"}[rng.IntN(2)])...)
		}
		chunks = append(chunks, b.Bytes())
	}
	c := NewCounts()
	kept := scanEach(t, ScannerOptions{}, c, chunks)
	slow := scanEach(t, ScannerOptions{WalkFirst: true}, NewCounts(), chunks)
	if diff := cmp.Diff(slow, kept); diff != "" {
		t.Errorf("judged anew and remembered differ (-anew +remembered):\n%s", diff)
	}
	if kept.Stats.Matches < 500 {
		t.Errorf("only %d matches: the lines are mutated beyond recognition", kept.Stats.Matches)
	}
	if c.scratch.memory.of == nil {
		t.Error("nothing was remembered")
	}
	if diff := cmp.Diff(slow, scanEach(t, ScannerOptions{}, restingCounts(), chunks)); diff != "" {
		t.Errorf("with a memory that rests (-anew +looked at):\n%s", diff)
	}
	// The other way round, with a full memory.
	c.Reset()
	again := scanEach(t, ScannerOptions{}, c, chunks)
	if diff := cmp.Diff(slow, again); diff != "" {
		t.Errorf("with a full memory (-anew +remembered):\n%s", diff)
	}
}

// Few gists are lost before there are nearly as many as there is room for.
func TestMemoryIsFilled(t *testing.T) {
	const gists, lost = 200, 3
	m := freshScanner(t, ScannerOptions{}).matcher
	my := new(memory)
	my.serve(m)
	said := func(i int) []byte { return fmt.Appendf(nil, "gist %d", i) }
	for i := range gists {
		my.asked = 0 // it does not rest
		my.recall(new(gist.Gist), said(i)).known = true
	}
	known := 0
	for i := range gists {
		if my.known(new(gist.Gist), said(i)) != nil {
			known++
		}
	}
	if known < gists-lost {
		t.Errorf("%d of %d gists are known, in a memory for %d; want %d or more", known, gists, memorySets*memoryWays, gists-lost)
	}
}

// What is met again outlives many gists that are met once, and what does not is found no
// more, by the tree neither.
func TestMemoryKeepsWhatIsMetAgain(t *testing.T) {
	m := freshScanner(t, ScannerOptions{}).matcher
	my := new(memory)
	my.serve(m)
	recall := func(text string) {
		my.asked = 0 // it does not rest
		v := my.recall(new(gist.Gist), []byte(text))
		v.known, v.matched = true, true
	}
	storm := func(i int) string {
		if i < 4 {
			return fmt.Sprint("storm ", i)
		}
		return fmt.Sprint("12.1abcdef012345 is not for the tree, storm ", i)
	}
	known := func(text string) bool { return my.known(new(gist.Gist), []byte(text)) != nil }
	for i := range 8 {
		recall(storm(i))
	}
	for i := range 20 * memorySets * memoryWays {
		recall(fmt.Sprint("once ", i))
		if text := storm(i % 8); !known(text) {
			t.Fatalf("%q is forgotten after %d others", text, i)
		}
	}
	if my.inTree != 4 {
		t.Errorf("%d gists are in the tree, want 4", my.inTree)
	}
	for i := range 20 * memorySets * memoryWays {
		recall(fmt.Sprint("again ", i))
	}
	for i := range 8 {
		if known(storm(i)) {
			t.Errorf("%q is not forgotten", storm(i))
		}
	}
}

// The verdict on a text is never that on another, whatever took whose place.
func TestMemoryMixesNothingUp(t *testing.T) {
	m, other := freshScanner(t, ScannerOptions{}).matcher, freshScanner(t, ScannerOptions{Window: 1}).matcher
	my := new(memory)
	rng := rand.New(rand.NewPCG(3, 0))
	words := []string{"a", "ab", "abc", "b", "12", "1.2345", "04:05:06", "0123456789", "x-0123456789abcdef"}
	known := 0
	for i := range 200_000 {
		if i%1000 == 0 {
			m, other = other, m
			my.serve(m)
		}
		var b strings.Builder
		n := 0
		for range 1 + rng.IntN(4) {
			w := rng.IntN(len(words))
			n = 10*n + w + 1
			b.WriteString(words[w] + " ")
		}
		text := []byte(b.String())
		if v := my.known(new(gist.Gist), text); v != nil {
			if known++; v.match.Rule != n {
				t.Fatalf("%q is number %d, known as %d", text, n, v.match.Rule)
			}
			continue
		}
		my.asked = 0 // it does not rest
		v := my.recall(new(gist.Gist), text)
		v.known, v.matched, v.match.Rule = true, true, n
	}
	if known < 10_000 {
		t.Errorf("only %d were known", known)
	}
}

// FuzzMemory holds scans that remember, and what they do in the order of the
// chunks, equal to those that do not.
func FuzzMemory(f *testing.F) {
	lines := enginetest.Storm(1 << 13)
	for i := range len(lines) - 1 {
		f.Add(lines[i].Text, lines[i+1].Text, "ERROR 401 Unauthorized, request 0123456789abcdef")
	}
	f.Add(denied("b", "k"), denied("b", "k/401"), denied("b401", "1234567890"))
	f.Fuzz(func(t *testing.T, a, b, c string) {
		storm := slices.Concat(slices.Repeat([]string{a}, leastStorm+2), []string{b, a + " 1234567890", c}, slices.Repeat([]string{b}, leastStorm+2), []string{a, c})
		chunks := [][]byte{spaced(a, b, a, c), spaced(c, a, b, b), spaced(a+" 9", c, a, b), spaced(storm...)}
		slow := scanEach(t, ScannerOptions{WalkFirst: true}, NewCounts(), chunks)
		kept := scanEach(t, ScannerOptions{}, NewCounts(), chunks)
		missed := scanEach(t, ScannerOptions{}, restingCounts(), chunks)
		for _, sum := range []*countsSummary{&slow, &kept, &missed} {
			sum.Stats.Broken, sum.Stats.BrokenBytes, sum.Stats.Odd = 0, 0, 0
		}
		if diff := cmp.Diff(slow, kept); diff != "" {
			t.Errorf("judged anew and remembered differ (-anew +remembered):\n%s", diff)
		}
		if diff := cmp.Diff(slow, missed); diff != "" {
			t.Errorf("judged anew and looked at for near misses differ (-anew +looked at):\n%s", diff)
		}
	})
}

// restingCounts returns Counts whose memory rests, so that near misses are looked for.
func restingCounts() *Counts {
	c := NewCounts()
	c.working().memory.rest = 1 << 30
	return c
}

// spaced returns a chunk of records three seconds apart, so that none is a
// further line of the one before.
func spaced(texts ...string) []byte {
	var b enginetest.ChunkBuilder
	for i, text := range texts {
		b.Append(1_700_000_000+3*int64(i), 0, enginetest.FireLens(taskA, "api", text, "stderr")...)
	}
	return b.Bytes()
}

// A rule that turns on an id, a key or a number is not robbed of it, and one
// Counts may serve Scanners of different rules in turn.
func TestRulesThatTurnOnDetails(t *testing.T) {
	f := func(signature, with, without string) {
		t.Helper()
		set, err := rules.Parse("mine.yaml", []byte("causes: [{name: c, kind: external, title: C}]\nrules:\n- {name: mine, cause: c, priority: 99, signatures: ["+
			signature+"], examples: {match: [x], ignore: [y]}}"))
		if err != nil {
			t.Fatal(err)
		}
		own, err := rules.Default()
		if err != nil {
			t.Fatal(err)
		}
		if set, err = own.Extend(set); err != nil {
			t.Fatal(err)
		}
		m, err := match.New(set, match.Options{})
		if err != nil {
			t.Fatal(err)
		}
		s, err := NewScanner(m, ScannerOptions{Window: 60e9})
		if err != nil {
			t.Fatal(err)
		}
		other := freshScanner(t, ScannerOptions{})
		c := NewCounts()
		const storm = 64
		for _, records := range [][]string{
			{with, without, with},
			append(slices.Repeat([]string{with}, storm), without, with, without),
			append(slices.Repeat([]string{without}, storm), with, without, with),
		} {
			c.Reset()
			other.Scan("t", spaced(records...), c) // does not know the rule
			c.Reset()
			s.Scan("t", spaced(records...), c)
			mine, want := 0, 0
			for i := range c.groups[:c.nGroups] {
				if m.Rule(int(c.groups[i].rule)).Name == "mine" {
					mine += int(c.groups[i].events)
				}
			}
			for _, text := range records {
				if text == with {
					want++
				}
			}
			if mine != want {
				t.Errorf("%s: %d of the %d records with it match", signature, mine, want)
			}
		}
	}
	f("{literal: device 4711004711004711 refused}", "device 4711004711004711 refused", "device 4711004711004712 refused")
	f("{literal: door refused, all: [0123456789abcdef]}", "door refused 0123456789abcdef", "door refused 0123456789abcdee")
	f("{literal: door refused, followed_by: [4711004711004711]}", "door refused 4711004711004711", "door refused 4711004711004712")
	f("{literal: refused at the door, preceded_by: [4711004711004711]}", "4711004711004711 refused at the door", "4711004711004712 refused at the door")
	f("{literal: is not authorized, all: [/private/]}", denied("b", "a/private/x"), denied("b", "a/public/x"))
	f("{literal: is not authorized, all: [payroll]}", denied("b", "payroll/x"), denied("b", "public/x"))
	f("{literal: payroll/x}", denied("b", "payroll/x"), denied("b", "public/x"))
	f("{literal: .csv is refused}", "s3://b/orders.csv is refused", "s3://b/orders.pdf is refused")
	f("{regex: 'is not authorized[^\\n]+payroll'}", denied("b", "payroll/x"), denied("b", "public/x"))
	f("{literal: is not authorized, all: ['arn:aws:s3:::b/secret']}", denied("b", "secret/x"), denied("b", "public/x"))
	f(`{regex: 'door [0-4]{10} refused'}`, "door 0123401234 refused", "door 5678956789 refused")
	f(`{regex: 'refused, late by \d{4}\.\d+ of patience'}`, "refused, late by 3600.123 of patience", "refused, late by 36.123 of patience")
	f("{literal: shift 04:05:06 refused}", "shift 04:05:06 refused", "shift 04:05:07 refused")
}

// explain says of a text what a scan counts.
func TestExplainDecidesTheSame(t *testing.T) {
	s, a := newEngine(t, ScannerOptions{})
	rng := rand.New(rand.NewPCG(13, 14))
	corpus := append(enginetest.Storm(1<<15), enginetest.NearMiss(1<<14)...)
	for range 2000 {
		line := mutate(rng, corpus[rng.IntN(len(corpus))].Text)
		scanned := judgedByGist(s.matcher, text.Normalise(nil, []byte(line)))
		x := a.explainer.Explain([]byte(line), diagnose.Task{})
		if (x.Rule != nil) != scanned.Matched || x.Rule != nil && x.Rule != s.matcher.Rule(scanned.Match.Rule) {
			t.Errorf("%s\nscanned: %+v; explained: %+v", line, scanned, x.Rule)
		}
	}
}

// The bounds of a memory.
func TestMemoryIsBounded(t *testing.T) {
	if n := unsafe.Sizeof(memory{}); n > 336<<10 {
		t.Errorf("a memory has %d bytes; want at most 336 KiB", n)
	}
	s, c := freshScanner(t, ScannerOptions{}), NewCounts()
	long := strings.Repeat("all is well; ", gist.MaxText/13) + denied("b", "k")
	s.Scan("t", spaced(long, long, long), c)
	if c.Stats.Matches != 3 {
		t.Errorf("%d matches in three long texts; want 3", c.Stats.Matches)
	}
	if my := &c.scratch.memory; my.knew+my.asked != 0 {
		t.Error("a long text was looked up")
	}
	// Where it does not pay, it rests, and wakes up when a storm begins.
	scan := func(line func(i int) string) {
		var texts []string
		for i := range 2000 {
			texts = append(texts, line(i))
		}
		s.Scan("t", spaced(texts...), c)
	}
	my := &c.scratch.memory
	scan(func(i int) string { return denied(fmt.Sprint("bucket-", i), "k") })
	if my.rest == 0 {
		t.Error("it does not rest where every record is new")
	}
	scan(func(i int) string { return denied("b", fmt.Sprint(i)) })
	if my.rest > 0 || my.knew == 0 {
		t.Error("it does not wake up in a storm")
	}
}
