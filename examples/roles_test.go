package examples

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ecs"

	"github.com/authlens/authlens/conf/conftest"
)

// A recipe is what the commands of an example's README make in an account.
type recipe struct {
	repositories, groups, roles []string
	pull                        map[string]string // execution role → its policy's file
}

// recipeOf reads the README of an example's folder. What is not made there is that
// of the example fargate, which the others build on.
func recipeOf(t *testing.T, folder string) recipe {
	t.Helper()
	r := recipe{pull: map[string]string{}}
	for _, folder := range []string{folder, "fargate"} {
		text := strings.ReplaceAll(read(t, filepath.Join(folder, "README.md")), "\\\n", " ")
		made := func(command string) (names []string) {
			for _, m := range regexp.MustCompile(`(?m)^aws `+command+` (\S+)`).FindAllStringSubmatch(text, -1) {
				names = append(names, m[1])
			}
			return names
		}
		r.repositories = append(r.repositories, made("ecr create-repository --repository-name")...)
		r.groups = append(r.groups, made("logs create-log-group --log-group-name")...)
		r.roles = append(r.roles, made("iam create-role --role-name")...)
		for _, m := range regexp.MustCompile(`--role-name (\S+) --policy-name pull --policy-document file://(\S+)`).FindAllStringSubmatch(text, -1) {
			if r.pull[m[1]] == "" {
				r.pull[m[1]] = filepath.Join(folder, m[2])
			}
		}
	}
	return r
}

// A task can start: its execution role may pull its images and write its log
// router's log, and may nothing else; and the README makes the roles, the log groups
// and the repositories. That of the application is the reader's own.
func TestTasksCanStart(t *testing.T) {
	const registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/"
	needed := map[string][]string{} // resources, by policy file
	for _, name := range all(t, ".json") {
		if !strings.Contains(name, "task-definition") {
			continue
		}
		var task ecs.RegisterTaskDefinitionInput
		if err := json.Unmarshal([]byte(read(t, name)), &task); err != nil {
			t.Fatal(err)
		}
		folder, _, _ := strings.Cut(name, "/")
		r := recipeOf(t, folder)
		made := func(what, thing string, have []string) {
			t.Helper()
			if !slices.Contains(have, thing) {
				t.Errorf("%s: no README makes the %s %s", name, what, thing)
			}
		}
		execution := filepath.Base(*task.ExecutionRoleArn)
		made("role", execution, r.roles)
		made("role", filepath.Base(*task.TaskRoleArn), r.roles)
		file := r.pull[execution]
		for _, c := range task.ContainerDefinitions {
			repository, _, _ := strings.Cut(strings.TrimPrefix(*c.Image, registry), ":")
			needed[file] = append(needed[file], "arn:aws:ecr:eu-west-1:123456789012:repository/"+repository)
			if repository != "orders" {
				made("repository", repository, r.repositories)
			}
			if group := c.LogConfiguration.Options["awslogs-group"]; group != "" {
				needed[file] = append(needed[file], "arn:aws:logs:eu-west-1:123456789012:log-group:"+group+":*")
				made("log group", group, r.groups)
			}
			if group := c.LogConfiguration.Options["log_group_name"]; group != "" {
				made("log group", group, r.groups)
			}
		}
	}
	for file, resources := range needed {
		var p policy
		if err := json.Unmarshal([]byte(read(t, file)), &p); err != nil {
			t.Fatal(err)
		}
		for _, s := range p.Statement {
			for _, allowed := range s.Resource {
				if allowed != "*" && !slices.Contains(resources, allowed) {
					t.Errorf("%s allows %s, which no task needs", file, allowed)
				}
				resources = slices.DeleteFunc(resources, func(r string) bool { return r == allowed })
			}
		}
		for _, missing := range resources {
			t.Errorf("%s does not allow %s", file, missing)
		}
	}
}

// The log group that a configuration writes to is made by its README.
func TestLogGroups(t *testing.T) {
	for name, text := range configurations(t) {
		folder, _, _ := strings.Cut(name, "/")
		for _, s := range conftest.Sections(t, name, text) {
			if group := s.Options["log_group_name"]; group != "" && !slices.Contains(recipeOf(t, folder).groups, group) {
				t.Errorf("%s: no README makes the log group %s", name, group)
			}
		}
	}
}
