package main

// spellingSlips is how many letters may be wrong, missing or too many in a name that
// was meant for another.
const spellingSlips = 2

// meant returns the one name that a misspelt one was likely meant for, or "".
func meant(misspelt string, names []string) string {
	found, fewest := "", spellingSlips+1
	for _, name := range names {
		switch slips := distance(misspelt, name); {
		case slips < fewest:
			found, fewest = name, slips
		case slips == fewest:
			found = ""
		}
	}
	return found
}

// distance is how many letters are to be changed, added or taken away to make b of a
// (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
