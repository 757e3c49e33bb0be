package engine

import (
	"bytes"
	"hash/maphash"
	"slices"

	"github.com/authlens/authlens/engine/gist"
	"github.com/authlens/authlens/engine/match"
)

// Bounds of a memory.
const (
	memorySets = 32 // a power of two
	memoryWays = 8
	// memoryTrial is how many gists are looked up in a trial of whether that pays,
	// which it does if one in memoryPays was known. If not, the next memoryRest
	// gists are not looked up; then there is another trial.
	memoryTrial = 128
	memoryPays  = 8
	memoryRest  = 1024
)

// A memory holds the verdicts on the latest gists. In a storm nearly every
// record has one of a few. A verdict is a function of the gist, so what a
// memory holds changes nothing but the time it takes.
type memory struct {
	of   *match.Matcher // whose verdicts they are
	seed maphash.Seed
	sets [memorySets]memorySet
	text [memorySets][memoryWays][gist.MaxText]byte
	idle verdict // for what is not remembered

	// tree holds the gists of failures that were met again, judged the verdicts on them.
	tree   gist.Tree
	judged [gist.MaxGists]*verdict
	inTree int

	asked, knew int // gists looked up in this trial, and of them, known
	rest        int // gists still to pass without a look-up before the next trial
}

// A memorySet holds the verdicts on gists of one hash.
type memorySet struct {
	hash     [memoryWays]uint64
	n        [memoryWays]int // length of the gist
	verdicts [memoryWays]verdict
	put      int // how many verdicts were put here, or spared when one was
}

// serve forgets what belongs to a matcher other than m.
func (my *memory) serve(m *match.Matcher) {
	if my.of == m {
		return
	}
	if my.of == nil {
		my.seed = maphash.MakeSeed()
	}
	my.of, my.sets = m, [memorySets]memorySet{}
	my.resetTree()
}

// recall makes g the gist of text and returns the verdict on it, or the place where the caller
// is to write it.
func (my *memory) recall(g *gist.Gist, text []byte) *verdict {
	if len(text) > gist.MaxText || my.isResting() {
		my.of.Gist(g, text)
		return my.blank()
	}
	if v := my.known(g, text); v != nil {
		my.knew++
		return v
	}
	return my.place(g.Text())
}

// place returns the place for the verdict on a gist that is not known.
func (my *memory) place(said []byte) *verdict {
	hash := maphash.Bytes(my.seed, said)
	i := my.roomier(setsOf(hash))
	set := &my.sets[i]
	k := set.next()
	v := &set.verdicts[k]
	if slices.Contains(my.judged[:my.inTree], v) {
		my.resetTree() // Other gists in it may begin with a part of this one.
	}
	set.hash[k], set.n[k] = hash, copy(my.text[i][k][:], said)
	*v = verdict{}
	return v
}

// next returns the place for the next verdict in the set: that of the oldest one that was not
// met again since it was last spared.
func (set *memorySet) next() int {
	for {
		k := set.put % memoryWays
		set.put++
		if !set.verdicts[k].again {
			return k
		}
		set.verdicts[k].again = false
	}
}

// resetTree makes the tree empty.
func (my *memory) resetTree() {
	my.tree.Reset()
	my.inTree = 0
}

// known makes g the gist of text and returns the verdict on it, or nil if it is not remembered.
func (my *memory) known(g *gist.Gist, text []byte) *verdict {
	// Fast path: the gist need not be made.
	if i := my.tree.Find(g, text); i >= 0 {
		v := my.judged[i]
		v.again = true
		return v
	}
	my.of.Gist(g, text)
	v, said := my.find(maphash.Bytes(my.seed, g.Text()), g.Text())
	if v == nil || !v.known {
		return nil
	}
	v.again = true
	if v.matched && !my.of.IsGuarded() {
		if i := my.tree.Add(g, said); i >= 0 {
			my.judged[i] = v
			my.inTree++
		}
	}
	return v
}

// find returns the verdict on a gist, whose hash is given, and the gist as it is kept, or nil.
func (my *memory) find(hash uint64, said []byte) (v *verdict, kept []byte) {
	for _, i := range setsOf(hash) {
		set := &my.sets[i]
		for k := range memoryWays {
			if set.hash[k] != hash {
				continue
			}
			if kept := my.text[i][k][:set.n[k]]; bytes.Equal(kept, said) {
				return &set.verdicts[k], kept
			}
		}
	}
	return nil, nil
}

// setsOf returns the two sets that a gist of hash may be in. With only one, some sets would
// overflow long before all are full.
func setsOf(hash uint64) [2]uint64 { return [...]uint64{hash % memorySets, hash >> 32 % memorySets} }

// roomier returns the one of two sets that fewer verdicts were put into.
func (my *memory) roomier(sets [2]uint64) uint64 {
	if my.sets[sets[1]].put < my.sets[sets[0]].put {
		return sets[1]
	}
	return sets[0]
}

// pays reports whether gists are being looked up.
func (my *memory) pays() bool { return my.rest == 0 }

// isResting counts one more gist, and tells whether it is not to be looked up because too
// few were known.
func (my *memory) isResting() bool {
	if my.rest > 0 {
		my.rest--
		return true
	}
	if my.asked++; my.asked == memoryTrial {
		if my.knew < memoryTrial/memoryPays {
			my.rest = memoryRest
		}
		my.asked, my.knew = 0, 0
	}
	return false
}

// blank returns a place for a verdict that is not to be remembered.
func (my *memory) blank() *verdict {
	my.idle.known = false
	return &my.idle
}
