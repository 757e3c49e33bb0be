package main

import (
	"fmt"
	"sync"
)

// A handle is what Fluent Bit keeps for us in place of an instance: a number
// that travels as a void pointer and is no address. Zero is no handle.
//
// Its upper bits are the registration it was issued under, its lower bits count
// the instances of that registration from one. No handle is issued twice, so a
// closed one is recognised without being remembered.
type handle uintptr

const (
	serialBits = 16
	serialMax  = 1<<serialBits - 1
)

func (h handle) registration() handle { return h >> serialBits }

// An outputInstance is one configured output, as the registry sees it.
type outputInstance interface {
	Flush(tag string, chunk []byte)
	Close()
}

// A registry finds the instance of a handle. It is the only package-level state
// of the library, which stays loaded over a hot reload: the old configuration's
// instances and the new one's are in it side by side.
type registry struct {
	mu           sync.RWMutex
	registration handle // of the configuration that was loaded last
	serial       handle // of the instance that was reserved last
	running      map[handle]*running
}

// running is an instance between open and close.
type running struct {
	flushes sync.RWMutex // held shared by every flush, alone to close
	closed  bool
	out     outputInstance
}

// instances are this library's.
var instances registry

// registered notes that another configuration was loaded.
func (r *registry) registered() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.registration++
	r.serial = 0
}

// reserve issues the handle for an instance that is about to start.
func (r *registry) reserve() (handle, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.serial == serialMax {
		return 0, fmt.Errorf("expected at most %d instances in one configuration, this is one more", serialMax)
	}
	r.serial++
	return r.registration<<serialBits | r.serial, nil
}

// open makes out the instance of h.
func (r *registry) open(h handle, out outputInstance) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.running == nil {
		r.running = make(map[handle]*running)
	}
	r.running[h] = &running{out: out}
}

// flush hands a chunk to the instance of h. A chunk for no running instance is
// not read: Fluent Bit 1.9.10 can send one to an instance that it had closed in
// place of another.
func (r *registry) flush(h handle, tag string, chunk []byte) {
	r.mu.RLock()
	in := r.running[h]
	r.mu.RUnlock()
	if in == nil {
		strayFlush(h)
		return
	}
	in.flushes.RLock()
	defer in.flushes.RUnlock()
	if in.closed {
		strayFlush(h)
		return
	}
	in.out.Flush(tag, chunk)
}

// close stops the instance of h, after the flushes that are in it.
//
// A handle that was closed before, or whose instance failed to start, stands
// for the oldest running instance of its registration. Fluent Bit 1.9.10 calls
// exit once for each instance but always with the context of the last: this
// closes every instance once all the same, and a second exit out of an old
// configuration never reaches an instance of the new one. Any other value is
// nobody's handle and closes nothing.
func (r *registry) close(h handle) {
	r.mu.Lock()
	if _, ok := r.running[h]; !ok {
		h = r.oldest(func(other handle) bool { return other.registration() == h.registration() })
	}
	in := r.remove(h)
	r.mu.Unlock()
	in.close()
}

// closeOldest stops the instance that was started first.
func (r *registry) closeOldest() {
	r.mu.Lock()
	in := r.remove(r.oldest(func(handle) bool { return true }))
	r.mu.Unlock()
	in.close()
}

// oldest returns the smallest, hence first issued, running handle that among
// accepts, or 0.
func (r *registry) oldest(among func(handle) bool) handle {
	var first handle
	for h := range r.running {
		if among(h) && (first == 0 || h < first) {
			first = h
		}
	}
	return first
}

// remove takes the instance of h out of the registry; nil if there is none.
func (r *registry) remove(h handle) *running {
	in := r.running[h]
	delete(r.running, h)
	return in
}

func (in *running) close() {
	if in == nil {
		return
	}
	in.flushes.Lock()
	in.closed = true
	in.flushes.Unlock()
	in.out.Close()
}
