package extract

import "github.com/authlens/authlens/engine/lazy"

// regionName is the name of an AWS region, of any partition.
var regionName = lazy.Compile(`\b((?:af|ap|ca|cn|eu|il|me|mx|sa|us)(?:-gov|-iso[a-z]?)?-(?:central|(?:north|south)(?:east|west)?|east|west)-\d)\b`)

// region returns the region of the resource, else the first that the text
// names: in an ARN, an endpoint, a credential scope.
func region(text []byte, resource string) string {
	if r := regionName().FindString(resource); r != "" {
		return r
	}
	return first(regionName, text)
}
