// Command plugin is the Fluent Bit output plugin authlens, built as a C shared
// library:
//
//	go build -buildmode=c-shared -o out_authlens.so ./plugin
//
// This file is the border with Fluent Bit; besides it only memory.go imports C.
// It translates and decides nothing: options become a conf.Config, a context
// becomes an instance, C memory becomes a byte slice for the duration of a call.
// No panic crosses it, no Go pointer is given to C, no C pointer is kept.
//
// The symbols Fluent Bit looks up are FLBPluginRegister, FLBPluginInit,
// FLBPluginFlushCtx, FLBPluginExitCtx, FLBPluginUnregister and, where a version
// knows no contexts, FLBPluginExit.
package main

/*
#include <stdint.h>

// The part of Fluent Bit's struct flbgo_output_plugin (src/proxy/go/go.h) and
// struct flb_plugin_proxy_context (flb_plugin_proxy.h) that init may touch;
// both have begun like this from 1.9 to 5.1.
struct authlens_context {
	void *remote_context;
};
struct authlens_plugin {
	char *name;
	void *api;
	void *o_ins;
	struct authlens_context *context;
};

// authlens_set_context makes handle the ctx of every later call for the
// instance that is being initialised.
static inline void authlens_set_context(void *plugin, uintptr_t handle)
{
	((struct authlens_plugin *) plugin)->context->remote_context = (void *) handle;
}
*/
import "C"

import (
	"math"
	"unsafe"

	"github.com/fluent/fluent-bit-go/output"

	"github.com/authlens/authlens/conf"
	"github.com/authlens/authlens/plugin/instance"
)

const (
	pluginName        = "authlens"
	pluginDescription = "Finds and explains authentication and authorization failures in logs"
)

// tagLengthMax bounds the walk to a tag's terminating zero. FireLens tags have
// fewer than 200 bytes; a tag longer than this is cut.
const tagLengthMax = 4096

// main is never called: a C shared library has no main. Go asks for one.
func main() {}

// FLBPluginRegister fills in the registration struct def. It is called once for each
// load of a configuration, and so again at every hot reload.
//
//export FLBPluginRegister
func FLBPluginRegister(def unsafe.Pointer) (code C.int) {
	defer guard("FLBPluginRegister")
	code = -1
	instances.registered()
	code = C.int(output.FLBPluginRegister(def, pluginName, pluginDescription))
	return code
}

// FLBPluginUnregister frees nothing: the two names that def holds, some eighty
// bytes, stay for each load of a configuration.
//
// Fluent Bit 1.9.10 calls it once for each instance, from the second on with a
// struct that it has freed, so anything freed here would be freed twice. It must
// be exported all the same: without it, the error text of the failed look-up would
// be allocated where that version has just freed the callbacks it is about to call.
//
//export FLBPluginUnregister
func FLBPluginUnregister(unsafe.Pointer) {}

// FLBPluginInit starts the instance of one [OUTPUT] section. plugin is a single
// struct that Fluent Bit rewrites for every instance, so it is read only here.
//
// The context is set before anything can fail, so that an exit for an instance that
// failed to start is recognised.
//
//export FLBPluginInit
func FLBPluginInit(plugin unsafe.Pointer) (code C.int) {
	defer guard("FLBPluginInit")
	code = output.FLB_ERROR
	saveMemory()
	h, err := instances.reserve()
	if err != nil {
		logf("error", "an instance does not start: %v", err)
		return code
	}
	C.authlens_set_context(plugin, C.uintptr_t(h))

	cfg, err := conf.Load(func(name string) string {
		return output.FLBPluginConfigKey(plugin, name)
	})
	if err != nil {
		logf("error", "%v does not start, its options are wrong:\n%v", h, err)
		return code
	}
	inst, err := instance.New(cfg, instance.Env{Name: h.String(), Stdout: stdout(), Stderr: stderr()})
	if err != nil {
		logf("error", "%v does not start: %v", h, err)
		return code
	}
	instances.open(h, inst)
	returnStart()
	return output.FLB_OK
}

// FLBPluginFlushCtx reads one chunk: size bytes at data, under a zero-terminated
// tag. Both are Fluent Bit's again when it returns.
//
// It may run on a coroutine stack of 24 KiB, on several threads at once, and on
// the event loop: nothing here allocates, waits, or calls back into C. It always
// returns FLB_OK: a retry would count the chunk twice, and an error would drop
// it and turn the task's health check red.
//
// ctx is an integer to Go: a handle is no address, and when Go's stack grows, an
// invalid pointer on it stops the process.
//
//export FLBPluginFlushCtx
func FLBPluginFlushCtx(ctx C.uintptr_t, data unsafe.Pointer, size C.size_t, tag *C.char) C.int {
	flush(handle(ctx), data, uintptr(size), unsafe.Pointer(tag))
	return output.FLB_OK
}

// FLBPluginExitCtx stops the instance of ctx, and those that ctx may stand for:
// see registry.close.
//
//export FLBPluginExitCtx
func FLBPluginExitCtx(ctx C.uintptr_t) C.int {
	defer guard("FLBPluginExitCtx")
	instances.close(handle(ctx))
	tellPanics()
	return output.FLB_OK
}

// FLBPluginExit serves a Fluent Bit that knows no contexts: it stops the
// instance that was started first.
//
//export FLBPluginExit
func FLBPluginExit() C.int {
	defer guard("FLBPluginExit")
	instances.closeOldest()
	tellPanics()
	return output.FLB_OK
}

// flush is FLBPluginFlushCtx in Go's types.
func flush(h handle, data unsafe.Pointer, size uintptr, tag unsafe.Pointer) {
	defer guard("FLBPluginFlushCtx")
	instances.flush(h, viewTag(tag), viewChunk(data, size))
}

// viewChunk returns C's memory as a slice, without a copy.
func viewChunk(data unsafe.Pointer, size uintptr) []byte {
	if data == nil || size > math.MaxInt {
		return nil
	}
	return unsafe.Slice((*byte)(data), int(size))
}

// viewTag returns a C string as a Go string, without a copy.
func viewTag(tag unsafe.Pointer) string {
	if tag == nil {
		return ""
	}
	n := 0
	for n < tagLengthMax && *(*byte)(unsafe.Add(tag, n)) != 0 {
		n++
	}
	return unsafe.String((*byte)(tag), n)
}
