/* SPDX-License-Identifier: GPL-2.0-only
 * A D script of any bytes, through the whole compiler. The first byte chooses options, so that the preprocessor and the
 * descriptions of -P, -m and -f are reached, too. What compiles must be IR that its own checker accepts.
 */
#include "bpf/lang/lang.h"
#include "bpf/prov/prov.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One file that includes itself, and one that does not exist. */
static char *include(void *cookie, const char *path, size_t *len)
{
	static char text[] = "#ifndef H\n#define H(x) x##1\n#include \"h\"\nint h;\n#endif\n";

	(void)cookie;
	if (!strchr(path, 'h'))
		return NULL;
	*len = sizeof(text) - 1;
	return text;
}

static bool option(void *cookie, const char *name, const char *value, char *why, size_t size)
{
	(void)cookie;
	if (strcmp(name, "quiet") == 0 || value)
		return true;
	snprintf(why, size, "Invalid option name");
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const args[] = { "fuzz", "12", "name", "\"a string\"", "-7" };
	static const char *const defines[] = { "ONE=1", "SQUARE(x)=((x) * (x))", NULL };
	unsigned how = size ? data[0] : 0;
	struct lang_options o = {
		.preprocess = how & 1, .default_args = how & 2, .zdefs = how & 32,
		.empty_ok = how & 64, .destructive = how & 128, .arg_ref = true, .defines = defines, .include = include,
		.argc = sizeof(args) / sizeof(args[0]), .argv = args, .option = option, .strsize = 256,
	};
	struct prov_set *probes = prov_new();
	struct ir_program *p;
	struct d_error error;
	char why[256];
	char *text;

	if (!probes)
		abort();
	/* Exactly as large as it is: one byte read beyond it is found. */
	text = malloc(size ? size : 1);
	if (size > 1)
		memcpy(text, data + 1, size - 1);
	struct lang_source source = { .name = "fuzz", .text = text, .len = size ? size - 1 : 0, .is_file = how & 4,
				      .spec = how >> 3 & 3 };
	p = lang_compile(&source, 1, &o, probes, &error);
	if (!p && !error.message[0])
		abort(); /* it failed without a word */
	if (p && !ir_check(p, why, sizeof(why))) {
		fprintf(stderr, "%s\n", why);
		abort();
	}
	if (p)
		ir_free(p);
	prov_free(probes);
	free(text);
	return 0;
}
