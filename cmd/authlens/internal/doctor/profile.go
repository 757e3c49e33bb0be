package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/aws/aws-sdk-go-v2/config"
)

// ofProfile is what a profile gives.
type ofProfile struct {
	any         bool // there are credentials, of whatever kind
	credentials *credentials
	region      string
}

// profile looks at the profile in force, in the files that SDKs share.
func (d *doctor) profile(ctx context.Context) (Check, ofProfile) {
	c := Check{Step: StepProfile}
	set := cmp.Or(d.world.Getenv("AWS_PROFILE"), d.world.Getenv("AWS_DEFAULT_PROFILE"))
	named, name := set != "", cmp.Or(set, "default")
	notFound := func() {
		d.advise(&c, "credentials_not_found", "The config profile ("+name+") could not be found")
	}
	credentialsFiles, err := d.readable(&c, d.world.file("AWS_SHARED_CREDENTIALS_FILE", "credentials"))
	configFiles, configErr := d.readable(&c, d.world.file("AWS_CONFIG_FILE", "config"))
	if len(credentialsFiles)+len(configFiles) == 0 {
		none := "there are no files of profiles"
		if err := cmp.Or(err, configErr); err != nil {
			none = fmt.Sprintf("the file of profiles cannot be read: %v", err)
		}
		c.set(Unused, "No profile is named, and %s.", none)
		if named {
			c.set(Problem, "The profile %s is named (AWS_PROFILE), but %s.", name, none)
			notFound()
		}
		return c, ofProfile{}
	}
	c.detail("profile", name)
	shared, err := config.LoadSharedConfigProfile(ctx, name, func(o *config.LoadSharedConfigOptions) {
		o.CredentialsFiles, o.ConfigFiles = credentialsFiles, configFiles
	})
	if missing := new(config.SharedConfigProfileNotExistError); errors.As(err, missing) {
		c.set(Unused, "No profile is named, and there is no default profile.")
		if named {
			c.set(Problem, "The profile %s is named (AWS_PROFILE), but no file has it.", name)
			notFound()
		}
		return c, ofProfile{}
	} else if err != nil {
		c.set(Problem, "The profile %s cannot be read: %v.", name, err)
		notFound()
		return c, ofProfile{}
	}
	c.detail("region", shared.Region)
	found := d.judgeProfile(&c, shared, named)
	return c, found
}

// readable returns file if it can be read, else nothing: an empty list and not nil, for
// which the AWS SDK would look in its usual places. It is no error that there is none.
func (d *doctor) readable(c *Check, file string) ([]string, error) {
	_, err := d.world.ReadFile(file)
	switch {
	case err == nil:
		return []string{file}, nil
	case errors.Is(err, fs.ErrNotExist):
		return []string{}, nil
	}
	c.detail("unreadable", err.Error())
	return []string{}, err
}

// judgeProfile says what a profile gives.
func (d *doctor) judgeProfile(c *Check, shared config.SharedConfig, named bool) ofProfile {
	found := ofProfile{any: true, region: shared.Region}
	switch keys := shared.Credentials; {
	case keys.AccessKeyID != "" || keys.SecretAccessKey != "":
		found.credentials = &credentials{keys.AccessKeyID, keys.SecretAccessKey, keys.SessionToken}
		c.detail("access key", describeKey(keys.AccessKeyID))
		d.judgeKeys(c, *found.credentials, "shared-credentials-file", "aws_access_key_id", "aws_secret_access_key", "aws_session_token")
	case shared.RoleARN != "":
		c.detail("role", shared.RoleARN)
		c.set(OK, "The profile %s takes on role %s.", shared.Profile, lastPart(shared.RoleARN))
	case shared.SSOSessionName != "" || shared.SSOStartURL != "":
		c.set(OK, "The profile %s signs in by IAM Identity Center.", shared.Profile)
	case shared.CredentialProcess != "":
		c.set(OK, "The profile %s gets its credentials from a program (credential_process), which was not run.", shared.Profile)
	default:
		found.any = false
		c.set(Unused, "The profile %s has settings, but no credentials.", shared.Profile)
		if named {
			c.Status = Warning
		}
	}
	return found
}
