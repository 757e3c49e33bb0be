/*
 * Borrowed memory that bites: a copy of some bytes in a mapping of its own,
 * read-only, ending where an unreadable page begins. A read past the end, a
 * write, and any access after guarded_withdraw or guarded_free end the process.
 */
#ifndef GUARDED_H
#define GUARDED_H

#include <stddef.h>

struct guarded {
	void *bytes;
	void *mapping;
	size_t mapping_size;
};

struct guarded guarded_copy(const void *bytes, size_t size);
void guarded_free(struct guarded *g);

/* Takes a copy away for a while, and gives it again. */
void guarded_withdraw(const struct guarded *g);
void guarded_lend(const struct guarded *g);

/* A stretch of memory to run on, with an unreadable page below it. */
struct guarded guarded_stack(size_t size);

#endif
