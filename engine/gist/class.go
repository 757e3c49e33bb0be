package gist

// A class is a set of kinds of bytes.
type class uint8

const (
	digit   class = 1 << iota // 0 to 9
	capital                   // A to Z
	small                     // a to z
	symbol                    // of base64, besides letters and digits
	hex                       // a hexadecimal digit, besides one of the former
	plus                      // the symbol that is in no path

	alnum = digit | capital | small
	kind  = alnum | symbol // each byte of base64 is of one of these
)

var classes = func() (t [256]class) {
	for c := '0'; c <= '9'; c++ {
		t[c] = digit | hex
	}
	for c := 'A'; c <= 'Z'; c++ {
		t[c], t[c|0x20] = capital, small
	}
	for c := 'A'; c <= 'F'; c++ {
		t[c], t[c|0x20] = capital|hex, small|hex
	}
	for _, c := range "+/=" {
		t[c] = symbol
	}
	t['+'] |= plus
	return t
}()

func is(c byte, of class) bool { return classes[c]&of != 0 }
