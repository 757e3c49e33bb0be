package literal

import "math/bits"

// classes is how many classes of bytes there are: as many as two AVX2 shuffles can look up.
// All 64 values of caseless would take four.
const classes = 32

// A classing is the class of each byte, by its value of caseless. Each letter, and each mark that
// stands among the letters in ASCII, has a class of its own. Digits and the other marks have one of
// those classes too.
type classing [64]uint8

// letters is where in a classing the letters begin.
const letters = 64 - classes

// newClassing returns the classing in which each of ' ' to '?', in that order, shares the class of
// the letter at its place in sharing.
func newClassing(sharing string) (of classing) {
	for i := range of {
		c := byte(i)
		if i < letters {
			c = sharing[i]
		}
		of[i] = c % classes
	}
	return of
}

// classOf is the classing of the plan.
var classOf = newClassing(planClasses)

// blur returns text as a model that cannot tell the bytes of a class apart.
func (of *classing) blur(text textModel) textModel {
	alike := of.alike()
	return func(sets *[gramSize]kindSet) float64 {
		blurred := *sets
		alike.widen(&blurred)
		return text(&blurred)
	}
}

// alikeKinds is for each kind of ASCII character the set of kinds in its class, one bit each.
type alikeKinds [kinds - 1]uint64

func (of *classing) alike() (alike alikeKinds) {
	for k, class := range of { // of a folded byte, what caseless returns is its kind
		for other := range of {
			if of[other] == class {
				alike[k] |= 1 << other
			}
		}
	}
	return alike
}

// widen adds to each set the kinds that are in a class with one of its own.
func (alike *alikeKinds) widen(sets *[gramSize]kindSet) {
	for j := range sets {
		for rest := sets[j].ascii; rest != 0; rest &= rest - 1 {
			sets[j].ascii |= alike[bits.TrailingZeros64(rest)]
		}
	}
}

// markFix is how placesAVX2 finds the classes of digits and marks. To every byte it adds what turns a
// letter into its class, in the form of shuffled; that is wrong for the others, and corrected by an
// exclusive or with markFix[0] at the byte's lower four bits and, for '0' to '?', with markFix[1] too.
var markFix = func() (fix [2][16]uint8) {
	for i := range fix[0] {
		fix[0][i] = shuffled(classOf[i]) ^ uint8(0x30+i)
		fix[1][i] = shuffled(classOf[16+i]) ^ uint8(0x40+i) ^ fix[0][i]
	}
	return fix
}()

// shuffled returns class in the form of an index of a shuffle: its lower four bits where they are,
// its fifth as the highest bit, which makes the shuffle's result 0. The bits between do not matter.
func shuffled(class uint8) uint8 { return class&15 | class&16<<3 }
