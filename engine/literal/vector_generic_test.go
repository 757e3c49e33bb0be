//go:build purego || !amd64

package literal

var engines = []engine{{"vector", placesVector, placesOfEach, (*filter).bucketsAt}}
