// Package redact removes secrets from text before it leaves the process.
package redact
