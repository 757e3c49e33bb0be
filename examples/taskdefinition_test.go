package examples

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/google/go-cmp/cmp"
)

// A task definition is what `aws ecs register-task-definition --cli-input-json`
// sends: it is read into the AWS SDK's own type, which checks that nothing is
// missing, and what the SDK then sends must be what the file says. A misspelt
// name, a wrong letter case or a wrong type does not come back.
func TestTaskDefinitions(t *testing.T) {
	for _, name := range all(t, ".json") {
		if !strings.Contains(name, "task-definition") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			text := read(t, name)
			var input ecs.RegisterTaskDefinitionInput
			if err := json.Unmarshal([]byte(text), &input); err != nil {
				t.Fatal(err)
			}
			var want, sent any
			if err := json.Unmarshal([]byte(text), &want); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(request(t, &input), &sent); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, sent); diff != "" {
				t.Errorf("the SDK sends something else (-file +sent):\n%s", diff)
			}
			enums(t, reflect.ValueOf(input), "")
			checkFireLens(t, &input)
		})
	}
}

// request returns the body that the SDK would send to ECS. Nothing is sent.
func request(t *testing.T, input *ecs.RegisterTaskDefinitionInput) []byte {
	t.Helper()
	var body []byte
	client := ecs.New(ecs.Options{
		Region:      "eu-west-1",
		Credentials: aws.AnonymousCredentials{},
		HTTPClient: roundTrip(func(r *http.Request) (*http.Response, error) {
			var err error
			body, err = io.ReadAll(r.Body)
			return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader("{}"))}, err
		}),
	})
	if _, err := client.RegisterTaskDefinition(context.Background(), input); err != nil {
		t.Fatal(err)
	}
	return body
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) Do(r *http.Request) (*http.Response, error) { return f(r) }

// enums checks that every value of an enumeration is one that the SDK knows.
func enums(t *testing.T, v reflect.Value, path string) {
	t.Helper()
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			enums(t, v.Elem(), path)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				enums(t, v.Field(i), path+"."+f.Name)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			enums(t, v.Index(i), path)
		}
	case reflect.String:
		values := v.MethodByName("Values")
		if !values.IsValid() || v.String() == "" {
			return
		}
		known := values.Call(nil)[0]
		for i := range known.Len() {
			if known.Index(i).String() == v.String() {
				return
			}
		}
		t.Errorf("%s: ECS knows no %q; it knows %v", path, v.String(), known)
	}
}

// checkFireLens checks what ECS only finds out when a task starts.
func checkFireLens(t *testing.T, input *ecs.RegisterTaskDefinitionInput) {
	t.Helper()
	routers, routed := 0, 0
	for _, c := range input.ContainerDefinitions {
		if c.FirelensConfiguration != nil {
			routers++
			options := c.FirelensConfiguration.Options
			switch options["config-file-type"] {
			case "":
			case "file":
				if !slices.Contains([]string{"/authlens/firelens.conf", "/authlens/sidecar.conf"}, options["config-file-value"]) {
					t.Errorf("container %s: no image of ours holds %s", *c.Name, options["config-file-value"])
				}
			default:
				t.Errorf("container %s: config-file-type %s is not available on Fargate", *c.Name, options["config-file-type"])
			}
		}
		log := c.LogConfiguration
		if log == nil {
			t.Errorf("container %s: its log goes nowhere", *c.Name)
			continue
		}
		if log.LogDriver == "awsfirelens" {
			routed++
			// The agent refuses options without the output's name.
			if len(log.Options) > 0 && log.Options["Name"] == "" {
				t.Errorf("container %s: options of an output without its Name", *c.Name)
			}
		}
	}
	if routed > 0 && routers != 1 {
		t.Errorf("%d containers log by FireLens and there are %d log routers", routed, routers)
	}
	for _, compatible := range input.RequiresCompatibilities {
		if compatible == "FARGATE" && (input.NetworkMode != "awsvpc" || input.Cpu == nil || input.Memory == nil || input.ExecutionRoleArn == nil) {
			t.Error("Fargate wants awsvpc, cpu, memory and, for its logs and images, an execution role")
		}
	}
}
