package instance

import (
	"errors"
	"strings"
	"testing"
	"time"
)

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
