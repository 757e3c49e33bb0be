#define _GNU_SOURCE
#include "guarded.h"

#include <err.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static size_t round_to_pages(size_t size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	return (size + page - 1) / page * page;
}

static char *map(size_t size)
{
	char *m = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (m == MAP_FAILED)
		err(1, "mmap of %zu bytes", size);
	return m;
}

static void protect(void *start, size_t size, int protection)
{
	if (mprotect(start, size, protection) != 0)
		err(1, "mprotect of %zu bytes", size);
}

struct guarded guarded_copy(const void *bytes, size_t size)
{
	size_t page = round_to_pages(1);
	size_t body = round_to_pages(size);
	char *m = map(body + page);
	struct guarded g = {
		.bytes = m + body - size,
		.size = size,
		.mapping = m,
		.mapping_size = body + page,
	};

	protect(m + body, page, PROT_NONE);
	guarded_renew(&g, bytes);
	return g;
}

void guarded_renew(const struct guarded *g, const void *bytes)
{
	size_t body = round_to_pages(g->size);

	protect(g->mapping, body, PROT_READ | PROT_WRITE);
	memcpy(g->bytes, bytes, g->size);
	protect(g->mapping, body, PROT_READ);
}

void guarded_withdraw(const struct guarded *g)
{
	protect(g->mapping, round_to_pages(g->size), PROT_NONE);
}

struct guarded guarded_stack(size_t size)
{
	size_t page = round_to_pages(1);
	size_t body = round_to_pages(size);
	char *m = map(page + body);

	protect(m, page, PROT_NONE);
	return (struct guarded){
		.bytes = m + page,
		.size = size,
		.mapping = m,
		.mapping_size = page + body,
	};
}

void guarded_free(struct guarded *g)
{
	if (munmap(g->mapping, g->mapping_size) != 0)
		err(1, "munmap of %zu bytes", g->mapping_size);
	*g = (struct guarded){0};
}
