/* SPDX-License-Identifier: GPL-2.0-only
 * Mappings as /proc/PID/maps and smaps tell them (proc(5)); any bytes may be in the name of a file.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FIELDS_MAX = 48, KEY_MAX = 32, FLAGS_MAX = 128 };

struct mapping {
	uint64_t start, end, offset, inode;
	unsigned major, minor;
	char perms[5];
	const char *device; /* "fe:00", in the text; device_len bytes */
	size_t device_len;
	const char *name; /* in the text, not terminated; a line end in it stands as \012 */
	size_t name_len;
	uint64_t value[FIELDS_MAX]; /* by the index of its key; 0 where this mapping has none */
	char flags[FLAGS_MAX];	    /* of VmFlags */
};

/* The keys of smaps in their order, as they come up. */
struct keys {
	char name[FIELDS_MAX][KEY_MAX];
	size_t n;
	bool has_flags; /* VmFlags, which is no number */
};

/* The next mapping, and *p behind it and its fields; false at the end. What is not understood is passed over and
 * counted in *strange. keys may be NULL: then fields are not kept. The text ends with a NUL byte. */
bool mapping_next(const char **p, struct mapping *m, struct keys *keys, size_t *strange);

/* The index of a key, or -1. */
int keys_find(const struct keys *keys, const char *name, size_t n);
