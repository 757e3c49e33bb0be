/*
 * abihost: a small Fluent Bit that loads one Go output plugin and treats it
 * worse than the real one does.
 *
 * It obeys commands on standard input, one a line, fields separated by tabs,
 * and answers each with one line on file descriptor 3 (standard output belongs
 * to the plugin): "ok …" or "failed …". A wrong command ends it.
 *
 *   load   LIBRARY                      dlopen, look up the symbols, register
 *   init   ID KEY=VALUE…                start the instance ID with these options
 *   flush  STACK ID TAG FILE            flush the chunk in FILE on a coroutine of
 *                                       STACK bytes (0: the thread's own stack);
 *                                       answers: return code, nanoseconds, bytes
 *                                       of stack used
 *   storm  STACK THREADS COUNT TAG FILES ID…
 *                                       flush COUNT times from each of THREADS
 *                                       threads, taking FILES (separated by ':')
 *                                       and IDs in turn; answers: nanoseconds
 *                                       p50, p99, p99.9, max, and the deepest stack;
 *                                       for the ID nobody the host reads the chunk
 *                                       itself, which tells what the machine does
 *                                       to any such work
 *   exit   ID                           exit with the context of ID
 *   exit-context HEX                    exit with a context that may be nobody's
 *   exit-plain                          exit of a version without contexts
 *
 * What a plugin only borrows is gone when the call returns: the chunk and the
 * tag are read-only mappings of their own, which nobody may read any more, the
 * struct given to init is unmapped, option values are freed.
 */
#define _GNU_SOURCE
#include "coroutine.h"
#include "fluentbit.h"
#include "guarded.h"

#include <dlfcn.h>
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	ANSWERS_FD = 3,
	FIELDS_MAX = 64,
	INSTANCES_MAX = 64,
	FILES_MAX = 64,
	THREADS_MAX = 64,
	CANARY_SIZE = 64,
	CANARY = 0xA5,
};

struct instance {
	char id[32];
	struct flb_plugin_proxy_context context;
	char **options; /* KEY=VALUE, during init only */
	int options_count;
	char *lent[FIELDS_MAX]; /* values given out, freed after init */
	int lent_count;
};

struct chunk {
	void *bytes;
	size_t size;
};

static struct flb_symbols plugin;
static struct instance instances[INSTANCES_MAX];
static int instances_count;

static void answer(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vdprintf(ANSWERS_FD, format, args);
	va_end(args);
	dprintf(ANSWERS_FD, "\n");
}

/* Stands for no plugin: the host reads the chunk itself. */
static const struct instance nobody = {.id = "nobody"};

static const struct instance *find_instance(const char *id)
{
	if (strcmp(id, nobody.id) == 0)
		return &nobody;
	for (int i = 0; i < instances_count; i++)
		if (strcmp(instances[i].id, id) == 0)
			return &instances[i];
	errx(2, "no instance '%s' was initialised", id);
}

static size_t number(const char *text)
{
	char *end;
	unsigned long n;

	errno = 0;
	n = strtoul(text, &end, 10);
	if (errno != 0 || *text == '\0' || *end != '\0')
		errx(2, "expected a number, got '%s'", text);
	return n;
}

static struct chunk read_chunk(const char *path)
{
	struct chunk c = {0};
	FILE *f = fopen(path, "rb");

	if (f == NULL || fseek(f, 0, SEEK_END) != 0)
		err(2, "%s", path);
	c.size = (size_t)ftell(f);
	rewind(f);
	c.bytes = malloc(c.size + 1);
	if (c.bytes == NULL || fread(c.bytes, 1, c.size, f) != c.size)
		err(2, "%s", path);
	fclose(f);
	return c;
}

/* ---- load ---- */

static void *symbol(void *library, const char *name)
{
	void *s = dlsym(library, name);

	if (s == NULL)
		errx(2, "the library has no symbol %s", name);
	return s;
}

static void load(char **fields, int count)
{
	/* What follows the struct on Fluent Bit's heap must survive. */
	struct {
		struct flb_plugin_proxy_def def;
		unsigned char canary[CANARY_SIZE];
	} *r = malloc(sizeof(*r));
	void *library = dlopen(fields[1], RTLD_LAZY);

	(void)count;
	if (library == NULL)
		errx(2, "%s", dlerror());
	plugin.register_plugin = symbol(library, "FLBPluginRegister");
	plugin.init = symbol(library, "FLBPluginInit");
	plugin.flush_ctx = symbol(library, "FLBPluginFlushCtx");
	plugin.exit_ctx = symbol(library, "FLBPluginExitCtx");
	plugin.exit = symbol(library, "FLBPluginExit");

	memset(r, CANARY, sizeof(*r));
	if (plugin.register_plugin(&r->def) != 0) {
		answer("failed register");
		return;
	}
	for (int i = 0; i < CANARY_SIZE; i++) {
		if (r->canary[i] != CANARY) {
			answer("failed register: byte %zu of a struct of %zu bytes was written",
			       sizeof(r->def) + (size_t)i, sizeof(r->def));
			return;
		}
	}
	answer("ok %s %d %d %d", r->def.name, r->def.type, r->def.proxy, r->def.flags);
	/* The plugin's memory of def ends here; def itself is Fluent Bit's. */
	free(r);
}

