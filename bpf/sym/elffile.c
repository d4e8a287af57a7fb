/* SPDX-License-Identifier: GPL-2.0-only
 * ELF headers: see elffile.h.
 */
#include "elffile.h"
#include "read.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>

enum { CHUNK = 1 << 20, NOTES_MAX = 64 << 10 };

int elf_load(const struct elf *e, uint64_t offset, uint64_t size, uint8_t **data, size_t *len)
{
	uint8_t *buf = NULL;
	size_t got = 0;

	*data = NULL;
	*len = 0;
	if (size > ELF_MAX_LOAD)
		return -EFBIG;
	/* Memory grows with what is really there, not with what a header claims. */
	while (got < size) {
		size_t want = size - got < CHUNK ? (size_t)(size - got) : CHUNK;
		uint8_t *more = realloc(buf, got + want + 1);

		if (!more) {
			free(buf);
			return -ENOMEM;
		}
		buf = more;
		ssize_t n = offset + got < offset ? 0 : e->src.read(e->src.ctx, offset + got, buf + got, want);
		if (n <= 0)
			break;
		got += (size_t)n;
	}
	if (got == 0) {
		free(buf);
		return -ENODATA;
	}
	buf[got] = 0;
	*data = buf;
	*len = got;
	return 0;
}

int elf_load_section(const struct elf *e, const struct elf_section *s, uint8_t **data, size_t *len)
{
	*data = NULL;
	*len = 0;
	if (s->type == SHT_NOBITS || s->flags & SHF_COMPRESSED)
		return -ENODATA;
	return elf_load(e, s->offset, s->size, data, len);
}

static int load_segments(struct elf *e, uint64_t offset, unsigned n, unsigned entsize)
{
	uint8_t *data;
	size_t len;

	if (n == 0)
		return 0;
	if (entsize < (e->small ? sizeof(Elf32_Phdr) : sizeof(Elf64_Phdr)) || n > ELF_MAX_SEGMENTS)
		return -ENOEXEC;
	int err = elf_load(e, offset, (uint64_t)n * entsize, &data, &len);
	if (err < 0)
		return err == -ENODATA ? -ENOEXEC : err;
	e->segments = calloc(n, sizeof(*e->segments));
	for (unsigned i = 0; e->segments && i < n && (i + 1) * (size_t)entsize <= len; i++) {
		const uint8_t *at = data + (size_t)i * entsize;
		Elf64_Phdr ph;
		Elf32_Phdr small;

		if (e->small) {
			memcpy(&small, at, sizeof(small));
			ph = (Elf64_Phdr){ small.p_type,   small.p_flags, small.p_offset, small.p_vaddr, 0,
					   small.p_filesz, small.p_memsz, 0 };
		} else {
			memcpy(&ph, at, sizeof(ph));
		}
		e->segments[e->n_segments++] = (struct elf_segment){
			ph.p_type, ph.p_flags, ph.p_offset, ph.p_vaddr, ph.p_filesz, ph.p_memsz };
	}
	free(data);
	return e->segments ? 0 : -ENOMEM;
}

static Elf64_Shdr section_at(const struct elf *e, const uint8_t *at)
{
	Elf32_Shdr small;
	Elf64_Shdr sh;

	if (!e->small) {
		memcpy(&sh, at, sizeof(sh));
		return sh;
	}
	memcpy(&small, at, sizeof(small));
	return (Elf64_Shdr){ .sh_name = small.sh_name,	 .sh_type = small.sh_type,     .sh_flags = small.sh_flags,
			     .sh_addr = small.sh_addr,	 .sh_offset = small.sh_offset, .sh_size = small.sh_size,
			     .sh_link = small.sh_link,	 .sh_entsize = small.sh_entsize };
}

static void load_sections(struct elf *e, uint64_t offset, unsigned n, unsigned entsize, unsigned names)
{
	uint8_t *data;
	size_t len;
	size_t names_len = 0;

	if (offset == 0 || n == 0 || n > ELF_MAX_SECTIONS || entsize < (e->small ? sizeof(Elf32_Shdr) : sizeof(Elf64_Shdr)) ||
	    elf_load(e, offset, (uint64_t)n * entsize, &data, &len) < 0)
		return;
	e->sections = calloc(n, sizeof(*e->sections));
	for (unsigned i = 0; e->sections && i < n && (i + 1) * (size_t)entsize <= len; i++) {
		Elf64_Shdr sh = section_at(e, data + (size_t)i * entsize);

		e->sections[e->n_sections++] = (struct elf_section){
			.name = "", .type = sh.sh_type, .link = sh.sh_link, .flags = sh.sh_flags, .addr = sh.sh_addr,
			.offset = sh.sh_offset, .size = sh.sh_size, .entsize = sh.sh_entsize };
	}
	if (e->sections && names < e->n_sections && e->sections[names].size <= 1 << 20)
		elf_load_section(e, &e->sections[names], (uint8_t **)&e->names, &names_len);
	for (unsigned i = 0; i < e->n_sections; i++) {
		Elf64_Shdr sh = section_at(e, data + (size_t)i * entsize);

		/* elf_load put a NUL behind the names. */
		if (sh.sh_name < names_len)
			e->sections[i].name = e->names + sh.sh_name;
	}
	free(data);
}

