package diagnose

import (
	"cmp"
	"strings"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
)

// databaseUser is the user of a login to that kind of database.
func (r *reading) databaseUser(engine string) string {
	return given(databaseEngine(r.facts, r.text) == engine, r.facts.DatabaseUser)
}

// databaseEngine tells a database by its words: postgresql, mysql, sqlserver,
// mongodb, oracle, or other for one that is none of them; "" when the text does not say.
func databaseEngine(f extract.Facts, text string) string {
	engine := meaning(strings.ToLower(text), []mark{
		{"terajdbc", "other"}, // these have SQLSTATEs, or words of others, too
		{"teradata", "other"},
		{"com.ibm.db2", "other"},
		{"ldap login failed for user", "other"}, // Vertica
		{"pg_hba", "postgresql"},
		{"pam authentication failed", "postgresql"},
		{"authentication failed for the role", "postgresql"}, // RDS Proxy; to MySQL it speaks of users
		{"password authentication failed for user", "postgresql"},
		{"peer authentication failed for user", "postgresql"},
		{"gssapi authentication failed for user", "postgresql"},
		{"sspi authentication failed for user", "postgresql"},
		{"ldap authentication failed for user", "postgresql"},
		{"ident authentication failed for user", "postgresql"},
		{"certificate authentication failed for user", "postgresql"},
		{"no password supplied", "postgresql"},
		{"scram-server-first-message", "postgresql"},  // node-postgres
		{"server login", "postgresql"},                // PgBouncer
		{"unable to accept connection", "postgresql"}, // Aurora DSQL
		{"postgres", "postgresql"},
		{"asyncpg", "postgresql"},
		{"permission denied for table", "postgresql"},
		{"permission denied for schema", "postgresql"},
		{"permission denied for relation", "postgresql"},
		{"permission denied for sequence", "postgresql"},
		{"permission denied for view", "postgresql"},
		{"permission denied for materialized view", "postgresql"},
		{"permission denied for function", "postgresql"},
		{"psycopg", "postgresql"},
		{"npgsql", "postgresql"},
		{"using password:", "mysql"},
		{"(errno 1045)", "mysql"}, // Vitess
		{"mysql", "mysql"},
		{"mariadb", "mysql"},
		{"mongo", "mongodb"},
		{"atlaserror", "mongodb"},
		{"requires authentication, full error", "mongodb"}, // its driver for Python
		{"to execute command {", "mongodb"},
		{"scram", "mongodb"},
		{"microsoft.data.sqlclient", "sqlserver"},
		{"system.data.sqlclient", "sqlserver"},
		{"sqlserver", "sqlserver"},
		{"18456", "sqlserver"},
		{"login failed for user", "sqlserver"},
		{"login is from an untrusted domain", "sqlserver"},
	})
	if engine == "" && mysqlCode().MatchString(text) {
		return "mysql"
	}
	if engine == "" && oracleCode().MatchString(text) {
		return "oracle"
	}
	if engine == "" && strings.HasPrefix(f.ErrorCode, "28") && len(f.ErrorCode) == 5 { // SQLSTATE class 28
		return "postgresql"
	}
	return engine
}

// mysqlCode is an error code of MySQL: ERROR 1227 (42000), ER_MUST_CHANGE_PASSWORD.
var mysqlCode = lazy.Compile(`(?i)\berror \d{4} \((?:HY|28|42)000\)|\bER_[A-Z]+_[A-Z]`)

// oracleCode is an error code of Oracle; a host named aurora-1 has none.
var oracleCode = lazy.Compile(`(?i)\bora-\d`)

