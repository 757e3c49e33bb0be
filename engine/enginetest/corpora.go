package enginetest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// A Line is one log entry of a container, before Fluent Bit wraps it.
type Line struct {
	Sec       int64
	Nsec      int32
	Task      string
	Container string
	Source    string // stdout or stderr
	Text      string
	Fields    Map // not nil: the record holds these in place of Text under "log"
}

// A Chunk is what Fluent Bit hands over at once.
type Chunk struct {
	Tag   string
	Bytes []byte
}

// Chunks wraps lines as Fluent Bit hands them over: chunks of at least size
// bytes (the last may be smaller), each of one tag's lines in their order.
func Chunks(lines []Line, format Format, size int) [][]byte {
	var chunks [][]byte
	for _, c := range TaggedChunks(lines, format, size) {
		chunks = append(chunks, c.Bytes)
	}
	return chunks
}

// TaggedChunks is Chunks with the tags.
func TaggedChunks(lines []Line, format Format, size int) (chunks []Chunk) {
	open := map[string]*ChunkBuilder{}
	order := rand.New(rand.NewPCG(6, 0))
	var tags []string // in order of appearance, so that the result is the same on every run
	for _, l := range lines {
		tag := FireLensTag(l.Task, l.Container)
		b := open[tag]
		if b == nil {
			b = &ChunkBuilder{Format: format}
			open[tag] = b
			tags = append(tags, tag)
		}
		fields := FireLens(l.Task, l.Container, l.Text, l.Source)
		if l.Fields != nil {
			fields = append(l.Fields[:len(l.Fields):len(l.Fields)], fields[4:]...) // without source and log
		} else {
			asDriverSends(fields, order)
		}
		b.Append(l.Sec, l.Nsec, fields...)
		if len(b.Bytes()) >= size {
			chunks = append(chunks, Chunk{tag, b.Bytes()})
			*b = ChunkBuilder{Format: format}
		}
	}
	for _, tag := range tags {
		if len(open[tag].Bytes()) > 0 {
			chunks = append(chunks, Chunk{tag, open[tag].Bytes()})
		}
	}
	return chunks
}

// asDriverSends puts the fields that Docker's log driver sends into one of the orders that it
// sends them in. They are a Go map of four, container_id first (moby: daemon/logger/fluentd),
// of which a walk begins at one of eight places, half of them empty.
func asDriverSends(fields []any, order *rand.Rand) {
	const sent = 2 * 4
	first := []any{"container_id", "container_name", "source", "log"}[max(0, order.IntN(8)-4)]
	for fields[0] != first {
		copy(fields, append(fields[2:sent:sent], fields[:2]...))
	}
}

// Text joins the texts of lines, each ended by a newline.
func Text(lines []Line) []byte {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.Text)
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

// Quiet returns lines of about n bytes in all: an ordinary day of a dozen
// services in which nobody is refused.
func Quiet(n int) []Line { return generate(n, 1, quietLines, nil) }

// NearMiss returns lines of about n bytes in all that hold what failures hold
// too, 403 as a size, tokens, credentials, denied as a word, and yet report
// none. One in three is quiet.
func NearMiss(n int) []Line { return generate(n, 2, nearMissLines, quietLines) }

// SizesAndTokens returns the lines of NearMiss that any service logs: 403 as a size, token,
// authenticated. One in three is quiet.
func SizesAndTokens(n int) []Line {
	return generate(n, 2, []string{size403, size401, authenticated, refreshed}, quietLines)
}

