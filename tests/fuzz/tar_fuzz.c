/* SPDX-License-Identifier: GPL-2.0-only
 * Any bytes as an archive: the reader stays inside them and yields only plain relative names.
 */
#include "injector/tar.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A fuzzer does not find checksums by itself: each block gets the right one. */
static void sign(uint8_t *h)
{
	unsigned sum = 0;

	memset(h + 148, ' ', 8);
	for (int i = 0; i < 512; i++)
		sum += h[i];
	for (int i = 5; i >= 0; i--, sum >>= 3)
		h[148 + i] = (uint8_t)('0' + (sum & 7));
	h[154] = '\0';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tar_entry e;
	size_t pos = 0;
	uint8_t *copy = malloc(size ? size : 1);

	memcpy(copy, data, size);
	for (size_t at = 0; at + 512 <= size; at += 512)
		sign(copy + at);
	while (tar_next(copy, size, &pos, &e) > 0) {
		if (e.data < copy || e.data + e.size > copy + size || pos > size)
			abort();
		if (e.path[0] == '/' || e.path[0] == '\0' || strlen(e.path) > 256 || strlen(e.link) > 100)
			abort();
		if (strcmp(e.path, "..") == 0 || strncmp(e.path, "../", 3) == 0 || strstr(e.path, "/../"))
			abort();
	}
	free(copy);
	return 0;
}
