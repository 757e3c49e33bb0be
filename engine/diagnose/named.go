package diagnose

import "regexp"

// What services outside AWS name in the sentence of a refusal.
var (
	vhostForm            = regexp.MustCompile(`\bvhost '([^'\s]{1,200})'`)                                         // RabbitMQ
	missingRightForm     = regexp.MustCompile(`(?:\bneeded["']?: ?["']|Having the ')([\w:,.-]{1,200})['"]`)        // Slack, Stripe
	searchIndexForm      = regexp.MustCompile(`\bon indices \[([^\]\s]{1,200})\]`)                                 // Elasticsearch
	searchPrivilegesForm = regexp.MustCompile(`granted by the (?:index|cluster) privileges \[([\w,:/*]{1,200})\]`) // Elasticsearch
	entraCodeForm        = regexp.MustCompile(`\b(AADSTS\d{4,7})\b`)
	redirectForm         = regexp.MustCompile(`(?i)redirect ur[il] '(https?://[^'?#\s]{1,300})'`) // Entra ID
	federatedSubjectForm = regexp.MustCompile(`assertion subject '([^'\s]{1,300})'`)
	thumbprintForm       = regexp.MustCompile(`Thumbprint of key used by client: '([0-9A-Fa-f]{6,64})'`)
)
