package match

import (
	"testing"

	"github.com/authlens/authlens/engine/text"
)

// Failures that read much alike have the cause of the product that they are of:
// the advice for one of them misleads whoever has the other.
func TestConfusable(t *testing.T) {
	m := defaultMatcher(t)
	f := func(cause, line string) {
		t.Helper()
		got := "none"
		if found, ok := m.Match(text.Normalise(nil, []byte(line))); ok {
			got = m.Rule(found.Rule).Cause
		}
		if got != cause {
			t.Errorf("got cause %s, want %s: %s", got, cause, line)
		}
	}

	// access denied
	f("missing_permission", "api error AccessDenied: Access Denied")
	f("missing_permission", "com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 0A1B2C3D)")
	f("database_password", "Access denied for user 'orders'@'192.0.2.7' (using password: YES)")
	f("database_password", "RDS orders.abc.eu-west-1.rds.amazonaws.com: ERROR 1045 (28000): Access denied for user 'orders'@'192.0.2.7' (using password: YES)")
	f("database_permission", "io.trino.spi.security.AccessDeniedException: Access Denied: Cannot select from table orders.invoices")
	f("ssh_auth", "sshd[812]: pam_access(sshd:account): access denied for user 'ada' from '192.0.2.7'")
	f("registry_auth", "docker push acme/orders: denied: requested access to the resource is denied")
	f("registry_auth", "skopeo: reading manifest 1 in docker.io/acme/orders: requested access to the resource is denied")
	f("login_refused", "list orders: Access Denied")

	// expired tokens
	f("expired_token", "An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.")
	f("expired_token", "ExpiredTokenException: The security token included in the request is expired")
	f("jwt_invalid", "TokenExpiredError: jwt expired")
	f("jwt_invalid", "token has invalid claims: token is expired")
	f("oauth_token", `{"error":"invalid_grant","error_description":"Token has been expired or revoked."}`)

	// permission denied
	f("vault_auth", "Error making API request. URL: GET https://vault.example.com:8200/v1/secret/data/orders Code: 403. Errors: * 1 error occurred: * permission denied")
	f("database_permission", "ERROR:  permission denied for table invoices")
	f("grpc_permission_denied", "rpc error: code = PermissionDenied desc = orders may not read invoices")
	f("cloud_permission", "google.api_core.exceptions.PermissionDenied: 403 Permission 'pubsub.topics.publish' denied on resource 'projects/shop/topics/orders'.")
	f("ssh_auth", "git@git.example.com: Permission denied (publickey).")
	f("none", "open /vault/config/server.hcl: permission denied")

	// 403
	f("missing_permission", "operation error S3: HeadObject, https response error StatusCode: 403, RequestID: 0A1B, HostID: zz, api error Forbidden: Forbidden")
	f("http_forbidden", "https://api.github.com/repos/acme/orders: 403 Forbidden")
	f("git_auth", "fatal: unable to access 'https://git.example.com/acme/orders.git/': The requested URL returned error: 403")
	f("search_auth", "elasticsearch.AuthorizationException: AuthorizationException(403, 'security_exception', 'no permissions')")
	f("kubernetes_forbidden", `Error from server (Forbidden): pods is forbidden: User "ada" cannot list resource "pods" in API group "" in the namespace "shop"`)

	// not authorized to
	f("missing_permission", "User: arn:aws:sts::111122223333:assumed-role/orders/1 is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:111122223333:orders")
	f("broker_permission", "TopicAuthorizationException: Not authorized to access topics: [orders]")
	f("database_permission", `MongoServerError: not authorized on orders to execute command { find: "invoices" }`)

	// credentials
	f("credentials_not_found", "Unable to locate credentials")
	f("cloud_credentials", "DefaultAzureCredential failed to retrieve a token from the included credentials.")
	f("kerberos_auth", "GSSException: No valid credentials provided (Mechanism level: Failed to find any Kerberos tgt)")
	f("ldap_bind", "ldap_bind: Invalid credentials (49)")

	// clocks
	f("clock_skew", "RequestTimeTooSkewed: The difference between the request time and the current time is too large.")
	f("kerberos_auth", "kinit: Clock skew too great while getting initial credentials")
}
