package gist

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
)

// mustAdd puts the gists of texts into a tree.
func mustAdd(t *testing.T, texts ...string) *Tree {
	t.Helper()
	tree := new(Tree)
	for i, text := range texts {
		var g Gist
		if g.Read([]byte(text)); tree.Add(&g, bytes.Clone(g.Text())) != i {
			t.Errorf("%s is not taken", text)
		}
	}
	return tree
}

// A text is found if it differs from an added one only in what a gist leaves out.
func TestTreeFinds(t *testing.T) {
	f := func(want int, text string, added ...string) {
		t.Helper()
		var g Gist
		got := mustAdd(t, added...).Find(&g, []byte(text))
		if got != want {
			t.Errorf("%s is %d of %q, want %d", text, got, added, want)
		}
		if got >= 0 {
			isRead(t, &g, text)
		}
	}
	f(-1, "no")
	f(0, "no", "no")
	f(-1, "no", "no way")
	f(-1, "no way", "no")
	f(1, "no", "no way", "no")
	f(0, "no way", "no way", "no")
	f(2, "no one", "no way", "no", "no one", "none")
	f(3, "none", "no way", "no", "no one", "none")
	f(0, "at 04:05:06", "at 14:15:16")
	f(-1, "at 04:05 06", "at 14:15:16")
	f(0, "2031-02-03T04:05:06.7Z no", "2031-02-03T14:15:16.1234Z no")
	f(-1, "2031-02-03T04:05:06Z no", "2031-02-03T14:15:16.1234Z no")
	f(-1, "2031-02-03T04:05:06.7Z no", "2031-02-03T14:15:16Z no")
	f(0, "took 12.3456s", "took 0.238s")
	f(-1, "took 12.34s", "took 0.238s")
	f(-1, "took 12345678901.234s", "took 0.238s")
	f(0, "at 1767225600", "at 2767225601")
	f(-1, "at 17672256001", "at 2767225601")
	f(0, "[0A1B2C3D-4e5f-6071-8293-a4b5c6d7e8f9]", "[1a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9]")
	f(-1, "[aAaBaCaD-4e5f-6071-8293-a4b5c6d7e8f9]", "[1a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9]")
	f(-1, "[0A1B2C3D-4e5f-6071-8293-a4b5c6d7e8fg]", "[1a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9]")
	f(0, "task 1b2ea0f34c5d4e6f8a9b0c1d2e3f4a5b stopped", "task abcdef0123456789abcdef0123456789 stopped")
	f(-1, "task abcdefabcdefabcdefabcdefabcdefab stopped", "task abcdef0123456789abcdef0123456789 stopped")
	f(0, "Request ID: Q3Y8WZ6ZQVBX7FVA)", "Request ID: ABCDEFGHIJKLMN0P)")
	f(-1, "Request ID: AROA8WZ6ZQVBX7FVA)", "Request ID: BBCDEFGHIJKLMN0PQ)")
	f(-1, "Request ID: q3Y8WZ6ZQVBX7FVA)", "Request ID: ABCDEFGHIJKLMN0P)")
	f(0, "[http-nio-8080-exec-12] no", "[http-nio-8080-exec-7] no")
	f(-1, "[http-nio-8080-exec-12345] no", "[http-nio-8080-exec-7] no")
	f(0, "peer 10.0.3.17:41234: refused", "peer 10.0.3.17:51234: refused")
	f(-1, "peer 10.0.3.18:41234: refused", "peer 10.0.3.17:51234: refused")
	f(0, `on "arn:aws:s3:::bucket/a/b.csv" because`, `on "arn:aws:s3:::bucket/2031/02/report.csv" because`)
	f(-1, `on "arn:aws:s3:::bucket/" because`, `on "arn:aws:s3:::bucket/2031/02/report.csv" because`)
	f(0, "s3://b/k.", "s3://b/longer.")
	f(0, "id "+random1, "id "+random2)
	f(-1, "id "+strings.Repeat("a", len(random1)), "id "+random2)
	f(0, "role/ecsTaskExecutionRole/a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6 no", "role/ecsTaskExecutionRole/abcdef0123456789abcdef0123456789 no")
	f(0, "[08/Mar/2026:10:41:18 +0100] 401", "[08/Mar/2026:20:41:18 +0100] 401")
	f(-1, "id "+strings.Repeat("aA+", len(random1)/3), "id "+random2)
	f(2, "at 1234567890", "at 12", "at 13", "at 1767225600", "at 14")
	f(0, "at 1234567890", "at 1767225600", "at 12")
	f(1, "at 12345678901", "at 1767225600", "at 17672256001", "at 176722560012")
	f(1, "at 12345678901", "at 176722560012", "at 17672256001", "at 1767225600")
	f(-1, "s3://b/"+strings.Repeat("k", MaxText), "s3://b/k")
	f(1, "10:00:00 b 0.1234 d", "20:00:00 a 1.1234 c", "20:00:00 b 9.123 d", "20:00:00 b 0.123 c")
	f(2, "10:00:00 b 0.1234 c", "20:00:00 a 1.1234 c", "20:00:00 b 9.123 d", "20:00:00 b 0.123 c")
}

