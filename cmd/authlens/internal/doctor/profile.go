package doctor

import (
	"context"
	"errors"
	"io/fs"
	"slices"

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
	var found ofProfile
	get := d.world.Getenv
	name := get("AWS_PROFILE")
	if name == "" {
		name = get("AWS_DEFAULT_PROFILE")
	}
	named := name != ""
	if !named {
		name = "default"
	}
	credentialsFile := d.world.file("AWS_SHARED_CREDENTIALS_FILE", "credentials")
	configFile := d.world.file("AWS_CONFIG_FILE", "config")
	var files []string
	for _, file := range []string{credentialsFile, configFile} {
		switch _, err := d.world.ReadFile(file); {
		case err == nil:
			files = append(files, file)
		case !errors.Is(err, fs.ErrNotExist):
			c.detail("unreadable", err.Error())
		}
	}
	if len(files) == 0 {
		c.set(Unused, "No profile is named, and there are no files of profiles.")
		if named {
			c.set(Problem, "The profile %s is named (AWS_PROFILE), but there are no files of profiles.", name)
			d.advise(&c, "credentials_not_found", "The config profile ("+name+") could not be found")
		}
		return c, found
	}
	c.detail("profile", name)
	shared, err := config.LoadSharedConfigProfile(ctx, name, func(o *config.LoadSharedConfigOptions) {
		o.CredentialsFiles, o.ConfigFiles = nil, nil
		if slices.Contains(files, credentialsFile) {
			o.CredentialsFiles = []string{credentialsFile}
		}
		if slices.Contains(files, configFile) {
			o.ConfigFiles = []string{configFile}
		}
	})
	if missing := new(config.SharedConfigProfileNotExistError); errors.As(err, missing) {
		c.set(Unused, "No profile is named, and there is no default profile.")
		if named {
			c.set(Problem, "The profile %s is named (AWS_PROFILE), but no file has it.", name)
			d.advise(&c, "credentials_not_found", "The config profile ("+name+") could not be found")
		}
		return c, found
	} else if err != nil {
		c.set(Problem, "The profile %s cannot be read: %v.", name, err)
		d.advise(&c, "credentials_not_found", "The config profile ("+name+") could not be found")
		return c, found
	}

	found.region = shared.Region
	c.detail("region", shared.Region)
	found.any = true
	switch keys := shared.Credentials; {
	case keys.AccessKeyID != "" || keys.SecretAccessKey != "":
		found.credentials = &credentials{keys.AccessKeyID, keys.SecretAccessKey, keys.SessionToken}
		c.detail("access key", describeKey(keys.AccessKeyID))
		d.judgeKeys(&c, *found.credentials, "shared-credentials-file", "aws_access_key_id", "aws_secret_access_key", "aws_session_token")
	case shared.RoleARN != "":
		c.detail("role", shared.RoleARN)
		c.set(OK, "The profile %s takes on role %s.", name, lastPart(shared.RoleARN))
	case shared.SSOSessionName != "" || shared.SSOStartURL != "":
		c.set(OK, "The profile %s signs in by IAM Identity Center.", name)
	case shared.CredentialProcess != "":
		c.set(OK, "The profile %s gets its credentials from a program (credential_process), which was not run.", name)
	default:
		found.any = false
		c.set(Unused, "The profile %s has settings, but no credentials.", name)
		if named {
			c.Status = Warning
		}
	}
	return c, found
}
