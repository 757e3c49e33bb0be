// Package doctor follows the chain in which AWS SDKs look for credentials, and
// says at each step what is there: environment, web identity, profile, container
// endpoint, instance metadata; then what can get in the way: proxy, region, clock;
// and finally who AWS says the caller is.
//
// It reads and asks, and changes nothing. About a secret it says that it is there
// and what is wrong with its form, never what it is. Fixes are worded by the
// diagnosis.
package doctor

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/explain"
	"github.com/authlens/authlens/engine/redact"
	"github.com/authlens/authlens/rules"
)

// A Status says how a check went.
type Status string

// The statuses.
const (
	Problem Status = "problem" // AWS calls fail, or will soon
	Warning Status = "warning" // works, but not as is likely meant, or not for long
	OK      Status = "ok"
	Unused  Status = "unused" // nothing there, and nothing needed
)

// rank orders statuses, the worst first.
func (s Status) rank() int { return slices.Index([]Status{Problem, Warning, OK, Unused}, s) }

// The steps, in the order in which SDKs look; then what is around them.
const (
	StepEnvironment = "environment"
	StepWebIdentity = "web identity"
	StepProfile     = "profile"
	StepContainer   = "container endpoint"
	StepInstance    = "instance metadata"
	StepTask        = "task metadata"
	StepProxy       = "proxy"
	StepRegion      = "region"
	StepClock       = "clock"
	StepIdentity    = "identity"
)

// A Check is what one step showed. Its JSON form is published.
type Check struct {
	Step   string `json:"step"`
	Status Status `json:"status"`
	Found  string `json:"found"` // one sentence
	// Source is true of the step that SDKs take the credentials from.
	Source  bool     `json:"source,omitempty"`
	Details []Detail `json:"details,omitempty"`
	Cause   string   `json:"cause,omitempty"` // a rules.Cause name
	Explain string   `json:"explain,omitempty"`
	Fix     []string `json:"fix,omitempty"`
	See     []string `json:"see,omitempty"`
	Millis  int64    `json:"ms,omitempty"` // how long an endpoint took to answer
}

// A Detail is a name and a value that is no secret.
type Detail struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

func (c *Check) detail(name, value string) {
	if value != "" {
		c.Details = append(c.Details, Detail{name, value})
	}
}

// set says how the check went.
func (c *Check) set(s Status, format string, args ...any) {
	c.Status, c.Found = s, redact.Text(fmt.Sprintf(format, args...))
}

// A Report is what all checks showed. Its JSON form is published.
type Report struct {
	Schema  int  `json:"schema"` // version of this form
	Healthy bool `json:"healthy"`
	// Source is the step that SDKs take credentials from; "" when there is none.
	Source string `json:"source,omitempty"`
	// Identity is the ARN that AWS gives them.
	Identity string  `json:"identity,omitempty"`
	Checks   []Check `json:"checks"` // in the order of the steps
}

// WorstFirst returns the checks as a person should read them.
func (r *Report) WorstFirst() []Check {
	list := slices.Clone(r.Checks)
	slices.SortStableFunc(list, func(a, b Check) int { return cmp.Compare(a.Status.rank(), b.Status.rank()) })
	return list
}

// credentials are what a step found. They are used for one question to STS, and
// never shown.
type credentials struct {
	key, secret, token string
}

// doctor is one examination.
type doctor struct {
	world     World
	explainer *explain.Explainer
	mu        sync.Mutex
	task      diagnose.Task // what is known of it so far; under mu
}

