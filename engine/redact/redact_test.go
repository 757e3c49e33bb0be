package redact

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/authlens/authlens/engine/text"
)

// cases returns what tests a text that is changed, and one that stays.
func cases(t *testing.T) (becomes func(in, want string), stays func(s string)) {
	becomes = func(in, want string) {
		t.Helper()
		if got := Text(in); got != want {
			t.Errorf("Text(%q)\n got %q\nwant %q", in, got, want)
		}
	}
	return becomes, func(s string) {
		t.Helper()
		becomes(s, s)
	}
}

func TestText(t *testing.T) {
	f := func(in, want string) {
		t.Helper()
		if got := Text(in); got != want {
			t.Errorf("Text(%q)\n got %q\nwant %q", in, got, want)
		}
	}
	// Access keys.
	f("key AKIAQX7T3N5MZL2WVB4R was used", "key AKIA… was used")
	f("AKIAQX7T3N5MZL2WVB4R/9fK2mQ7vXcB1nT5rWzY8sD3hJ6gL0pAeUiOqRtEx", "AKIA…/[redacted]")
	f("aws_access_key_id=ASIAQX7T3N5MZL2WVB4R aws_secret_access_key = 9fK2mQ7vXcB1nT5rWzY8sD3hJ6gL0pAeUiOqRtEx",
		"aws_access_key_id=ASIA… aws_secret_access_key = [redacted]")
	f(`{"AccessKeyId":"ASIAQX7T3N5MZL2WVB4R","SecretAccessKey":"9fK2mQ7v/XcB1nT5","Token":"opaque-token-value"}`,
		`{"AccessKeyId":"ASIA…","SecretAccessKey":"[redacted]","Token":"[redacted]"}`)
	// URLs and connection strings.
	f("postgres://app:s3cr3t@db.internal:5432/orders", "postgres://app:[redacted]@db.internal:5432/orders")
	f("redis://:s3cr3t@cache:6379", "redis://:[redacted]@cache:6379")
	f("amqp://u:p/w@mq:5672/", "amqp://u:[redacted]@mq:5672/")
	f("http://proxy:3128/a@b", "http://proxy:3128/a@b")
	f("app:s3cr3t@tcp(db:3306)/orders", "app:[redacted]@tcp(db:3306)/orders")
	f("jdbc:oracle:thin:scott/tiger7@//ora:1521/x", "jdbc:oracle:thin:scott/[redacted]@//ora:1521/x")
	f("Server=db;User Id=sa;Password=s3;cr3t,!;Database=x", "Server=db;User Id=sa;Password=[redacted];Database=x")
	// Keys and values in many syntaxes.
	f(`password=abc,def user=x`, `password=[redacted] user=x`)
	f(`"password": "a b" , "user":"x"`, `"password": "[redacted]" , "user":"x"`)
	f(`{\"pwd\":\"a\\\"b\",\"user\":\"x\"}`, `{\"pwd\":\"[redacted]\",\"user\":\"x\"}`)
	f(`('password', 'abc'), ('user', 'x')`, `('password', '[redacted]'), ('user', 'x')`)
	f(`<Password>abc</Password><User>x</User>`, `<Password>[redacted]</Password><User>x</User>`)
	f(`{:password=>"abc", :user=>"x"}`, `{:password=>"[redacted]", :user=>"x"}`)
	f(`Config { password: Some("abc"), user: "x" }`, `Config { password: Some("[redacted]"), user: "x" }`)
	f(`map[password:abc user:x]`, `map[password:[redacted] user:x]`)
	f(`CREATE USER x IDENTIFIED BY 'abc'`, `CREATE USER x IDENTIFIED BY '[redacted]'`)
	f(`mysql --password=abc -h db`, `mysql --password=[redacted] -h db`)
	f(`"password": {"value": "abc"}, "user":"x"`, `"password": {"value": "[redacted]"}, "user":"x"`)
	f(`[password]=[abc] [user]=[x]`, `[password]=[[redacted]] [user]=[x]`)
	f(`Password%3Dabc%26user%3Dx`, `Password%3D[redacted]%26user%3Dx`)
	f(`pw=abc contraseña: abc`, `pw=[redacted] contraseña: [redacted]`)
	f(`STRIPE_KEY=Ab12cdEF34ghIJ56 auth=Ab12cdEF34ghIJ56 x=1`, `STRIPE_KEY=[redacted] auth=[redacted] x=1`)
	f(`mysql -uapp -pabc -h db; sshpass -p abc ssh x`, `mysql -uapp -p[redacted] -h db; sshpass -p [redacted] ssh x`)
	f(`[{"name":"DB_PASSWORD","value":"abc"},{"name":"DB_USER","value":"x"}]`, `[{"name":"DB_PASSWORD","value":"[redacted]"},{"name":"DB_USER","value":"x"}]`)
	f(`<add key="Password" value="abc" />`, `<add key="Password" value="[redacted]" />`)
	f("- name: DB_PASSWORD\n  value: abc", "- name: DB_PASSWORD\n  value: [redacted]")
	f(`["password"]=> string(3) "abc"`, `["password"]=> string(3) "[redacted]"`)
	f(`user=sa;password={P;w};encrypt=true`, `user=sa;password=[redacted];encrypt=true`)
	f(`password\u003dabc\u0026user\u003dx`, `password\u003d[redacted]\u0026user\u003dx`)
	f(`"password_confirmation":"abc","passwordHash":"$2a$10$N9"`, `"password_confirmation":"[redacted]","passwordHash":"[redacted]"`)
	f("PRIVATE-TOKEN: abc1 X-Api-Secret: abc1", "PRIVATE-TOKEN: [redacted] X-Api-Secret: [redacted]")
	f("docker login -u x -p abc reg; redis-cli -h c -a abc ping; sqlcmd -U sa -P abc; ldapsearch -D x -w abc", "docker login -u x -p [redacted] reg; redis-cli -h c -a [redacted] ping; sqlcmd -U sa -P [redacted]; ldapsearch -D x -w [redacted]")
	f(`CREATE USER a IDENTIFIED BY abc1; SET PASSWORD FOR 'a'@'%' = 'abc'`, `CREATE USER a IDENTIFIED BY [redacted]; SET PASSWORD FOR 'a'@'%' = '[redacted]'`)
	f(`requests.get(url, auth=('bob', 'abc')) keytool -storepass abc -v openssl -passin pass:abc`, `requests.get(url, auth=('bob', '[redacted]')) keytool -storepass [redacted] -v openssl -passin pass:[redacted]`)
	f(`пароль: abc senha=abc "secret_id":"abc"`, `пароль: [redacted] senha=[redacted] "secret_id":"[redacted]"`)
	f(`user%5Bpassword%5D=abc&x=1 %7B%22password%22%3A%22abc%22%7D`, `user%5Bpassword%5D=[redacted]&x=1 %7B%22password%22%3A[redacted]`)
	f(`AZURE_DEVOPS_EXT_PAT=Ab12cdEF34ghIJ56`, `AZURE_DEVOPS_EXT_PAT=[redacted]`)
	f(`Authorization: OAuth oauth_token="abc123", oauth_nonce="x"`, `Authorization: OAuth oauth_token="[redacted]", oauth_nonce="x"`)
	f("mosquitto_pub -u x -P abc -t orders; 7z x a.7z -pabc; rclone --sftp-pass abc1 ls", "mosquitto_pub -u x -P [redacted] -t orders; 7z x a.7z -p[redacted]; rclone --sftp-pass [redacted] ls")
	f("530 PASS Zk7tQ9vLm2xW was refused, a1 LOGIN bob Zk7tQ9vLm2xW refused", "530 PASS [redacted] was refused, a1 LOGIN bob [redacted] refused")
	f("--clientSecret abc1 --db-pass abc1 --recovery-key-file /x --smtpPass abc1", "--clientSecret [redacted] --db-pass [redacted] --recovery-key-file /x --smtpPass [redacted]")
	f(`"unsealKey":"abc","pinCode":"abc","secretValue":"abc","securityAnswer":"abc","backupCodes":"abc"`, `"unsealKey":"[redacted]","pinCode":"[redacted]","secretValue":"[redacted]","securityAnswer":"[redacted]","backupCodes":"[redacted]"`)
	f("<Password>\n  abc\n</Password>", "<Password>\n  [redacted]\n</Password>")
	f("Enter pass phrase for key.pem: s3cr3t1x", "Enter pass phrase for key.pem: [redacted]")
	// Sentences.
	f("Password [s3cr3t1x] of bob, session 9f8e7d6c5b4a39281706f5e4d3c2b1a0 expired", "Password [[redacted]] of bob, session [redacted] expired")
	f("sntrys_0a1B2c3D4e5F6g7H refused, secret id 9f8e7d6c5b4a39281706f5e4d3c2b1a0", "sntrys_[redacted] refused, secret id [redacted]")
	f("aws configure set aws_secret_access_key abcDEFghi1, MY_API_KEY abc123", "aws configure set aws_secret_access_key [redacted], MY_API_KEY [redacted]")
	f("invalid token password s3cr3t1x", "invalid token password [redacted]")
	f(`the passphrase is s3cr3t!, using password "s3cr3t"`, `the passphrase is [redacted], using password "[redacted]"`)
	f("AWS_SECRET_ACCESS_KEY 9fK2mQ7v/XcB1nT5 and access token ab12cd34", "AWS_SECRET_ACCESS_KEY [redacted] and access token [redacted]")
	f("signed with 9fK2mQ7vXcB1nT5rWzY8sD3hJ6gL0p/eUiOqRtEx", "signed with [redacted]")
	// Addresses that are secrets.
	f("GET https://api.example.com/v1?key=Zk7tQ9vLm2xW&id=order7 401", "GET https://api.example.com/v1?key=[redacted]&id=order7 401")
	f("GET https://api.example.com/v1?key=orders2031 npmrc: _auth=Zk7tQ9vLm2xW", "GET https://api.example.com/v1?key=orders2031 npmrc: _auth=[redacted]")
	f("401 for url: https://api.telegram.org/bot123456:AAHk_x-1/getMe", "401 for url: https://api.telegram.org/bot[redacted]/getMe")
	f("POST https://discord.com/api/webhooks/1234/AbC_d-9 404", "POST https://discord.com/api/webhooks/[redacted] 404")
	f("https://acme.webhook.office.com/webhookb2/a@b/IncomingWebhook/c/d 403", "https://acme.webhook.office.com/webhookb2/[redacted] 403")
	f("https://mainnet.infura.io/v3/0123456789abcdef0123456789abcdef 401", "https://mainnet.infura.io/v3/[redacted] 401")
	// HTTP.
	f(`Authorization: Digest username="x", realm="r", response="Abc12345"`, `Authorization: Digest username="x", realm="r", response="[redacted]"`)
	f(`Authorization: Token token="abc123", nonce="x"`, `Authorization: Token token="[redacted]", nonce="x"`)
	f("Authorization: SSWS 00abcDEF1 x", "Authorization: [redacted] x")
	f("Authorization: Bearer abc.def", "Authorization: Bearer [redacted]")
	f("okta SSWS 00QCjAl4MlV-WPXM_Ab refused", "okta SSWS [redacted] refused")
	f("Authorization: Basic dXNlcjpwYXNz\nHost: x", "Authorization: Basic [redacted]\nHost: x")
	f(`"authorization":"abcdef"`, `"authorization":"[redacted]"`)
	f("Authorization: AWS4-HMAC-SHA256 Credential=AKIAQX7T3N5MZL2WVB4R/20260301/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0a1b2c3d4e5f",
		"Authorization: AWS4-HMAC-SHA256 Credential=AKIA…/20260301/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=[redacted]")
	f("GET https://b.s3.amazonaws.com/k?X-Amz-Credential=ASIAQX7T3N5MZL2WVB4R%2F20260301&X-Amz-Security-Token=IQoJb3JpZ2luX2Vj%2Fabcdefghijkl&X-Amz-Signature=0a1b2c&x=1",
		"GET https://b.s3.amazonaws.com/k?X-Amz-Credential=[redacted]&X-Amz-Security-Token=[redacted]&X-Amz-Signature=[redacted]&x=1")
	f("https://acc.blob.core.windows.net/c?sv=2024&sig=a%2Bb%3D&se=2026", "https://acc.blob.core.windows.net/c?sv=2024&sig=[redacted]&se=2026")
	f("Set-Cookie: sid=abc123; Path=/; HttpOnly", "Set-Cookie: [redacted]")
	f("curl -u app:s3cr3t https://x", "curl -u app:[redacted] https://x")
	f(`Connect timeout on endpoint URL: "http://169.254.170.2/v2/credentials/0a1b2c3d-1111-2222-3333-444455556666"`,
		`Connect timeout on endpoint URL: "http://169.254.170.2/v2/credentials/[redacted]"`)
	// Tokens known by their shape.
	f("token is eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl now", "token is eyJ[redacted] now")
	f("ghp_0123456789abcdefghijABCDEFGHIJ01 x", "ghp_[redacted] x")
	f("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY----- x", "-----BEGIN RSA PRIVATE KEY-----[redacted] x")
	f("uX9 MIIEpAIBAAKCAQEAu1\nq2w3e4r5t6y7u8i9o0p1\n-----END RSA PRIVATE KEY----- x", "uX9 [redacted] -----END RSA PRIVATE KEY----- x")
	f("-----BEGIN PRIVATE KEY-----\\nMIIEvgIBADANBg", "-----BEGIN PRIVATE KEY-----[redacted]")
	const header, signature = "eyJhbGciOiJIUzI1NiJ9", "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"
	f("JWT "+header+".\neyJzdWIiOiJ4In0.\n"+signature+"\nat com.acme.Foo", "JWT eyJ[redacted]\neyJ[redacted]\nat com.acme.Foo")
	f(header+".eyJzdWIiOiJ4In0.\n"+signature[:20]+"\n  "+signature[20:]+" x", "eyJ[redacted] x")
	f("token "+header+" expired\n"+header+"\ncom.acme.AuthenticationException2: x", "token eyJ[redacted] expired\neyJ[redacted]\ncom.acme.AuthenticationException2: x")
	f("tls.key: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ==", "tls.key: LS0tLS1CRUdJTiB[redacted]")
	f("Content-Disposition: form-data; name=\"password\"\r\n\r\nhunter\r\n--x", "Content-Disposition: form-data; name=\"password\"\r\n\r\n[redacted]\r\n--x")
	f(`Hawk id="x", mac="Zk7tQ9vLm2xW="`, `Hawk id="x", mac="[redacted]"`)
	f("npm config set //reg/:_authToken hunter; composer config http-basic.x bob hunter; net user bob hunter /add; useradd -p hunter bob",
		"npm config set //reg/:_authToken [redacted]; composer config http-basic.x bob [redacted]; net user bob [redacted] /add; useradd -p [redacted] bob")
	f("Incorrect API key provided: abcd1234efgh5678. See", "Incorrect API key provided: [redacted] See")
	f("SecretID 1f2e3d4c-5b6a-7988-aabb-ccddeeff0011 not found", "SecretID [redacted] not found")
	f("<password><![CDATA[hun]ter2]]></password>", "<password><![CDATA[[redacted]]]></password>")
	f("mc alias set x https://minio:9000 AKID hunter2; mc config host add x https://minio:9000 AKID hunter2", "mc alias set x https://minio:9000 AKID [redacted]; mc config host add x https://minio:9000 AKID [redacted]")
	f("Encoded authorization failure message: Xa_-0123456789abcdefghijk status code: 403",
		"Encoded authorization failure message: [redacted] status code: 403")
}

