package instance

import (
	"context"
	"time"

	"github.com/authlens/authlens/engine/diagnose"
	"github.com/authlens/authlens/engine/finding"
	"github.com/authlens/authlens/rules"
)

// A roleAnswer is what the credentials endpoint said.
type roleAnswer struct{ arn, endpoint string }

// askForRole asks once, in the background, whose role this task has.
func (i *Instance) askForRole() {
	if !i.cfg.RoleProbe || i.prober.credentials == "" {
		return
	}
	i.done.Add(1)
	go func() {
		defer i.done.Done()
		i.guarded(func() {
			ctx, cancel := context.WithTimeout(i.ctx, probeTimeout)
			defer cancel()
			arn, endpoint := i.prober.role(ctx)
			i.roles <- roleAnswer{arn, endpoint} // there is room for the one answer
		})
	}()
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

// lookAtEndpoint asks the credentials endpoint again when credential errors
// begin, and diagnoses those findings anew with what it showed. That is on the
// aggregation goroutine, seldom, and brief: an endpoint one hop away that does
// not answer at once is part of the diagnosis.
func (i *Instance) lookAtEndpoint(findings []finding.Finding) {
	if i.prober == nil || i.prober.credentials == "" || !i.cfg.RoleProbe || i.ctx.Err() != nil {
		return
	}
	asked := false
	for n := range findings {
		f := &findings[n]
		if f.Reason != finding.First || f.Diagnosis.Kind != string(rules.Credentials) || i.rules[f.Rule] == nil {
			continue
		}
		if i.task.TaskID != "" && f.Scope.Task != "" && f.Scope.Task != i.task.TaskID {
			continue // our endpoint is not that task's
		}
		if !asked && time.Since(i.reprobed) >= reprobeEvery {
			i.reprobed = time.Now()
			ctx, cancel := context.WithTimeout(i.ctx, reprobeTimeout)
			arn, endpoint := i.prober.role(ctx)
			cancel()
			i.setRole(roleAnswer{arn, endpoint})
		}
		asked = true
		task := i.task
		task.TaskID, task.Container = f.Scope.Task, f.Scope.Container
		f.Diagnosis = i.explainer.Diagnose(i.rules[f.Rule], diagnose.Subject{
			Facts: f.Facts, Task: task, Text: f.Evidence, Tasks: f.Counts.Tasks,
		})
	}
}
