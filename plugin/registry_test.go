package main

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unsafe"

	"github.com/authlens/authlens/plugin/instance"
)

// recorder is an instance that remembers what was done to it.
type recorder struct {
	mu      sync.Mutex
	chunks  []string
	closed  int
	heirs   int    // legacies inherited
	left    int    // times that it was told that nobody inherits
	refuses func() // called in place of inheriting
	onFlush func()
}

func (r *recorder) Flush(tag string, chunk []byte) {
	if r.onFlush != nil {
		r.onFlush()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed > 0 {
		panic("flush of a closed instance")
	}
	r.chunks = append(r.chunks, tag+"="+string(chunk))
}

func (r *recorder) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed++
}

func (r *recorder) Legacy() instance.Legacy { return instance.Legacy{} }

func (r *recorder) Inherit(instance.Legacy) bool {
	if r.refuses != nil {
		r.refuses()
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.heirs++
	return true
}

func (r *recorder) Abandon() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left++
}

// timesLeft returns how often r was told that nobody inherits.
func (r *recorder) timesLeft() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.left
}

// unclaimed returns for how many instances something waits.
func (r *registry) unclaimed() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.bequests)
}

// start opens a new recorder in r.
func start(t *testing.T, r *registry) (handle, *recorder) {
	t.Helper()
	h, err := r.reserve()
	if err != nil {
		t.Fatalf("reserve: %v", err)
	}
	in := new(recorder)
	r.open(h, in)
	return h, in
}

func TestRegistryExits(t *testing.T) {
	// The world before the exits: an old configuration with instances a, b and
	// one that failed to start, and a new one, loaded by hot reload, with c.
	const a, b, failed, c, none, garbage = 0, 1, 2, 3, 4, 5

	f := func(exits []int, want string) {
		t.Helper()
		var r registry
		r.registered()
		ha, ra := start(t, &r)
		hb, rb := start(t, &r)
		hf, err := r.reserve()
		if err != nil {
			t.Fatalf("reserve: %v", err)
		}
		r.registered()
		hc, rc := start(t, &r)

		handles := []handle{a: ha, b: hb, failed: hf, c: hc, none: 0, garbage: 0xdeadbeef}
		for _, e := range exits {
			r.close(handles[e])
		}
		got := ""
		for i, in := range []*recorder{ra, rb, rc} {
			if in.closed > 1 {
				t.Errorf("exits %v: instance %d was closed %d times; want once", exits, i, in.closed)
			}
			if in.closed == 1 {
				got += "abc"[i : i+1]
			}
		}
		if got != want {
			t.Errorf("exits %v closed %q; want %q", exits, got, want)
		}
	}

	f(nil, "")
	f([]int{a}, "a")
	f([]int{a, b, c}, "abc")
	f([]int{a, a}, "a") // twice
	f([]int{b}, "ab")   // 1.9.10: the last context for every instance
	f([]int{b, b}, "ab")
	f([]int{failed, failed}, "ab") // 1.9.10, when the last one failed to start
	f([]int{a, b, a, b}, "ab")     // the old configuration never reaches the new one
	f([]int{c, c}, "c")            // nor the new one the old
	f([]int{c, b, a}, "abc")
	f([]int{none}, "")
	f([]int{garbage, none}, "")
}

// What an old configuration's instances knew goes to the new one's, each to the
// one in its place, whether those start before the old ones stop or after.
func TestRegistryLegacies(t *testing.T) {
	f := func(startFirst bool) {
		t.Helper()
		var r registry
		r.registered()
		a, _ := start(t, &r)
		b, rb := start(t, &r)
		r.close(a)
		if rb.heirs != 0 {
			t.Errorf("an instance inherited from another of its own configuration")
		}
		if n := len(r.bequests); n != 0 {
			t.Errorf("%d legacies are kept though no configuration is to follow", n)
		}
		r.registered()
		var first, second *recorder
		if startFirst {
			_, first = start(t, &r)
			_, second = start(t, &r)
			r.close(b)
		} else {
			r.close(b)
			_, first = start(t, &r)
			_, second = start(t, &r)
		}
		if first.heirs != 0 || second.heirs != 1 {
			t.Errorf("start first %v: the new instances inherited %d and %d; want 0 and 1", startFirst, first.heirs, second.heirs)
		}
	}
	f(true)
	f(false)
}

