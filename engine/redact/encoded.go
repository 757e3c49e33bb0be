package redact

import (
	b64 "encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// minEncoded is the length in bytes of the shortest text that is decoded.
const minEncoded = 16

// encoded removes what has a secret in it once it is decoded: base64 of bob:s3cret, of
// password=s3cret.
func encoded(s string) string {
	r := remover{text: s}
	for i := 0; i < len(s); i++ {
		start := i
		for i < len(s) && (base64Byte(s[i]) || s[i] == '-' || s[i] == '_') {
			i++
		}
		if i-start < minEncoded {
			continue
		}
		if plain := decode(s[start:i]); plain != "" && (userAndPassword().MatchString(plain) || Text(plain) != plain) {
			for i < len(s) && s[i] == '=' {
				i++
			}
			r.remove(start, i)
		}
	}
	return r.result()
}

// userAndPassword is what HTTP's scheme Basic encodes.
var userAndPassword = lazy.Compile(`^[\w.@+-]+:\S{4,}$`)

// decode returns the text that v stands for in hex or base64, without its padding; "" if it
// is none, as ids and the names of things are.
func decode(v string) string {
	if plain, err := hex.DecodeString(v); err == nil && isPrintable(plain) {
		return string(plain)
	}
	alphabet := b64.RawStdEncoding
	if strings.ContainsAny(v, "-_") {
		alphabet = b64.RawURLEncoding
	}
	if plain, err := alphabet.DecodeString(v); err == nil && isPrintable(plain) {
		return string(plain)
	}
	return ""
}

func isPrintable(plain []byte) bool {
	for _, c := range plain {
		if (c < ' ' || c > '~') && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}
