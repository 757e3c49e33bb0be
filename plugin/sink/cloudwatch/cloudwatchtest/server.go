// Package cloudwatchtest is a CloudWatch for tests: a server on loopback that
// decodes the AWS SDK's real PutMetricData requests, holds them to the bounds
// of the API, and answers as it is told to: late, not at all, with errors, with
// garbage, or half.
package cloudwatchtest

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/smithy-go/encoding/cbor"
)

// A Datum is one metric datum as CloudWatch reads it.
type Datum struct {
	Name, Unit string
	Dimensions string // "Name=Value Name=Value", in the order of the request
	Time       time.Time
	Values     []float64
	Counts     []float64 // of Values; one each where the request says nothing
}

// Sum is what CloudWatch's statistic Sum makes of d.
func (d *Datum) Sum() float64 {
	var sum float64
	for i, v := range d.Values {
		sum += v * d.Counts[i]
	}
	return sum
}

// A Request is one that was taken.
type Request struct {
	Namespace string
	Data      []Datum
	Gzip      bool
	Bytes     int // of the body, before it was compressed
}

// An Answer is what the server does with a request. It calls accept, or not.
type Answer func(w http.ResponseWriter, r *http.Request, accept func())

// A Server is a CloudWatch on loopback.
type Server struct {
	URL string

	mu       sync.Mutex
	answer   Answer
	calls    int
	requests []Request
	problems []string
}

// New starts a server that takes everything, until t ends. The environment of
// the test is set so that the SDK has credentials and finds nothing of the
// machine's own.
func New(t testing.TB) *Server {
	t.Helper()
	Setenv(t)
	return Start(t)
}

// Start is New for what runs in another process, whose environment needs the
// Environment.
func Start(t testing.TB) *Server {
	t.Helper()
	s := &Server{answer: Accept}
	h := httptest.NewServer(s)
	s.URL = h.URL
	t.Cleanup(func() {
		h.CloseClientConnections()
		h.Close()
		for _, p := range s.problems {
			t.Errorf("the local CloudWatch: %s", p)
		}
	})
	return s
}

// Environment gives the SDK credentials and a region, and nothing else.
func Environment() map[string]string {
	return map[string]string{
		"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "not-a-secret",
		"AWS_REGION": "eu-central-1", "AWS_EC2_METADATA_DISABLED": "true",
		"AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
		"AWS_PROFILE": "", "AWS_ENDPOINT_URL": "", "AWS_SESSION_TOKEN": "", "AWS_DEFAULT_REGION": "",
		"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "", "AWS_CONTAINER_CREDENTIALS_FULL_URI": "",
		"AWS_USE_FIPS_ENDPOINT": "", "AWS_USE_DUALSTACK_ENDPOINT": "", "AWS_MAX_ATTEMPTS": "", "AWS_RETRY_MODE": "",
	}
}

// Setenv makes Environment that of the test.
func Setenv(t testing.TB) {
	t.Helper()
	for name, value := range Environment() {
		t.Setenv(name, value)
	}
}

// Answers makes the server give each next request the next of these answers,
// and the last to all after it.
func (s *Server) Answers(all ...Answer) {
	next := 0
	s.set(func(w http.ResponseWriter, r *http.Request, accept func()) {
		s.mu.Lock()
		answer := all[min(next, len(all)-1)]
		next++
		s.mu.Unlock()
		answer(w, r, accept)
	})
}

func (s *Server) set(a Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = a
}

// Calls returns how many requests came, taken or not.
func (s *Server) Calls() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls
}

// Requests returns what was taken.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// Sum adds up a metric over every datum that was taken and has the dimensions.
func (s *Server) Sum(name, dimensions string) float64 {
	var sum float64
	for _, r := range s.Requests() {
		for i := range r.Data {
			if d := &r.Data[i]; d.Name == name && d.Dimensions == dimensions {
				sum += d.Sum()
			}
		}
	}
	return sum
}

// ServeHTTP is the endpoint of rpc-v2-cbor, the protocol of the SDK in use.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.calls++
	answer := s.answer
	s.mu.Unlock()
	answer(w, r, func() {
		request, err := read(r)
		s.mu.Lock()
		defer s.mu.Unlock()
		if err != nil {
			s.problems = append(s.problems, err.Error())
			return
		}
		s.requests = append(s.requests, request)
	})
}

// Accept takes the request.
func Accept(w http.ResponseWriter, _ *http.Request, accept func()) {
	accept()
	header(w)
}

func header(w http.ResponseWriter) {
	w.Header().Set("Smithy-Protocol", "rpc-v2-cbor")
	w.Header().Set("Content-Type", "application/cbor")
	w.Header().Set("X-Amzn-RequestId", "11111111-2222-3333-4444-555555555555")
}

// Fail answers with an error of the API.
func Fail(status int, code, message string) Answer {
	return func(w http.ResponseWriter, _ *http.Request, _ func()) {
		header(w)
		w.WriteHeader(status)
		w.Write(cbor.Encode(cbor.Map{"__type": cbor.String(code), "message": cbor.String(message)}))
	}
}

// Denied is what CloudWatch answers to a role that may not.
func Denied() Answer {
	return Fail(http.StatusForbidden, "AccessDenied", "User: arn:aws:sts::123456789012:assumed-role/orders-task/1 is not authorized to perform: cloudwatch:PutMetricData because no identity-based policy allows the cloudwatch:PutMetricData action")
}

