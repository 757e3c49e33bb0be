package extract

import "bytes"

// Holder returns the name of the thing that holds a resource: the bucket of an
// object, the table of an index, the log group of a stream. Failures on one
// holder are one group, however many objects they name. What is no ARN or URL
// is its own holder. Of a thing that was to be made, an ID in the name is left out: each try
// has another one. The result aliases resource.
func Holder(action, resource []byte) []byte {
	if a, ok := parseARN(resource); ok && makes(action, a) {
		return untilID(a.holder())
	}
	return holderOf(resource)
}

// makes tells whether it is the resource itself that an action or operation makes: CreateQueue a queue,
// CreateTable a table; not CreateGrant a key.
func makes(action []byte, a arn) bool {
	name := afterFirst(action, ':')
	if len(name) <= len("create") || !bytes.EqualFold(name[:len("create")], []byte("create")) {
		return false
	}
	thing := name[len("create"):]
	switch string(a.service) {
	case "sqs":
		return bytes.EqualFold(thing, []byte("queue"))
	case "sns":
		return bytes.EqualFold(thing, []byte("topic"))
	}
	return equalFoldDashless(until(a.resource, "/:"), thing)
}

// equalFoldDashless tells whether kind is thing but for case and dashes: log-group, LogGroup.
func equalFoldDashless(kind, thing []byte) bool {
	for _, c := range kind {
		if c == '-' {
			continue
		}
		if len(thing) == 0 || c|0x20 != thing[0]|0x20 {
			return false
		}
		thing = thing[1:]
	}
	return len(thing) == 0
}

// untilID returns a name up to what looks like an ID in it: four digits in a row, or eight
// hexadecimal ones of which one is a digit.
func untilID(name []byte) []byte {
	for start := range name {
		if beginsID(name[start:]) {
			return name[:start]
		}
	}
	return name
}

func beginsID(b []byte) bool {
	digits, hex := 0, 0
	for _, c := range b[:min(len(b), 8)] {
		if !isHex(c) {
			break
		}
		if c <= '9' {
			digits++
		}
		if hex++; digits == hex && digits == 4 {
			return true
		}
	}
	return hex == 8 && digits > 0
}

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }

func holderOf(resource []byte) []byte {
	if a, ok := parseARN(resource); ok {
		return a.holder()
	}
	if bucket := googleBucket(resource); bucket != nil {
		return bucket
	}
	if rest := afterS3Scheme(resource); rest != nil {
		return until(rest, "/")
	}
	if host, path := splitURL(resource); host != nil {
		return urlHolder(host, path)
	}
	return resource
}

// holder names what holds the resource of an ARN. The services differ only in
// which segments of the resource are the holder's name.
func (a arn) holder() []byte {
	r := a.resource
	switch string(a.service) {
	case "s3", "s3express":
		if rest := afterType(r, "accesspoint/"); rest != nil {
			return until(rest, "/")
		}
		return until(r, "/")
	case "sqs", "sns":
		return until(r, ":")
	case "secretsmanager":
		return SecretName(until(afterFirst(r, ':'), ":"))
	case "ssm":
		return parameterPath(r)
	case "kms":
		if hasPrefix(r, "alias/") {
			return r
		}
		return afterFirst(r, '/')
	case "logs":
		return until(afterFirst(r, ':'), ":")
	case "ecr", "ecr-public":
		return afterFirst(r, '/')
	case "iam", "sts":
		return arn{resource: r}.name()
	case "ec2":
		return until(r, "/")
	case "ecs":
		if rest := ofCluster(r); rest != nil {
			return until(rest, "/")
		}
		return until(afterFirst(r, '/'), ":")
	case "batch":
		if hasPrefix(r, "job/") {
			return until(r, "/") // whose names are IDs
		}
	case "sagemaker":
		if at := index(r, "-job/"); at > 0 {
			return untilID(r[at+len("-job/"):])
		}
	case "execute-api":
		return until(r, "/")
	case "elasticloadbalancing":
		return LoadBalancerName(afterFirst(r, '/'))
	}
	r = bytes.TrimPrefix(r, []byte("/")) // /applications/ID/jobruns/ID
	return until(afterFirst(r, firstOf(r, '/', ':')), "/:")
}

