/* SPDX-License-Identifier: GPL-2.0-only
 * The parsers of toolbox/lib/proc with any bytes: /proc/PID/stat, lines, keys, numbers.
 */
#include "toolbox/lib/proc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const keys[] = { "MemTotal", "Threads", "", "a" };
	struct proc_stat st;
	uint64_t value;
	/* As proc_load gives it: a NUL behind the last byte, and nothing more. */
	char *copy = malloc(size + 1);

	memcpy(copy, data, size);
	copy[size] = '\0';

	if (proc_parse_stat(copy, size, &st) == 0) {
		const char *close = memrchr(copy, ')', size);

		if (!close || st.state != close[2] || memchr(st.comm, '\0', sizeof(st.comm)) == NULL)
			abort();
	}
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		proc_key(copy, keys[i], &value);
	for (const char *line = copy; line; line = proc_next_line(line)) {
		const char *p = line;

		if (line < copy || line > copy + size)
			abort();
		while (proc_u64(&p, &value))
			if (p <= line || p > copy + size)
				abort();
	}
	free(copy);
	return 0;
}
