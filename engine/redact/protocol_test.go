package redact

import "testing"

func TestProtocols(t *testing.T) {
	f, keeps := cases(t)
	f("redis: AUTH hunter -> WRONGPASS invalid username-password pair", "redis: AUTH [redacted] -> WRONGPASS invalid username-password pair")
	f("main_service.cc:1604]  AUTH hunter failed with reason: -WRONGPASS", "main_service.cc:1604]  AUTH [redacted] failed with reason: -WRONGPASS")
	f(`1.2 [0 127.0.0.1:1] "AUTH" "hunter"`, `1.2 [0 127.0.0.1:1] "AUTH" [redacted]`)
	f("> AUTH app hunter", "> AUTH app [redacted]")
	f("HELLO 3 AUTH default hunter", "HELLO 3 AUTH default [redacted]")
	f("MIGRATE h 6379 \"\" 0 5000 AUTH hunter KEYS x", "MIGRATE h 6379 \"\" 0 5000 AUTH [redacted] KEYS x")
	f("ACL SETUSER bob on >hunter ~*", "ACL SETUSER bob on >[redacted] ~*")
	f("CONFIG SET requirepass hunter", "CONFIG SET requirepass [redacted]")
	f("USER bob\nPASS hunter\n530 Login incorrect.", "USER bob\nPASS [redacted]\n530 Login incorrect.")
	f("---> PASS hunter", "---> PASS [redacted]")
	f("C: PASS hunter S: 530 Login incorrect", "C: PASS [redacted] S: 530 Login incorrect")
	f(`A001 LOGIN "bob@x.example" "hun ter"`, `A001 LOGIN "bob@x.example" [redacted]`)
	f("NickServ IDENTIFY bob hunter", "NickServ IDENTIFY bob [redacted]")
	f("machine ftp.x login bob password hunter", "machine ftp.x login bob password [redacted]")
	f("AUTHENTICATE PLAIN AGFsaWNlAGh1bnRlcg==, XOAUTH2 dXNlcj1ib2IBYXV0aD1C", "AUTHENTICATE PLAIN [redacted], XOAUTH2 [redacted]")
	f("334 UGFzc3dvcmQ6\nC: aHVudGVy", "334 UGFzc3dvcmQ6\nC: [redacted]")
	f("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>AGFs</auth>", "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>[redacted]</auth>")
	f("login attempt [root/hunter] failed, login [b'root'/b'hunter'] failed", "login attempt [root/[redacted]] failed, login [b'root'/b'[redacted]] failed")
	f("Login incorrect (pap: x): [bob/hunter] (from client nas)", "Login incorrect (pap: x): [bob/[redacted]] (from client nas)")
	f("invalid username/password: bob/hunter", "invalid username/password: bob/[redacted]")

	keeps("AUTH failed, AUTH failed: WRONGPASS invalid, AUTH command failed")
	keeps("redis: AUTH failed: WRONGPASS")
	keeps("ERR Client sent AUTH, but no password is set")
	keeps("[audit] AUTH bob denied\n[audit] LOGIN bob 10.0.0.9")
	keeps("SASL PLAIN authentication failed")
	keeps("SASL LOGIN authentication failed: UGFzc3dvcmQ6")
	keeps("503 PASS without USER, PASS required")
	keeps("--- PASS: TestAuth (0.00s)\nPASS src/login.test.js\nPASS count=3\nPASS ok example.com/x")
	keeps("Login incorrect: [bob/<CHAP-Password>] (from client nas)")
	keeps("login [bob@example.com] failed, login from [10.0.0.1/24] denied")
	keeps("Invalid login: 535 5.7.8 Username and Password not accepted")
}
