/* SPDX-License-Identifier: GPL-2.0-only
 * The files of a cgroup, /proc/self/cgroup and mountinfo with any bytes in them. The first byte says how the rest
 * is cut into the two files.
 */
#include "toolbox/lib/cgroup.h"
#include "toolbox/lib/cgroup_place.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned asked;

/* Every path ends, and nothing that is asked for is empty. */
static bool exists(const char *dir)
{
	return strlen(dir) > 0 && ++asked % 3 == 0;
}

static char *copy(const uint8_t *data, size_t n)
{
	char *text = malloc(n + 1);

	memcpy(text, data, n);
	text[n] = '\0';
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	size_t cut = data[0] % size;
	char *self = copy(data + 1, cut);
	char *mounts = copy(data + 1 + cut, size - 1 - cut);
	struct cgroup_places ps;
	struct cgroup_pressure p;
	struct cgroup_io *v = NULL;
	size_t n = 0;

	for (int private_ns = 0; private_ns < 2; private_ns++) {
		cgroup_places_find(&ps, self, mounts, private_ns, exists);
		for (int h = 0; h < CGROUP_HIERARCHIES; h++)
			if (ps.place[h].dir && strlen(ps.place[h].dir) < ps.place[h].mount_len)
				abort();
		cgroup_places_free(&ps);
	}
	if (cgroup_engine_part(mounts, size - 1 - cut) > size - 1 - cut)
		abort();
	cgroup_parse_limit(mounts);
	cgroup_parse_pressure(mounts, &p);
	cgroup_parse_io_stat(mounts, &v, &n);
	cgroup_parse_blkio(mounts, offsetof(struct cgroup_io, reads), offsetof(struct cgroup_io, writes),
			   offsetof(struct cgroup_io, wait_ns), &v, &n);
	free(v);
	free(self);
	free(mounts);
	return 0;
}
