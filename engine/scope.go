package engine

import (
	"bytes"
	"unsafe"
)

// Keys that FireLens adds to a record. Their values say where the record comes
// from and are never searched.
// Sources: moby daemon/logger/fluentd, amazon-ecs-agent's record_modifier.
const (
	keyCluster       = "ecs_cluster"
	keyTaskARN       = "ecs_task_arn"
	keyTaskDef       = "ecs_task_definition"
	keyInstanceID    = "ec2_instance_id"
	keyContainerID   = "container_id"
	keyContainerName = "container_name"
	keySource        = "source"
	keyPartial       = "partial_message"
	keyPartialID     = "partial_id"
	keyPartialNumber = "partial_ordinal"
	keyPartialLast   = "partial_last"
)

// firelens stands in a FireLens tag between the container's name and the task's
// ID: <container>-firelens-<task id>.
const firelens = "-firelens-"

// A Scope names where failures happen when the records themselves do not say.
type Scope struct {
	Cluster   string
	Family    string // task definition family
	Container string
	Task      string // task ID
}

// An origin is where one record comes from. Its names are borrowed from the
// record, the tag, or the defaults.
type origin struct {
	cluster, family, taskDef, container, task, tag []byte
}

// originOf reads the origin out of a record's FireLens fields and its tag.
func originOf(r *fields, tag string, def *Scope) origin {
	o := origin{
		cluster: orElse(lastSegment(r.cluster), def.Cluster),
		taskDef: r.taskDef,
		tag:     viewString(tag),
	}
	family := r.taskDef
	if i := bytes.LastIndexByte(r.taskDef, ':'); i >= 0 {
		family = r.taskDef[:i]
	}
	o.family = orElse(lastSegment(family), def.Family)

	var tagContainer, tagTask []byte
	if i := bytes.LastIndex(o.tag, viewString(firelens)); i >= 0 {
		tagContainer, tagTask = lastName(o.tag[:i]), firstName(o.tag[i+len(firelens):])
	}
	switch {
	case len(tagContainer) > 0:
		o.container = tagContainer
	case len(r.containerName) > 0:
		o.container = shortName(r.containerName, o.family)
	default:
		o.container = orElse(viewString(def.Container), tag)
	}
	o.task = orElse(lastSegment(r.taskARN), def.Task)
	if len(o.task) == 0 {
		o.task = tagTask
	}
	return o
}

// A lastOrigin is the origin that was read last, and what it was read from. The next
// record mostly comes from there too.
type lastOrigin struct {
	cluster, taskARN, taskDef, containerName []byte
	origin                                   origin
	scope                                    uint64
	known                                    bool
}

// originOf returns the origin of the current record, and the hash of its scope.
func (sc *scan) originOf() (*origin, uint64) {
	r, last := &sc.fields, &sc.last
	if !last.known || !bytes.Equal(r.taskARN, last.taskARN) || !bytes.Equal(r.containerName, last.containerName) ||
		!bytes.Equal(r.taskDef, last.taskDef) || !bytes.Equal(r.cluster, last.cluster) {
		*last = lastOrigin{cluster: r.cluster, taskARN: r.taskARN, taskDef: r.taskDef, containerName: r.containerName, known: true}
		last.origin = originOf(r, sc.tag, &sc.opt.Defaults)
		last.scope = last.origin.hash()
	}
	return &last.origin, last.scope
}

// hash identifies the scope: the origin without what changes from task to task.
func (o *origin) hash() uint64 {
	h := hashBytes(hashStart, o.cluster)
	h = hashBytes(h, o.family)
	return hashBytes(h, o.container)
}

// shortName takes the container's name out of the name that the ECS agent gives
// the Docker container: /ecs-<family>-<revision>-<name>-<20 hex digits>. If the family
// is not known, it is all of that but the digits, which differ from task to task.
func shortName(long, family []byte) []byte {
	name := bytes.TrimPrefix(long, viewString("/"))
	rest, ok := bytes.CutPrefix(name, viewString("ecs-"))
	unique := bytes.LastIndexByte(rest, '-')
	if !ok || unique < 0 || len(rest)-unique-1 != agentDigits {
		return name
	}
	rest = rest[:unique]
	own, ok := bytes.CutPrefix(rest, family)
	if !ok || len(family) == 0 || len(own) == 0 || own[0] != '-' {
		return rest
	}
	revision, own, ok := bytes.Cut(own[1:], viewString("-"))
	if !ok || len(bytes.Trim(revision, "0123456789")) > 0 {
		return rest
	}
	return own
}

// agentDigits is how many digits the ECS agent ends a container's name with.
const agentDigits = 20

// lastName and firstName return the name, of a container or a task, that b ends or begins
// with: a filter may have put other words around it, such as errors.
func lastName(b []byte) []byte {
	from := len(b)
	for from > 0 && inName(b[from-1]) {
		from--
	}
	return b[from:]
}

func firstName(b []byte) []byte {
	n := 0
	for n < len(b) && inName(b[n]) {
		n++
	}
	return b[:n]
}

// inName reports whether ECS accepts c in a container's name.
func inName(c byte) bool {
	return c == '-' || c == '_' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}

// lastSegment returns what follows the last slash: the name in an ARN, or a
// plain name unchanged.
func lastSegment(b []byte) []byte {
	return b[bytes.LastIndexByte(b, '/')+1:]
}

func orElse(b []byte, def string) []byte {
	if len(b) > 0 {
		return b
	}
	return viewString(def)
}

// viewString returns the bytes of s without copying them. They must not be
// written to.
func viewString(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// An originText is an origin whose names are copied, each cut to nameMax bytes.
type originText struct {
	bytes [6 * nameMax]byte
	ends  [6]uint16
	scope uint64 // the origin's hash, of whole names
}

func (ot *originText) set(o *origin, scope uint64) {
	ot.scope = scope
	n := 0
	for i, name := range [6][]byte{o.cluster, o.family, o.taskDef, o.container, o.task, o.tag} {
		n += copy(ot.bytes[n:n+nameMax], name)
		ot.ends[i] = uint16(n)
	}
}

func (ot *originText) origin() origin {
	var names [6][]byte
	from := uint16(0)
	for i, end := range ot.ends {
		names[i] = ot.bytes[from:end]
		from = end
	}
	return origin{cluster: names[0], family: names[1], taskDef: names[2], container: names[3], task: names[4], tag: names[5]}
}