const (
	random1 = "eftixBk72aD6Ap51TnqcoF8eFidJG9Z/2mkiDFu8yU9AS1ed4OpIszj7UDNEHGran="
	random2 = "Xq81bZ/9aaTt5Kq0QwErTy12UiOpAsDfGhJkL3ZxCvBnM4QwErTy56UiOpAsDfGhJ="
)

func TestTreeTakesOnce(t *testing.T) {
	var g Gist
	tree := mustAdd(t, "no", "no 1.2345")
	for _, text := range []string{"no", "no 6.789"} {
		if g.Read([]byte(text)); tree.Add(&g, bytes.Clone(g.Text())) >= 0 {
			t.Errorf("%s is taken twice", text)
		}
	}
}

// A tree refuses a gist that it could find for a text with another one.
func TestTreeRefuses(t *testing.T) {
	for _, text := range []string{
		"id 0123456789abcdef:34:56", // with another id this is a time
		"12.1abcdef012345",          // a longer fraction
		"at 04:05:06,abcdef012345",  // a fraction
		"12:34:5.678",               // a time
		"api/orders/customers/items/first/archive/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", // random base64
		"+api/orders/customers/items/first/archive/0123456789abcdef",                    // the same, of an id
		"api/orders/customers/items/a1=2.345",                                           // the same, of a longer number
		"1.2345abcdef012345",                                                            // what is left out at once
		"04:05:06abcdef012345678",                                                       // what is left out at once
		strings.Repeat("1.2345 ", maxCuts+1),                                            // another cut where one is of a byte
		strings.Repeat("0123456789abcdef ", maxLeft+1),                                  // more places than are kept
		"12.abcdef012345",                                                               // the same
		"10.0.0.12345678901:1.2.3",                                                      // an address
		"s3:" + random1,                                                                 // the name of an object
		"0a1b2c3d-4e5f-6071-8293-" + random1,                                            // a UUID
		"exec-1/aB+cD/eF+gH/iJ+kL/mN+oP/Q/2.345",                                        // random, of a longer number and a thread's
	} {
		var g Gist
		if g.Read([]byte(text)); new(Tree).Add(&g, g.Text()) >= 0 {
			t.Errorf("%s is taken", text)
		}
	}
}

func TestTreeIsBounded(t *testing.T) {
	var (
		tree Tree
		g    Gist
		rng  = rand.New(rand.NewPCG(1, 0))
		kept int
	)
	for range 3 * MaxGists {
		text := []byte(strings.Repeat("1.2345 x ", rng.IntN(maxLeft)) + randomly(rng, 8, "ab"))
		if g.Read(text); tree.Find(&g, text) >= 0 {
			continue
		}
		g.Read(text)
		if tree.Add(&g, bytes.Clone(g.Text())) >= 0 {
			kept++
		}
	}
	if kept == 0 || kept > MaxGists {
		t.Errorf("%d gists are kept", kept)
	}
	if tree.Reset(); tree.Find(&g, []byte("1.2345 x ")) >= 0 || tree.Add(&g, nil) != 0 {
		t.Error("a tree that is reset is not empty")
	}
}

func TestFindAllocatesNothing(t *testing.T) {
	text := []byte("2031-02-03T04:05:06.789Z arn:aws:s3:::b/some/key 0123456789abcdef")
	tree, g := mustAdd(t, string(text)), new(Gist)
	found := 0
	if n := testing.AllocsPerRun(100, func() { found = tree.Find(g, text) }); n != 0 || found != 0 {
		t.Errorf("Find allocates %v times, and finds %d", n, found)
	}
}

// isRead fails unless g, which was found, is what Read makes of text.
func isRead(t *testing.T, g *Gist, text string) {
	t.Helper()
	var slow Gist
	slow.Read([]byte(text))
	if !bytes.Equal(g.Text(), slow.Text()) {
		t.Fatalf("%q: found %q, is read as %q", text, g.Text(), slow.Text())
	}
	if g.Short() != slow.Short() {
		t.Fatalf("%q: found short %v, is read as short %v", text, g.Short(), slow.Short())
	}
	for i := range len(slow.Text()) + 1 {
		if g.Raw(i) != slow.Raw(i) {
			t.Fatalf("%q: found %d at %d, is read at %d", text, i, g.Raw(i), slow.Raw(i))
		}
	}
}

