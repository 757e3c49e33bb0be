package doctor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/authlens/authlens/engine/diagnose"
)

const (
	// askTimeout is how long an endpoint may take, unless World.Timeout says
	// otherwise. SDKs give up after one or two seconds.
	askTimeout = 2 * time.Second
	// slowAfter is more than an endpoint one hop away should need.
	slowAfter = 500 * time.Millisecond
	// answerMax bounds what is read of an answer, in bytes.
	answerMax = 64 << 10
)

// A World is what is examined. The zero value is the real one.
type World struct {
	Getenv   func(string) string
	ReadFile func(string) ([]byte, error)
	Now      func() time.Time
	Home     string // where .aws is; "": the user's
	// Container and Instance are the base URLs of the endpoints at link-local
	// addresses; "" for the real ones.
	Container, Instance string
	// Timeout is how long an endpoint may take.
	Timeout time.Duration
	// Dial opens every connection.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

func (w World) orReal() World {
	if w.Getenv == nil {
		w.Getenv = os.Getenv
	}
	if w.ReadFile == nil {
		w.ReadFile = readFile
	}
	if w.Now == nil {
		w.Now = time.Now
	}
	if w.Home == "" {
		w.Home, _ = os.UserHomeDir()
	}
	if w.Container == "" {
		w.Container = "http://169.254.170.2"
	}
	if w.Instance == "" {
		w.Instance = "http://169.254.169.254"
	}
	if w.Timeout == 0 {
		w.Timeout = askTimeout
	}
	if w.Dial == nil {
		w.Dial = new(net.Dialer).DialContext
	}
	return w
}

// fileMax bounds what is read of a file, in bytes.
const fileMax = 1 << 20

func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, fileMax))
}

// file is a path below .aws, unless the environment names another.
func (w *World) file(variable, name string) string {
	if path := w.Getenv(variable); path != "" {
		if rest, ok := strings.CutPrefix(path, "~/"); ok {
			path = filepath.Join(w.Home, rest)
		}
		return path
	}
	return filepath.Join(w.Home, ".aws", name)
}

// An answer is what an endpoint said, or why it said nothing.
type answer struct {
	status int
	body   []byte
	took   time.Duration
	err    error // no answer
}

// ask asks an endpoint directly, not through a proxy.
func (d *doctor) ask(ctx context.Context, method, url string, header map[string]string) answer {
	ctx, cancel := context.WithTimeout(ctx, d.world.Timeout)
	defer cancel()
	began := time.Now()
	request, err := http.NewRequestWithContext(ctx, method, url, nil)
	if err != nil {
		return answer{err: errors.New("the address is not a URL")}
	}
	for name, value := range header {
		request.Header.Set(name, value)
	}
	transport := &http.Transport{DialContext: d.world.Dial, DisableKeepAlives: true}
	client := &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	response, err := client.Do(request)
	if err != nil {
		if inner := errors.Unwrap(err); inner != nil {
			err = inner // without the URL: its path may be a key to credentials
		}
		return answer{err: err, took: time.Since(began)}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, answerMax))
	return answer{status: response.StatusCode, body: body, took: time.Since(began), err: err}
}

// probe says in a word how an endpoint fared: diagnose.Task.Endpoint.
func (a *answer) probe() string {
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(a.err, syscall.ECONNREFUSED):
		return diagnose.EndpointRefused
	case errors.Is(a.err, context.DeadlineExceeded), errors.As(a.err, &timeout) && timeout.Timeout():
		return diagnose.EndpointTimeout
	case a.err != nil:
		return diagnose.EndpointError
	case a.status == http.StatusTooManyRequests:
		return diagnose.EndpointThrottled
	case a.status != http.StatusOK:
		return diagnose.EndpointError
	}
	return diagnose.EndpointOK
}

// silence says why there was no answer.
func (a *answer) silence(timeout time.Duration) string {
	switch a.probe() {
	case diagnose.EndpointRefused:
		return "refuses connections"
	case diagnose.EndpointTimeout:
		return fmt.Sprintf("does not answer within %v", timeout)
	}
	return "cannot be reached: " + a.err.Error()
}

// refusal is what botocore logs about an answer that does not hold what was asked for.
func (a *answer) refusal(about, from string) string {
	if a.status == http.StatusOK {
		return fmt.Sprintf("%s: Error retrieving metadata: Unable to parse JSON returned from %s services", about, from)
	}
	return fmt.Sprintf("%s: Error retrieving metadata: Received non 200 response %d from %s: %s", about, a.status, from, said(a.body))
}

// text is an answer of one word.
func (a *answer) text() string { return strings.TrimSpace(string(a.body)) }

// into decodes a JSON object.
func (a *answer) into(v any) error {
	if err := json.Unmarshal(a.body, v); err != nil {
		return errors.New("its answer is not the JSON object that was expected")
	}
	return nil
}
