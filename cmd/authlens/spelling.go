package main

import "github.com/agnivade/levenshtein"

// spellingSlips is how many letters may be wrong, missing or too many in a name that
// was meant for another.
const spellingSlips = 2

// meant returns the one name that was likely meant by a misspelt one, or "".
func meant(misspelt string, names []string) string {
	found, fewest := "", spellingSlips+1
	for _, name := range names {
		switch slips := levenshtein.ComputeDistance(misspelt, name); {
		case slips < fewest:
			found, fewest = name, slips
		case slips == fewest:
			found = ""
		}
	}
	return found
}
