package gist

// keyOf returns where the key of the S3 object is whose name goes on at b[i:]:
// arn:aws:s3:::BUCKET/KEY, s3://BUCKET/KEY. It is empty where there is only a
// bucket's name, or none.
func keyOf(b []byte, i int) (from, to int) {
	if i+3 > len(b) || string(b[i:i+3]) != ":::" && string(b[i:i+3]) != "://" {
		return 0, 0
	}
	for from = i + 3; from < len(b) && b[from] != '/'; from++ {
		if endsKey[b[from]] {
			return 0, 0
		}
	}
	from++
	for to = from; to < len(b) && !endsKey[b[to]]; to++ {
	}
	for to > from && (b[to-1] == '.' || b[to-1] == ':') {
		to-- // the sentence's
	}
	return from, to
}

// KeyAt returns what at the start of text may stand in a key.
func KeyAt(text string) string {
	for i := range len(text) {
		if endsKey[text[i]] {
			return text[:i]
		}
	}
	return text
}

// endsKey are the bytes that end a key in a sentence. A wildcard does too: the
// resource of a policy names no object.
var endsKey = func() (t [256]bool) {
	for c := range byte(' ') + 1 {
		t[c] = true
	}
	for _, c := range []byte("\"'`<>()[]{},;|\\*") {
		t[c] = true
	}
	return t
}()
