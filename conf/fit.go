package conf

import (
	"slices"
	"strings"
	"time"
)

// A fitting completes the options of a Config that depend on others. An option that is bounded
// by another follows it unless it was set; if it was set beyond its bound, that is a problem,
// even if the other has its default. What is wrong by itself is not blamed twice.
type fitting struct {
	*Config
	isSet, wrong map[string]bool // by the name of the option
	problems     Problems
}

func fitTogether(c *Config, isSet, wrong map[string]bool) Problems {
	f := fitting{Config: c, isSet: isSet, wrong: wrong}
	f.fitSinks()
	span := c.Window * time.Duration(c.ThresholdWindows)
	f.bound("lateness", &c.Lateness, min(c.Lateness, span), "at most window × threshold_windows", "window", "threshold_windows")
	f.bound("resolve_after", &c.ResolveAfter, max(c.ResolveAfter, c.Window), "at least one window", "resolve_after")
	f.bound("repeat_after", &c.RepeatAfter, max(c.RepeatAfter, c.UpdateAfter), "at least update_after", "repeat_after")
	if c.RulesReplace && !isSet["rules_file"] {
		f.disagree("rules_mode", "extend, unless rules_file is set", "replace")
	}
	return f.problems
}

func (f *fitting) disagree(name, expected, got string) {
	f.problems = append(f.problems, Problem{Option: name, Expected: expected, Got: got, Meaning: option(name).Meaning})
}

// fitSinks settles where findings and metrics go.
func (f *fitting) fitSinks() {
	if len(f.Sinks) == 0 && !f.wrong["sinks"] {
		// Whoever gives an address wants the findings there; without one, stdout is
		// the only sink that needs no settings.
		f.Sinks = []string{SinkStdout}
		if f.isSet["forward_to"] {
			f.Sinks = []string{SinkForward}
		}
	}
	if f.HasSink(SinkForward) && f.ForwardTo.isZero() {
		f.ForwardTo, _ = parseAddress(fireLensSocket)
	}
	if f.isSet["forward_to"] && !f.HasSink(SinkForward) && !f.wrong["sinks"] {
		f.disagree("sinks", "forward among the sinks, because forward_to is set", strings.Join(f.Sinks, ","))
	}
	if f.EMF && f.HasSink(SinkCloudWatch) {
		f.disagree("emf", "off, because cloudwatch among the sinks sends the same metrics, which would count twice", "on")
	}
}

// bound moves a duration to within, the nearest that the options it depends on allow, unless
// one of those is wrong.
func (f *fitting) bound(name string, value *time.Duration, within time.Duration, allowed string, dependsOn ...string) {
	switch {
	case *value == within || slices.ContainsFunc(dependsOn, func(name string) bool { return f.wrong[name] }):
	case !f.isSet[name]:
		*value = within
	default:
		f.disagree(name, allowed+" ("+brief(within)+")", brief(*value))
	}
}
