package redact

import (
	"regexp"
	"strings"
	"sync"

	"github.com/authlens/authlens/engine/lazy"
)

// tokenPrefixes begin the tokens of those who made them easy to find. Keys that their
// vendors publish, as Stripe's pk_live_, are none.
var tokenPrefixes = []string{
	"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_",
	"glpat-", "gldt-", "glrt-", "glptt-", "glcbt-", "glft-", "glsoat-", "glimt-", "glagent-", // GitLab
	"xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-", "xapp-", // Slack
	"AIza", "GOCSPX-", "ya29.", "1//0", "4/0A", // Google
	"sk-", "gsk_", "xai-", "pplx-", "hf_", "r8_", "nvapi-", // language models
	"sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_", // Stripe
	"sq0atp-", "sq0csp-", "shpat_", "shpca_", "shpss_", // Square, Shopify
	"npm_", "pypi-", "rubygems_", "dckr_pat_",
	"hvs.", "hvb.", "hvr.", "atlasv1.", "pul-", // HashiCorp, Pulumi
	"dop_v1_", "doo_v1_", "dor_v1_", "sbp_", "CFPAT-", "tskey-", // clouds
	"SG.", "xkeysib-", "pat-na1-", "pat-eu1-", // mail
	"glsa_", "glc_", "NRAK-", "dt0c01.", "dt0s01.", // Grafana, New Relic, Dynatrace
	"ATATT3", "ATCTT3", "ATBB", "lin_api_", "figd_", "ntn_", "PMAK-", "AKCp",
	"CfDJ8",                // ASP.NET Core's cookies
	"sqp_", "sqa_", "squ_", // SonarQube
	"ABSK", "bedrock-api-key-", // Amazon Bedrock
	"AGE-SECRET-KEY-",
	"sntrys_", "sntryu_", "EZAK", "EZTK", "pscale_tkn_", "pscale_pw_", "dp.pt.", "dp.st.", "dp.ct.", // Sentry, EasyPost, PlanetScale, Doppler
	"lsv2_", "pcsk_", "tgp_v1_", "CCIPAT_", "bkua_", "HRKU-", "mlsn.", "sgp_", "fm2_", // LangSmith, Pinecone, Together, CircleCI, Buildkite, Heroku, MailerSend, Sourcegraph, Fly.io
	"fio-u-", "shippo_live_", "shippo_test_", "duffel_live_", "duffel_test_", "CLOJARS_", "dnkey-", // Frame.io, Shippo, Duffel, Clojars, Defined Networking
	"gloas-", "glffct-", "api_org_", "ico-", "p8e-", "s-s4t2ud-", "NRII-", "sl.u.", "pscale_oauth_", "pnu_", "rdme_", "tk-us-", "FLWSECK-", "FLWSECK_TEST-", "sha256~", // GitLab, Hugging Face, Infracost, Adobe, 42, New Relic, Dropbox, PlanetScale, Prefect, ReadMe, Scalingo, Flutterwave, OpenShift
	"BBDC-", "phx_", "rnd_", "tvly-", "e2b_", "SWMTKN-1-", // Bitbucket, PostHog, Render, Tavily, E2B, Docker Swarm
}

// prefixesByLetter are the prefixes that begin with a letter.
var prefixesByLetter = sync.OnceValue(func() *[256][]string {
	var by [256][]string
	for _, p := range tokenPrefixes {
		by[p[0]] = append(by[p[0]], p)
	}
	return &by
})

// hasTokenPrefix tells whether a word of s begins with one of them, in one pass:
// they are too many to look for one by one.
func hasTokenPrefix(s string) bool {
	by := prefixesByLetter()
	for i := range len(s) {
		if len(by[s[i]]) == 0 || i > 0 && isWordByte(s[i-1]) {
			continue
		}
		for _, p := range by[s[i]] {
			if strings.HasPrefix(s[i:], p) {
				return true
			}
		}
	}
	return false
}

// vaultToken is one of Vault before 1.10.
var vaultToken = lazy.Compile(`\bs\.([A-Za-z0-9]{24})\b`)

// vaultTokens removes it, and not the name of a class in a package named s.
func vaultTokens(s string) string {
	return removeValues(s, vaultToken(), func(v string) bool {
		m := mixOf(v)
		return m.digits == 0 && 3*m.cases < len(v)
	})
}

var prefixedToken = lazy.Compile(`\b(?:` + quoteAll(tokenPrefixes) + `)([A-Za-z0-9][A-Za-z0-9_.-]{14,}(?:=[0-9A-F]{8}\b)?)`)

// prefixedTokens removes them. A name that begins alike is of small letters, npm_config_…, or
// has no digit and a value behind it, npm_package_config_apiKey=…
func prefixedTokens(s string) string {
	if !hasTokenPrefix(s) {
		return s
	}
	r := remover{text: s}
	for _, m := range prefixedToken().FindAllStringSubmatchIndex(s, -1) {
		from, to := m[2], m[3]
		if v := s[from:to]; ofSmallLetters(v) || mixOf(v).digits == 0 && beforeValue().MatchString(s[to:]) {
			continue
		}
		r.remove(from, to)
	}
	return r.result()
}

// beforeValue is what stands between a name and its value.
var beforeValue = lazy.Compile(`^(?:=[^=\s]|\\*["']?:|\s=\s)`)

