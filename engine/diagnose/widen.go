package diagnose

import (
	"strings"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
)

// widen returns what a policy should name for a resource, and the sentence that
// says what was chosen. A refusal names one object, one log stream, one
// execution; a policy that allowed only that would fail on the next.
func widen(action string, a arn) ([]string, string) {
	switch a.service {
	case "s3":
		return widenS3(action, a)
	case "logs":
		return widenLogs(a)
	case "ecs":
		return widenECS(action, a)
	case "execute-api":
		return widenAPI(a)
	case "iot":
		return widenTopic(a)
	case "ssm":
		if action == "GetParametersByPath" {
			path := strings.TrimRight(a.resource, "/")
			return []string{a.with(path), a.with(path + "/*")}, "Reading by path needs the path itself and everything below it."
		}
	}
	if made := madeName(action, a); made != "" {
		return []string{a.with(made + "*")}, "Widened from the one name to all that begin so: the program makes up a new one for each."
	}
	resource, note := widerThan(a)
	if note == "" && strings.HasSuffix(resource, "/") {
		resource += "*"
	}
	return []string{a.with(resource)}, note
}

// madeName is the resource of a thing that was to be made, up to the ID in its name; "" where it has none.
func madeName(action string, a arn) string {
	name := a.lastPart()
	whole := extract.Holder(nil, []byte(a.String()))
	made := extract.Holder([]byte(action), []byte(a.String()))
	if len(made) == 0 || len(made) == len(whole) || !strings.HasPrefix(name, string(made)) {
		return ""
	}
	return strings.TrimSuffix(a.resource, name) + string(made)
}

// widerThan is widen for services of which one resource is enough.
func widerThan(a arn) (resource, note string) {
	switch a.service {
	case "secretsmanager":
		if name, ok := strings.CutPrefix(a.resource, "secret:"); ok && extract.SecretName(name) == name {
			return a.resource + "-??????", "The six question marks stand for the random characters that Secrets Manager puts at the end of a secret's ARN."
		}
	case "kms":
		if strings.HasPrefix(a.resource, "alias/") {
			return "key/KEY_ID", "A policy must name the key, not its alias: put in the ID of the key behind " + a.resource + "."
		}
	case "dynamodb":
		if table, rest, ok := strings.Cut(strings.TrimPrefix(a.resource, "table/"), "/"); ok && strings.HasPrefix(rest, "stream/") {
			return "table/" + table + "/stream/*", "Widened from one stream to all of the table's: a table gets a new one when its stream is switched on again."
		}
	case "cloudformation":
		if p := strings.Split(a.resource, "/"); len(p) == 3 && p[0] == "stack" && idForm().MatchString(p[2]) {
			return "stack/" + p[1] + "/*", "Widened from the ID at the end, which is another one when a stack of this name is made anew."
		}
	case "emr-serverless":
		if application, _, ok := strings.Cut(a.resource, "/jobruns/"); ok {
			return application + "/jobruns/*", "Widened from one job run to all of the application."
		}
	case "sagemaker":
		kind, name, _ := strings.Cut(a.resource, "/")
		if stem := string(extract.Holder(nil, []byte(a.String()))); strings.HasSuffix(kind, "-job") && stem != name {
			return kind + "/" + stem + "*", "Widened from one job to all whose names begin so."
		}
	case "batch":
		if strings.HasPrefix(a.resource, "job/") {
			return "job/*", "Widened from one job to all."
		}
		if family, _, ok := strings.Cut(strings.TrimPrefix(a.resource, "job-definition/"), ":"); ok && strings.HasPrefix(a.resource, "job-definition/") {
			return "job-definition/" + family + ":*", "Widened from one revision to all of this job definition."
		}
	case "states":
		if rest, ok := strings.CutPrefix(a.resource, "execution:"); ok {
			return "execution:" + upTo(rest, ":") + ":*", "Widened from one execution to all of this state machine."
		}
	case "ec2":
		if strings.HasPrefix(a.resource, "network-interface/eni-") {
			return "network-interface/*", "Widened from one network interface to all: they come and go with their instances."
		}
		switch kind, _, _ := strings.Cut(a.resource, "/"); kind {
		case "instance", "volume", "snapshot":
			if a.lastPart() != "*" {
				return a.resource, "Names this " + kind + " only; where " + kind + "s come and go, use " + kind + "/* with a condition on a tag (aws:ResourceTag)."
			}
		}
	case "es":
		domain := upTo(strings.TrimPrefix(a.resource, "domain/"), "/")
		return "domain/" + domain + "/*", "Widened to every path of the domain; narrow it to an index (domain/" + domain + "/INDEX/*) where the program uses one only."
	case "bedrock":
		if strings.HasPrefix(a.resource, "inference-profile/") {
			return a.resource, "A call through an inference profile also needs the same action on the foundation model in every Region that the profile routes to."
		}
		if strings.HasPrefix(a.resource, "foundation-model/") {
			return a.resource, "Where the program calls the model through an inference profile, that profile and the model in every Region that it routes to need the same action: the next refusal may name another of them."
		}
	case "elasticloadbalancing":
		if at := strings.LastIndexByte(a.resource, '/'); strings.HasPrefix(a.resource, "targetgroup/") && strings.Count(a.resource, "/") == 2 {
			return a.resource[:at] + "/*", "Widened from the ID at the end, which is another one when a target group of this name is made anew."
		}
	case "glue":
		return a.resource, "Glue checks the catalog, the database and the table of a call one by one: the next refusal may name another of them."
	}
	return a.resource, ""
}