func TestTextKeepsWhatExplains(t *testing.T) {
	f := func(s string) {
		t.Helper()
		if got := Text(s); got != s {
			t.Errorf("Text(%q)\n got %q, want it unchanged", s, got)
		}
	}
	f("User: arn:aws:sts::111122223333:assumed-role/app-task/4f0c is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-password-a1B2c3 because no identity-based policy allows the secretsmanager:GetSecretValue action")
	f("arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!cluster-1f2e3d4c-5b6a-7988-aabb:password::")
	f("parameter/prod/db/password: AccessDeniedException")
	f("failed to fetch secret orders-db-password: AccessDeniedException: User: arn:aws:iam::111122223333:user/x is not authorized")
	f("secrets: prod/api-key:latest")
	f("ExpiredToken: The security token included in the request is expired")
	f("InvalidClientTokenId: The security token included in the request is invalid.")
	f("Access denied for user 'app'@'10.0.0.9' (using password: YES)")
	f("Access denied for user 'app'@'10.0.0.9' (using password: NO).")
	f("Access denied for user 'app'@'10.0.0.9' (using password: YES): connection closed")
	f("Access denied, using password: no. Giving up")
	f(`FATAL: password authentication failed for user "app"`)
	f("WRONGPASS invalid username-password pair or user is disabled.")
	f("SSWS tokens expired, Bearer token rejected, Basic authentication required, Basic realm=\"x\"")
	f("RequestID: 79bd4bcd-af04-4ccd-a5d2-3fadd34dcdcc, HostID: x")
	f(`{"msg":"wrong user or password","user":"bob"}`)
	f("Incorrect API key provided: sk-0a1b****************wxyz. You can find your key elsewhere")
	f(`"ExternalSecret":{"name":"orders-db","namespace":"shop"}`)
	f("api_key '****************a6a1' for domain https://api.example.com")
	f("Zugriff verweigert (verwendetes Passwort: JA)") // of which the second is harmless too
	f("JWT::ExpiredSignature (Signature has expired), Invalid JWT: Token must be short-lived")
	f("password scram-sha-256 authentication failed, token v2 rejected, object key 'a/SourceArti/kJ3vZ1q9aB'")
	f("partition_key=orders-2031-01-02-eu partition/0123ABCD9QT8G7T9B6DXN6NBR7Y/chunks/000001 as x")
	f("Failed to retrieve token\norders-flink-jobmanager-1 | retry")
	f("PWD=/srv/app")
	f("key 1234abcd-12ab-34cd-56ef-1234567890ab is pending deletion")
	f("docker run --user 1000:1000 x")
	f("session token us-east-1 refused, password /run/secrets/db1 not found, password db-1.c9.eu-west-1.rds.amazonaws.com")
	f(`failed calling webhook "x": Post "https://x.svc:443/webhook/mutate?timeout=10s"`)
	f(`{"name":"DB_PASSWORD","valueFrom":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-a1B2c3"}`)
	f("Unable to locate secret: prod/db")
	f("Failed password for root from 192.0.2.1 port 22 ssh2")
	f("Signature expired: 20260301T000000Z is now earlier than 20260301T001000Z")
}

