package mention

import "testing"

func TestOfBounds(t *testing.T) {
	f := kindTest(t)
	f("max 5 ‹failed logins›", Condition)
	f(`{"msg":"lockout: maximum of 5 ‹failed login› attempts","n":1}`, Condition)
	f("Lock accounts after max 5 ‹failed logins›", Condition)
	f("allowing up to 3 ‹failed logins› before lockout", Condition)
	f("at most 3 ‹failed logins›, then captcha", Condition)
	f("policy: max ‹failed logins› 5", Condition)
	f("exceeded max 5 ‹failed logins›", None)
	f("max 5 ‹failed logins› were reached by bob", None)
	f("bob exceeded the allowed maximum of 5 ‹failed logins›", None)
	f("account bob locked after maximum of 5 ‹failed logins›", None)
	f("went up by most 5 ‹failed logins›", None)
	f("added to 3 ‹failed logins›", None)
	f("5 ‹failed logins› of bob", None)
	f("max ‹failed logins› 5 of bob", None)
}
