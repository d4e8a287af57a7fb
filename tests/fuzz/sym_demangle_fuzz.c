/* SPDX-License-Identifier: GPL-2.0-only
 * Any bytes as a symbol's name.
 */
#include "bpf/sym/demangle.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *name = malloc(size + 1);
	char buf[DEMANGLE_OUT_MAX];

	memcpy(name, data, size);
	name[size] = '\0';
	demangle(name, buf, sizeof(buf), 1);
	if (memchr(buf, 0, sizeof(buf)) == NULL)
		abort();
	demangle(name, buf, 16, 0);
	if (memchr(buf, 0, 16) == NULL)
		abort();
	free(name);
	return 0;
}
