package gist

import "encoding/binary"

// Eight bytes are looked at as one number. A set of them has the high bit of each byte
// that is in it.
const (
	each = 0x0101010101010101
	high = 0x80 * each
)

// bytes8 returns the eight bytes at b[i:].
func bytes8(b []byte, i int) uint64 { return binary.LittleEndian.Uint64(b[i:]) }

// digitsOf returns the set of digits in v.
func digitsOf(v uint64) uint64 { return below(v^'0'*each, 10) }

// below returns the set of bytes in v that are less than n, which is at most 0x80.
func below(v uint64, n uint64) uint64 { return ^(v | (v&^high + (0x80-n)*each)) & high }

// mixed tells whether b, of eight bytes at least, consists of digits and of the first n capitals,
// some of each. With small, small letters count as capitals.
func mixed(b []byte, small bool, n uint64) bool {
	fold := uint64(0)
	if small {
		fold = 0x20 * each
	}
	digits, letters, others := uint64(0), uint64(0), uint64(0)
	for i := 0; i < len(b); i += 8 {
		v := bytes8(b, min(i, len(b)-8))
		d := digitsOf(v)
		l := below(v&^fold^'@'*each, n+1) &^ below(v&^fold^'@'*each, 1)
		digits, letters, others = digits|d, letters|l, others|^(d|l)&high
	}
	return digits != 0 && letters != 0 && others == 0
}
