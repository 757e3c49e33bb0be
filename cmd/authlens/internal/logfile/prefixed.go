package logfile

import (
	"regexp"
	"time"
)

// prefixed is the output of several containers, each line after the name of its
// container: what `docker compose logs` and `kubectl logs --prefix` print.
//
//	orders-1  | text
//	[pod/orders-5d9c7b6f4-x2x4z/app] text
var prefixed = format{
	name: "lines of several containers",
	sniff: func(head []byte) bool {
		numbered, named, others := false, 0, 0
		firstLines(head, func(line []byte) bool {
			if name, _, ok := nameBefore(line); ok {
				named++
				numbered = numbered || name.numbered
			} else {
				others++
			}
			return true
		})
		return numbered && named > others
	},
	line: func(line []byte, modified time.Time, r *Record) bool {
		name, rest, ok := nameBefore(line)
		if !ok {
			return false
		}
		r.Time, _ = timeIn(rest, modified)
		r.Stream, r.Tag = name.whole, name.service
		r.Fields = text(rest)
		r.Fields["container_id"], r.Fields["container_name"] = name.whole, name.service
		if name.task != "" {
			r.Fields["ecs_task_arn"] = name.task
		}
		return true
	},
}

// A container is the name that stands before a line.
type container struct {
	whole    string
	service  string // without what tells one container of a service from the next
	task     string // what stands for a task: a pod
	numbered bool   // so that whole cannot be a word of the text
}

var (
	// composeName is <service>-<number>, with _ in old versions, or a name of one's own.
	composeName = regexp.MustCompile(`^([a-zA-Z0-9][a-zA-Z0-9_.-]*?)([-_]\d+)? *\| ?`)
	kubectlName = regexp.MustCompile(`^\[pod/([a-z0-9.-]+)/([a-z0-9-]+)\] `)
)

// nameBefore returns the name before a line, and what follows it.
func nameBefore(line []byte) (name container, rest []byte, ok bool) {
	if m := kubectlName.FindSubmatch(line); m != nil {
		return container{whole: string(m[1]) + "/" + string(m[2]), service: string(m[2]), task: string(m[1]), numbered: true}, line[len(m[0]):], true
	}
	if m := composeName.FindSubmatch(line); m != nil {
		return container{whole: string(m[1]) + string(m[2]), service: string(m[1]), numbered: m[2] != nil}, line[len(m[0]):], true
	}
	return container{}, nil, false
}
