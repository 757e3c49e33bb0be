package literal

// chooseAnchors returns, for each literal, how far its piece is from its start.
func chooseAnchors(literals [][]byte) []int {
	anchors := make([]int, len(literals))
	for id, s := range literals {
		best := commonness(s[:PieceLen])
		for i := 1; i+PieceLen <= len(s); i++ {
			if c := commonness(s[i : i+PieceLen]); c < best {
				best, anchors[id] = c, i
			}
		}
	}
	return anchors
}

func commonness(piece []byte) (sum int) {
	const byFrequency = "zqjxkvbpgwyfmucldrhsnioate "
	for _, c := range piece {
		for i := range byFrequency {
			if byFrequency[i] == c {
				sum += i * i
			}
		}
	}
	return sum
}