// engineDocs are the pages of databases about logins and about privileges.
var engineDocs = map[string]struct{ login, grant string }{
	"postgresql": {"https://www.postgresql.org/docs/current/auth-pg-hba-conf.html", "https://www.postgresql.org/docs/current/ddl-priv.html"},
	"mysql":      {"https://dev.mysql.com/doc/refman/8.4/en/problems-connecting.html", "https://dev.mysql.com/doc/refman/8.4/en/grant.html"},
	"sqlserver":  {"https://learn.microsoft.com/sql/relational-databases/errors-events/mssqlserver-18456-database-engine-error", "https://learn.microsoft.com/sql/relational-databases/security/permissions-database-engine"},
	"mongodb":    {"https://www.mongodb.com/docs/manual/core/authentication/", "https://www.mongodb.com/docs/manual/core/authorization/"},
	"oracle":     {"https://docs.oracle.com/en/database/oracle/oracle-database/19/dbseg/configuring-authentication.html", "https://docs.oracle.com/en/database/oracle/oracle-database/19/dbseg/configuring-privilege-and-role-authorization.html"},
}

// broker tells a message broker by its words: kafka, rabbitmq, or other for one
// that is neither; "" when the text does not say.
func broker(text string) string {
	return meaning(strings.ToLower(text), []mark{
		{"access_refused", "rabbitmq"}, // words that no name has
		{"vhost '", "rabbitmq"},
		{"topicauthorization", "kafka"},
		{"groupauthorization", "kafka"},
		{"_authorization_failed", "kafka"},
		{"topic authorization failed", "kafka"},
		{"client is not authorized to access this", "kafka"},
		{"org.apache.kafka", "kafka"},
		{"http access denied: user", "rabbitmq"},
		{"login refused: user", "rabbitmq"},
		{"username or password not allowed", "rabbitmq"}, // its client for Go
		{"nats:", "other"},
		{"natserror", "other"},
		{"authorization violation", "other"}, // NATS
		{"authorization_violation", "other"},
		{"denied publish from", "other"}, // Mosquitto
		{" - cid:", "other"},             // NATS' own log
		{"authorised", "other"},          // Mosquitto's spelling
		{"bad user name or password", "other"},
		{"connection refused: bad username", "other"}, // MQTT.js
		{"mqtt", "other"},
		{"authorization_permission_denied", "other"}, // EMQX
		{"clientconnection:", "other"},               // Pulsar's client for C++
		{"emqx", "other"},
		{"solacesystems", "other"},
		{"jmssecurityexception", "other"},
		{"amq119", "other"}, // ActiveMQ Artemis
		{"amq219", "other"},
		{"amq229", "other"},
		{"mosquitto", "other"},
		{"pulsar", "other"},
		{"persistent://", "other"}, // its topics
		{"activemq", "other"},
		{"artemis", "other"},
		{"stomp", "other"},
		{"amqp", "rabbitmq"},
		{"rabbit", "rabbitmq"},
		{"kafka", "kafka"},
		{"sarama", "kafka"},
		{"saslauthentication", "kafka"},
		{"sslauthentication", "kafka"},
		{"rdkafka", "kafka"},
	})
}

// brokerObject is what of a broker was refused, behind the text's own word for what it
// is, where it has one: exchange invoices, or invoices alone.
func (r *reading) brokerObject() string {
	if m := kafkaPatternForm().FindStringSubmatch(r.facts.Resource); m != nil {
		return kafkaKinds[m[1]].said + " " + m[2]
	}
	object := withObjectKind(brokerKindForm, r.facts.Resource, r.text)
	if object != "" && object == r.facts.Resource && kafkaTopicForm().MatchString(r.text) {
		return "topic " + object
	}
	return object
}

// brokerName is the name of what was refused, fit to be pasted.
func (r *reading) brokerName() string {
	name := r.facts.Resource
	if m := kafkaPatternForm().FindStringSubmatch(name); m != nil {
		name = m[2]
	}
	return pasteableOr("NAME", name)
}

// kafkaKind is the kind of what Kafka's authorizer refused, as kafka-acls has an option for
// it that a name follows.
func (r *reading) kafkaKind() string {
	m := kafkaPatternForm().FindStringSubmatch(r.facts.Resource)
	if m == nil || !pasteable().MatchString(r.facts.Action) {
		return ""
	}
	return kafkaKinds[m[1]].option
}

