// Package emftest reads log events in CloudWatch's embedded metric format as
// CloudWatch does, for tests: it holds them to the specification and returns
// the metrics that come of them.
package emftest

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A Metric is what CloudWatch makes of one metric in one set of dimensions.
type Metric struct {
	Namespace  string
	Name, Unit string
	Dimensions string // "Name=Value Name=Value"
	Time       time.Time
	Values     []float64
}

//go:embed emf.schema.json
var schemaText []byte

var schema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaText))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("emf.schema.json", document); err != nil {
		return nil, err
	}
	return c.Compile("emf.schema.json")
})

// Read returns the metrics of a log event, and fails t when it is not valid.
func Read(t testing.TB, event []byte) []Metric {
	t.Helper()
	metrics, err := read(event)
	if err != nil {
		t.Errorf("not in the embedded metric format: %v\n%s", err, event)
	}
	return metrics
}

func read(event []byte) ([]Metric, error) {
	s, err := schema()
	if err != nil {
		return nil, err
	}
	root, err := jsonschema.UnmarshalJSON(bytes.NewReader(event))
	if err != nil {
		return nil, err
	}
	if err := s.Validate(root); err != nil {
		return nil, err
	}
	var metadata struct {
		AWS struct {
			Timestamp         int64
			CloudWatchMetrics []struct {
				Namespace  string
				Dimensions [][]string
				Metrics    []struct{ Name, Unit string }
			}
		} `json:"_aws"`
	}
	if err := json.Unmarshal(event, &metadata); err != nil {
		return nil, err
	}
	members := root.(map[string]any)
	var all []Metric
	for _, directive := range metadata.AWS.CloudWatchMetrics {
		for _, set := range directive.Dimensions {
			dimensions, err := dimensionsOf(members, set)
			if err != nil {
				return nil, err
			}
			for _, m := range directive.Metrics {
				values, err := numbers(m.Name, members[m.Name])
				if err != nil {
					return nil, err
				}
				all = append(all, Metric{directive.Namespace, m.Name, m.Unit, dimensions, time.UnixMilli(metadata.AWS.Timestamp).UTC(), values})
			}
		}
	}
	return all, nil
}

// dimensionsOf reads the target members of a set of dimensions.
func dimensionsOf(members map[string]any, set []string) (string, error) {
	var texts []string
	for _, name := range set {
		value, ok := members[name].(string)
		if !ok || strings.TrimSpace(value) == "" || len(value) > 1024 {
			return "", fmt.Errorf("the dimension %s has the value %v; want a text of 1 to 1024 bytes on the root node", name, members[name])
		}
		texts = append(texts, name+"="+value)
	}
	return strings.Join(texts, " "), nil
}

// numbers reads the target member of a metric.
func numbers(name string, target any) ([]float64, error) {
	list, ok := target.([]any)
	if !ok {
		list = []any{target}
	}
	if len(list) > 100 {
		return nil, fmt.Errorf("the metric %s has %d values; want at most 100", name, len(list))
	}
	var values []float64
	for _, item := range list {
		n, ok := item.(json.Number)
		if !ok {
			return nil, fmt.Errorf("the metric %s has the value %v; want a number on the root node", name, item)
		}
		f, err := n.Float64()
		if err != nil {
			return nil, err
		}
		values = append(values, f)
	}
	return values, nil
}