// pieces are parts of texts that a reader of gists has to look at twice.
var pieces = []string{
	":", ".", "-", ",", "=", "/", "+", " ", " ", "T", "Z", "a", "x", "1", "12", "123", "04", "04:05:06", "04:05:06.789", "12.345", "0.5",
	"exec-", "exec-12", "read-", "pool-1-thread-3", "s3://", "s3://b/k", "arn:aws:s3:::bucket/a/b.csv", "s3:::", "10.0.3.17:", ":41234", "41234",
	"0123456789", "1767225600.125", "-1765328353", "0123456789ab", "abcdef012345", "0123456789abcdef", "AKIAIOSFODNN7EXAMPLE", "Q3Y8WZ6ZQVBX7FVA",
	"0a1b2c3d", "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", random1, random2[:41], "api/orders/customers/items", "api/orders/customers/items/first/archive/", "+", "=", "role/ecsTaskExecutionRole/", "12:34:", "2026:", "\"", "é", "key=", "id=0123456789abcdef0123456789abcdef",
	"s3:", "0a1b2c3d-4e5f-6071-8293-", "exec-1/aB+cD/eF+gH/iJ+kL/mN+oP/Q/2.345",
}

func randomText(rng *rand.Rand) string {
	var b strings.Builder
	for range 1 + rng.IntN(8) {
		b.WriteString(pieces[rng.IntN(len(pieces))])
	}
	return b.String()
}

func randomly(rng *rand.Rand, n int, of string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = of[rng.IntN(len(of))]
	}
	return string(b)
}

// another returns a text that differs from the one that g was made of in what g leaves out, or
// in a byte of the rest.
func another(rng *rand.Rand, g *Gist) string {
	const (
		digits = "0123456789"
		hexes  = "0123456789abcdefABCDEF"
		upper  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	)
	var b strings.Builder
	from := 0
	for _, l := range g.left[:g.nLeft] {
		b.Write(g.Text()[from:l.at])
		from = int(l.at + l.n)
		switch n := int(l.n); l.form {
		case clock:
			b.WriteString(randomly(rng, 2, digits) + ":" + randomly(rng, 2, digits) + ":" + randomly(rng, 2, digits))
		case fraction, thread:
			b.WriteString(randomly(rng, rng.IntN(6), digits))
		case decimal:
			b.WriteString(randomly(rng, rng.IntN(12), digits) + "." + randomly(rng, rng.IntN(6), digits))
		case number:
			b.WriteString(randomly(rng, n, digits))
		case hexID:
			b.WriteString(randomly(rng, n, hexes[:10+rng.IntN(len(hexes)-9)]))
		case capitals:
			b.WriteString(randomly(rng, n, upper))
		case uuid:
			b.WriteString(strings.Join([]string{randomly(rng, 8, hexes), randomly(rng, 4, hexes), randomly(rng, 4, hexes), randomly(rng, 4, hexes), randomly(rng, 12, hexes)}, "-"))
		case key:
			b.WriteString(randomly(rng, 1+rng.IntN(8), "k/.:1-="))
		case random:
			// It may begin as what follows a scheme does, or as a UUID ends.
			head := []string{"", "", "//", "a4b5c6d7e8f9/"}[rng.IntN(4)]
			b.WriteString(head + randomly(rng, n-len(head), upper+"abcdefghijklmnopqrstuvwxyz/+="))
		}
	}
	b.Write(g.Text()[from:])
	if text := []byte(b.String()); len(text) > 0 && rng.IntN(8) == 0 {
		text[rng.IntN(len(text))] = "0a:.-/"[rng.IntN(6)]
		return string(text)
	}
	return b.String()
}

// FuzzFind compares what a tree finds with what Read makes of the same text.
func FuzzFind(f *testing.F) {
	for seed := range uint64(64) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		var (
			rng  = rand.New(rand.NewPCG(seed, 0))
			tree Tree
			g    Gist
			says [][]byte
		)
		for range 64 {
			g.Read([]byte(randomText(rng)))
			text := another(rng, &g)
			if i := tree.Find(&g, []byte(text)); i >= 0 {
				isRead(t, &g, text)
				if !bytes.Equal(g.Text(), says[i]) {
					t.Fatalf("%q is found as %q", text, says[i])
				}
			}
			g.Read([]byte(text))
			said := bytes.Clone(g.Text())
			if i := tree.Add(&g, said); i >= 0 {
				if says = append(says, said); i != len(says)-1 {
					t.Fatalf("the gist %d is put in as %d", len(says)-1, i)
				}
			}
			for range 8 {
				text := another(rng, &g)
				found := new(Gist)
				if tree.Find(found, []byte(text)) >= 0 {
					isRead(t, found, text)
				}
			}
		}
	})
}
