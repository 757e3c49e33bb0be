package record

import (
	"math"
	"strconv"
)

// MaxDepth is how deep arrays and maps may be nested, the record's map included, for keys to
// be told from values: no logger comes near it. Everything deeper counts as values, under the
// key of the container at that depth.
const MaxDepth = 100

// A Field is one value of a record that is not a container. Its slices are
// borrowed from the chunk.
type Field struct {
	Top   []byte // the record's own key that the value is under
	Key   []byte // the innermost key that the value is under
	Kind  Kind   // Nil, Bool, Int, Uint, Float, Str or Bin
	Value []byte // of a Str or Bin: its bytes; else the number as encoded
	Start int    // where Value starts in Record.Map
	num   uint64 // Bool, Int, Uint; the IEEE 754 bits of a Float
}

// Text reports whether the value is a Str or a Bin.
func (v *Field) Text() bool { return v.Kind == Str || v.Kind == Bin }

// Append appends the value as JSON would write it, but strings as they are and
// without quotes.
func (v *Field) Append(dst []byte) []byte {
	switch v.Kind {
	case Str, Bin:
		return append(dst, v.Value...)
	case Bool:
		return strconv.AppendBool(dst, v.num != 0)
	case Int:
		return strconv.AppendInt(dst, int64(v.num), 10)
	case Uint:
		return strconv.AppendUint(dst, v.num, 10)
	case Float:
		return strconv.AppendFloat(dst, math.Float64frombits(v.num), 'g', -1, 64)
	default:
		return append(dst, "null"...)
	}
}

// A Fields goes through all values of one record, at any depth, in the order
// they are written. Extension objects are skipped, and so are keys that are not strings: a
// value under one has an empty Key.
//
// A Fields is four kilobytes and meant to be reused: keep one per scan.
type Fields struct {
	b     []byte
	i     int
	depth int
	open  [MaxDepth + 1]level // open[:depth] are the containers around i; the last holds all that are deeper
}

// A level is one open container.
type level struct {
	left     int  // values still to come
	keyed    bool // a map: each value has a key in front
	from, to int  // the key in force: b[from:to]
}

// Reset points f at the fields of a record. m is a Record.Map, borrowed until
// the next Reset. On other bytes f ends early, but is safe.
func (f *Fields) Reset(m []byte) {
	f.b, f.i, f.depth = m, 0, 0
	var o object
	if f.read(&o) && o.kind == Map {
		f.i = o.start
		f.push(&o)
	}
}

// Next reads the next value into v and returns false when there is none left.
func (f *Fields) Next(v *Field) bool {
	for f.depth > 0 {
		in := &f.open[f.depth-1]
		if in.left == 0 {
			f.depth--
			continue
		}
		in.left--
		if in.keyed && !f.readKey(in) {
			return f.end()
		}
		o := object{kind: Str}
		if start, end := text(f.b, f.i); end > 0 {
			o.start, o.size = start, end-start
		} else if !f.read(&o) {
			return f.end()
		}
		f.i = o.start
		if o.kind >= Array {
			if f.depth <= MaxDepth {
				f.push(&o)
			} else {
				in.left += o.objects()
			}
			continue
		}
		f.i += o.size
		if o.kind == Ext {
			continue
		}
		top := &f.open[0]
		v.Top, v.Key = f.b[top.from:top.to], f.b[in.from:in.to]
		v.Kind, v.Start, v.Value = o.kind, o.start, f.b[o.start:f.i:f.i]
		if o.kind < Str {
			v.setNumber(&o, f.b)
		}
		return true
	}
	return false
}

// readKey reads the key at f.i into in and moves behind it.
func (f *Fields) readKey(in *level) bool {
	if start, end := text(f.b, f.i); end > 0 {
		in.from, in.to, f.i = start, end, end
		return true
	}
	var o object
	if !f.read(&o) {
		return false
	}
	in.from, in.to = 0, 0
	if o.kind >= Array {
		// Slow path: a container as a key, which no logger writes.
		return f.skip(f.i, 1)
	}
	f.i = o.start + o.size
	if o.kind == Str || o.kind == Bin {
		in.from, in.to = o.start, f.i
	}
	return true
}

// read reads the object at f.i. The Cursor has already reported what may be broken.
func (f *Fields) read(o *object) bool {
	var e Error
	return read(f.b, f.i, o, &e)
}

// setNumber sets v.num from o, a value that is no string.
func (v *Field) setNumber(o *object, b []byte) {
	switch o.kind {
	case Bool:
		v.num = uint64(o.lead & 1) // 0xc2 is false, 0xc3 is true
	case Int:
		v.num = uint64(o.signed(b))
	case Uint:
		v.num = bits(v.Value)
	case Float:
		v.num = math.Float64bits(float(v.Value))
	default:
		v.num = 0
	}
}

// skip moves f past the n objects at i, and reports whether they are all there.
func (f *Fields) skip(i, n int) bool {
	var e Error
	f.i = skip(f.b, i, n, &e)
	return f.i >= 0
}

// push opens the container o, for which there must be room. The values of an array are
// under the key of the array.
func (f *Fields) push(o *object) {
	l := level{left: o.size, keyed: o.kind == Map}
	if f.depth == MaxDepth {
		l = level{left: o.objects()}
	}
	if f.depth > 0 {
		l.from, l.to = f.open[f.depth-1].from, f.open[f.depth-1].to
	}
	f.open[f.depth] = l
	f.depth++
}

// end stops f for good.
func (f *Fields) end() bool {
	f.depth = 0
	return false
}
