package instance

import (
	"context"
	"time"

	"github.com/authlens/authlens/engine/diagnose"
)

// A roleAnswer is what the credentials endpoint said.
type roleAnswer struct{ arn, endpoint string }

// mayAskForRole tells whether the environment names the credentials endpoint and
// the options allow asking it.
func (i *Instance) mayAskForRole() bool {
	return i.cfg.RoleProbe && i.prober != nil && i.prober.credentials != ""
}

// askForRole asks once, in the background, which role this task has.
func (i *Instance) askForRole() {
	if !i.mayAskForRole() {
		return
	}
	i.done.Go(func() {
		i.guarded(func() {
			ctx, cancel := context.WithTimeout(i.ctx, probeTimeout)
			defer cancel()
			arn, endpoint := i.prober.role(ctx)
			i.roles <- roleAnswer{arn, endpoint} // there is room for the one answer
		})
	})
}

func (i *Instance) setRole(answer roleAnswer) {
	i.log.debugf("the credentials endpoint: %s; task role: %s", answer.endpoint, answer.arn)
	i.task.Endpoint = answer.endpoint
	if answer.arn != "" {
		i.task.TaskRoleARN = answer.arn
	}
	i.setTask(i.task)
}

func (i *Instance) setTask(task diagnose.Task) {
	i.aggregator.SetTask(task)
	i.ownTask.Store(&task)
}

// lookAtEndpoint asks the credentials endpoint again when credential errors begin,
// so that their findings say what it showed. It runs on the aggregation goroutine,
// but rarely and briefly: that an endpoint one hop away does not answer at once is
// part of the diagnosis.
func (i *Instance) lookAtEndpoint() {
	if i.ctx.Err() != nil || time.Since(i.reprobed) < reprobeEvery {
		return
	}
	i.reprobed = time.Now()
	ctx, cancel := context.WithTimeout(i.ctx, reprobeTimeout)
	defer cancel()
	arn, endpoint := i.prober.role(ctx)
	i.setRole(roleAnswer{arn, endpoint})
}
