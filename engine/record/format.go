package record

// A Kind is what a msgpack object is.
type Kind uint8

// The kinds. Those from Array on hold other objects.
const (
	Invalid Kind = iota // 0xc1, which msgpack never uses
	Nil
	Bool
	Int   // signed, or a positive fixint
	Uint  // unsigned
	Float // 32 or 64 bits
	Str
	Bin
	Ext
	Array
	Map
)

var kindNames = [...]string{
	Invalid: "invalid", Nil: "nil", Bool: "bool", Int: "int", Uint: "uint", Float: "float",
	Str: "str", Bin: "bin", Ext: "ext", Array: "array", Map: "map",
}

// String returns the name the msgpack specification uses.
func (k Kind) String() string { return kindNames[k] }

// A shape is what the first byte of an object says about the rest.
//
// The object is head bytes, of which the lengthBytes after the first are a
// big-endian length, then its payload: size plus that length in bytes or, in a
// container, in objects (in pairs for a map).
type shape struct {
	kind        Kind
	head        uint8
	lengthBytes uint8
	size        uint8
}

// shapes is indexed by the first byte of an object.
// Source: https://github.com/msgpack/msgpack/blob/master/spec.md#formats
var shapes = func() (t [256]shape) {
	for b := 0x00; b <= 0x7f; b++ {
		t[b] = shape{Int, 1, 0, 0}
		t[0x80|b&0x0f] = shape{Map, 1, 0, uint8(b & 0x0f)}
		t[0x90|b&0x0f] = shape{Array, 1, 0, uint8(b & 0x0f)}
		t[0xa0|b&0x1f] = shape{Str, 1, 0, uint8(b & 0x1f)}
	}
	t[0xc0] = shape{Nil, 1, 0, 0}
	t[0xc1] = shape{Invalid, 1, 0, 0}
	t[0xc2] = shape{Bool, 1, 0, 0}
	t[0xc3] = shape{Bool, 1, 0, 0}
	t[0xc4] = shape{Bin, 2, 1, 0}
	t[0xc5] = shape{Bin, 3, 2, 0}
	t[0xc6] = shape{Bin, 5, 4, 0}
	t[0xc7] = shape{Ext, 3, 1, 0}
	t[0xc8] = shape{Ext, 4, 2, 0}
	t[0xc9] = shape{Ext, 6, 4, 0}
	t[0xca] = shape{Float, 1, 0, 4}
	t[0xcb] = shape{Float, 1, 0, 8}
	t[0xcc] = shape{Uint, 1, 0, 1}
	t[0xcd] = shape{Uint, 1, 0, 2}
	t[0xce] = shape{Uint, 1, 0, 4}
	t[0xcf] = shape{Uint, 1, 0, 8}
	t[0xd0] = shape{Int, 1, 0, 1}
	t[0xd1] = shape{Int, 1, 0, 2}
	t[0xd2] = shape{Int, 1, 0, 4}
	t[0xd3] = shape{Int, 1, 0, 8}
	t[0xd4] = shape{Ext, 2, 0, 1}
	t[0xd5] = shape{Ext, 2, 0, 2}
	t[0xd6] = shape{Ext, 2, 0, 4}
	t[0xd7] = shape{Ext, 2, 0, 8}
	t[0xd8] = shape{Ext, 2, 0, 16}
	t[0xd9] = shape{Str, 2, 1, 0}
	t[0xda] = shape{Str, 3, 2, 0}
	t[0xdb] = shape{Str, 5, 4, 0}
	t[0xdc] = shape{Array, 3, 2, 0}
	t[0xdd] = shape{Array, 5, 4, 0}
	t[0xde] = shape{Map, 3, 2, 0}
	t[0xdf] = shape{Map, 5, 4, 0}
	for b := 0xe0; b <= 0xff; b++ {
		t[b] = shape{Int, 1, 0, 0}
	}
	return t
}()

// An object is one msgpack object: where its payload starts, and how many bytes
// that is or, in a container, how many objects (pairs in a map).
type object struct {
	kind  Kind
	lead  byte
	start int
	size  int
}

// objects returns how many objects a container holds: in a map two for each pair.
func (o *object) objects() int {
	if o.kind == Map {
		return 2 * o.size
	}
	return o.size
}

// maxSize is what greater sizes are cut to: a chunk is smaller, and twice as much is
// still an int on every machine.
const maxSize = 1<<30 - 1

// read reads the object at b[i:]. On failure it returns false and what broke.
// A payload that is not a container's lies inside b.
func read(b []byte, i int, o *object, e *Error) bool {
	if uint(i) >= uint(len(b)) {
		*e = Error{Offset: i, Want: wantObject, Need: 1}
		return false
	}
	s := shapes[b[i]]
	o.kind, o.lead = s.kind, b[i]
	o.start, o.size = i+int(s.head), int(s.size)
	if o.start > len(b) {
		*e = Error{Offset: i, Want: wantLength, Lead: b[i], Need: int(s.head), Have: len(b) - i}
		return false
	}
	switch s.lengthBytes {
	case 1:
		o.size += int(b[i+1])
	case 2:
		o.size += int(b[i+1])<<8 | int(b[i+2])
	case 4:
		o.size = int(min(bits(b[i+1:i+5]), maxSize))
	}
	if o.kind < Array && o.size > len(b)-o.start {
		*e = Error{Offset: i, Want: wantPayload, Lead: b[i], Need: o.size, Have: len(b) - o.start}
		return false
	}
	if o.kind == Invalid {
		*e = Error{Offset: i, Want: wantObject, Lead: b[i]}
		return false
	}
	return true
}

// maxTextHead is the longest head, in bytes, of a string that text knows.
const maxTextHead = 3

// text returns where the string at b[i:] starts and ends if it is one of less
// than 64 KiB; end is 0 when something else is there, or not all of it.
//
// Fast path: a record holds little else.
func text(b []byte, i int) (start, end int) {
	if i >= len(b)-2 {
		return 0, 0
	}
	switch lead := b[i]; {
	case lead&^0x1f == 0xa0:
		start = i + 1
		end = start + int(lead&0x1f)
	case lead == 0xd9:
		start = i + 2
		end = start + int(b[i+1])
	case lead == 0xda:
		start = i + 3
		end = start + (int(b[i+1])<<8 | int(b[i+2]))
	}
	if end > len(b) {
		return 0, 0
	}
	return start, end
}

// bits reads the big-endian payload of a number: 1, 2, 4 or 8 bytes.
func bits(b []byte) (v uint64) {
	for _, c := range b {
		v = v<<8 | uint64(c)
	}
	return v
}

// signed returns the value of an Int object of b.
func (o *object) signed(b []byte) int64 {
	if o.size == 0 {
		return int64(int8(o.lead)) // a fixint is its own first byte
	}
	unused := 64 - 8*o.size
	return int64(bits(b[o.start:o.start+o.size])<<unused) >> unused
}
