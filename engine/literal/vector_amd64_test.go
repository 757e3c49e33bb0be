//go:build !purego

package literal

func disableVector() (undo func()) {
	was := hasAVX2
	hasAVX2 = false
	return func() { hasAVX2 = was }
}
