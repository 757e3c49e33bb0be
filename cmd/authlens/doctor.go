package main

import (
	"context"
	"os"
	"os/signal"

	"github.com/authlens/authlens/cmd/authlens/internal/doctor"
	"github.com/authlens/authlens/cmd/authlens/internal/look"
)

type doctorCommand struct {
	Format string `enum:"text,json" default:"text" help:"text, for people; or json, one document."`

	// world is another one in tests.
	world doctor.World
}

func (doctorCommand) Help() string {
	return `Run it where the program runs: in the container (ECS Exec), on the instance, in a shell. It goes down the chain in which AWS SDKs look for credentials: keys in the environment, web identity, profile, container endpoint, instance metadata; then at what can spoil it: task metadata, proxy, Region, clock; and asks AWS who it is (sts:GetCallerIdentity, for which nobody needs a permission). Endpoints have two seconds each.

Nothing is changed, and no secret is shown. It reads /proc/1/environ, where it may, to see whether only the container's first process knows the credentials endpoint.

As a check at start: authlens doctor --format json >/dev/null || exit 1

Exit codes: 0 healthy, warnings or not; 3 there is a problem; 2 the command line was not understood.`
}

func (c *doctorCommand) Run(here place) error {
	explainer, err := ruleFlags{}.explainer()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	report := doctor.Run(ctx, c.world, explainer)
	if c.Format == "json" {
		err = writeJSON(here.stdout, report)
	} else {
		page := look.New(here.stdout)
		page.Doctor(report)
		err = page.Flush()
	}
	switch {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return &exit{code: exitInterrupted, text: "stopped before the end"}
	case !report.Healthy:
		return &exit{code: exitFound, text: "there is a problem"}
	}
	return nil
}
