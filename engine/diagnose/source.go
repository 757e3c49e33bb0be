package diagnose

import (
	"strings"

	"github.com/authlens/authlens/engine/extract"
)

// credentialSource tells which link of the credential chain a text is about:
// container (ECS), pod_identity (EKS), instance (EC2 instance metadata),
// web_identity, sso or profile; "" when it does not say.
func credentialSource(f extract.Facts, text string) string {
	where := f.Endpoint + "\n" + text
	for _, s := range [...]struct{ mark, source string }{
		{"169.254.170.23", "pod_identity"},
		{"fd00:ec2::23", "pod_identity"},
		{"169.254.170.2", "container"},
		{"AWS_CONTAINER_CREDENTIALS", "container"},
		{"container-role", "container"},
		{"ContainerCredentialsProvider", "container"},
		{"EcsCredentialProvider", "container"},
		{"ECS metadata", "container"},
		{"169.254.169.254", "instance"},
		{"fd00:ec2::254", "instance"},
		{"IMDS", "instance"},
		{"EC2 instance metadata", "instance"},
		{"InstanceMetadata", "instance"},
		{"WebIdentity", "web_identity"},
		{"web identity", "web_identity"},
		{"SSO session", "sso"},
		{"SSO token", "sso"},
		{"aws sso login", "sso"},
		{"config profile", "profile"},
		{"AWS Profile", "profile"},
		{"shared credentials file", "profile"},
		{".aws/credentials", "profile"},
	} {
		if strings.Contains(where, s.mark) {
			return s.source
		}
	}
	return ""
}

// databaseEngine tells a database by its words: postgresql, mysql, sqlserver,
// mongodb, oracle; "" when the text does not say.
func databaseEngine(f extract.Facts, text string) string {
	lower := strings.ToLower(text)
	for _, s := range [...]struct{ mark, engine string }{
		{"pg_hba", "postgresql"},
		{"pam authentication failed", "postgresql"},
		{"password authentication failed for user", "postgresql"},
		{"postgres", "postgresql"},
		{"psycopg", "postgresql"},
		{"npgsql", "postgresql"},
		{"using password:", "mysql"},
		{"mysql", "mysql"},
		{"mariadb", "mysql"},
		{"mongo", "mongodb"},
		{"scram", "mongodb"},
		{"ora-0", "oracle"},
		{"microsoft.data.sqlclient", "sqlserver"},
		{"system.data.sqlclient", "sqlserver"},
		{"sqlserver", "sqlserver"},
		{"18456", "sqlserver"},
		{"login failed for user", "sqlserver"},
	} {
		if strings.Contains(lower, s.mark) {
			return s.engine
		}
	}
	if strings.HasPrefix(f.ErrorCode, "28") && len(f.ErrorCode) == 5 { // SQLSTATE class 28
		return "postgresql"
	}
	return ""
}
