/*
 * Running a function on a small stack of its own, as Fluent Bit runs every
 * flush: 24 KiB in its older builds, at least 64 KiB now (flb_coro.h).
 */
#ifndef COROUTINE_H
#define COROUTINE_H

#include <stddef.h>

/*
 * Calls run(arg) on a fresh stack of stack_size bytes with a guard page below,
 * and returns how many bytes of it were used. A stack_size of 0 means: call it
 * on the stack of this thread; returns 0.
 */
size_t on_coroutine(size_t stack_size, void (*run)(void *), void *arg);

#endif
