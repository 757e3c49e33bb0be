package diagnose

import "github.com/authlens/authlens/engine/lazy"

// What services outside AWS name in the sentence of a refusal.
var (
	vhostForm            = lazy.Compile(`\bvhost '([^'\s]{1,200})'`)                                                                     // RabbitMQ
	missingRightForm     = lazy.Compile(`(?:\bneeded["']?: ?["']|Having the '|\(#\d+\) Requires )([\w:,.-]{1,200})(?:['"]| permission)`) // Slack, Stripe, Meta
	searchIndexForm      = lazy.Compile(`\bon indices \[([^\]\s]{1,200})\]`)                                                             // Elasticsearch
	searchPrivilegesForm = lazy.Compile(`granted by the (?:index|cluster) privileges \[([\w,:/*]{1,200})\]`)                             // Elasticsearch
	entraCodeForm        = lazy.Compile(`\b(AADSTS\d{4,7})\b`)
	redirectForm         = lazy.Compile(`(?i)redirect ur[il] '(https?://[^'?#\s]{1,300})'`) // Entra ID
	federatedSubjectForm = lazy.Compile(`assertion subject '([^'\s]{1,300})'`)
	thumbprintForm       = lazy.Compile(`Thumbprint of key used by client: '([0-9A-Fa-f]{6,64})'`)
)
