package look

import "strings"

// sparks are the bars of a sparkline, the lowest first.
var sparks = []rune("▁▂▃▄▅▆▇█")

// sparkline draws counts as a line of bars, the highest as high as a character.
// Nothing is a blank.
func sparkline(counts []int64) string {
	highest := int64(0)
	for _, n := range counts {
		highest = max(highest, n)
	}
	var line strings.Builder
	for _, n := range counts {
		if n <= 0 {
			line.WriteByte(' ')
			continue
		}
		line.WriteRune(sparks[(n*int64(len(sparks))-1)/highest])
	}
	return line.String()
}
