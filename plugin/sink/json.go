package sink

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/finding"
)

// LineMax bounds a finding's JSON on one line, in bytes, newline included. The
// container runtime cuts longer lines into pieces that are no longer JSON.
const LineMax = 16 << 10

// ExtraMax bounds the further members that JSON takes, in bytes.
const ExtraMax = 3 << 10

// JSON returns the published form of f: one JSON object, without a newline, of
// fewer than LineMax bytes. A longer one loses its evidence first, then what
// explains it; who, what, where and how often is always kept. So is extra: nil,
// or further members of the object ("a":1,"b":2), of at most ExtraMax bytes.
func JSON(f finding.Finding, extra []byte) ([]byte, error) {
	for _, shorten := range []func(*finding.Finding){
		func(*finding.Finding) {},
		func(f *finding.Finding) { f.Evidence = Clip(f.Evidence, LineMax/16) },
		dropAdvice,
		keepCore,
	} {
		shorten(&f)
		text, err := marshal(f)
		if err != nil {
			return nil, fmt.Errorf("finding %s is not expressible as JSON: %w", f.Fingerprint, err)
		}
		if len(text)+1+len(extra) >= LineMax {
			continue
		}
		if len(extra) > 0 {
			text = append(append(text[:len(text)-1], ','), extra...)
			text = append(text, '}')
		}
		return text, nil
	}
	return nil, fmt.Errorf("finding %s is longer than %d bytes even without its explanation", Clip(f.Fingerprint, 64), LineMax)
}

// marshal is json.Marshal with <, > and & left readable, as IAM policies and
// log lines are full of them.
func marshal(f finding.Finding) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(f); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func dropAdvice(f *finding.Finding) {
	d := f.Diagnosis
	f.Evidence = ""
	f.Diagnosis = diagnose.Diagnosis{
		Cause: Clip(d.Cause, 128), Kind: d.Kind, RoleKind: d.RoleKind, RoleCertainty: d.RoleCertainty,
		RequiredAction: d.RequiredAction, Headline: d.Headline, AllowHelps: d.AllowHelps,
	}
}

// keepCore leaves only texts of bounded length. JSON writes a byte as at most six
// (\u0000), and 16 × 128 × 6 is below LineMax.
func keepCore(f *finding.Finding) {
	const most = 128
	for _, s := range []*string{
		&f.Fingerprint, &f.Severity, &f.Title, &f.Summary, &f.Rule, &f.Scope.Cluster, &f.Scope.Family,
		&f.Scope.TaskDefinition, &f.Scope.Container, &f.Scope.Task, &f.Scope.Tag,
	} {
		*s = Clip(*s, most)
	}
	f.Facts = extract.Facts{
		ErrorCode: Clip(f.Facts.ErrorCode, most),
		RoleName:  Clip(f.Facts.RoleName, most),
		Action:    Clip(f.Facts.Action, most),
		Resource:  Clip(f.Facts.Resource, most),
	}
	f.Diagnosis = diagnose.Diagnosis{Cause: Clip(f.Diagnosis.Cause, most)}
}

// Clip returns s or, if it is longer than most bytes, as much of it as fits into them,
// and "…". It cuts no character in two.
func Clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
