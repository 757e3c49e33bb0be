//go:build purego || !amd64

package literal

var engines = []engine{{"vector", placesVector, (*filter).bucketsAt}}
