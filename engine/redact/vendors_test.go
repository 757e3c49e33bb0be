package redact

import "testing"

func TestVendorTokens(t *testing.T) {
	f, keeps := cases(t)
	f("ATATT3xFfGF0aBcDeFgHiJkLmNoPqRsT0123=1A2B3C4D x", "ATATT3[redacted] x")
	f("v1.0123456789abcdef0123456789abcdef01234567, access_token$production$9f8e7d6c$0123456789abcdef0123456789abcdef", "v1.[redacted], access_token$production$[redacted]")
	f("GR1348941QrsHdhjxK6aVH7R5PFBu pat.K1kjoRAswC1sSxW2ak1hco.i7ZlhtKHuHpbHhmRmzcfLETx.ZYdMlfeLJJ9bXzhpIG7w", "GR1348941[redacted] pat.K1kjoRAswC1sSxW2ak1hco.[redacted]")
	f("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 cmVmdH92FN3HIeBRukPcuvL7DXxvts2JuwFSojtfdq74Q69DtCADA4pr0nFYTTum", "[redacted]_mmk cmVmd[redacted]")
	f("4b1dRE9CMgDayj8XRAUsCpdiSjVsa3vtRZbUiaYJYw A3-UJZDE8-XD6NCF10EPF-91DHO-DZDOC-9IS0J", "4b1d[redacted] A3-UJZDE8-[redacted]")
	f("hash $krb5asrep$23$bob@CORP:3e156ada591263b8$007497cb51b6", "hash $krb5asrep$[redacted]")
	f("authentication_string: *2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19, not *2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19", "authentication_string: [redacted], not *[redacted]")
	keeps("v1.0123456789abcdef, pat.orders.example.com, sha256~short")
	f("patAbCdEfGhIjKlMn.0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "pat[redacted]")
	f("discord token MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs", "discord token [redacted]")
	f(`"bob" "md500112233445566778899aabbccddeeff" "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy"`, `"bob" "md5[redacted]" "SCRAM-SHA-256$[redacted]"`)
	f("paseto v4.public.IjAxNjY1ZmQxLTlhYmMtNGRlZi.c2ln, macaroon MDAxY2xvY2F0aW9uIE9wdGlvbmFsLmVtcHR5CjAwMThpZGVudGlm", "paseto v4.public.[redacted], macaroon MDAx[redacted]")
	f("Client('AC00112233445566778899aabbccddeeff', '00112233445566778899aabbccddeeff')", "Client('AC00112233445566778899aabbccddeeff', '[redacted]')")
	f("LTAI5tAbCdEfGhIjKlMnOpQr secret AbCdEfGhIjKlMnOpQrStUvWxYz0123 refused", "LTAI5tAbCdEfGhIjKlMnOpQr secret [redacted] refused")
	const tail = "0123456789abcdefABCDEF0123456789"
	for _, p := range tokenPrefixes {
		f("used "+p+tail+" x", "used "+p+"[redacted] x")
	}
	f("QVZ8Q~abcdefghijklmnopqrstuvwxyz0123456", "QVZ8Q~[redacted]")
	f("00DA0000000abcd!ARQAQabcdefghijklmnopqrst", "00DA0000000abcd![redacted]")
	f("key-0123456789abcdef0123456789abcdef", "key-[redacted]")
	f("root:$6$abc$defghijklmnop:18000:0", "root:$6$[redacted]:18000:0")
	f("userPassword is {SSHA}abcdefgh", "userPassword is {SSHA}[redacted]")
	f("bob:AAD3B435B51404EEAAD3B435B51404EE:31D6CFE0D16AE931B73C59D7E0C089C0", "bob:AAD3B435B51404EE[redacted]")
	f("Vault token s.AbCdEfGhIjK1MnOpQrStUvWx denied", "Vault token s.[redacted] denied")
	f("1234567890:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc refused", "1234567890:AA[redacted] refused")
	keeps("at s.SomeClassNameOfTwentyFour")

	f("npm_package_config_apiKey=0123456789ab hf_HubLoginAccessToken: 'S3cretS3cret'", "npm_package_config_apiKey=[redacted] hf_HubLoginAccessToken: '[redacted]'")
	f("SG.abcdefghijklmnopQRSTUV", "SG.[redacted]")

	keeps("npm_lifecycle_script failed, sk-learn-estimator-checks, hf_hub_download_failed denied")
	keeps("cost $5 $6, price: $5$, {crypt} unknown")
	keeps("commit 9f2c4e6a8b0d1c3e5f7a9b2d4c6e8f0a1b3d5c7e, image x:v1@sha256:9f2c4e6a8b0d1c3e5f7a9b2d4c6e8f0a1b3d5c7e9f2c4e6a8b0d1c3e5f7a9b2d")
}
