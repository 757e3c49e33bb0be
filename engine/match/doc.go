// Package match turns rules into literals and conditions, and confirms candidates.
package match