/* ---- init ---- */

static const char *get_property(const char *key, void *o_ins)
{
	struct instance *in = o_ins;
	size_t n = strlen(key);

	for (int i = 0; i < in->options_count; i++) {
		const char *option = in->options[i];

		/* Fluent Bit compares option names without regard to case. */
		if (strncasecmp(option, key, n) == 0 && option[n] == '=' &&
		    in->lent_count < FIELDS_MAX)
			return in->lent[in->lent_count++] = strdup(option + n + 1);
	}
	return NULL;
}

static void init(char **fields, int count)
{
	static struct flb_api api = {.output_get_property = get_property};
	struct instance *in;
	struct flbgo_output_plugin shared;
	struct guarded lent;
	int code;

	if (instances_count == INSTANCES_MAX)
		errx(2, "more than %d instances", INSTANCES_MAX);
	in = &instances[instances_count++];
	snprintf(in->id, sizeof(in->id), "%s", fields[1]);
	in->options = fields + 2;
	in->options_count = count - 2;
	shared = (struct flbgo_output_plugin){
		.name = "authlens", .api = &api, .o_ins = in, .context = &in->context};
	lent = guarded_copy(&shared, sizeof(shared));
	code = plugin.init(lent.bytes);
	guarded_free(&lent);
	for (int i = 0; i < in->lent_count; i++) {
		memset(in->lent[i], CANARY, strlen(in->lent[i]));
		free(in->lent[i]);
	}
	in->options = NULL;
	in->options_count = 0;
	/* proxy_go_output_init: everything up to 0 is a failure */
	answer(code > 0 ? "ok %d" : "failed %d", code);
}

/* ---- flush ---- */

struct call {
	void *ctx;
	void *data;
	size_t size;
	char *tag;
	int code;
	uint64_t hash; /* of the chunk, when nobody is called */
	uint64_t nanoseconds;
};

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void call_flush(void *arg)
{
	struct call *c = arg;
	uint64_t start = now();

	c->code = plugin.flush_ctx(c->ctx, c->data, c->size, c->tag);
	c->nanoseconds = now() - start;
}

/* Takes about as long as a flush of quiet text: each word waits for the one before. */
static void call_read(void *arg)
{
	struct call *c = arg;
	uint64_t start = now(), hash = 0, word;

	for (size_t i = 0; i + sizeof(word) <= c->size; i += sizeof(word)) {
		memcpy(&word, (char *)c->data + i, sizeof(word));
		hash = (hash ^ word) * 0x9E3779B97F4A7C15;
	}
	c->hash = hash;
	c->code = FLB_OK;
	c->nanoseconds = now() - start;
}

/* What a flush borrows, and what it is a copy of. */
struct loan {
	struct guarded data, tag_copy;
	struct chunk chunk;
	const char *tag;
};

static struct loan loan_of(const char *tag, struct chunk chunk)
{
	return (struct loan){.data = guarded_copy(chunk.bytes, chunk.size),
			     .tag_copy = guarded_copy(tag, strlen(tag) + 1),
			     .chunk = chunk,
			     .tag = tag};
}

static void end_loan(struct loan *l)
{
	guarded_free(&l->data);
	guarded_free(&l->tag_copy);
}

/* Flushes a chunk that was written just now and is taken away behind; returns the bytes of
 * stack used. */
static size_t flush_borrowed(struct call *c, size_t stack, const struct instance *in,
			     const struct loan *l)
{
	size_t depth;

	guarded_renew(&l->data, l->chunk.bytes);
	guarded_renew(&l->tag_copy, l->tag);
	*c = (struct call){.ctx = in->context.remote_context,
			   .data = l->data.bytes,
			   .size = l->data.size,
			   .tag = l->tag_copy.bytes};
	depth = on_coroutine(stack, in == &nobody ? call_read : call_flush, c);
	guarded_withdraw(&l->data);
	guarded_withdraw(&l->tag_copy);
	return depth;
}

static void flush(char **fields, int count)
{
	struct chunk chunk = read_chunk(fields[4]);
	struct loan loan = loan_of(fields[3], chunk);
	struct call c;
	size_t depth = flush_borrowed(&c, number(fields[1]), find_instance(fields[2]), &loan);

	(void)count;
	end_loan(&loan);
	answer("ok %d %llu %zu", c.code, (unsigned long long)c.nanoseconds, depth);
	free(chunk.bytes);
}

/* ---- storm ---- */

struct storm {
	size_t stack, count;
	const char *tag;
	struct chunk chunks[FILES_MAX];
	size_t chunks_count;
	const struct instance *targets[INSTANCES_MAX];
	size_t targets_count;
};

struct storm_thread {
	pthread_t thread;
	const struct storm *storm;
	size_t first; /* where in the rounds of chunks and targets it starts */
	uint64_t *nanoseconds;
	size_t depth_max;
	int wrong_code;
};

