package diagnose

import (
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// Marks that stand for what a text does not say, or says masked. They are
// written so that nobody takes them for a value.
const (
	markAccount = "ACCOUNT_ID"
	markRegion  = "REGION"
)

// An arn is the six parts of an Amazon Resource Name, as printed.
type arn struct {
	partition, service, region, account, resource string
}

// parseARN reads an ARN. Texts that lost the leading "arn:" to masking are
// read too, as long as a partition follows.
func parseARN(s string) (arn, bool) {
	s = strings.Trim(s, `"' `)
	if strings.HasPrefix(s, "aws") {
		s = "arn:" + s
	}
	p := strings.SplitN(s, ":", 6)
	if len(p) < 6 || p[0] != "arn" || p[5] == "" {
		return arn{}, false
	}
	a := arn{p[1], strings.ToLower(p[2]), p[3], p[4], p[5]}
	return a, partitionForm().MatchString(a.partition) && serviceForm().MatchString(a.service)
}

var (
	partitionForm = lazy.Compile(`^aws(-[a-z]+)*$`)
	serviceForm   = lazy.Compile(`^[a-z0-9-]+$`)
)

func (a arn) String() string {
	return "arn:" + a.partition + ":" + a.service + ":" + a.region + ":" + a.account + ":" + a.resource
}

// nestedARN is the ARN that a resource's ARN has in the place of a name: the program
// gave a whole ARN where the service asks for the name alone.
func nestedARN(resource string) string { return captured(nestedARNForm, resource) }

var nestedARNForm = lazy.Compile(`^arn:.*[:/](arn:aws[a-z-]*:[a-z0-9-]+:[^"'\s]*)`)

// layerARN parts the ARN of a layer of Lambda's from its version.
func layerARN(a arn) (layer, version string) {
	name, isLayer := strings.CutPrefix(a.resource, "layer:")
	name, version, versioned := strings.Cut(name, ":")
	if a.service != "lambda" || !isLayer || !versioned {
		return "", ""
	}
	a.resource = "layer:" + name
	return a.String(), version
}

// secret is the ARN of a secret without what ECS puts behind it: which key, stage and version
// of it a container is given. Any other ARN is a itself.
func (a arn) secret() arn {
	if rest, ok := strings.CutPrefix(a.resource, "secret:"); ok && a.service == "secretsmanager" {
		a.resource = "secret:" + upTo(rest, ":")
	}
	return a
}

// with is the ARN of another resource of the same service, account and Region.
func (a arn) with(resource string) string {
	a.resource = resource
	return a.String()
}

// lastPart is what follows the last slash or colon: a name or an id.
func (a arn) lastPart() string {
	return a.resource[strings.LastIndexAny(a.resource, "/:")+1:]
}

var accountForm = lazy.Compile(`^[0-9]{12}$`)

// account returns s when it is an account number, else the mark for one.
func account(s string) string {
	if accountForm().MatchString(s) {
		return s
	}
	return markAccount
}

var regionForm = lazy.Compile(`^[a-z]{2,4}(-[a-z]+)+-[0-9]$`)

// region returns the first of its arguments that is a region's name, else the
// mark for one.
func region(among ...string) string {
	for _, s := range among {
		if regionForm().MatchString(s) {
			return s
		}
	}
	return markRegion
}

// maskForm is how people and tools blank out a part of a name: ***, XXXX, <name>.
var maskForm = lazy.Compile(`\*{2,}|[xX]{4,}|[<>\[\]{}#]|(?i:redacted)`)

// masked reports whether a name was blanked out, wholly or in part.
func masked(s string) bool { return maskForm().MatchString(s) }

// partitionOf tells the partition of a region.
func partitionOf(region string) string {
	for _, p := range [...]struct{ prefix, partition string }{
		{"cn-", "aws-cn"},
		{"us-gov-", "aws-us-gov"},
		{"us-isob-", "aws-iso-b"},
		{"us-isof-", "aws-iso-f"},
		{"eu-isoe-", "aws-iso-e"},
		{"us-iso-", "aws-iso"},
		{"eusc-", "aws-eusc"},
	} {
		if strings.HasPrefix(region, p.prefix) {
			return p.partition
		}
	}
	return "aws"
}
