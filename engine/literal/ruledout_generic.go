//go:build purego || !amd64

package literal

// ruledOut returns how many places at the start of b hold no piece. The place
// after them may hold none either. The result is at most len(b).
func (f *filter) ruledOut(b []byte) int { return f.ruledOutPortable(b) }
