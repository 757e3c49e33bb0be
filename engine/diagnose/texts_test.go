package diagnose

import (
	"fmt"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/rules"
)

// pack returns the Diagnoser of the embedded rules.
func pack(t *testing.T) (*rules.Set, *Diagnoser) {
	t.Helper()
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	d, err := New(set)
	if err != nil {
		t.Fatal(err)
	}
	return set, d
}

// At a start nobody checks them.
func TestEmbeddedTextsAreSound(t *testing.T) {
	set, _ := pack(t)
	for i := range set.Causes {
		c := &set.Causes[i]
		if _, err := textOfCause(c.Recall()()); err != nil {
			t.Errorf("cause %s: %v", c.Name, err)
		}
	}
}

// The texts of all causes are half a megabyte, of which a process tells few.
func TestTextsAreNotHeld(t *testing.T) {
	set, d := pack(t)
	gone := make(chan struct{})
	runtime.AddCleanup(&set.Causes[0], func(gone chan struct{}) { close(gone) }, gone)
	set = nil
	runtime.GC()
	select {
	case <-gone:
	case <-time.After(10 * time.Second):
		t.Error("a diagnoser holds the set that it was made of")
	}
	runtime.KeepAlive(d)
}

// Every cause must read well with all it may know and with nothing at all.
func TestCausesReadWell(t *testing.T) {
	set, _ := pack(t)
	full := Subject{
		Facts: extract.Facts{
			ErrorCode: "AccessDenied", PrincipalARN: "arn:aws:sts::210987654321:assumed-role/orders-task/" + taskID,
			RoleName: "orders-task", SessionName: taskID, Account: "210987654321", Action: "s3:GetObject",
			Resource: "arn:aws:s3:::company-reports/a.csv", Service: "Amazon S3", Operation: "GetObject", HTTPStatus: 403,
			RequestID: "1A2B3C", Region: "eu-west-1", DatabaseUser: "orders", DatabaseHost: "db1.example.net", Endpoint: "api.example.net",
		},
		Task:  Task{TaskRoleARN: "arn:aws:iam::210987654321:role/orders-task", TaskID: taskID, LaunchType: "EC2", Container: "web", Endpoint: "refused"},
		Tasks: 7,
	}
	subjects := map[string]Subject{
		"nothing":  {},
		"full":     full,
		"fargate":  {Task: Task{LaunchType: "FARGATE"}},
		"starting": {Text: "ResourceInitializationError: unable to pull secrets or registry auth"},
		"instance": {Facts: extract.Facts{PrincipalARN: "arn:aws:sts::210987654321:assumed-role/ecsInstanceRole/i-0f00ba4bad1dea", RoleName: "ecsInstanceRole", SessionName: "i-0f00ba4bad1dea"}},
		"user":     {Facts: extract.Facts{PrincipalARN: "arn:aws:iam::210987654321:user/ci", Account: "210987654321"}},
	}
	for _, source := range []string{"169.254.170.2 ", "169.254.170.23 ", "169.254.169.254 ", "WebIdentity ", "SSO session ", "AWS Profile prod "} {
		for _, status := range []int{0, 401, 404, 429, 500} {
			s := Subject{Text: source, Facts: extract.Facts{HTTPStatus: status}}
			subjects[fmt.Sprintf("%s%d", source, status)] = s
		}
	}
	for _, denyType := range []string{"identity", "resource", "boundary", "session", "vpc_endpoint", "scp", "rcp"} {
		for _, explicit := range []bool{false, true} {
			s := full
			s.Facts.DenyType, s.Facts.ExplicitDeny, s.Facts.PolicyARN = denyType, explicit, "arn:aws:iam::210987654321:policy/p"
			subjects[fmt.Sprintf("%s explicit=%v", denyType, explicit)] = s
		}
	}
	for _, c := range set.Causes {
		// A rule of its own, so that causes that no rule of the pack names are held to it too.
		own := &rules.Set{Rules: []rules.Rule{{Name: "test", Cause: c.Name}}, Causes: set.Causes}
		d, err := New(own)
		if err != nil {
			t.Fatal(err)
		}
		for name, s := range subjects {
			checkReads(t, c.Name+", "+name, d.Diagnose(&own.Rules[0], s))
		}
		// Whatever its steps or its refinements look for may stand in the text.
		for _, phrase := range phrasesOf(&c) {
			checkReads(t, c.Name+", "+phrase, d.Diagnose(&own.Rules[0], Subject{Text: "x " + phrase + " y"}))
		}
	}
}

