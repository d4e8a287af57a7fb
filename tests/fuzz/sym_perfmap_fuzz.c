/* SPDX-License-Identifier: GPL-2.0-only
 * Any bytes as a perf map that comes in two parts, and as a table of mounts.
 */
#include "bpf/sym/mounts.h"
#include "bpf/sym/perfmap.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct perfmap p = { 0 };
	size_t half = size ? data[0] % size : 0;
	struct mounts ms;
	const char *name;
	uint64_t start;

	perfmap_add(&p, (const char *)data, half);
	perfmap_find(&p, 0, &name, &start);
	perfmap_add(&p, (const char *)data + half, size - half);
	perfmap_find(&p, 0, &name, &start);
	for (size_t i = 0; i < p.n; i++) {
		if (p.pieces[i].end <= p.pieces[i].start || (i > 0 && p.pieces[i].start < p.pieces[i - 1].end))
			abort();
		if (!perfmap_find(&p, p.pieces[i].start, &name, &start) || strlen(name) > size || start > p.pieces[i].start)
			abort();
		/* No later line covers it. */
		for (size_t j = p.pieces[i].line + 1; j < p.n_lines; j++)
			if (p.lines[j].start <= p.pieces[i].start && p.pieces[i].start < p.lines[j].end)
				abort();
	}
	perfmap_free(&p);
	char *text = malloc(size + 1);
	memcpy(text, data, size);
	text[size] = '\0';
	if (mounts_parse(&ms, text, size) == 0)
		for (size_t i = 0; i < ms.n; i++)
			if (mounts_kind(&ms, ms.mount[i].major, ms.mount[i].minor) != ms.mount[i].kind)
				abort();
	mounts_free(&ms);
	free(text);
	return 0;
}
