package mention

import "bytes"

// roleReach is how far before what is said in a conversation its speaker stands, in
// bytes.
const roleReach = 32

// isHeading tells whether the evidence begins a heading of Markdown in a longer text:
// "### Access denied\n….
func (p *place) isHeading() bool {
	i := p.start - 1
	if p.byteAt(i) != ' ' || p.byteAt(i-1) != '#' || p.byteAt(i-2) != '#' {
		return false
	}
	i = p.before(i, func(c byte) bool { return c == '#' })
	return quoteByte(p.byteAt(i-1)) || i == 0 && p.whole && p.at > 0
}

// quotedIn tells what the key that ends at end makes of the string behind it: what
// people write or search for.
func (p *place) quotedIn(end int) Kind {
	start := p.before(end, identByte)
	w := p.word(start, end)
	switch string(w.text()) {
	case "subject", "q", "search", "example", "examples", "prompt", "completion", "question", "snippet", "intent", "utterance", "tooltip", "placeholder",
		"search_query", "searchquery", "search_term", "searchterm", "keyword", "keywords",
		"commit_message", "commitmessage", "commit_msg", "commit_title", "pr_title", "issue_title":
		return Document
	case "query", "query_string", "querystring", "phrase", "kuery", "kql", "logql", "$regex", "$search", "$text":
		return Condition
	case "messagebody": // of a listener of AWS' load balancers
		return Document.when(bytes.Contains(p.line[:start], []byte("fixedResponseConfig")))
	case "content": // what a person or a model says to the other
		if bytes.Contains(p.line[max(0, start-roleReach):start], []byte(`"role"`)) {
			return Document
		}
	case "alarm_name", "alarmname", "alertname", "rule_name", "rulename", "metric_name", "metricname":
		return Topic
	case "title", "panel", "dashboard", "chart":
		if containsAny(p.line, `"status":"resolved"`, `"state":"resolved"`, `"status":"closed"`, `"status":"solved"`) {
			return Topic // of what is over
		}
		if p.byteAt(p.start-1) == '"' && p.plural() {
			return Topic // of what is counted there: title="Auth failures"
		}
	case "expected", "pattern", "regex", "filter", "filterpattern", "prefregex", "failregex", "expr", "template", "match", "matcher", "contains":
		return Condition
	}
	open := p.beforeSpaces(start-1) - 1
	if p.byteAt(start-1) != '"' || p.byteAt(open) != '{' {
		return None
	}
	if w.equals("description") && p.isOfStatus(open) {
		return Document
	}
	return p.quotedBelow(open)
}

// isOfStatus tells whether the object that opens at i is what a description of an
// interface says of a status: "403": {"description": "Access denied"}, of OpenAPI.
func (p *place) isOfStatus(i int) bool {
	colon := p.beforeSpaces(i) - 1
	w := p.wordBefore(colon)
	return p.byteAt(colon) == ':' && (w.isStatus() || w.isOneOf("unauthorized", "forbidden", "unauthorizederror", "forbiddenerror"))
}

// quotedBelow is quotedIn for the key of the object that opens at i.
func (p *place) quotedBelow(i int) Kind {
	end := p.beforeSpaces(i)
	if p.byteAt(end-1) != ':' {
		return None
	}
	end = p.beforeQuotes(p.beforeSpaces(end - 1))
	start := p.before(end, identByte)
	w := p.word(start, end)
	switch string(w.text()) {
	case "filter", "$match", "match", "match_phrase", "term", "terms", "wildcard", "regexp", "prefix", "fuzzy", "query", "query_string", "multi_match":
		return Condition
	case "commit", "head_commit", "last_commit", "latest_commit":
		return Document
	}
	return None
}
