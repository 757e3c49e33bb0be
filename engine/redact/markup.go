package redact

// secretName is the end of the name of something that holds a secret.
const secretName = `[\w:.-]*(?:password|passwd|passphrase|pwd|secret|token|credentials?|session_?id|api_?key)`

// elements are elements of XML with attributes, and pairs of a name and a value;
// fieldKey finds the others. As they are, and as JSON and HTML escape them.
//
//	<wsse:Password Type="…#PasswordText">…</wsse:Password>
//	<key>password</key><string>…</string>    <setting name="ApiKey"><value>…
var elements = []form{
	{[]string{"<"}, lazily(`(?i)(<` + secretName + `\s(?:[^<>]*[^<>/])?>\s*)[^<>\s][^<>]*`), "$1" + mark},
	{[]string{"&lt;", `\u003c`}, lazily(`(?i)((?:&lt;|\\+u003c)` + secretName + `\s[^<>]{0,300}?[^/](?:&gt;|\\+u003e)\s*)[^\s<>&\\]+`), "$1" + mark},
	{[]string{"</name>", "</key>"}, lazily(`(?i)(<(?:name|key)>` + secretName + `</(?:name|key)>\s*(?:<value>\s*)?(?:<string>\s*)?)[^<>\s][^<>]*`), "$1" + mark},
	{[]string{"<value"}, lazily(`(?i)(\bname=\\*["']` + secretName + `\\*["'][^<>]*>\s*<value>\s*)[^<>\s][^<>]*`), "$1" + mark},
}