// Two hot reloads in quick succession: what the first configuration's instance knew
// reaches the third's, whether the second's is closed before it inherits or meanwhile,
// and beside what the second's knew.
func TestRegistryLegaciesOverTwoReloads(t *testing.T) {
	var r registry
	r.registered()
	a, _ := start(t, &r)
	r.registered()
	b, rb := start(t, &r)
	rb.refuses = func() {
		r.registered()
		r.close(b)
	}
	r.close(a)
	if _, third := start(t, &r); third.heirs != 2 {
		t.Errorf("the third inherited %d times; want twice", third.heirs)
	}
}

func TestRegistryExitWithoutContext(t *testing.T) {
	var r registry
	r.registered()
	_, first := start(t, &r)
	_, second := start(t, &r)
	for i, want := range [][2]int{{1, 0}, {1, 1}, {1, 1}} {
		r.closeOldest()
		if got := [2]int{first.closed, second.closed}; got != want {
			t.Errorf("after %d exits the instances were closed %v times; want %v", i+1, got, want)
		}
	}
}

func TestRegistryHandlesAreNeverReused(t *testing.T) {
	var r registry
	seen := make(map[handle]bool)
	for range 3 {
		r.registered()
		for range 3 {
			h, in := start(t, &r)
			if h == 0 || seen[h] {
				t.Fatalf("handle %#x was issued before, or is none", h)
			}
			seen[h] = true
			r.close(h)
			if in.closed != 1 {
				t.Fatalf("instance of %#x closed %d times; want once", h, in.closed)
			}
		}
	}
}

func TestRegistryIsBounded(t *testing.T) {
	var r registry
	r.registered()
	for range serialMax {
		if _, err := r.reserve(); err != nil {
			t.Fatal(err)
		}
	}
	if h, err := r.reserve(); err == nil {
		t.Errorf("got handle %#x; want an error after %d", h, serialMax)
	}
}

func TestCloseWaitsForFlushes(t *testing.T) {
	var r registry
	h, in := start(t, &r)
	inside, leave := make(chan struct{}), make(chan struct{})
	in.onFlush = func() { close(inside); <-leave }

	flushed, closed := make(chan struct{}), make(chan struct{})
	go func() { r.flush(h, "tag", nil); close(flushed) }()
	<-inside
	go func() { r.close(h); close(closed) }()
	select {
	case <-closed:
		t.Error("close returned while a flush was in the instance")
	case <-time.After(10 * time.Millisecond):
	}
	close(leave)
	<-flushed
	<-closed
	r.flush(h, "tag", nil) // finds nobody
	if len(in.chunks) != 1 {
		t.Errorf("got %d chunks; want the one from before close", len(in.chunks))
	}
}

func TestConcurrentFlushesAndExits(t *testing.T) {
	var r registry
	r.registered()
	var handles []handle
	var outputs []*recorder
	for range 4 {
		h, in := start(t, &r)
		handles, outputs = append(handles, h), append(outputs, in)
	}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for n := range 500 {
				r.flush(handles[(i+n)%len(handles)], "tag", []byte("chunk"))
			}
		})
	}
	for range handles {
		wg.Go(func() { r.close(handles[len(handles)-1]) })
	}
	wg.Wait()
	for i, in := range outputs {
		if in.closed != 1 {
			t.Errorf("instance %d was closed %d times; want once", i, in.closed)
		}
	}
}

