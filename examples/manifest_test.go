package examples

import (
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// A kubernetesObject is what the manifest uses of Kubernetes' API, strictly: a
// field that is not here is a mistake.
type kubernetesObject struct {
	APIVersion string `yaml:"apiVersion"`
	Kind       string
	Metadata   metadata
	Data       map[string]string
	Rules      []struct {
		APIGroups []string `yaml:"apiGroups"`
		Resources []string
		Verbs     []string
	}
	RoleRef struct {
		APIGroup   string `yaml:"apiGroup"`
		Kind, Name string
	} `yaml:"roleRef"`
	Subjects []struct{ Kind, Name, Namespace string }
	Spec     struct {
		Selector struct {
			MatchLabels map[string]string `yaml:"matchLabels"`
		}
		Template struct {
			Metadata metadata
			Spec     podSpec
		}
	}
}

type metadata struct {
	Name, Namespace string
	Labels          map[string]string
}

type podSpec struct {
	ServiceAccountName string `yaml:"serviceAccountName"`
	Tolerations        []struct{ Operator string }
	Containers         []struct {
		Name, Image     string
		SecurityContext struct {
			RunAsUser                int  `yaml:"runAsUser"`
			RunAsGroup               int  `yaml:"runAsGroup"`
			AllowPrivilegeEscalation bool `yaml:"allowPrivilegeEscalation"`
			Capabilities             struct{ Drop, Add []string }
		} `yaml:"securityContext"`
		Env []struct {
			Name      string
			ValueFrom struct {
				FieldRef struct {
					FieldPath string `yaml:"fieldPath"`
				} `yaml:"fieldRef"`
			} `yaml:"valueFrom"`
		}
		Resources    struct{ Requests, Limits map[string]string }
		VolumeMounts []struct {
			Name      string
			MountPath string `yaml:"mountPath"`
			SubPath   string `yaml:"subPath"`
			ReadOnly  bool   `yaml:"readOnly"`
		} `yaml:"volumeMounts"`
	}
	Volumes []volume
}

type volume struct {
	Name      string
	ConfigMap struct{ Name string }       `yaml:"configMap"`
	HostPath  struct{ Path, Type string } `yaml:"hostPath"`
}

// contents is what other tests want of the manifest.
type contents struct {
	objects   []kubernetesObject
	configMap map[string]string
}

func manifest(t *testing.T) contents {
	t.Helper()
	var c contents
	d := yaml.NewDecoder(strings.NewReader(read(t, "eks/authlens.yaml")), yaml.Strict())
	for {
		var o kubernetesObject
		if err := d.Decode(&o); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("eks/authlens.yaml: %v", err)
		}
		c.objects = append(c.objects, o)
		if o.Kind == "ConfigMap" {
			c.configMap = o.Data
		}
	}
	return c
}

func TestManifest(t *testing.T) {
	c := manifest(t)
	var kinds []string
	for _, o := range c.objects {
		kinds = append(kinds, o.Kind)
		if o.APIVersion == "" || o.Metadata.Name == "" {
			t.Errorf("a %s without apiVersion or name", o.Kind)
		}
		if o.Kind != "DaemonSet" {
			continue
		}
		for k, v := range o.Spec.Selector.MatchLabels {
			if o.Spec.Template.Metadata.Labels[k] != v {
				t.Errorf("the DaemonSet selects %s=%s, which its pods do not have", k, v)
			}
		}
		pod := o.Spec.Template.Spec
		for _, container := range pod.Containers {
			for _, m := range container.VolumeMounts {
				if !slices.ContainsFunc(pod.Volumes, func(v volume) bool { return v.Name == m.Name }) {
					t.Errorf("no volume %s for %s", m.Name, m.MountPath)
				}
				if m.SubPath != "" && c.configMap[m.SubPath] == "" {
					t.Errorf("the ConfigMap has no %s", m.SubPath)
				}
			}
		}
	}
	want := []string{"Namespace", "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "ConfigMap", "DaemonSet"}
	if !slices.Equal(kinds, want) {
		t.Errorf("got %v, want %v", kinds, want)
	}
}

// compose.yaml, as far as it uses Compose.
func TestCompose(t *testing.T) {
	var file struct {
		Services map[string]struct {
			Image     string
			Volumes   []string
			Ports     []string
			DependsOn []string `yaml:"depends_on"`
			Command   []string
			Logging   struct {
				Driver  string
				Options map[string]string
			}
		}
	}
	if err := yaml.UnmarshalWithOptions([]byte(read(t, "local/compose.yaml")), &file, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	router, app := file.Services["log-router"], file.Services["app"]
	if len(router.Volumes) != 1 || !strings.HasPrefix(router.Volumes[0], "./compose.conf:") {
		t.Errorf("the log router's configuration is not compose.conf: %v", router.Volumes)
	}
	if app.Logging.Driver != "fluentd" || len(router.Ports) != 1 ||
		!strings.HasPrefix(router.Ports[0], app.Logging.Options["fluentd-address"]+":") {
		t.Errorf("the application logs to %v, the log router listens on %v", app.Logging.Options, router.Ports)
	}
	if !strings.HasPrefix(app.Logging.Options["tag"], "app-firelens-") {
		t.Errorf("tag %q is not one that compose.conf matches", app.Logging.Options["tag"])
	}
}
