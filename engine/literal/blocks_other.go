//go:build purego || !amd64

package literal

// BlocksPay reports whether a Search of blocks takes less time than one of all that is between
// them, too.
func BlocksPay() bool { return true }

// placesOfBlocks is the engine for blocks. b has minVector bytes or more from each of them on.
func placesOfBlocks(f *filter, b []byte, blocks []uint16, places *[placesMax]uint16, enough int) (n, seen int) {
	return placesOfEach(f, b, blocks, places, enough)
}
