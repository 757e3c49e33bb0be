package redact

import "testing"

// What is known for a secret by its looks alone.
func TestSecretKeys(t *testing.T) {
	f, keeps := cases(t)
	f("used 9fK2mQ7vXcB1nT5rWzY8sD3hJ6gL0paeUiOqRtAZ here", "used [redacted] here")
	f("used /fK2mQ7vXcB1nT5rWzY8sD3hJ6gL0+zeUiOqRtx9 here", "used [redacted] here")
	keeps("OrdersServiceProductionDatabase012345678 is a name")
	keeps("9fK2mQ7vXcB1nT5rWzY8sD3hJ6gL0paeUiOqRtAZ9 is longer, 9fK2mQ7vXcB1nT5rWzY8sD3hJ6gL0paeUiOqRtA shorter")
}