// Wide returns records of about n bytes in all with parsed JSON of many fields,
// nested, of all types.
func Wide(n int) []Line {
	g := newGenerator(3)
	var lines []Line
	for size := 0; size < n; {
		l := g.line(quietLines)
		l.Fields = Map{"message", l.Text, "level", "info"}
		size += len(l.Text)
		for i := range 24 {
			text := g.fill(wideTexts[i%len(wideTexts)])
			size += len(text) + 8
			l.Fields = append(l.Fields, fmt.Sprintf("field_%02d", i), text)
		}
		l.Fields = append(l.Fields,
			"duration_ms", g.rng.Float64()*100, "status", 200, "cached", g.rng.IntN(2) == 0, "parent", nil,
			"http", Map{"method", "GET", "headers", Map{"accept", "*/*", "via", []any{"1.1 a", "1.1 b"}}},
			"tags", []any{"web", "blue", 7, []any{"x", Map{"y", "z"}}})
		lines = append(lines, l)
	}
	return lines
}

// Storm returns lines of about n bytes in all, each of which is a refused call.
// They belong to few groups: three roles, four actions, three buckets with many
// objects.
func Storm(n int) []Line { return generate(n, 4, stormLines, nil) }

// Scattered is a storm in which no two lines are about the same role and bucket.
func Scattered(n int) []Line { return generate(n, 5, scatteredLines, nil) }

// generate draws lines until they have n bytes; when some is not nil, every
// third line is one of those.
func generate(n int, seed uint64, main, some []string) []Line {
	g := newGenerator(seed)
	var lines []Line
	for size := 0; size < n; {
		from := main
		if some != nil && len(lines)%3 == 2 {
			from = some
		}
		l := g.line(from)
		size += len(l.Text)
		lines = append(lines, l)
	}
	return lines
}

// A generator fills line templates. It is the same on every run and machine.
type generator struct {
	rng    *rand.Rand
	sec    int64
	nsec   int64
	role   string // of the task at hand
	action string // of the line at hand
}

func newGenerator(seed uint64) *generator {
	return &generator{rng: rand.New(rand.NewPCG(seed, 0)), sec: 1767225600} // 2026-01-01
}

// line returns a line out of templates, a few milliseconds after the last.
func (g *generator) line(templates []string) Line {
	g.nsec += g.rng.Int64N(8_000_000)
	g.sec, g.nsec = g.sec+g.nsec/1e9, g.nsec%1e9
	i := g.rng.IntN(len(containers))
	l := Line{Sec: g.sec, Nsec: int32(g.nsec), Task: tasks[i], Container: containers[i], Source: "stdout"}
	if g.rng.IntN(4) == 0 {
		l.Source = "stderr"
	}
	g.role = roles[i%len(roles)]
	g.action = ""
	l.Text = g.fill(templates[g.rng.IntN(len(templates))])
	return l
}

// fill replaces every <kind> of a template that makers knows.
func (g *generator) fill(template string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "<")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		kind, after, closed := strings.Cut(rest, ">")
		if make, known := makers[kind]; closed && known {
			b.WriteString(make(g))
			template = after
		} else {
			b.WriteByte('<')
			template = rest
		}
	}
}

func (g *generator) pick(from []string) string { return from[g.rng.IntN(len(from))] }

func (g *generator) hex(n int) string { return g.letters(n, "0123456789abcdef") }

const base64Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

func (g *generator) letters(n int, from string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = from[g.rng.IntN(len(from))]
	}
	return string(b)
}

