// Package instance is one configured output: it wires the engine to the outside.
//
//	Flush ─ scan, merge ─► counts ─► aggregation goroutine ─► a dispatcher per sink ─► sink
//
// Its promise is that Flush is brief whatever happens behind it: Flush reads the
// chunk, adds its counts to the instance's under one short lock, and wakes the
// aggregation goroutine, which never makes it wait. Nothing is lost silently:
// what cannot be delivered before the end is printed to stdout, and what exceeds
// a bound is counted. The package knows nothing of C and serves `authlens
// replay` as well as the plugin.
package instance

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine"
	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/match"
	"github.com/authlens/authlens/plugin/sink"
	"github.com/authlens/authlens/plugin/sink/forward"
	"github.com/authlens/authlens/plugin/sink/stdout"
	"github.com/authlens/authlens/rules"
)

const (
	// tickEvery is how often time moves on when nothing is found: an error that
	// waits for its next record waits at most twice as long.
	tickEvery = 250 * time.Millisecond
	// stepPause is the least time between two judgements, so that a storm of
	// small chunks does not buy one each.
	stepPause = 50 * time.Millisecond
	// idleCounts is how many Counts, of half a megabyte each, are kept for
	// flushes to come: one for each Fluent Bit worker that flushes at once.
	idleCounts = 8
	// homeGrace is how long to try at the end where a forward input on this
	// machine is written to. Most often it is that of our own Fluent Bit, which
	// has paused its inputs by then; any other answers within milliseconds.
	homeGrace = 500 * time.Millisecond
	// printTimeout is how long printing what is owed may take at the end.
	printTimeout = 500 * time.Millisecond
)

// Env is the world that an instance lives in. The zero value is the real one.
type Env struct {
	Name   string    // of the instance, in log lines; may be empty
	Stdout io.Writer // findings
	Stderr io.Writer // log lines
	Now    func() time.Time
	Getenv func(string) string
	Dial   func(ctx context.Context, network, address string) (net.Conn, error)
	// Marker is the value under forward.MarkerKey in forwarded findings. Default:
	// the same for every instance of this process, so that instances know each
	// other's findings, also over a hot reload.
	Marker string
	// Sinks takes the place of the configured sinks.
	Sinks []sink.Sink
	// Replay is for a recording that is played faster than it was made. Now
	// tells the recording's time; Flush judges and delivers before it returns,
	// so that what is told does not depend on the machine's speed; and no
	// endpoint is asked, since the tasks are not this one.
	Replay bool
}

// processMarker cannot be guessed by an application that would like to hide.
var processMarker = sync.OnceValue(rand.Text)

func (e Env) orReal() Env {
	if e.Marker == "" {
		e.Marker = processMarker()
	}
	if e.Stdout == nil {
		e.Stdout = os.Stdout
	}
	if e.Stderr == nil {
		e.Stderr = os.Stderr
	}
	if e.Now == nil {
		e.Now = time.Now
	}
	if e.Getenv == nil {
		e.Getenv = os.Getenv
	}
	if e.Dial == nil {
		e.Dial = new(net.Dialer).DialContext
	}
	return e
}

// An Instance is one configured output. Flush may be called by many threads at
// once, but not after Close.
type Instance struct {
	cfg      conf.Config
	env      Env
	log      *logger
	skipTags string // pattern of the tags that findings have
	scanner  *engine.Scanner

	idle chan *engine.Counts // empty ones
	wake chan struct{}       // shared holds matches
	mu   sync.Mutex
	// shared is what flushes found since the last step; under mu.
	shared *engine.Counts

	// The aggregation goroutine's own; Close's and, in a replay, Flush's once or
	// while that goroutine does not run.
	spare      *engine.Counts // changes places with shared
	aggregator *engine.Aggregator
	explainer  *explain.Explainer
	rules      map[string]*rules.Rule
	task       diagnose.Task
	prober     *prober
	reprobed   time.Time
	ticked     time.Time // in a replay: the recording's time of the last tick

	roles       chan roleAnswer
	dispatchers []*dispatcher
	printed     bool // a sink prints findings to Stdout

	ctx     context.Context // ended by Close
	end     context.CancelFunc
	done    sync.WaitGroup // goroutines that Close waits for
	closing sync.Once

	flushTimes durations
	ownChunks  atomic.Int64
	panics     atomic.Int64
	firstPanic atomic.Pointer[string] // to be told by the aggregation goroutine
	toldPanic  atomic.Bool

	statsMu    sync.Mutex
	scanned    engine.Stats
	aggregated engine.AggregatorStats
}

