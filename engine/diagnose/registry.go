package diagnose

import (
	"cmp"
	"strings"

	"github.com/authlens/authlens/engine/lazy"
)

// registry tells whose registry a text is about: ecr, ecr_public, codeartifact,
// other; "" when it names none.
func registry(text string) string {
	switch {
	case strings.Contains(text, ".dkr.ecr."), strings.Contains(text, "ecr:"), strings.Contains(text, "api.ecr."), layerBucketForm().MatchString(text),
		strings.Contains(text, "authorization token has expired. Reauthenticate"), strings.Contains(text, "aws ecr get-login"): // ECR's words
		return "ecr"
	case strings.Contains(text, "public.ecr.aws"), strings.Contains(text, "ecr-public:"):
		return "ecr_public"
	case strings.Contains(text, ".d.codeartifact."):
		return "codeartifact"
	case strings.Contains(text, "docker.io"), strings.Contains(text, "ghcr.io"), strings.Contains(text, "quay.io"),
		strings.Contains(text, "gcr.io"), strings.Contains(text, "pkg.dev"), strings.Contains(text, "azurecr.io"),
		strings.Contains(text, "registry.gitlab.com"):
		return "other"
	}
	return ""
}

// registryDocs are the pages about logging in to a registry.
var registryDocs = map[string]string{
	"ecr":          "https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html",
	"ecr_public":   "https://docs.aws.amazon.com/AmazonECR/latest/public/public-registry-auth.html",
	"codeartifact": "https://docs.aws.amazon.com/codeartifact/latest/ug/tokens-authentication.html",
	"other":        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html",
}

// layerBucketForm is the bucket that ECR keeps the layers of a Region's images in.
var layerBucketForm = lazy.Compile(`\b(prod-([a-z0-9-]+)-starport-layer-bucket)\b`)

// A layerBucket is ECR's own bucket of a Region; empty when a text names none.
type layerBucket struct{ name, region string }

func layerBucketOf(text string) layerBucket {
	if m := layerBucketForm().FindStringSubmatch(text); m != nil {
		return layerBucket{m[1], m[2]}
	}
	return layerBucket{}
}

// objects is the ARN of all that is in the bucket.
func (b layerBucket) objects() string {
	return given(b.name != "", "arn:"+partitionOf(b.region)+":s3:::"+b.name+"/*")
}

// ecrHost is the host of a registry of ECR's. Groups: the account, the Region.
var ecrHost = lazy.Compile(`\b([0-9]{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?`)

// ecrAddress is the host and the Region of the registry of ECR's that a text names,
// or what is to be put in for them.
func ecrAddress(text string) (host, region string) {
	if m := ecrHost().FindStringSubmatch(text); m != nil {
		return m[0], m[2]
	}
	return markAccount + ".dkr.ecr." + markRegion + ".amazonaws.com", markRegion
}

