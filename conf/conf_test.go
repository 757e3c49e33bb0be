package conf

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// with makes a Getter out of name, value, name, value, …
func with(pairs ...string) Getter {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return m[name] }
}

func TestDefaultsAlone(t *testing.T) {
	got, err := Load(with())
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		Window: time.Minute, Lateness: 30 * time.Second, Threshold: 2, ThresholdWindows: 5,
		UpdateAfter: 5 * time.Minute, RepeatAfter: 4 * time.Hour, ResolveAfter: 15 * time.Minute,
		MaxGroups: 1000, MaxEvidence: 2048,
		Sinks: []string{"stdout"}, ForwardAck: true, ForwardFormat: "record",
		FindingsTag: "{tag}-authlens", ShutdownGrace: 3 * time.Second,
		CloudWatchNamespace: "AuthLens", CloudWatchDimensions: [][]string{{"cluster", "family", "cause"}, {"cluster", "family"}},
		CloudWatchCombinations: 200, CloudWatchInterval: time.Minute,
		RoleProbe: true, StatsInterval: time.Hour, Verbosity: "info",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// Each field of Config is filled by an option, and each option by its example.
func TestExamples(t *testing.T) {
	rules := filepath.Join(t.TempDir(), "rules.yaml")
	if err := os.WriteFile(rules, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	defaults, err := Load(with())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range Options() {
		pairs := []string{o.Name, o.Example}
		switch o.Name {
		case "rules_file":
			pairs[1] = rules
		case "rules_mode":
			pairs = append(pairs, "rules_file", rules)
		}
		got, err := Load(with(pairs...))
		if want := o.Name + "=" + pairs[1]; err == nil && !slices.Contains(got.Given, want) {
			t.Errorf("given are %q; want %s", got.Given, want)
		}
		got.Given = nil
		if err != nil {
			t.Errorf("%s: %v", o.Name, err)
		} else if cmp.Equal(defaults, got) {
			t.Errorf("%s: its example %q changes nothing", o.Name, o.Example)
		}
	}
}

func TestSinksFollowForwardTo(t *testing.T) {
	f := func(get Getter, sinks, to string) {
		t.Helper()
		c, err := Load(get)
		if err != nil {
			t.Error(err)
			return
		}
		if got := strings.Join(c.Sinks, ","); got != sinks || c.ForwardTo.String() != to {
			t.Errorf("sinks %s, forward_to %s; want %s, %s", got, c.ForwardTo, sinks, to)
		}
	}
	f(with(), "stdout", "")
	f(with("forward_to", "tcp://127.0.0.1:24224"), "forward", "tcp://127.0.0.1:24224")
	f(with("sinks", "forward"), "forward", fireLensSocket)
	f(with("sinks", "Stdout, forward,stdout"), "stdout,forward", fireLensSocket)
	f(with("sinks", "stdout,forward", "forward_to", "unix:///tmp/x"), "stdout,forward", "unix:///tmp/x")
}

func TestValues(t *testing.T) {
	good := func(name, text string, field func(Config) any, want any) {
		t.Helper()
		c, err := Load(with(name, text))
		if err != nil {
			t.Error(err)
		} else if got := field(c); !cmp.Equal(got, want) {
			t.Errorf("%s %q = %v, want %v", name, text, got, want)
		}
	}
	window := func(c Config) any { return c.Window }
	good("window", "90", window, 90*time.Second)
	good("window", " 1m30s\t", window, 90*time.Second)
	good("window", "1h", window, time.Hour)
	good("window", "2000ms", window, 2*time.Second)
	good("lateness", "1500ms", func(c Config) any { return c.Lateness }, 1500*time.Millisecond)
	good("stats_interval", "0", func(c Config) any { return c.StatsInterval }, time.Duration(0))
	good("max_evidence", "4K", func(c Config) any { return c.MaxEvidence }, 4096)
	good("max_evidence", "1000", func(c Config) any { return c.MaxEvidence }, 1000)
	for _, text := range []string{"on", "True", "YES"} {
		good("access_logs", text, func(c Config) any { return c.AccessLogs }, true)
	}
	good("role_probe", "Off", func(c Config) any { return c.RoleProbe }, false)
	good("verbosity", "WARN", func(c Config) any { return c.Verbosity }, "warn")
	good("scan_keys", " log , message,", func(c Config) any { return c.ScanKeys }, []string{"log", "message"})
	good("forward_to", "tcp://[::1]:24224", func(c Config) any { return c.ForwardTo }, Address{"tcp", "[::1]:24224"})

	dimensions := func(c Config) any { return c.CloudWatchDimensions }
	good("cloudwatch_dimensions", "Cause + family, cause", dimensions, [][]string{{"family", "cause"}, {"cause"}})
	for _, region := range []string{"eu-central-1", "us-gov-west-1", "cn-northwest-1", "eusc-de-east-1", "us-isob-east-1", "ap-southeast-15"} {
		good("cloudwatch_region", region, func(c Config) any { return c.CloudWatchRegion }, region)
	}
	for _, url := range []string{"http://127.0.0.1:4566", "https://[fd00::1]/path", "https://monitoring.example.com"} {
		good("cloudwatch_endpoint", url, func(c Config) any { return c.CloudWatchEndpoint }, url)
	}
	emfSink := func(c Config) any { return c.EMFSink() }
	good("sinks", "stdout", emfSink, SinkStdout)
	good("sinks", "stdout,forward", emfSink, SinkForward)
	good("sinks", "cloudwatch", emfSink, "")

	// The bounds themselves are allowed.
	good("window", "1", window, time.Second)
	good("window", "3600", window, time.Hour)
	longest := strings.Repeat("n", 255)
	good("cluster", longest, func(c Config) any { return c.Cluster }, longest)
	good("family", longest, func(c Config) any { return c.Family }, longest)
	good("cloudwatch_namespace", longest, func(c Config) any { return c.CloudWatchNamespace }, longest)
	threshold := func(c Config) any { return c.Threshold }
	good("threshold", "1", threshold, 1)
	good("threshold", "1000000", threshold, 1_000_000)
	maxEvidence := func(c Config) any { return c.MaxEvidence }
	good("max_evidence", "256", maxEvidence, 256)
	good("max_evidence", "8k", maxEvidence, 8192)
	family := strings.Repeat("f", 255)
	good("family", family, func(c Config) any { return c.Family }, family)
	good("family", "orders api", func(c Config) any { return c.Family }, "orders api")
	good("scan_keys", strings.Repeat("k,", 16), func(c Config) any { return len(c.ScanKeys) }, 16)
	tag := strings.Repeat("x", 128)
	good("findings_tag", tag, func(c Config) any { return c.FindingsTag }, Tag(tag))
	good("findings_tag", "{tag}.abc", func(c Config) any { return c.FindingsTag }, Tag("{tag}.abc"))
	path := "/" + strings.Repeat("x", 106)
	good("forward_to", "unix://"+path, func(c Config) any { return c.ForwardTo }, Address{"unix", path})
}

func TestValuesRefused(t *testing.T) {
	bad := func(name, text, why string) {
		t.Helper()
		_, err := Load(with(name, text))
		var p Problems
		if !errors.As(err, &p) || len(p) != 1 {
			t.Errorf("%s %q: got %v, want one problem", name, text, err)
			return
		}
		if p[0].Option != name || !strings.Contains(err.Error(), why) || !strings.Contains(err.Error(), p[0].Meaning) {
			t.Errorf("%s %q: message lacks %q:\n%v", name, text, why, err)
		}
	}
	bad("window", "sixty", `expected a duration, 1s to 1h, such as 60s, in whole seconds; got "sixty"`)
	bad("window", "0", "1s to 1h")
	bad("window", "-5", "1s to 1h")
	bad("window", "-5s", "1s to 1h")
	bad("window", "3601", "1s to 1h")
	bad("window", "1500ms", `such as 60s, in whole seconds; got "1500ms" (a fraction of a second)`)
	bad("window", "99999999999999999999", "1s to 1h")
	bad("window", "9999999999", "1s to 1h")
	bad("stats_interval", "18446744084", "10s to 24h") // 10.3 s when its nanoseconds overflow
	bad("stats_interval", "5s", "0 (never), or 10s to 24h")
	bad("threshold", "1.5", "a whole number, 1 to 1000000")
	bad("threshold", "0", "1 to 1000000")
	bad("max_evidence", "99999999999k", "256 to 8k")
	bad("max_evidence", "much", "256 to 8k")
	bad("max_evidence", "1", "256 to 8k")
	bad("access_logs", "maybe", "on or off")
	bad("rules_mode", "merge", "one of extend, replace")
	bad("rules_mode", "replace", "unless rules_file is set")
	bad("rules_file", "/no/such/file", `a readable file or folder; got "/no/such/file" (no such file or directory)`)
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	bad("rules_file", pipe, "(a pipe, a socket or a device)")
	if _, err := Load(with("rules_file", t.TempDir())); err != nil {
		t.Errorf("a folder of rules is refused: %v", err)
	}
	bad("sinks", "stdout,kafka", `there is no "kafka"`)
	bad("sinks", ",", "comma-separated list out of stdout, forward")
	bad("scan_keys", strings.Repeat("k,", 17), "up to 16 names")
	bad("forward_to", "127.0.0.1:24224", "neither tcp:// nor unix://")
	bad("forward_to", "udp://127.0.0.1:1", "neither tcp:// nor unix://")
	bad("forward_to", "tcp://127.0.0.1", "needs host:port")
	bad("forward_to", "tcp://:24224", "needs a host")
	bad("forward_to", "tcp://h:0", "1 to 65535")
	bad("forward_to", "tcp://h:65536", "1 to 65535")
	bad("forward_to", "tcp://h:+1", "1 to 65535")
	bad("forward_to", "tcp://h/path:24224", "a name or an address")
	bad("forward_to", "tcp://h h:24224", "a name or an address")
	bad("forward_to", "unix:///", "the name of a socket")
	bad("forward_to", "unix:///var/run/", "the name of a socket")
	bad("forward_to", "tcp://user@h:24224", "credentials do not belong here")
	bad("forward_to", "tcp://user:pw@h:24224", "credentials do not belong here")
	bad("forward_to", "unix://run/x.sock", "begin with /")
	bad("forward_to", "unix:///"+strings.Repeat("x", 107), "107 bytes")
	bad("findings_tag", "{tag}", "could not be told from logs")
	bad("findings_tag", "{tag}.ab", "could not be told from logs")
	bad("findings_tag", "{tag}-{task}-authlens", "{task} is not a placeholder")
	bad("findings_tag", "{tag}.find*", "only letters, digits")
	bad("findings_tag", strings.Repeat("x", 129), "longer than 128")
	bad("cluster", "a\nb", "on one line")
	bad("family", strings.Repeat("f", 256), "up to 255 bytes")
	bad("cluster", strings.Repeat("c", 256), "up to 255 bytes")
	bad("shutdown_grace", "5s", "100ms to 4s")
	bad("cloudwatch_namespace", "AWS/ECS", "AWS' own")
	bad("cloudwatch_namespace", ":x", "up to 255 letters")
	bad("cloudwatch_namespace", strings.Repeat("n", 256), "up to 255 letters")
	bad("cloudwatch_dimensions", "cluster+task", `there is no dimension "task"`)
	bad("cloudwatch_dimensions", "cause+cause", "cause stands twice in one set")
	bad("cloudwatch_dimensions", "cause+family,family+cause", "family+cause is there twice")
	bad("cloudwatch_dimensions", "cluster,family,cause,container,cluster+family", "up to 4 comma-separated sets")
	bad("cloudwatch_dimensions", "+", "there is no dimension")
	bad("cloudwatch_interval", "1s", "10s to 1h")
	bad("cloudwatch_region", "Frankfurt", "a region, such as eu-central-1")
	for _, url := range []string{"monitoring.example.com", "ftp://example.com", "https://%zz", "https://:443", "https://example.com?a=b", "https://example.com#a"} {
		bad("cloudwatch_endpoint", url, "a URL, such as")
	}
	bad("cloudwatch_endpoint", "https://user:pw@example.com", "credentials do not belong here")
	bad("cloudwatch_endpoint", "https://example.com:99999", "1 to 65535")
	bad("verbosity", "trace", "one of error, warn, info, debug")
}

// A message about a wrong value is kept in a log: it does not repeat a password.
func TestProblemsShowNoSecrets(t *testing.T) {
	const secret = "hunter2x"
	addresses := []string{
		"https://user:" + secret + "@example.com/",
		"tcp://user:" + secret + "@example.com:24224",
		"user:" + secret + "@example.com:24224",
		"redis://:" + secret + "@example.com",
		"https://example.com/?password=" + secret,
		strings.Repeat("x", maxShown-20) + "https://user:" + secret + "@example.com/",
	}
	for _, o := range Options() {
		for _, address := range addresses {
			_, err := Load(with(o.Name, address))
			if err != nil && strings.Contains(err.Error(), secret[:3]) {
				t.Errorf("%s: %v", o.Name, err)
			}
		}
	}
}

// A value is repeated as it is up to a bound, and no further.
func TestProblemsShowNoMore(t *testing.T) {
	f := func(n int, want string) {
		t.Helper()
		if _, err := Load(with("window", strings.Repeat("w", n))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d bytes: got %v, want %s", n, err, want)
		}
	}
	f(maxShown, `"`+strings.Repeat("w", maxShown)+`"`)
	f(maxShown+1, `"`+strings.Repeat("w", maxShown)+`…"`)
}

func TestEverythingWrongAtOnce(t *testing.T) {
	_, err := Load(with(
		"window", "0.1s", // and lateness, which depends on it, is not blamed
		"lateness", "59m",
		"sinks", "pigeon", // and forward_to, which depends on it, is not blamed
		"forward_to", "tcp://h:1",
		"threshold", "many",
		"update_after", "5m",
		"repeat_after", "2m", // below update_after
		"rules_mode", "replace",
		"verbosity", strings.Repeat("v", 1000)+"\x00",
	))
	var p Problems
	if !errors.As(err, &p) {
		t.Fatalf("got %v", err)
	}
	var got []string
	for _, q := range p {
		got = append(got, q.Option)
	}
	want := []string{"window", "threshold", "sinks", "verbosity", "repeat_after", "rules_mode"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if n := len(err.Error()); n > 4000 {
		t.Errorf("the message has %d bytes", n)
	}
	if !strings.HasPrefix(err.Error(), "6 options cannot be used:\n  window: expected ") {
		t.Errorf("message: %v", err)
	}
}

func TestOptionsThatMustAgree(t *testing.T) {
	f := func(option, expected string, pairs ...string) {
		t.Helper()
		_, err := Load(with(pairs...))
		var p Problems
		if !errors.As(err, &p) || len(p) != 1 || p[0].Option != option || !strings.Contains(p[0].Expected, expected) {
			t.Errorf("got %v, want one problem with %s: %s", err, option, expected)
		}
	}
	f("lateness", "window × threshold_windows (5s)", "window", "1s", "lateness", "30s")
	f("resolve_after", "one window (30m)", "window", "30m", "resolve_after", "15m")
	f("repeat_after", "update_after (5h)", "update_after", "5h", "repeat_after", "4h")
	f("sinks", "because forward_to is set", "sinks", "stdout", "forward_to", "tcp://h:1")
	f("emf", "would count twice", "sinks", "stdout,cloudwatch", "emf", "on")
}

// A bound that another option sets stands where the option is explained.
func TestBoundsByOtherOptionsAreTold(t *testing.T) {
	for name, other := range map[string]string{"lateness": "`threshold_windows`", "resolve_after": "`window`", "repeat_after": "`update_after`"} {
		if meaning := option(name).Meaning; !strings.Contains(meaning, other) {
			t.Errorf("%s: expected %s in its meaning: %s", name, other, meaning)
		}
	}
}

// What one option bounds another by is itself allowed.
func TestBoundsByOtherOptionsAreAllowed(t *testing.T) {
	f := func(pairs ...string) {
		t.Helper()
		if _, err := Load(with(pairs...)); err != nil {
			t.Error(err)
		}
	}
	f("window", "1s", "threshold_windows", "2", "lateness", "2s")
	f("window", "30m", "resolve_after", "30m")
	f("update_after", "5h", "repeat_after", "5h")
}

// An option left at its default never makes another one wrong.
func TestDefaultsFollow(t *testing.T) {
	f := func(name, value string, field func(Config) time.Duration, want time.Duration) {
		t.Helper()
		c, err := Load(with(name, value))
		if err != nil {
			t.Error(err)
		} else if got := field(c); got != want {
			t.Errorf("%s %s: got %v, want %v", name, value, got, want)
		}
	}
	f("window", "1s", func(c Config) time.Duration { return c.Lateness }, 5*time.Second)
	f("window", "1h", func(c Config) time.Duration { return c.ResolveAfter }, time.Hour)
	f("update_after", "5h", func(c Config) time.Duration { return c.RepeatAfter }, 5*time.Hour)
}

func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, o := range Options() {
		if Reserved(o.Name) {
			t.Errorf("%s: Fluent Bit keeps options of that name for itself", o.Name)
		}
		if seen[o.Name] || !Known(strings.ToUpper(o.Name)) {
			t.Errorf("%s: twice in the table, or not found in it", o.Name)
		}
		seen[o.Name] = true
		if o.Section == "" || o.Type() == "" || o.Example == "" || !strings.HasSuffix(strings.TrimSuffix(o.Meaning, ")"), ".") {
			t.Errorf("%s: is not documented: %+v", o.Name, o)
		}
	}
	for _, name := range []string{"Match", "TLS.verify", "net.keepalive", "storage.total_limit_size", "log_level", "workers"} {
		if !Reserved(name) {
			t.Errorf("%s is not reserved", name)
		}
	}
}

func TestTag(t *testing.T) {
	f := func(template, tag, container, want string) {
		t.Helper()
		got := Tag(template).Expand(tag, container)
		if got != want {
			t.Errorf("%s of %q, %q = %q, want %q", template, tag, container, got, want)
		}
		if !MatchTag(Tag(template).Pattern(), got) {
			t.Errorf("%q does not fit its own pattern %q", got, Tag(template).Pattern())
		}
	}
	const task = "app-firelens-0123456789abcdef0123456789abcdef"
	f("{tag}-authlens", task, "app", task+"-authlens")
	f("{container}-firelens-authlens", task, "app", "app-firelens-authlens")
	f("authlens.{container}.{tag}", "a.b", "", "authlens.unknown.a.b")
	f("{tag}{container}-found", "a *\n", "{tag}", "a___{tag}-found")
	f("{tag}-authlens", "a\x7fb", "app", "a_b-authlens")
	f("findings", task, "app", "findings")

	// What FireLens generates for a container's own output must fit the default.
	c, err := Load(with())
	if err != nil {
		t.Fatal(err)
	}
	if got := c.FindingsTag.Expand(task, "app"); !MatchTag("app-firelens*", got) {
		t.Errorf("%q is not shipped by the container's output", got)
	}
	for _, log := range []string{task, "app.log", "authlens-firelens-0123", "kube.var.log.x"} {
		if MatchTag(c.FindingsTag.Pattern(), log) {
			t.Errorf("logs tagged %q would pass for findings", log)
		}
	}
}

func TestAddressIsLocal(t *testing.T) {
	f := func(text string, want bool) {
		t.Helper()
		a, err := parseAddress(text)
		if err != nil || a.IsLocal() != want {
			t.Errorf("%s is local: %v, %v; want %v", text, a.IsLocal(), err, want)
		}
	}
	f(fireLensSocket, true)
	f("tcp://127.0.0.1:24224", true)
	f("tcp://[::1]:24224", true)
	f("tcp://localhost:24224", true)
	f("tcp://10.0.0.1:24224", false)
	f("tcp://aggregator:24224", false)
	if (Address{}).IsLocal() {
		t.Error("no address is local")
	}
}

func TestMatchTag(t *testing.T) {
	f := func(pattern, tag string, want bool) {
		t.Helper()
		if got := MatchTag(pattern, tag); got != want {
			t.Errorf("%q fits %q: %v", tag, pattern, got)
		}
	}
	f("*", "", true)
	f("", "", true)
	f("", "a", false)
	f("a", "", false)
	f("app", "app", true)
	f("app", "app.log", false)
	f("app*", "app", true)
	f("*-firelens-*", "app-firelens-1", true)
	f("*-firelens-*", "app-firelens", false)
	f("*-authlens", "a-authlens-authlens", true)
	f("*-authlens", "a-authlens-", false)
	f("a*b*c", "a-b-b-c", true)
	f("a*b*c", "a-c-b", false)
	f("**a", "bba", true)
}

func FuzzLoad(f *testing.F) {
	f.Add("60s", "{tag}-authlens", "tcp://127.0.0.1:24224", "stdout")
	f.Add("1k", "{", "unix://", ",")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		for _, o := range Options() {
			if o.Name == "rules_file" {
				continue
			}
			for _, text := range []string{a, b, c, d} {
				if _, err := Load(with(o.Name, text)); err != nil && !strings.Contains(err.Error(), "expected") {
					t.Errorf("%s %q: %v", o.Name, text, err)
				}
			}
		}
	})
}
