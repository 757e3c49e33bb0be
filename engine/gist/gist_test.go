package gist

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	var g Gist
	f := func(text, want string) {
		t.Helper()
		if g.Read([]byte(text)); string(g.Text()) != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, g.Text(), want)
		}
		if g.Short() != (text != want) {
			t.Errorf("%s: short is %v", text, g.Short())
		}
	}
	same := func(texts ...string) {
		t.Helper()
		for _, text := range texts {
			f(text, text)
		}
	}
	f("", "")
	f("request 4711", "request 4711")
	// ids
	f("task 1b2ea0f34c5d4e6f8a9b0c1d2e3f4a5b stopped", "task 99999999999999999999999999999999 stopped")
	f("[0A1B2C3D-4e5f-6071-8293-a4b5c6d7e8f9]: no", "[99999999-9999-9999-9999-999999999999]: no")
	f("at 1767225600", "at 9999999999")
	f("at 1767225600.125", "at 9")
	f("at 1767225600.1", "at 9")
	f("kinit: -1765328353", "kinit: -1765328353")
	f("order-1765328353", "order-9999999999")
	f("i-0123456789abcdef0", "i-99999999999999999")
	f("Request ID: Q3Y8WZ6ZQVBX7FVA)", "Request ID: 9999999999999999)")
	f("HostID: eftixBk72aD6Ap51TnqcoF8eFidJG9Z/2mkiDFu8yU9AS1ed4OpIszj7UDNEHGran=,", "HostID: "+strings.Repeat("9", 66)+",")
	f("id 8Ww5/aH7tK2m/1234/Lp0Qz9Rb4/Tn6Vc1Xd3Yf8", "id "+strings.Repeat("9", 40))
	f("id 8Ww5/aH7tK2m/Lp0Qz9Rb4/0a1b2c3d4e5f/Vc1Xd3Yf=", "id "+strings.Repeat("9", 45))
	f("id aB1+cD2/eF3=gH4+iJ5/kL6=mN7+oP8/qR9=rker-12", "id "+strings.Repeat("9", 40)+"-12")
	same("AKIAIOSFODNN7EXAMPLE", "AROA1234567890123456", "deadbeefcafe", "SOMETHINGWITHOUTADIGIT", "AmazonS3ExceptionHandler2Factory")
	f("role/ecsTaskExecutionRole/a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6 is", "role/ecsTaskExecutionRole/99999999999999999999999999999999 is")
	f("repository/OrdersApiRepositoryForProduction/01EECWSM3QX0VNZ3HS092DM0SE:v1", "repository/OrdersApiRepositoryForProduction/99999999999999999999999999:v1")
	same("/usr/share/app/v2/static/assets/images/orders/AccessDenied/index", "com/example/shop/orders/v1/OrderRepositoryImplementation")
	// times
	f("2031-02-03T04:05:06.789Z ERROR", "2031-02-03T99:99:99.9Z ERROR")
	f("2031-02-03 04:05:06,789123 ERROR", "2031-02-03 99:99:99,9 ERROR")
	f("03/Feb/2031:04:05:06 +0000", "03/Feb/2031:99:99:99 +0000")
	f("Feb  3 04:05:06 host", "Feb  3 99:99:99 host")
	same("104:05:06", "04:05:067", "04:05", "4:05:06", "04:5:06")
	// numbers
	f("took 0.238s", "took 9s")
	f("took 12.3456 ms", "took 9 ms")
	f("peer 10.0.3.17:41234: refused", "peer 10.0.3.17:99999: refused")
	f("[http-nio-8080-exec-12] [pool-3-thread-7] ForkPoolWorker-101]", "[http-nio-8080-exec-9] [pool-3-thread-9] ForkPoolWorker-9]")
	f("1.2345abcdef0123 x", "9abcdef0123 x")
	f("1.2345abcdef012345 x", "9999999999999 x")
	same("169.254.", "0.00", "0.0", "1.25", "10.0.3.17", "169.254.170.2", "1.2.345", "1.234.5", "v1.2345", "port:41234", "HTTP-403", "exec-12a")
	// keys
	f(`"arn:aws:s3:::bucket/2031/02/report.csv" because`, `"arn:aws:s3:::bucket/9" because`)
	f("s3://bucket/a/b.csv.", "s3://bucket/9.")
	f("s3a://bucket/a/b: no", "s3a://bucket/9: no")
	f("s3n://b/é", "s3n://b/9")
	same("arn:aws:s3:::bucket", "arn:aws:s3:::bucket/", "arn:aws:s3:::bucket/*", "s3://bucket", "s3:::", "s3:GetObject", "https://s3.amazonaws.com/b/k")
	// codes of errors
	same("ORA-01017", "AADSTS70002", "AADSTS7000215", "0x80070005", "80070005", "80090308: LdapErr: DSID-0C09044E, data 52e", "E0000004", "AADB2C90118", "28P01", "SQLSTATE 28000",
		"535 5.7.8", "401", "403", "ERROR 1045 (28000)", "Error: 18456", "0xC000006D", "C000006D", "IDX10214", "KRB5KDC_ERR_PREAUTH_FAILED", "(49)", "16 UNAUTHENTICATED", "HTTP/1.1 401", "code E401", "ER_ACCESS_DENIED_ERROR", "NT_STATUS_LOGON_FAILURE", "18:00", "errno 13")
}

