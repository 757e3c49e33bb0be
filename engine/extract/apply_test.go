package extract

import (
	"reflect"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/lazy"
)

func TestApply(t *testing.T) {
	text := []byte("acme-gw: refused key=orders code=E42 upstream=10.0.3.4 status=403")
	f := Facts{ErrorCode: "read before", HTTPStatus: 500, Action: "kept"}
	f.Apply([]lazy.Regexp{
		lazy.Compile(`code=(?P<error_code>\w+).*status=(?P<http_status>\d+)`),
		lazy.Compile(`upstream=(?P<endpoint>\S+)(?P<resource>)(?P<no_fact>.)`),
		lazy.Compile(`not there (?P<action>\w+)`),
	}, text)
	want := Facts{ErrorCode: "E42", HTTPStatus: 403, Endpoint: "10.0.3.4", Action: "kept"}
	if f != want {
		t.Errorf("Apply gave %+v, want %+v", f, want)
	}
}

// Every published name that a group can fill is a fact, and the other way round.
func TestSetKnowsEveryFact(t *testing.T) {
	fills := func(name string) bool {
		var f Facts
		f.set(name, "403")
		return f != Facts{}
	}
	fields := reflect.TypeFor[Facts]()
	for i := range fields.NumField() {
		field := fields.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		fillable := field.Type.Kind() == reflect.String || field.Type.Kind() == reflect.Int
		if fills(name) != fillable {
			t.Errorf("a group %q fills a fact: %v, want %v", name, fills(name), fillable)
		}
	}
	if fills("no_fact") {
		t.Error("a group no_fact fills a fact")
	}
}
