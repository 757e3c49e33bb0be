package engine

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
)

// Fingerprints are published: the hash must never change.
func TestHashIsFixed(t *testing.T) {
	f := func(s string, want uint64) {
		t.Helper()
		if got := hashBytes(hashStart, []byte(s)); got != want {
			t.Errorf("hashBytes(%q) = %#x; want %#x", s, got, want)
		}
	}
	f("", 0xe28f2b2061a2b984)
	f("a", 0x3d2414e2edf076e6)
	f("arn:aws:s3:::company-reports", 0xa67020eb86c53898)
}

func TestTailOf(t *testing.T) {
	b := []byte("0123456789abcdefghijklmn")
	for n := range len(b) + 1 {
		var want uint64
		for i := n / 8 * 8; i < n; i++ {
			want |= uint64(b[i]) << (8 * (i % 8))
		}
		if got := tailOf(b[:n]); got != want {
			t.Errorf("of %d bytes: got %#x; want %#x", n, got, want)
		}
	}
}

func TestHashFold(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		b := make([]byte, rng.IntN(40))
		for i := range b {
			b[i] = byte(rng.IntN(256))
		}
		lower := bytes.Map(func(r rune) rune { return r }, b)
		lower = append(lower[:0], b...)
		for i, c := range lower {
			if 'A' <= c && c <= 'Z' {
				lower[i] = c + 'a' - 'A'
			}
		}
		if got, want := hashFold(hashStart, b), hashBytes(hashStart, lower); got != want {
			t.Fatalf("hashFold(%q) = %#x; hashBytes of its lower case is %#x", b, got, want)
		}
	}
}

func TestHashTellsApart(t *testing.T) {
	seen := map[uint64]string{}
	for n := range 40 {
		for _, c := range []string{"\x00", "a", "b"} {
			s := strings.Repeat(c, n)
			if n == 0 && c != "a" {
				continue
			}
			h := hashBytes(hashStart, []byte(s))
			if other, ok := seen[h]; ok {
				t.Errorf("%q and %q have one hash", s, other)
			}
			seen[h] = s
		}
	}
}
