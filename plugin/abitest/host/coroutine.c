#include "coroutine.h"
#include "guarded.h"

#include <err.h>
#include <string.h>
#include <ucontext.h>

enum { UNTOUCHED = 0xA5 };

struct coroutine {
	ucontext_t caller, callee;
	void (*run)(void *);
	void *arg;
	struct guarded stack;
	size_t stack_size;
};

/* makecontext passes ints only, so the coroutine to start goes by here. */
static _Thread_local struct coroutine *starting;

static void entry(void)
{
	struct coroutine *co = starting;

	co->run(co->arg);
}

/* Stacks grow down: what was used reaches from the top to the first change. */
static size_t used(const struct coroutine *co)
{
	const unsigned char *stack = co->stack.bytes;
	size_t untouched = 0;

	while (untouched < co->stack_size && stack[untouched] == UNTOUCHED)
		untouched++;
	return co->stack_size - untouched;
}

static size_t run_on_stack(struct coroutine *co)
{
	size_t depth;

	memset(co->stack.bytes, UNTOUCHED, co->stack_size);
	if (getcontext(&co->callee) != 0)
		err(1, "getcontext");
	co->callee.uc_stack.ss_sp = co->stack.bytes;
	co->callee.uc_stack.ss_size = co->stack_size;
	co->callee.uc_link = &co->caller;
	makecontext(&co->callee, entry, 0);
	starting = co;
	if (swapcontext(&co->caller, &co->callee) != 0)
		err(1, "swapcontext");
	depth = used(co);
	guarded_free(&co->stack);
	return depth;
}

size_t on_coroutine(size_t stack_size, void (*run)(void *), void *arg)
{
	struct coroutine co = {.run = run, .arg = arg, .stack_size = stack_size};

	if (stack_size == 0) {
		run(arg);
		return 0;
	}
	co.stack = guarded_stack(stack_size);
	return run_on_stack(&co);
}
