/* SPDX-License-Identifier: GPL-2.0-only
 * /proc/PID/stat, mountinfo and cgroup with any bytes in them.
 */
#include "injector/proc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int see(const struct proc_mount *m, void *arg)
{
	size_t *total = arg;

	*total += strlen(m->root) + strlen(m->point) + strlen(m->fstype) + (m->source ? strlen(m->source) : 0);
	return *total > 1u << 20;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char id[] = "0123456789abcdef";
	struct proc_stat st;
	size_t total = 0;
	/* Exactly as large as it is: one byte read beyond it is found. */
	char *copy = malloc(size + 1);

	memcpy(copy, data, size);
	copy[size] = '\0';
	proc_parse_stat((const char *)data, size, &st);
	proc_cgroup_names((const char *)data, size, id);
	proc_each_mount(copy, size, see, &total);
	free(copy);
	return 0;
}
