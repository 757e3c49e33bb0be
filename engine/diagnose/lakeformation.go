package diagnose

import (
	"cmp"
	"strings"
)

// lakeGrant is the command that grants what Lake Formation says is required; a part
// that the text does not show is left open in it.
func (r *reading) lakeGrant() string {
	permissions, resource := "…", "…"
	what, on, _ := strings.Cut(captured(lakePermissionForm, r.text), " on ")
	on = strings.TrimRight(on, ".")
	if what != "" {
		permissions = strings.ToUpper(strings.ReplaceAll(what, " ", "_"))
	}
	switch {
	case permissions == "CREATE_DATABASE":
		resource = `'{"Catalog": {}}'`
	case !pasteable().MatchString(on):
	case permissions == "CREATE_TABLE":
		resource = `'{"Database": {"Name": "` + on + `"}}'`
	case permissions == "SELECT", permissions == "INSERT", permissions == "DELETE":
		resource = `'{"Table": {"DatabaseName": "DATABASE", "Name": "` + on + `"}}'`
	}
	return "aws lakeformation grant-permissions --principal DataLakePrincipalIdentifier=" +
		cmp.Or(roleARN(r.facts, r.task, r.holder), "ROLE_ARN") + " --permissions " + permissions + " --resource " + resource
}