// vendorTokens are tokens that have their mark elsewhere, or a length: those of Entra ID, Salesforce, Facebook, Mailgun, Terraform.
var vendorTokens = []form{
	{[]string{"q~"}, lazy.Compile(`\b([\w~.]{3}\dQ~)[\w~.-]{31,34}`), "$1" + mark},
	{[]string{"00d"}, lazy.Compile(`\b(00D[A-Za-z0-9]{12,15}!)[\w.]{20,}`), "$1" + mark},
	{[]string{"eaa"}, lazy.Compile(`\b(EAA)[A-Za-z0-9]{60,}`), "$1" + mark},
	{[]string{"key-"}, lazy.Compile(`\b(key-)[0-9a-f]{32}\b`), "$1" + mark},
	{[]string{"atlasv1"}, lazy.Compile(`\b(\w{14}\.atlasv1\.)[\w-]{20,}`), "$1" + mark},
	{[]string{"secret_"}, lazy.Compile(`\b(secret_)[A-Za-z0-9]{43}\b`), "$1" + mark},                                      // Notion
	{[]string{"v1.0-"}, lazy.Compile(`\b(v1\.0-)[0-9a-f]{24}-[0-9a-f]{64,}`), "$1" + mark},                                // Cloudflare
	{[]string{":aa"}, lazy.Compile(`\b(\d{8,10}:AA)[\w-]{33}\b`), "$1" + mark},                                            // Telegram
	{[]string{"dapi"}, lazy.Compile(`\bdapi[0-9a-f]{32}`), "dapi" + mark},                                                 // Databricks
	{[]string{".local.", ".public."}, lazy.Compile(`\b(v[1-4]\.(?:local|public)\.)[\w-]{20,}(?:\.[\w-]+)?`), "$1" + mark}, // PASETO
	{[]string{"ac"}, lazy.Compile(`(\bAC[0-9a-f]{32}["']?(?::|,\s*)["']?)[0-9a-f]{32}\b`), "$1" + mark},                   // Twilio
	{[]string{"discord"}, lazy.Compile(`\b[MNO][A-Za-z0-9_-]{23,27}\.[\w-]{6}\.[\w-]{27,38}\b`), mark},
	{[]string{"v1."}, lazy.Compile(`\b(v1\.)[0-9a-f]{40}\b`), "$1" + mark},                                                           // GitHub's apps
	{[]string{"access_token$"}, lazy.Compile(`(\baccess_token\$(?:production|sandbox)\$)[0-9a-z]+\$[0-9a-f]{32}`), "$1" + mark},      // Braintree
	{[]string{"gr1348941"}, lazy.Compile(`\b(GR1348941)[\w-]{20}`), "$1" + mark},                                                     // GitLab's runners
	{[]string{"pat.", "sat."}, lazy.Compile(`\b([ps]at\.[A-Za-z0-9_-]{22}\.)[0-9a-zA-Z]{24}\.[0-9a-zA-Z]{20}\b`), "$1" + mark},       // Harness
	{[]string{"_mmk"}, lazy.Compile(`\b\w{6}_\w{29}(_mmk)\b`), mark + "$1"},                                                          // MaxMind
	{[]string{"cmvmd"}, lazy.Compile(`\b(cmVmd)[A-Za-z0-9]{59}\b`), "$1" + mark},                                                     // Artifactory
	{[]string{"4b1d"}, lazy.Compile(`\b(4b1d)[A-Za-z0-9]{38}\b`), "$1" + mark},                                                       // ClickHouse Cloud
	{[]string{"a3-"}, lazy.Compile(`\b(A3-[A-Z0-9]{6}-)(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}\b`), "$1" + mark}, // 1Password
	{[]string{"pat"}, lazy.Compile(`\b(pat)[A-Za-z0-9]{14}\.[0-9a-f]{64}\b`), "$1" + mark},                                           // Airtable
	{[]string{"mdax"}, lazy.Compile(`\b(MDAx)[A-Za-z0-9+/_-]{40,}`), "$1" + mark},                                                    // Macaroons
}

// passwordHashes are known by the scheme that stands before them.
var passwordHashes = []form{
	{[]string{"$"}, lazy.Compile(`(\$(?:[1567y]|2[abxy]?|apr1|argon2\w{1,2}|pbkdf2[\w-]*|scrypt)\$)[^\s:"',]{8,}`), "$1" + mark},
	{[]string{"{s", "{m", "{crypt", "{pbkdf2", "{argon2", "{bcrypt"}, lazy.Compile(`(?i)(\{(?:s?sha\d*|s?md5|crypt|pbkdf2[\w-]*|argon2\w*|bcrypt)\})[^\s"',]{6,}`), "$1" + mark},
	// Kerberos': $krb5asrep$23$bob@CORP:…
	{[]string{"$krb5"}, lazy.Compile(`(\$krb5\w+\$)[^\s"',]{8,}`), "$1" + mark},
	// MySQL's
	{[]string{"*"}, lazy.Compile(`(\*)[0-9A-F]{40}\b`), "$1" + mark},
	// PostgreSQL's
	{[]string{"md5"}, lazy.Compile(`\b(md5)[0-9a-f]{32}\b`), "$1" + mark},
	{[]string{"scram-sha-256$"}, lazy.Compile(`(SCRAM-SHA-256\$)\d+:[^\s"']{16,}`), "$1" + mark},
	// LM and NTLM, of which the first stands for no password.
	{[]string{"aad3b435b51404ee"}, lazy.Compile(`(?i)\b(aad3b435b51404ee)[0-9a-f]{16}:[0-9a-f]{32}\b`), "$1" + mark},
}

// quoteAll returns an expression of any of the words.
func quoteAll(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = regexp.QuoteMeta(w)
	}
	return strings.Join(quoted, "|")
}