// A long text is its own gist, and so is what follows many cuts.
func TestReadIsBounded(t *testing.T) {
	var g Gist
	long := bytes.Repeat([]byte("0123456789abcdef "), MaxText/17+1)
	if g.Read(long); g.Short() || &g.Text()[0] != &long[0] {
		t.Error("something is left out of a long text")
	}
	many := []byte(strings.Repeat("1.2345 ", maxCuts+1))
	if g.Read(many); string(g.Text()) != strings.Repeat("9 ", maxCuts)+"1.2345 " {
		t.Errorf("got %s", g.Text())
	}
}

func TestRaw(t *testing.T) {
	var g Gist
	f := func(text, in, want string) {
		t.Helper()
		g.Read([]byte(text))
		start := bytes.Index(g.Text(), []byte(in))
		if got := text[g.Raw(start):g.Raw(start+len(in))]; got != want {
			t.Errorf("%s: %s in %s is %s; want %s", text, in, g.Text(), got, want)
		}
	}
	const text = `04:05:06.789 1767225600.5 "arn:aws:s3:::b/some/key" said task 0123456789abcdef`
	f(text, "99:99:99.9", "04:05:06.789")
	f(text, `9 "arn`, `1767225600.5 "arn`)
	f(text, "b/9", "b/some/key")
	f(text, "9\" said", "some/key\" said")
	f(text, "said", "said")
	f(text, "9999999999999999", "0123456789abcdef")
	f("no ids", "ids", "ids")
}

func TestReadAllocatesNothing(t *testing.T) {
	g, text := new(Gist), []byte(`2031-02-03T04:05:06.789Z "arn:aws:s3:::b/some/key" 0123456789abcdef`)
	if n := testing.AllocsPerRun(100, func() { g.Read(text) }); n != 0 {
		t.Errorf("Read allocates %v times", n)
	}
}

// FuzzRead checks what a gist promises: nothing but blanks differs from the text, and the way
// back to the text is right.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`2031-02-03T04:05:06.789Z exec-12 "arn:aws:s3:::b/some/key" 0123456789abcdef 10.0.0.1:41234 1.2345`))
	f.Add([]byte("04:05:06a12345-1234-1234-1234-123456789012"))
	f.Add([]byte("s3:::/0 s3:///00:00:00.0exec-1/1"))
	f.Add([]byte("aB1+cD2/eF3=gH4+iJ5/kL6=mN7+oP8/qR9=sT0+uV1/wX2=yZ3s3://a/b"))
	f.Fuzz(func(t *testing.T, text []byte) {
		var g Gist
		before := slices.Clone(text)
		g.Read(text)
		said := slices.Clone(g.Text())
		if !bytes.Equal(text, before) || len(said) > len(text) {
			t.Fatalf("%q: text changed, or its gist is longer: %q", before, said)
		}
		if g.Raw(0) != 0 || g.Raw(len(said)) != len(text) {
			t.Fatalf("%q: the ends are at %d and %d", text, g.Raw(0), g.Raw(len(said)))
		}
		for i, c := range said {
			from, to := g.Raw(i), g.Raw(i+1)
			if from >= to || endsKey[c] && c != text[from] || c != blank && (to != from+1 || text[from] != c) ||
				c == blank && bytes.ContainsFunc(text[from:to], func(r rune) bool { return r < 0x80 && endsKey[r] }) {
				t.Fatalf("%q: byte %d of %q is %q", text, i, said, text[from:to])
			}
		}
		var again Gist
		if again.Read(text); !bytes.Equal(again.Text(), said) {
			t.Fatalf("%q: once %q, once %q", text, said, again.Text())
		}
	})
}
