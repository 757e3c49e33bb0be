package doctor

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"

	"github.com/authlens/authlens/engine/explain/explaintest"
)

// Keys as AWS makes them, of nobody. None of them, nor any token, may be shown.
const (
	longKey   = "AKIA" + "QYLPMN5HFIQ7ABCD"
	shortKey  = "ASIA" + "QYLPMN5HFIQ7WXYZ"
	secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "QQQQQQQQQQ"
	token     = "IQoJb3JpZ2luX2VjEHMaCXVzLWVhc3QtMSJ"
	pathID    = "/v2/credentials/5c2d8f3e-9b7a-4e61-8a55-0d7f6c1b2a34"
	bearer    = "Bearer 0b8f1c4e7d"
	proxyPass = "hunter-two"
)

var secrets = []string{longKey, shortKey, secretKey, token, pathID, bearer, proxyPass, "sig-of-a-token"}

const now = "2026-03-10T09:00:00Z"

// A setting is what one examination finds. Handlers that are nil do not answer:
// connections are refused.
type setting struct {
	env       map[string]string
	files     map[string]string
	container http.HandlerFunc // of the credentials endpoint and of task metadata
	instance  http.HandlerFunc
	sts       http.HandlerFunc
	nameless  bool // the hosts of AWS have no address
}

func examine(t *testing.T, s setting) *Report {
	t.Helper()
	explainer := explaintest.Default(t)
	at, _ := time.Parse(time.RFC3339, now)
	serve := func(h http.HandlerFunc) string {
		if h == nil {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			l.Close()
			return "http://" + l.Addr().String()
		}
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", at.Format(http.TimeFormat))
			h(w, r)
		}))
		t.Cleanup(server.Close)
		return server.URL
	}
	home := t.TempDir()
	for name, text := range s.files {
		path := filepath.Join(home, name)
		os.MkdirAll(filepath.Dir(path), 0o700)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	// First those that answer: none of them may be given the port of one that does not.
	addresses := map[string]string{}
	handlers := map[string]http.HandlerFunc{"container": s.container, "instance": s.instance, "sts": s.sts}
	for _, answers := range []bool{true, false} {
		for name, h := range handlers {
			if (h != nil) == answers {
				addresses[name] = serve(h)
			}
		}
	}
	container := addresses["container"]
	env := map[string]string{"AWS_REGION": "eu-central-1", "AWS_ENDPOINT_URL_STS": addresses["sts"]}
	for name, value := range s.env {
		env[name] = strings.NewReplacer("HOME", home, "CONTAINER", container).Replace(value)
	}
	report := Run(context.Background(), World{
		Getenv: func(name string) string { return env[name] },
		ReadFile: func(name string) ([]byte, error) {
			if name == firstProcess {
				name = filepath.Join(home, name)
			}
			return os.ReadFile(name)
		},
		Now:       func() time.Time { return at },
		Home:      home,
		Container: container, Instance: addresses["instance"],
		Timeout: 700 * time.Millisecond,
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			host, _, _ := net.SplitHostPort(address)
			switch {
			case s.nameless && strings.HasSuffix(host, ".amazonaws.com"):
				return nil, &net.OpError{Op: "dial", Net: network, Err: &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}}
			case host != "127.0.0.1":
				t.Errorf("%s was asked", address)
				return nil, net.ErrClosed
			}
			return new(net.Dialer).DialContext(ctx, network, address)
		},
	}, explainer)

	tell(report, home, addresses)
	all, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range secrets {
		if strings.Contains(string(all), secret) {
			t.Errorf("the report shows %q:\n%s", secret, all)
		}
	}
	steps := []string{StepEnvironment, StepWebIdentity, StepProfile, StepContainer, StepInstance, StepTask, StepProxy, StepRegion, StepClock, StepIdentity}
	for i, c := range report.Checks {
		if c.Step != steps[i] || c.Status.rank() < 0 || c.Found == "" {
			t.Errorf("check %d is not complete: %+v", i, c)
		}
		if (c.Status == Problem) && len(c.Fix) == 0 {
			t.Errorf("%s: a problem without a fix: %s", c.Step, c.Found)
		}
	}
	return report
}

