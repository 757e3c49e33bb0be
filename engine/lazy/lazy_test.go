package lazy

import "testing"

func TestCompile(t *testing.T) {
	form := Compile(`b(.)`)
	if got := form().FindStringSubmatch("abc")[1]; got != "c" {
		t.Errorf("found %q, want c", got)
	}
	if first, second := form(), form(); first != second {
		t.Error("two calls compiled two expressions")
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
