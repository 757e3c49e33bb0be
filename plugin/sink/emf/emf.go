// Package emf writes CloudWatch's embedded metric format: JSON objects that say
// of themselves, under _aws, which of their members are metrics and which are
// dimensions. Whoever ships such an object to CloudWatch Logs, unchanged and
// alone in its log event, has shipped the metrics too: that needs no further
// permission, and no client of ours.
//
// Source: "Specification: Embedded metric format" in the CloudWatch User Guide.
package emf

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/engine/metric"
)

// An Encoder writes metrics of one namespace. It is safe for concurrent use.
type Encoder struct {
	namespace string
	series    *metric.Series
	now       func() time.Time
}

// NewEncoder returns an Encoder. The series gives findings their dimensions,
// and now the time of those that are over.
func NewEncoder(namespace string, series *metric.Series, now func() time.Time) *Encoder {
	return &Encoder{namespace, series, now}
}

// A Document is one log event that holds metrics and nothing else.
type Document struct {
	JSON   []byte
	Data   int // how many it holds
	Source metric.Source
}

// Documents returns the log events that hold data: one for each minute and
// combination of dimensions, or several where a metric is there more than once.
func (e *Encoder) Documents(data []metric.Datum) []Document {
	type place struct {
		at   int64
		dims string
	}
	type event struct {
		members map[string]bool
		data    []metric.Datum
	}
	var events []*event
	known := make(map[place][]*event)
	for _, d := range data {
		p := place{d.Time.UnixNano(), metric.ID(d.Dimensions)}
		i := slices.IndexFunc(known[p], func(x *event) bool { return !x.members[d.Name] })
		if i < 0 {
			x := &event{members: make(map[string]bool)}
			i, events, known[p] = len(known[p]), append(events, x), append(known[p], x)
		}
		x := known[p][i]
		x.members[d.Name] = true // a member cannot be there twice
		x.data = append(x.data, d)
	}
	documents := make([]Document, len(events))
	for i, x := range events {
		o := object{buf: []byte{'{'}}
		e.write(&o, x.data[0].Time, [][]metric.Dimension{x.data[0].Dimensions}, x.data)
		documents[i] = Document{append(o.buf, '}'), len(x.data), x.data[len(x.data)-1].Source}
	}
	return documents
}

// Members returns the members that make f's JSON object a log event with
// metrics: `"_aws":{…},"ClusterName":"…",…,"FindingsOpened":1,"FindingsResolved":0`.
// A finding counts when it begins and when it ends, once each, however often it is
// told in between.
func (e *Encoder) Members(f finding.Finding) []byte {
	at := f.LastSeen
	if f.State == finding.Resolved {
		at = e.now() // it ends now, after a silence
	}
	at, _ = metric.Clamp(at, e.now())
	var o object
	e.write(&o, at, e.setsOf(f), []metric.Datum{
		{Name: metric.FindingsOpened, Unit: metric.Count, Values: []float64{number(f.Opens)}},
		{Name: metric.FindingsResolved, Unit: metric.Count, Values: []float64{number(f.State == finding.Resolved)}},
	})
	return o.buf
}

func number(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// setsOf returns the sets of dimensions of f. A log event has one member, and so one
// value, for each dimension: if one set is no longer told apart, none is.
func (e *Encoder) setsOf(f finding.Finding) [][]metric.Dimension {
	all := e.series.Of(metric.Key{
		Cluster: f.Scope.Cluster, Family: f.Scope.Family, Container: f.Scope.Container, Cause: f.Diagnosis.Cause,
	})
	if slices.ContainsFunc(all, func(c *metric.Combination) bool { return c.IsOther }) {
		all = e.series.Others()
	}
	sets := make([][]metric.Dimension, len(all))
	for i, c := range all {
		sets[i] = c.Dimensions
	}
	return sets
}

// write adds the directive, the dimensions and the metrics.
func (e *Encoder) write(o *object, at time.Time, sets [][]metric.Dimension, data []metric.Datum) {
	type definition struct {
		Name string
		Unit metric.Unit
	}
	type directive struct {
		Namespace  string
		Dimensions [][]string
		Metrics    []definition
	}
	d := directive{Namespace: e.namespace}
	for _, set := range sets {
		names := make([]string, len(set))
		for i, dim := range set {
			names[i] = dim.Name
		}
		d.Dimensions = append(d.Dimensions, names)
	}
	for i := range data {
		d.Metrics = append(d.Metrics, definition{data[i].Name, data[i].Unit})
	}
	o.add("_aws", struct {
		Timestamp         int64
		CloudWatchMetrics []directive
	}{at.UnixMilli(), []directive{d}})

	written := make(map[string]bool)
	for _, set := range sets {
		for _, dim := range set {
			if !written[dim.Name] {
				written[dim.Name] = true
				o.addText(dim.Name, dim.Value)
			}
		}
	}
	for i := range data {
		if v := data[i].Values; len(v) == 1 {
			o.add(data[i].Name, v[0])
		} else {
			o.add(data[i].Name, v[:min(len(v), metric.ValuesMax)])
		}
	}
}

// An object is a JSON object in the making: members, separated by commas.
type object struct{ buf []byte }

func (o *object) name(name string) {
	if n := len(o.buf); n > 0 && o.buf[n-1] != '{' {
		o.buf = append(o.buf, ',')
	}
	o.buf = append(strconv.AppendQuote(o.buf, name), ':')
}

// add adds a member. All of our values have a JSON form.
func (o *object) add(name string, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	o.name(name)
	o.buf = append(o.buf, text...)
}

// addText adds a member that is printable ASCII, which Go and JSON quote alike.
func (o *object) addText(name, value string) {
	o.name(name)
	o.buf = strconv.AppendQuote(o.buf, value)
}