// Silent reads the request and never answers.
func Silent(_ http.ResponseWriter, r *http.Request, _ func()) {
	io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

// CutRequest closes the connection while the request is being sent.
func CutRequest(w http.ResponseWriter, r *http.Request, _ func()) {
	io.ReadFull(r.Body, make([]byte, 16))
	hangUp(w, "")
}

// CutAnswer takes the request and closes the connection in the middle of the
// answer.
func CutAnswer(w http.ResponseWriter, _ *http.Request, accept func()) {
	accept()
	hangUp(w, "HTTP/1.1 200 OK\r\nContent-Type: application/cbor\r\nContent-Length: 100\r\n\r\n\xbf")
}

// Garbage answers what no CloudWatch says.
func Garbage(w http.ResponseWriter, _ *http.Request, _ func()) {
	w.Header().Set("Content-Type", "text/html")
	io.WriteString(w, "<html><body>Please log in</body></html>")
}

func hangUp(w http.ResponseWriter, last string) {
	c, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	io.WriteString(c, last)
	if tcp, ok := c.(*net.TCPConn); ok && last == "" {
		tcp.SetLinger(0) // a reset, not an end
	}
	c.Close()
}

// read decodes a PutMetricData request and holds it to the bounds of the API.
func read(r *http.Request) (Request, error) {
	if want := "/service/GraniteServiceVersion20100801/operation/PutMetricData"; r.URL.Path != want {
		return Request{}, fmt.Errorf("path %s, want %s", r.URL.Path, want)
	}
	if a := r.Header.Get("Authorization"); !strings.HasPrefix(a, "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/") || !strings.Contains(a, "/monitoring/aws4_request") {
		return Request{}, fmt.Errorf("the request is not signed for CloudWatch: %q", a)
	}
	if !r.Close {
		return Request{}, errors.New("the client keeps the connection, with nothing to say for a minute")
	}
	out := Request{Gzip: r.Header.Get("Content-Encoding") == "gzip"}
	body := io.Reader(r.Body)
	if out.Gzip {
		unzipped, err := gzip.NewReader(body)
		if err != nil {
			return Request{}, err
		}
		body = unzipped
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		return Request{}, err
	}
	if out.Bytes = len(raw); out.Bytes > 1<<20 {
		return Request{}, fmt.Errorf("%d bytes, more than 1 MB", out.Bytes)
	}
	value, err := cbor.Decode(raw)
	if err != nil {
		return Request{}, fmt.Errorf("not CBOR: %w", err)
	}
	fields, ok := value.(cbor.Map)
	if !ok {
		return Request{}, fmt.Errorf("the body is %T, want a map", value)
	}
	out.Namespace = text(fields["Namespace"])
	list, _ := fields["MetricData"].(cbor.List)
	if len(list) == 0 || len(list) > 1000 {
		return Request{}, fmt.Errorf("%d metrics, want 1 to 1000", len(list))
	}
	for _, item := range list {
		d, err := readDatum(item)
		if err != nil {
			return Request{}, err
		}
		out.Data = append(out.Data, d)
	}
	return out, nil
}

func readDatum(v cbor.Value) (Datum, error) {
	m, _ := v.(cbor.Map)
	d := Datum{Name: text(m["MetricName"]), Unit: text(m["Unit"]), Values: numbers(m["Values"]), Counts: numbers(m["Counts"])}
	at, err := cbor.AsTime(m["Timestamp"])
	if err != nil {
		return d, fmt.Errorf("timestamp of %s: %w", d.Name, err)
	}
	d.Time = at.UTC()
	if value, ok := m["Value"]; ok {
		d.Values = append(d.Values, numbers(cbor.List{value})...)
	}
	if d.Counts == nil {
		for range d.Values {
			d.Counts = append(d.Counts, 1)
		}
	}
	var dims []string
	list, _ := m["Dimensions"].(cbor.List)
	for _, item := range list {
		dim, _ := item.(cbor.Map)
		name, value := text(dim["Name"]), text(dim["Value"])
		if name == "" || strings.TrimSpace(value) == "" || len(value) > 1024 {
			return d, fmt.Errorf("%s has the dimension %q=%q", d.Name, name, value)
		}
		dims = append(dims, name+"="+value)
	}
	d.Dimensions = strings.Join(dims, " ")
	switch ago := time.Since(d.Time); {
	case d.Name == "" || len(d.Values) == 0 || len(d.Values) > 150 || len(d.Values) != len(d.Counts) || len(dims) > 30:
		return d, fmt.Errorf("%q has %d values, %d counts, %d dimensions", d.Name, len(d.Values), len(d.Counts), len(dims))
	case ago > 14*24*time.Hour || ago < -2*time.Hour:
		return d, fmt.Errorf("%s at %v, which is not accepted", d.Name, d.Time)
	}
	return d, nil
}

func text(v cbor.Value) string {
	s, _ := v.(cbor.String)
	return string(s)
}

func numbers(v cbor.Value) []float64 {
	list, _ := v.(cbor.List)
	var all []float64
	for _, item := range list {
		n, err := cbor.AsFloat64(item)
		if err != nil {
			panic(err)
		}
		all = append(all, n)
	}
	return all
}