// A roleAnswer is what the credentials endpoint said.
type roleAnswer struct{ arn, endpoint string }

// New starts an instance. Where ECS has a task metadata endpoint, it is asked
// first, for at most two seconds; no other error of the outside world fails New.
// Its errors are those of the rules: unreadable, malformed, without effect.
func New(cfg conf.Config, env Env) (*Instance, error) {
	env = env.orReal()
	set, err := loadRules(&cfg)
	if err != nil {
		return nil, err
	}
	var enabled []string
	if cfg.AccessLogs {
		enabled = append(enabled, "access_logs")
	}
	matcher, err := match.New(set, match.Options{Enabled: enabled})
	if err != nil {
		return nil, err
	}
	explainer, err := explain.New(set, matcher)
	if err != nil {
		return nil, err
	}

	i := &Instance{
		cfg: cfg, env: env, explainer: explainer,
		log:      newLogger(env.Stderr, env.Now, env.Name, levelOf(cfg.Verbosity)),
		skipTags: cfg.FindingsTag.Pattern(),
		idle:     make(chan *engine.Counts, idleCounts),
		wake:     make(chan struct{}, 1),
		roles:    make(chan roleAnswer, 1),
		shared:   engine.NewCounts(), spare: engine.NewCounts(),
		rules: make(map[string]*rules.Rule),
	}
	for n := range matcher.Len() {
		rule := matcher.Rule(n)
		i.rules[rule.Name] = rule
	}
	if !env.Replay {
		i.prober = newProber(env.Getenv, env.Dial)
	}
	defaults := i.lookAround()
	i.scanner, err = engine.NewScanner(matcher, engine.ScannerOptions{
		Window:   cfg.Window,
		ScanKeys: cfg.ScanKeys,
		Marker:   engine.Marker{Key: forward.MarkerKey, Value: env.Marker},
		Defaults: defaults,
	})
	if err != nil {
		return nil, err
	}
	i.aggregator = engine.NewAggregator(explainer, engine.AggregatorOptions{
		Window:    cfg.Window,
		Lateness:  cfg.Lateness,
		Threshold: rules.Threshold{Events: cfg.Threshold, Windows: cfg.ThresholdWindows},
		Policy:    finding.Policy{UpdateAfter: cfg.UpdateAfter, RepeatAfter: cfg.RepeatAfter, ResolveAfter: cfg.ResolveAfter},
		MaxGroups: cfg.MaxGroups,
		Evidence:  cfg.MaxEvidence,
	})
	i.aggregator.SetTask(i.task)

	// From here on nothing fails, so every goroutine has somebody to end it.
	i.ctx, i.end = context.WithCancel(context.Background())
	for _, s := range i.sinks() {
		i.dispatchers = append(i.dispatchers, newDispatcher(s, cfg.MaxGroups, i.log, i.printRefused))
	}
	i.log.infof("started: %d rules; findings go to %s", matcher.Len(), i.describeSinks())
	if !env.Replay {
		i.done.Add(1)
		go i.run()
		i.askForRole()
	}
	return i, nil
}

// loadRules returns the rules in force.
func loadRules(cfg *conf.Config) (*rules.Set, error) {
	builtIn, err := rules.Default()
	if err != nil {
		return nil, fmt.Errorf("bug: the built-in rules: %w", err)
	}
	if cfg.RulesFile == "" {
		return builtIn, nil
	}
	extra, err := rules.Load(cfg.RulesFile)
	if err != nil {
		return nil, fmt.Errorf("rules_file %s:\n%w", cfg.RulesFile, err)
	}
	combine := builtIn.Extend
	if cfg.RulesReplace {
		combine = builtIn.Replace
	}
	set, err := combine(extra)
	if err != nil {
		return nil, fmt.Errorf("rules_file %s:\n%w", cfg.RulesFile, err)
	}
	return set, nil
}

// lookAround asks which task this is, and returns the scope of records that do
// not say where they come from.
func (i *Instance) lookAround() engine.Scope {
	scope := engine.Scope{Cluster: i.cfg.Cluster, Family: i.cfg.Family}
	if i.prober == nil {
		return scope
	}
	ctx, cancel := context.WithTimeout(context.Background(), probeTimeout)
	defer cancel()
	task, err := i.prober.task(ctx)
	if err != nil {
		i.log.warnf("%v; records without ECS metadata have no cluster and family", err)
	}
	i.task = diagnose.Task{TaskID: task.id, LaunchType: task.launchType}
	if scope.Cluster == "" {
		scope.Cluster = task.cluster
	}
	if scope.Family == "" {
		scope.Family = task.family
	}
	scope.Task = task.id
	return scope
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
			all = append(all, stdout.New(i.env.Stdout))
		case conf.SinkForward:
			all = append(all, forward.New(forward.Options{
				Network: i.cfg.ForwardTo.Network,
				Address: i.cfg.ForwardTo.Address,
				Ack:     i.cfg.ForwardAck,
				JSON:    i.cfg.ForwardFormat == conf.ForwardJSON,
				Tag: func(f finding.Finding) string {
					return i.cfg.FindingsTag.Expand(f.Scope.Tag, f.Scope.Container)
				},
				Marker: i.env.Marker,
				Dial:   i.env.Dial,
				Now:    i.env.Now,
			}))
		}
	}
	return all
}