// Run examines.
func Run(ctx context.Context, world World, explainer *explain.Explainer) *Report {
	d := &doctor{world: world.orReal(), explainer: explainer}

	environment, fromEnvironment := d.environment()
	web, webRole := d.webIdentity()
	profile, fromProfile := d.profile(ctx)
	proxy := d.proxy()
	var (
		container, instance, task Check
		fromContainer             *credentials
		fromInstance              bool
		instanceRegion            string
		all                       sync.WaitGroup
	)
	all.Go(func() { container, fromContainer = d.container(ctx) })
	all.Go(func() { instance, fromInstance, instanceRegion = d.instance(ctx) })
	all.Go(func() { task = d.taskMetadata(ctx) })
	all.Wait()

	who := sourceOf([]link{
		{&environment, fromEnvironment != nil, identityOf{credentials: fromEnvironment}},
		{&web, webRole != nil, identityOf{web: webRole}},
		{&profile, fromProfile.any, identityOf{credentials: fromProfile.credentials}},
		{&container, container.Status != Unused && !d.endpointUnknown(), identityOf{credentials: fromContainer}},
		{&instance, fromInstance, identityOf{instance: true}},
	})
	d.compare(who.source, &environment, &web, &profile, &container, &instance)

	var region Check
	region, who.region = d.region(fromProfile.region, instanceRegion)
	who.partial = environment.Status == Problem && fromEnvironment == nil
	identity, clock, arn := d.identity(ctx, who)

	report := &Report{Schema: 1, Source: who.source, Identity: arn, Checks: []Check{
		environment, web, profile, container, instance, task, proxy, region, clock, identity,
	}}
	report.Healthy = !slices.ContainsFunc(report.Checks, func(c Check) bool { return c.Status == Problem })
	return report
}

// A link is one of the places in which SDKs look for credentials.
type link struct {
	check *Check
	has   bool // there are some
	who   identityOf
}

// sourceOf marks the first link of chain that has credentials, which SDKs use, and returns
// whose they are.
func sourceOf(chain []link) identityOf {
	for _, l := range chain {
		if l.has {
			l.check.Source = true
			l.who.source = l.check.Step
			return l.who
		}
	}
	return identityOf{}
}

// compare says about the links of the chain what shows only in comparison.
func (d *doctor) compare(source string, environment, web, profile, container, instance *Check) {
	offered := container.Status == OK || container.Status == Problem
	switch {
	case source == StepEnvironment && offered && environment.Status == OK:
		environment.set(Warning, "There are keys in the environment, and they hide the task's role: SDKs never ask for it.")
		environment.Fix = []string{"Remove AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN from the container's environment, so that the SDK finds the task role."}
	case source == StepProfile && offered && profile.Status == OK:
		profile.set(Warning, "There is a profile with credentials, and it hides the task's role: SDKs never ask for it.")
		profile.Fix = []string{"Remove AWS_PROFILE and the files of ~/.aws from the image, so that the SDK finds the task role."}
	case source == StepInstance && d.onECS() && instance.Status == OK:
		instance.set(Warning, "This is a task without a role of its own: it acts as the instance it runs on, with all that the instance may do.")
		d.advise(instance, "credentials_not_found", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not set")
	case source == "" && container.Status == Unused:
		// The one place to say that there is nothing at all.
		if d.onECS() {
			container.set(Problem, "There are no credentials: the task has no role that this process can see.")
			d.advise(container, "credentials_not_found", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not set")
		}
	}
	// What comes after the source is never asked for.
	after := false
	for _, link := range []*Check{environment, web, profile, container, instance} {
		if after && link.Status == Problem {
			link.Status = Warning
		}
		after = after || link.Source
	}
}

// onECS reports whether this is a task.
func (d *doctor) onECS() bool {
	return d.world.Getenv(envMetadata) != "" || d.world.Getenv("AWS_EXECUTION_ENV") == "AWS_ECS_FARGATE" ||
		d.world.Getenv("AWS_EXECUTION_ENV") == "AWS_ECS_EC2"
}

func (d *doctor) setTask(set func(*diagnose.Task)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	set(&d.task)
}

func (d *doctor) knownTask() diagnose.Task {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.task
}

// advise adds what the diagnosis of a cause says. About says, as a log line would,
// which link of the chain it is about and what that answered: facts are read from
// it, and another cause may refine this one.
func (d *doctor) advise(c *Check, cause, about string) {
	if rule := d.ruleOf(cause); rule != nil {
		c.take(d.explainer.Describe(rule, []byte(about), d.knownTask()).Diagnosis)
	}
}

// ruleOf returns a rule of the cause that has no words of its own.
func (d *doctor) ruleOf(cause string) *rules.Rule {
	m := d.explainer.Matcher()
	for i := range m.Len() {
		if r := m.Rule(i); r.Cause == cause && r.Explain == "" && r.Fix == nil {
			return r
		}
	}
	return nil
}

func (c *Check) take(of diagnose.Diagnosis) {
	c.Cause, c.Explain, c.Fix, c.See = of.Cause, of.Explain, of.Fix, of.See
}

// took notes how long an endpoint needed.
func (c *Check) took(d time.Duration) { c.Millis = max(1, d.Milliseconds()) }
