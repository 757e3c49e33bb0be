package instance

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/enginetest"
)

const (
	roleARN     = "arn:aws:iam::123456789012:role/reports-task"
	credentials = `{"RoleArn":"` + roleARN + `","AccessKeyId":"ASIAEXAMPLEEXAMPLE12","SecretAccessKey":"example/secret","Token":"example-token","Expiration":"2026-11-21T16:00:00Z"}`
	metadata    = `{"Cluster":"arn:aws:ecs:eu-central-1:123456789012:cluster/production","TaskARN":"arn:aws:ecs:eu-central-1:123456789012:task/production/` + task + `","Family":"shop","Revision":"7","LaunchType":"FARGATE","Containers":[{}]}`
)

// onECS is the environment of a container, and the endpoints it names, which
// answer as handler does. asked counts the questions.
func onECS(t *testing.T, handler http.HandlerFunc) (env Env, asked *atomic.Int64) {
	t.Helper()
	asked = new(atomic.Int64)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		handler(w, r)
	}))
	t.Cleanup(server.Close)
	return Env{
		Getenv: func(name string) string {
			return map[string]string{
				envCredentialsPath: "/v2/credentials/the-path-is-the-key",
				envMetadata:        "http://169.254.170.2/v4/abc",
			}[name]
		},
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			if address != "169.254.170.2:80" {
				t.Errorf("asked %s", address)
			}
			return new(net.Dialer).DialContext(ctx, network, server.Listener.Addr().String())
		},
	}, asked
}

func answers(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/v2/credentials/the-path-is-the-key":
		fmt.Fprint(w, credentials)
	case "/v4/abc/task":
		fmt.Fprint(w, metadata)
	default:
		http.NotFound(w, r)
	}
}

func TestProbe(t *testing.T) {
	f := func(handler http.HandlerFunc, wantARN, wantEndpoint string, wantTask taskIdentity) {
		t.Helper()
		env, _ := onECS(t, handler)
		p := newProber(env.Getenv, env.Dial)
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		arn, endpoint := p.role(ctx)
		if arn != wantARN || endpoint != wantEndpoint {
			t.Errorf("role %q, endpoint %q; want %q, %q", arn, endpoint, wantARN, wantEndpoint)
		}
		got, err := p.task(ctx)
		if diff := cmp.Diff(wantTask, got, cmp.AllowUnexported(taskIdentity{})); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
		if (err != nil) != (wantTask == taskIdentity{}) || err != nil && strings.Contains(err.Error(), "/v4/") {
			t.Errorf("got %v", err)
		}
	}
	f(answers, roleARN, diagnose.EndpointOK, taskIdentity{"production", "shop", task, "FARGATE", "eu-central-1"})
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	f(status(429), "", diagnose.EndpointThrottled, taskIdentity{})
	f(status(503), "", diagnose.EndpointError, taskIdentity{})
	f(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://example.com/", http.StatusFound)
	}, "", diagnose.EndpointError, taskIdentity{})
	f(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") }, "", diagnose.EndpointError, taskIdentity{})
	f(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"x":"`, strings.Repeat("x", 2*answerMax), `","RoleArn":"`+roleARN+`"}`)
	}, "", diagnose.EndpointError, taskIdentity{})
	f(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "", diagnose.EndpointTimeout, taskIdentity{})
	f(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v4/abc/task" {
			answers(w, r)
			return
		}
		fmt.Fprint(w, `{"RoleArn":"not an ARN"}`)
	}, "", diagnose.EndpointOK, taskIdentity{"production", "shop", task, "FARGATE", "eu-central-1"})
}

func TestProbeRefused(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := l.Addr().String()
	l.Close()
	p := newProber(func(name string) string {
		return map[string]string{envCredentialsURL: "http://" + nobody + "/x"}[name]
	}, new(net.Dialer).DialContext)
	if _, endpoint := p.role(t.Context()); endpoint != diagnose.EndpointRefused {
		t.Errorf("endpoint %q", endpoint)
	}
}

func TestProbeSilent(t *testing.T) {
	env, _ := onECS(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	p := newProber(env.Getenv, env.Dial)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	const want = "asking the task metadata endpoint which task this is: it gave no answer in time: context deadline exceeded"
	if _, err := p.task(ctx); fmt.Sprint(err) != want {
		t.Errorf("got %v; want %s", err, want)
	}
}

// An endpoint that begins to answer and does not go on has not answered in time.
func TestProbeStalls(t *testing.T) {
	env, _ := onECS(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"Cluster":`)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	p := newProber(env.Getenv, env.Dial)
	soon := func() context.Context {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		t.Cleanup(cancel)
		return ctx
	}
	if _, err := p.task(soon()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v; want a deadline exceeded", err)
	}
	if _, endpoint := p.role(soon()); endpoint != diagnose.EndpointTimeout {
		t.Errorf("the credentials endpoint: %s; want %s", endpoint, diagnose.EndpointTimeout)
	}
}

