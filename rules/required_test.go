package rules

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestRequired(t *testing.T) {
	f := func(s Signature, want ...string) {
		t.Helper()
		got, err := s.Required()
		if err != nil {
			t.Errorf("%+v: %v", s, err)
			return
		}
		var texts []string
		for _, piece := range got {
			texts = append(texts, piece.Text)
			escaped := strings.HasPrefix(piece.Text, "u003d")
			if s.Regex == "" && !escaped && !strings.HasPrefix(Lower(s.Literal + s.Word)[piece.Start:], piece.Text) {
				t.Errorf("%+v: does not have %q at %d", s, piece.Text, piece.Start)
			}
		}
		if !slices.Equal(texts, want) {
			t.Errorf("%+v: got %q, want %q", s, texts, want)
		}
	}
	// Literals.
	f(Signature{Literal: "Access Denied"}, "access denied")
	f(Signature{Word: "AccessDenied"}, "accessdenied")
	f(Signature{Literal: `"code":"AccessDenied"`}, "accessdenied")
	f(Signature{Literal: `"status":403`}, ":403")
	f(Signature{Literal: "HTTP/2 401"}, "/2 401")
	f(Signature{Literal: "Anmeldung für den"}, "anmeldung f")
	f(Signature{Literal: "status=401"}, "status=401", "u003d401")
	f(Signature{Literal: "a=b=RESULT"}, "result")
	f(Signature{Literal: "KeeperErrorCode = NoAuth"}, "keepererrorcode = noauth", "u003d noauth")
	f(Signature{Literal: "tag=97"}, "tag=97", "u003d97")
	f(Signature{Literal: "RESULT tag="}, "result tag")
	// Beyond ASCII, where there is not enough else.
	f(Signature{Literal: "登录失败"}, "登录失败")
	f(Signature{Literal: `"Доступ" закрыт`}, " закрыт")
	f(Signature{Literal: "нет доступа к схеме"}, "нет доступа к схеме")
	// Expressions.
	f(Signature{Regex: `login refused`}, "login refused")
	f(Signature{Regex: `(?-i)Login refused`}, "login refused")
	f(Signature{Regex: `\d+ login refused .*`}, " login refused ")
	f(Signature{Regex: `login (refused|denied)`}, "login denied", "login refused")
	f(Signature{Regex: `(refused|denied)+ for \w+`}, "denied", "refused")
	f(Signature{Regex: `HTTP 40[13]\b`}, "http 401", "http 403")
	f(Signature{Regex: `(40[13]|50[02]) denied`}, "401 denied", "403 denied", "500 denied", "502 denied")
	f(Signature{Regex: `\b(GET|POST) .* refused`}, " refused")
	f(Signature{Regex: `AADSTS\d{4,7}`}, "aadsts")
	f(Signature{Regex: `(login)? refused`}, " refused", "login refused")
	f(Signature{Regex: `login (refused|\w+) denied`}, " denied")
	f(Signature{Regex: `login {1,2}refused`}, "login  refused", "login refused")
	f(Signature{Regex: `(no ){2}entry`}, "no no entry")
	f(Signature{Regex: `login {1,99}refused`}, "refused")
	f(Signature{Regex: `login {2,}refused`}, "refused")
	f(Signature{Regex: `(denied){2,} again`}, "denied")
}

func TestRequiredRefuses(t *testing.T) {
	f := func(s Signature) {
		t.Helper()
		if got, err := s.Required(); err == nil {
			t.Errorf("%+v: want an error, got %+v", s, got)
		}
	}
	f(Signature{Literal: "403"})
	f(Signature{Literal: `"a":"b"`})
	f(Signature{Word: "x=1"})
	f(Signature{Regex: `.*`})
	f(Signature{Regex: `\d{3}`})
	f(Signature{Regex: `(refused)?`})
	f(Signature{Regex: `refused|no`})
	f(Signature{Regex: `(refused`})
	f(Signature{Regex: `refused$`})
	f(Signature{Regex: `(?m)a|(^refused)`})
}

// Whatever an expression matches holds one of its literals.
func FuzzRequired(f *testing.F) {
	f.Add(`login (refused|denied) by \w+`, "login denied by gate")
	f.Add(`(a|b)*refused=[13]x?`, "aabrefused=3")
	f.Add(`login (refused|\w+) denied`, "login was denied")
	f.Fuzz(func(t *testing.T, expr, text string) {
		s := Signature{Regex: expr}
		need, err := s.Required()
		if err != nil {
			return
		}
		re := s.Expression()
		if !re.MatchString(text) || !isASCII(text) {
			return
		}
		for _, piece := range need {
			if regexp.MustCompile("(?i)" + regexp.QuoteMeta(piece.Text)).MatchString(text) {
				return
			}
		}
		t.Fatalf("%q matches %q, which holds none of %+v", expr, text, need)
	})
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > 127 })
}