// ofCluster returns what follows the type in the resource of a task or container instance, which come
// and go in their cluster: CLUSTER/ID; nil for another.
func ofCluster(resource []byte) []byte {
	for _, kind := range [...]string{"task/", "container-instance/"} {
		if rest := afterType(resource, kind); rest != nil && bytes.IndexByte(rest, '/') > 0 {
			return rest
		}
	}
	return nil
}

// LoadBalancerName returns the name in what follows the type in an ARN of Elastic Load Balancing:
// orders of app/orders/50dc6c495c0c9188, the load balancer's name of its listeners and rules too.
func LoadBalancerName[T string | []byte](path T) T {
	for _, kind := range [...]string{"app/", "net/", "gwy/"} {
		if len(path) > len(kind) && string(path[:len(kind)]) == kind {
			path = path[len(kind):]
			break
		}
	}
	for i := range len(path) {
		if path[i] == '/' || path[i] == ':' {
			return path[:i]
		}
	}
	return path
}

// SecretName returns a secret's name without the random ending of its ARN: a dash and six
// letters and digits. A name may end in a dash and six letters of its own ("db-master"): what
// is all in lower case is taken for a name, for 99 of 100 random endings are not.
func SecretName[T string | []byte](name T) T {
	dash := len(name) - len("-abcdef")
	if dash < 1 || name[dash] != '-' {
		return name
	}
	random := false
	for i := dash + 1; i < len(name); i++ {
		if !isAlnum(name[i]) {
			return name
		}
		random = random || name[i] < 'a'
	}
	if !random {
		return name
	}
	return name[:dash]
}

// parameterPath returns the path that a parameter stands in, as a policy would
// name it: "billing" of parameter/billing/stripe. A parameter at the top is its
// own path.
func parameterPath(b []byte) []byte {
	name := afterFirst(b, '/')
	if slash := bytes.LastIndexByte(name, '/'); slash > 0 {
		return name[:slash]
	}
	return name
}

// urlHolder names the queue or bucket of an AWS URL, else the host.
func urlHolder(host, path []byte) []byte {
	switch {
	case len(path) == 0:
		return host
	case hasPrefix(host, "sqs."):
		return lastSegment(path)
	case hasPrefix(host, "s3."), hasPrefix(host, "s3-"):
		return until(path, "/")
	}
	if at := index(host, ".s3"); at > 0 && contains(host[at:], ".amazonaws.com") {
		return host[:at]
	}
	return host
}

// googleBucket returns the bucket of Google Cloud Storage that a resource is or stands in, or nil:
// //storage.googleapis.com/projects/_/buckets/reports/objects/2026/a.csv.
func googleBucket(b []byte) []byte {
	rest := bytes.TrimPrefix(b, []byte("//storage.googleapis.com/"))
	if !hasPrefix(rest, "projects/") {
		return nil
	}
	at := index(rest, "/buckets/")
	if at < 0 {
		return nil
	}
	return until(rest[at+len("/buckets/"):], "/")
}

// afterS3Scheme returns what follows s3://, s3a:// or s3n://, or nil.
func afterS3Scheme(b []byte) []byte {
	for _, scheme := range [...]string{"s3://", "s3a://", "s3n://"} {
		if rest := afterType(b, scheme); rest != nil {
			return rest
		}
	}
	return nil
}

// splitURL takes scheme://host:port/path apart; host is nil when b is no URL.
func splitURL(b []byte) (host, path []byte) {
	at := index(b, "://")
	if at <= 0 {
		return nil, nil
	}
	host, path, _ = bytes.Cut(b[at+3:], []byte("/"))
	if user := bytes.LastIndexByte(host, '@'); user >= 0 {
		host = host[user+1:]
	}
	return until(host, ":?"), path
}

// afterType returns what follows prefix in b, or nil.
func afterType(b []byte, prefix string) []byte {
	if rest, ok := bytes.CutPrefix(b, []byte(prefix)); ok && len(rest) > 0 {
		return rest
	}
	return nil
}

// afterFirst returns what follows the first sep in b, or all of b.
func afterFirst(b []byte, sep byte) []byte { return b[bytes.IndexByte(b, sep)+1:] }

// firstOf returns whichever of two bytes comes first in b.
func firstOf(b []byte, x, y byte) byte {
	for _, c := range b {
		if c == x || c == y {
			return c
		}
	}
	return x
}
