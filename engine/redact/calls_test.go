package redact

import "testing"

func TestCalls(t *testing.T) {
	f, keeps := cases(t)
	f(`#0 /app/db.php(12): PDO->__construct('mysql:host=db;d...', 'root', 'hunter', Array)`, `#0 /app/db.php(12): PDO->__construct('mysql:host=db;d...', 'root', '[redacted]', Array)`)
	f(`mysqli_connect('db', 'root', 'hunter', 'shop')`, `mysqli_connect('db', 'root', '[redacted]', '[redacted]')`)
	f(`mysqli->real_connect('db', 'root', 'it\'s, me', 'shop', 3306)`, `mysqli->real_connect('db', 'root', '[redacted]', '[redacted]', 3306)`)
	f(`Doctrine\DBAL\Driver\PDOMySql\Driver->connect(Array, 'acme', 'hunter', Array)`, `Doctrine\DBAL\Driver\PDOMySql\Driver->connect(Array, 'acme', '[redacted]', Array)`)
	f(`PhpAmqpLib\Connection\AMQPStreamConnection->__construct('mq', 5672, 'bob', 'hunter', '/')`, `PhpAmqpLib\Connection\AMQPStreamConnection->__construct('mq', 5672, 'bob', '[redacted]', '[redacted]')`)
	f(`ldap_bind(Object(LDAP\Connection), 'cn=admin,dc=x', 'hunter')`, `ldap_bind(Object(LDAP\Connection), 'cn=admin,dc=x', '[redacted]')`)
	f(`{"trace":"oci_connect(\"bob\", \"hunter\", \"//ora/x\")"}`, `{"trace":"oci_connect(\"bob\", \"[redacted]\", \"[redacted]\")"}`)
	f(`Redis->auth('hunter'), AuthService->login('bob', 'hunter')`, `Redis->auth('[redacted]'), AuthService->login('bob', '[redacted]')`)
	f(`DriverManager.getConnection("jdbc:mysql://db", "app", "hunter")`, `DriverManager.getConnection("jdbc:mysql://db", "app", "[redacted]")`)
	f(`HTTPBasicAuth('bob', 'hunter'), new UsernamePasswordCredentials("bob", "hunter")`, `HTTPBasicAuth('bob', '[redacted]'), new UsernamePasswordCredentials("bob", "[redacted]")`)
	f(`{'auth': ('svc', 'hunter'), 'timeout': 3}`, `{'auth': ('svc', '[redacted]'), 'timeout': 3}`)
	f(`{ dn: 'cn=a', credentials: 'hunter!' } {"bindDN": "cn=a", "credentials": "hunter"}`, `{ dn: 'cn=a', credentials: '[redacted]' } {"bindDN": "cn=a", "credentials": "[redacted]"}`)
	f(`authentication: 'simple', credentials: 'hunter' }`, `authentication: 'simple', credentials: '[redacted]' }`)

	keeps(`fetch { mode: 'cors', credentials: 'include' }, 'auth': ('basic'), "auth": ["basic", "jwt"]`)
	keeps(`#0 /app/db.php(12): App\Repo->find('orders', 'id'), PDO->query('SELECT a FROM b')`)
	keeps(`App\AuthException->__construct('Access denied', 'orders')`)
	keeps(`Gate->authorize('view', 'orders'), Container->bind('Foo', 'Bar'), auth('api'), login('bob')`)
	keeps(`Connection.connect("tcp", "10.0.0.9:5432"), ssh.connect('h', 22)`)
	keeps(`psycopg2.connect(host='db', user='a', dbname="x", sslmode="require")`)
}
