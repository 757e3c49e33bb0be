package rules

import "strings"

// sharedLists are lists of phrases by what they hold. Rules repeat them, dozens of
// times each.
type sharedLists map[string][]string

// share gives the lists of r that are known one place in memory.
func (known sharedLists) share(r *Rule) {
	known.list(&r.Unless)
	for i := range r.Signatures {
		s := &r.Signatures[i]
		for _, list := range []*[]string{&s.All, &s.Any, &s.PrecededBy, &s.FollowedBy, &s.Unless, &s.UnlessNear} {
			known.list(list)
		}
	}
}

func (known sharedLists) list(list *[]string) {
	if *list == nil {
		return
	}
	key := strings.Join(*list, "\x00")
	if same, ok := known[key]; ok {
		*list = same
	} else {
		known[key] = *list
	}
}
