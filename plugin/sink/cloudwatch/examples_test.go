package cloudwatch

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/metric"
)

const examples = "../../../examples/cloudwatch"

// A watched metric is what an alarm or a dashboard of the examples looks at.
type watched struct {
	Name, Statistic string
	Dimensions      string // names, joined by +
}

// both are the examples' alarms, and the lines of its dashboard: the same for
// CloudFormation and Terraform.
var (
	wantAlarms = []watched{
		{"AuthenticationFailures", "Sum", "ClusterName+TaskDefinitionFamily"},
		{"FindingsOpened", "Sum", "ClusterName+TaskDefinitionFamily"},
		{"OpenFindings", "SampleCount", "ClusterName+TaskDefinitionFamily"},
	}
	wantLines = []watched{
		{"AuthenticationFailures", "Sum", "ClusterName+TaskDefinitionFamily"},
		{"AuthenticationFailures", "Sum", "ClusterName+TaskDefinitionFamily+Cause"},
		{"FindingsOpened", "Sum", "ClusterName+TaskDefinitionFamily+Cause"},
		{"OpenFindings", "SampleCount", "ClusterName+TaskDefinitionFamily"},
	}
)

// What the examples look at is there with the options' defaults.
func TestExamplesWatchWhatThereIs(t *testing.T) {
	cfg, err := conf.Load(func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	series, err := metric.NewSeries(cfg.CloudWatchDimensions, 1)
	if err != nil {
		t.Fatal(err)
	}
	sets := make(map[string]bool)
	for _, c := range series.Of(metric.Key{}) {
		var names []string
		for _, d := range c.Dimensions {
			names = append(names, d.Name)
		}
		sets[strings.Join(names, "+")] = true
	}
	names := []string{metric.AuthenticationFailures, metric.FindingsOpened, metric.FindingsResolved, metric.OpenFindings}
	for _, w := range append(slices.Clone(wantAlarms), wantLines...) {
		if !slices.Contains(names, w.Name) || !sets[w.Dimensions] {
			t.Errorf("there is no metric %s by %s", w.Name, w.Dimensions)
		}
	}
}

func readExample(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(examples, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func expectWatched(t *testing.T, where string, want, got []watched) {
	t.Helper()
	slices.SortFunc(got, func(a, b watched) int {
		return strings.Compare(a.Name+"\x00"+a.Dimensions, b.Name+"\x00"+b.Dimensions)
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s watches (-want +got):\n%s", where, diff)
	}
}

var search = regexp.MustCompile(`^SEARCH\('\{"AuthLens",([A-Za-z,]+)\} MetricName="([A-Za-z]+)" ClusterName="production"', '([A-Za-z]+)', 60\)$`)

// lines returns what a dashboard's body draws.
func lines(t *testing.T, body string) []watched {
	t.Helper()
	var dashboard struct {
		Widgets []struct {
			Type          string
			X, Y          int
			Width, Height int
			Properties    struct {
				Title, Region, View string
				Metrics             [][]struct{ ID, Expression string }
			}
		}
	}
	if err := json.Unmarshal([]byte(body), &dashboard); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	var all []watched
	for _, w := range dashboard.Widgets {
		if w.Type != "metric" || w.Width == 0 || w.Height == 0 || w.Properties.Title == "" || w.Properties.Region != "eu-central-1" {
			t.Errorf("widget %+v", w)
		}
		for _, line := range w.Properties.Metrics {
			m := search.FindStringSubmatch(line[0].Expression)
			if m == nil {
				t.Errorf("not the search that was expected: %s", line[0].Expression)
				continue
			}
			all = append(all, watched{m[2], m[3], strings.ReplaceAll(m[1], ",", "+")})
		}
	}
	return all
}

// A template is the part of a CloudFormation template that is looked at. Short
// forms (!Ref) decode to their operand.
type template struct {
	Parameters map[string]any
	Resources  map[string]struct {
		Type       string
		Properties struct {
			Namespace        string
			MetricName       string
			Statistic        string
			Dimensions       []struct{ Name, Value string }
			TreatMissingData string
			AlarmRule        string
			DashboardBody    string
			PolicyDocument   struct{ Statement []diagnose.Statement }
		}
	}
}

func readTemplate(t *testing.T, name string) template {
	t.Helper()
	var tpl template
	text, err := yaml.YAMLToJSON(readExample(t, name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if err := json.Unmarshal(text, &tpl); err != nil {
		t.Fatalf("%s: %v in %s", name, err, text)
	}
	return tpl
}

func TestCloudFormationAlarms(t *testing.T) {
	tpl := readTemplate(t, "service.yaml")
	var alarms []watched
	for name, r := range tpl.Resources {
		p := r.Properties
		switch r.Type {
		case "AWS::CloudWatch::Alarm":
			var dims []string
			for _, d := range p.Dimensions {
				dims = append(dims, d.Name)
			}
			alarms = append(alarms, watched{p.MetricName, p.Statistic, strings.Join(dims, "+")})
			if p.TreatMissingData != "notBreaching" {
				t.Errorf("%s: where nothing fails there are no data, and missing ones are %s", name, p.TreatMissingData)
			}
		case "AWS::CloudWatch::CompositeAlarm":
			for _, m := range regexp.MustCompile(`\$\{([A-Za-z]+)\}`).FindAllStringSubmatch(p.AlarmRule, -1) {
				if tpl.Resources[m[1]].Type != "AWS::CloudWatch::Alarm" {
					t.Errorf("%s: there is no alarm %s", name, m[1])
				}
			}
		case "AWS::IAM::RolePolicy":
			want := []diagnose.Statement{Permission("Namespace")} // !Ref Namespace
			if diff := cmp.Diff(want, p.PolicyDocument.Statement); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		default:
			t.Errorf("%s is a %s", name, r.Type)
		}
	}
	expectWatched(t, "service.yaml", wantAlarms, alarms)
}

// The commands of the README set what there is to set, the topic among it.
func TestReadmeParameters(t *testing.T) {
	readme := string(readExample(t, "README.md"))
	service, dashboard := readTemplate(t, "service.yaml"), readTemplate(t, "dashboard.yaml")
	m := readModule(t)
	named := make(map[string]bool)
	for _, p := range regexp.MustCompile(`\b([A-Z][A-Za-z]+)=\S`).FindAllStringSubmatch(readme, -1) {
		named[p[1]] = true
		if service.Parameters[p[1]] == nil && dashboard.Parameters[p[1]] == nil {
			t.Errorf("no template has the parameter %s", p[1])
		}
	}
	for _, v := range regexp.MustCompile(`-var '?([a-z_]+)=`).FindAllStringSubmatch(readme, -1) {
		named[v[1]] = true
		m.block(t, "variable", v[1])
	}
	if !named["TopicArn"] || !named["topic_arns"] {
		t.Errorf("the README names no topic to notify; it sets %v", named)
	}
}

func TestCloudFormationDashboard(t *testing.T) {
	tpl := readTemplate(t, "dashboard.yaml")
	body := strings.NewReplacer(
		"${Namespace}", "AuthLens", "${ClusterName}", "production", "${AWS::Region}", "eu-central-1", "${!", "${",
	).Replace(tpl.Resources["Dashboard"].Properties.DashboardBody)
	expectWatched(t, "dashboard.yaml", wantLines, lines(t, body))
}

func TestPolicyFile(t *testing.T) {
	var policy struct {
		Version   string
		Statement []diagnose.Statement
	}
	if err := json.Unmarshal(readExample(t, "task-role-policy.json"), &policy); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]diagnose.Statement{Permission("AuthLens")}, policy.Statement); diff != "" || policy.Version != "2012-10-17" {
		t.Errorf("version %s (-want +got):\n%s", policy.Version, diff)
	}
}

// A module is the Terraform example, evaluated for one service.
type module struct {
	*hclsyntax.Body
	ctx *hcl.EvalContext
}

func readModule(t *testing.T) module {
	t.Helper()
	file, diags := hclparse.NewParser().ParseHCL(readExample(t, "terraform/main.tf"), "main.tf")
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	text := cty.StringVal
	m := module{file.Body.(*hclsyntax.Body), &hcl.EvalContext{
		Variables: map[string]cty.Value{
			"var": cty.ObjectVal(map[string]cty.Value{
				"namespace": text("AuthLens"), "cluster_name": text("production"), "burst_tasks": cty.NumberIntVal(3),
				"services": cty.MapVal(map[string]cty.Value{"shop": text("shop-task")}), "topic_arns": cty.ListValEmpty(cty.String),
			}),
			"each": cty.ObjectVal(map[string]cty.Value{"key": text("shop"), "value": text("shop-task")}),
			"data": cty.ObjectVal(map[string]cty.Value{
				"aws_region": cty.ObjectVal(map[string]cty.Value{"current": cty.ObjectVal(map[string]cty.Value{"id": text("eu-central-1")})}),
			}),
		},
		Functions: map[string]function.Function{"jsonencode": stdlib.JSONEncodeFunc, "floor": stdlib.FloorFunc, "join": stdlib.JoinFunc},
	}}
	locals := make(map[string]cty.Value)
	block := m.block(t, "locals")
	for _, name := range []string{"service", "widgets"} {
		locals[name] = m.value(t, block, name)
		m.ctx.Variables["local"] = cty.ObjectVal(locals)
	}
	return m
}

func (m module) block(t *testing.T, kind string, labels ...string) *hclsyntax.Body {
	t.Helper()
	for _, b := range m.Blocks {
		if b.Type == kind && slices.Equal(b.Labels, labels) || b.Type == kind && len(labels) == 0 {
			return b.Body
		}
	}
	t.Fatalf("there is no %s %v", kind, labels)
	return nil
}

func (m module) value(t *testing.T, in *hclsyntax.Body, name string) cty.Value {
	t.Helper()
	a := in.Attributes[name]
	if a == nil {
		t.Fatalf("%s has no %s", in.Range(), name)
	}
	v, diags := a.Expr.Value(m.ctx)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return v
}

func TestTerraformAlarms(t *testing.T) {
	m := readModule(t)
	var alarms []watched
	names := make(map[string]cty.Value)
	for _, b := range m.Blocks {
		if b.Type != "resource" || b.Labels[0] != "aws_cloudwatch_metric_alarm" {
			continue
		}
		text := func(name string) string { return m.value(t, b.Body, name).AsString() }
		dims := slices.Sorted(maps.Keys(m.value(t, b.Body, "dimensions").AsValueMap()))
		alarms = append(alarms, watched{text("metric_name"), text("statistic"), strings.Join(dims, "+")})
		if text("treat_missing_data") != "notBreaching" || text("namespace") != "AuthLens" {
			t.Errorf("%v: missing data are %s, namespace %s", b.Labels, text("treat_missing_data"), text("namespace"))
		}
		names[b.Labels[1]] = cty.ObjectVal(map[string]cty.Value{"shop": cty.ObjectVal(map[string]cty.Value{"alarm_name": cty.StringVal(text("alarm_name"))})})
	}
	expectWatched(t, "main.tf", wantAlarms, alarms)

	m.ctx.Variables["aws_cloudwatch_metric_alarm"] = cty.ObjectVal(names)
	rule := m.value(t, m.block(t, "resource", "aws_cloudwatch_composite_alarm", "burst"), "alarm_rule").AsString()
	want := `ALARM("production-shop-authentication-failures-in-many-tasks") AND ALARM("production-shop-authentication-failures")`
	if rule != want {
		t.Errorf("rule %s, want %s", rule, want)
	}
}

func TestTerraformDashboard(t *testing.T) {
	m := readModule(t)
	body := m.value(t, m.block(t, "resource", "aws_cloudwatch_dashboard", "failures"), "dashboard_body").AsString()
	expectWatched(t, "main.tf", wantLines, lines(t, body))
}

func TestTerraformPolicy(t *testing.T) {
	m := readModule(t)
	statement := m.block(t, "data", "aws_iam_policy_document", "metrics").Blocks[0].Body
	condition := statement.Blocks[0].Body
	list := func(in *hclsyntax.Body, name string) (all []string) {
		for _, v := range m.value(t, in, name).AsValueSlice() {
			all = append(all, v.AsString())
		}
		return all
	}
	text := func(in *hclsyntax.Body, name string) string { return m.value(t, in, name).AsString() }
	got := diagnose.Statement{
		Sid: text(statement, "sid"), Effect: text(statement, "effect"),
		Action: list(statement, "actions"), Resource: list(statement, "resources"),
		Condition: map[string]map[string]string{text(condition, "test"): {text(condition, "variable"): list(condition, "values")[0]}},
	}
	if diff := cmp.Diff(Permission("AuthLens"), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
