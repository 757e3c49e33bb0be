// Command glibc fails when a library needs a newer glibc than Amazon Linux 2023
// has, on which aws-for-fluent-bit 3.x stands.
//
//	go run ./plugin/abitest/cmd/glibc out_authlens.so
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/authlens/authlens/plugin/abitest"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: glibc LIBRARY…")
		os.Exit(2)
	}
	status := 0
	for _, library := range os.Args[1:] {
		if err := check(library); err != nil {
			fmt.Fprintln(os.Stderr, "glibc:", err)
			status = 1
		}
	}
	os.Exit(status)
}

func check(library string) error {
	version, symbols, err := abitest.GlibcNeeds(library)
	if err != nil {
		return err
	}
	if abitest.CompareVersions(version, abitest.GlibcMost) > 0 {
		return fmt.Errorf("%s needs glibc %s (%s); expected %s or older: build it on an older system",
			library, version, strings.Join(symbols, ", "), abitest.GlibcMost)
	}
	fmt.Printf("%s needs glibc %s\n", library, version)
	return nil
}