// What an instance leaves waits for the one in its place for a while, not for ever: there
// may be none, or it may not start. Then its own instance is told, once.
func TestNobodyInherits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r registry
		r.registered()
		ha, a := start(t, &r)
		hb, b := start(t, &r)
		r.registered() // a hot reload, with one instance only
		r.close(hb)
		_, heir := start(t, &r)
		time.Sleep(heirWait - time.Second)
		synctest.Wait()
		if b.timesLeft() != 0 || r.unclaimed() != 1 {
			t.Errorf("the instance that is gone was told %d times, bequests: %d; want it to wait", b.timesLeft(), r.unclaimed())
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if a.timesLeft() != 0 || heir.heirs != 1 || b.timesLeft() != 1 || r.unclaimed() != 0 {
			t.Errorf("told %d and %d times, inherited: %d, bequests: %d; want 0, 1, 1 and 0", a.timesLeft(), b.timesLeft(), heir.heirs, r.unclaimed())
		}
		r.close(ha)
	})
}

// A reload that comes before anybody came for what the one before has left ends that, too.
func TestNobodyInheritsBeforeTheNextReload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r registry
		r.registered()
		h, in := start(t, &r)
		r.registered()
		r.close(h)
		r.registered()
		_, late := start(t, &r)
		synctest.Wait()
		if in.timesLeft() != 1 || late.heirs != 0 {
			t.Errorf("told %d times, inherited: %d; want 1 and 0", in.timesLeft(), late.heirs)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if in.timesLeft() != 1 {
			t.Errorf("told %d times in the end; want once", in.timesLeft())
		}
	})
}

func TestFlush(t *testing.T) {
	h, in := start(t, &instances)
	defer instances.close(h)
	bytes := []byte("chunk\x00app-firelens-1\x00beyond")
	data, size := unsafe.Pointer(&bytes[0]), uintptr(5)
	tag := unsafe.Pointer(&bytes[6])

	flush(h, data, size, tag)
	flush(h, data, 0, tag)
	flush(h, nil, 0, nil)
	flush(0, data, size, tag)
	flush(0xdeadbeef, data, size, tag)
	want := []string{"app-firelens-1=chunk", "app-firelens-1=", "="}
	if !slices.Equal(in.chunks, want) {
		t.Errorf("got %q; want %q", in.chunks, want)
	}
}

func TestPanicStopsAtTheBorder(t *testing.T) {
	h, in := start(t, &instances)
	defer instances.close(h)
	in.onFlush = func() { panic("a bug") }
	before := panics.Load()
	flush(h, nil, 0, nil)
	flush(h, nil, 0, nil)
	if got := panics.Load() - before; got != 2 {
		t.Errorf("counted %d panics; want 2", got)
	}
	in.onFlush = nil
	flush(h, nil, 0, nil) // no lock was left behind
	if len(in.chunks) != 1 {
		t.Errorf("got %d chunks after the panics; want 1", len(in.chunks))
	}
}

func TestLongTagIsCut(t *testing.T) {
	bytes := slices.Repeat([]byte("t"), 2*tagLengthMax)
	if got := len(viewTag(unsafe.Pointer(&bytes[0]))); got != tagLengthMax {
		t.Errorf("got %d bytes of an endless tag; want %d", got, tagLengthMax)
	}
}

// idle is an instance that costs nothing, to weigh the border alone.
type idle struct{}

func (idle) Flush(string, []byte)         {}
func (idle) Close()                       {}
func (idle) Legacy() instance.Legacy      { return instance.Legacy{} }
func (idle) Inherit(instance.Legacy) bool { return true }
func (idle) Abandon()                     {}

func TestBorderDoesNotAllocate(t *testing.T) {
	h, err := instances.reserve()
	if err != nil {
		t.Fatal(err)
	}
	instances.open(h, idle{})
	defer instances.close(h)
	bytes := []byte("chunk\x00tag\x00")
	got := testing.AllocsPerRun(100, func() {
		flush(h, unsafe.Pointer(&bytes[0]), 5, unsafe.Pointer(&bytes[6]))
	})
	if got != 0 {
		t.Errorf("a flush allocates %v times at the border; want 0", got)
	}
}