// phrasesOf returns the phrases that the steps of a cause turn on.
func phrasesOf(c *rules.Cause) (phrases []string) {
	for _, s := range c.Fix {
		phrases = append(append(phrases, s.Text...), s.Unless...)
	}
	for _, r := range c.Refines {
		phrases = append(append(phrases, r.Text...), r.Unless...)
	}
	return phrases
}

var (
	leftover = regexp.MustCompile(`(^|[^%$])\{[a-z_]+\}`)
	linkForm = regexp.MustCompile(`^https://[a-z0-9.-]+/\S+$`)
)

// checkReads holds a diagnosis to what every one of them must have.
func checkReads(t *testing.T, name string, d Diagnosis) {
	t.Helper()
	said := append([]string{d.Headline, d.Explain, d.StatementNote}, d.Fix...)
	for _, s := range said {
		switch {
		case s == "":
			continue
		case leftover.MatchString(s):
			t.Errorf("%s: a placeholder is left in %q", name, s)
		case strings.Contains(s, "  "), strings.Contains(s, " ."), strings.Contains(s, " ,"), strings.Contains(s, "()"), strings.Contains(s, "''"):
			t.Errorf("%s: a gap in %q", name, s)
		case !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "}"): // a sentence, or a statement shown
			t.Errorf("%s: no full stop at the end of %q", name, s)
		}
	}
	if d.Headline == "" || len(d.Headline) > 300 {
		t.Errorf("%s: headline is %q; want one sentence", name, d.Headline)
	}
	if d.Explain == "" {
		t.Errorf("%s: nothing explained", name)
	}
	if len(d.Fix) == 0 || len(d.Fix) > 9 {
		t.Errorf("%s: %d steps; want 1 to 9", name, len(d.Fix))
	}
	if leftover.MatchString(d.Verify) || strings.Contains(d.Verify, "''") {
		t.Errorf("%s: verify is %q", name, d.Verify)
	}
	for _, s := range d.See {
		if !linkForm.MatchString(s) {
			t.Errorf("%s: %q is no link", name, s)
		}
	}
	if d.Statement != nil {
		if !d.AllowHelps {
			t.Errorf("%s: a statement, though no Allow helps", name)
		}
		if d.StatementIn == "" {
			t.Errorf("%s: a statement that belongs nowhere", name)
		}
		checkGrammar(t, d.Statement)
	}
}

// A changed policy needs no restart, so no step may ask for one where the cause
// is a policy.
func TestPolicyChangesNeedNoRestart(t *testing.T) {
	set, d := pack(t)
	for _, c := range set.Causes {
		if c.Kind != rules.Authorization {
			continue
		}
		for i := range set.Rules {
			if set.Rules[i].Cause != c.Name {
				continue
			}
			got := d.Diagnose(&set.Rules[i], Subject{Facts: extract.Facts{Action: "sqs:SendMessage"}})
			for _, step := range got.Fix {
				if strings.Contains(step, "force-new-deployment") || strings.Contains(step, "estart the task") {
					t.Errorf("%s asks for a restart: %s", c.Name, step)
				}
			}
		}
	}
}