// surroundings are ways in which logs quote a secret. %s stands for it.
var surroundings = []struct {
	before, after string
	escape        func(string) string
}{
	{`{"level":"error","password":"`, `","user":"x"}`, jsonEscape},
	{`{"log":"{\"msg\":\"x\",\"client_secret\":\"`, `\",\"n\":1}"}`, twice(jsonEscape)},
	{`level=error db_password="`, `" msg="cannot connect"`, jsonEscape},
	{`level=error db_password=`, ` msg="cannot connect"`, plain},
	{"Authorization: Bearer ", "\r\nHost: x", plain},
	{`-H 'Authorization: Basic `, `' -v`, plain},
	{`{'SecretAccessKey': '`, `', 'x': 1}`, pyEscape},
	{`headers=[('x-api-key', '`, `'), ('host', 'x')]`, pyEscape},
	{`<Credentials><SessionToken>`, `</SessionToken></Credentials>`, xmlEscape},
	{`postgres://app:`, `@db:5432/x failed`, urlEscape},
	{`GET /?a=1&access_token=`, `&b=2 HTTP/1.1`, urlEscape},
	{`https://x/y?X-Amz-Security-Token=`, ` 403`, urlEscape},
	{`:refresh_token=>"`, `", :x=>1`, jsonEscape},
	{`Config { api_key: Some("`, `"), x: 1 }`, jsonEscape},
	{`export PGPASSWORD='`, `'; psql`, pyEscape},
	{`password = "`, "\"\n", jsonEscape},
	{`&{User:x Password:`, ` Host:y}`, plain},
	{`PlainLoginModule required username="x" password="`, `";`, jsonEscape},
	{`spring.datasource.password=`, "\nspring.x=y", plain},
	{`AccountName=x;AccountKey=`, `;EndpointSuffix=core.windows.net`, plain},
	{`mongodb://app:`, `@h1,h2/x?ssl=true`, urlEscape},
	{`redis://:`, `@cache:6379/0`, urlEscape},
	{`{"Authorization":["Bearer `, `"]}`, plain},
	{"x-vault-token: ", "\r\nhost: x", plain},
	{"Cookie: theme=dark; sid=", "; lang=en", plain},
	{`&lt;password&gt;`, `&lt;/password&gt;`, plain},
	{`<wsse:Password Type="x#PasswordText">`, `</wsse:Password>`, xmlEscape},
	{`#0 /app/db.php(12): PDO->__construct('mysql:host=db', 'root', '`, `', Array)`, pyEscape},
	{`{"trace":"smtp.login(\"bob\", \"`, `\")"}`, twice(jsonEscape)},
}

