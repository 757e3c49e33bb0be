package emftest

import (
	"strings"
	"testing"
)

// The reader refuses what CloudWatch would drop without a word.
func TestReadRefuses(t *testing.T) {
	const valid = `{"_aws":{"Timestamp":1774346400000,"CloudWatchMetrics":[{"Namespace":"N","Dimensions":[["D"]],"Metrics":[{"Name":"M","Unit":"Count"}]}]},"D":"d","M":[1,2]}`
	if metrics, err := read([]byte(valid)); err != nil || len(metrics) != 1 || len(metrics[0].Values) != 2 {
		t.Fatalf("got %v, %v", metrics, err)
	}
	f := func(old, new string) {
		t.Helper()
		event := strings.Replace(valid, old, new, 1)
		if event == valid {
			t.Fatalf("%s changes nothing", old)
		}
		if _, err := read([]byte(event)); err == nil {
			t.Errorf("taken: %s", event)
		}
	}
	f(`"_aws"`, `"aws"`)
	f(`"Timestamp":1774346400000,`, ``)
	f(`1774346400000`, `"2026"`)
	f(`"Namespace":"N"`, `"Namespace":""`)
	f(`[["D"]]`, `[]`)
	f(`[["D"]]`, `["D"]`)
	f(`[["D"]]`, `[["D","E"]]`)
	f(`[{"Name":"M","Unit":"Count"}]`, `[]`)
	f(`"Count"`, `"Failures"`)
	f(`"D":"d"`, `"D":1`)
	f(`"D":"d"`, `"D":" "`)
	f(`"D":"d"`, `"x":{"D":"d"}`)
	f(`[1,2]`, `"1"`)
	f(`[1,2]`, `[`+strings.Repeat("1,", 100)+`1]`)
	f(`,"M":[1,2]`, ``)
	f(`[1,2]}`, `[1,2]} and more`)
}
