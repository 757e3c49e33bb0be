package logfile

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/authlens/authlens/cmd/authlens/internal/input"
)

var (
	compressedName = regexp.MustCompile(`\.(gz|gzip|zst|zstd)$`)
	rotatedName    = regexp.MustCompile(`[.-](\d{1,4}|\d{8}(-?\d{2,6})?)$`)
	logName        = regexp.MustCompile(`\.(log|txt|out|err|jsonl?|ndjson|csv)$`)
	exportPart     = regexp.MustCompile(`^\d{6}$`)
	// podName is how the kubelet links a container's log:
	// <pod>_<namespace>_<container>-<container id>.
	podName    = regexp.MustCompile(`^[^_]+_[^_]+_(.+)-[0-9a-f]{64}$`)
	dockerName = regexp.MustCompile(`^([0-9a-f]{12})[0-9a-f]{52}-json$`)
)

// Unpacked returns the name of a file without what compression adds to it.
func Unpacked(path string) string { return compressedName.ReplaceAllString(path, "") }

// tagOf names where a file's records come from, by its name without what compression,
// rotation and form add to it. A part of a CloudWatch export is named after its log
// stream, which is its folder.
func tagOf(path string) string {
	if path == "-" {
		return "stdin"
	}
	name := stem(filepath.Base(path))
	switch {
	case exportPart.MatchString(name), strings.Trim(name, "0123456789") == "": // /var/log/pods/<namespace>_<pod>_<uid>/<container>/0.log
		if folder := filepath.Base(filepath.Dir(path)); folder != "." && folder != "/" {
			return folder
		}
	case podName.MatchString(name):
		return podName.FindStringSubmatch(name)[1]
	case dockerName.MatchString(name):
		return dockerName.FindStringSubmatch(name)[1]
	}
	return name
}

// stem returns a file's name without what compression, rotation and form add to it, in
// whatever order.
func stem(name string) string {
	for {
		short := name
		for _, part := range []*regexp.Regexp{compressedName, logName, rotatedName} {
			if s := part.ReplaceAllString(short, ""); s != "" && !exportPart.MatchString(short) {
				short = s
			}
		}
		if short == name {
			return name
		}
		name = short
	}
}

// awslogs is how the awslogs log driver names a stream,
// <prefix>/<container>/<task id>; an export to S3 has dashes for the slashes.
var awslogs = regexp.MustCompile(`^(?:.*/)?([^/]+)[/-]([0-9a-f]{32})$`)

// nameFromStream adds to a record what the name of its log stream says about the
// container, under the keys that ECS uses.
func nameFromStream(fields input.Record, stream string) {
	m := awslogs.FindStringSubmatch(stream)
	if m == nil || strings.HasSuffix(m[1], "-firelens") {
		return // a FireLens tag is understood as it is
	}
	for key, value := range map[string]string{"container_name": m[1], "ecs_task_arn": m[2]} {
		if _, known := fields[key]; !known {
			fields[key] = value
		}
	}
}

// text is the record of a line of plain text.
func text(line []byte) input.Record { return input.Record{"log": string(line)} }

// message is the record of a message in CloudWatch: either what Fluent Bit sent there,
// which is a record itself, or a program's own text.
func message(text []byte) input.Record {
	if !bytes.Contains(text, []byte(`"log"`)) {
		return input.Record{"log": string(text)} // Fast path: it cannot be one
	}
	if record, ok := input.ParseRecord(text); ok {
		if _, ok := record.Text(); ok {
			record.TakeTime()
			return record
		}
	}
	return input.Record{"log": string(text)}
}
