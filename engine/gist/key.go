package gist

// keyOf returns where the key is in the name of an S3 object that goes on at b[i:]:
// arn:aws:s3:::BUCKET/KEY, s3://BUCKET/KEY. It is empty, at the end of the name, if
// there is only a bucket's name, or none.
func keyOf(b []byte, i int) (from, to int) {
	if i+3 > len(b) || string(b[i:i+3]) != ":::" && string(b[i:i+3]) != "://" {
		return i, i
	}
	for from = i + 3; from < len(b) && b[from] != '/'; from++ {
		if endsKey[b[from]] {
			return from, from
		}
	}
	from = min(from+1, len(b))
	return from, keyEnd(b, from)
}

// keyEnd returns where the key ends that begins at b[i].
func keyEnd(b []byte, i int) int {
	to := i
	for to < len(b) && !endsKey[b[to]] {
		to++
	}
	for to > i && (b[to-1] == '.' || b[to-1] == ':') {
		to-- // the sentence's
	}
	return to
}

// KeyAt returns the start of text as far as it may stand in a key.
func KeyAt(text string) string {
	for i := range len(text) {
		if endsKey[text[i]] {
			return text[:i]
		}
	}
	return text
}

// endsKey are the bytes that end a key in a sentence. A wildcard is one of them: the
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
