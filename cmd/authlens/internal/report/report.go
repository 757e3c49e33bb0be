// Package report writes what a scan found as one HTML page that needs nothing
// else: no network, no other file.
//
// Everything from a log goes through html/template, and the page's own policy
// allows only this page's style and script, so that no log text can become more
// than text.
package report

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/look"
	"github.com/authlens/authlens/cmd/authlens/internal/scan"
)

var (
	//go:embed page.html
	pageText string
	//go:embed style.css
	style string
	//go:embed script.js
	script string

	page = template.Must(template.New("page.html").Parse(pageText))
)

// filesShown bounds the files that the page lists.
const filesShown = 500

// Write writes the page. Version is authlens' own.
func Write(w io.Writer, r *scan.Result, version string) error {
	var out bytes.Buffer // so that an error leaves no half-written page
	if err := page.Execute(&out, viewOf(r, version)); err != nil {
		return fmt.Errorf("bug: report: %w", err)
	}
	_, err := out.WriteTo(w)
	return err
}

// view is what the template shows.
type view struct {
	Policy     string
	Style      template.CSS
	Script     template.JS
	Version    string
	Title      string
	Headline   string
	Range      string
	Read       string
	Severities []severity
	Chart      chart
	Causes     []cause
	Services   []string
	Shown      string
	Findings   []card
	Nothing    string
	Remarks    []string
	Unread     []unread
	FileCount  string
	Files      []file
}

type severity struct {
	Name  string
	Count int
}

type unread struct{ Name, Error string }

type file struct{ Name, Format, Records, Size string }

// A card is one finding.
type card struct {
	F         *scan.Finding
	Service   string
	Cause     string
	Headline  string
	Seen      string // RFC 3339
	When      string
	Count     string
	Fix       [][]look.Piece
	Statement string
	Facts     []look.Note
	Links     []string
	Spark     *spark
}

func viewOf(r *scan.Result, version string) *view {
	v := &view{
		Policy: policy(), Style: template.CSS(style), Script: template.JS(script), Version: version,
		Title:    "AuthLens: " + look.Total(look.Snapshots(r.Findings)),
		Headline: look.Number(int64(len(r.Findings)), "finding"),
		Remarks:  append(look.Remarks(r), look.Seldom(r)...),
		Nothing:  "No findings. Nothing in these logs says that authentication or authorization failed often enough to be told.",
	}
	v.Shown = v.Headline + ", the worst first."
	if len(r.Findings) == 0 {
		v.Headline, v.Shown = "No findings", ""
	}
	if !r.First.IsZero() {
		v.Range = look.Between(r.First.UTC(), r.Last.UTC())
	}
	v.addFiles(r)
	for _, name := range []string{"critical", "high", "elevated", "low"} {
		n := 0
		for i := range r.Findings {
			if r.Findings[i].Severity == name {
				n++
			}
		}
		if n > 0 {
			v.Severities = append(v.Severities, severity{name, n})
		}
	}
	v.addChart(r)
	seen := map[string]bool{}
	bars := r.Timeline.Chart(r.First, r.Last, sparkBars)
	for i := range r.Findings {
		c := cardOf(&r.Findings[i])
		c.Spark = sparkOf(bars.Counts[scan.Series{Service: c.Service, Cause: c.Cause}])
		v.Findings = append(v.Findings, c)
		if !seen[c.Service] {
			seen[c.Service] = true
			v.Services = append(v.Services, c.Service)
		}
	}
	return v
}

func (v *view) addFiles(r *scan.Result) {
	n := 0
	for i := range r.Files {
		f := &r.Files[i]
		if f.Format != "" {
			n++
		}
		if f.Err != nil && len(v.Unread) < filesShown {
			v.Unread = append(v.Unread, unread{f.Name, look.Reason(f)})
		}
		if len(v.Files) < filesShown {
			form := f.Format
			if f.Skipped != "" {
				form = "passed over: " + f.Skipped
			}
			v.Files = append(v.Files, file{f.Name, form, look.Thousands(f.Stats.Records), look.Size(f.Stats.Bytes)})
		}
	}
	v.Read = fmt.Sprintf("%s, %s, %s", look.Number(int64(n), "file"), look.Number(r.Records, "record"), look.Size(r.Bytes))
	v.FileCount = look.Number(int64(len(r.Files)), "file")
	if more := len(r.Files) - len(v.Files); more > 0 {
		v.FileCount += fmt.Sprintf(", of which the first %d are listed", filesShown)
	}
}

func cardOf(f *scan.Finding) card {
	c := card{
		F:        f,
		Service:  scan.Service(f.Scope.Family, f.Scope.Container),
		Cause:    f.Diagnosis.Cause,
		Headline: cmp.Or(f.Diagnosis.Headline, f.Title),
		Seen:     f.FirstSeen.UTC().Format(time.RFC3339),
		When:     look.Between(f.FirstSeen.UTC(), f.LastSeen.UTC()),
		Count:    look.Number(f.Events(), "failure"),
		Facts:    look.About(&f.Finding),
	}
	for _, step := range f.Diagnosis.Fix {
		c.Fix = append(c.Fix, look.Pieces(step))
	}
	if f.Diagnosis.Statement != nil {
		c.Statement = look.Statement(f.Diagnosis.Statement)
	}
	for _, link := range f.Diagnosis.See {
		if strings.HasPrefix(link, "https://") {
			c.Links = append(c.Links, link)
		}
	}
	if n := len(f.Episodes); n > 0 {
		c.When = look.Between(f.Episodes[0].FirstSeen, f.Episodes[n-1].LastSeen) + fmt.Sprintf(", came up %d times", n+f.EpisodesOmitted)
	}
	return c
}

// policy is the page's Content-Security-Policy: this style and this script, and
// nothing from anywhere.
func policy() string {
	return fmt.Sprintf("default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'", hash(style), hash(script))
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