func (i *Instance) describeSinks() string {
	text := ""
	for n, d := range i.dispatchers {
		if n > 0 {
			text += ", "
		}
		text += d.sink.Name()
		if d.sink.Name() == conf.SinkForward {
			text += " (" + i.cfg.ForwardTo.String() + ", tagged " + string(i.cfg.FindingsTag) + ")"
		}
	}
	return text
}

// Flush reads one chunk: records under one tag. It borrows both until it
// returns, does not allocate, and waits for nothing but the short merge of
// another flush.
func (i *Instance) Flush(tag string, chunk []byte) {
	began := time.Now()
	if i.env.Replay {
		i.replayTime()
	}
	if conf.MatchTag(i.skipTags, tag) {
		i.ownChunks.Add(1)
		return
	}
	c := i.counts()
	if !i.scan(tag, chunk, c) {
		return // c is left to the garbage collector: it may be half-filled
	}
	found := !c.Empty()
	i.merge(c)
	select {
	case i.idle <- c:
	default:
	}
	i.flushTimes.add(time.Since(began))
	if i.env.Replay {
		i.step(false)
		i.drain()
	} else if found {
		select {
		case i.wake <- struct{}{}:
		default: // it is awake already
		}
	}
}

// counts returns an empty Counts.
func (i *Instance) counts() *engine.Counts {
	select {
	case c := <-i.idle:
		return c
	default:
		// Slow path: more flushes at once than ever before.
		return engine.NewCounts()
	}
}

// scan reads a chunk into c. It reports false after a panic.
func (i *Instance) scan(tag string, chunk []byte, c *engine.Counts) (ok bool) {
	defer func() {
		if !ok {
			i.caught(recover())
		}
	}()
	i.scanner.Scan(tag, chunk, c)
	return true
}

// merge adds c to the shared counts and empties it.
func (i *Instance) merge(c *engine.Counts) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.shared.Merge(c)
	c.Reset()
}

// caught counts a panic, and keeps the first with its stack to be told later:
// logging may have to wait for a reader, and this may be a flush.
func (i *Instance) caught(cause any) {
	i.panics.Add(1)
	if i.firstPanic.Load() == nil {
		text := fmt.Sprintf("%v\n%s", cause, debug.Stack())
		i.firstPanic.CompareAndSwap(nil, &text)
	}
}

// run is the aggregation goroutine.
func (i *Instance) run() {
	defer i.done.Done()
	tick := time.NewTicker(tickEvery)
	defer tick.Stop()
	told := time.Now()
	for {
		select {
		case <-i.ctx.Done():
			return
		case <-i.wake:
			i.step(false)
			// Flushes go on merging meanwhile; the next step takes them together.
			select {
			case <-time.After(stepPause):
			case <-i.ctx.Done():
				return
			}
		case <-tick.C:
			i.step(true)
			if i.cfg.StatsInterval > 0 && time.Since(told) >= i.cfg.StatsInterval {
				told = time.Now()
				i.tellStatistics()
			}
		case answer := <-i.roles:
			i.setRole(answer)
		}
	}
}

// step judges what flushes found since the last step, and gives the findings
// that became worth telling to the dispatchers. With expire, errors that have
// waited for their next record since the last such step are counted as they are.
func (i *Instance) step(expire bool) {
	now := i.env.Now()
	i.guarded(func() {
		counts := i.take()
		defer counts.Reset()
		if expire {
			i.scanner.Expire(counts)
		}
		i.aggregator.Add(counts, now)
		i.count(counts)
		i.tell(i.aggregator.Advance(now))
	})
}

// take changes the shared counts for empty ones.
func (i *Instance) take() *engine.Counts {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.shared, i.spare = i.spare, i.shared
	return i.spare
}

