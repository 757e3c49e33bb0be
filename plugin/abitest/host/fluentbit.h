/*
 * What a Go output plugin sees of Fluent Bit: the layouts it shares memory in
 * and the symbols it exports. Sources: include/fluent-bit/flb_plugin_proxy.h,
 * include/fluent-bit/flb_api.h and src/proxy/go/go.h of fluent/fluent-bit,
 * versions 1.9.10 to 5.1.1.
 */
#ifndef FLUENTBIT_H
#define FLUENTBIT_H

#include <stddef.h>

enum { FLB_ERROR = 0, FLB_OK = 1, FLB_RETRY = 2 };
enum { FLB_PROXY_OUTPUT_PLUGIN = 2, FLB_PROXY_GOLANG = 11 };

/*
 * The registration struct: 32 bytes up to 4.2.2. 4.2.3 and 5.1.1 appended
 * fields, which a plugin for all versions must leave alone.
 */
struct flb_plugin_proxy_def {
	int type;
	int proxy;
	int flags;
	char *name;
	char *description;
};

/* Later versions append functions; all begin with this one. */
struct flb_api {
	const char *(*output_get_property)(const char *key, void *o_ins);
};

struct flb_plugin_proxy_context {
	void *remote_context; /* ours: given by init, passed to flush and exit */
	void *proxy;
};

/* One for all instances of a plugin, rewritten for each. */
struct flbgo_output_plugin {
	char *name;
	struct flb_api *api;
	void *o_ins;
	struct flb_plugin_proxy_context *context;
};

/* The exported functions, as src/proxy/go/go.c declares and looks them up. */
struct flb_symbols {
	int (*register_plugin)(struct flb_plugin_proxy_def *);
	int (*init)(struct flbgo_output_plugin *);
	int (*flush_ctx)(void *ctx, const void *data, size_t size, char *tag);
	int (*exit_ctx)(void *ctx);
	int (*exit)(void);
};

#endif
