//go:build purego || !amd64

package literal

func disableVector() (undo func()) { return func() {} }
