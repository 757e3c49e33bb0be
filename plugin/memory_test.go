package main

import (
	"runtime"
	"testing"
)

var kept []byte

func TestHeapSince(t *testing.T) {
	before := heapNow()
	if burst, collected := before.since(before); burst || collected {
		t.Errorf("nothing happened; got a burst %t, a collection %t", burst, collected)
	}
	kept = make([]byte, burstLeast)
	now := heapNow()
	if burst, _ := now.since(before); !burst {
		t.Errorf("%d bytes were allocated, and that is no burst", len(kept))
	}
	before = now
	runtime.GC()
	if _, collected := heapNow().since(before); !collected {
		t.Error("the heap was collected, and that is not seen")
	}
}

func TestReturnStart(t *testing.T) {
	kept = make([]byte, burstLeast)
	returnStart()
	burst, collected := seen.renew()
	if burst {
		t.Error("what was returned is a burst that is to be returned")
	}
	if !collected {
		t.Error("the start's own collection is not seen")
	}
}