// Only the endpoints of ECS and loopback are asked, and only without a token.
func TestProbeAddresses(t *testing.T) {
	f := func(credentials, metadata string, pairs ...string) {
		t.Helper()
		p := newProber(func(name string) string {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == name {
					return pairs[i+1]
				}
			}
			return ""
		}, nil)
		if p.credentials != credentials || p.metadata != metadata {
			t.Errorf("%v: asks %q, %q; want %q, %q", pairs, p.credentials, p.metadata, credentials, metadata)
		}
	}
	f("", "")
	f("http://169.254.170.2/v2/x", "", envCredentialsPath, "/v2/x")
	f("", "", envCredentialsPath, "@example.com/")
	f("http://169.254.170.23/v1/x", "", envCredentialsURL, "http://169.254.170.23/v1/x")
	f("http://[::1]:9/x", "", envCredentialsURL, "http://[::1]:9/x")
	f("", "", envCredentialsURL, "http://169.254.169.254/latest")
	f("", "", envCredentialsURL, "https://127.0.0.1/x")
	f("", "", envCredentialsURL, "http://user@127.0.0.1/x")
	f("", "", envCredentialsURL, "http://localhost.example.com/x")
	f("", "", envCredentialsURL, "http://127.0.0.1/x", envAuthorization, "t")
	f("", "", envCredentialsURL, "http://127.0.0.1/x", envAuthorizationIn, "/t")
	f("", "http://169.254.170.2/v4/x/task", envMetadata, "http://169.254.170.2/v4/x")
	f("", "", envMetadata, "http://example.com/v4/x")
	f("", "", envMetadata, "file:///etc/passwd")
}

// What ECS says of the task is in findings whose records say nothing of it, and
// of the credentials nothing is to be seen anywhere.
func TestInstanceOnECS(t *testing.T) {
	env, asked := onECS(t, answers)
	w := newWorld(t, options(t, "verbosity", "debug"), env)
	until(t, "the role", func() bool { return strings.Contains(w.stderr.String(), "task role: "+roleARN) })
	var chunk enginetest.ChunkBuilder
	for _, line := range deniedLines(2) {
		chunk.Append(time.Now().Unix(), 0, "log", line)
	}
	w.Flush("app.log", chunk.Bytes())
	until(t, "a finding", func() bool { return len(w.stdout.findings(t)) == 1 })
	w.Close()
	f := w.stdout.findings(t)[0]
	expectEqual(t, "cluster", f.Scope.Cluster, "production")
	expectEqual(t, "family", f.Scope.Family, "shop")
	expectEqual(t, "task", f.Scope.Task, task)
	expectEqual(t, "role kind", f.Diagnosis.RoleKind, "task")
	expectEqual(t, "certainty", f.Diagnosis.RoleCertainty, "certain")
	expectEqual(t, "questions", asked.Load(), int64(2))
	for _, secret := range []string{"ASIA", "example/secret", "example-token", "the-path-is-the-key"} {
		if strings.Contains(w.stdout.String()+w.stderr.String(), secret) {
			t.Errorf("%q is to be seen", secret)
		}
	}
}

// When credential errors begin, the endpoint is asked again, once.
func TestEndpointIsAskedAgain(t *testing.T) {
	var down atomic.Bool
	env, asked := onECS(t, func(w http.ResponseWriter, r *http.Request) {
		if down.Load() {
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		answers(w, r)
	})
	w := newWorld(t, options(t, "verbosity", "debug"), env)
	until(t, "the role", func() bool { return strings.Contains(w.stderr.String(), "task role: "+roleARN) })
	down.Store(true)
	for n := range 3 {
		container := fmt.Sprintf("c%d", n)
		w.Flush(enginetest.FireLensTag(task, container), chunkOf(time.Now(), container, noCredentials, noCredentials))
		until(t, "a finding", func() bool { return len(w.stdout.findings(t)) == n+1 })
	}
	w.Close()
	expectEqual(t, "questions", asked.Load(), int64(3))
	for _, f := range w.stdout.findings(t) {
		if !strings.HasSuffix(f.Summary, f.Diagnosis.Headline) || !strings.Contains(strings.Join(f.Diagnosis.Fix, " "), "throttling just now") {
			t.Errorf("a finding does not say what the endpoint showed: %+v", f)
		}
	}
	if !strings.Contains(w.stderr.String(), "the credentials endpoint: "+diagnose.EndpointThrottled) {
		t.Errorf("log: %s", w.stderr.String())
	}
}

// Our own endpoint says nothing about the credentials of another task.
func TestEndpointIsNotAskedForOtherTasks(t *testing.T) {
	env, asked := onECS(t, answers)
	w := newWorld(t, options(t, "verbosity", "debug"), env)
	until(t, "the role", func() bool { return strings.Contains(w.stderr.String(), "task role: "+roleARN) })
	var b enginetest.ChunkBuilder
	other := strings.Repeat("9", 32)
	for range 2 {
		b.Append(time.Now().Unix(), 0, enginetest.FireLens(other, "api", noCredentials, "stderr")...)
	}
	w.Flush(enginetest.FireLensTag(other, "api"), b.Bytes())
	until(t, "a finding", func() bool { return len(w.stdout.findings(t)) == 1 })
	w.Close()
	expectEqual(t, "questions", asked.Load(), int64(2))
	if f := w.stdout.String(); strings.Contains(f, roleARN) || strings.Contains(f, "answers") {
		t.Errorf("a finding about another task speaks of ours: %s", f)
	}
}

func TestProbeIsOptional(t *testing.T) {
	env, asked := onECS(t, answers)
	w := newWorld(t, options(t, "role_probe", "off"), env)
	w.Flush("t", chunkOf(time.Now(), "c", noCredentials, noCredentials))
	w.Close()
	expectEqual(t, "questions", asked.Load(), int64(1)) // of the metadata endpoint
	if len(w.stdout.findings(t)) != 1 {
		t.Errorf("stdout: %s", w.stdout.String())
	}
}
