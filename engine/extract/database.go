package extract

import "bytes"

// findUser returns the database user that the text names as refused, without
// quotes, or nil.
func findUser(text []byte) []byte {
	for i := 0; ; {
		at := index(text[i:], "user")
		if at < 0 {
			break
		}
		i += at + len("user")
		if name := userAt(text, i); name != nil {
			return name
		}
	}
	for i, mark := range userMarks {
		if i == firstUserMark && !contains(text, "User") {
			break
		}
		rest := after(text, mark)
		if name := userName(rest[skipSpace(rest, 0):]); name != nil {
			return name
		}
	}
	if name := mongoUser(text); name != nil {
		return name
	}
	if name := kafkaUser(text); name != nil {
		return name
	}
	if name := foreignUser(text); name != nil {
		return name
	}
	if name := poolerUser(text); name != nil {
		return name
	}
	return proxyUser(text)
}

// mongoUser reads MongoDB's log since version 7, in which a login has another number and other
// words: "msg":"Failed to authenticate","attr":{"client":"…","user":"NAME",….
func mongoUser(text []byte) []byte {
	return until(after(until(after(text, `"Failed to authenticate"`), "\n"), `"user":"`), `"`)
}

// kafkaUser reads the log of Kafka's authorizer, in which a user may be the subject of a
// certificate:
//
//	Principal = User:NAME is Denied …   Principal = User:CN=NAME,OU=Fleet,O=Acme Inc is Denied …
func kafkaUser(text []byte) []byte {
	name, _, ok := bytes.Cut(until(after(text, "Principal = User:"), "\n"), []byte(" is "))
	if !ok {
		return nil
	}
	return name
}

// foreignUser reads the name in quotes behind the word for user in the languages
// that PostgreSQL and SQL Server speak.
func foreignUser(text []byte) []byte {
	for _, word := range [...]string{
		"el usuario", "'utilisateur", "o usuário", "para usuário", "'utente", "пользователь", "пользователя", "用户", "用戶", "ユーザー",
	} {
		rest := after(text, word)
		rest = rest[skipSpace(rest, 0):]
		if name := quoted(rest); name != nil {
			return name
		}
		if name, ok := bytes.CutPrefix(rest, guillemets[1]); ok { // «NAME», « NAME »
			name, _, _ = bytes.Cut(name, guillemets[0])
			return bytes.Trim(name, " \u00a0\u202f")
		}
	}
	return nil
}

// poolerUser reads the head of PgBouncer's lines, C for its clients and S for the
// servers that it logs in to:
//
//	C-0x7f2ac41d6f10: DATABASE/USER@10.42.3.18:40122 closing because: …
func poolerUser(text []byte) []byte {
	for _, mark := range [...]string{"C-0x", "S-0x"} {
		whose := until(after(after(text, mark), ": "), " \n")
		slash, at := bytes.IndexByte(whose, '/'), bytes.LastIndexByte(whose, '@')
		if slash < 0 || at < slash {
			continue
		}
		if name := whose[slash+1 : at]; len(name) > 0 && name[0] != '(' { // "(nouser)", before it is known
			return name
		}
	}
	return nil
}

// proxyUser reads RDS Proxy, in whose sentences a user is a role:
//
//	The IAM authentication failed for the role NAME.
//	The password that was provided for the role NAME is wrong.
//	This RDS proxy has no credentials for the role NAME.
func proxyUser(text []byte) []byte {
	const mark = "for the role "
	at := index(text, mark)
	if at < 0 {
		return nil
	}
	for _, head := range [...]string{"authentication failed ", "was provided ", "has no credentials "} {
		if hasSuffix(text[:at], head) {
			return bytes.TrimRight(userName(text[at+len(mark):]), ".")
		}
	}
	return nil
}

// userMarks stand before the name where it is not the word "user" that does.
var userMarks = [...]string{
	"principalName\":", // MongoDB's log
	"Benutzer ",        // SQL Server in German
	// From here on they have the word "User".
	"User [name=",            // OpenSearch
	"NOPERM User ",           // Redis
	"Violation - User ",      // NATS' log
	"PermissionError: User ", // redis-py, which takes NOPERM off
}

