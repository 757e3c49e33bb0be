package doctor

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Skews of the clock that are worth a warning, and that AWS refuses.
const (
	skewWarning = time.Minute
	skewMax     = 5 * time.Minute
)

// identityOf says whose identity AWS is to be asked for.
type identityOf struct {
	source string // the step that found the credentials
	region string
	// At most one of these is set.
	credentials *credentials
	web         *webRole
	instance    bool
	partial     bool // there are some keys, but not all
}

// identity asks AWS whose credentials these are (sts:GetCallerIdentity, which needs
// no permission), and reads its clock off the answer.
func (d *doctor) identity(ctx context.Context, who identityOf) (identity, clock Check, arn string) {
	identity = Check{Step: StepIdentity}
	clock = Check{Step: StepClock}
	if who.region == "" {
		who.region = "us-east-1"
	}
	ctx, cancel := context.WithTimeout(ctx, 2*d.world.Timeout)
	defer cancel()
	watch := &timepiece{next: d.outside(), now: d.world.Now}
	client := sts.New(sts.Options{
		Region:       who.region,
		HTTPClient:   &http.Client{Transport: watch, Timeout: d.world.Timeout},
		Retryer:      aws.NopRetryer{},
		BaseEndpoint: d.stsEndpoint(),
		Credentials:  aws.AnonymousCredentials{},
	})
	if who.web != nil {
		who.credentials = d.exchange(ctx, client, who.web, &identity)
	}
	if who.instance {
		if who.credentials = d.instanceCredentials(ctx); who.credentials == nil {
			identity.set(Problem, "Instance metadata names a role, but gives no credentials for it.")
			d.advise(&identity, "credentials_refresh_failed", "169.254.169.254")
		}
	}
	switch {
	case who.credentials != nil:
		arn = d.askWho(ctx, client, who, &identity)
	case identity.Status != "":
	case who.source == "" && who.partial:
		identity.set(Unused, "AWS was not asked: the keys in the environment are not complete.")
	case who.source == "":
		identity.set(Problem, "There are no credentials, so AWS was not asked.")
		d.advise(&identity, "credentials_not_found", "")
	case who.source == StepContainer:
		identity.set(Unused, "AWS was not asked: the credentials endpoint gave no credentials.")
	default:
		identity.set(Unused, "AWS was not asked: only a program can use this kind of profile. Try: aws sts get-caller-identity")
	}
	if watch.date.IsZero() && ctx.Err() == nil {
		d.lookAtClock(ctx, watch, client)
	}
	d.judgeClock(&clock, watch)
	return identity, clock, arn
}

// askWho asks who the credentials are.
func (d *doctor) askWho(ctx context.Context, client *sts.Client, who identityOf, c *Check) (arn string) {
	began := time.Now()
	answer, err := client.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{}, func(o *sts.Options) {
		o.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			k := who.credentials
			return aws.Credentials{AccessKeyID: k.key, SecretAccessKey: k.secret, SessionToken: k.token, Source: who.source}, nil
		})
	})
	c.took(time.Since(began))
	if err != nil {
		d.refused(c, "GetCallerIdentity", err)
		return ""
	}
	arn = aws.ToString(answer.Arn)
	c.set(OK, "AWS knows these credentials, of %s, as %s.", who.source, arn)
	c.detail("account", aws.ToString(answer.Account))
	return arn
}

// exchange exchanges a web identity's token for credentials.
func (d *doctor) exchange(ctx context.Context, client *sts.Client, w *webRole, c *Check) *credentials {
	answer, err := client.AssumeRoleWithWebIdentity(ctx, &sts.AssumeRoleWithWebIdentityInput{
		RoleArn: &w.role, RoleSessionName: &w.session, WebIdentityToken: aws.String(string(w.token)),
	})
	if err != nil {
		d.refused(c, "AssumeRoleWithWebIdentity", err)
		return nil
	}
	given := answer.Credentials
	if given == nil {
		c.set(Problem, "AWS took the token, but gave no credentials for it.")
		return nil
	}
	return &credentials{aws.ToString(given.AccessKeyId), aws.ToString(given.SecretAccessKey), aws.ToString(given.SessionToken)}
}

