package cloudwatch

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/authlens/authlens/engine/metric"
	"github.com/authlens/authlens/plugin/sink"
	"github.com/authlens/authlens/plugin/sink/cloudwatch/cloudwatchtest"
)

// proxied is the last host that the proxy was asked for. net/http reads the
// environment's proxy once in a process, so there is one for all tests; what is
// on loopback is never asked through it.
var proxied atomic.Value

func TestMain(m *testing.M) {
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		proxied.Store(r.Host)
		w.WriteHeader(http.StatusBadRequest)
	}))
	os.Setenv("HTTPS_PROXY", proxy.URL)
	os.Setenv("NO_PROXY", "")
	http.ProxyFromEnvironment(httptest.NewRequest("GET", "https://example.com", nil))
	failed := m.Run()
	proxy.Close()
	if err := goleak.Find(); err != nil && failed == 0 {
		fmt.Fprintln(os.Stderr, err)
		failed = 1
	}
	os.Exit(failed)
}

// minute is one that CloudWatch accepts.
var minute = time.Now().UTC().Truncate(time.Minute)

func example(n int) []metric.Datum {
	data := make([]metric.Datum, n)
	for i := range data {
		data[i] = metric.Datum{
			Name: metric.AuthenticationFailures, Unit: metric.Count, Time: minute.Add(time.Duration(-i) * time.Minute),
			Dimensions: []metric.Dimension{{Name: "ClusterName", Value: "production"}, {Name: "Cause", Value: "expired_token"}},
			Values:     []float64{2},
		}
	}
	return data
}

const exampleDimensions = "ClusterName=production Cause=expired_token"

func TestMeasure(t *testing.T) {
	server := cloudwatchtest.New(t)
	s := New(Options{Namespace: "My/Namespace", Endpoint: server.URL})
	data := example(2)
	data[0].Values = []float64{1, 4, 1, 1, 4}
	if n, err := s.Measure(t.Context(), data); n != 2 || err != nil {
		t.Fatalf("got %d, %v", n, err)
	}
	want := []cloudwatchtest.Request{{Namespace: "My/Namespace", Data: []cloudwatchtest.Datum{
		{Name: "AuthenticationFailures", Unit: "Count", Dimensions: exampleDimensions, Time: minute, Values: []float64{1, 4}, Counts: []float64{3, 2}},
		{Name: "AuthenticationFailures", Unit: "Count", Dimensions: exampleDimensions, Time: minute.Add(-time.Minute), Values: []float64{2}, Counts: []float64{1}},
	}}}
	got := server.Requests()
	for i := range got {
		got[i].Bytes = 0
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("requests differ (-want +got):\n%s", diff)
	}
}

// As much as CloudWatch takes goes into one request, compressed, and the rest
// into the next.
func TestRequestsAreBounded(t *testing.T) {
	f := func(data []metric.Datum, want ...int) {
		t.Helper()
		server := cloudwatchtest.New(t)
		s := New(Options{Namespace: "AuthLens", Endpoint: server.URL})
		total := len(data)
		for len(data) > 0 {
			n, err := s.Measure(t.Context(), data)
			if err != nil {
				t.Fatal(err)
			}
			data = data[n:]
		}
		var got []int
		for _, r := range server.Requests() {
			got = append(got, len(r.Data))
			if !r.Gzip && r.Bytes > 10<<10 {
				t.Errorf("%d bytes are not compressed", r.Bytes)
			}
		}
		if !cmp.Equal(want, got) {
			t.Errorf("%d data went out as %v, want %v", total, got, want)
		}
	}
	f(example(1), 1)
	f(example(1000), 1000)
	f(example(2001), 1000, 1000, 1)

	wide := example(1000)
	for i := range wide {
		for range 60 {
			wide[i].Values = append(wide[i].Values, float64(len(wide[i].Values))+0.1)
		}
		for n := range wide[i].Dimensions {
			wide[i].Dimensions[n].Value = strings.Repeat("x", 255)
		}
	}
	f(wide, 492, 492, 16)
	if n := fits([]metric.Datum{{Name: strings.Repeat("x", 2*requestBytes)}}); n != 1 {
		t.Errorf("%d fit, want always one", n)
	}
}

// What becomes of a request that meets a fault: whether it counted, and what
// Measure says. Nothing is lost: where nothing counted, Measure fails, and says
// whether there is any use in another attempt.
func TestFaults(t *testing.T) {
	const (
		again     = false
		permanent = true
	)
	f := func(answer cloudwatchtest.Answer, outcome bool, why string, counted float64) {
		t.Helper()
		server := cloudwatchtest.New(t)
		t.Setenv("AWS_MAX_ATTEMPTS", "1")
		server.Answers(answer)
		n, err := New(Options{Namespace: "AuthLens", Endpoint: server.URL}).Measure(t.Context(), example(1))
		if n != 1 || err == nil || !strings.Contains(err.Error(), why) || sink.IsPermanent(err) != outcome {
			t.Errorf("got %d, %v (permanent %v); want 1, an error with %q, permanent %v", n, err, sink.IsPermanent(err), why, outcome)
		}
		if sum := server.Sum(metric.AuthenticationFailures, exampleDimensions); sum != counted {
			t.Errorf("%v: %g counted, want %g", err, sum, counted)
		}
	}
	fail := cloudwatchtest.Fail
	f(fail(400, "Throttling", "Rate exceeded"), again, "Rate exceeded", 0)
	f(fail(429, "TooManyRequestsException", "slow down"), again, "slow down", 0)
	f(fail(503, "ServiceUnavailable", "later"), again, "later", 0)
	f(fail(500, "InternalFailure", "oops"), again, "oops", 0)
	f(fail(403, "ExpiredToken", "The security token included in the request is expired"), again, "is expired", 0)
	f(cloudwatchtest.Denied(), again, "not authorized to perform: cloudwatch:PutMetricData", 0)
	f(fail(400, "InvalidParameterValue", "The value NaN"), permanent, "The value NaN", 0)
	f(fail(413, "RequestEntityTooLarge", "too large"), permanent, "too large", 0)
	f(cloudwatchtest.CutRequest, again, "PutMetricData", 0)
	f(cloudwatchtest.Garbage, again, "PutMetricData", 0)
	// Here it was the answer that was lost: the data will count twice.
	f(cloudwatchtest.CutAnswer, again, "PutMetricData", 2)
}

