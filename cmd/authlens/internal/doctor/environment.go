package doctor

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// environment looks at keys in the environment.
func (d *doctor) environment() (Check, *credentials) {
	c := Check{Step: StepEnvironment}
	get := d.world.Getenv
	keys := credentials{key: get("AWS_ACCESS_KEY_ID"), secret: get("AWS_SECRET_ACCESS_KEY"), token: get("AWS_SESSION_TOKEN")}
	if keys == (credentials{}) {
		c.set(Unused, "No keys in the environment.")
		return c, nil
	}
	c.detail("access key", describeKey(keys.key))
	c.detail("secret key", present(keys.secret))
	c.detail("session token", present(keys.token))
	d.judgeKeys(&c, keys, "env", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
	if keys.key == "" || keys.secret == "" {
		return c, nil
	}
	return c, &keys
}

// judgeKeys says whether keys look like keys. Place is the AWS CLI's word for where they
// are, and the names are what they are called there.
func (d *doctor) judgeKeys(c *Check, keys credentials, place, keyName, secretName, tokenName string) {
	type named struct{ name, value string }
	all := []named{{keyName, keys.key}, {secretName, keys.secret}, {tokenName, keys.token}}
	for _, v := range all {
		if odd := oddity(v.value); odd != "" {
			c.set(Problem, "%s %s.", v.name, odd)
			d.advise(c, "signature_mismatch", "")
			return
		}
	}
	for _, v := range all {
		if v.value != "" && isPlaceholder(v.value) {
			c.set(Problem, "%s holds a placeholder, not a key.", v.name)
			d.advise(c, "invalid_credentials", "")
			return
		}
	}
	switch {
	case keys.key == "" && keys.secret == "":
		c.set(Warning, "%s is set without the keys that it belongs to; SDKs pass it over.", tokenName)
	case keys.key == "":
		c.set(Problem, "%s is set, but %s is not.", secretName, keyName)
		d.advise(c, "credentials_not_found", "Partial credentials found in "+place+", missing: "+keyName)
	case keys.secret == "":
		c.set(Problem, "%s is set, but %s is not.", keyName, secretName)
		d.advise(c, "credentials_not_found", "Partial credentials found in "+place+", missing: "+secretName)
	case !keyForm.MatchString(keys.key):
		c.set(Problem, "%s is not an access key: AKIA or ASIA and 16 letters and digits were expected.", keyName)
		d.advise(c, "invalid_credentials", "")
	case len(keys.secret) != secretLength:
		c.set(Problem, "%s has %d characters; a secret key has %d.", secretName, len(keys.secret), secretLength)
		d.advise(c, "signature_mismatch", "")
	case strings.HasPrefix(keys.key, "ASIA") && keys.token == "":
		c.set(Problem, "%s is a temporary key (ASIA…), but %s, which it is not valid without, is not set.", keyName, tokenName)
		d.advise(c, "unknown_key", c.Found)
	case strings.HasPrefix(keys.key, "AKIA") && keys.token != "":
		c.set(Problem, "%s is a long-term key (AKIA…), but %s is set too: they are not of the same pair.", keyName, tokenName)
		d.advise(c, "signature_mismatch", "")
	case keys.token != "":
		c.set(OK, "Temporary keys. Nobody renews them here: when they end, so do the calls.")
	default:
		c.set(OK, "Long-term keys, of a user.")
	}
}

// keyForm is an access key's form; secretLength a secret key's length.
var keyForm = regexp.MustCompile(`^(?:AKIA|ASIA)[A-Z0-9]{12,124}$`)

const secretLength = 40

// oddity says what a copy got wrong at the edges of a value.
func oddity(value string) string {
	switch trimmed := strings.TrimFunc(value, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }); {
	case value == "":
		return ""
	case trimmed == "":
		return "is set to blanks only"
	case strings.HasSuffix(value, "\n") || strings.HasSuffix(value, "\r"):
		return "ends with a line end"
	case trimmed != value:
		return "begins or ends with a blank"
	case len(value) > 1 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0]:
		return fmt.Sprintf("stands in quotes (%c), which are part of its value here", value[0])
	case strings.ContainsAny(value, " \t\r\n"):
		return "has a blank or a line end inside"
	}
	return ""
}

// placeholderMarks are in no key: keys consist of letters, digits, + and /.
var placeholderMarks = []string{"change_me", "change-me", "your_", "your-", "access_key", "secret_key", "<", "{{", "${", "!ref", "!sub", "arn:aws:"}

// placeholderWords have only letters, so one may be among the hundreds of a session token by
// chance.
var placeholderWords = []string{"changeme", "yourkey", "placeholder", "replace", "example", "dummy", "todo", "xxxx", "fixme", "accesskey", "secretkey", "insert"}

// placeholderMax is the length in bytes up to which one of these words makes a value a
// placeholder.
const placeholderMax = 128

// isPlaceholder reports whether a value stands in for one that was never filled
// in.
func isPlaceholder(value string) bool {
	lower := strings.ToLower(value)
	within := func(word string) bool { return strings.Contains(lower, word) }
	if slices.ContainsFunc(placeholderMarks, within) || len(value) <= placeholderMax && slices.ContainsFunc(placeholderWords, within) {
		return true
	}
	switch lower {
	case "none", "null", "nil", "undefined", "test", "foo", "bar", "secret", "key", "key_id", "fake", "mock", "x", "-", "unset", "empty", "string":
		return true
	}
	return strings.Trim(value, value[:1]) == ""
}

// describeKey says which kind a key is, and nothing else about it.
func describeKey(key string) string {
	switch {
	case key == "":
		return "not set"
	case strings.HasPrefix(key, "AKIA"):
		return "set, long-term (AKIA…)"
	case strings.HasPrefix(key, "ASIA"):
		return "set, temporary (ASIA…)"
	}
	return "set"
}

func present(value string) string {
	if value == "" {
		return "not set"
	}
	return "set"
}