func (r *Report) check(step string) *Check {
	for i := range r.Checks {
		if r.Checks[i].Step == step {
			return &r.Checks[i]
		}
	}
	return nil
}

// expect holds a check to its status, a part of what it says, and its cause.
func expect(t *testing.T, r *Report, step string, status Status, found, cause string) {
	t.Helper()
	c := r.check(step)
	if c.Status != status || !strings.Contains(c.Found, found) || c.Cause != cause {
		t.Errorf("%s: got %s (%s): %s\nwant %s (%s): …%s…", step, c.Status, c.Cause, c.Found, status, cause, found)
	}
}

// What endpoints answer.

func credentialsUntil(at string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != pathID {
			http.Error(w, `{"code":"InvalidIdInRequest","message":"CredentialsV2Request: Credentials not found"}`, http.StatusBadRequest)
			return
		}
		fmt.Fprintf(w, `{"RoleArn":"arn:aws:iam::123456789012:role/orders-task","AccessKeyId":%q,"SecretAccessKey":%q,"Token":%q,"Expiration":%q}`,
			shortKey, secretKey, token, at)
	}
}

func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status); fmt.Fprint(w, body) }
}

func after(d time.Duration, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) // only then a server sees that its client is gone
		select {
		case <-time.After(d):
			h(w, r)
		case <-r.Context().Done():
		}
	}
}

// knows is an STS that checks who signed.
func knows(t *testing.T, key, arn string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			return
		}
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		if r.Form.Get("Action") == "AssumeRoleWithWebIdentity" {
			fmt.Fprintf(w, `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey><SessionToken>%s</SessionToken><Expiration>2026-03-10T10:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`, shortKey, secretKey, token)
			return
		}
		auth := r.Header.Get("Authorization")
		if !strings.HasPrefix(auth, "AWS4-HMAC-SHA256 Credential="+key+"/") {
			t.Errorf("STS was asked with %.60q, want a signature by %s…", auth, key[:8])
		}
		if (key == shortKey) != (r.Header.Get("X-Amz-Security-Token") == token) {
			t.Error("the session token goes with temporary keys, and with those only")
		}
		fmt.Fprintf(w, `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>%s</Arn><UserId>X</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`, arn)
	}
}

func refuses(code, message string) http.HandlerFunc {
	return says(http.StatusForbidden, `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>`+code+`</Code><Message>`+message+`</Message></Error></ErrorResponse>`)
}

// instanceOf is instance metadata of an instance with a role.
func instanceOf(role string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodPut && r.URL.Path == "/latest/api/token":
			fmt.Fprint(w, "AQAEAsession==")
		case r.Header.Get("X-aws-ec2-metadata-token") != "AQAEAsession==":
			w.WriteHeader(http.StatusUnauthorized)
		case r.URL.Path == "/latest/meta-data/placement/region":
			fmt.Fprint(w, "eu-west-1")
		case role != "" && r.URL.Path == "/latest/meta-data/iam/security-credentials/":
			fmt.Fprint(w, role)
		case role != "" && r.URL.Path == "/latest/meta-data/iam/security-credentials/"+role:
			fmt.Fprintf(w, `{"Code":"Success","AccessKeyId":%q,"SecretAccessKey":%q,"Token":%q}`, shortKey, secretKey, token)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}
}

func jwt(expires int64) string {
	part := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	return part(`{"alg":"RS256"}`) + "." + part(fmt.Sprintf(`{"iss":"https://oidc.example.com","exp":%d}`, expires)) + ".sig-of-a-token"
}

const taskARN = "arn:aws:sts::123456789012:assumed-role/orders-task/0123456789abcdef0123456789abcdef"

