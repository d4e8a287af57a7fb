/* SPDX-License-Identifier: GPL-2.0-only
 * The tools inside this executable: an xz stream (https://tukaani.org/xz/xz-file-format.txt) of a
 * ustar archive (tar.h). build/bundle makes them.
 */
#pragma once

#include "step.h"

extern const unsigned char native_bundle[];
extern const unsigned char native_bundle_end[];
extern const char native_digest[];  /* first 16 hexadecimal digits of the archive's SHA-256 */
extern const char native_version[]; /* "0.1.0" */
extern const unsigned long native_bundle_size; /* of the archive, bytes */

/* Unpacks the tools below dir. Returns 0, or -1 with f. */
int bundle_unpack(int dir, struct failure *f);
