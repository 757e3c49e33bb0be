package record

// Values are what the records of Outlines differ in, as far as it is known: the string that their
// frame is around, or all of the record where there is none. Each is a line, so that no text stands
// in two of them.
type Values struct {
	n    int
	text [MaxValues + MaxAhead + leastCopy]byte
}

// MaxValues is of how much of a chunk there are values, in bytes.
const MaxValues = 32 << 10

// leastCopy is how much of a value the assembly copies at least: more than most have, so that
// the processor foretells how much it is.
const leastCopy = 192

// Reset makes v empty.
func (v *Values) Reset() { v.n = 0 }

// Add adds a line.
func (v *Values) Add(line []byte) {
	v.n += copy(v.text[v.n:], line)
	v.text[v.n] = '\n'
	v.n++
}

// Text returns all lines.
func (v *Values) Text() []byte { return v.text[:v.n] }
