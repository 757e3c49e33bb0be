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
	return `Run it where the program runs: in the container (ECS Exec), on the instance, in a shell. It follows the chain in which AWS SDKs look for credentials: keys in the environment, web identity, profile, container endpoint, instance metadata. Then it looks at what can get in the way: task metadata, proxy, Region, clock. Last it asks AWS who the caller is (sts:GetCallerIdentity, which needs no permission). It waits two seconds at most for each endpoint.

Nothing is changed, and no secret is shown. It reads /proc/1/environ, where it may, to see whether only the container's first process knows the credentials endpoint.

As a check when a container starts: authlens doctor --format json >/dev/null || exit 1

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
