package engine

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/authlens/authlens/engine/enginetest"
	"github.com/authlens/authlens/engine/match"
)

const secret = "tr0ub4dor-9fK2xQ7vLm"

// filler returns n bytes of text that says nothing.
func filler(n int) string { return strings.Repeat("all is well here, thank you. ", n/29+1)[:n] }

// leaks returns the part of the secret that is to be seen in s, if any.
func leaks(s string) string {
	for i := range len(secret) - 5 {
		if part := secret[i : i+6]; strings.Contains(s, part) {
			return part
		}
	}
	return ""
}

// A sample is a piece of a longer text. Where it begins and ends, no secret is
// cut from what tells that it is one.
func TestSamplesCutNoSecretFree(t *testing.T) {
	const evidence = 6000
	f := func(before, after string) {
		t.Helper()
		form := before + secret + after
		for at := 0; at < 12000; at += 7 {
			const begin, end = evidence - sampleMax/4, evidence + sampleMax*3/4
			if (at < begin-100 || at > begin+50) && (at < end-cutMargin-100 || at > end) {
				continue // far from where the sample is cut
			}
			text := filler(at) + " " + form + " " + filler(12000-at)
			fd := found{text: []byte(text), Match: match.Match{Start: evidence, End: evidence + 10}}
			part, cut := fd.sample()
			if !strings.Contains(string(part), text[evidence-500:evidence+500]) {
				t.Fatalf("at %d: the sample is not around the evidence", at)
			}
			if seen := redacted(part, cut); leaks(seen) != "" || len(seen) < 3000 {
				t.Fatalf("%q at %d of 12000, the evidence at %d: %q is to be seen in %d bytes", form, at, evidence, leaks(seen), len(seen))
			}
		}
	}
	f("password=", "")
	f(`"password": "`, `"`)
	f("Authorization: Bearer ", "")
	f("postgres://app:", "@db.internal/orders")
	f("DATABASE_URL='postgres://app:", "@db.internal/orders'")
	f("Encoded authorization failure message: ", strings.Repeat("9fK2xQ7v", 100))
}

// The same holds on every way that a text can take into a finding.
func TestFindingsOfCutTextsCarryNoSecret(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	m := newMetered(t)
	f := func(name string, chunk []byte) {
		t.Helper()
		m.Aggregator = NewAggregator(m.explainer, m.opt)
		m.Aggregator.opt.Evidence = 8 << 10
		m.scanner.Scan(m.tag, chunk, m.counts)
		m.scanner.Expire(m.counts)
		m.scanner.Expire(m.counts)
		merged := NewCounts()
		merged.Merge(m.counts)
		m.counts.Reset()
		m.Add(merged, now)
		told := m.Advance(now)
		if len(told) != 1 {
			t.Fatalf("%s: %d findings; want 1", name, len(told))
		}
		if part := leaks(told[0].Evidence); part != "" {
			t.Errorf("%s: %q is to be seen in %q", name, part, told[0].Evidence)
		}
	}
	for near := 600; near < sampleMax/4; near += 10 { // the sample begins within the secret at one of them
		text := filler(5000) + " password=" + secret + " " + filler(near) + denied("b", "k") + " " + filler(5000)
		f("one record", lines(now.Unix(), text, text))
	}
	// Of a long value the part around the first literal is taken, of which little is left
	// without its colours. It begins within the secret at some of these places.
	for near := excerptBefore - 160; near < excerptBefore; near += 3 {
		text := filler(excerptMax) + " password=" + secret + " " + strings.Repeat("\x1b[m", near/3) + denied("b", "k")
		f("a long value", append(lines(now.Unix(), text), lines(now.Unix()+2, text)...))
	}
	// What a text is cut off from at its end may be what tells that a secret is one.
	const url, rest = " postgres://app:" + secret, "@db.internal/orders"
	for cutAt := range len(secret) {
		kept := denied("b", "k") + url[:len(url)-cutAt]
		near := excerptMax - excerptBefore - len("Denied") - len(kept)
		text := filler(excerptMax) + "AccessDeniedHandler" + filler(near-len("Handler")) + kept + url[len(url)-cutAt:] + rest + filler(excerptMax)
		f("the end of what is looked at", append(lines(now.Unix(), text), lines(now.Unix()+2, text)...))

		var b enginetest.ChunkBuilder
		for id := range 2 {
			for i, part := range []string{filler(12000) + kept, url[len(url)-cutAt:] + rest} {
				b.Append(now.Unix()+int64(2*id), 0, append(enginetest.FireLens(taskA, "api", part, "stdout"), "partial_message", "true",
					"partial_id", fmt.Sprint(id), "partial_ordinal", fmt.Sprint(i+1), "partial_last", fmt.Sprint(i == 1))...)
			}
		}
		f("a part of a line", b.Bytes())
	}
	unfinished := "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/api-task/1 is not authorized to perform: s3:GetObject on resource:"
	f("an unfinished record", lines(now.Unix(),
		filler(5000)+" password="+secret+" "+filler(joinMax-12-len(unfinished))+unfinished, "INFO all is well", unfinished))
}

// Where there is no room for all of a sample, none of it is kept: it would end anywhere.
func TestSamplesWithoutRoomCarryNoSecret(t *testing.T) {
	const text = "the login was refused: postgres://app:" + secret + "@db.internal/orders"
	from, c := NewCounts(), NewCounts()
	at, _ := from.group(1, 2, 0)
	from.groups[at].events = 1
	from.groups[at].sample = from.keepSample([]byte(text))
	for room := range len(text) {
		c.Reset()
		c.text = make([]byte, countsText-room)
		c.Merge(from)
		if seen := redacted(c.read(c.groups[0].sample), false); leaks(seen) != "" || c.groups[0].events != 1 {
			t.Fatalf("room for %d bytes: %q is to be seen in %q, %d events", room, leaks(seen), seen, c.groups[0].events)
		}
	}
}

// Nor is a fact one that the sample does not show.
func TestFactsAreNoSecretsOfTheSample(t *testing.T) {
	g := &group{sample: []byte("API key hunter2x of ada is refused")}
	g.facts.Resource, g.facts.DatabaseUser = "hunter2x", "ada"
	if seen := g.evidence(); seen != "API key [redacted] of ada is refused" || g.facts.Resource != "" || g.facts.DatabaseUser != "ada" {
		t.Errorf("got %q, %+v", seen, g.facts)
	}
}
