package conf

import (
	"slices"
	"strings"
	"time"
)

// An Option is one row of the table.
type Option struct {
	Name    string
	Section string // a heading of docs/options.md
	Default string // as a user would write it; "" when there is none
	Meaning string // one or two sentences; the first says what it is
	Example string
	kind    kind
}

// Type is a word for what the text of the option must be.
func (o Option) Type() string { return o.kind.name() }

// Bounds says which values are accepted, or "".
func (o Option) Bounds() string { return o.kind.bounds() }

// Options returns the table, in the order in which it is documented.
func Options() []Option { return slices.Clone(table) }

// option returns the row of that name, which must exist.
func option(name string) Option {
	for _, o := range table {
		if o.Name == name {
			return o
		}
	}
	panic("conf: no option " + name)
}

// Known reports whether there is an option of that name. Like Fluent Bit, it ignores
// letter case.
func Known(name string) bool {
	return slices.ContainsFunc(table, func(o Option) bool { return strings.EqualFold(o.Name, name) })
}

// Reserved reports whether some Fluent Bit from 1.9 to 5.1 keeps an option of that
// name for itself, so that an output never sees it.
// Source: src/flb_output.c, flb_output_set_property; src/flb_input.c for names
// shared with inputs.
func Reserved(name string) bool {
	name = strings.ToLower(name)
	for _, prefix := range []string{"net.", "oauth2", "storage.", "tls", "http_server.", "_debug."} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	switch name {
	case "name", "alias", "match", "match_regex", "host", "port", "ipv6", "listen", "workers", "retry_limit",
		"log_level", "log_suppress_interval", "mem_buf_limit", "routable", "tag", "threaded", "processors":
		return true
	}
	return false
}

// Headings of docs/options.md.
const (
	detection = "Detection"
	telling   = "When a finding is told"
	delivery  = "Where findings go"
	metrics   = "CloudWatch metrics"
	about     = "What is known of the task"
	ourselves = "AuthLens itself"
)

