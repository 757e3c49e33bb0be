package extract

// userMarks stand before the name by which a database or broker knows a client.
var userMarks = [...]string{
	"user \"", "user '", "user [", // PostgreSQL, MySQL, SQL Server, MongoDB, RabbitMQ, Elasticsearch
	"for user ",
	"principalName\":", // MongoDB's log
	"Fehler bei der Anmeldung für den Benutzer ", // SQL Server in German
	"User [name=",       // OpenSearch
	"Principal = User:", // Kafka
	"NOPERM User ",      // Redis
}

// findUser returns the database user that the text names as refused, without
// quotes, or nil.
func findUser(text []byte) []byte {
	for _, mark := range userMarks {
		at := index(text, mark)
		if at < 0 {
			continue
		}
		// The quote belongs to the name.
		rest := text[at+len(mark):]
		switch mark[len(mark)-1] {
		case '"', '\'':
			rest = text[at+len(mark)-1:]
		}
		rest = rest[skipSpace(rest, 0):]
		if q := quoted(rest); q != nil {
			return q
		}
		if name := until(rest, " ,;:)]}\"'\n\t"); len(name) > 0 && !isARN(rest) {
			return name
		}
	}
	return nil
}

// hostMarks stand before the host of a database.
var hostMarks = [...]string{
	"connection to server at ",    // libpq
	"failed to connect to `host=", // pgx 4
}

// findDatabaseHost returns the database's host, or nil. The address in MySQL's
// 'user'@'host' is the client's, not the database's.
func findDatabaseHost(text []byte) []byte {
	for _, mark := range hostMarks {
		if rest := after(text, mark); rest != nil {
			if q := quoted(rest); q != nil {
				return q
			}
			return until(rest, " ,`\n")
		}
	}
	// pgx 5: failed to connect to `user=… database=…`: 10.0.3.4:5432 (HOST): …
	if rest := after(text, "failed to connect to `user="); rest != nil {
		rest = after(rest, "`: ")
		if open := after(until(rest, "\n"), " ("); open != nil {
			return until(open, "):")
		}
	}
	return nil
}