// kafkaOperation is the operation that Kafka's authorizer refused, in the words of kafka-acls,
// which does not take those of the log: CLUSTER_ACTION is ClusterAction.
func (r *reading) kafkaOperation() string {
	if !kafkaPatternForm().MatchString(r.facts.Resource) || !pasteable().MatchString(r.facts.Action) {
		return ""
	}
	var operation strings.Builder
	for word := range strings.SplitSeq(r.facts.Action, "_") {
		if word == "" {
			continue
		}
		if word == strings.ToUpper(word) {
			word = word[:1] + strings.ToLower(word[1:])
		}
		operation.WriteString(word)
	}
	return operation.String()
}

// kafkaKinds are what Kafka's authorizer refuses, as one says it, and as an option of
// kafka-acls that a name follows.
var kafkaKinds = map[string]struct{ said, option string }{
	"Topic":           {"topic", "topic"},
	"Group":           {"group", "group"},
	"TransactionalId": {"transactional ID", "transactional-id"},
	"Cluster":         {"cluster", ""},
}

// kafkaPatternForm is how Kafka's authorizer writes a resource: Topic:LITERAL:orders.
var kafkaPatternForm = lazy.Compile(`^(Topic|Group|Cluster|TransactionalId):(?:LITERAL|PREFIXED):(.+)$`)

// kafkaTopicForm is how Kafka says that it was a topic, by the code or the class of the error.
var kafkaTopicForm = lazy.Compile(`(?i)topic[_ ]?authorization[_ ]?failed`)

// brokerKindForm is what brokers call the things that they refuse, before the name.
var brokerKindForm = lazy.Compile(`(?i)\b(queue|exchange|topic|group)s?[ :]{0,2}\[?$`)

var (
	grpcMethodForm = lazy.Compile(`(?:^|[\s/"'=:(])((?:[a-z]\w*\.){1,8}[A-Z]\w*/[A-Z]\w*)`)
	spiffeForm     = lazy.Compile(`\b(spiffe://[\w./-]*\w)`)
)

// natsRights are the rights that NATS names when it refuses one.
var natsRights = map[string]string{"Subscription": "a subscription to", "Publish": "publishing to"}

// brokerDocs are the pages about logins and permissions.
var brokerDocs = map[string]string{
	"kafka":    "https://docs.aws.amazon.com/msk/latest/developerguide/iam-access-control.html",
	"rabbitmq": "https://www.rabbitmq.com/docs/access-control",
}

// apiProvider is whose API refused a key, by the names of its errors and hosts. A text that
// names two, a service of one's own called after one and the API of another, does not tell.
func apiProvider(text string) string {
	text = strings.ToLower(text)
	provider := ""
	for _, m := range apiProviders {
		if !strings.Contains(text, m.phrase) {
			continue
		}
		if m.means == "" || provider != "" && m.means != provider {
			return ""
		}
		provider = m.means
	}
	return provider
}

var apiProviders = []mark{
	{"azure", ""}, // OpenAI's models, with keys of Azure's
	{"openai", "OpenAI"},
	{"anthropic", "Anthropic"},
	{"stripe.", "Stripe"},
	{"stripeauthentication", "Stripe"},
	{"stripe::", "Stripe"},
	{"mailchimp", "Mailchimp"},
	{"twilio", "Twilio"},
	{"telegram", "Telegram"},
	{"discord", "Discord"},
	{"sendgrid", "SendGrid"},
	{"mailgun", "Mailgun"},
	{"slack", "Slack"},
	{"api.cloudflare.com", "Cloudflare"},
	{"cloudflare api", "Cloudflare"},
	{"api.github.com", "GitHub"},
	{"docs.github.com", "GitHub"},
	{"datadog", "Datadog"},
	{"newrelic", "New Relic"},
	{"new relic", "New Relic"},
	{"metricsingestsender", "New Relic"}, // its infrastructure agent
	{"shopify", "Shopify"},
	{"pagerduty", "PagerDuty"},
	{"pdpyras", "PagerDuty"},
	{"hubspot", "HubSpot"},
	{"zendesk", "Zendesk"},
	{"zenpy", "Zendesk"},
	{"splunk", "Splunk"},
	{"huggingface", "Hugging Face"},
	{"algolia", "Algolia"},
	{"contentful", "Contentful"},
	{"hcloud: ", "Hetzner Cloud"},
}

