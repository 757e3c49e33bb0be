// Package redact removes secrets from text before it leaves the process:
// access keys, passwords, tokens, signatures, private keys, cookies, encoded
// authorization messages. What a person needs to understand a failure stays:
// ARNs, role names, request ids, buckets, paths of secrets.
//
// Where the two conflict, it removes.
package redact
