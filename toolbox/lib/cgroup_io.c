/* SPDX-License-Identifier: GPL-2.0-only
 * What the container has read and written on each device: see cgroup.h. io.stat is in the kernel's
 * cgroup-v2.rst, the files of blkio in cgroup-v1/blkio-controller.rst.
 */
#include "cgroup.h"
#include "cgroup_place.h"
#include "proc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The list that a parser fills. The kernel names each device once a file, in the same order in each: the
 * place of the last one says where the next is found, and in the first file every device is new. */
struct io_list {
	struct cgroup_io **v;
	size_t *n;
	size_t at;   /* the device found last */
	bool filled; /* by a file before this one */
};

static struct cgroup_io *device(struct io_list *l, uint32_t major, uint32_t minor)
{
	size_t n = *l->n;
	size_t look = l->filled ? n : n > 0 ? 1 : 0;

	for (size_t i = 0; i < look; i++) {
		size_t at = (l->at + i) % n;
		struct cgroup_io *d = &(*l->v)[at];

		if (d->major == major && d->minor == minor) {
			l->at = at;
			return d;
		}
	}
	if ((n & (n - 1)) == 0) { /* 0 and the powers of two: full */
		struct cgroup_io *grown = realloc(*l->v, (n ? n * 2 : 1) * sizeof(*grown));

		if (!grown)
			return NULL;
		*l->v = grown;
	}
	struct cgroup_io *d = &(*l->v)[n];
	*d = (struct cgroup_io){ major,		 minor,		 CGROUP_UNKNOWN, CGROUP_UNKNOWN, CGROUP_UNKNOWN,
				 CGROUP_UNKNOWN, CGROUP_UNKNOWN };
	*l->n = n + 1;
	l->at = n;
	return d;
}

/* "8:16" and a blank or the end of the line: the number pair, *p moved behind it. */
static bool device_number(const char **p, uint32_t *major, uint32_t *minor)
{
	const char *s = *p;
	uint64_t a, b;

	if (*s < '0' || *s > '9' || !proc_u64(&s, &a) || *s != ':' || s[1] < '0' || s[1] > '9')
		return false;
	s++;
	if (!proc_u64(&s, &b) || a > UINT32_MAX || b > UINT32_MAX || (*s && !strchr(" \n", *s)))
		return false;
	*major = (uint32_t)a;
	*minor = (uint32_t)b;
	*p = s;
	return true;
}

/* "8:16 rbytes=1459200 wbytes=314773504 rios=192 wios=353 dbytes=0 dios=0 ...", where kernels before
 * 5.10 may put the numbers of devices without any I/O in front of it, on the same line. */
int cgroup_parse_io_stat(const char *text, struct cgroup_io **devices, size_t *n)
{
	uint32_t major = 0, minor = 0;
	bool have = false;
	struct cgroup_io *d = NULL;
	struct io_list list = { devices, n, 0, *n > 0 };

	for (const char *p = text; *p;) {
		size_t len = strcspn(p, " \n");
		const char *next = p + len;
		static const struct {
			const char *name;
			size_t at;
		} keys[] = {
			{ "rbytes=", offsetof(struct cgroup_io, read_bytes) },
			{ "wbytes=", offsetof(struct cgroup_io, write_bytes) },
			{ "rios=", offsetof(struct cgroup_io, reads) },
			{ "wios=", offsetof(struct cgroup_io, writes) },
		};

		if (device_number(&p, &major, &minor)) {
			have = true;
			d = NULL;
		}
		for (size_t k = 0; have && k < sizeof(keys) / sizeof(keys[0]); k++) {
			size_t name_len = strlen(keys[k].name);
			const char *v = p + name_len;

			if (len <= name_len || strncmp(p, keys[k].name, name_len) != 0 || *v == ' ')
				continue;
			if (!d && !(d = device(&list, major, minor)))
				return -ENOMEM;
			if (!proc_u64(&v, (uint64_t *)(void *)((char *)d + keys[k].at)))
				break;
		}
		if (*next == '\n') {
			have = false;
			d = NULL;
		}
		p = *next ? next + 1 : next;
	}
	return 0;
}

/* "8:0 Read 4096", "8:0 Write 0", "8:0 Sync 4096", ..., "8:0 Total 4096", and at the end "Total 4096". */
int cgroup_parse_blkio(const char *text, size_t read_to, size_t write_to, size_t total_to, struct cgroup_io **devices,
		       size_t *n)
{
	struct io_list list = { devices, n, 0, *n > 0 };

	for (const char *p = *text ? text : NULL; p; p = proc_next_line(p)) {
		const char *s = p;
		uint32_t major, minor;
		uint64_t value;
		size_t at = SIZE_MAX;

		if (!device_number(&s, &major, &minor) || *s != ' ')
			continue;
		s++;
		size_t len = strcspn(s, " \n");
		if (len == 4 && memcmp(s, "Read", 4) == 0)
			at = read_to;
		else if (len == 5 && memcmp(s, "Write", 5) == 0)
			at = write_to;
		else if (len == 5 && memcmp(s, "Total", 5) == 0)
			at = total_to;
		s += len;
		if (at == SIZE_MAX || !proc_u64(&s, &value))
			continue;
		struct cgroup_io *d = device(&list, major, minor);
		if (!d)
			return -ENOMEM;
		memcpy((char *)d + at, &value, sizeof(value));
	}
	return 0;
}

/* The first of two files that is there. */
static const char *read_either(const struct cgroup_place *place, const char *a, const char *b)
{
	const char *text = cgroup_read(place, a);

	return text ? text : cgroup_read(place, b);
}

static int io_v1(const struct cgroup_place *place, struct cgroup_io **v, size_t *n)
{
	const char *text = read_either(place, "blkio.throttle.io_service_bytes_recursive",
				       "blkio.throttle.io_service_bytes");
	int r;

	if (!text)
		return -ENOENT;
	r = cgroup_parse_blkio(text, offsetof(struct cgroup_io, read_bytes), offsetof(struct cgroup_io, write_bytes),
			       SIZE_MAX, v, n);
	text = read_either(place, "blkio.throttle.io_serviced_recursive", "blkio.throttle.io_serviced");
	if (r == 0 && text)
		r = cgroup_parse_blkio(text, offsetof(struct cgroup_io, reads), offsetof(struct cgroup_io, writes),
				       SIZE_MAX, v, n);
	text = read_either(place, "blkio.bfq.io_wait_time_recursive", "blkio.io_wait_time_recursive");
	if (r == 0 && text)
		r = cgroup_parse_blkio(text, SIZE_MAX, SIZE_MAX, offsetof(struct cgroup_io, wait_ns), v, n);
	return r;
}

static int io_v2(const struct cgroup_place *place, struct cgroup_io **v, size_t *n)
{
	const char *text = cgroup_read(place, "io.stat");

	return text ? cgroup_parse_io_stat(text, v, n) : -ENOENT;
}

int cgroup_io(struct cgroup_io **devices, size_t *n)
{
	bool v2;
	const struct cgroup_place *place = cgroup_place(CGROUP_BLKIO, &v2);

	*devices = NULL;
	*n = 0;
	if (!place)
		return -ENOENT;
	int r = v2 ? io_v2(place, devices, n) : io_v1(place, devices, n);
	if (r < 0) {
		free(*devices);
		*devices = NULL;
		*n = 0;
	}
	return r;
}