// widenS3 names the bucket for the calls that act on a bucket, and for those
// that act on an object the part of the key that does not look made up per
// object.
func widenS3(action string, a arn) ([]string, string) {
	container, key, inner := bucketOf(a), "", "/"
	if rest, ok := strings.CutPrefix(a.resource, "accesspoint/"); ok {
		name, object, _ := strings.Cut(rest, "/")
		container, key, inner = "accesspoint/"+name, strings.TrimPrefix(object, "object/"), "/object/"
	} else {
		_, key, _ = strings.Cut(a.resource, "/")
	}
	a.resource = container
	if !onObject(action) {
		return []string{a.String()}, ""
	}
	prefix := stablePrefix(key)
	a.resource += inner + prefix + "*"
	switch {
	case key == "" || key == "*":
		return []string{a.String()}, "Covers every object of the bucket; name a prefix if the program uses one only."
	case prefix == "":
		return []string{a.String()}, "Widened from one object (" + key + ") to every object of the bucket; name a prefix if the program uses one only."
	}
	return []string{a.String()}, "Widened from one object (" + key + ") to every object under " + prefix + "; use " + container + inner + "* if the program needs the whole bucket."
}

// onObject reports whether an S3 action acts on objects rather than on the
// bucket.
func onObject(action string) bool {
	switch action {
	case "AbortMultipartUpload", "ListMultipartUploadParts", "ReplicateDelete", "ReplicateTags", "BypassGovernanceRetention":
		return true
	}
	return strings.Contains(action, "Object") && !strings.Contains(action, "Bucket")
}

// stablePrefix returns the leading folders of an object key up to the first one
// that looks like a date or an id; "" when none is left.
func stablePrefix(key string) string {
	folders := strings.Split(key, "/")
	folders = folders[:len(folders)-1]
	for i, name := range folders {
		if madeUp().MatchString(name) || masked(name) || !iamPath().MatchString(name) {
			folders = folders[:i]
			break
		}
	}
	if len(folders) == 0 {
		return ""
	}
	return strings.Join(folders, "/") + "/"
}

// madeUp is a folder name that stands for one day, customer or object: a number,
// a date, a key=value partition, or a name with a long id in it.
var madeUp = lazy.Compile(`^[0-9]+$|[0-9]{4,}|=|^(?i:[0-9a-f]{8,})$|(?i:[0-9a-f]{8}-[0-9a-f]{4})|[*?]`)

// widenTopic puts "*" in the place of what looks like the ID of a device in a topic of MQTT.
func widenTopic(a arn) ([]string, string) {
	levels := strings.Split(a.resource, "/")
	for i, level := range levels[1:] {
		if madeUp().MatchString(level) && iamPath().MatchString(level) {
			levels[i+1] = "*"
		}
	}
	wide := strings.Join(levels, "/")
	if wide == a.resource {
		return []string{a.String()}, ""
	}
	return []string{a.with(wide)}, "Widened from one topic to those of all devices."
}

// widenLogs names a log group and all its streams.
func widenLogs(a arn) ([]string, string) {
	rest, ok := strings.CutPrefix(a.resource, "log-group:")
	if !ok {
		return []string{a.String()}, ""
	}
	group, _, _ := strings.Cut(rest, ":")
	if group == "" || group == "*" {
		return nil, "" // The text does not show which group.
	}
	a.resource = "log-group:" + group + ":*"
	return []string{a.String()}, "The trailing :* covers the streams of the log group."
}

func widenECS(action string, a arn) ([]string, string) {
	kind, rest, _ := strings.Cut(a.resource, "/")
	switch kind {
	case "task", "container-instance":
		if cluster, _, ok := strings.Cut(rest, "/"); ok {
			a.resource = kind + "/" + cluster + "/*"
			tasks := a.String()
			if action == "ExecuteCommand" {
				a.resource = "cluster/" + cluster
				return []string{tasks, a.String()}, "Widened from one task to all of the cluster, and the cluster itself, on which the action is checked too. It opens a shell: the condition ecs:container-name narrows it to one container."
			}
			return []string{tasks}, "Widened from one " + strings.ReplaceAll(kind, "-", " ") + " to all of the cluster."
		}
	case "task-definition":
		if family, _, ok := strings.Cut(rest, ":"); ok {
			a.resource = kind + "/" + family + ":*"
			return []string{a.String()}, "Widened from one revision to all of this task definition."
		}
	}
	return []string{a.String()}, ""
}

// widenAPI keeps the API, stage and method of an execute-api ARN, and widens
// its path.
func widenAPI(a arn) ([]string, string) {
	p := strings.SplitN(a.resource, "/", 4)
	if len(p) < 4 {
		return []string{a.String()}, ""
	}
	path := stablePrefix(p[3] + "/")
	a.resource = strings.Join(p[:3], "/") + "/" + strings.TrimSuffix(path, "/")
	if path != p[3]+"/" {
		a.resource = strings.TrimSuffix(a.resource, "/") + "/*"
		return []string{a.String()}, "Widened from one path (" + p[3] + ") to all like it."
	}
	return []string{a.String()}, ""
}