// firstUserMark is the first of userMarks that has the word "User".
const firstUserMark = 2

// userAt reads the name behind the word "user" at text[i:], if the word is one
// of a database's sentence and not a field or a part of another word:
//
//	for user "NAME"   user 'NAME'@'…'   for user [NAME]   for user NAME
func userAt(text []byte, i int) []byte {
	if i+1 >= len(text) || text[i] != ' ' {
		return nil
	}
	switch text[i+1] {
	case '"', '\'':
		if rest, ok := bytes.CutPrefix(text[i+1:], []byte(`""`)); ok { // within a value of CSV, or none
			name := until(rest, "\" \n")
			if len(name) == 0 || !hasPrefix(rest[len(name):], `""`) {
				return nil
			}
			return name
		}
		if name := quoted(text[i+1:]); !hasPrefix(name, "<") { // SQL Server's <token-identified principal>
			return name
		}
		return nil
	case '[':
		if name := until(text[i+2:], "],\n"); view(name) != "preauth" { // sshd's mark
			return name
		}
		return nil
	}
	if hasSuffix(text[:i], "for user") {
		name := bytes.TrimRight(userName(bytes.TrimPrefix(afterUserNoun(text[i+1:]), []byte("{"))), ".") // {NAME}: Redpanda
		switch view(name) {
		case "could", "cannot", "was", "is", "has", "failed": // credentials for user could not be verified
			return nil
		}
		return name
	}
	// CockroachDB: user NAME does not have SELECT privilege on …
	if name, rest, ok := bytes.Cut(text[i+1:], []byte(" ")); ok && hasPrefix(rest, "does not have ") && contains(until(rest, "\n"), "privilege") {
		return name
	}
	return nil
}

// afterUserNoun returns b behind what a sentence calls the name, and a sign: for user ID NAME,
// for user name: NAME.
func afterUserNoun(b []byte) []byte {
	for _, noun := range [...]string{"ID", "id", "name", "account"} {
		rest, ok := bytes.CutPrefix(b, []byte(noun))
		if name := bytes.TrimLeft(rest, " :="); ok && len(name) < len(rest) {
			return name
		}
	}
	return b
}

// userName returns the name that b starts with, quoted or not.
func userName(b []byte) []byte {
	if q := quoted(b); q != nil {
		return q
	}
	b = bytes.TrimPrefix(b, guillemets[0])
	if name := until(b, " ,;:)]}\"'\n\t"); len(name) > 0 && !isARN(b) {
		return bytes.TrimSuffix(name, guillemets[1])
	}
	return nil
}

// guillemets are the quotes of PostgreSQL in German.
var guillemets = [...][]byte{[]byte("»"), []byte("«")}

// findDatabaseHost returns the host that a PostgreSQL client could not log in
// to, or nil. The address in MySQL's 'user'@'host' is the client's.
//
//	connection to server at "HOST" (10.0.3.4), port 5432 failed      libpq
//	failed to connect to `host=HOST user=… database=…`               pgx 4
//	failed to connect to `user=… database=…`: 10.0.3.4:5432 (HOST):  pgx 5, the address at times on a line of its own
func findDatabaseHost(text []byte) []byte {
	if rest := after(text, "connection to server at "); rest != nil {
		return quoted(rest)
	}
	if rest := after(text, "`host="); rest != nil {
		return until(rest, " ,`\n")
	}
	if rest := after(text, "`user="); rest != nil {
		addresses := after(rest, "`:")
		line := until(addresses[skipSpace(addresses, 0):], "\n")
		_, host, ok := bytes.Cut(line, []byte(" ")) // none behind the address of a socket
		if ok && hasPrefix(host, "(") && !hasPrefix(host, "(SQLSTATE") {
			return until(host[1:], "):")
		}
	}
	return nil
}