func TestHealthyTask(t *testing.T) {
	credentials := credentialsUntil("2026-03-10T14:30:00Z")
	r := examine(t, setting{
		env: map[string]string{envRelative: pathID, envMetadata: "CONTAINER/v4/x"},
		container: func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/v4/x/task" {
				fmt.Fprint(w, `{"Cluster":"arn:aws:ecs:eu-central-1:123456789012:cluster/prod","TaskARN":"arn:aws:ecs:eu-central-1:123456789012:task/prod/0123456789abcdef0123456789abcdef","Family":"orders","Revision":"7","LaunchType":"FARGATE","AvailabilityZone":"eu-central-1a"}`)
				return
			}
			credentials(w, r)
		},
		sts: knows(t, shortKey, taskARN),
	})
	expect(t, r, StepContainer, OK, "credentials of role orders-task, for another 5 hours", "")
	expect(t, r, StepTask, OK, "task 0123456789abcdef0123456789abcdef of orders:7", "")
	expect(t, r, StepClock, OK, "right", "")
	expect(t, r, StepRegion, OK, "eu-central-1, from AWS_REGION", "")
	expect(t, r, StepIdentity, OK, taskARN, "")
	expect(t, r, StepProxy, Unused, "", "")
	if !r.Healthy || r.Source != StepContainer || r.Identity != taskARN || !r.check(StepContainer).Source {
		t.Errorf("got %+v", r)
	}
	if worst := r.WorstFirst(); worst[len(worst)-1].Status != Unused || worst[0].Status != OK {
		t.Errorf("order: %v", worst)
	}
}

func TestContainerEndpoint(t *testing.T) {
	f := func(name string, h http.HandlerFunc, env map[string]string, status Status, found, cause string) {
		t.Helper()
		t.Run(name, func(t *testing.T) {
			if env == nil {
				env = map[string]string{envRelative: pathID}
			}
			r := examine(t, setting{env: env, container: h, sts: knows(t, shortKey, taskARN), files: map[string]string{"token": bearer, "broken": bearer + "\n"}})
			expect(t, r, StepContainer, status, found, cause)
			if r.Healthy != (status != Problem) {
				t.Errorf("healthy: %t", r.Healthy)
			}
		})
	}
	good := credentialsUntil("2026-03-10T14:30:00Z")
	f("refused", nil, nil, Problem, "refuses connections", "credentials_endpoint_unreachable")
	f("silent", after(time.Minute, good), nil, Problem, "does not answer within 700ms", "credentials_endpoint_unreachable")
	f("slow", after(550*time.Millisecond, good), nil, Warning, "SDKs give up", "credentials_endpoint_throttled")
	f("throttled", says(429, "too many"), nil, Problem, "429", "credentials_endpoint_throttled")
	f("forbidden", says(403, "no"), nil, Problem, "answers 403 Forbidden", "credentials_endpoint_refused")
	f("broken", says(500, "Unable to get credentials"), nil, Problem, "answers 500 Internal Server Error", "credentials_endpoint_refused")
	f("unknown id", good, map[string]string{envRelative: "/v2/credentials/other"}, Problem, "answers 400 Bad Request (InvalidIdInRequest: ", "credentials_endpoint_refused")
	f("garbage", says(200, "<html>welcome"), nil, Problem, "with no credentials", "credentials_endpoint_refused")
	f("empty", says(200, "{}"), nil, Problem, "with no credentials", "credentials_endpoint_refused")
	f("a list", says(200, "[1]"), nil, Problem, "with no credentials", "credentials_endpoint_refused")
	f("too much", says(200, strings.Repeat("x", 1<<20)), nil, Problem, "with no credentials", "credentials_endpoint_refused")
	f("expired", credentialsUntil("2026-03-10T08:00:00Z"), nil, Problem, "expired 60 minutes ago", "expired_token")
	f("ends soon", credentialsUntil("2026-03-10T09:03:00Z"), nil, Warning, "end in 3 minutes", "credentials_refresh_failed")
	f("cut path", good, map[string]string{envRelative: "v2/credentials"}, Problem, "not a path", "credentials_endpoint_unreachable")
	f("path with a line end", good, map[string]string{envRelative: pathID + "\n"}, Problem, "not a path", "credentials_endpoint_unreachable")
	f("full", good, map[string]string{envFull: "CONTAINER" + pathID}, OK, "role orders-task", "")
	f("full, elsewhere", good, map[string]string{envFull: "http://198.51.100.7/x"}, Problem, "SDKs refuse", "credentials_endpoint_unreachable")
	f("full, of another scheme", good, map[string]string{envFull: "ftp://127.0.0.1/x"}, Problem, "begins with ftp://", "credentials_endpoint_unreachable")
	f("full, no URL", good, map[string]string{envFull: "::"}, Problem, "not a URL", "credentials_endpoint_unreachable")
	wantsToken := func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != bearer {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		good(w, r)
	}
	f("with a token", wantsToken, map[string]string{envFull: "CONTAINER" + pathID, envAuthorization: bearer}, OK, "role orders-task", "")
	f("with a token's file", wantsToken, map[string]string{envFull: "CONTAINER" + pathID, envAuthorizationIn: "HOME/token"}, OK, "role orders-task", "")
	f("with a token's file that is gone", wantsToken, map[string]string{envFull: "CONTAINER" + pathID, envAuthorizationIn: "HOME/gone"}, Problem, "cannot be read", "credentials_endpoint_unreachable")
	f("with a broken token", wantsToken, map[string]string{envFull: "CONTAINER" + pathID, envAuthorizationIn: "HOME/broken"}, Problem, "line end", "credentials_endpoint_unreachable")
	f("redirect", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://198.51.100.7/", http.StatusFound)
	}, nil, Problem, "302", "credentials_endpoint_refused")
}

