package redact

import "testing"

func TestTables(t *testing.T) {
	f, keeps := cases(t)
	// psql
	f(" id | name | password | role\n----+------+----------+------\n  1 | ada  | sunshine | app\n  2 | bob  |          | app\n(2 rows)\n",
		" id | name | password | role\n----+------+----------+------\n  1 | ada  | [redacted] | app\n  2 | bob  |          | app\n(2 rows)\n")
	f("-[ RECORD 1 ]-----\nid       | 1\npassword | sunshine\nrole     | app", "-[ RECORD 1 ]-----\nid       | 1\npassword | [redacted]\nrole     | app")
	// Behind a logger's time and level, which are not the table's.
	f("04:12 ERROR | user | secret |\n|---|---|\n| bob | sunshine |", "04:12 ERROR | user | secret |\n|---|---|\n| bob | [redacted] |")
	// MySQL
	f("+----+-----------+\n| id | api_token |\n+----+-----------+\n|  1 | sunshine  |\n|  2 | NULL      |\n|  3 | moonlight |\n+----+-----------+\n3 rows in set\n| x | y |",
		"+----+-----------+\n| id | api_token |\n+----+-----------+\n|  1 | [redacted]  |\n|  2 | NULL      |\n|  3 | [redacted] |\n+----+-----------+\n3 rows in set\n| x | y |")
	// One column; Markdown
	f(" client_secret \n---------------\n sunshine\n(1 row)", " client_secret \n---------------\n [redacted]\n(1 row)")
	f("| user | password |\n|:-----|---------:|\n| ada | sunshine |", "| user | password |\n|:-----|---------:|\n| ada | [redacted] |")
	f("┌──────┬──────────┐\n│ user │ password │\n├──────┼──────────┤\n│ ada  │ sunshine │\n└──────┴──────────┘", "┌──────┬──────────┐\n│ user │ password │\n├──────┼──────────┤\n│ ada  │ [redacted] │\n└──────┴──────────┘")

	keeps(" id | name\n----+------\n  1 | ada\n\n password | is wrong\n")
	keeps("select password | sunshine\nname | password\nbob | denied")
	keeps(" user | password_changed_at\n------+------\n ada | 2031-01-02")
	keeps("Password\n--------\nIt is required.")
	keeps("| the password | is required |\n+----+")
	keeps("a | b\n--+--\n1 | 2 | 3\nx")
}
