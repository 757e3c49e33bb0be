package gist

// What is long enough to be an id, in bytes, and no code of an error. Okta's
// E0000004 and Windows' 80070005 are eight hexadecimal digits, Azure's
// AADB2C90118 eleven.
const (
	minNumber    = 10 // seconds since 1970
	minHex       = 12 // the short ids of containers
	minCapitalID = 16 // S3's request ids; DynamoDB's have 52
	minFraction  = 3
	portLen      = 5 // of a port that the kernel chose for a client
	maxThread    = 4 // of a thread's number in its pool
)

// wordAround returns where the word of letters and digits that b[i], a digit, is in
// begins and ends. It begins at floor or later.
func wordAround(b []byte, floor, i int) (start, end int) {
	for start = i; start > floor && is(b[start-1], alnum); start-- {
	}
	for end = i + 1; end < len(b) && is(b[end], alnum); end++ {
	}
	return start, end
}

func isNumber(word []byte) bool { return allOf(word, digit) }

// allOf tells whether all bytes of word are of a class.
func allOf(word []byte, of class) bool {
	for _, c := range word {
		if !is(c, of) {
			return false
		}
	}
	return true
}

// isID tells whether a word with a digit, of minNumber bytes at least, is an id:
// a number, hexadecimal, or capitals and digits.
func isID(word []byte) bool {
	switch {
	case len(word) < minHex:
		return isNumber(word)
	case allOf(word, hex):
		return true
	case len(word) < minCapitalID || isIAM(word):
		return false
	}
	return allOf(word, digit|capital)
}

// isIAM tells whether an id is one of IAM's own, which say who was refused: AKIA…, AROA….
func isIAM(id []byte) bool { return id[0] == 'A' && id[3] == 'A' && allOf(id[1:3], capital) }

// formOf returns the form of an id.
func formOf(id []byte) form {
	switch {
	case isNumber(id):
		return number
	case allOf(id, hex):
		return hexID
	}
	return capitals
}

// isMinus tells whether before, which begins at an offset of the text, ends with a minus sign.
// A number below zero is neither a count nor an id but the code of an error: -1765328353 of
// Kerberos, -2144108387 of Windows.
func isMinus(before []byte, offset int) bool {
	n := len(before)
	return n > 0 && before[n-1] == '-' && (n > 1 && !is(before[n-2], alnum) || n == 1 && offset == 0)
}

// isBeforePort tells whether a number that follows before is that of a port.
func isBeforePort(before []byte) bool {
	n := len(before)
	return n > 1 && before[n-1] == ':' && is(before[n-2], digit)
}

// isThread tells whether a number that follows before is that of a thread, by the
// name of its pool: http-nio-8080-exec-12, pool-1-thread-3, ForkPoolWorker-2.
func isThread(before []byte) bool {
	n := len(before)
	if n < 5 {
		return false
	}
	switch string(before[n-5:]) {
	case "exec-", "read-", "rker-":
		return true
	}
	return false
}

// isS3 tells whether a word is the scheme or the service in the name of an S3
// object.
func isS3(word []byte) bool {
	return len(word) >= 2 && word[0] == 's' && word[1] == '3' &&
		(len(word) == 2 || len(word) == 3 && (word[2] == 'a' || word[2] == 'n'))
}

// isHour tells whether the word that ends at b[:end], before a colon, ends in the
// hour of a time of day: 04:05:06, 2031-02-03T04:05:06Z.
func isHour(b []byte, start, end int) bool {
	if end-start < 2 || end+6 > len(b) || b[end+3] != ':' {
		return false
	}
	for _, i := range [...]int{end - 2, end - 1, end + 1, end + 2, end + 4, end + 5} {
		if !is(b[i], digit) {
			return false
		}
	}
	return (end-start == 2 || !is(b[end-3], digit)) && (end+6 == len(b) || !is(b[end+6], digit))
}