func TestNewRefusesUnknownNames(t *testing.T) {
	f := func(c rules.Cause, want string) {
		t.Helper()
		c.Name, c.File, c.Line = "mine", "my.yaml", 7
		_, err := New(&rules.Set{Causes: []rules.Cause{c}})
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("New: got %v\nwant %s…", err, want)
		}
	}
	f(rules.Cause{Explain: "Role {rolename} may not."}, "my.yaml:7: cause mine: explain: unknown placeholder {rolename}; known are account,")
	f(rules.Cause{Headline: []string{"{what} broke."}}, "my.yaml:7: cause mine: headline: unknown placeholder {what}")
	f(rules.Cause{Fix: []rules.Step{{Say: "Fine."}, {Say: "Fine.", Condition: rules.Condition{When: map[string][]string{"rolekind": nil}}}}},
		`my.yaml:7: cause mine: fix step 2: unknown condition "rolekind"`)

	_, err := New(&rules.Set{Rules: []rules.Rule{{Name: "a.b", Cause: "nowhere", File: "my.yaml", Line: 3}}})
	if want := `my.yaml:3: rule a.b: unknown cause "nowhere"`; err == nil || err.Error() != want {
		t.Errorf("New: got %v\nwant %s", err, want)
	}
}

// A rule's own words take the place of its cause's, also when the facts made
// another cause of it.
func TestRuleWords(t *testing.T) {
	set, _ := pack(t)
	own := &rules.Set{Causes: set.Causes, Rules: []rules.Rule{{
		Name: "mine", Cause: "missing_permission", Explain: "Ask team {container}.", Fix: []string{"Call them.", "Tell {role_name}."}, See: []string{"https://wiki.example.net/auth"},
	}}}
	d, err := New(own)
	if err != nil {
		t.Fatal(err)
	}
	got := d.Diagnose(&own.Rules[0], Subject{Facts: extract.Facts{Action: "kms:Decrypt"}, Task: Task{Container: "web"}})
	if got.Cause != "kms_denied" || got.Explain != "Ask team web." || len(got.Fix) != 1 || got.Fix[0] != "Call them." || got.See[0] != "https://wiki.example.net/auth" {
		t.Errorf("got %+v", got)
	}
}

// A cause takes the place of those that it refines where its condition holds, the
// first of several, and not where the text says otherwise.
func TestRefines(t *testing.T) {
	refining := func(name, of string, c rules.Condition) rules.Cause {
		return rules.Cause{Name: name, Kind: rules.Authorization, Refines: []rules.Refinement{{Causes: []string{of}, Condition: c}}}
	}
	set := &rules.Set{
		Rules: []rules.Rule{{Name: "mine", Cause: "plain"}},
		Causes: []rules.Cause{
			{Name: "plain", Kind: rules.Authorization},
			refining("guarded", "plain", rules.Condition{When: map[string][]string{"account": {"123456789012"}}, Text: []string{"Guardrail"}, Unless: []string{"dry run"}}),
			refining("throttled", "plain", rules.Condition{Text: []string{"too many", "slow down"}}),
			refining("other", "guarded", rules.Condition{}),
		},
	}
	d, err := New(set)
	if err != nil {
		t.Fatal(err)
	}
	f := func(account, text, want string) {
		t.Helper()
		if got := d.Diagnose(&set.Rules[0], Subject{Facts: extract.Facts{Account: account}, Text: text}).Cause; got != want {
			t.Errorf("%s, %q: got %s; want %s", account, text, got, want)
		}
	}
	f("123456789012", "denied by GUARDRAIL 7, slow down", "guarded")
	f("210987654321", "denied by guardrail 7", "plain")
	f("123456789012", "denied by guardrail 7 (Dry run)", "plain")
	f("", "Slow down", "throttled")
	f("", "", "plain")
}