func TestTemporaryKeyAlone(t *testing.T) {
	c := examine(t, setting{
		env: map[string]string{"AWS_ACCESS_KEY_ID": shortKey, "AWS_SECRET_ACCESS_KEY": secretKey},
		sts: says(200, ""),
	}).check(StepEnvironment)
	fix := strings.Join(c.Fix, "\n")
	if !strings.Contains(fix, "Keys that begin with ASIA need their session token") || strings.Contains(fix, "In IAM, check") {
		t.Errorf("the fix is not one for a temporary key:\n%s", fix)
	}
}

// The advice turns on what the endpoint answered.
func TestContainerEndpointAdvice(t *testing.T) {
	f := func(h http.HandlerFunc, env map[string]string, fix string) {
		t.Helper()
		c := examine(t, setting{env: env, container: h, sts: knows(t, shortKey, taskARN)}).check(StepContainer)
		if !strings.Contains(c.Explain, "was reached and gave none") || !strings.Contains(strings.Join(c.Fix, "\n"), fix) {
			t.Errorf("%s\ngot %s\n%s\nwant a fix with %q", c.Found, c.Explain, strings.Join(c.Fix, "\n"), fix)
		}
	}
	f(credentialsUntil(now), map[string]string{envRelative: "/v2/credentials/other"}, "does not know this credentials ID")
	f(says(404, "404 page not found"), map[string]string{envRelative: pathID}, "without the right path")
	f(says(403, "no"), map[string]string{envFull: "CONTAINER/x"}, "asks for a token")
	f(says(500, ""), map[string]string{envRelative: pathID}, "Read the body of the answer")
	f(says(200, "<html>welcome"), map[string]string{envRelative: pathID}, "Something else answers in the endpoint's place")
}

func TestOnlyTheFirstProcessKnows(t *testing.T) {
	r := examine(t, setting{
		env:   map[string]string{envMetadata: "http://127.0.0.1:1/x"},
		files: map[string]string{firstProcess: "PATH=/bin\x00" + envRelative + "=" + pathID + "\x00"},
	})
	expect(t, r, StepContainer, Problem, "for the container's first process (PID 1), but not for this one", "credentials_not_found")
	if fix := strings.Join(r.check(StepContainer).Fix, "\n"); !strings.Contains(fix, "strings /proc/1/environ") {
		t.Errorf("fix: %s", fix)
	}
	if r.Source != "" {
		t.Errorf("source %q", r.Source)
	}
}

