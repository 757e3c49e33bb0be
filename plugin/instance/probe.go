package instance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/authlens/authlens/engine/diagnose"
)

// How the endpoints of ECS are asked. They are a hop away; one that takes
// longer does not answer.
const (
	probeTimeout = 2 * time.Second
	// reprobeTimeout is for a request that a finding waits for.
	reprobeTimeout = 400 * time.Millisecond
	// reprobeEvery is how often there is such a request at most. ECS limits those of
	// a whole task to 40 a second.
	reprobeEvery = time.Minute
	// answerMax bounds what is read of an answer, in bytes.
	answerMax = 64 << 10
	// roleARNMax bounds what is kept of it, in bytes; IAM's own limit.
	roleARNMax = 2048
)

// Where ECS says that its endpoints are.
// Sources: Amazon ECS Developer Guide, "Task IAM role" and "Task metadata
// endpoint version 4"; AWS SDKs and Tools Reference Guide, "Container
// credential provider".
const (
	envCredentialsPath = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
	envCredentialsURL  = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
	envAuthorization   = "AWS_CONTAINER_AUTHORIZATION_TOKEN"
	envAuthorizationIn = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
	envMetadata        = "ECS_CONTAINER_METADATA_URI_V4"

	credentialsHost = "http://169.254.170.2"
)

// A prober asks the endpoints that ECS gives a container: whose role this is,
// and which task. It keeps names only; the credentials in the answer are never
// decoded, kept or logged.
type prober struct {
	credentials string // URL; "" when there is none to ask
	metadata    string // URL; "" when there is none to ask
	client      *http.Client
}

func newProber(getenv func(string) string, dial func(context.Context, string, string) (net.Conn, error)) *prober {
	p := &prober{client: &http.Client{
		Transport:     &http.Transport{DialContext: dial, DisableKeepAlives: true}, // and no proxy
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	switch path, full := getenv(envCredentialsPath), getenv(envCredentialsURL); {
	case strings.HasPrefix(path, "/"):
		p.credentials = credentialsHost + path
	case getenv(envAuthorization) != "" || getenv(envAuthorizationIn) != "":
		// EKS: the endpoint wants a token, which is none of our business, and it
		// names no role.
	case isLocal(full):
		p.credentials = full
	}
	if base := getenv(envMetadata); isLocal(base) {
		p.metadata = strings.TrimSuffix(base, "/") + "/task"
	}
	return p
}

// isLocal reports whether u is plain HTTP to an endpoint of ECS or to loopback. Nothing
// else is ever asked, whatever the environment says.
func isLocal(u string) bool {
	parsed, err := url.Parse(u)
	if err != nil || parsed.Scheme != "http" || parsed.User != nil {
		return false
	}
	host := parsed.Hostname()
	if host == "169.254.170.2" || host == "169.254.170.23" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// role asks the credentials endpoint for the name of the task role, and tells
// how the endpoint fares. Both are "" when there is no endpoint.
func (p *prober) role(ctx context.Context) (arn, endpoint string) {
	if p.credentials == "" {
		return "", ""
	}
	var answer struct{ RoleArn string }
	if endpoint, err := p.ask(ctx, p.credentials, &answer); err != nil {
		return "", endpoint
	}
	if !strings.HasPrefix(answer.RoleArn, "arn:") || len(answer.RoleArn) > roleARNMax {
		return "", diagnose.EndpointOK // it answers; older agents name no role
	}
	return answer.RoleArn, diagnose.EndpointOK
}

// A taskIdentity is what the task metadata endpoint says.
type taskIdentity struct {
	cluster, family, id, launchType, region string
}

// task asks the task metadata endpoint which task this is. The zero value means
// that there is no endpoint.
func (p *prober) task(ctx context.Context) (taskIdentity, error) {
	if p.metadata == "" {
		return taskIdentity{}, nil
	}
	var answer struct {
		Cluster    string // name or ARN
		TaskARN    string
		Family     string
		LaunchType string
	}
	if _, err := p.ask(ctx, p.metadata, &answer); err != nil {
		return taskIdentity{}, fmt.Errorf("asking the task metadata endpoint which task this is: %w", err)
	}
	return taskIdentity{
		cluster:    lastSegment(answer.Cluster),
		family:     answer.Family,
		id:         lastSegment(answer.TaskARN),
		launchType: answer.LaunchType,
		region:     regionOf(answer.TaskARN),
	}, nil
}

// ask decodes those fields of a JSON answer that into has, and says how the
// endpoint fared.
func (p *prober) ask(ctx context.Context, from string, into any) (endpoint string, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return diagnose.EndpointError, err
	}
	answer, err := p.client.Do(request)
	if err != nil {
		// Without the URL: its path is the key to the credentials.
		if inner := errors.Unwrap(err); inner != nil {
			err = inner
		}
		endpoint := endpointOf(err)
		if endpoint == diagnose.EndpointTimeout {
			err = fmt.Errorf("it gave no answer in time: %w", err)
		}
		return endpoint, err
	}
	defer answer.Body.Close()
	switch answer.StatusCode {
	case http.StatusOK:
	case http.StatusTooManyRequests:
		return diagnose.EndpointThrottled, errors.New("it answered " + answer.Status)
	default:
		return diagnose.EndpointError, errors.New("it answered " + answer.Status)
	}
	if err := json.NewDecoder(io.LimitReader(answer.Body, answerMax)).Decode(into); err != nil {
		if endpoint := endpointOf(err); endpoint == diagnose.EndpointTimeout {
			return endpoint, fmt.Errorf("its answer did not end in time: %w", err)
		}
		return diagnose.EndpointError, errors.New("its answer is not the JSON object that was expected")
	}
	return diagnose.EndpointOK, nil
}

func endpointOf(err error) string {
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return diagnose.EndpointRefused
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return diagnose.EndpointTimeout
	}
	return diagnose.EndpointError
}

// regionOf returns the region in an ARN, arn:partition:service:region:…, or "".
func regionOf(arn string) string {
	if parts := strings.SplitN(arn, ":", 5); len(parts) == 5 && parts[0] == "arn" {
		return parts[3]
	}
	return ""
}

// lastSegment returns what follows the last slash: the name in an ARN, or a
// plain name unchanged.
func lastSegment(s string) string { return s[strings.LastIndexByte(s, '/')+1:] }
