package doctor

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpproxy"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine/diagnose"
)

// taskMetadata asks ECS which task this is.
func (d *doctor) taskMetadata(ctx context.Context) Check {
	c := Check{Step: StepTask}
	base := d.world.Getenv(envMetadata)
	if base == "" {
		c.set(Unused, "No task metadata endpoint (%s is not set): this is no ECS task, or the variable was not handed on.", envMetadata)
		return c
	}
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" || !allowed(u.Hostname()) {
		c.set(Warning, "%s is not the URL of an endpoint of ECS.", envMetadata)
		return c
	}
	a := d.ask(ctx, http.MethodGet, strings.TrimSuffix(base, "/")+"/task", nil)
	c.took(a.took)
	switch {
	case a.err != nil:
		c.set(Warning, "The task metadata endpoint %s %s.", u.Host, a.silence(d.world.Timeout))
		return c
	case a.status == http.StatusTooManyRequests:
		c.set(Warning, "The task metadata endpoint is throttling: it answers 429. The credentials endpoint shares its limit.")
		d.advise(&c, "credentials_endpoint_throttled", u.Host)
		return c
	case a.status != http.StatusOK:
		c.set(Warning, "The task metadata endpoint answers %d %s.", a.status, http.StatusText(a.status))
		return c
	}
	var task struct{ Cluster, TaskARN, Family, Revision, LaunchType, AvailabilityZone string }
	if err := a.into(&task); err != nil || task.TaskARN == "" {
		c.set(Warning, "The task metadata endpoint answers, but names no task.")
		return c
	}
	d.setTask(func(t *diagnose.Task) { t.LaunchType, t.TaskID = task.LaunchType, lastPart(task.TaskARN) })
	c.set(OK, "This is task %s of %s.", lastPart(task.TaskARN), task.Family+":"+task.Revision)
	c.detail("cluster", lastPart(task.Cluster))
	c.detail("launch type", task.LaunchType)
	c.detail("zone", task.AvailabilityZone)
	return c
}

// proxy sees whether a proxy would catch what must not leave the machine.
func (d *doctor) proxy() Check {
	c := Check{Step: StepProxy}
	cfg := d.proxies()
	if cfg.HTTPProxy == "" && cfg.HTTPSProxy == "" {
		c.set(Unused, "No proxy is set.")
		return c
	}
	c.detail("HTTP_PROXY", hostOf(cfg.HTTPProxy))
	c.detail("HTTPS_PROXY", hostOf(cfg.HTTPSProxy))
	c.detail("NO_PROXY", cfg.NoProxy)
	var caught []string
	for _, host := range []string{"169.254.170.2", "169.254.169.254"} {
		to, err := cfg.ProxyFunc()(&url.URL{Scheme: "http", Host: host})
		if err != nil {
			c.set(Problem, "HTTP_PROXY is not the URL of a proxy.")
			c.Fix = []string{"Write the proxy as http://host:port, or take the variable away."}
			return c
		}
		if to != nil {
			caught = append(caught, host)
		}
	}
	switch {
	case len(caught) == 0:
		c.set(OK, "A proxy is set, and NO_PROXY keeps the credentials endpoints out of it.")
	case d.world.Getenv(envRelative) != "" && caught[0] == "169.254.170.2":
		c.set(Problem, "The proxy catches %s: SDKs that follow HTTP_PROXY never reach the credentials endpoint.", strings.Join(caught, " and "))
	default:
		c.set(Warning, "The proxy catches %s: SDKs that follow HTTP_PROXY do not reach that endpoint.", strings.Join(caught, " and "))
	}
	if len(caught) > 0 {
		d.advise(&c, "credentials_endpoint_unreachable", caught[0])
		c.Fix = slices.DeleteFunc(slices.Clone(c.Fix), func(step string) bool { return !strings.Contains(step, "NO_PROXY") })
	}
	return c
}

// proxies are those that the environment sets. A lower-case variable wins.
func (d *doctor) proxies() *httpproxy.Config {
	either := func(name string) string {
		return cmp.Or(d.world.Getenv(strings.ToLower(name)), d.world.Getenv(name))
	}
	return &httpproxy.Config{HTTPProxy: either("HTTP_PROXY"), HTTPSProxy: either("HTTPS_PROXY"), NoProxy: either("NO_PROXY")}
}

// hostOf is a proxy without the password it may hold.
func hostOf(proxy string) string {
	if u, err := url.Parse(proxy); err == nil && u.Host != "" {
		return u.Host
	}
	if proxy == "" {
		return ""
	}
	return "set"
}

// region says which Region SDKs use.
func (d *doctor) region(ofProfile, ofInstance string) (c Check, name string) {
	c = Check{Step: StepRegion}
	first, second := d.world.Getenv("AWS_REGION"), d.world.Getenv("AWS_DEFAULT_REGION")
	c.detail("AWS_REGION", first)
	c.detail("AWS_DEFAULT_REGION", second)
	for _, v := range []struct{ from, value string }{{"AWS_REGION", first}, {"AWS_DEFAULT_REGION", second}, {"the profile", ofProfile}} {
		if v.value == "" {
			continue
		}
		if !conf.IsRegion(v.value) {
			c.set(Problem, "The Region in %s, %q, is not the name of one.", v.from, v.value)
			c.Fix = []string{fmt.Sprintf("Set %s to a Region's name, such as eu-central-1: a zone (eu-central-1a) or a place is none.", v.from)}
			return c, ""
		}
		if first != "" && second != "" && first != second {
			c.set(Warning, "AWS_REGION and AWS_DEFAULT_REGION differ: which one counts depends on the SDK.")
			c.Fix = []string{"Set both to the same Region, or only AWS_REGION."}
			return c, v.value
		}
		c.set(OK, "%s, from %s.", v.value, v.from)
		return c, v.value
	}
	if ofInstance != "" {
		c.set(OK, "%s, from instance metadata. Not every SDK asks there.", ofInstance)
		return c, ofInstance
	}
	c.set(Warning, "No Region is set: SDKs refuse to begin unless the program names one.")
	c.Fix = []string{"Set AWS_REGION in the container's environment (ECS does so by itself on Fargate)."}
	return c, ""
}
