package redact

import "testing"

func TestStatements(t *testing.T) {
	f, keeps := cases(t)
	f(`STATEMENT:  INSERT INTO users (name, pw) VALUES ('ada', 'it''s, (me)', 4) RETURNING id`, `STATEMENT:  INSERT INTO users (name, pw) VALUES ('[redacted]', '[redacted]', 4) RETURNING id`)
	f(`insert into users values (1,"ada","hunter"), (2, 'bob', crypt('tiger', gen_salt('bf')))`, `insert into users values (1,"[redacted]","[redacted]"), (2, '[redacted]', crypt('[redacted]', gen_salt('[redacted]')))`)
	f(`{"query":"INSERT INTO t (a) VALUES (\"hunter\")","user":"ada"}`, `{"query":"INSERT INTO t (a) VALUES (\"[redacted]\")","user":"ada"}`)
	f(`INSERT INTO users (pw) VALUES ('hunt`, `INSERT INTO users (pw) VALUES ('[redacted]`)
	f(`EXEC sp_addlogin 'ada', 'hunter'; EXEC sp_addlogin @loginame = N'ada', @passwd = N'hunter'`, `EXEC sp_addlogin 'ada', '[redacted]'; EXEC sp_addlogin @loginame = N'ada', @passwd = N'[redacted]'`)
	f(`[SQL: UPDATE u SET pw=%s] [parameters: ('hunter', 7)] (Background on this error`, `[SQL: UPDATE u SET pw=%s] [parameters: ('[redacted]', 7)] (Background on this error`)
	f(`[parameters: {'name': 'ada', 'pin': 'hunter'}]`, `[parameters: {'name': '[redacted]', 'pin': '[redacted]'}]`)
	f(`[parameters: [{'pin': 'hunter'}, {'pin': 'tiger'}]]`, `[parameters: [{'pin': '[redacted]'}, {'pin': '[redacted]'}]]`)
	f(`DETAIL:  parameters: $1 = 'ada', $2 = 'hunter'`, `DETAIL:  parameters: $1 = '[redacted]', $2 = '[redacted]'`)
	f(`binding parameter [2] as [VARCHAR] - [hunter]`, `binding parameter [2] as [VARCHAR] - [[redacted]]`)
	f(`binding parameter (2:VARCHAR) <- [hunter]`, `binding parameter (2:VARCHAR) <- [[redacted]]`)

	f(`(pgpass line: db.example.com:5432:shop:ada:hunter)`, `(pgpass line: db.example.com:5432:shop:ada:[redacted])`)

	// What a constraint refuses.
	f("DETAIL:  Failing row contains (1, ada, hunter, (x)).", "DETAIL:  Failing row contains ([redacted]).")
	f("DETAIL:  Key (email, reset_token)=(a@b.c, hunter(2)) already exists.", "DETAIL:  Key (email, reset_token)=([redacted]) already exists.")
	f("Duplicate entry 'it's hunter' for key 'users.uq_api_key'", "Duplicate entry '[redacted]' for key 'users.uq_api_key'")
	keeps("DETAIL:  Key (role)=(admin) is not present in table \"roles\". Duplicate entry 'ada' for key 'PRIMARY'")

	keeps(`permission denied for table users STATEMENT:  SELECT a FROM users WHERE id = $1`)
	keeps(`INSERT command denied to user 'app'@'10.0.0.1' for table 'users'`)
	keeps(`An error occurred (ValidationException): allowed values ('STANDARD', 'GLACIER'), parameters: [SubnetIds]`)
	keeps(`INSERT INTO t (a, b) VALUES ($1, $2), (now(), 4)`)
}
