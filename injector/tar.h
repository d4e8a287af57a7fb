/* SPDX-License-Identifier: GPL-2.0-only
 * A reader of ustar archives (POSIX.1-2017, pax, "ustar Interchange Format"), pure and strict: what
 * build/bundle writes and nothing more.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum tar_type { TAR_FILE, TAR_DIR, TAR_LINK };

struct tar_entry {
	enum tar_type type;
	char path[260]; /* relative, no "." or ".." component, no slash at the end */
	char link[101]; /* target of a symbolic link */
	unsigned mode;
	int64_t mtime; /* seconds since 1970 */
	const unsigned char *data;
	size_t size;
};

/* Reads the entry at *pos of an archive and moves *pos behind it. Returns 1, 0 at the end, or
 * -EINVAL when the archive is malformed. */
int tar_next(const unsigned char *tar, size_t len, size_t *pos, struct tar_entry *e);
