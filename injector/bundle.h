/* SPDX-License-Identifier: GPL-2.0-only
 * The tools inside this executable: an xz stream (https://tukaani.org/xz/xz-file-format.txt) of a
 * ustar archive (POSIX.1-2017, pax, "ustar Interchange Format"). build/bundle makes them.
 */
#pragma once

#include "step.h"

#include <stddef.h>
#include <stdint.h>

extern const unsigned char native_bundle[];
extern const unsigned char native_bundle_end[];
extern const char native_digest[];  /* first 16 hexadecimal digits of the archive's SHA-256 */
extern const char native_version[]; /* "0.1.0" */
extern const unsigned long native_bundle_size; /* of the archive, bytes */

enum bundle_type { BUNDLE_FILE, BUNDLE_DIR, BUNDLE_LINK };

struct bundle_entry {
	enum bundle_type type;
	char path[260]; /* relative, no "." or ".." component, no slash at the end */
	char link[101]; /* target of a symbolic link */
	unsigned mode;
	int64_t mtime; /* seconds since 1970 */
	const unsigned char *data;
	size_t size;
};

/* Reads the entry at *pos of an archive and moves *pos behind it. Returns 1, 0 at the end, or
 * -EINVAL when the archive is malformed. */
int bundle_next(const unsigned char *tar, size_t len, size_t *pos, struct bundle_entry *e);

/* Unpacks the tools below dir. Returns 0, or -1 with f. */
int bundle_unpack(int dir, struct failure *f);
