package instance

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestDurations(t *testing.T) {
	var d durations
	if got := d.times(); got != (FlushTimes{}) {
		t.Errorf("of nothing: %v", got)
	}
	for i := 1; i <= 1000; i++ {
		d.add(time.Duration(i) * time.Microsecond)
	}
	got := d.times()
	within := func(name string, got, want time.Duration) {
		t.Helper()
		if off := (got - want).Abs(); off > want/50 {
			t.Errorf("%s: %v, want %v within 2 %%", name, got, want)
		}
	}
	within("median", got.P50, 500*time.Microsecond)
	within("99 %", got.P99, 990*time.Microsecond)
	expectEqual(t, "greatest", got.Max, time.Millisecond)
}

func TestBuckets(t *testing.T) {
	for _, n := range []int64{1, 2, 3, 4, 5, 7, 8, 1000, 1 << 40, 1<<40 + 1<<39, 1<<63 - 1} {
		i := bucketOf(n)
		if upper := upperBound(i); n < 1<<62 && (upper <= n && n >= 4 || upper > 2*n) {
			t.Errorf("%d is in bucket %d, below %d", n, i, upper)
		}
	}
	var d durations
	d.add(-time.Second)
	d.add(1<<63 - 1)
	expectEqual(t, "greatest", d.times().Max, time.Duration(1<<63-1))
}

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

// What others say of an error may hold a secret, as what AWS answers to a wrong signature.
func TestLogHoldsNoSecrets(t *testing.T) {
	const secret = "IQoJb3JpZ2luX2VjEHoaCWV1LXdlc3QtMSJHMEUCIQDx"
	var b buffer
	l := newLogger(&b, time.Now, "", levelDebug)
	err := errors.New("SignatureDoesNotMatch: The Canonical String for this request should have been 'POST\n/\n\nhost:monitoring\nx-amz-security-token:" + secret + "\n'")
	l.warnf("metrics do not reach cloudwatch: %v", err)
	l.errorf("cloudwatch refuses metrics: %v", err)
	if got := b.String(); strings.Contains(got, secret[4:]) || strings.Count(got, "Canonical String") != 2 {
		t.Errorf("got %s", got)
	}
}

func TestLog(t *testing.T) {
	var b buffer
	at := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	l := newLogger(&b, func() time.Time { return at }, "authlens.0", levelWarn)
	l.errorf("%d%%", 1)
	l.warnf("two")
	l.infof("three")
	l.debugf("four")
	newLogger(&b, func() time.Time { return at }, "", levelInfo).infof("five")
	want := "[2026/11/21 10:00:00] [error] [output:authlens:authlens.0] 1%\n" +
		"[2026/11/21 10:00:00] [ warn] [output:authlens:authlens.0] two\n" +
		"[2026/11/21 10:00:00] [ info] [output:authlens] five\n"
	expectEqual(t, "log", b.String(), want)
}
