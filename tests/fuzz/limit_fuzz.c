/* SPDX-License-Identifier: GPL-2.0-only
 * /proc/PID/limits and the values that are typed, with any bytes.
 */
#include "toolbox/ulimit/limit.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct rlimit r;
	rlim_t value;
	char buf[32];

	memcpy(text, data, size);
	text[size] = '\0';
	limit_find(text);
	for (size_t i = 0; i < limits_n; i++) {
		r = (struct rlimit){ 1, 2 };
		if (limit_parse_value(text, &limits[i], &r, &value) == 0) {
			limit_fmt(buf, sizeof(buf), &limits[i], value);
			/* A number is printed as it was typed, but for zeros in front. */
			if (strspn(text, "0123456789") == size && value != RLIM_INFINITY &&
			    strcmp(buf, text + strspn(text, "0")) != 0 && value != 0)
				abort();
		}
		if (limit_parse_proc(text, &limits[i], &r) == 0)
			limit_fmt(buf, sizeof(buf), &limits[i], r.rlim_cur);
	}
	free(text);
	return 0;
}