// makers are the kinds of text a template can ask for.
var makers = map[string]func(g *generator) string{
	"time":  func(g *generator) string { return g.clock("2006-01-02T15:04:05.000Z") },
	"date":  func(g *generator) string { return g.clock("2006-01-02 15:04:05,000") },
	"day":   func(g *generator) string { return g.clock("2006/01/02 15:04:05") },
	"clf":   func(g *generator) string { return g.clock("02/Jan/2006:15:04:05 +0000") },
	"epoch": func(g *generator) string { return fmt.Sprintf("%d.%03d", g.sec, g.nsec/1e6) },
	"ip":    func(g *generator) string { return fmt.Sprintf("10.0.%d.%d", g.rng.IntN(64), g.rng.IntN(254)+1) },
	"port":  func(g *generator) string { return fmt.Sprint(1024 + g.rng.IntN(60000)) },
	"n":     func(g *generator) string { return fmt.Sprint(g.rng.IntN(10)) },
	"num":   func(g *generator) string { return fmt.Sprint(g.rng.IntN(1000)) },
	"big":   func(g *generator) string { return fmt.Sprint(g.rng.IntN(10_000_000)) },
	"ms":    func(g *generator) string { return fmt.Sprintf("%.3f", g.rng.Float64()*200) },
	"hex8":  func(g *generator) string { return g.hex(8) },
	"hex16": func(g *generator) string { return g.hex(16) },
	"hex32": func(g *generator) string { return g.hex(32) },
	"uuid": func(g *generator) string {
		return strings.Join([]string{g.hex(8), g.hex(4), g.hex(4), g.hex(4), g.hex(12)}, "-")
	},
	"verb":   func(g *generator) string { return g.pick(verbs) },
	"noun":   func(g *generator) string { return g.pick(nouns) },
	"nouns":  func(g *generator) string { return g.pick(nouns) + "s" },
	"Noun":   func(g *generator) string { n := g.pick(nouns); return strings.ToUpper(n[:1]) + n[1:] },
	"adj":    func(g *generator) string { return g.pick(adjectives) },
	"name":   func(g *generator) string { return g.pick(names) },
	"path":   func(g *generator) string { return g.path() },
	"method": func(g *generator) string { return g.pick([]string{"GET", "GET", "GET", "POST", "PUT", "DELETE"}) },
	"ok":     func(g *generator) string { return g.pick([]string{"200", "200", "200", "201", "204", "304", "404"}) },
	"agent":  func(g *generator) string { return g.pick(agents) },
	"role":   func(g *generator) string { return g.role },
	"action": func(g *generator) string {
		if g.action == "" {
			g.action = g.pick([]string{"s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:DeleteObject"})
		}
		return g.action
	},
	"bucket": func(g *generator) string {
		return g.pick([]string{"company-orders", "company-reports", "company-media"})
	},
	"key":   func(g *generator) string { return g.key() },
	"call":  func(g *generator) string { return g.pick([]string{"upload.go:118", "upload.go:131", "fetch.go:64"}) },
	"s3id":  func(g *generator) string { return g.letters(16, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") },
	"s3id2": func(g *generator) string { return g.letters(75, base64Letters) + "=" },
	"task":  func(g *generator) string { return g.pick(tasks) },
}

func (g *generator) clock(layout string) string {
	return time.Unix(g.sec, g.nsec).UTC().Format(layout)
}

// key makes the name of an object in a bucket.
func (g *generator) key() string {
	noun, adj := g.pick(nouns), g.pick(adjectives)
	switch g.rng.IntN(5) {
	case 0:
		return fmt.Sprintf("2026/01/%d/%s.csv", g.rng.IntN(1000), g.hex(8))
	case 1:
		return noun + "s/" + g.hex(32)
	case 2:
		return fmt.Sprintf("%ss/%s/%s/%s-%d.pdf", noun, adj, g.pick(names), noun, g.rng.IntN(10_000_000))
	case 3:
		return fmt.Sprintf("uploads/%s/%s_%s_%d.png", g.pick(names), adj, noun, g.rng.IntN(100))
	default:
		return fmt.Sprintf("year=2026/month=01/part-%05d-%s.snappy.parquet", g.rng.IntN(100), g.hex(32))
	}
}

func (g *generator) path() string {
	parts := []string{"", "api", fmt.Sprintf("v%d", 1+g.rng.IntN(3)), g.pick(nouns) + "s"}
	if g.rng.IntN(2) == 0 {
		parts = append(parts, fmt.Sprint(g.rng.IntN(100000)))
	}
	if g.rng.IntN(3) == 0 {
		parts = append(parts, g.pick(nouns))
	}
	if g.rng.IntN(4) == 0 {
		return strings.Join(parts, "/") + "?page=" + fmt.Sprint(g.rng.IntN(50)) + "&sort=" + g.pick(nouns)
	}
	return strings.Join(parts, "/")
}