// isKubelet tells whether a pull of an image is told of in the words of the kubelet.
func isKubelet(text string) bool {
	if ecsAgentHead().MatchString(text) {
		return false // it has a word of the kubelet's for it
	}
	for _, word := range [...]string{"kubelet", "ailed to pull image", "pod_workers.go", "ErrImagePull", "ImagePullBackOff", "RunPodSandbox", "sandbox image"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// ecsAgentHead is how a line of the ECS agent's log begins: level=error time=…Z msg="…
var ecsAgentHead = lazy.Compile(`\blevel=\w+ time=\S+ msg=`)

// pulledImageForm is how container runtimes name the image that they could not pull:
//
//	Failed to pull image "IMAGE": …            the kubelet
//	failed to resolve ref IMAGE: …             containerd, ref or reference "IMAGE"
//	pull access denied for IMAGE, …            Docker
//	initializing source docker://IMAGE: …      podman, skopeo, buildah
var pulledImageForm = lazy.Compile(`(?:pull image \\*"|resolve ref(?:erence)? \\*"?|pull access denied for |source docker://)([a-z0-9][\w./:@-]{1,300}[\w])`)

// deniedManifestForm is the manifest that podman and its kin were refused, of several
// that they tried. Groups: the tag, the name.
var deniedManifestForm = lazy.Compile(`(?i)reading manifest ([\w.-]{1,128}) in ([a-z0-9][\w./:-]{1,300}): (?:errors:\s+)?(?:denied|unauthorized|requested access)`)

// manifestForm is the URL of an image's manifest. Groups: the registry, the name, the tag.
var manifestForm = lazy.Compile(`https://([\w.:-]{3,200})/v2/([a-z0-9][\w./-]{0,200})/manifests/([\w.-]{1,128})`)

// pulledImage is the image that a registry refused.
func pulledImage(text string) string {
	if m := deniedManifestForm().FindStringSubmatch(text); m != nil {
		return m[2] + ":" + m[1]
	}
	if image := captured(pulledImageForm, text); image != "" {
		return image
	}
	if m := manifestForm().FindStringSubmatch(text); m != nil {
		return m[1] + "/" + m[2] + ":" + m[3]
	}
	return ""
}

// pushedForm is how Harbor names the repository that it does not let somebody push to, and
// kaniko the image.
var pushedForm = lazy.Compile(`unauthorized to access repository: ([\w./-]+), action: push|checking push permission for \\?"([\w./:-]+)`)

// pushedRepository is the repository of an image that a registry did not take.
func pushedRepository(text string) string {
	m := pushedForm().FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	return cmp.Or(m[1], m[2])
}

// ecrImage is an image in a registry of ECR's. Groups: the account, the repository.
var ecrImage = lazy.Compile(`\b([0-9]{12})\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?/(?:v2/)?([a-z0-9][a-z0-9._/-]{0,200}[a-z0-9])`)

// An ecrRepository is a repository of ECR's; empty when a text names none.
type ecrRepository struct{ account, name string }

func ecrRepositoryOf(text string) ecrRepository {
	m := ecrImage().FindStringSubmatch(text)
	if m == nil {
		return ecrRepository{}
	}
	name, _, _ := strings.Cut(m[2], "/manifests/")
	if name == "token" { // where logins are asked for
		return ecrRepository{}
	}
	return ecrRepository{m[1], name}
}

// artifactHost is the URL of a repository of CodeArtifact's. Groups: the domain, its owner, the
// Region, the format, the repository.
var artifactHost = lazy.Compile(`\b([a-z][a-z0-9-]{1,48})-([0-9]{12})\.d\.codeartifact\.([a-z0-9-]+)\.(?:on\.aws|amazonaws\.com)/([a-z]+)/([A-Za-z0-9][\w.-]{1,99})`)

// An artifactRepository is a repository of CodeArtifact's; empty when a text names none.
type artifactRepository struct{ domain, owner, region, format, name string }

func artifactRepositoryOf(text string) artifactRepository {
	m := artifactHost().FindStringSubmatch(text)
	if m == nil {
		return artifactRepository{}
	}
	return artifactRepository{m[1], m[2], m[3], m[4], m[5]}
}

func (a artifactRepository) label() string {
	return given(a.name != "", a.name+" (domain "+a.domain+")")
}

// login is the command that logs in to the repository, or gets a token for it.
func (a artifactRepository) login() string {
	where := " --domain " + a.domain + " --domain-owner " + a.owner + " --region " + a.region
	switch tool := artifactTools[a.format]; {
	case a.name == "":
		return ""
	case tool != "":
		return "aws codeartifact login --tool " + tool + where + " --repository " + a.name
	}
	return "aws codeartifact get-authorization-token" + where + " --query authorizationToken --output text"
}

// artifactTools are the tools that `aws codeartifact login` sets up, by format.
var artifactTools = map[string]string{"pypi": "pip", "npm": "npm", "nuget": "dotnet", "swift": "swift"}