static void *storm_thread(void *arg)
{
	struct storm_thread *t = arg;
	const struct storm *s = t->storm;
	struct loan loans[FILES_MAX]; /* kept: to map one takes longer than a flush */
	struct call c;

	for (size_t i = 0; i < s->chunks_count; i++)
		loans[i] = loan_of(s->tag, s->chunks[i]);
	for (size_t i = 0; i < s->count; i++) {
		size_t n = t->first + i;
		size_t depth = flush_borrowed(&c, s->stack, s->targets[n % s->targets_count],
					      &loans[n % s->chunks_count]);

		t->nanoseconds[i] = c.nanoseconds;
		if (depth > t->depth_max)
			t->depth_max = depth;
		if (c.code != FLB_OK)
			t->wrong_code = 1;
	}
	for (size_t i = 0; i < s->chunks_count; i++)
		end_loan(&loans[i]);
	return NULL;
}

static int by_size(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* The nearest rank: what so many of a thousand are at most. */
static unsigned long long of_thousand(const uint64_t *sorted, size_t n, size_t thousandths)
{
	return sorted[(n * thousandths + 999) / 1000 - 1];
}

static void storm(char **fields, int count)
{
	struct storm s = {.stack = number(fields[1]),
			  .count = number(fields[3]),
			  .tag = fields[4]};
	size_t threads_count = number(fields[2]);
	size_t calls = threads_count * s.count, depth_max = 0;
	struct storm_thread threads[THREADS_MAX] = {0};
	uint64_t *ns = calloc(calls, sizeof(*ns));
	int wrong_code = 0;

	if (threads_count > THREADS_MAX || calls == 0 || ns == NULL)
		errx(2, "expected 1 to %d threads and some flushes", THREADS_MAX);
	for (char *path = strtok(fields[5], ":"); path; path = strtok(NULL, ":")) {
		if (s.chunks_count == FILES_MAX)
			errx(2, "more than %d files", FILES_MAX);
		s.chunks[s.chunks_count++] = read_chunk(path);
	}
	for (int i = 6; i < count; i++)
		s.targets[s.targets_count++] = find_instance(fields[i]);

	for (size_t i = 0; i < threads_count; i++) {
		threads[i].storm = &s;
		threads[i].first = i;
		threads[i].nanoseconds = ns + i * s.count;
		if (pthread_create(&threads[i].thread, NULL, storm_thread, &threads[i]) != 0)
			err(1, "pthread_create");
	}
	for (size_t i = 0; i < threads_count; i++) {
		pthread_join(threads[i].thread, NULL);
		wrong_code |= threads[i].wrong_code;
		if (threads[i].depth_max > depth_max)
			depth_max = threads[i].depth_max;
	}
	qsort(ns, calls, sizeof(*ns), by_size);
	answer("%s %llu %llu %llu %llu %zu", wrong_code ? "failed" : "ok",
	       of_thousand(ns, calls, 500), of_thousand(ns, calls, 990),
	       of_thousand(ns, calls, 999), of_thousand(ns, calls, 1000), depth_max);
	for (size_t i = 0; i < s.chunks_count; i++)
		free(s.chunks[i].bytes);
	free(ns);
}

/* ---- exit ---- */

static void exit_instance(char **fields, int count)
{
	(void)count;
	answer("ok %d", plugin.exit_ctx(find_instance(fields[1])->context.remote_context));
}

static void exit_context(char **fields, int count)
{
	(void)count;
	answer("ok %d", plugin.exit_ctx((void *)(uintptr_t)strtoull(fields[1], NULL, 16)));
}

static void exit_plain(char **fields, int count)
{
	(void)fields;
	(void)count;
	answer("ok %d", plugin.exit());
}

/* ---- commands ---- */

static const struct {
	const char *name;
	int fields_min;
	void (*run)(char **fields, int count);
} commands[] = {
	{"load", 2, load},
	{"init", 2, init},
	{"flush", 5, flush},
	{"storm", 7, storm},
	{"exit", 2, exit_instance},
	{"exit-context", 2, exit_context},
	{"exit-plain", 1, exit_plain},
};

static void obey(char *line)
{
	char *fields[FIELDS_MAX];
	int count = 0;

	line[strcspn(line, "\n")] = '\0';
	for (char *field; (field = strsep(&line, "\t")) != NULL;) {
		if (count == FIELDS_MAX)
			errx(2, "more than %d fields", FIELDS_MAX);
		fields[count++] = field;
	}
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (strcmp(fields[0], commands[i].name) != 0)
			continue;
		if (count < commands[i].fields_min)
			errx(2, "%s takes %d fields, got %d", fields[0],
			     commands[i].fields_min - 1, count - 1);
		commands[i].run(fields, count);
		return;
	}
	errx(2, "unknown command '%s'", fields[0]);
}

int main(void)
{
	char *line = NULL;
	size_t capacity = 0;

	while (getline(&line, &capacity, stdin) > 0)
		obey(line);
	free(line);
	return 0;
}