func TestEnvironment(t *testing.T) {
	f := func(key, secret, session string, status Status, found, cause string) {
		t.Helper()
		r := examine(t, setting{
			env: map[string]string{"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret, "AWS_SESSION_TOKEN": session},
			sts: says(200, ""),
		})
		expect(t, r, StepEnvironment, status, found, cause)
	}
	f("", "", "", Unused, "No keys", "")
	f(longKey, secretKey, "", OK, "Long-term", "")
	f(shortKey, secretKey, token, OK, "Temporary", "")
	f(longKey, "", "", Problem, "AWS_SECRET_ACCESS_KEY is not", "credentials_incomplete")
	f("", secretKey, "", Problem, "AWS_ACCESS_KEY_ID is not", "credentials_incomplete")
	f("", "", token, Warning, "pass it over", "")
	f(longKey+"\n", secretKey, "", Problem, "AWS_ACCESS_KEY_ID ends with a line end", "signature_mismatch")
	f(longKey, " "+secretKey, "", Problem, "AWS_SECRET_ACCESS_KEY begins or ends with a blank", "signature_mismatch")
	f(longKey, `"`+secretKey+`"`, "", Problem, "stands in quotes", "signature_mismatch")
	f(longKey, " ", "", Problem, "blanks only", "signature_mismatch")
	f("YOUR_ACCESS_KEY", secretKey, "", Problem, "AWS_ACCESS_KEY_ID holds a placeholder", "invalid_credentials")
	f(longKey, "changeme", "", Problem, "AWS_SECRET_ACCESS_KEY holds a placeholder", "invalid_credentials")
	f("${AWS_KEY}", "${AWS_SECRET}", "", Problem, "placeholder", "invalid_credentials")
	f("AKIAIOSFODNN7EXAMPLE", secretKey, "", Problem, "placeholder", "invalid_credentials")
	f(shortKey, secretKey, "todo", Problem, "AWS_SESSION_TOKEN holds a placeholder", "invalid_credentials")
	f(shortKey, secretKey, token+strings.Repeat("A9/", 100)+"toDoXxXx", OK, "Temporary keys", "")
	f("AKIA123", secretKey, "", Problem, "is not an access key", "invalid_credentials")
	f(longKey, secretKey[:39], "", Problem, "has 39 characters", "signature_mismatch")
	f(shortKey, secretKey, "", Problem, "is not valid without", "unknown_key")
	f(longKey, secretKey, token, Problem, "not of the same pair", "signature_mismatch")
}

// One half of a key is not the lack of all credentials: what helps is the other half,
// or none.
func TestHalfAKey(t *testing.T) {
	r := examine(t, setting{env: map[string]string{"AWS_ACCESS_KEY_ID": longKey}, sts: says(200, "")})
	expect(t, r, StepIdentity, Unused, "the keys in the environment are not complete", "")
	for _, want := range []string{"or set both parts", "Look where the variable comes from"} {
		if fix := strings.Join(r.check(StepEnvironment).Fix, " "); !strings.Contains(fix, want) {
			t.Errorf("want %q in the fix: %s", want, fix)
		}
	}
}

func TestEnvironmentHidesTheTaskRole(t *testing.T) {
	r := examine(t, setting{
		env: map[string]string{"AWS_ACCESS_KEY_ID": longKey, "AWS_SECRET_ACCESS_KEY": secretKey, envRelative: pathID},
		sts: knows(t, longKey, "arn:aws:iam::123456789012:user/deploy"),
		// Nobody asks it, so it does no harm.
		container: says(500, ""),
	})
	expect(t, r, StepEnvironment, Warning, "hide the task's role", "")
	expect(t, r, StepContainer, Warning, "answers 500", "credentials_endpoint_refused")
	if !r.Healthy || r.Source != StepEnvironment || r.Identity != "arn:aws:iam::123456789012:user/deploy" {
		t.Errorf("got %+v", r)
	}
}

func TestWebIdentity(t *testing.T) {
	const role = "arn:aws:iam::123456789012:role/pod"
	f := func(env map[string]string, sts http.HandlerFunc, status Status, found, cause string) *Report {
		t.Helper()
		at, _ := time.Parse(time.RFC3339, now)
		r := examine(t, setting{env: env, sts: sts, files: map[string]string{
			"good": jwt(at.Unix() + 3600), "old": jwt(at.Unix() - 7200), "odd": "not a token",
		}})
		expect(t, r, StepWebIdentity, status, found, cause)
		return r
	}
	r := f(map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/good", "AWS_ROLE_ARN": role}, knows(t, shortKey, "arn:aws:sts::123456789012:assumed-role/pod/x"), OK, "role pod", "")
	expect(t, r, StepIdentity, OK, "assumed-role/pod/x", "")
	r = f(map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/old", "AWS_ROLE_ARN": role}, refuses("ExpiredTokenException", "Token expired: current date/time 1 must be before the expiration date/time 0"), Problem, "expired 2 hours ago", "invalid_identity_token")
	if c := r.check(StepIdentity); c.Status != Problem || !strings.Contains(c.Found, "ExpiredTokenException") {
		t.Errorf("identity: %+v", c)
	}
	f(map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/good"}, nil, Problem, "AWS_ROLE_ARN is not", "")
	f(map[string]string{"AWS_ROLE_ARN": role}, nil, Warning, "pass it over", "")
	f(map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/none", "AWS_ROLE_ARN": role}, nil, Problem, "cannot be read", "invalid_identity_token")
	f(map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/odd", "AWS_ROLE_ARN": role}, nil, Problem, "does not hold a token", "invalid_identity_token")
}

func TestProfile(t *testing.T) {
	f := func(env, files map[string]string, sts http.HandlerFunc, status Status, found, cause string) *Report {
		t.Helper()
		r := examine(t, setting{env: env, files: files, sts: sts})
		expect(t, r, StepProfile, status, found, cause)
		return r
	}
	keys := "[default]\naws_access_key_id = " + longKey + "\naws_secret_access_key = " + secretKey + "\n"
	r := f(nil, map[string]string{".aws/credentials": keys}, knows(t, longKey, "arn:aws:iam::123456789012:user/dev"), OK, "Long-term", "")
	expect(t, r, StepIdentity, OK, "user/dev", "")
	r = f(map[string]string{"AWS_PROFILE": "prod"}, map[string]string{".aws/credentials": keys}, nil, Problem, "The profile prod is named", "credentials_not_found")
	if c := r.check(StepProfile); !strings.Contains(strings.Join(c.Fix, " "), "AWS_PROFILE") {
		t.Errorf("fix: %q", c.Fix)
	}
	f(map[string]string{"AWS_PROFILE": "prod"}, nil, nil, Problem, "no files of profiles", "credentials_not_found")
	folder := map[string]string{"AWS_PROFILE": "prod", "AWS_CONFIG_FILE": "HOME"}
	f(folder, nil, nil, Problem, "named (AWS_PROFILE), but the file of profiles cannot be read: ", "credentials_not_found")
	f(nil, nil, nil, Unused, "no files", "")
	f(nil, map[string]string{".aws/config": "[profile other]\nregion = eu-west-1\n"}, nil, Unused, "no default profile", "")
	r = f(map[string]string{"AWS_REGION": ""}, map[string]string{".aws/config": "[default]\nregion = eu-west-1\n"}, nil, Unused, "no credentials", "")
	expect(t, r, StepRegion, OK, "eu-west-1, from the profile", "")
	f(nil, map[string]string{".aws/config": "[default]\ncredential_process = /bin/false\n"}, nil, OK, "which was not run", "")
	f(map[string]string{"AWS_SHARED_CREDENTIALS_FILE": "HOME/mine"}, map[string]string{"mine": "[default]\naws_access_key_id = " + longKey + "\naws_secret_access_key = changeme\n"}, says(200, ""), Problem, "placeholder", "invalid_credentials")
}

// What the AWS SDK would find in its usual places is not what is examined.
func TestProfileOfNobodyElse(t *testing.T) {
	usual := filepath.Join(t.TempDir(), "credentials")
	if err := os.WriteFile(usual, []byte("[default]\naws_access_key_id = "+longKey+"\naws_secret_access_key = "+secretKey+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := config.DefaultSharedCredentialsFiles
	config.DefaultSharedCredentialsFiles = []string{usual}
	defer func() { config.DefaultSharedCredentialsFiles = before }()
	r := examine(t, setting{
		env:   map[string]string{"AWS_SHARED_CREDENTIALS_FILE": "HOME/gone"},
		files: map[string]string{".aws/config": "[default]\nregion = eu-west-1\n"},
	})
	expect(t, r, StepProfile, Unused, "no credentials", "")
}

func TestInstance(t *testing.T) {
	f := func(env map[string]string, h http.HandlerFunc, status Status, found, cause string) *Report {
		t.Helper()
		r := examine(t, setting{env: env, instance: h, sts: knows(t, shortKey, "arn:aws:sts::123456789012:assumed-role/node/i-1")})
		expect(t, r, StepInstance, status, found, cause)
		return r
	}
	r := f(map[string]string{"AWS_REGION": ""}, instanceOf("node"), OK, "role, node,", "")
	expect(t, r, StepIdentity, OK, "assumed-role/node/i-1", "")
	expect(t, r, StepRegion, OK, "eu-west-1, from instance metadata", "")
	// Stand-ins of the endpoint end what they say with a line end.
	r = f(map[string]string{"AWS_REGION": ""}, func(w http.ResponseWriter, r *http.Request) { instanceOf("node")(w, r); fmt.Fprintln(w) }, OK, "role, node,", "")
	expect(t, r, StepIdentity, OK, "assumed-role/node/i-1", "")
	expect(t, r, StepRegion, OK, "eu-west-1, from instance metadata", "")
	r = f(map[string]string{envMetadata: "http://127.0.0.1:1/x"}, instanceOf("node"), Warning, "acts as the instance", "credentials_not_found")
	if !r.Healthy {
		t.Error("a task with the instance's role works")
	}
	r = f(nil, instanceOf(""), Unused, "has no role", "")
	expect(t, r, StepIdentity, Problem, "no credentials", "credentials_not_found")
	f(nil, nil, Unused, "refuses connections", "")
	f(nil, after(time.Minute, nil), Unused, "does not answer", "")
	f(nil, says(403, ""), Unused, "turned off", "")
	f(nil, says(200, "<html>"), Warning, "where a token was expected", "credentials_endpoint_refused")
	f(nil, says(401, ""), Warning, "answers 401", "credentials_endpoint_refused")
	f(map[string]string{"AWS_EC2_METADATA_DISABLED": "true"}, instanceOf("node"), Unused, "AWS_EC2_METADATA_DISABLED", "")
}

func TestTaskMetadata(t *testing.T) {
	f := func(h http.HandlerFunc, address string, status Status, found string) {
		t.Helper()
		r := examine(t, setting{env: map[string]string{envMetadata: address}, container: h})
		if c := r.check(StepTask); c.Status != status || !strings.Contains(c.Found, found) {
			t.Errorf("got %s: %s, want %s: …%s…", c.Status, c.Found, status, found)
		}
	}
	f(nil, "CONTAINER/v4/x", Warning, "refuses")
	f(after(time.Minute, nil), "CONTAINER/v4/x", Warning, "does not answer")
	f(says(429, ""), "CONTAINER/v4/x", Warning, "429")
	f(says(403, ""), "CONTAINER/v4/x", Warning, "403")
	f(says(200, "garbage"), "CONTAINER/v4/x", Warning, "names no task")
	f(nil, "https://example.com", Warning, "not the URL")
}

func TestProxy(t *testing.T) {
	f := func(env map[string]string, status Status, found, cause string) {
		t.Helper()
		r := examine(t, setting{env: env, container: says(500, "")})
		expect(t, r, StepProxy, status, found, cause)
	}
	through := "http://user:" + proxyPass + "@127.0.0.1:1"
	f(map[string]string{"HTTP_PROXY": through, envRelative: pathID}, Problem, "catches 169.254.170.2 and 169.254.169.254", "credentials_endpoint_unreachable")
	f(map[string]string{"http_proxy": through}, Warning, "catches", "credentials_endpoint_unreachable")
	f(map[string]string{"HTTP_PROXY": through, "NO_PROXY": "169.254.170.2", envRelative: pathID}, Warning, "catches 169.254.169.254", "credentials_endpoint_unreachable")
	f(map[string]string{"HTTP_PROXY": through, "NO_PROXY": "169.254.0.0/16"}, OK, "NO_PROXY keeps", "")
	f(map[string]string{"HTTPS_PROXY": through}, OK, "NO_PROXY keeps", "")
}

func TestRegion(t *testing.T) {
	f := func(env map[string]string, status Status, found string) {
		t.Helper()
		expect(t, examine(t, setting{env: env}), StepRegion, status, found, "")
	}
	f(map[string]string{"AWS_REGION": "us-gov-west-1"}, OK, "us-gov-west-1")
	f(map[string]string{"AWS_REGION": "", "AWS_DEFAULT_REGION": "eu-west-1"}, OK, "from AWS_DEFAULT_REGION")
	f(map[string]string{"AWS_DEFAULT_REGION": "eu-west-1"}, Warning, "differ")
	f(map[string]string{"AWS_REGION": "eu-central-1a"}, Problem, "is not the name of one")
	f(map[string]string{"AWS_REGION": "Frankfurt"}, Problem, "is not the name of one")
	f(map[string]string{"AWS_REGION": ""}, Warning, "No Region")
}

// A Region that looks like one and is none has no STS: that is no matter of the network.
func TestRegionThatIsNone(t *testing.T) {
	r := examine(t, setting{nameless: true, env: map[string]string{
		"AWS_REGION": "eu-wst-1", "AWS_ENDPOINT_URL_STS": "", "AWS_ACCESS_KEY_ID": longKey, "AWS_SECRET_ACCESS_KEY": secretKey,
	}})
	expect(t, r, StepIdentity, Warning, "no such host", "")
	if fix := r.check(StepIdentity).Fix; len(fix) != 2 || !strings.Contains(fix[0], "Region's name") || !strings.Contains(fix[0], "sts.eu-wst-1.amazonaws.com") {
		t.Errorf("fix: %q", fix)
	}
}

func TestClock(t *testing.T) {
	f := func(off time.Duration, status Status, found, cause string) {
		t.Helper()
		at, _ := time.Parse(time.RFC3339, now)
		r := examine(t, setting{sts: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", at.Add(-off).Format(http.TimeFormat))
		}})
		expect(t, r, StepClock, status, found, cause)
	}
	f(0, OK, "right", "")
	f(-20*time.Second, OK, "right", "")
	f(150*time.Second, Warning, "2 minutes ahead", "clock_skew")
	f(-16*time.Minute, Problem, "16 minutes behind", "clock_skew")
	f(72*time.Hour, Problem, "days ahead", "clock_skew")
	expect(t, examine(t, setting{}), StepClock, Unused, "No server", "")
}

func TestIdentity(t *testing.T) {
	f := func(h http.HandlerFunc, status Status, found, cause string) {
		t.Helper()
		r := examine(t, setting{env: map[string]string{"AWS_ACCESS_KEY_ID": shortKey, "AWS_SECRET_ACCESS_KEY": secretKey, "AWS_SESSION_TOKEN": token}, sts: h})
		expect(t, r, StepIdentity, status, found, cause)
	}
	f(refuses("ExpiredToken", "The security token included in the request is expired"), Problem, "AWS refuses: ExpiredToken", "expired_token")
	f(refuses("InvalidClientTokenId", "The security token included in the request is invalid."), Problem, "InvalidClientTokenId", "unknown_key")
	f(refuses("SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided."), Problem, "SignatureDoesNotMatch", "signature_mismatch")
	f(says(502, "<html>proxy"), Warning, "not as AWS does", "")
	f(says(200, "<html>welcome"), Warning, "", "")
	f(nil, Warning, "STS cannot be reached", "")
	f(after(time.Minute, nil), Warning, "no answer within", "")
}

func FuzzJudgeKeys(f *testing.F) {
	explainer := explaintest.Default(f)
	f.Add(longKey, secretKey, "")
	f.Add("\n", "'", "x x")
	f.Fuzz(func(t *testing.T, key, secret, session string) {
		d := &doctor{explainer: explainer}
		c := Check{}
		d.judgeKeys(&c, credentials{key, secret, session}, "env", "K", "S", "T")
		if c.Status == "" || c.Found == "" {
			t.Errorf("nothing said of %q %q %q", key, secret, session)
		}
		for _, v := range []string{key, secret, session} {
			if len(v) > 12 && strings.Contains(c.Found, v) {
				t.Errorf("shows %q: %s", v, c.Found)
			}
		}
	})
}
