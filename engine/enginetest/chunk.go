package enginetest

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
)

// A Format is a way in which Fluent Bit writes a record.
type Format int

// The formats of a record: since Fluent Bit 2.1 [[time, {metadata}], {fields}],
// before [time, {fields}]. Which heads the maps of the former have is told by who
// wrote it: what the plugin makes field by field has heads of 32 bits, however
// few there are. Source: chunks that Fluent Bit 5.1.1 and 1.9.10 stored, but for
// V2Short, which is what remains.
const (
	V2        Format = iota // by the filter record_modifier, which FireLens uses
	V2Forward               // by the input forward, no filter behind it
	V2Tail                  // by the input tail
	V2Short                 // both heads as short as can be
	V1                      // Fluent Bit 1.9
)

// Formats are all of them.
var Formats = []Format{V2, V2Forward, V2Tail, V2Short, V1}

// longMetadata and longFields tell whose heads have 32 bits.
func (f Format) longMetadata() bool { return f == V2Forward || f == V2Tail }
func (f Format) longFields() bool   { return f == V2 || f == V2Tail }

// A Map is a map value with its pairs in order: key, value, key, value.
type Map []any

// A ChunkBuilder writes records the way Fluent Bit hands them to an output:
// msgpack, back to back, times as EventTime. The zero value is an empty chunk
// in format V2.
type ChunkBuilder struct {
	Format Format
	chunk  []byte
}

// Append adds one record. fields are keys and values in turn; a value is nil, a
// bool, int, int64, uint64, float64, string (str), []byte (bin), []any, Map, or
// map[string]any (written in the order of its keys). It panics on other types.
func (b *ChunkBuilder) Append(sec int64, nsec int32, fields ...any) {
	b.header(uint32(sec), uint32(nsec))
	b.chunk = appendMapHead(b.chunk, len(fields)/2, b.Format.longFields())
	for _, v := range fields {
		b.chunk = appendValue(b.chunk, v)
	}
}

// Marker adds a group marker: sec is -1 (a group starts) or -2 (it ends).
func (b *ChunkBuilder) Marker(sec int32) {
	b.header(uint32(sec), 0)
	b.chunk = appendMapHead(b.chunk, 0, b.Format.longFields())
}

// Raw adds bytes as they are.
func (b *ChunkBuilder) Raw(p []byte) { b.chunk = append(b.chunk, p...) }

// Bytes returns the chunk so far; it is valid until the next Append.
func (b *ChunkBuilder) Bytes() []byte { return b.chunk }

func (b *ChunkBuilder) header(sec, nsec uint32) {
	b.chunk = append(b.chunk, 0x92)
	if b.Format != V1 {
		b.chunk = append(b.chunk, 0x92)
	}
	b.chunk = append(b.chunk, 0xd7, 0x00) // fixext 8, type 0: EventTime
	b.chunk = binary.BigEndian.AppendUint32(b.chunk, sec)
	b.chunk = binary.BigEndian.AppendUint32(b.chunk, nsec)
	if b.Format != V1 {
		b.chunk = appendMapHead(b.chunk, 0, b.Format.longMetadata())
	}
}

func appendMapHead(dst []byte, n int, long bool) []byte {
	if long {
		return binary.BigEndian.AppendUint32(append(dst, mapHeads.len32), uint32(n))
	}
	return appendLength(dst, n, mapHeads)
}

func appendValue(dst []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(dst, 0xc0)
	case bool:
		if v {
			return append(dst, 0xc3)
		}
		return append(dst, 0xc2)
	case int:
		return appendValue(dst, int64(v))
	case int64:
		return binary.BigEndian.AppendUint64(append(dst, 0xd3), uint64(v))
	case uint64:
		return binary.BigEndian.AppendUint64(append(dst, 0xcf), v)
	case float64:
		return binary.BigEndian.AppendUint64(append(dst, 0xcb), math.Float64bits(v))
	case string:
		return append(appendLength(dst, len(v), strHeads), v...)
	case []byte:
		return append(appendLength(dst, len(v), binHeads), v...)
	case []any:
		dst = appendLength(dst, len(v), arrayHeads)
		for _, e := range v {
			dst = appendValue(dst, e)
		}
		return dst
	case Map:
		dst = appendLength(dst, len(v)/2, mapHeads)
		for _, e := range v[:len(v)/2*2] {
			dst = appendValue(dst, e)
		}
		return dst
	case map[string]any:
		dst = appendLength(dst, len(v), mapHeads)
		for _, k := range slices.Sorted(maps.Keys(v)) {
			dst = appendValue(appendValue(dst, k), v[k])
		}
		return dst
	default:
		panic(fmt.Sprintf("BUG: a record cannot hold a %T", v))
	}
}

// heads are the first bytes of a msgpack family, by the size of its length
// field; 0 where the family has none of that size. fix ones hold up to fixMax.
type heads struct {
	fix          byte
	fixMax       int
	len8         byte
	len16, len32 byte
}

var (
	strHeads   = heads{fix: 0xa0, fixMax: 31, len8: 0xd9, len16: 0xda, len32: 0xdb}
	binHeads   = heads{fixMax: -1, len8: 0xc4, len16: 0xc5, len32: 0xc6}
	arrayHeads = heads{fix: 0x90, fixMax: 15, len16: 0xdc, len32: 0xdd}
	mapHeads   = heads{fix: 0x80, fixMax: 15, len16: 0xde, len32: 0xdf}
)

// appendLength appends the shortest head that holds n.
func appendLength(dst []byte, n int, h heads) []byte {
	switch {
	case n <= h.fixMax:
		return append(dst, h.fix|byte(n))
	case n <= math.MaxUint8 && h.len8 != 0:
		return append(dst, h.len8, byte(n))
	case n <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(dst, h.len16), uint16(n))
	default:
		return binary.BigEndian.AppendUint32(append(dst, h.len32), uint32(n))
	}
}
