package diagnose

import (
	"cmp"

	"github.com/authlens/authlens/engine/lazy"
)

var (
	googlePrincipalForm = lazy.Compile(`\b([\w.-]{1,64}@[\w.-]{1,80}\.gserviceaccount\.com) does not have `)
	googleBucketForm    = lazy.Compile(`^(?://storage\.googleapis\.com/)?projects/[^/]+/buckets/([a-z0-9][a-z0-9._-]{1,220})`)
	googleObjectForm    = lazy.Compile(`storage\.googleapis\.com/(?:(?:upload|download)/)?storage/v1/b/([a-z0-9][a-z0-9._-]{1,220})`)
	googleAPIForm       = lazy.Compile(`\b([a-z][a-z0-9-]{1,40}\.googleapis\.com)/overview`)
	googleProjectForm   = lazy.Compile(`has not been used in project ([a-z0-9-]{1,40})`)
	perimeterForm       = lazy.Compile(`(?i)vpc ?Service ?Controls ?Unique ?Identifier\\?["']?[:=\s]{1,3}\\?["']?([\w-]{8,120})`)
	azureObjectForm     = lazy.Compile(`\boid=([0-9a-f-]{4,40})|with object id '([0-9a-f-]{4,40})'|because principal \[([0-9a-f-]{4,40})\]`)
	azureVaultForm      = lazy.Compile(`[Vv]ault:? '?([A-Za-z0-9-]{3,24});location=`)
	azureAccessForm     = lazy.Compile(`does not have (secret|key|certificate)s ([a-z]+) permission on key vault`)
	azureAddressForm    = lazy.Compile(`Client address: ([0-9a-f.:]{3,40}[0-9a-f])`)
)

// googleBucket is the bucket of Google Cloud Storage that was called for.
func googleBucket(r *reading) string {
	return cmp.Or(captured(googleBucketForm, r.facts.Resource), captured(googleObjectForm, r.text))
}

// azureObject is the object ID of the identity that Azure refused.
func azureObject(text string) string {
	if m := azureObjectForm().FindStringSubmatch(text); m != nil {
		return cmp.Or(m[1:]...)
	}
	return ""
}

// azureAccess is the permission that the access policy of a Key Vault lacks.
func azureAccess(text string) (kind, verb string) {
	if m := azureAccessForm().FindStringSubmatch(text); m != nil {
		return m[1], m[2]
	}
	return "", ""
}

// googleRoles are the narrowest predefined roles that have a permission of Google Cloud.
var googleRoles = map[string]string{
	"artifactregistry.repositories.downloadArtifacts": "roles/artifactregistry.reader",
	"artifactregistry.repositories.uploadArtifacts":   "roles/artifactregistry.writer",
	"bigquery.jobs.create":                            "roles/bigquery.jobUser",
	"bigquery.tables.getData":                         "roles/bigquery.dataViewer",
	"cloudkms.cryptoKeyVersions.useToDecrypt":         "roles/cloudkms.cryptoKeyDecrypter",
	"cloudkms.cryptoKeyVersions.useToEncrypt":         "roles/cloudkms.cryptoKeyEncrypter",
	"cloudsql.instances.connect":                      "roles/cloudsql.client",
	"iam.serviceAccounts.actAs":                       "roles/iam.serviceAccountUser",
	"iam.serviceAccounts.getAccessToken":              "roles/iam.serviceAccountTokenCreator",
	"logging.logEntries.create":                       "roles/logging.logWriter",
	"monitoring.timeSeries.create":                    "roles/monitoring.metricWriter",
	"pubsub.subscriptions.consume":                    "roles/pubsub.subscriber",
	"pubsub.topics.publish":                           "roles/pubsub.publisher",
	"run.routes.invoke":                               "roles/run.invoker",
	"secretmanager.versions.access":                   "roles/secretmanager.secretAccessor",
	"serviceusage.services.use":                       "roles/serviceusage.serviceUsageConsumer",
	"storage.objects.create":                          "roles/storage.objectCreator",
	"storage.objects.delete":                          "roles/storage.objectUser",
	"storage.objects.get":                             "roles/storage.objectViewer",
	"storage.objects.list":                            "roles/storage.objectViewer",
}
