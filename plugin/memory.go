package main

/*
#define _GNU_SOURCE
#include <link.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

// authlens_unmap_object is called for each loaded object. Of the one that address
// lies in, it unmaps the pages of segments that are never written; a page that is
// used again is mapped again. What relocation has written is in a writable segment,
// though it is read-only by now.
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
// collected. Go's own default, 100, would let a guest take twice the memory it needs
// for speed that is not wanted here: only the aggregation allocates, and seldom. In a
// storm of new groups, no difference in CPU time between 10 and 30 could be measured.
const gcPercent = 10

const (
	// returnEvery is how often to check whether there is memory to return.
	returnEvery = 2 * time.Second
	// burstLeast is how many bytes a burst of new groups allocates in that time, at
	// least.
	burstLeast = 256 << 10
)

// saveMemory makes Go take less from now on, and give back what bursts leave. It is
// called before an instance starts, so that the garbage of starting does not lie among
// what stays. It affects this library alone: every Go library in a process has a heap
// of its own.
func saveMemory() {
	debug.SetGCPercent(gcPercent)
	startReturning()
}

// startReturning starts, once, the goroutine that returns memory for as long as the library is
// loaded: what a burst has left, and the pages of the library's file that a garbage collection
// has mapped again. Go makes one at least every two minutes.
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

// A heap is what was known of Go's heap at some time: the bytes allocated since the start,
// and how often it was collected.
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

// renew looks at the heap, and tells what has happened since it last did.
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

// returnStart gives back what a start has taken, which does not count as a burst. Its own
// collection does count, so that the pages which the first records map are unmapped soon after.
func returnStart() {
	seen.renew()
	returnMemory()
}

// returnMemory gives back what a start or a burst of new groups has taken: many times
// the heap that is kept, and the seldom used pages of the library's file.
func returnMemory() {
	debug.FreeOSMemory()
	C.authlens_unmap_library()
}
