package literal

import (
	"math"
	"sort"
	"strings"
)

// commonRow is how many bytes of commonTable a gram takes: its own, and one for its
// share.
const commonRow = gramSize + 1

// commonShare returns the share of places in log text where g stands, for a gram that
// is much more common there than its pairs of bytes suggest, since text is made of words:
// "auth" is a hundred times as common.
func commonShare(g gram) (share float64, ok bool) {
	text := g.text()
	i, ok := sort.Find(len(commonTable)/commonRow, func(i int) int {
		return strings.Compare(text, commonTable[i*commonRow:][:gramSize])
	})
	if !ok {
		return 0, false
	}
	return shareOf(commonTable[i*commonRow+gramSize]), true
}

// shareOf decodes a share in a table: '(' plus twice its negated binary logarithm.
func shareOf(c byte) float64 { return math.Exp2(-float64(c-'(') / 2) }
