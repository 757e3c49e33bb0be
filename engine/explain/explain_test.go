package explain_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/explain/explaintest"
	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/rules"
)

const ownRules = `
rules:
  - name: own.refused
    cause: own
    severity: high
    signatures:
      - literal: our key is refused
        unless: [sandbox]
      - regex: 'OWN-(?:01|02)\b'
    facts:
      - '(?P<error_code>OWN-\d+)'
      - 'endpoint=(?P<endpoint>\S+)'
      - 'API key (?P<resource>\S+)'
    examples: {match: ["OWN-01"], ignore: ["OWN-03"]}
  - name: own.titled
    cause: own
    title: A Title of Its Own
    signatures: [{literal: something quite different}]
    examples: {match: ["something quite different"], ignore: ["nothing"]}
causes:
  - name: own
    kind: external
    title: Own Failures
    headline: ["Our key is refused with {error_code}.", "Our key is refused."]
    explain: It was revoked.
    fix: [{say: Use the new one.}]
`

func newExplainer(t *testing.T) *explain.Explainer {
	t.Helper()
	set, err := rules.Parse("own.yaml", []byte(ownRules))
	if err != nil {
		t.Fatal(err)
	}
	return explaintest.Of(t, set)
}

func TestExplain(t *testing.T) {
	e := newExplainer(t)
	f := func(in, rule, title, evidence, headline string) {
		t.Helper()
		x := e.Explain([]byte(in), diagnose.Task{})
		if x.Rule == nil {
			t.Errorf("%.80q: no rule matches; want %s", in, rule)
			return
		}
		got := []string{x.Rule.Name, x.Title, x.Evidence, x.Diagnosis.Headline}
		if diff := cmp.Diff([]string{rule, title, evidence, headline}, got); diff != "" {
			t.Errorf("%.80q (-want +got):\n%s", in, diff)
		}
	}
	f("OUR KEY is refused", "own.refused", "Own Failures", "OUR KEY is refused", "Our key is refused.")
	f("failed: own-02, twice", "own.refused", "Own Failures", "own-02", "Our key is refused.")
	f("failed: OWN-02, twice", "own.refused", "Own Failures", "OWN-02", "Our key is refused with OWN-02.")
	f("something quite different", "own.titled", "A Title of Its Own", "something quite different", "Our key is refused.")

	// The text is read as a person would read it.
	f(`{"msg":"\u001b[31mour\u0020key is\trefused\u001b[0m: our key is refused"}`, "own.refused", "Own Failures", "our key is refused", "Our key is refused.")

	// Wherever it stands in a text of any length.
	filler := strings.Repeat("größer ", 1<<20)
	f(filler+"OWN-01 "+filler, "own.refused", "Own Failures", "OWN-01", "Our key is refused with OWN-01.")
	f("OWN-01 "+filler, "own.refused", "Own Failures", "OWN-01", "Our key is refused with OWN-01.")
	f(filler+"OWN-01", "own.refused", "Own Failures", "OWN-01", "Our key is refused with OWN-01.")
}

