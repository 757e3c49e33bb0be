package conf_test

import (
	"fmt"

	"github.com/authlens/authlens/conf"
)

func ExampleLoad() {
	options := map[string]string{"window": "30s", "forward_to": "tcp://127.0.0.1:24224"}

	c, err := conf.Load(func(name string) string { return options[name] })
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Window, c.Sinks, c.ForwardTo)
	// Output: 30s [forward] tcp://127.0.0.1:24224
}

func ExampleLoad_problems() {
	options := map[string]string{"threshold": "a few", "access_logs": "maybe"}

	_, err := conf.Load(func(name string) string { return options[name] })
	fmt.Println(err)
	// Output:
	// 2 options cannot be used:
	//   access_logs: expected on or off; got "maybe"
	//       access_logs: Whether 401 and 403 answers in web servers' access logs count as failures. Off, because most services answer some strangers that way.
	//   threshold: expected a whole number, 1 to 1000000, such as 2; got "a few"
	//       threshold: How many failures a scope (cluster, task definition family and container) needs within the last `threshold_windows` windows to be worth a finding. A rule may have its own.
}
