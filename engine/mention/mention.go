package mention

// A Kind says in what way evidence is only mentioned.
type Kind uint8

// The kinds of mention.
const (
	None      Kind = iota // a report: the failure happened
	Name                  // part of the name of something: AccessDeniedHandler
	Path                  // part of a path or a file's name: /docs/AccessDenied.html
	Count                 // what a metric counts, or counted as none: AccessDenied=0
	Negated               // said not to be: no AccessDenied errors since
	List                  // one of a list: retry_on=[Throttling, ExpiredToken]
	Condition             // what is compared with: code == "AccessDenied"
	Topic                 // what something is for or about: mapper for ExpiredToken
	Code                  // in source code or the frame of a stack: import, at
	Test                  // in the report of a test
	Document              // in documentation or the title of a change
	Renewed               // what was renewed at once: token expired, refreshing
)

// String says it in a few words.
func (k Kind) String() string {
	return [...]string{
		"reported", "part of another name", "part of a path", "only counted", "negated", "one of a list",
		"what something is compared with", "what something is for", "in source code", "in a test report",
		"in documentation", "renewed at once",
	}[k]
}

// when returns k when that is so, else None.
func (k Kind) when(so bool) Kind {
	if so {
		return k
	}
	return None
}

// Of returns how the evidence text[start:end] is mentioned, or None when it is
// reported. Text is normalised.
func Of(text []byte, start, end int) Kind {
	p := placeOf(text, start, end)
	switch {
	case p.isName(), p.inProperty():
		return Name
	case p.inPath():
		return Path
	case p.isZero(), p.isSample(), p.describesMetric():
		return Count
	case p.inList(), p.isItem():
		return List
	case p.isKey(), p.isMapped(), p.isMetric():
		return Topic
	case p.isCompared():
		return Condition
	case p.inCode(), p.isArm():
		return Code
	case p.inTest():
		return Test
	case p.isRenewed():
		return Renewed
	}
	if kind := p.inLiteral(); kind != None {
		return kind
	}
	if kind := p.followed(); kind != None {
		return kind
	}
	return p.preceded()
}
