package redact

import "testing"

func TestAddresses(t *testing.T) {
	f, keeps := cases(t)
	f("app:hun@ter@tcp(db:3306)/x, app:hunter@(db:3306)/x, app:hunter@/x", "app:[redacted]@tcp(db:3306)/x, app:[redacted]@(db:3306)/x, app:[redacted]@/x")
	f("redis: invalid URL scheme: default:hunter@cache:6379", "redis: invalid URL scheme: default:[redacted]@cache:6379")
	f(`parse "postgres://a:hun#ter@db/x": invalid port ":hun#ter" after host`, `parse "postgres://a:[redacted]@db/x": invalid port ":[redacted]" after host`)
	f("https://9f2c4e6a8b0d1c3e5f7a:x-oauth-basic@github.com/a/b", "https://[redacted]:[redacted]@github.com/a/b")
	f("https://x-access-token:abc@github.com/a/b", "https://x-access-token:[redacted]@github.com/a/b")
	f("https://x/verify?key=0123456789abcdef0123456789abcdef&x=1", "https://x/verify?key=[redacted]&x=1")
	f("https://x/reset-password/0123456789abcdef01234567", "https://x/reset-password/[redacted]")
	f("https://x/cb?code=4/0AabcdefghijklMNOP&state=1", "https://x/cb?code=[redacted]&state=1")
	f("GET /x?auth=Sup3rS3cr3t42&sid=a1B2c3D4e5", "GET /x?auth=[redacted]&sid=[redacted]")
	f("invalid_grant code=4/Sup3rS3cr3tXYZ, code=Sup3rS3cr3tXYZ&redirect_uri=x", "invalid_grant code=[redacted], code=[redacted]&redirect_uri=x")
	f(`{"code":"Sup3rS3cr3tXYZ","grant_type":"authorization_code"}`, `{"code":"[redacted]","grant_type":"authorization_code"}`)
	f("APP_KEY=base64:q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=", "APP_KEY=base64:[redacted]")
	f(`'Set-Cookie': ['sid=abc; Path=/', 'tok=y12']`, `'Set-Cookie': ['[redacted]']`)
	f(`cookies={'session': 'abcdef'}`, `cookies={[redacted]}`)
	f("Token [Principal=app, credentials=hunter, x=1]", "Token [Principal=app, credentials=[redacted], x=1]")

	f("ORA-01017 for app/hunter@//ora:1521/x, app/hunter@ora:1521/x, jdbc:oracle:oci:app/hunter@x", "ORA-01017 for app/[redacted]@//ora:1521/x, app/[redacted]@ora:1521/x, jdbc:oracle:oci:app/[redacted]@x")
	f(`HTTP_COOKIE="sid=abc123"`, `HTTP_COOKIE="[redacted]"`)
	f("cannot connect to postgresql+psycopg2://app:hunter", "cannot connect to postgresql+psycopg2://app:[redacted]")
	f("dial amqp://app:h/unt... (truncated), redis://:hun…", "dial amqp://app:[redacted]... (truncated), redis://:[redacted]…")

	keeps("refused by https://api.example.com:8443")
	keeps("refused by https://api.example.com:8443... tried redis://cache:6379, http://[fd00::1]:80, https://x:443/login")
	keeps("pull access denied for docker://orders:latest")
	keeps("HTTP/host.example.com@EXAMPLE.COM, x/y@v1.2.3")
	keeps("?code=AccessDenied&message=x, https://x/cb?code=ERR_ACCESS_DENIED, &code=invalid_grant_type")
	keeps("jdbc?sid=ORCL19c, GET /x?auth=required&auth=basic")
	keeps("grant_type=password failed: code=AADSTS7000215, code: 0xC000006D, code=28P01, code=invalid_grant_v2, error_code=a1B2c3D4e5F6")
	keeps(`{"grant":"x","code":"AccessDenied","status_code":"401-Unauthorized-v2","code":"auth/invalid-credential"}`)
	keeps("upload failed code=a1B2c3D4e5F6")
	f("https://Xk9vQ2mL@dev.azure.com/x, https://9f2c4e6a8b0d:x-oauth-basic@github.com", "https://[redacted]@dev.azure.com/x, https://[redacted]:[redacted]@github.com")
	keeps("postgres://orders-service-production@db/x")
	keeps("https://ada2031@host/x, https://deploy-bot-2@git, redis://orders-cache-v2@h")
	keeps("image reg.io/x:v1@sha256:9f2c4e6a8b0d1c3e5f7a9b2d4c6e8f0a1b3d5c7e9f2c4e6a8b0d1c3e5f7a9b2d denied")
	keeps("ssh: connect to bob@db:22 refused, mail to bob@example.com:25")
	keeps("https://x/v1/users?page=2&sort=key&key=orders-2031-01-02-eu")
}