// tell gives findings to the dispatchers.
func (i *Instance) tell(findings []finding.Finding) {
	i.statsMu.Lock()
	i.aggregated = i.aggregator.Stats()
	i.statsMu.Unlock()
	if len(findings) == 0 {
		return
	}
	i.lookAtEndpoint(findings)
	for _, d := range i.dispatchers {
		d.enqueue(findings)
	}
}

// guarded runs f. A panic in it is counted, and told once.
func (i *Instance) guarded(f func()) {
	defer func() {
		if cause := recover(); cause != nil {
			i.caught(cause)
		}
		if text := i.firstPanic.Load(); text != nil && i.toldPanic.CompareAndSwap(false, true) {
			i.log.errorf("bug: panic: %s; later ones are only counted", *text)
		}
	}()
	f()
}

// replayTime lets the time between two flushes of a recording pass as it would
// have: in ticks, as far as they matter.
func (i *Instance) replayTime() {
	now := i.env.Now()
	for range 2 {
		if now.Sub(i.ticked) < tickEvery {
			return
		}
		i.step(true)
	}
	i.ticked = now
	i.drain()
}

func (i *Instance) drain() {
	for _, d := range i.dispatchers {
		d.drain()
	}
}

// Close judges and delivers what is owed, for at most shutdown_grace, and prints
// the rest to Stdout. Later calls do nothing.
func (i *Instance) Close() {
	i.closing.Do(func() {
		i.end()
		i.done.Wait()
		i.guarded(func() {
			now := i.env.Now()
			counts := i.take()
			// Twice: what began to wait just now is owed too.
			i.scanner.Expire(counts)
			i.scanner.Expire(counts)
			i.aggregator.Add(counts, now)
			i.count(counts)
			i.tell(i.aggregator.Close(now))
		})
		i.printOwed(i.closeDispatchers())
		i.tellStatistics()
	})
}

// closeDispatchers closes all at once and returns what they still owe and
// nobody printed, each finding once.
func (i *Instance) closeDispatchers() []finding.Finding {
	owed := make([][]finding.Finding, len(i.dispatchers))
	var all sync.WaitGroup
	for n, d := range i.dispatchers {
		all.Add(1)
		go func() {
			defer all.Done()
			owed[n] = d.close(i.grace(d.sink))
		}()
	}
	all.Wait()

	var unprinted []finding.Finding
	seen := make(map[string]bool)
	for n, d := range i.dispatchers {
		if i.printed && d.sink.Name() != conf.SinkStdout {
			continue // the stdout sink was given the same
		}
		for _, f := range owed[n] {
			if !seen[f.Fingerprint] {
				seen[f.Fingerprint] = true
				unprinted = append(unprinted, f)
			}
		}
	}
	return unprinted
}

// grace is how long a sink has to take what it is owed.
func (i *Instance) grace(s sink.Sink) time.Duration {
	if s.Name() == conf.SinkForward && i.cfg.ForwardTo.IsLocal() {
		return min(homeGrace, i.cfg.ShutdownGrace)
	}
	return i.cfg.ShutdownGrace
}

func (i *Instance) printOwed(owed []finding.Finding) {
	if len(owed) == 0 {
		return
	}
	i.log.warnf("findings that could not be delivered in time: %d; they are printed to stdout", len(owed))
	i.print(owed)
}

// printRefused prints what a sink will never take.
func (i *Instance) printRefused(findings []finding.Finding) {
	if !i.printed {
		i.print(findings)
	}
}

// print writes findings to Stdout as the stdout sink does, and gives up when
// nobody reads it.
func (i *Instance) print(findings []finding.Finding) {
	s := stdout.New(i.env.Stdout)
	defer s.Close()
	ctx, cancel := context.WithTimeout(context.Background(), printTimeout)
	defer cancel()
	if err := s.Deliver(ctx, findings); err != nil {
		i.log.errorf("findings that may be lost: %d: %v", len(findings), err)
	}
}

// Statistics returns what the instance did so far.
func (i *Instance) Statistics() Statistics {
	i.statsMu.Lock()
	s := Statistics{Scanned: i.scanned, Aggregated: i.aggregated}
	i.statsMu.Unlock()
	s.OwnChunks, s.Panics, s.Flush = i.ownChunks.Load(), i.panics.Load(), i.flushTimes.times()
	for _, d := range i.dispatchers {
		s.Sinks = append(s.Sinks, SinkStatistics{d.sink.Name(), d.statistics()})
	}
	return s
}

func (i *Instance) count(c *engine.Counts) {
	i.statsMu.Lock()
	defer i.statsMu.Unlock()
	i.scanned.Add(&c.Stats)
}

func (i *Instance) tellStatistics() {
	s := i.Statistics()
	i.log.infof("statistics: %s", &s)
}