// What only the rules that come with AuthLens know how to read.
func TestFactsOfBuiltInRules(t *testing.T) {
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	e := explaintest.Of(t, set)
	f := func(in string, want extract.Facts) {
		t.Helper()
		got := e.Explain([]byte(in), diagnose.Task{}).Facts
		got.ErrorCode = "" // not a rule's
		if got != want {
			t.Errorf("%.80q: got %+v, want %+v", in, got, want)
		}
	}
	f("TopicAuthorizationException: Not authorized to access topics: [orders]", extract.Facts{Resource: "orders"})
	f("kafkajs: Not authorized to access topics: [Topic authorization failed.]", extract.Facts{})
	f("GroupAuthorizationException: Not authorized to access group: billing", extract.Facts{Resource: "billing"})
	f(`new row violates row-level security policy for table "invoices"`, extract.Facts{Resource: "invoices"})
	f("SELECT command denied to user 'app'@'10.0.1.2' for table 'invoices'", extract.Facts{Action: "SELECT", Resource: "invoices", DatabaseUser: "app"})
	f("SELECT command denied to user 'app'@'10.0.1.2' for column 'total' in table 'invoices'", extract.Facts{Action: "SELECT", Resource: "invoices", DatabaseUser: "app"})
	f("execute command denied to user 'app'@'10.0.1.2' for routine 'shop.charge'", extract.Facts{Action: "execute", Resource: "shop.charge", DatabaseUser: "app"})
	f("SELECT command denied to user 'app'@'10.0.1.2' for table `shop`.`invoices`", extract.Facts{Action: "SELECT", Resource: "invoices", DatabaseUser: "app"})
	f("Access denied for user 'app'@'%' to database 'audit'", extract.Facts{Resource: "audit", DatabaseUser: "app"})
	f("Access denied for user 'app'@'%' (using password: YES)", extract.Facts{DatabaseUser: "app"})
	f("ERROR:  must be owner of table invoices", extract.Facts{Resource: "invoices"})
	f(`ERROR: permission denied to set role "audit"`, extract.Facts{Resource: "audit"})
	f("User `app` was denied access on the database `shop.public`", extract.Facts{Resource: "shop.public", DatabaseUser: "app"})
	f(`MongoServerError: not authorized on shop to execute command { insert: "invoices", ordered: true, $db: "shop" }`, extract.Facts{Action: "insert", Resource: "shop"})
	f("not authorized for query on shop.invoices", extract.Facts{Action: "query", Resource: "shop.invoices"})
	f("Provided username app and/or password are incorrect", extract.Facts{DatabaseUser: "app"})
	f("DB::Exception: app: Authentication failed: password is incorrect, or there is no user with such name.", extract.Facts{DatabaseUser: "app"})
	f(`FATAL:  role "app" does not exist`, extract.Facts{DatabaseUser: "app"})
	f("Exception authenticating MongoCredential{mechanism=MONGODB-AWS, userName='null', source='$external'}", extract.Facts{})
	f("Not authorized to commit to topics [orders.v1]", extract.Facts{Resource: "orders.v1"})
	f("Error while fetching metadata with correlation id 3 : {orders.v1=TOPIC_AUTHORIZATION_FAILED}", extract.Facts{Resource: "orders.v1"})
	f("kafka: Not authorized to access group: Group authorization failed.", extract.Facts{})
	f("kafka: Not authorized to access group: billing-v1, retrying", extract.Facts{Resource: "billing-v1"})
	f("User app has no MODIFY permission on <table shop.invoices> or any of its parents", extract.Facts{Action: "MODIFY", Resource: "table shop.invoices", DatabaseUser: "app"})
	f("Authentication failed against database server at `db`, the provided database credentials for `app` are not valid.", extract.Facts{DatabaseHost: "db", DatabaseUser: "app"})
	f(`FATAL: role "app" is not permitted to log in`, extract.Facts{DatabaseUser: "app"})
	f("Exception authenticating MongoCredential{mechanism=SCRAM-SHA-1, userName='app', source='admin'}", extract.Facts{DatabaseUser: "app"})
	f(`{"userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::111122223333:assumed-role/app/s1"},"errorCode":"AccessDenied","errorMessage":"Access Denied","requestParameters":{"bucketName":"orders"}}`,
		extract.Facts{PrincipalARN: "arn:aws:sts::111122223333:assumed-role/app/s1", RoleName: "app", SessionName: "s1", Account: "111122223333", Resource: "orders"})
	f("Access was denied when calling Glue. Ensure that the access policy attached to the IAM role arn:aws:iam::111122223333:role/stream allows access.",
		extract.Facts{PrincipalARN: "arn:aws:iam::111122223333:role/stream", RoleName: "stream", Account: "111122223333"})
}

func TestExplainBoundsTheExcerpt(t *testing.T) {
	e := newExplainer(t)
	filler := strings.Repeat("größer ", 1<<20)
	x := e.Explain([]byte(filler+"OWN-01 "+filler), diagnose.Task{})
	if n := len(x.Excerpt); n > 32<<10 || n < 31<<10 {
		t.Errorf("excerpt of %d bytes, want at most 32 KiB and not much less", n)
	}
	if !utf8.ValidString(x.Excerpt) {
		t.Error("the excerpt is cut in the middle of a character")
	}
	if at := strings.Index(x.Excerpt, "OWN-01"); at < 15<<10 || at > 17<<10 {
		t.Errorf("the evidence stands at byte %d of %d, want the middle", at, len(x.Excerpt))
	}
}

