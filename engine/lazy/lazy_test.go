package lazy

import "testing"

func TestCompile(t *testing.T) {
	if form := Compile(`b(.)`); form().FindStringSubmatch("abc")[1] != "c" || form() != form() {
		t.Error("expected one expression, which finds c")
	}
}

func TestAWrongExpressionFailsTests(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("expected a panic at once; got none")
		}
	}()
	Compile(`(`)
}
