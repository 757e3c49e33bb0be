// Command readplugin is the least that a plugin in Go can do with a chunk: it reads one byte of
// each line of the cache. It is measured beside AuthLens and nothing else:
//
//	go build -buildmode=c-shared -o out_read.so ./readplugin
package main

import "C"

import (
	"unsafe"

	"github.com/fluent/fluent-bit-go/output"
)

const cacheLine = 64

var sum byte

//export FLBPluginRegister
func FLBPluginRegister(def unsafe.Pointer) int {
	return output.FLBPluginRegister(def, "read", "reads, and looks for nothing")
}

//export FLBPluginInit
func FLBPluginInit(unsafe.Pointer) int { return output.FLB_OK }

//export FLBPluginFlushCtx
func FLBPluginFlushCtx(context, data unsafe.Pointer, length C.int, tag *C.char) int {
	chunk := unsafe.Slice((*byte)(data), int(length))
	for i := 0; i < len(chunk); i += cacheLine {
		sum += chunk[i]
	}
	return output.FLB_OK
}

//export FLBPluginExit
func FLBPluginExit() int { return output.FLB_OK }

func main() {}
