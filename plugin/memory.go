package main

/*
#define _GNU_SOURCE
#include <link.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

// authlens_unmap_object is called for each object that is loaded. Of the one that
// address lies in, it takes from the process the pages of segments that are never
// written; whichever is used again is mapped again. What relocation has written
// is in a writable segment, though it is read-only by now.
static int authlens_unmap_object(struct dl_phdr_info *object, size_t size, void *address)
{
	const uintptr_t page = (uintptr_t) sysconf(_SC_PAGESIZE);
	int own = 0;

	for (int i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
		own |= segment->p_type == PT_LOAD &&
		       (uintptr_t) address - (object->dlpi_addr + segment->p_vaddr) < segment->p_memsz;
	}
	for (int i = 0; own && i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
		if (segment->p_type == PT_LOAD && !(segment->p_flags & PF_W)) {
			const uintptr_t begin = object->dlpi_addr + segment->p_vaddr;
			const uintptr_t first = begin & ~(page - 1);
			madvise((void *) first, begin + segment->p_memsz - first, MADV_DONTNEED);
		}
	}
	return own;
}

static void authlens_unmap_library(void)
{
	dl_iterate_phdr(authlens_unmap_object, (void *) authlens_unmap_object);
}
*/
import "C"

import (
	"runtime"
	"runtime/debug"
	"sync"
	"time"
)

// gcPercent is how much Go's heap may grow over what is in use before it is
// collected. Go's own choice, 100, keeps a guest's memory at twice its need for
// speed that is not wanted here: what allocates is the aggregation, seldom. In a
// storm of new groups, 10 costs no more CPU time than 30 that could be measured.
const gcPercent = 10

const (
	// returnEvery is how often it is looked whether there is memory to return.
	returnEvery = 2 * time.Second
	// burstLeast is how many bytes are allocated in that time by a burst of new groups,
	// at least.
	burstLeast = 256 << 10
)

// saveMemory has Go take less from now on, and give back what bursts leave. It is
// called before an instance starts, so that what starting leaves behind does not lie
// between what stays. It concerns this library alone: every Go library in a process
// has a heap of its own.
func saveMemory() {
	debug.SetGCPercent(gcPercent)
	startReturning()
}

// startReturning starts, once, the goroutine that returns memory for as long as the library is
// loaded: what a burst has left, and the pages of the library's file that a collection, of which
// Go makes one every two minutes, has mapped again.
var startReturning = sync.OnceFunc(func() {
	go func() {
		defer guard("returning memory")
		for range time.Tick(returnEvery) {
			switch burst, collected := seen.renew(); {
			case burst:
				returnMemory()
			case collected:
				C.authlens_unmap_library()
			}
		}
	}()
})

// A heap is what was known of Go's heap at a time: the bytes that were ever allocated, and
// how often it was collected.
type heap struct {
	allocated   uint64
	collections uint32
}

// seen is what was last known of the heap.
var seen lastHeap

type lastHeap struct {
	mu   sync.Mutex
	heap heap
}

// renew looks at the heap again, and tells what happened since it was last done.
func (l *lastHeap) renew() (burst, collected bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	before := l.heap
	l.heap = heapNow()
	return l.heap.since(before)
}

// heapNow stops the world for some microseconds.
func heapNow() heap {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return heap{m.TotalAlloc, m.NumGC}
}

// since tells whether there was a burst, and a collection, between before and h.
func (h heap) since(before heap) (burst, collected bool) {
	return h.allocated-before.allocated >= burstLeast, h.collections != before.collections
}

// returnStart gives back what a start has taken, which is no burst to be returned again. That
// it collects is seen, so that the pages which the first records map are let go of soon after.
func returnStart() {
	seen.renew()
	returnMemory()
}

// returnMemory gives back what a start has taken, or a burst of new groups: many
// times the heap that is kept, and of the library's file what is seldom used.
func returnMemory() {
	debug.FreeOSMemory()
	C.authlens_unmap_library()
}
