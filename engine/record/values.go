package record

// Values are what is to be searched of the records of Outlines: the string inside a record's frame,
// or all of a record that has no frame. Each is a line of its own, so that no literal is found
// across two of them.
type Values struct {
	n    int
	text [MaxValues + MaxAhead + leastCopy]byte
}

// MaxValues is how many bytes of a chunk Values are made of at most.
const MaxValues = 32 << 10

// leastCopy is how many bytes the assembly copies of a value at least, beyond its end if it is
// shorter, as most are: so the processor can predict the number of copies.
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
