//go:build purego || !amd64

package literal

func init() {
	engines = append(engines, engine{"vector", ruledOutVector, minVector, nil})
}
