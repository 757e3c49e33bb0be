package redact

import "testing"

func TestFields(t *testing.T) {
	f, keeps := cases(t)
	f(`http.Header{"Authorization":[]string{"Bearer abcdef"}, "Accept":[]string{"x"}}`, `http.Header{"Authorization":[]string{"Bearer [redacted]"}, "Accept":[]string{"x"}}`)
	f(`Password:(*string)("hunter") Passwd:[]uint8{0x68, 0x75} Password:[104 117 110] x`, `Password:(*string)("[redacted]") Passwd:[redacted] Password:[redacted] x`)
	f(`Password: (string) (len=6) "hunter", password: <Buffer 68 75>`, `Password: (string) (len=6) "[redacted]", password: [redacted]>`)
	f(`s:8:"password";s:6:"hunter";s:4:"user"`, `s:8:"password";s:6:"[redacted]";s:4:"user"`)
	f(`CREATE LOGIN bob WITH PASSWORD = N'hunter'`, `CREATE LOGIN bob WITH PASSWORD = N'[redacted]'`)
	f("userPassword:: aHVudGVy\nolcRootPW: hunter", "userPassword:: [redacted]\nolcRootPW: [redacted]")
	f(`{"auths":{"reg":{"auth":"YTpodW50ZXI="}}}`, `{"auths":{"reg":{"auth":"[redacted]"}}}`)
	f("client-key-data: LS0tLS1CRUdJTiBS", "client-key-data: [redacted]")
	f(`"sharedKey":"hunter" "hmac_key":"hunter" psk="hunter" "mfa_code":"123456"`, `"sharedKey":"[redacted]" "hmac_key":"[redacted]" psk="[redacted]" "mfa_code":"[redacted]"`)
	f("fs.s3a.secret.key=hunter, fs.azure.account.key.x.dfs.core.windows.net=hunter", "fs.s3a.secret.key=[redacted], fs.azure.account.key.x.dfs.core.windows.net=[redacted]")
	f(`{java.naming.security.credentials=hunter, x=1} {"bindCredentials":"hunter","bind_pw":"hunter"}`, `{java.naming.security.credentials=[redacted], x=1} {"bindCredentials":"[redacted]","bind_pw":"[redacted]"}`)
	f("REDISCLI_AUTH=hunter redis-cli, pass: hunter2", "REDISCLI_AUTH=[redacted] redis-cli, pass: [redacted]")
	// PHP's dumps of arrays and objects.
	f("[\"secret\"]=>\n  string(8) \"hunter22\"\n  [\"key\"]=>", "[\"secret\"]=>\n  string(8) \"[redacted]\"\n  [\"key\"]=>")
	f("[\"password\":protected]=>\n string(6) \"hunter\" [\"password\":\"App\\User\":private]=>\n string(6) \"hunter\"", "[\"password\":protected]=>\n string(6) \"[redacted]\" [\"password\":\"App\\User\":private]=>\n string(6) \"[redacted]\"")
	f(`[password:protected] => hunter [secret:App\User:private] => hunter22`, `[password:protected] => [redacted] [secret:App\User:private] => [redacted]`)
	f(`x-functions-key: Ab12Cd34Ef56==, {"x-functions-key":"Ab12Cd34Ef56=="}`, `x-functions-key: [redacted], {"x-functions-key":"[redacted]"}`)
	f("unauthorized: Token abcDEF-123_ghiJKL== rejected", "unauthorized: Token [redacted] rejected")
	keeps("Token abcdefghijklmnopqrst== x, partition key aB3dEfGhIjKlMnOp==, [key:protected] denied")
	keeps("<password>\n  hunter is a word of a template")
	f("code_verifier=hunter&x=1 _shop_session=Ab12cdEF34ghIJ56 SecretAccessKey abc123def", "code_verifier=[redacted]&x=1 _shop_session=[redacted] SecretAccessKey [redacted]")
	// A form that took a part for a secret of its own leaves no rest of it.
	f("&{User:x Password:xy:z@/qVbG+rx2 Host:y}", "&{User:x Password:[redacted] Host:y}")
	f("Authorization: Bot MTk4NjIyNDgz.Cl2FMQ.ZnCjm1XVW7", "Authorization: [redacted]")
	f("api key: abc123def, Password for bob: hunter1, pwd 'hunter2' wrong", "api key: [redacted], Password for bob: [redacted], pwd '[redacted]' wrong")
	f("Password for bob: sunshine\nPassword for 'bob@x': letmein", "Password for bob: [redacted]\nPassword for 'bob@x': [redacted]")
	f(`Password for bob: "sunshine"`, `Password for bob: "[redacted]"`)
	f("password for user bob is sunshine1, SASL PLAIN AGFwcABodW50ZXIy", "password for user bob is [redacted], SASL PLAIN [redacted]")
	keeps("Password for bob: incorrect\npassword for user bob: must be changed\npassword for bob: expired.\npassword for user bob is incorrect")

	f("Kennwort=hunter mot_de_passe=hunter, motdepasse=hunter, mdp=hunter clave=hunter", "Kennwort=[redacted] mot_de_passe=[redacted], motdepasse=[redacted], mdp=[redacted] clave=[redacted]")
	f("パスワード: hunter 비밀번호: hunter hasło=hunter haslo=hunter lösenord=hunter parola=hunter psw=hunter pswd: hunter", "パスワード: [redacted] 비밀번호: [redacted] hasło=[redacted] haslo=[redacted] lösenord=[redacted] parola=[redacted] psw=[redacted] pswd: [redacted]")
	f("(user: ada, secret: Sup3rS3cr3t42), token: a1B2c3D4, SecureString: Sup3rS3cr3t42", "(user: ada, secret: [redacted]), token: [redacted], SecureString: [redacted]")
	f("recovery_code=abcd-efgh, storageKey: 9fK2mQ7vXcB1nT5r", "recovery_code=[redacted], storageKey: [redacted]")
	f("otp 482913 invalid, pin=4829, totp: 482913, verification code 482913", "otp [redacted] invalid, pin=[redacted], totp: [redacted], verification code [redacted]")
	f(`{"pin":"482913"} authorization code Sup3rS3cr3tXYZ is expired`, `{"pin":"[redacted]"} authorization code [redacted] is expired`)
	f("credentials ada:Sup3rS3cr3t42 rejected, snmp get: community=hunter", "credentials ada:[redacted] rejected, snmp get: community=[redacted]")

	keeps("secret: prod/db-a1B2c3, secret: orders-a1B2c3, secret: OrdersDb2, token: expired, credentials arn:aws:iam::111122223333:role/x")
	keeps("clave: inválida, parola: chiave, clave duplicada: pedidos, storage_key=orders/2031, community=public")
	keeps("pin 12 is high, otp expired after 300 s, mfa 401, verification 482913 rows, spin=482913, authorization code flow failed")
	keeps("password=${DB_PASSWORD} SELECT a WHERE password=? AND token=$1, pwd=%s")
	keeps("authorization: denied by policy, Authorization: missing, passphrase: required, signature=invalid, sig=SIGTERM")
	keeps("pass=12 fail=0, jwt: kid=a1b2c3d4e5f6 unknown, + password = (sensitive value)")
	keeps("ERR AUTH <password> called without any password configured")
	keeps("private key: asn1: structure error, private key: /etc/ssl/key1.pem not found, password for bob: 535 5.7.8 rejected")
	f("password=${DB_PASSWORD:hunter}", "password=[redacted]}")
}
