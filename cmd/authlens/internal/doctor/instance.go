package doctor

import (
	"context"
	"net/http"
	"regexp"
	"strings"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/engine/diagnose"
)

// instance asks the instance's metadata (IMDSv2) whose role it gives. The
// credentials themselves are asked for only when nothing else has any.
func (d *doctor) instance(ctx context.Context) (c Check, found bool, region string) {
	c = Check{Step: StepInstance}
	if strings.EqualFold(d.world.Getenv("AWS_EC2_METADATA_DISABLED"), "true") {
		c.set(Unused, "SDKs do not ask for it: AWS_EC2_METADATA_DISABLED is true.")
		return c, false, ""
	}
	token, a := d.instanceToken(ctx)
	c.took(a.took)
	about := strings.TrimPrefix(d.instanceBase(), "http://")
	switch {
	case a.err != nil:
		c.set(Unused, "Instance metadata at %s %s: this is no EC2 instance, or its hop limit keeps containers out.", about, a.silence(d.world.Timeout))
		return c, false, ""
	case a.status == http.StatusForbidden:
		c.set(Unused, "Instance metadata is turned off (403).")
		return c, false, ""
	case a.status != http.StatusOK || token == "":
		c.set(Warning, "Instance metadata at %s answers %d where a token was expected.", about, a.status)
		d.advise(&c, "credentials_endpoint_unreachable", a.refusal("169.254.169.254", "instance metadata"))
		return c, false, ""
	}
	header := map[string]string{"X-aws-ec2-metadata-token": token}
	base := d.instanceBase() + "/latest/meta-data/"
	zone := d.ask(ctx, http.MethodGet, base+"placement/region", header)
	if name := zone.text(); zone.probe() == diagnose.EndpointOK && conf.IsRegion(name) {
		region = name
		c.detail("region", region)
	}
	roles := d.ask(ctx, http.MethodGet, base+"iam/security-credentials/", header)
	role := roles.text()
	switch {
	case roles.status == http.StatusNotFound:
		c.set(Unused, "The instance has no role.")
	case roles.probe() != diagnose.EndpointOK || !roleForm.MatchString(role):
		c.set(Warning, "Instance metadata at %s answers, but does not name the instance's role.", about)
		d.advise(&c, "credentials_endpoint_unreachable", roles.refusal("169.254.169.254", "instance metadata"))
	default:
		c.set(OK, "It gives the instance's role, %s, to whoever asks.", role)
		c.detail("role", role)
		found = true
	}
	d.setTask(func(t *diagnose.Task) {
		if t.LaunchType == "" {
			t.LaunchType = "EC2"
		}
	})
	return c, found, region
}

func (d *doctor) instanceBase() string {
	if own := d.world.Getenv("AWS_EC2_METADATA_SERVICE_ENDPOINT"); own != "" {
		return strings.TrimSuffix(own, "/")
	}
	return d.world.Instance
}

// instanceToken opens a session of IMDSv2.
func (d *doctor) instanceToken(ctx context.Context) (string, answer) {
	a := d.ask(ctx, http.MethodPut, d.instanceBase()+"/latest/api/token", map[string]string{"X-aws-ec2-metadata-token-ttl-seconds": "60"})
	token := a.text()
	if !tokenForm.MatchString(token) {
		token = ""
	}
	return token, a
}

// instanceCredentials asks for the credentials of the instance's role.
func (d *doctor) instanceCredentials(ctx context.Context) *credentials {
	token, _ := d.instanceToken(ctx)
	header := map[string]string{"X-aws-ec2-metadata-token": token}
	base := d.instanceBase() + "/latest/meta-data/iam/security-credentials/"
	roles := d.ask(ctx, http.MethodGet, base, header)
	role := roles.text()
	if roles.probe() != diagnose.EndpointOK || !roleForm.MatchString(role) {
		return nil
	}
	given := d.ask(ctx, http.MethodGet, base+role, header)
	var keys struct{ AccessKeyID, SecretAccessKey, Token string }
	if given.probe() != diagnose.EndpointOK || given.into(&keys) != nil || keys.AccessKeyID == "" {
		return nil
	}
	return &credentials{keys.AccessKeyID, keys.SecretAccessKey, keys.Token}
}

var (
	roleForm  = regexp.MustCompile(`^[\w+=,.@-]{1,64}$`)
	tokenForm = regexp.MustCompile(`^[\w+/=-]{8,512}$`)
)
