package doctor

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
)

// A webRole is a role that a token is exchanged for.
type webRole struct {
	role, session string
	token         []byte
}

// webIdentity looks at what EKS, and whoever else gives programs a token to exchange,
// puts into the environment.
func (d *doctor) webIdentity() (Check, *webRole) {
	c := Check{Step: StepWebIdentity}
	file, role := d.world.Getenv("AWS_WEB_IDENTITY_TOKEN_FILE"), d.world.Getenv("AWS_ROLE_ARN")
	if file == "" {
		c.set(Unused, "No web identity token is named.")
		if role != "" {
			c.set(Warning, "AWS_ROLE_ARN is set, but AWS_WEB_IDENTITY_TOKEN_FILE is not: SDKs pass it over.")
		}
		return c, nil
	}
	c.detail("role", role)
	c.detail("token file", file)
	if role == "" {
		c.set(Problem, "AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not.")
		c.Fix = []string{"Set AWS_ROLE_ARN to the role that the token is to be exchanged for; EKS sets both for a service account with the annotation eks.amazonaws.com/role-arn."}
		return c, nil
	}
	token, err := d.world.ReadFile(file)
	if err != nil {
		c.set(Problem, "The token's file cannot be read: %v.", err)
		d.advise(&c, "invalid_identity_token", "WebIdentity")
		return c, nil
	}
	claims, ok := claimsOf(token)
	now := d.world.Now()
	switch {
	case !ok:
		c.set(Problem, "The token's file does not hold a token (a JWT).")
		d.advise(&c, "invalid_identity_token", "WebIdentity")
		return c, nil
	case claims.Expires != 0 && now.After(time.Unix(claims.Expires, 0)):
		c.set(Problem, "The token expired %s ago: whoever should renew the file does not.", rough(now.Sub(time.Unix(claims.Expires, 0))))
		d.advise(&c, "invalid_identity_token", "WebIdentity")
	default:
		c.set(OK, "A token to exchange for role %s.", lastPart(role))
	}
	c.detail("issuer", claims.Issuer)
	if claims.Expires != 0 {
		c.detail("expires", time.Unix(claims.Expires, 0).UTC().Format(time.RFC3339))
	}
	session := d.world.Getenv("AWS_ROLE_SESSION_NAME")
	if session == "" {
		session = "authlens-doctor"
	}
	return c, &webRole{role: role, session: session, token: token}
}

type claims struct {
	Issuer  string `json:"iss"`
	Expires int64  `json:"exp"`
}

// claimsOf reads a token without verifying it.
func claimsOf(token []byte) (claims, bool) {
	parts := strings.Split(strings.TrimSpace(string(token)), ".")
	if len(parts) != 3 {
		return claims{}, false
	}
	text, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil {
		return claims{}, false
	}
	var c claims
	return c, json.Unmarshal(text, &c) == nil
}
