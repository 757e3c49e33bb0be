package mention

import "bytes"

// isMetric tells whether the evidence is the name of a metric, of whatever value:
// "Metrics":[{"Name":"AccessDenied", metric="AccessDenied", type=METER,
// name=auth.AccessDenied, |count|AccessDenied|.
func (p *place) isMetric() bool {
	// Fast path: most evidence stands in a sentence.
	if p.byteAt(p.left-1) == ' ' || !p.isTerm() {
		return false
	}
	if p.isTag() || p.isStatistic() {
		return true
	}
	i := p.beforeSpaces(p.beforeQuotes(p.qualified()))
	switch p.byteAt(i - 1) {
	case '|': // of AWS Lambda's extension for Datadog
		w := p.wordBefore(i - 1)
		return w.is(sampled) && p.byteAt(w.start-1) == '|' && p.byteAt(p.right) == '|'
	case '=', ':':
	default:
		return false
	}
	key := p.wordBefore(p.beforeQuotes(i - 1))
	switch string(key.text()) {
	case "metric":
		return true
	case "name":
		before := p.line[:key.start]
		if w := p.wordBefore(key.start - len(", ")); w.is(sampled) && bytes.HasSuffix(before[:w.start], []byte("type=")) {
			return true // of Dropwizard
		}
		if next := p.wordAfter(p.afterSpaces(p.afterQuotes(p.right) + len(","))); string(next.text()) == "unit" {
			return true // of CloudWatch's embedded metric format
		}
		open := max(bytes.LastIndex(before, []byte(`"Metrics":`)), bytes.LastIndex(before, []byte(`"metrics":`)))
		if open < 0 {
			return false
		}
		within := before[open+len(`"metrics":`):]
		return opens(within, "{", "}") == 1 && opens(within, "[", "]") == 1
	}
	return false
}

// isStatistic tells whether the evidence ends the name, with slashes, of a statistic, as Scrapy
// prints them: {'robotstxt/forbidden': 41}.
func (p *place) isStatistic() bool {
	return p.byteAt(p.left-1) == '/' && quoteByte(p.byteAt(p.right)) && p.byteAt(p.right+1) == ':' && digit(p.byteAt(p.right+3)) &&
		quoteByte(p.byteAt(p.before(p.left, func(c byte) bool { return elementByte(c) || c == '/' })-1))
}

// isTag tells whether the evidence is a tag of a metric or the value of one, as Micrometer prints
// them: http.server.requests{exception=AccessDeniedException,status=403} throughput=0.1/s.
func (p *place) isTag() bool {
	switch p.byteAt(p.left - 1) {
	case '=', ',', '{':
	default:
		return false
	}
	open := bytes.LastIndexByte(p.line[:p.left], '{')
	if open < 0 || bytes.IndexByte(p.line[open:p.left], ' ') >= 0 {
		return false
	}
	n := bytes.IndexByte(p.line[p.right:], '}')
	if n < 0 || bytes.IndexByte(p.line[p.right:p.right+n], ' ') >= 0 {
		return false
	}
	start := p.before(open, elementByte)
	name, said := p.line[start:open], p.line[p.right+n+1:]
	return bytes.IndexByte(name, '.') > 0 && lower(name[0]) && hasAnyFold(said, " throughput=", " value=", " mean=", " count=", " active=", " total=")
}

// opens returns how many brackets text leaves open.
func opens(text []byte, opening, closing string) int {
	return bytes.Count(text, []byte(opening)) - bytes.Count(text, []byte(closing))
}
