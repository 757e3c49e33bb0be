package diagnose

import (
	"cmp"
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

var (
	// A client says which port did not let it in:
	//
	//	connection to server at "HOST" (10.0.3.4), port 5439 failed   libpq
	//	`user=… database=…`: 10.0.3.4:6543 (HOST):                    pgx 5
	databasePortForm = lazy.Compile("(?:, port |`:\\s+[\\w.:\\[\\]-]{1,60}:)(\\d{2,5})(?: failed| \\()")
	// askedDatabaseForm is how PostgreSQL and its clients name what was to be opened.
	askedDatabaseForm = lazy.Compile(`\bdatabase(?:=| \\*"| »)([\w.-]{1,63})`)
	// hbaLineForm is how PostgreSQL's own log says by which line it went.
	hbaLineForm = lazy.Compile(`Connection matched (?:file \\*"[^"\n]{1,200}" |pg_hba\.conf )line (\d{1,6})`)
	// A server, or a pooler before it, says whom it turned away:
	//
	//	Host '10.0.4.9' is blocked …       MySQL
	//	entry for host "10.0.3.44", …      PostgreSQL
	//	connection from host "10.0.0.5"    PostgreSQL, of a replica
	//	C-0x…: DATABASE/USER@10.42.3.18:…  PgBouncer
	//	Client with IP address '52.1.2.3'  Azure SQL
	databaseClientForm = lazy.Compile(`(?:\bHost \\*'|\bIP address \\*'|\bhost \\*"|\bC-0x[0-9a-f]+: [^\s/]{1,64}/[^\s@]{1,64}@)([\w.:-]{2,60}?)(?:\\*['"]|:\d+ )`)
)

// databaseObject is what of a database was refused, behind the text's own word for
// what it is, where it has one: schema audit, or audit alone.
func (r *reading) databaseObject() string {
	return withObjectKind(objectKindForm, r.facts.Resource, r.text)
}

// objectKindForm is what databases call the things that they refuse, before the name.
var objectKindForm = lazy.Compile(`(?i)\b(table or view|table|relation|schema|database|sequence|function|procedure|materialized view|view|tablespace|warehouse|stage|role)[ :] ?$`)

// mysqlHostForm is the host behind the user whom MySQL refused, when it is no pattern.
var mysqlHostForm = lazy.Compile(`for user '[^']{1,80}'@'([\w.:-]{1,255})'`)

// databasePort is the port of PostgreSQL that was called, or the one that servers
// of its kind have.
func databasePort(text string) string {
	isRedshift := strings.Contains(strings.ToLower(text), "redshift")
	return cmp.Or(captured(databasePortForm, text), given(isRedshift, redshiftPort), "5432")
}

// redshiftPort is where Redshift listens, and nothing else does by custom.
const redshiftPort = "5439"

// askedDatabase is the database that was asked for.
func askedDatabase(text string) string { return captured(askedDatabaseForm, text) }

// loginDatabase is a database to try a login with: psql itself would ask for one
// named like the user, which need not be there.
func loginDatabase(text string) string {
	return cmp.Or(askedDatabase(text), given(databasePort(text) == redshiftPort, "dev"), "postgres")
}

// databaseClient is the address that a database's own words say it turned away.
func databaseClient(text string) string { return captured(databaseClientForm, text) }
