/* SPDX-License-Identifier: GPL-2.0-only
 * ELF files, little endian, of 64 bits or of 32 (i386 programs on x86_64): headers, segments, sections. The bytes come through a callback (a file by pread,
 * the vdso or a deleted file from the memory of a process), are copied, and are believed in nothing: elf(5).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { ELF_ID_MAX = 32, ELF_MAX_SEGMENTS = 256, ELF_MAX_SECTIONS = 4096 };
#define ELF_MAX_LOAD ((size_t)192 << 20) /* of one section */

struct elf_source {
	/* Copies up to n bytes from the offset; returns how many, or -errno. */
	ssize_t (*read)(void *ctx, uint64_t offset, void *buf, size_t n);
	void *ctx;
};

struct elf_segment {
	uint32_t type, flags;
	uint64_t offset, vaddr, filesz, memsz;
};

struct elf_section {
	const char *name; /* good as long as the elf */
	uint32_t type, link;
	uint64_t flags, addr, offset, size, entsize;
};

struct elf {
	struct elf_source src;
	uint16_t machine; /* EM_X86_64, EM_386, EM_AARCH64 or another */
	bool small;	  /* ELFCLASS32 */
	struct elf_segment *segments;
	size_t n_segments;
	struct elf_section *sections;
	size_t n_sections;
	char *names;
};

/* Reads the headers: 0, -ENOEXEC (not such a file, or a broken one), -ENOMEM or the errno of the source. Missing or broken
 * section headers are no error: then there are none. */
int elffile_open(struct elf *e, struct elf_source src);
void elffile_close(struct elf *e);

/* The first section of that name; NULL: none. */
const struct elf_section *elf_section(const struct elf *e, const char *name);
const struct elf_section *elf_section_of_type(const struct elf *e, uint32_t type);

/* Copies bytes of the file, with a NUL behind them; the caller frees them. What lies behind the end of the file is cut off.
 * 0, -EFBIG (more than ELF_MAX_LOAD), -ENOMEM, -ENODATA (nothing there). */
int elf_load(const struct elf *e, uint64_t offset, uint64_t size, uint8_t **data, size_t *len);
int elf_load_section(const struct elf *e, const struct elf_section *s, uint8_t **data, size_t *len);

/* Where an offset of the file is linked to, by the loadable segments; false: nowhere. */
bool elf_vaddr(const struct elf *e, uint64_t offset, uint64_t *vaddr);
bool elf_offset(const struct elf *e, uint64_t vaddr, uint64_t *offset);

/* The build id (ld's --build-id): its length, 0 when there is none. */
size_t elf_build_id(const struct elf *e, uint8_t id[ELF_ID_MAX]);
