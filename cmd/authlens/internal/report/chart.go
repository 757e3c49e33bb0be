package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/authlens/authlens/cmd/authlens/internal/look"
	"github.com/authlens/authlens/cmd/authlens/internal/scan"
)

const (
	chartBars = 96
	sparkBars = 32
	// barStep and chartHeight are in the units of the chart's view box.
	barStep, chartHeight = 10, 200
	// colours is how many causes have a colour of their own; the rest share the
	// one after.
	colours = 10
	// partsMax bounds the parts of a chart; past it, services are not told apart.
	partsMax = 4000
	// ticks is how many times are written below the chart.
	ticks = 5
)

// A chart has a bar for each slice of time, made of stacked parts.
type chart struct {
	Title, Description string
	Width, Height      int
	Most               string
	Span               string
	Bars               []bar
	Ticks              []string
	Table              table
}

type bar struct {
	Label    string
	X, Reach int
	Parts    []part
}

type part struct {
	Colour         int
	Cause, Service string
	X, Width       int
	Y, Height      string
}

type table struct {
	Causes []string
	Rows   []row
}

type row struct {
	From   string
	Counts []string
}

type cause struct {
	Name, Label string
	Colour      int
	Count       string
}

// words is a cause's name as people read it.
func words(name string) string { return acronyms.Replace(strings.ReplaceAll(name, "_", " ")) }

var acronyms = strings.NewReplacer("iam", "IAM", "kms", "KMS", "oauth", "OAuth", "http", "HTTP", "jwt", "JWT", "tls", "TLS", "sso", "SSO", "ldap", "LDAP", "ssh", "SSH", "api", "API", "grpc", "gRPC", "smtp", "SMTP")

func (v *view) addChart(r *scan.Result) {
	c := r.Timeline.Chart(r.First, r.Last, chartBars)
	names := c.Causes()
	for i, name := range names {
		n := scan.Total(c.Sum(func(s scan.Series) bool { return s.Cause == name }))
		v.Causes = append(v.Causes, cause{name, words(name), min(i, colours), look.Thousands(n)})
	}
	all := c.Sum(func(scan.Series) bool { return true })
	if scan.Total(all) == 0 {
		return
	}
	end := c.Begin(c.Bars)
	layout := look.Layout(end.Sub(c.Start))
	most := slices.Max(all)
	v.Chart = chart{
		Title: "Failures over time, by cause",
		Description: fmt.Sprintf("%s between %s and %s; the highest bar has %s. A table below says the same.",
			look.Number(scan.Total(all), "failure"), c.Start.Format("2006-01-02 15:04"),
			end.Format("2006-01-02 15:04"), look.Thousands(most)),
		Width: barStep * c.Bars, Height: chartHeight, Most: look.Thousands(most), Span: look.Duration(c.Width),
	}
	series := slices.SortedFunc(maps.Keys(c.Counts), func(a, b scan.Series) int {
		return cmp.Or(cmp.Compare(slices.Index(names, a.Cause), slices.Index(names, b.Cause)), cmp.Compare(a.Service, b.Service))
	})
	if len(series)*c.Bars > partsMax {
		c, series = byCause(c, names)
	}
	for _, name := range names {
		v.Chart.Table.Causes = append(v.Chart.Table.Causes, words(name))
	}
	for i := range c.Bars {
		if all[i] == 0 {
			continue
		}
		from := c.Begin(i)
		b, counts := stack(&c, i, series, names, most)
		b.Label = from.Format(layout) + " UTC: " + look.Number(all[i], "failure")
		row := row{From: from.Format("2006-01-02 15:04")}
		for place, n := range counts {
			row.Counts = append(row.Counts, look.Thousands(n))
			if n > 0 {
				b.Label += fmt.Sprintf("\n%s: %s", words(names[place]), look.Thousands(n))
			}
		}
		v.Chart.Bars = append(v.Chart.Bars, b)
		v.Chart.Table.Rows = append(v.Chart.Table.Rows, row)
	}
	for i := range ticks {
		at := c.Start.Add(end.Sub(c.Start) * time.Duration(i) / (ticks - 1))
		v.Chart.Ticks = append(v.Chart.Ticks, at.Format(layout))
	}
}

// stack returns bar i, with a part for each series, and how many failures each of causes has
// in it.
func stack(c *scan.Chart, i int, series []scan.Series, causes []string, most int64) (b bar, counts []int64) {
	b = bar{X: i * barStep, Reach: barStep}
	counts = make([]int64, len(causes))
	top := int64(0)
	for _, s := range series {
		n := c.Counts[s][i]
		if n == 0 {
			continue
		}
		place := slices.Index(causes, s.Cause)
		counts[place] += n
		top += n
		b.Parts = append(b.Parts, part{
			Colour: min(place, colours), Cause: s.Cause, Service: s.Service, X: i*barStep + 1, Width: barStep - 2,
			Y: share(chartHeight, most-top, most), Height: share(chartHeight, n, most),
		})
	}
	return b, counts
}

// byCause puts the services of a cause together.
func byCause(c scan.Chart, names []string) (scan.Chart, []scan.Series) {
	var series []scan.Series
	counts := map[scan.Series][]int64{}
	for _, name := range names {
		s := scan.Series{Cause: name}
		series = append(series, s)
		counts[s] = c.Sum(func(s scan.Series) bool { return s.Cause == name })
	}
	c.Counts = counts
	return c, series
}

// share is the part of height that n has of most, as an SVG number.
func share(height int, n, most int64) string {
	return fmt.Sprintf("%.1f", float64(height)*float64(n)/float64(most))
}

// A spark is a small chart of one finding.
type spark struct {
	Width, Height int
	Bars          []part
}

func sparkOf(counts []int64) *spark {
	if len(counts) < 2 {
		return nil
	}
	const step, height = 4, 20
	s := &spark{Width: step * len(counts), Height: height}
	most := slices.Max(counts)
	for i, n := range counts {
		if n > 0 {
			s.Bars = append(s.Bars, part{X: i * step, Width: step - 1, Y: share(height, most-n, most), Height: share(height, n, most)})
		}
	}
	return s
}
