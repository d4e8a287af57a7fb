/* SPDX-License-Identifier: GPL-2.0-only
 * A mapped ELF file: its headers, and, once asked for, its symbols and unwind tables. Files are kept between
 * processes.
 */
#pragma once

#include "elf.h"
#include "maps.h"
#include "symtab.h"
#include "unwind.h"

struct sym_file {
	struct elf elf;
	int fd; /* -1: read from memory */
	struct unwind_memory mem;
	const struct maps *maps; /* while it is read from memory */
	const struct map *map;
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
	struct sym_file *next;
};

/* The file behind a mapping; NULL only without memory. What cannot be opened is read from the memory of the process, and what
 * is no ELF file has `opened` false. */
struct sym_file *file_get(const struct maps *maps, const struct map *map, pid_t tid, const struct unwind_memory *mem);

const struct symtab *file_symbols(struct sym_file *f);
const struct unwind_table *file_table(struct sym_file *f);
