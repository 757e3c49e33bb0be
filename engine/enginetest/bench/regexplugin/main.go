// Command regexplugin is the plugin that one writes first: fluent-bit-go's
// decoder, and one regular expression over every value. It is measured beside
// AuthLens and nothing else:
//
//	go build -buildmode=c-shared -o out_regex.so ./regexplugin
//
// The option "regex" is the expression.
package main

/*
#include <stdlib.h>
*/
import "C"

import (
	"fmt"
	"regexp"
	"unsafe"

	"github.com/fluent/fluent-bit-go/output"
)

var (
	expression *regexp.Regexp
	matches    int
)

//export FLBPluginRegister
func FLBPluginRegister(def unsafe.Pointer) int {
	return output.FLBPluginRegister(def, "regex", "one regular expression over every value")
}

//export FLBPluginInit
func FLBPluginInit(plugin unsafe.Pointer) int {
	var err error
	if expression, err = regexp.Compile("(?i)" + output.FLBPluginConfigKey(plugin, "regex")); err != nil {
		fmt.Println("regex:", err)
		return output.FLB_ERROR
	}
	return output.FLB_OK
}

//export FLBPluginFlushCtx
func FLBPluginFlushCtx(context, data unsafe.Pointer, length C.int, tag *C.char) int {
	decoder := output.NewDecoder(data, int(length))
	for {
		ret, _, record := output.GetRecord(decoder)
		if ret != 0 {
			return output.FLB_OK
		}
		for _, value := range record {
			if text, ok := value.([]byte); ok && expression.Match(text) {
				matches++
			}
		}
	}
}

//export FLBPluginExit
func FLBPluginExit() int { return output.FLB_OK }

func main() {}
