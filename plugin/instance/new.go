package instance

import (
	"cmp"
	"context"
	"strings"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine"
	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/match"
	"github.com/authlens/authlens/engine/metric"
	"github.com/authlens/authlens/plugin/sink"
	"github.com/authlens/authlens/plugin/sink/forward"
	"github.com/authlens/authlens/plugin/sink/stdout"
	"github.com/authlens/authlens/rules"
)

// New starts an instance. If there is a task metadata endpoint of ECS, it is asked
// first, for at most two seconds. The errors of New are those of the rules
// (unreadable, malformed, without effect, not proved by their examples); what fails
// outside is logged.
func New(cfg conf.Config, env Env) (*Instance, error) {
	env = env.orReal()
	set, matcher, err := Rules(&cfg)
	if err != nil {
		return nil, err
	}

	metering, err := newMetering(&cfg, env.Now)
	if err != nil {
		return nil, err
	}

	i := &Instance{
		cfg: cfg, env: env, metering: metering,
		log:      newLogger(env.Stderr, env.Now, env.Name, levelOf(cfg.Verbosity)),
		skipTags: cfg.FindingsTag.Pattern(),
		idle:     make(chan *engine.Counts, idleCounts),
		wake:     make(chan struct{}, 1),
		roles:    make(chan roleAnswer, 1),
		// Unbuffered: what was sent has been taken.
		legacies: make(chan Legacy),
		shared:   engine.NewCounts(), spare: engine.NewCounts(),
	}
	if !env.Replay {
		i.prober = newProber(env.Getenv, env.Dial)
	}
	i.lookAround()
	if err := i.wireEngine(set, matcher); err != nil {
		return nil, err
	}

	// From here on nothing fails, so whatever is started will be closed.
	i.ctx, i.end = context.WithCancel(context.Background())
	opt := AggregatorOptions(&cfg)
	for _, s := range i.sinks() {
		// A finding of every group has room: all may be told at once, to a sink that is not slow.
		i.dispatchers = append(i.dispatchers, newDispatcher(s, opt.GroupsMost(), i.log, i.printRefused))
	}
	metering.own = &ownFailure{instance: i}
	i.startReporter()
	i.logStart(matcher.Len())
	if !env.Replay {
		i.done.Go(i.run)
		i.askForRole()
	}
	return i, nil
}

// wireEngine makes what finds failures, explains and counts them.
func (i *Instance) wireEngine(set *rules.Set, matcher *match.Matcher) (err error) {
	i.scanner, err = engine.NewScanner(matcher, engine.ScannerOptions{
		Window:   i.cfg.Window,
		ScanKeys: i.cfg.ScanKeys,
		Marker:   engine.Marker{Key: forward.MarkerKey, Value: i.env.Marker},
		Defaults: i.where,
	})
	if err != nil {
		return err
	}
	// The scanner's matcher, so that there is only one finder.
	if i.explainer, err = explain.New(set, i.scanner.Matcher()); err != nil {
		return err
	}
	var refresh func()
	if i.mayAskForRole() {
		refresh = i.lookAtEndpoint
	}
	opt := AggregatorOptions(&i.cfg)
	opt.Metrics, opt.Refresh = i.wantsMetrics(), refresh
	i.aggregator = engine.NewAggregator(i.explainer, opt)
	i.setTask(i.task)
	return nil
}

// AggregatorOptions returns what cfg says of when failures become findings. The commands
// use it too.
func AggregatorOptions(cfg *conf.Config) engine.AggregatorOptions {
	return engine.AggregatorOptions{
		Window:    cfg.Window,
		Lateness:  cfg.Lateness,
		Threshold: rules.Threshold{Events: cfg.Threshold, Windows: cfg.ThresholdWindows},
		Policy:    finding.Policy{UpdateAfter: cfg.UpdateAfter, RepeatAfter: cfg.RepeatAfter, ResolveAfter: cfg.ResolveAfter},
		MaxGroups: cfg.MaxGroups,
		Evidence:  cfg.MaxEvidence,
	}
}

// logStart says what runs, and how it was configured.
func (i *Instance) logStart(rules int) {
	i.log.infof("started: %d rules; findings go to %s", rules, i.describeSinks())
	if len(i.cfg.Given) > 0 {
		i.log.infof("options set: %s; all others have their defaults", strings.Join(i.cfg.Given, ", "))
	} else {
		i.log.infof("options set: none; all have their defaults")
	}
	if len(i.dispatchers) == 0 {
		i.log.warnf("no sink takes findings: cloudwatch takes metrics of them only; put stdout or forward beside it in sinks")
	}
}

// lookAround asks which task this is.
func (i *Instance) lookAround() {
	i.where = engine.Scope{Cluster: i.cfg.Cluster, Family: i.cfg.Family}
	if i.prober == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), probeTimeout)
	defer cancel()
	task, err := i.prober.task(ctx)
	if err != nil {
		i.log.warnf("%v; records without ECS metadata have no cluster and family", err)
	}
	i.task = diagnose.Task{TaskID: task.id, LaunchType: task.launchType}
	if i.where.Cluster == "" {
		i.where.Cluster = task.cluster
	}
	if i.where.Family == "" {
		i.where.Family = task.family
	}
	i.where.Task, i.region = task.id, task.region
}

// sinks makes the configured sinks.
func (i *Instance) sinks() []sink.Sink {
	if i.env.Sinks != nil {
		return i.env.Sinks
	}
	var all []sink.Sink
	for _, name := range i.cfg.Sinks {
		switch name {
		case conf.SinkStdout:
			i.printed = true
			printer := stdout.New(i.env.Stdout)
			printer.Extra = i.extra(name)
			all = append(all, printer)
		case conf.SinkForward:
			all = append(all, i.forward())
		}
	}
	return all
}

// forward makes a sink that sends to the configured forward input.
func (i *Instance) forward() *forward.Sink {
	return forward.New(forward.Options{
		Network: i.cfg.ForwardTo.Network,
		Address: i.cfg.ForwardTo.Address,
		Ack:     i.cfg.ForwardAck,
		JSON:    i.cfg.ForwardFormat == conf.ForwardJSON,
		Tag:     i.tagOf,
		EventTag: func(s metric.Source) string {
			return i.cfg.FindingsTag.Expand(s.Tag, s.Container)
		},
		Extra:  i.extra(conf.SinkForward),
		Marker: i.env.Marker,
		Dial:   i.env.Dial,
		Now:    i.env.Now,
	})
}

// tagOf returns the tag that a finding is forwarded with.
func (i *Instance) tagOf(f finding.Finding) string {
	return i.cfg.FindingsTag.Expand(f.Scope.Tag, cmp.Or(f.Scope.Container, f.Via))
}

// describeSinks names the sinks for the log.
func (i *Instance) describeSinks() string {
	var names []string
	for _, d := range i.dispatchers {
		name := d.sink.Name()
		if name == conf.SinkForward {
			name += " (" + i.cfg.ForwardTo.String() + ", tagged " + string(i.cfg.FindingsTag) + ")"
		}
		names = append(names, name)
	}
	if i.metering.reporter != nil {
		names = append(names, i.metering.reporter.meter.Name()+" (metrics)")
	}
	return strings.Join(names, ", ")
}
