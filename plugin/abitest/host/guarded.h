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
	size_t size;
	void *mapping;
	size_t mapping_size;
};

struct guarded guarded_copy(const void *bytes, size_t size);
void guarded_free(struct guarded *g);

/* Takes a copy away, and makes it anew in the same place, of as many bytes. */
void guarded_withdraw(const struct guarded *g);
void guarded_renew(const struct guarded *g, const void *bytes);

/* A stretch of memory to run on, with an unreadable page below it. */
struct guarded guarded_stack(size_t size);

#endif
