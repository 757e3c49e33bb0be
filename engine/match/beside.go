package match

// besideReach is how far `preceded_by` and `followed_by` look, in bytes: half a
// dozen words.
const besideReach = 48

// before returns what stands before the evidence in its sentence, as far as
// besideReach.
func before(text []byte, where span) []byte {
	words := text[max(0, where.start-besideReach):where.start]
	for i := len(words) - 1; i >= 0; i-- {
		if endsSentence(words, i) {
			return words[i+1:]
		}
	}
	return words
}

// after is before in the other direction.
func after(text []byte, where span) []byte {
	words := text[where.end:min(len(text), where.end+besideReach)]
	for i := range words {
		if endsSentence(words, i) {
			return words[:i]
		}
	}
	return words
}

// endsSentence tells whether a sentence, or the value of a JSON object, ends
// with words[i].
func endsSentence(words []byte, i int) bool {
	switch words[i] {
	case '\n', ';', '{', '}':
		return true
	case '.', ',':
		return i+1 < len(words) && (words[i+1] == '"' || words[i] == '.' && words[i+1] == ' ')
	}
	return false
}

// wordIn tells whether a phrase of list begins with a word of text, or with a part
// of one as in OPENAI_API_KEY, that is not what a page or a piece of a program is called.
func wordIn(list []phrase, text []byte) bool {
	for i := range list {
		p := &list[i]
		for at := p.find(text, 0); at >= 0; at = p.find(text, at+1) {
			if (boundary(text, at) || text[at-1] == '_') && !namesOther(text, at, at+len(p.lower)) {
				return true
			}
		}
	}
	return false
}