func plain(s string) string { return s }
func jsonEscape(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "/", `\/`).Replace(s)
}
func pyEscape(s string) string { return strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) }
func xmlEscape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
func urlEscape(s string) string {
	return strings.NewReplacer("%", "%25", "/", "%2F", "@", "%40", "&", "%26", "+", "%2B", "=", "%3D", "#", "%23", "?", "%3F", ":", "%3A", `"`, "%22", "'", "%27", "<", "%3C", ">", "%3E", `\`, "%5C", "`", "%60").Replace(s)
}
func twice(f func(string) string) func(string) string {
	return func(s string) string { return f(f(s)) }
}

// secretOf makes a secret of fuzz input: twelve characters or more, that
// no surrounding has.
func secretOf(b []byte, alphabet string) string {
	var s strings.Builder
	s.WriteString("Q7")
	for i := range 14 {
		c := byte(i * 31)
		if i < len(b) {
			c = b[i]
		}
		s.WriteByte(alphabet[int(c)%len(alphabet)])
	}
	return s.String() + "9z"
}

// plant puts a secret made of b into a surrounding and looks for it, and for
// each half of it, in what Text leaves, of the raw text and of the normalised.
func plant(t *testing.T, b []byte, where int) {
	t.Helper()
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	w := surroundings[where%len(surroundings)]
	alphabet := letters + "/+=_-.~!@#$%^*:"
	switch {
	case strings.Contains(w.before, "Bearer "), strings.Contains(w.before, "Basic "), strings.Contains(w.before, "Cookie"):
		alphabet = letters + "/+=_-.~" // token68 of RFC 9110
	case strings.HasSuffix(w.before, `"`), strings.HasSuffix(w.before, "'"):
		alphabet += "&;,()[]{}<>?" // without quotes these may end a value
	}
	secret := secretOf(b, alphabet)
	in := "2026-03-01T00:00:00Z worker " + w.before + w.escape(secret) + w.after
	for _, s := range []string{in, string(text.Normalise(nil, []byte(in)))} {
		got := Text(s)
		for _, part := range []string{w.escape(secret), secret[:len(secret)/2], secret[len(secret)/2:]} {
			if strings.Contains(got, part) {
				t.Errorf("%q of the secret %q survives\n in %q\nout %q", part, secret, s, got)
			}
		}
	}
}

func TestNoSecretSurvives(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for where := range surroundings {
		for range 50 {
			b := make([]byte, 14)
			for i := range b {
				b[i] = byte(random.Uint32())
			}
			plant(t, b, where)
		}
	}
}

func FuzzNoSecretSurvives(f *testing.F) {
	f.Add([]byte("abcdefgh"), byte(0))
	f.Add([]byte("/+=_-.~!@#$%^&"), byte(5))
	f.Fuzz(func(t *testing.T, b []byte, where byte) { plant(t, b, int(where)) })
}

func FuzzText(f *testing.F) {
	f.Add(`password="\"\\\"`)
	f.Add("-----BEGIN PRIVATE KEY-----")
	f.Fuzz(func(t *testing.T, s string) {
		Text(s) // must not panic
	})
}

// The hostile pieces make every key start a value that does not end, or hold the next.
func BenchmarkText(b *testing.B) {
	run := func(name, piece string, n int) {
		s := strings.Repeat(piece, n)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				Text(s)
			}
		})
	}
	run("denial", "User: arn:aws:sts::111122223333:assumed-role/app/4f0c is not authorized to perform: s3:GetObject ", 5)
	run("hostile 1K", `token="x `, 1<<7)
	run("hostile 16K", `token="x `, 1<<11)
	run("keys 16K", `a_key=`, 1<<14/6)
	run("backslashes 16K", `\\\\\\\\"`, 1<<11)
}
