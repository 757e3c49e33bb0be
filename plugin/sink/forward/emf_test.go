package forward

import (
	"bytes"
	"encoding/json"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/metric"
	"github.com/authlens/authlens/plugin/sink"
	"github.com/authlens/authlens/plugin/sink/emf"
	"github.com/authlens/authlens/plugin/sink/emf/emftest"
)

func newEncoder(t *testing.T) *emf.Encoder {
	t.Helper()
	series, err := metric.NewSeries([][]string{{"cluster", "cause"}}, 10)
	if err != nil {
		t.Fatal(err)
	}
	return emf.NewEncoder("AuthLens", series, func() time.Time { return told })
}

// eventOf returns the log event that an output makes of a record: its log alone
// (log_key log), or all of it as JSON.
func eventOf(t *testing.T, record map[string]any, asJSON bool) []byte {
	t.Helper()
	if asJSON {
		return []byte(record["log"].(string))
	}
	b, err := msgp.AppendMapStrIntf(nil, record)
	if err != nil {
		t.Fatal(err)
	}
	var event bytes.Buffer
	if _, err := msgp.CopyToJSON(&event, bytes.NewReader(b)); err != nil {
		t.Fatal(err)
	}
	return event.Bytes()
}

// Findings and counts arrive as records of which each output makes a valid log
// event with metrics, under the tag of the log they are about, and marked.
func TestEMF(t *testing.T) {
	f := func(asJSON bool) {
		t.Helper()
		got := make(chan message, 2)
		address := peer(t, "tcp", func(c net.Conn) {
			for r := msgp.NewReader(c); ; {
				m, err := read(r)
				if err != nil {
					return
				}
				acknowledge(c, m.chunk)
				got <- m
			}
		})
		encoder := newEncoder(t)
		s := newSink("tcp", address, true)
		s.opt.JSON, s.opt.Extra = asJSON, encoder.Members
		s.opt.EventTag = func(source metric.Source) string { return source.Tag + "-authlens" }

		opening := example()
		opening.Opens = true
		if err := s.Deliver(t.Context(), []finding.Finding{opening}); err != nil {
			t.Fatal(err)
		}
		data := []metric.Datum{{
			Name: metric.AuthenticationFailures, Unit: metric.Count, Time: told.Truncate(time.Minute), Values: []float64{2, 3},
			Dimensions: []metric.Dimension{{Name: "ClusterName", Value: "production"}}, Source: metric.Source{Tag: "orders-firelens-1"},
		}}
		if n, err := emf.NewMeter(encoder, s).Measure(t.Context(), data); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		for _, want := range []string{"FindingsOpened", "AuthenticationFailures"} {
			m := <-got
			event := eventOf(t, m.record, asJSON)
			metrics := emftest.Read(t, event)
			if len(metrics) == 0 || metrics[0].Name != want || !strings.HasPrefix(metrics[0].Dimensions, "ClusterName=production") {
				t.Errorf("metrics %v, want %s", metrics, want)
			}
			if m.tag != "orders-firelens-1-authlens" || m.record[MarkerKey] != "key-of-this-process" {
				t.Errorf("tag %s, marker %v", m.tag, m.record[MarkerKey])
			}
			var object map[string]any
			if err := json.Unmarshal(event, &object); err != nil || object[MarkerKey] != "key-of-this-process" {
				t.Errorf("the event is not marked: %v, %s", err, event)
			}
		}
	}
	f(false)
	f(true)
}

func TestEventsToNobody(t *testing.T) {
	s := newSink("unix", t.TempDir()+"/none", true)
	s.opt.EventTag = func(metric.Source) string { return "x" }
	err := s.WriteEvents(t.Context(), []emf.Document{{JSON: []byte(`{}`)}})
	if err == nil || sink.IsPermanent(err) || !strings.Contains(err.Error(), "sending metrics to the forward input at unix://") {
		t.Errorf("got %v", err)
	}
	err = s.WriteEvents(t.Context(), []emf.Document{{JSON: []byte(`{"a":}`)}})
	if !sink.IsPermanent(err) {
		t.Errorf("got %v", err)
	}
}

// Log events are the caller's, who may deliver them again.
func TestEventsAreLeftAsTheyAre(t *testing.T) {
	const text = `{"a":1}`
	s := newSink("tcp", "", true)
	s.opt.JSON = true
	event := []byte(text + "more")[:len(text)]
	if _, err := s.shape(event, ""); err != nil || string(event) != text {
		t.Errorf("got %v, and the event became %s", err, event)
	}
}
