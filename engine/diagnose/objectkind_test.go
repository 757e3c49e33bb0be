package diagnose

import "testing"

// The word before a name is that before the name itself, not before a longer one that it is
// a part of.
func TestWithObjectKind(t *testing.T) {
	f := func(name, text, want string) {
		t.Helper()
		if got := withObjectKind(objectKindForm, name, text); got != want {
			t.Errorf("%s in %q is %q; want %q", name, text, got, want)
		}
	}
	f("orders", `permission denied for table orders`, "table orders")
	f("orders", `permission denied for relation "orders".`, "table orders")
	f("orders", "orders-api: permission denied for table orders", "table orders")
	f("app", "database application: permission denied for schema app", "schema app")
	f("orders", "table shop.orders: permission denied for view orders", "view orders")
	f("orders", "permission denied for table orders.", "table orders")
	f("orders", "orders is refused", "orders")
	f("orders", "schema orders.audit is refused", "orders")
	f("table x", "on table x", "table x")
	f("", "table ", "")
}
