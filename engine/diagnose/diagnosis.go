// Package diagnose infers what a failure means and what to change, from a rule,
// the facts read from the text, and what is known of the task it happened in.
//
// Facts are quotations; a Diagnosis is our own words. The package asks nobody
// anything: what the environment says comes in as an argument.
package diagnose

import "github.com/authlens/authlens/engine/extract"

// A Diagnosis says what a failure means and what to change.
type Diagnosis struct {
	Cause string `json:"cause"` // a rules.Cause name
	Kind  string `json:"kind"`  // a rules.Kind

	// RoleKind is task, execution, instance, chained, user or unknown.
	RoleKind      string `json:"role_kind,omitempty"`
	RoleCertainty string `json:"role_certainty,omitempty"` // certain, likely, possible
	RoleWhy       string `json:"role_why,omitempty"`       // the evidence, in a few words

	// RequiredAction is the IAM action that the call needs, when the text names
	// an operation only, or when it differs from the operation's name; empty where
	// no permission is what lacks.
	RequiredAction string `json:"required_action,omitempty"`

	Headline string   `json:"headline"` // one sentence: what is wrong
	Explain  string   `json:"explain"`
	Fix      []string `json:"fix"` // ordered steps for exactly this case
	// AllowHelps is false when a deny, a boundary, an SCP/RCP or an endpoint
	// policy stands in the way of any Allow statement, or no permission is missing.
	AllowHelps bool `json:"allow_helps"`
	// Statement is a least-privilege IAM statement (valid IAM JSON), nil when no
	// Allow can help or too little is known.
	Statement     *Statement `json:"statement,omitempty"`
	StatementIn   string     `json:"statement_in,omitempty"`   // the document that the statement belongs in
	StatementNote string     `json:"statement_note,omitempty"` // what was generalised, and the choice; or why there is none
	Verify        string     `json:"verify,omitempty"`
	VerifyIn      string     `json:"verify_in,omitempty"` // where, and with whose credentials, Verify is run
	See           []string   `json:"see,omitempty"`
}

// A Statement is one statement of an IAM policy document. Principal is set in
// statements for a resource's policy or a role's trust policy; a trust policy
// and a repository's have no Resource.
type Statement struct {
	Sid       string                       `json:"Sid,omitempty"`
	Effect    string                       `json:"Effect"`
	Principal map[string]string            `json:"Principal,omitempty"` // AWS or Service
	Action    []string                     `json:"Action"`
	Resource  []string                     `json:"Resource,omitempty"`
	Condition map[string]map[string]string `json:"Condition,omitempty"`
}

// A Task is what is known of the place a failure happened in, besides its text.
// All fields are optional.
type Task struct {
	TaskRoleARN string // RoleArn of the container credentials endpoint
	TaskID      string // 32 hex digits, of the record's task ARN or tag
	LaunchType  string // FARGATE or EC2
	Container   string
	Endpoint    string // what asking the credentials endpoint showed: "" or one of the constants
}

// What asking the credentials endpoint showed.
const (
	EndpointOK        = "ok"
	EndpointRefused   = "refused"
	EndpointTimeout   = "timeout"
	EndpointThrottled = "throttled"
	EndpointError     = "error"
)

// A Subject is what there is to explain.
type Subject struct {
	Facts extract.Facts
	Task  Task
	// Text is a bounded, normalised sample of the record.
	Text string
	// Tasks is the number of distinct tasks that saw this failure.
	Tasks int
}
