//go:build hyperscan

package main

/*
#cgo pkg-config: libhs
#include <stdlib.h>
#include <hs.h>

static int count(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *n) {
	++*(unsigned long long *)n;
	return 0;
}

static hs_error_t scan(const hs_database_t *db, const char *text, unsigned size, hs_scratch_t *scratch, unsigned long long *n) {
	return hs_scan(db, text, size, 0, scratch, count, n);
}
*/
import "C"

import (
	"fmt"
	"unsafe"
)

// hyperscanRows are Hyperscan over the same literals, without regard to case,
// the whole text as one block.
func hyperscanRows(text []byte, literals []string) ([]row, error) {
	n := len(literals)
	expressions := unsafe.Slice((**C.char)(C.calloc(C.size_t(n), C.size_t(unsafe.Sizeof((*C.char)(nil))))), n)
	flags, ids, sizes := make([]C.uint, n), make([]C.uint, n), make([]C.size_t, n)
	for i, l := range literals {
		expressions[i] = C.CString(l)
		flags[i], ids[i], sizes[i] = C.HS_FLAG_CASELESS, C.uint(i), C.size_t(len(l))
	}
	var db *C.hs_database_t
	var problem *C.hs_compile_error_t
	if C.hs_compile_lit_multi(&expressions[0], &flags[0], &ids[0], &sizes[0], C.uint(n), C.HS_MODE_BLOCK, nil, &db, &problem) != C.HS_SUCCESS {
		return nil, fmt.Errorf("hyperscan: %s", C.GoString(problem.message))
	}
	var scratch *C.hs_scratch_t
	if code := C.hs_alloc_scratch(db, &scratch); code != C.HS_SUCCESS {
		return nil, fmt.Errorf("hyperscan: no scratch space: error %d", code)
	}
	return []row{{hyperscanRow, len(text), 0, func() {
		var n C.ulonglong
		if code := C.scan(db, (*C.char)(unsafe.Pointer(&text[0])), C.uint(len(text)), scratch, &n); code != C.HS_SUCCESS {
			panic(fmt.Sprintf("hyperscan: scan failed: error %d", code))
		}
		found = int(n)
	}}}, nil
}
