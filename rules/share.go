package rules

// sharedLists are lists of phrases by their content. Rules repeat them, dozens of times
// each.
type sharedLists struct {
	known map[string][]string
	key   []byte // of the list at hand
}

func newSharedLists() *sharedLists { return &sharedLists{known: map[string][]string{}} }

// share makes equal lists one in memory, whichever rules and signatures they belong to.
func (shared *sharedLists) share(r *Rule) {
	shared.list(&r.Unless)
	for i := range r.Signatures {
		s := &r.Signatures[i]
		for _, list := range []*[]string{&s.All, &s.Any, &s.PrecededBy, &s.FollowedBy, &s.RightBefore, &s.RightAfter, &s.Unless, &s.UnlessNear} {
			shared.list(list)
		}
	}
}

func (shared *sharedLists) list(list *[]string) {
	if *list == nil {
		return
	}
	shared.key = shared.key[:0]
	for _, text := range *list {
		shared.key = append(append(shared.key, text...), 0)
	}
	if same, ok := shared.known[string(shared.key)]; ok {
		*list = same
	} else {
		shared.known[string(shared.key)] = *list
	}
}
