//go:build purego || !amd64

package literal

// GatheringPays reports whether it takes less time to search parts of a text, which are put one
// behind the other for that, than all of it.
func GatheringPays() bool { return true }
