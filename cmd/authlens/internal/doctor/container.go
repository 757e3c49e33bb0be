package doctor

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/redact"
)

// Where ECS and EKS say that their endpoints are.
// Sources: Amazon ECS Developer Guide, "Task IAM role" and "Task metadata
// endpoint version 4"; AWS SDKs and Tools Reference Guide, "Container
// credential provider".
const (
	envRelative        = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
	envFull            = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
	envAuthorization   = "AWS_CONTAINER_AUTHORIZATION_TOKEN"
	envAuthorizationIn = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
	envMetadata        = "ECS_CONTAINER_METADATA_URI_V4"

	firstProcess = "/proc/1/environ"
)

// endsSoon is how little time credentials must have left to be worth a warning: SDKs
// renew them five minutes before they end.
const endsSoon = 5 * time.Minute

// container asks the endpoint that gives a container its credentials.
func (d *doctor) container(ctx context.Context) (Check, *credentials) {
	c := Check{Step: StepContainer}
	get := d.world.Getenv
	relative, full := get(envRelative), get(envFull)
	if d.endpointUnknown() {
		if name := d.onlyFirst(); name != "" {
			c.set(Problem, "%s is set for the container's first process (PID 1), but not for this one.", name)
			d.advise(&c, "credentials_not_found", envRelative+" is not set")
			return c, nil
		}
		c.set(Unused, "Neither %s nor %s is set.", envRelative, envFull)
		return c, nil
	}
	address, about, problem := d.containerAddress(relative, full)
	if problem != "" {
		c.set(Problem, "%s", problem)
		d.advise(&c, "credentials_endpoint_unreachable", about)
		return c, nil
	}
	c.detail("endpoint", about)
	header := map[string]string{}
	if token, problem := d.authorization(); problem != "" {
		c.set(Problem, "%s", problem)
		d.advise(&c, "credentials_endpoint_unreachable", about)
		return c, nil
	} else if token != "" {
		header["Authorization"] = token
		c.detail("authorization token", "set")
	}
	a := d.ask(ctx, http.MethodGet, address, header)
	c.took(a.took)
	d.setTask(func(t *diagnose.Task) { t.Endpoint = a.probe() })
	return c, d.judgeContainer(&c, &a, about)
}

// judgeContainer says what an answer of the endpoint means.
func (d *doctor) judgeContainer(c *Check, a *answer, about string) *credentials {
	switch {
	case a.err != nil:
		c.set(Problem, "The credentials endpoint %s %s.", about, a.silence(d.world.Timeout))
		d.advise(c, "credentials_endpoint_unreachable", about)
		return nil
	case a.status == http.StatusTooManyRequests:
		c.set(Problem, "The credentials endpoint %s is throttling: it answers 429.", about)
		d.advise(c, "credentials_endpoint_throttled", about)
		return nil
	case a.status != http.StatusOK:
		c.set(Problem, "The credentials endpoint %s answers %d %s%s.", about, a.status, http.StatusText(a.status), said(a.body))
		d.advise(c, "credentials_endpoint_unreachable", a.refusal(about, "container metadata"))
		return nil
	}
	var given struct {
		RoleArn, AccessKeyID, SecretAccessKey, Token string
		Expiration                                   time.Time
	}
	if err := a.into(&given); err != nil || given.AccessKeyID == "" || given.SecretAccessKey == "" {
		c.set(Problem, "The credentials endpoint %s answers, but with no credentials: something else may stand at its address.", about)
		d.advise(c, "credentials_endpoint_unreachable", a.refusal(about, "container metadata"))
		return nil
	}
	d.setTask(func(t *diagnose.Task) { t.TaskRoleARN = given.RoleArn })
	c.detail("role", given.RoleArn)
	left := given.Expiration.Sub(d.world.Now())
	if !given.Expiration.IsZero() {
		c.detail("expires", given.Expiration.UTC().Format(time.RFC3339))
	}
	role := "a role"
	if given.RoleArn != "" {
		role = "role " + lastPart(given.RoleArn)
	}
	switch {
	case given.Expiration.IsZero():
		c.set(OK, "It gives credentials of %s.", role)
	case left <= 0:
		c.set(Problem, "It gives credentials of %s that expired %s ago.", role, rough(-left))
		d.advise(c, "expired_token", about)
	case left < endsSoon:
		c.set(Warning, "It gives credentials of %s that end in %s: they should have been renewed by now.", role, rough(left))
		d.advise(c, "credentials_refresh_failed", about)
	case a.took > slowAfter:
		c.set(Warning, "It gives credentials of %s, but takes %v: SDKs give up after a second or two.", role, a.took.Round(10*time.Millisecond))
		d.advise(c, "credentials_endpoint_throttled", about)
	default:
		c.set(OK, "It gives credentials of %s, for another %s.", role, rough(left))
	}
	return &credentials{given.AccessKeyID, given.SecretAccessKey, given.Token}
}