int elffile_open(struct elf *e, struct elf_source src)
{
	Elf64_Ehdr eh;
	Elf32_Ehdr small;

	*e = (struct elf){ .src = src };
	ssize_t n = src.read(src.ctx, 0, &eh, sizeof(eh));
	if (n < 0)
		return (int)n;
	if ((size_t)n < sizeof(small) || memcmp(eh.e_ident, ELFMAG, SELFMAG) != 0 || eh.e_ident[EI_DATA] != ELFDATA2LSB)
		return -ENOEXEC;
	if (eh.e_ident[EI_CLASS] == ELFCLASS32) {
		memcpy(&small, &eh, sizeof(small));
		e->small = true;
		eh = (Elf64_Ehdr){ .e_machine = small.e_machine,     .e_phoff = small.e_phoff, .e_phnum = small.e_phnum,
				   .e_phentsize = small.e_phentsize, .e_shoff = small.e_shoff, .e_shnum = small.e_shnum,
				   .e_shentsize = small.e_shentsize, .e_shstrndx = small.e_shstrndx };
	} else if ((size_t)n < sizeof(eh) || eh.e_ident[EI_CLASS] != ELFCLASS64) {
		return -ENOEXEC;
	}
	e->machine = eh.e_machine;
	int err = load_segments(e, eh.e_phoff, eh.e_phnum, eh.e_phentsize);
	if (err < 0) {
		elffile_close(e);
		return err;
	}
	load_sections(e, eh.e_shoff, eh.e_shnum, eh.e_shentsize, eh.e_shstrndx);
	return 0;
}

void elffile_close(struct elf *e)
{
	free(e->segments);
	free(e->sections);
	free(e->names);
	*e = (struct elf){ 0 };
}

const struct elf_section *elf_section(const struct elf *e, const char *name)
{
	for (size_t i = 0; i < e->n_sections; i++)
		if (strcmp(e->sections[i].name, name) == 0)
			return &e->sections[i];
	return NULL;
}

const struct elf_section *elf_section_of_type(const struct elf *e, uint32_t type)
{
	for (size_t i = 0; i < e->n_sections; i++)
		if (e->sections[i].type == type)
			return &e->sections[i];
	return NULL;
}

bool elf_vaddr(const struct elf *e, uint64_t offset, uint64_t *vaddr)
{
	for (size_t i = 0; i < e->n_segments; i++) {
		const struct elf_segment *s = &e->segments[i];

		if (s->type == PT_LOAD && offset >= s->offset && offset - s->offset < s->filesz) {
			*vaddr = s->vaddr + (offset - s->offset);
			return true;
		}
	}
	return false;
}

bool elf_offset(const struct elf *e, uint64_t vaddr, uint64_t *offset)
{
	for (size_t i = 0; i < e->n_segments; i++) {
		const struct elf_segment *s = &e->segments[i];

		if (s->type == PT_LOAD && vaddr >= s->vaddr && vaddr - s->vaddr < s->filesz) {
			*offset = s->offset + (vaddr - s->vaddr);
			return true;
		}
	}
	return false;
}

static size_t id_in_notes(const uint8_t *data, size_t len, uint8_t id[ELF_ID_MAX])
{
	struct cursor c = cursor_at(data, len, 0);

	while (cursor_left(&c) >= 12) {
		uint32_t name_len = (uint32_t)cursor_uint(&c, 4);
		uint32_t id_len = (uint32_t)cursor_uint(&c, 4);
		uint32_t type = (uint32_t)cursor_uint(&c, 4);
		const uint8_t *name = cursor_take(&c, ((uint64_t)name_len + 3) & ~(uint64_t)3);
		const uint8_t *desc = cursor_take(&c, id_len);

		if (!name || !desc)
			break;
		if (type == NT_GNU_BUILD_ID && name_len == 4 && memcmp(name, "GNU", 4) == 0 && id_len > 0 &&
		    id_len <= ELF_ID_MAX) {
			memcpy(id, desc, id_len);
			return id_len;
		}
		cursor_take(&c, (4 - id_len % 4) % 4);
	}
	return 0;
}

size_t elf_build_id(const struct elf *e, uint8_t id[ELF_ID_MAX])
{
	size_t found = 0;

	for (size_t i = 0; i < e->n_segments && found == 0; i++) {
		uint8_t *data;
		size_t len;

		if (e->segments[i].type != PT_NOTE || e->segments[i].filesz > NOTES_MAX ||
		    elf_load(e, e->segments[i].offset, e->segments[i].filesz, &data, &len) < 0)
			continue;
		found = id_in_notes(data, len, id);
		free(data);
	}
	return found;
}
