package diagnose

import (
	"strings"

	"github.com/authlens/authlens/engine/extract"
	"github.com/authlens/authlens/engine/lazy"
)

// credentialSource tells which link of the credential chain a text is about:
// container (ECS), pod_identity (EKS), instance (EC2 instance metadata),
// web_identity, sso or profile; "" when it does not say.
func credentialSource(f extract.Facts, text string) string {
	return meaning(strings.ToLower(f.Endpoint+"\n"+text), []mark{
		{"169.254.170.23", "pod_identity"},
		{"from container metadata: [", "pod_identity"}, // [request ID]: (CODE): …, the agent's form
		{"fd00:ec2::23", "pod_identity"},
		{"pod-identity", "pod_identity"},
		{"eks auth", "pod_identity"},
		{"169.254.170.2", "container"},
		{"aws_container_credentials", "container"},
		{"container-role", "container"},
		{"containercredentialsprovider", "container"},
		{"ecscredentialprovider", "container"},
		{"ecs metadata", "container"},
		{"from container metadata: ", "container"},
		{"credentialsv2request", "container"}, // the ECS agent's name for it
		{"169.254.169.254", "instance"},
		{"fd00:ec2::254", "instance"},
		{"imds", "instance"},
		{"ec2 instance metadata", "instance"},
		{"instancemetadata", "instance"},
		{"ec2metadata", "instance"},
		{"webidentity", "web_identity"},
		{"web identity", "web_identity"},
		{"secrets/eks.amazonaws.com/", "web_identity"}, // the token's place in a pod
		{"from sso", "sso"},
		{"sso session", "sso"},
		{"sso token", "sso"},
		{"services.sso.model", "sso"}, // Java
		{"aws sso login", "sso"},
		{"getrolecredentials operation: session token", "sso"},
		{"getrolecredentials, https response error statuscode: 401", "sso"},
		{"invalid refresh token provided", "sso"}, // IAM Identity Center's description of invalid_grant
		{"config profile", "profile"},
		{"failed to get profile, ", "profile"},
		{"credentials: the profile ", "profile"}, // Rust
		{"aws profile", "profile"},
		{"shared credentials file", "profile"},
		{".aws/credentials", "profile"},
	})
}

// A mark is a phrase, and what a text is about that has it.
type mark struct{ phrase, means string }

// meaning returns what the first of marks means that is in text, "" if none is.
func meaning(text string, marks []mark) string {
	for _, m := range marks {
		if strings.Contains(text, m.phrase) {
			return m.means
		}
	}
	return ""
}

// sourceDocs are the pages about where credentials come from.
var sourceDocs = map[string]string{
	"":             "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
	"container":    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
	"pod_identity": "https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html",
	"instance":     "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html",
}

// silence tells why an endpoint did not answer: timeout, refused or unreachable;
// "" when the text does not say.
func silence(text string) string {
	return meaning(strings.ToLower(text), []mark{
		{"no route to host", "unreachable"},
		{"network is unreachable", "unreachable"},
		{"network unreachable", "unreachable"},
		{"connection refused", "refused"},
		{"econnrefused", "refused"},
		{"timeout", "timeout"},
		{"timed out", "timeout"},
		{"deadline exceeded", "timeout"},
		{"couldn't connect to server", "refused"}, // curl's error 7, of which the former are kinds
	})
}

// publicPart is an endpoint as it may be shown. A URL's query may hold a token;
// the path of the credentials endpoint is itself the key to the credentials.
func publicPart(endpoint string) string {
	endpoint, _, _ = strings.Cut(endpoint, "?")
	host := endpoint
	if _, rest, ok := strings.Cut(endpoint, "://"); ok {
		host = rest
	}
	if host, _, ok := strings.Cut(host, "/"); ok && (strings.HasPrefix(host, "169.254.") || strings.HasPrefix(host, "[fd00:ec2:")) {
		return host
	}
	return endpoint
}

// profileName is a profile of ~/.aws, as botocore, Fluent Bit, Go, Java and Rust name it.
var profileName = lazy.Compile(`(?:config profile \(|(?:get shared config|failed to get) profile, |AWS Profile |[Pp]rofile ["'\x60]|using profile: \[)([A-Za-z0-9_.-]{1,64})`)

// profile is the name of the profile that a text misses, or "".
func profile(text string) string {
	name := captured(profileName, text)
	return given(name != "default", name) // which all chains try
}

// captured returns what the first group of form matches in text, or "".
func captured(form lazy.Regexp, text string) string {
	if m := form().FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}
