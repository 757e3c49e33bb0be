package text

import (
	"bytes"
	"strings"
	"testing"
)

func TestNormalise(t *testing.T) {
	f := func(in, want string) {
		t.Helper()
		if got := string(Normalise(nil, []byte(in))); got != want {
			t.Errorf("Normalise(%q)\n got %q\nwant %q", in, got, want)
		}
	}
	f("", "")
	f("plain", "plain")
	// One, two and three layers.
	f(`{"msg":"a \"b\"\n\tc"}`, "{\"msg\":\"a \"b\"\n\tc\"}")
	f(`{"log":"{\"msg\":\"a \\\"b\\\"\\nc\"}"}`, "{\"log\":\"{\"msg\":\"a \"b\"\nc\"}\"}")
	f(`{"a":"{\"b\":\"{\\\"c\\\":\\\"x \\\\\\\"y\\\\\\\"\\\"}\"}"}`, `{"a":"{"b":"{"c":"x "y""}"}"}`)
	// A logfmt value that its program quoted.
	f(`msg="denied\n\tstatus code: 400"`, "msg=\"denied\n\tstatus code: 400\"")
	// HTML-safe encoders, and characters beyond the basic plane.
	f(`{"a":"\u003cCode\u003eAccessDenied\u003c\/Code\u003e"}`, `{"a":"<Code>AccessDenied</Code>"}`)
	f(`{"a":"\ud83d\ude00 \ud83d"}`, "{\"a\":\"\U0001F600 \uFFFD\"}")
	// Backslashes that are no escapes stay.
	f(`Aws\Exception\CredentialsException: no`, `Aws\Exception\CredentialsException: no`)
	f(`{"m":"Aws\\Exception\\CredentialsException \"x\""}`, `{"m":"Aws\Exception\CredentialsException "x""}`)
	f(`at D:\Sites\notify\node_modules\x.js:3`, `at D:\Sites\notify\node_modules\x.js:3`)
	f(`open C:\temp\new\file.txt`, `open C:\temp\new\file.txt`)
	f(`{"m":"open C:\\temp\\new.txt: {\"code\":5}"}`, `{"m":"open C:\temp\new.txt: {"code":5}"}`)
	f(`match \d+\.\w`, `match \d+\.\w`)
	// Mixed: certain escapes only.
	f(`App\Jobs\Run: {\"code\":\"AccessDenied\"}\n\tstatus code: 403\n`,
		"App\\Jobs\\Run: {\"code\":\"AccessDenied\"}\n\tstatus code: 403\n")
	// Colours, also escaped and as viewers copy them.
	f("\x1b[1;31merror\x1b[0m: x", "error: x")
	f(`{"m":"\u001b[31merror\u001b[39m"}`, `{"m":"error"}`)
	f("\u2190[35mweb |\u2190[0m x", "web | x")
	f("\x1b(Bdone\x1b", "done")
	f("stray \x1b\nnext", "stray \nnext")
	// Cut escapes.
	f(`{"m":"x\`, `{"m":"x\`)
	f(`{"m":"\"x\u00`, `{"m":""x\u00`)
}

func TestNormaliseReturnsSourceWhenClean(t *testing.T) {
	f := func(in string) {
		t.Helper()
		src := []byte(in)
		got := Normalise(make([]byte, 0, 64), src)
		if len(got) != len(src) || &got[0] != &src[0] {
			t.Errorf("Normalise(%q) copied a clean text", in)
		}
	}
	f("User: arn:aws:iam::111122223333:user/x is not authorized")
	f(`Aws\Exception\CredentialsException`)
}

func TestNormaliseDoesNotAllocate(t *testing.T) {
	src := []byte(`{"log":"{\"msg\":\"\u001b[31mAccessDenied\\n\\tstatus code: 403\"}"}`)
	dst := make([]byte, 0, len(src))
	if n := testing.AllocsPerRun(100, func() { Normalise(dst, src) }); n != 0 {
		t.Errorf("Normalise allocates %v times, want 0", n)
	}
}

func FuzzNormalise(f *testing.F) {
	f.Add([]byte(`{"log":"{\"msg\":\"a \\\"b\\\"\\nc\"}"}`))
	f.Add([]byte(`App\Jobs: {\"a\":\"\u001b[3\\\\1m\ud83d\ude00\"}\n\t`))
	f.Add([]byte("\u2190[35m\x1b[\\u001b[0m"))
	f.Fuzz(func(t *testing.T, src []byte) {
		kept := bytes.Clone(src)
		got := Normalise(make([]byte, 0, len(src)), src)
		if !bytes.Equal(src, kept) {
			t.Fatalf("source changed: %q became %q", kept, src)
		}
		if len(got) > len(src) {
			t.Fatalf("grew from %d to %d bytes: %q became %q", len(src), len(got), src, got)
		}
		if fresh := Normalise(nil, src); !bytes.Equal(fresh, got) {
			t.Fatalf("%q depends on dst: %q and %q", src, got, fresh)
		}
		if !strings.ContainsAny(string(src), "\\\x1b\u2190") && !bytes.Equal(got, src) {
			t.Fatalf("clean text %q became %q", src, got)
		}
	})
}

func BenchmarkNormalise(b *testing.B) {
	run := func(name, line string) {
		src := bytes.Repeat([]byte(line), 1+500/len(line))
		dst := make([]byte, 0, len(src))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				Normalise(dst, src)
			}
		})
	}
	run("clean", "User: arn:aws:iam::111122223333:user/x is not authorized to perform: s3:GetObject ")
	run("one layer", `{"level":"error","msg":"AccessDenied: \"x\"\n\tstatus code: 403"}`)
	run("two layers", `{"log":"{\"level\":\"error\",\"msg\":\"AccessDenied\\n\"}"}`)
}
