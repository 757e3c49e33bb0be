package redact

import "testing"

func TestElements(t *testing.T) {
	f, keeps := cases(t)
	f(`<wsse:Password Type="http://x#PasswordText">hunter</wsse:Password>`, `<wsse:Password Type="http://x#PasswordText">[redacted]</wsse:Password>`)
	f(`<Password Type="x">hunter</Password><User>x</User>`, `<Password Type="x">[redacted]</Password><User>x</User>`)
	f(`\u003cwsse:Password Type=\"x\"\u003ehunter\u003c/wsse:Password\u003e`, `\u003cwsse:Password Type=\"x\"\u003e[redacted]\u003c/wsse:Password\u003e`)
	f(`&lt;o:Password Type=&quot;x&quot;&gt;hunter&lt;/o:Password&gt;`, `&lt;o:Password Type=&quot;x&quot;&gt;[redacted]&lt;/o:Password&gt;`)
	f(`<tns:sessionId xsi:type="xsd:string">00DA!abc</tns:sessionId>`, `<tns:sessionId xsi:type="xsd:string">[redacted]</tns:sessionId>`)
	f(`<name>password</name><value><string>hunter</string></value>`, `<name>password</name><value><string>[redacted]</string></value>`)
	f(`<setting name="ApiKey"><value>hunter</value></setting>`, `<setting name="ApiKey"><value>[redacted]</value></setting>`)

	keeps(`<PasswordPolicy min="8">strong</PasswordPolicy>`)
	keeps(`<input type="password" name="x">Enter your password</input>`)
	keeps(`<wsse:SecurityTokenReference Id="x"><KeyIdentifier>abc</KeyIdentifier>`)
	keeps(`<Key>orders/1.json</Key><VersionId>abc</VersionId>`)
}
