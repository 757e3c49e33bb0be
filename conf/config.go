// Package conf is what can be set: one table of options, and what reads them.
//
// Fluent Bit hands an output its options as text, one at a time, by name.
// FireLens passes them as a flat map in the task definition, so every option is
// one short string, and the defaults alone are useful. Load reads the whole
// table and reports everything that is wrong at once, each with the option's
// meaning, because a task that does not start shows its log only once.
//
// The package cannot see option names it does not know: Fluent Bit has no call
// to list them. Options that Fluent Bit keeps for itself never reach us, so none
// of ours may have such a name (see Reserved).
package conf

import (
	"slices"
	"strings"
	"time"
)

// A Getter returns the text of an option, or "" when it is not set.
type Getter func(name string) string

// Config is every option, read and checked. It is a value: immutable once
// loaded. Each field's meaning, unit and bounds stand in the table (table.go).
type Config struct {
	Window           time.Duration
	Lateness         time.Duration
	Threshold        int // events
	ThresholdWindows int
	UpdateAfter      time.Duration
	RepeatAfter      time.Duration
	ResolveAfter     time.Duration

	RulesFile    string // "": the built-in rules only
	RulesReplace bool   // RulesFile stands instead of the built-in rules
	AccessLogs   bool
	ScanKeys     []string // empty: every key
	MaxGroups    int
	MaxEvidence  int // bytes

	Sinks         []string // one or more of SinkStdout, SinkForward, SinkCloudWatch
	ForwardTo     Address
	ForwardAck    bool
	ForwardFormat string // ForwardRecord or ForwardJSON
	FindingsTag   Tag
	ShutdownGrace time.Duration

	EMF                    bool // for the sink that EMFSink names
	CloudWatchNamespace    string
	CloudWatchDimensions   [][]string // sets of cluster, family, container, cause
	CloudWatchCombinations int
	CloudWatchInterval     time.Duration
	CloudWatchStats        bool
	CloudWatchRegion       string // "": what the AWS SDK finds
	CloudWatchEndpoint     string // "": AWS'

	Cluster   string
	Family    string
	RoleProbe bool

	StatsInterval time.Duration // 0: never
	Verbosity     string        // VerbosityError … VerbosityDebug

	// Given are the options that were set, "name=value". No plugin can see a name
	// that it does not ask for, so a misspelt one shows only by its absence here.
	Given []string
}

// Values of the options that offer a choice.
const (
	SinkStdout     = "stdout"
	SinkForward    = "forward"
	SinkCloudWatch = "cloudwatch" // metrics only

	ForwardRecord = "record"
	ForwardJSON   = "json"

	VerbosityError = "error"
	VerbosityWarn  = "warn"
	VerbosityInfo  = "info"
	VerbosityDebug = "debug"
)

// fireLensSocket is where FireLens' own Fluent Bit listens, in every network
// mode. It is the address of the forward sink when none is given.
const fireLensSocket = "unix:///var/run/fluent.sock"

// Load reads every option and reports everything wrong at once: a non-nil
// error is a Problems.
func Load(get Getter) (Config, error) {
	var (
		c        Config
		problems Problems
	)
	wrong, isSet := make(map[string]bool), make(map[string]bool)
	for _, o := range table {
		text := strings.TrimSpace(get(o.Name))
		if isSet[o.Name] = text != ""; isSet[o.Name] {
			c.Given = append(c.Given, o.Name+"="+text)
		} else {
			text = o.Default
		}
		if text == "" {
			continue // not set and no default: the zero value
		}
		if err := o.kind.set(&c, text); err != nil {
			wrong[o.Name] = true
			problems = append(problems, Problem{
				Option: o.Name, Expected: o.kind.expects(), Got: text, Why: err.Error(), Meaning: o.Meaning,
			})
		}
	}
	problems = append(problems, fitTogether(&c, isSet, wrong)...)
	if len(problems) > 0 {
		return Config{}, problems
	}
	return c, nil
}

// EMFSink names the sink whose findings carry EMF if that is on: only one, since
// the metrics of two would count twice.
func (c *Config) EMFSink() string {
	for _, name := range []string{SinkForward, SinkStdout} {
		if c.HasSink(name) {
			return name
		}
	}
	return ""
}

// HasSink reports whether findings go to the sink of that name.
func (c *Config) HasSink(name string) bool { return slices.Contains(c.Sinks, name) }
