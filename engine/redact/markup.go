package redact

import "github.com/authlens/authlens/engine/lazy"

// secretName is the end of the name of something that holds a secret.
const secretName = `[\w:.-]*(?:password|passwd|passphrase|pwd|secret|token|credentials?|session_?id|api_?key)`

// elements are elements of XML with attributes, and pairs of a name and a value;
// fieldKey finds the others. As they are, and as JSON and HTML escape them.
//
//	<wsse:Password Type="…#PasswordText">…</wsse:Password>
//	<key>password</key><string>…</string>    <setting name="ApiKey"><value>…
var elements = []form{
	{[]string{"<"}, lazy.Compile(`(?i)(<` + secretName + `\s(?:[^<>]*[^<>/])?>\s*)[^<>\s][^<>]*`), "$1" + mark},
	{[]string{"&lt;", `\u003c`}, lazy.Compile(`(?i)((?:&lt;|\\+u003c)` + secretName + `\s[^<>]{0,300}?[^/](?:&gt;|\\+u003e)\s*)[^\s<>&\\]+`), "$1" + mark},
	{[]string{"<![cdata["}, lazy.Compile(`(?i)(<` + secretName + `(?:\s[^<>]*)?>\s*<!\[CDATA\[)(?:[^\]]|\][^\]])+`), "$1" + mark},
	{[]string{"</name>", "</key>"}, lazy.Compile(`(?i)(<(?:name|key)>` + secretName + `</(?:name|key)>\s*(?:<value>\s*)?(?:<string>\s*)?)[^<>\s][^<>]*`), "$1" + mark},
	{[]string{"<value"}, lazy.Compile(`(?i)(\bname=\\*["']` + secretName + `\\*["'][^<>]*>\s*<value>\s*)[^<>\s][^<>]*`), "$1" + mark},
}