// The SDK itself tries again at once what may well be over.
func TestRetries(t *testing.T) {
	server := cloudwatchtest.New(t)
	server.Answers(cloudwatchtest.Fail(503, "ServiceUnavailable", "later"), cloudwatchtest.Accept)
	n, err := New(Options{Namespace: "AuthLens", Endpoint: server.URL}).Measure(t.Context(), example(1))
	if n != 1 || err != nil || server.Calls() != 2 || len(server.Requests()) != 1 {
		t.Errorf("got %d, %v after %d calls; want the second one to be taken", n, err, server.Calls())
	}
}

// A server that never answers holds Measure up until its time is over.
func TestSilence(t *testing.T) {
	server := cloudwatchtest.New(t)
	server.Answers(cloudwatchtest.Silent)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := New(Options{Namespace: "AuthLens", Endpoint: server.URL}).Measure(ctx, example(1))
	if err == nil || sink.IsPermanent(err) || !strings.Contains(err.Error(), "no answer in time") {
		t.Errorf("got %v", err)
	}
}

func TestNobodyListens(t *testing.T) {
	cloudwatchtest.Setenv(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	t.Setenv("AWS_MAX_ATTEMPTS", "1")
	_, err = New(Options{Namespace: "AuthLens", Endpoint: "http://" + l.Addr().String()}).Measure(t.Context(), example(1))
	if err == nil || sink.IsPermanent(err) || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("got %v", err)
	}
}

// Where a request goes: the options first, then the SDK's own settings, then
// the fallback.
func TestSettings(t *testing.T) {
	f := func(opt Options, env map[string]string, host string) {
		t.Helper()
		cloudwatchtest.Setenv(t)
		proxied.Store("")
		t.Setenv("AWS_MAX_ATTEMPTS", "1")
		for name, value := range env {
			t.Setenv(name, value)
		}
		opt.Namespace = "AuthLens"
		_, err := New(opt).Measure(t.Context(), example(1))
		if got := proxied.Load(); got != host {
			t.Errorf("the proxy was asked for %q, want %q: %v", got, host, err)
		}
		if host == "" && !strings.Contains(fmt.Sprint(err), "expected a region") {
			t.Errorf("got %v", err)
		}
	}
	type env = map[string]string
	f(Options{}, nil, "monitoring.eu-central-1.amazonaws.com:443")
	f(Options{Region: "us-west-2", FallbackRegion: "ap-south-1"}, nil, "monitoring.us-west-2.amazonaws.com:443")
	f(Options{FallbackRegion: "ap-south-1"}, env{"AWS_REGION": ""}, "monitoring.ap-south-1.amazonaws.com:443")
	f(Options{FallbackRegion: "ap-south-1"}, nil, "monitoring.eu-central-1.amazonaws.com:443")
	f(Options{}, env{"AWS_REGION": ""}, "")
	f(Options{}, env{"AWS_USE_FIPS_ENDPOINT": "true", "AWS_REGION": "us-east-1"}, "monitoring-fips.us-east-1.amazonaws.com:443")

	shared := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(shared, []byte("[profile logs]\nregion = sa-east-1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	f(Options{}, env{"AWS_REGION": "", "AWS_PROFILE": "logs", "AWS_CONFIG_FILE": shared}, "monitoring.sa-east-1.amazonaws.com:443")
}

// A shared configuration that is broken is an error, not a crash, and mended by
// the next attempt.
func TestBrokenProfile(t *testing.T) {
	server := cloudwatchtest.New(t)
	t.Setenv("AWS_PROFILE", "missing")
	s := New(Options{Namespace: "AuthLens", Endpoint: server.URL})
	if _, err := s.Measure(t.Context(), example(1)); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("got %v", err)
	}
	os.Unsetenv("AWS_PROFILE")
	if _, err := s.Measure(t.Context(), example(1)); err != nil {
		t.Error(err)
	}
}

func TestEndpointOfTheSDK(t *testing.T) {
	server := cloudwatchtest.New(t)
	t.Setenv("AWS_ENDPOINT_URL", server.URL)
	if _, err := New(Options{Namespace: "AuthLens"}).Measure(t.Context(), example(1)); err != nil || len(server.Requests()) != 1 {
		t.Errorf("%d requests, %v", len(server.Requests()), err)
	}
}

func TestPermission(t *testing.T) {
	got, err := json.Marshal(Permission("My/Namespace"))
	want := `{"Sid":"AuthLensMetrics","Effect":"Allow","Action":["cloudwatch:PutMetricData"],"Resource":["*"],"Condition":{"StringEquals":{"cloudwatch:namespace":"My/Namespace"}}}`
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
}
