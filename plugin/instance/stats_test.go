package instance

import (
	"strings"
	"testing"
)

func TestStatisticsLine(t *testing.T) {
	s := Statistics{Sinks: []SinkStatistics{{"forward", deliveryStats{Delivered: 3, Waiting: 2}}}}
	s.Scanned.Chunks = 7
	line := s.String()
	for _, want := range []string{"chunks=7 ", " forward.delivered=3 forward.waiting=2 ", " flush_max=0s "} {
		if !strings.Contains(line, want) {
			t.Errorf("lacks %q: %s", want, line)
		}
	}
	if strings.ContainsAny(line, "\n%") {
		t.Errorf("not one line of numbers: %q", line)
	}
}