// containerAddress returns the URL to ask, and how it may be shown: its path is
// the key to the credentials.
func (d *doctor) containerAddress(relative, full string) (address, about, problem string) {
	if relative != "" {
		about = strings.TrimPrefix(d.world.Container, "http://")
		if odd := oddity(relative); odd != "" || !strings.HasPrefix(relative, "/") {
			return "", about, fmt.Sprintf("%s is not a path that begins with a slash: it is cut, or copied badly.", envRelative)
		}
		return d.world.Container + relative, about, ""
	}
	u, err := url.Parse(full)
	if err != nil || u.Host == "" {
		return "", envFull, envFull + " is not a URL."
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return "", u.Host, fmt.Sprintf("%s begins with %s://, which SDKs refuse: they ask by http:// or https://.", envFull, u.Scheme)
	}
	if u.Scheme == "http" && !allowed(u.Hostname()) {
		return "", u.Host, fmt.Sprintf("%s names %s, which SDKs refuse: over plain HTTP they ask only this machine and the endpoints of ECS and EKS.", envFull, u.Host)
	}
	return full, u.Host, ""
}

// allowed reports whether SDKs send plain HTTP for credentials to a host.
func allowed(host string) bool {
	switch host {
	case "169.254.170.2", "169.254.170.23", "fd00:ec2::23", "localhost":
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// authorization returns the token that the endpoint wants, if any.
func (d *doctor) authorization() (token, problem string) {
	if file := d.world.Getenv(envAuthorizationIn); file != "" {
		text, err := d.world.ReadFile(file)
		if err != nil {
			return "", fmt.Sprintf("The file of %s cannot be read: %v.", envAuthorizationIn, err)
		}
		token = string(text)
	} else {
		token = d.world.Getenv(envAuthorization)
	}
	if strings.ContainsAny(token, "\r\n") {
		return "", "The authorization token for the credentials endpoint has a line end in it, which SDKs refuse."
	}
	return token, ""
}

// endpointUnknown reports whether this process is not told of an endpoint.
func (d *doctor) endpointUnknown() bool {
	return d.world.Getenv(envRelative) == "" && d.world.Getenv(envFull) == ""
}

// onlyFirst returns the name of the variable that the container's first process
// has and this one has not.
func (d *doctor) onlyFirst() string {
	environ, err := d.world.ReadFile(firstProcess)
	if err != nil {
		return "" // another user's, or no such thing here
	}
	for variable := range bytes.SplitSeq(environ, []byte{0}) {
		for _, name := range []string{envRelative, envFull} {
			if value, ok := bytes.CutPrefix(variable, []byte(name+"=")); ok && len(value) > 0 {
				return name
			}
		}
	}
	return ""
}

// saidMax is how much of an error's answer is shown, in bytes.
const saidMax = 200

// said is the message of an error's answer, cut short. Secrets are taken out first: one
// that is cut off may lack what identifies it.
func said(body []byte) string {
	var e struct{ Code, Message string }
	a := answer{body: body}
	if a.into(&e) != nil || e.Code+e.Message == "" {
		return ""
	}
	text := redact.Text(strings.Trim(e.Code+": "+e.Message, ": "))
	return " (" + strings.ToValidUTF8(text[:min(len(text), saidMax)], "") + ")"
}
