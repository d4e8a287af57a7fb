/* SPDX-License-Identifier: GPL-2.0-only
 * Separate files of symbols, as distributions ship them: /usr/lib/debug/.build-id/xx/yyy.debug, and what .gnu_debuglink
 * names (GDB manual, "Separate Debug Files"). Looked for inside the process's root only; never fetched.
 */
#pragma once

#include "elffile.h"
#include "mounts.h"
#include "symtab.h"

/* Adds the functions of a file's separate symbols. path: of the file itself, as it is mapped. What is found must have
 * the same build id or, where the file has none, the checksum that .gnu_debuglink tells. 0, -ENOENT, or -errno. */
int debugfile_add(struct symtab *t, const struct elf *e, const char *path, const struct mounts *ms, pid_t tid);

/* The name and the checksum in .gnu_debuglink; false: there is none, or it leads elsewhere. */
bool debugfile_link(const struct elf *e, char name[256], uint32_t *crc);