func TestExplainTellsWhyNothingMatches(t *testing.T) {
	e := newExplainer(t)
	x := e.Explain([]byte("our key is refused in the sandbox"), diagnose.Task{})
	if x.Rule != nil || len(x.Traces) != 1 || x.Traces[0].Rule != "own.refused" || x.Traces[0].Why != `ruled out by "sandbox"` {
		t.Errorf("got rule %v, traces %+v", x.Rule, x.Traces)
	}
	if x := e.Explain([]byte("all is well"), diagnose.Task{}); x.Rule != nil || len(x.Traces) > 0 {
		t.Errorf("got rule %v, traces %+v", x.Rule, x.Traces)
	}
}

func TestExplanationsHoldNoSecrets(t *testing.T) {
	e := newExplainer(t)
	const secret = "hunter2-not-a-real-one"
	x := e.Explain([]byte("OWN-01 endpoint=https://app:"+secret+"@api.example.com/v1 password="+secret), diagnose.Task{})
	if x.Rule == nil || x.Facts.ErrorCode != "OWN-01" || !strings.Contains(x.Facts.Endpoint, "api.example.com") {
		t.Fatalf("got rule %v, facts %+v", x.Rule, x.Facts)
	}
	for name, text := range map[string]string{
		"excerpt":  x.Excerpt,
		"endpoint": x.Facts.Endpoint,
		"explain":  x.Diagnosis.Explain + strings.Join(x.Diagnosis.Fix, "") + x.Diagnosis.Verify,
	} {
		if strings.Contains(text, secret) {
			t.Errorf("%s shows the secret: %s", name, text)
		}
	}
}

// Of a long text, what is shown is cut off after secrets were taken out of it: a secret
// at the cut shows in no part.
func TestExcerptsAreCutOffBehindSecrets(t *testing.T) {
	e := newExplainer(t)
	const half, secret = 16 << 10, "hunter2-not-a-real-one"
	pair := "password=" + secret + " "
	words := func(n int) string { return strings.Repeat("x ", n/2) + strings.Repeat(" ", n%2) }
	for shift := 0; shift < len(pair); shift += 4 {
		near := words(half - shift)
		text := words(half) + pair + near + "OWN-01 " + near + pair + words(half)
		x := e.Explain([]byte(text), diagnose.Task{})
		if x.Evidence != "OWN-01" {
			t.Fatalf("shift %d: got the evidence %q", shift, x.Evidence)
		}
		rest := strings.NewReplacer("password=", "", "[redacted]", "").Replace(x.Excerpt)
		for n := len(secret); n >= 4; n-- {
			if strings.Contains(rest, secret[:n]) || strings.Contains(rest, secret[len(secret)-n:]) {
				t.Fatalf("shift %d: the excerpt shows %d bytes of the secret: %.60q … %q", shift, n, x.Excerpt, x.Excerpt[len(x.Excerpt)-60:])
			}
		}
	}
}

// What is taken out may be most of a text: what is left is around the evidence all the same.
func TestExcerptsKeepTheEvidence(t *testing.T) {
	e := newExplainer(t)
	key := "-----BEGIN PRIVATE KEY-----\n" + strings.Repeat("MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQC7VJTUt9Us8cKj\n", 400) + "-----END PRIVATE KEY-----\n"
	for _, text := range []string{
		strings.Repeat("x ", 16<<10) + key + "OWN-01 " + strings.Repeat("x ", 32<<10),
		strings.Repeat("x ", 32<<10) + "OWN-01 " + key + strings.Repeat("x ", 16<<10),
		strings.Repeat("x ", 32<<10) + key + "OWN-01 " + key + strings.Repeat("x ", 32<<10),
	} {
		if x := e.Explain([]byte(text), diagnose.Task{}); x.Evidence != "OWN-01" || !strings.Contains(x.Excerpt, "OWN-01") {
			t.Errorf("got the evidence %q in an excerpt of %d bytes", x.Evidence, len(x.Excerpt))
		}
	}
}

// What a rule takes for a fact may be a secret, which only the text around it tells.
func TestFactsAreNoSecrets(t *testing.T) {
	e := newExplainer(t)
	f := func(in, want string) {
		t.Helper()
		if x := e.Explain([]byte(in), diagnose.Task{}); x.Rule == nil || x.Facts.Resource != want || x.Facts.ErrorCode != "OWN-01" {
			t.Errorf("%q: got rule %v, facts %+v; want the resource %q", in, x.Rule, x.Facts, want)
		}
	}
	f("OWN-01: API key hunter2x is refused", "")
	f("OWN-01: API key orders is refused", "orders")
	f("OWN-01: API key hunter2x is refused, see hunter2x", "hunter2x")
}