// otherCloud is a cloud provider, or a store, whose keys and permissions are called like
// AWS'.
func otherCloud(text string) string {
	return meaning(strings.ToLower(text), []mark{
		{"aliyun", "Alibaba Cloud"},
		{"alicloud", "Alibaba Cloud"},
		{"alibabacloud", "Alibaba Cloud"},
		{"the oss access key id", "Alibaba Cloud"},
		{"tencentcloud", "Tencent Cloud"},
		{"myqcloud", "Tencent Cloud"},
		{"huaweicloud", "Huawei Cloud"},
		{"oracle.bmc", "Oracle Cloud"},
		{"oraclecloud", "Oracle Cloud"},
		{"oci.exceptions", "Oracle Cloud"},
		{"opc-request-id", "Oracle Cloud"},
		{"google secret key", "Google Cloud"}, // keys for Cloud Storage's protocol of S3
		{"minioclient", "MinIO"},
		{"minio.error", "MinIO"},
		{"minio-go", "MinIO"},
		{"minio.exceptions", "MinIO"}, // .NET
		{"minio api responded", "MinIO"},
	})
}

// googleCloud is that name where the text is of its services or libraries.
func googleCloud(text string) string {
	return meaning(strings.ToLower(text), []mark{
		{"googleapi", "Google Cloud"},
		{"google.", "Google Cloud"},
		{"com.google", "Google Cloud"},
		{"gserviceaccount", "Google Cloud"},
		{"gcloud", "Google Cloud"},
		{"api.gax", "Google Cloud"},
		{"bigquery", "Google Cloud"},
	})
}

// coordinator tells the coordination services apart.
func coordinator(text string) string {
	return meaning(strings.ToLower(text), []mark{
		{"etcd", "etcd"},
		{"for permission checking", "etcd"}, // its own log
		{"keepererrorcode", "ZooKeeper"},
		{"zookeeper", "ZooKeeper"},
	})
}

// Events of Keycloak's: type="LOGIN_ERROR", clientId="web", error="user_not_found", or the
// same as JSON.
var (
	keycloakClientForm = lazy.Compile(`\b(?:LOGIN|REFRESH_TOKEN)_ERROR.{1,200}?\bclientId\\?"?[=:] ?\\?"?([\w.-]{1,80})`)
	keycloakErrorForm  = lazy.Compile(`\b(?:LOGIN|REFRESH_TOKEN)_ERROR.{1,400}?\berror\\?"?[=:] ?\\?"?([a-z_]{3,60})`)
)

// mailDoc is the page about SMTP logins of the provider that a text names, Amazon's
// where it names none.
func mailDoc(text string) string {
	return cmp.Or(meaning(strings.ToLower(text), []mark{
		{"gsmtp", "https://support.google.com/a/answer/176600"},
		{"smtp.gmail.com", "https://support.google.com/a/answer/176600"},
		{"smtp-relay.gmail.com", "https://support.google.com/a/answer/176600"},
		{"5.7.139", "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission"},
		{"outlook.com", "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission"},
		{"office365", "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission"},
		{"xoauth2", "https://developers.google.com/workspace/gmail/imap/xoauth2-protocol"},
		{"imapclient", "https://datatracker.ietf.org/doc/html/rfc9051#section-6.2.3"},
		{"imap.gmail.com", "https://datatracker.ietf.org/doc/html/rfc9051#section-6.2.3"},
		{"imap error", "https://datatracker.ietf.org/doc/html/rfc9051#section-6.2.3"},
		{"imaplib", "https://datatracker.ietf.org/doc/html/rfc9051#section-6.2.3"},
		{"dovecot", "https://doc.dovecot.org/main/core/config/auth/overview.html"},
	}), "https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html")
}

// oauthDoc is the page about the errors of the authorization server that a text
// names, else that of the standard.
func oauthDoc(text string) string {
	return cmp.Or(meaning(text, []mark{
		{"googleapis", "https://developers.google.com/identity/protocols/oauth2/service-account#error-codes"},
	}), "https://datatracker.ietf.org/doc/html/rfc6749#section-5.2")
}
