package main

import (
	"fmt"
	"sync"
	"time"

	"github.com/authlens/authlens/plugin/instance"
)

// A handle is what Fluent Bit keeps for us in place of an instance: a number
// that travels as a void pointer and is no address. Zero is no handle.
//
// Its upper bits are the registration it was issued under, its lower bits count
// the instances of that registration from one. No handle is issued twice.
type handle uintptr

const (
	serialBits = 16
	serialMax  = 1<<serialBits - 1
)

func (h handle) registration() handle { return h >> serialBits }

// String is what Fluent Bit calls the instance, unless it has an alias.
func (h handle) String() string { return fmt.Sprintf("%s.%d", pluginName, h&serialMax-1) }

// heirWait is how long a bequest waits for its heir, the instance in the same place of the new
// configuration, which may have none there, or one that does not start. Fluent Bit 5.1.1 starts
// the new instances after it has stopped the old ones, which may take seconds each.
const heirWait = 5 * time.Minute

// An outputInstance is one configured output, as the registry sees it.
type outputInstance interface {
	Flush(tag string, chunk []byte)
	Close()
	Legacy() instance.Legacy
	Inherit(instance.Legacy) (taken bool)
	Abandon()
}

// A bequest is what a closed instance leaves to one that has not started yet.
type bequest struct {
	from   outputInstance
	legacy instance.Legacy
}

// A registry finds the instance of a handle. It is the only package-level state
// of the library, which stays loaded across a hot reload: the instances of the old
// and the new configuration are in it side by side.
type registry struct {
	mu           sync.RWMutex
	registration handle // of the configuration that was loaded last
	serial       handle // of the instance that was reserved last
	running      map[handle]*running
	bequests     map[handle][]bequest // by the handle that is to inherit
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
	for _, unclaimed := range r.bequests {
		go abandon(unclaimed)
	}
	r.bequests = nil
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
	if r.running == nil {
		r.running = make(map[handle]*running)
	}
	r.running[h] = &running{out: out}
	r.mu.Unlock()
	for _, b := range r.claim(h) {
		if !out.Inherit(b.legacy) {
			r.bequeath(h, b)
		}
	}
}

// claim takes out what was left to h.
func (r *registry) claim(h handle) []bequest {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.bequests[h]
	delete(r.bequests, h)
	return all
}

// abandon tells instances that nobody came for what they left.
func abandon(unclaimed []bequest) {
	for _, b := range unclaimed {
		func() {
			defer guard("Abandon")
			b.from.Abandon()
		}()
	}
}

// bequeath leaves what the closed instance of h knew to the one in its place in the
// configuration that a hot reload has registered meanwhile. Whether that one has
// started by now depends on the version of Fluent Bit. If it is closed already it
// takes nothing, but a newer one may.
func (r *registry) bequeath(h handle, b bequest) {
	for in := r.heir(h, b); in != nil && !in.out.Inherit(b.legacy); {
		in = r.heir(h, b)
	}
}

// heir returns the running instance in h's place. If there is none yet, it keeps the
// bequest for that one, for a while, and returns nil.
func (r *registry) heir(h handle, b bequest) *running {
	r.mu.Lock()
	defer r.mu.Unlock()
	heir := r.registration<<serialBits | h&serialMax
	in := r.running[heir]
	if h.registration() < r.registration && in == nil {
		if r.bequests == nil {
			r.bequests = make(map[handle][]bequest)
		}
		r.bequests[heir] = append(r.bequests[heir], b)
		time.AfterFunc(heirWait, func() { abandon(r.claim(heir)) })
	}
	return in
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

// close stops every running instance that was issued a handle up to h under
// the same registration, side by side, each after the flushes that are in it.
//
// Fluent Bit exits all instances of a configuration, in the order in which it
// started them, so that is only the instance of h. But 1.9.10 always hands out the
// context of the last: there the first exit closes all, and must, because Fluent Bit
// then reads memory it has freed and may not live to make the second. The same goes
// for the handle of an instance that failed to start.
//
// A second exit of h closes nothing more. Nor does a number that is nobody's
// handle; and no exit out of an old configuration reaches the new one.
func (r *registry) close(h handle) {
	r.closeAll(func(other handle) bool {
		return other.registration() == h.registration() && other <= h
	})
}

// closeOldest stops the instance that was started first.
func (r *registry) closeOldest() {
	r.mu.RLock()
	var first handle
	for h := range r.running {
		if first == 0 || h < first {
			first = h
		}
	}
	r.mu.RUnlock()
	r.closeAll(func(h handle) bool { return h == first })
}

// closeAll stops the running instances whose handles are among the given ones.
func (r *registry) closeAll(among func(handle) bool) {
	due := make(map[handle]*running)
	r.mu.Lock()
	for h, in := range r.running {
		if among(h) {
			due[h] = in
			delete(r.running, h)
		}
	}
	r.mu.Unlock()

	var wg sync.WaitGroup
	for h, in := range due {
		wg.Go(func() {
			defer guard("Close")
			in.close()
			r.bequeath(h, bequest{in.out, in.out.Legacy()})
		})
	}
	wg.Wait()
}

func (in *running) close() {
	in.flushes.Lock()
	in.closed = true
	in.flushes.Unlock()
	in.out.Close()
}
