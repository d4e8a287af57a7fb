/* SPDX-License-Identifier: GPL-2.0-only
 * Any bytes as /proc/PID/maps.
 */
#include "bpf/sym/maps.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct maps m;

	memcpy(text, data, size);
	text[size] = '\0';
	if (maps_parse(&m, text, size) < 0)
		return 0;
	for (size_t i = 0; i < m.n; i++)
		if (maps_find(&m, m.map[i].start) != &m.map[i] || maps_find(&m, m.map[i].end - 1) != &m.map[i] ||
		    strlen(m.map[i].path) > size)
			abort();
	maps_free(&m);
	return 0;
}