func TestTemplates(t *testing.T) {
	known := map[string]string{"action": "s3:GetObject", "resource": "$(reboot)", "role_name": "", "resource_label": "the orders table"}
	v := func(name string) string { return known[name] }
	said := func(text string, say func(template, values) string, want string) {
		t.Helper()
		tpl, err := prose(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := say(tpl, v); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
	f := func(text, want string) { t.Helper(); said(text, template.all, want) }
	step := func(text, want string) { t.Helper(); said(text, template.step, want) }
	f("Allow {action}.", "Allow s3:GetObject.")
	f("First. Role {role_name} is gone. Last.", "First. Last.")
	f("{resource_label} is gone, {resource_label}. {action} is not.", "The orders table is gone, the orders table. s3:GetObject is not.")
	f("Role {role_name} only.", "")
	f("  Folded\n   text.  ", "Folded text.")
	f("Keep ${action} and %{action} as they are.", "Keep ${action} and %{action} as they are.")

	step("Allow {action}. Role {role_name} is gone. Then go on.", "Allow s3:GetObject. Then go on.")
	step("Look at role {role_name}. Its policy says it.", "")

	cmd, err := lines("show '{resource}'\nshow '{role_name}'\nshow '{action}'")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := cmd.firstCommand(v), "show 's3:GetObject'"; got != want {
		t.Errorf("a command took an unknown or unsafe value: got %q; want %q", got, want)
	}
}

// Values come from logs, which strangers may write to.
func TestValuesAreClean(t *testing.T) {
	_, d := pack(t)
	set, _ := rules.Default()
	var rule *rules.Rule
	for i := range set.Rules {
		if set.Rules[i].Cause == "missing_permission" {
			rule = &set.Rules[i]
		}
	}
	got := d.Diagnose(rule, Subject{Facts: extract.Facts{
		Action: "s3:Get\nObject", Resource: strings.Repeat("x", 1<<20), RoleName: "r\x1b[31m\xff", PrincipalARN: "arn:aws:sts::1:assumed-role/r/s",
	}})
	for _, s := range append(got.Fix, got.Headline, got.Explain, got.Verify, got.StatementNote) {
		if strings.ContainsAny(s, "\n\x1b") || len(s) > 4*maxValue || !strings.Contains(strings.ToValidUTF8(s, "�")+"x", "x") || strings.Contains(s, "\xff") {
			t.Errorf("unclean: %.200q (%d bytes)", s, len(s))
		}
	}
}

func TestAPIProvider(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		if got := apiProvider(text); got != want {
			t.Errorf("%q is of %q; want %q", text, got, want)
		}
	}
	f("openai.AuthenticationError: Incorrect API key provided", "OpenAI")
	f("New Relic: invalid license key (newrelic.com)", "New Relic")
	f("Azure OpenAI: Incorrect API key provided", "")
	f("[openai-gateway] anthropic.AuthenticationError: invalid x-api-key", "")
	f("slack-notifier: stripe.error.AuthenticationError: Invalid API Key provided", "")
	f("invalid api key", "")
}

func TestDatabaseEngine(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		if got := databaseEngine(extract.Facts{}, text); got != want {
			t.Errorf("%q: got %q; want %q", text, got, want)
		}
	}
	f("ORA-01017: invalid username/password", "oracle")
	f("aurora-1.cluster-x.eu-west-1.rds.amazonaws.com: SELECT command denied to user 'app'", "")
}

// Of two with one name, one would never be asked.
func TestNamesStandOnce(t *testing.T) {
	met := map[string]bool{}
	for _, n := range names {
		if met[n.name] {
			t.Errorf("%s stands twice", n.name)
		}
		met[n.name] = true
	}
}

func TestSudo(t *testing.T) {
	f := func(text, user, command string) {
		t.Helper()
		if got := captured(sudoForm, text); got != user {
			t.Errorf("%q: the user is %q; want %q", text, got, user)
		}
		if got := captured(sudoCommandForm, text); got != command {
			t.Errorf("%q: the command is %q; want %q", text, got, command)
		}
	}
	f("sudo:      eva : 2 incorrect password attempts ; TTY=pts/1 ; PWD=/srv ; USER=root ; COMMAND=/bin/cat /etc/shadow", "eva", "/bin/cat")
	f(`{"ident":"sudo","message":"eva : command not allowed ; PWD=/ ; USER=root ; COMMAND=/bin/sh"}`, "eva", "/bin/sh")
	f("sudo[7]: eva@corp.example : user NOT in sudoers ; TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/bin/sh", "eva@corp.example", "/bin/sh")
	f("time : 12 ; rest", "", "")
}
