/* SPDX-License-Identifier: GPL-2.0-only
 * A mapped ELF file: its headers, and, once asked for, its symbols and unwind tables. Files are kept between
 * processes.
 */
#pragma once

#include "elffile.h"
#include "maps.h"
#include "mounts.h"
#include "symtab.h"
#include "unwind.h"

/* The process that a file is looked at for. */
struct file_user {
	pid_t tid;
	const struct maps *maps;
	const struct mounts *mounts;
	struct unwind_memory mem;
};

struct sym_file {
	struct elf elf;
	int fd; /* -1: all was read, or comes from memory */
	const struct file_user *user; /* while something is read */
	const struct map *map;	      /* while it is read from memory */
	bool opened, from_memory;
	bool has_symbols, has_table;
	struct symtab symbols;
	struct unwind_table table;
	uint8_t *frame;
	uint8_t id[ELF_ID_MAX];
	size_t id_len;
	/* the key */
	uint64_t inode;
	uint32_t dev_major, dev_minor;
	char *path;
	unsigned epoch; /* when it was last compared with what is mapped */
	int64_t size, changed_s, changed_ns;
	struct sym_file *next;
};

/* The file behind a mapping; NULL only without memory. What cannot be opened is read from the memory of the process, and what
 * is no ELF file has `opened` false. */
struct sym_file *file_get(const struct file_user *user, const struct map *map);

/* A process that was not seen before: inode numbers come again, so each file is looked at once more when it is next asked
 * for. */
void file_new_epoch(void);

const struct symtab *file_symbols(struct sym_file *f, const struct file_user *user);
const struct unwind_table *file_table(struct sym_file *f);