// table is the one list of options. Everything else, including documents and messages,
// is made from it.
var table = []Option{
	{
		Name: "rules_file", Section: detection, Example: "/authlens/my-rules.yaml",
		Meaning: "A file of rules (YAML), or a folder of such files, beside or instead of the built-in ones. Check it with `authlens rules check`.",
		kind:    readable{func(c *Config) *string { return &c.RulesFile }},
	}, {
		Name: "rules_mode", Section: detection, Default: "extend", Example: "replace",
		Meaning: "What `rules_file` does to the built-in rules: `extend` adds to them and overrides those of the same name, `replace` drops them.",
		kind:    choice{[]string{"extend", "replace"}, func(c *Config, v string) { c.RulesReplace = v == "replace" }},
	}, {
		Name: "access_logs", Section: detection, Default: "off", Example: "on",
		Meaning: "Whether 401 and 403 answers in web servers' access logs count as failures. Off, because most services answer some strangers that way.",
		kind:    boolean{func(c *Config) *bool { return &c.AccessLogs }},
	}, {
		Name: "scan_keys", Section: detection, Example: "log,message",
		Meaning: "The top-level keys of a record whose text is read. Not set: all of them, except those that FireLens adds.",
		kind:    names{func(c *Config) *[]string { return &c.ScanKeys }, 16},
	}, {
		Name: "window", Section: detection, Default: "60s", Example: "30s",
		Meaning: "The length of one slice of event time, in which failures are counted.",
		kind:    wholeSeconds{duration{func(c *Config) *time.Duration { return &c.Window }, time.Second, time.Hour, false, "60s"}},
	}, {
		Name: "threshold", Section: detection, Default: "2", Example: "5",
		Meaning: "How many failures a scope (cluster, task definition family and container) needs within the last `threshold_windows` windows to be worth a finding. A rule may have its own.",
		kind:    integer{func(c *Config) *int { return &c.Threshold }, 1, 1_000_000, "2"},
	}, {
		Name: "threshold_windows", Section: detection, Default: "5", Example: "10",
		Meaning: "Over how many windows, the current one included, failures are counted against `threshold`.",
		kind:    integer{func(c *Config) *int { return &c.ThresholdWindows }, 1, 60, "5"},
	}, {
		Name: "lateness", Section: detection, Default: "30s", Example: "2m",
		Meaning: "How much older than the newest record another may be before it counts as late. Late failures are counted all the same, and findings say how many there were. At most `window` times `threshold_windows`.",
		kind:    duration{func(c *Config) *time.Duration { return &c.Lateness }, 0, time.Hour, false, "30s"},
	}, {
		Name: "max_groups", Section: detection, Default: "1000", Example: "5000",
		Meaning: "How many groups (who fails at what, where) are followed at once. Further ones are counted together under \"other\".",
		kind:    integer{func(c *Config) *int { return &c.MaxGroups }, 10, 100_000, "1000"},
	}, {
		Name: "max_evidence", Section: detection, Default: "2k", Example: "4k",
		Meaning: "How much of a failing record's text a finding shows at most, after secrets are taken out.",
		kind:    size{func(c *Config) *int { return &c.MaxEvidence }, 256, 8 * 1024, "2k"},
	},

	{
		Name: "update_after", Section: telling, Default: "5m", Example: "15m",
		Meaning: "How long to wait after a finding was told before it is told again with changed counts. A finding whose severity rises is told at once.",
		kind:    duration{func(c *Config) *time.Duration { return &c.UpdateAfter }, time.Second, 24 * time.Hour, false, "5m"},
	}, {
		Name: "repeat_after", Section: telling, Default: "4h", Example: "24h",
		Meaning: "How long to wait after a finding was told before it is told again while it goes on, changed or not. At least `update_after`.",
		kind:    duration{func(c *Config) *time.Duration { return &c.RepeatAfter }, time.Minute, 7 * 24 * time.Hour, false, "4h"},
	}, {
		Name: "resolve_after", Section: telling, Default: "15m", Example: "30m",
		Meaning: "How long a group must be silent before its finding is told once more, as resolved, with its totals. At least one `window`.",
		kind:    duration{func(c *Config) *time.Duration { return &c.ResolveAfter }, time.Second, 24 * time.Hour, false, "15m"},
	},

	{
		Name: "sinks", Section: delivery, Example: "forward,stdout",
		Meaning: "Where findings go: `stdout`, `forward`; `cloudwatch`, beside these, takes metrics of them. `cloudwatch` alone leaves findings untold, and a warning says so. Not set: `forward` when `forward_to` is set, else `stdout`, a JSON line for each finding in the log of Fluent Bit's own container.",
		kind:    choices{[]string{SinkStdout, SinkForward, SinkCloudWatch}, func(c *Config) *[]string { return &c.Sinks }},
	}, {
		Name: "forward_to", Section: delivery, Example: fireLensSocket,
		Meaning: "The forward input that the `forward` sink writes to, usually one of this same Fluent Bit, so that findings travel like logs. Not set: `" + fireLensSocket + "`, where FireLens listens in every network mode.",
		kind:    address{func(c *Config) *Address { return &c.ForwardTo }},
	}, {
		Name: "forward_ack", Section: delivery, Default: "on", Example: "off",
		Meaning: "Whether a finding counts as delivered only when the forward input acknowledged it. When off, a finding that is sent while Fluent Bit stops may be lost unnoticed.",
		kind:    boolean{func(c *Config) *bool { return &c.ForwardAck }},
	}, {
		Name: "forward_format", Section: delivery, Default: ForwardRecord, Example: ForwardJSON,
		Meaning: "The shape of a forwarded finding: `record` is its fields, with a line for people under `log`; `json` is one field `log` with the finding as JSON, for outputs that ship only `log` (`log_key log`).",
		kind:    choice{[]string{ForwardRecord, ForwardJSON}, func(c *Config, v string) { c.ForwardFormat = v }},
	}, {
		Name: "findings_tag", Section: delivery, Default: "{tag}-authlens", Example: "{container}-firelens-authlens",
		Meaning: "The tag of forwarded findings; `{tag}` is the tag of the newest failing record, `{container}` its container. The default keeps the beginning of the log's own tag, so that a FireLens container's output (`Match <container>-firelens*`) ships its findings too. Records with such a tag are never scanned: an aggregator must have the same value as the tasks that send to it.",
		kind:    tagTemplate{func(c *Config) *Tag { return &c.FindingsTag }, 128},
	}, {
		Name: "shutdown_grace", Section: delivery, Default: "3s", Example: "1s",
		Meaning: "How long to go on delivering what still waits when Fluent Bit stops; the rest is printed to stdout as JSON. Less than the 5 s that Fluent Bit itself waits.",
		kind:    duration{func(c *Config) *time.Duration { return &c.ShutdownGrace }, 100 * time.Millisecond, 4 * time.Second, false, "3s"},
	},

	{
		Name: "emf", Section: metrics, Default: "off", Example: "on",
		Meaning: "Whether findings, and the counts of every `cloudwatch_interval` beside them, go out in CloudWatch's embedded metric format, by the `forward` sink or else by `stdout`. Whatever ships them to CloudWatch Logs as JSON (`cloudwatch_logs`, the awslogs driver) then ships the metrics too: no further permission is needed.",
		kind:    boolean{func(c *Config) *bool { return &c.EMF }},
	}, {
		Name: "cloudwatch_namespace", Section: metrics, Default: "AuthLens", Example: "Production/AuthLens",
		Meaning: "The namespace of the metrics, of `emf` too. The sink `cloudwatch` needs the permission cloudwatch:PutMetricData for it.",
		kind:    namespace{func(c *Config) *string { return &c.CloudWatchNamespace }},
	}, {
		Name: "cloudwatch_dimensions", Section: metrics, Default: "cluster+family+cause,cluster+family", Example: "family+cause,family,cause",
		Meaning: "What the metrics are told apart by: sets of `cluster`, `family` (task definition), `container` and `cause`. Every combination of values in every set has up to four metrics, each of which AWS bills: with the default up to 8 for a service that fails for one cause, and up to 4 for each further one.",
		kind:    dimensionSets{func(c *Config) *[][]string { return &c.CloudWatchDimensions }, 4},
	}, {
		Name: "cloudwatch_combinations", Section: metrics, Default: "200", Example: "1000",
		Meaning: "How many combinations of dimension values are told apart, each of up to four metrics. Further ones are counted together, with the value \"other\".",
		kind:    integer{func(c *Config) *int { return &c.CloudWatchCombinations }, 1, 10_000, "200"},
	}, {
		Name: "cloudwatch_interval", Section: metrics, Default: "60s", Example: "5m",
		Meaning: "How often metrics go out: one request, or one record for each combination and minute, however many logs there are. Counts keep the minute of the log records they belong to.",
		kind:    duration{func(c *Config) *time.Duration { return &c.CloudWatchInterval }, 10 * time.Second, time.Hour, false, "60s"},
	}, {
		Name: "cloudwatch_stats", Section: metrics, Default: "off", Example: "on",
		Meaning: "Whether the statistics about AuthLens itself are metrics too, by cluster and task definition family.",
		kind:    boolean{func(c *Config) *bool { return &c.CloudWatchStats }},
	}, {
		Name: "cloudwatch_region", Section: metrics, Example: "eu-central-1",
		Meaning: "The region that the sink `cloudwatch` writes to. Not set: that of the AWS SDK's settings (AWS_REGION, a profile), else the task's.",
		kind:    pattern{func(c *Config) *string { return &c.CloudWatchRegion }, "region", "a region, such as eu-central-1", regionText},
	}, {
		Name: "cloudwatch_endpoint", Section: metrics, Example: "https://vpce-0123456789abcdef0-abcdefgh.monitoring.eu-central-1.vpce.amazonaws.com",
		Meaning: "Where the sink `cloudwatch` connects to. Not set: that of the AWS SDK's settings (AWS_ENDPOINT_URL), else CloudWatch in the region.",
		kind:    endpoint{func(c *Config) *string { return &c.CloudWatchEndpoint }},
	},

	{
		Name: "cluster", Section: about, Example: "production",
		Meaning: "The cluster of records that carry no `ecs_cluster` of their own. Not set: what the task metadata endpoint says.",
		kind:    line{func(c *Config) *string { return &c.Cluster }, 255},
	}, {
		Name: "family", Section: about, Example: "orders",
		Meaning: "The task definition family of records that carry no `ecs_task_definition` of their own. Not set: what the task metadata endpoint says.",
		kind:    line{func(c *Config) *string { return &c.Family }, 255},
	}, {
		Name: "role_probe", Section: about, Default: "on", Example: "off",
		Meaning: "Whether the ECS credentials endpoint is asked for the task role's name, and for whether it answers when credential errors begin. Nothing else of its answer is kept. It is asked only where ECS says that there is one. Turn this off on an aggregator, whose role is not that of the tasks it hears from.",
		kind:    boolean{func(c *Config) *bool { return &c.RoleProbe }},
	},

	{
		Name: "stats_interval", Section: ourselves, Default: "1h", Example: "10m",
		Meaning: "How often a line of statistics about AuthLens itself is logged.",
		kind:    duration{func(c *Config) *time.Duration { return &c.StatsInterval }, 10 * time.Second, 24 * time.Hour, true, "1h"},
	}, {
		Name: "verbosity", Section: ourselves, Default: VerbosityInfo, Example: VerbosityDebug,
		Meaning: "Which of AuthLens' own log lines are printed: those of this level and more important ones. (Fluent Bit keeps `log_level` for itself and does not tell plugins.)",
		kind:    choice{[]string{VerbosityError, VerbosityWarn, VerbosityInfo, VerbosityDebug}, func(c *Config, v string) { c.Verbosity = v }},
	},
}
