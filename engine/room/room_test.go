package room

import (
	"slices"
	"testing"
	"unsafe"
)

func TestCopiesLieSideBySide(t *testing.T) {
	var r Of[uint32]
	list := []uint32{1, 2, 3}
	first, none, second := r.Copy(list), r.Copy(nil), r.Copy([]uint32{4})
	list[0] = 9
	first = append(first, 5) // has to move
	if !slices.Equal(first, []uint32{1, 2, 3, 5}) || none != nil || !slices.Equal(second, []uint32{4}) {
		t.Errorf("copied %v, %v and %v, want 1 2 3 5, nothing and 4", first, none, second)
	}
	third := r.Copy([]uint32{6})
	if uintptr(unsafe.Pointer(&third[0]))-uintptr(unsafe.Pointer(&second[0])) != 4 {
		t.Error("two copies do not lie side by side")
	}
}

func TestBlocksAreFollowedByOthers(t *testing.T) {
	var r Of[byte]
	var want, got [][]byte
	for i := range 1000 {
		text := slices.Repeat([]byte{byte(i)}, i)
		want, got = append(want, text), append(got, r.Copy(text))
	}
	large := make([]byte, blockSize+1)
	large[blockSize] = 1
	want, got = append(want, large), append(got, r.Copy(large))
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Error("a copy differs from what was copied")
	}
}
