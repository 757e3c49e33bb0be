package literal

import "math"

// classes is how many kinds of byte the frequencies know: the folded ASCII
// characters, and one for all other bytes.
const classes = 65

// class returns the kind of a folded byte.
func class(c byte) int {
	switch {
	case c >= 0x80:
		return classes - 1
	case c >= 0x60:
		return int(c) - 0x60 + 32
	default:
		return int(c) - 0x20
	}
}

// Frequencies say how often bytes and neighbouring pairs of bytes, folded,
// occur in log text, as shares of all.
type frequencies struct {
	byte [256]float64
	pair [classes][classes]float64
}

// logText is decoded from pairTable: a row for each first byte, a character
// for each second one, '(' plus twice the negated binary logarithm of its share.
var logText = func() (f frequencies) {
	for a := range classes {
		for b := range classes {
			f.pair[a][b] = math.Exp2(-float64(pairTable[a][b]-'(') / 2)
		}
	}
	var members [classes]float64
	for c := range 256 {
		if byte(c)&caseBit != 0 {
			members[class(byte(c))]++
		}
	}
	for c := range 256 {
		if byte(c)&caseBit == 0 {
			continue
		}
		k := class(byte(c))
		for _, p := range f.pair[k] {
			f.byte[c] += p / members[k]
		}
	}
	return f
}()

// piece estimates how often a folded piece occurs, each byte depending on the
// one before it.
func (f *frequencies) piece(p uint32) float64 {
	c := [PieceLen]byte{byte(p), byte(p >> 8), byte(p >> 16), byte(p >> 24)}
	share := f.byte[c[0]]
	for j := 1; j < PieceLen; j++ {
		share *= f.pair[class(c[j-1])][class(c[j])] / f.byte[c[j-1]]
	}
	return share
}
