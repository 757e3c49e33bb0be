package extract

// userMarks stand before the name by which a database or broker knows a client.
var userMarks = [...]string{
	"for user ",        // PostgreSQL, MySQL, SQL Server, RabbitMQ
	"principalName\":", // MongoDB
	"Could not find user ", "Fehler bei der Anmeldung für den Benutzer ",
	"User [name=",       // OpenSearch
	"Principal = User:", // Kafka
	"NOPERM User ",      // Redis
}

// findUser returns the database user that the text names as refused, without
// quotes, or nil.
func findUser(text []byte) []byte {
	for _, mark := range userMarks {
		rest := after(text, mark)
		if rest == nil {
			continue
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