// refused explains an error of AWS as the rules explain it in a log, and no answer
// at all as a matter of the network.
func (d *doctor) refused(c *Check, operation string, err error) {
	var api smithy.APIError
	var response *smithyhttp.ResponseError
	switch {
	case errors.As(err, &api) && api.ErrorCode() != "" && api.ErrorCode() != "UnknownError":
		text := fmt.Sprintf("An error occurred (%s) when calling the %s operation: %s", api.ErrorCode(), operation, api.ErrorMessage())
		c.set(Problem, "AWS refuses: %s: %s", api.ErrorCode(), api.ErrorMessage())
		if x := d.explainer.Explain([]byte(text), d.knownTask()); x.Rule != nil {
			c.take(x.Diagnosis)
		} else {
			d.advise(c, "invalid_credentials", text)
		}
	case errors.As(err, &response) && response.HTTPStatusCode() > 0:
		c.set(Warning, "STS answers %d, but not as AWS does: something else may stand in the way, such as a proxy.", response.HTTPStatusCode())
		c.Fix = []string{"See who answers: `curl -sv https://sts.amazonaws.com`."}
	default:
		c.set(Warning, "STS cannot be reached from here, so it is not known whose credentials these are: %s.", d.briefly(err))
		c.Fix = []string{"In a private subnet, STS needs a NAT gateway or a VPC endpoint (com.amazonaws.<region>.sts) whose security group lets this task in. Programs that do not call STS work without."}
		if unknown := new(net.DNSError); errors.As(err, &unknown) && unknown.IsNotFound {
			c.Fix = append([]string{fmt.Sprintf("Check the Region's name, letter by letter: nobody knows a host %s.", unknown.Name)}, c.Fix...)
		}
	}
}

// briefly is the innermost error of the network.
func (d *doctor) briefly(err error) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Sprintf("no answer within %v", d.world.Timeout)
	}
	var ofURL *url.Error
	if errors.As(err, &ofURL) {
		if ofURL.Timeout() {
			return fmt.Sprintf("no answer within %v", d.world.Timeout)
		}
		return ofURL.Err.Error()
	}
	return err.Error()
}

// lookAtClock asks for nothing but the time.
func (d *doctor) lookAtClock(ctx context.Context, watch *timepiece, client *sts.Client) {
	address := "https://sts.amazonaws.com/"
	if own := client.Options().BaseEndpoint; own != nil {
		address = *own
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, address, nil)
	if err != nil {
		return
	}
	if answer, err := (&http.Client{Transport: watch, Timeout: d.world.Timeout}).Do(request); err == nil {
		answer.Body.Close()
	}
}

func (d *doctor) judgeClock(c *Check, watch *timepiece) {
	if watch.date.IsZero() {
		c.set(Unused, "No server told the time.")
		return
	}
	// A Date has no fractions of a second.
	skew := watch.local.Sub(watch.date.Add(500 * time.Millisecond)).Round(time.Second)
	size, direction := skew, "ahead"
	if skew < 0 {
		size, direction = -skew, "behind"
	}
	c.detail("skew", skew.String())
	switch {
	case size > skewMax:
		c.set(Problem, "The clock is %s %s: AWS refuses what it signs.", rough(size), direction)
		d.advise(c, "clock_skew", "")
	case size > skewWarning:
		c.set(Warning, "The clock is %s %s; AWS allows 5 minutes.", rough(size), direction)
		d.advise(c, "clock_skew", "")
	default:
		c.set(OK, "The clock is right.")
	}
}

// A timepiece notes the Date of the first answer, and the time here.
type timepiece struct {
	next        http.RoundTripper
	now         func() time.Time
	mu          sync.Mutex
	date, local time.Time
}

func (t *timepiece) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := t.next.RoundTrip(r)
	if err != nil {
		return response, err
	}
	if date, err := http.ParseTime(response.Header.Get("Date")); err == nil {
		t.mu.Lock()
		if t.date.IsZero() {
			t.date, t.local = date, t.now()
		}
		t.mu.Unlock()
	}
	return response, nil
}

// outside is the way to AWS: through the proxy that is set, as for programs.
func (d *doctor) outside() http.RoundTripper {
	proxy := d.proxies().ProxyFunc()
	return &http.Transport{
		DialContext:       d.world.Dial,
		DisableKeepAlives: true,
		Proxy:             func(r *http.Request) (*url.URL, error) { return proxy(r.URL) },
	}
}

// stsEndpoint is the address that the environment gives STS; nil for AWS' own.
func (d *doctor) stsEndpoint() *string {
	for _, name := range []string{"AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"} {
		if address := d.world.Getenv(name); address != "" {
			return &address
		}
	}
	return nil
}
