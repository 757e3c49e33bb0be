package literal

import "math/bits"

// classes is how many classes of bytes there are. Two shuffles look up one of so many; for
// all that caseless tells apart it takes four.
const classes = 32

// A classing has the class of each byte, by caseless. Each letter, and each mark that has
// its place among them in ASCII, has its own. Digits and other marks share these.
type classing [64]uint8

// letters is where in a classing the letters begin.
const letters = 64 - classes

// newClassing returns the classing in which each of ' ' to '?' shares the class of the letter
// that sharing has in its place.
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

// blur returns text as it is where the bytes of a class are not told apart.
func (of *classing) blur(text textModel) textModel {
	alike := of.alike()
	return func(sets *[gramSize]kindSet) float64 {
		blurred := *sets
		alike.widen(&blurred)
		return text(&blurred)
	}
}

// alikeKinds has for each kind of ASCII character those of its class, one bit each.
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

// widen adds to each set what its kinds are not told apart from.
func (alike *alikeKinds) widen(sets *[gramSize]kindSet) {
	for j := range sets {
		for rest := sets[j].ascii; rest != 0; rest &= rest - 1 {
			sets[j].ascii |= alike[bits.TrailingZeros64(rest)]
		}
	}
}

// markFix is how placesAVX2 finds the class of a digit or mark. It adds to a letter what makes
// it its class, as shuffled has it, and does that to the others too. Their result it
// corrects by an exclusive or with markFix[0], at the lower four bits of the byte, and that of
// a digit once more with markFix[1].
var markFix = func() (fix [2][16]uint8) {
	for i := range fix[0] {
		fix[0][i] = shuffled(classOf[i]) ^ uint8(0x30+i)
		fix[1][i] = shuffled(classOf[16+i]) ^ uint8(0x40+i) ^ fix[0][i]
	}
	return fix
}()

// shuffled returns class as a shuffle looks it up: the lower four bits as they are, the fifth
// where it makes the result 0. Bits between do not matter.
func shuffled(class uint8) uint8 { return class&15 | class&16<<3 }
