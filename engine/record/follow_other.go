//go:build purego || !amd64

package record

// follow is followEach.
func follow(f *frames, b []byte, start, to int, outlines []Outline, v *Values) (n int) {
	return followEach(f, b, start, to, outlines, v)
}
