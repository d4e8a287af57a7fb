/* SPDX-License-Identifier: GPL-2.0-only
 * libpack OBJECT...: turns the compiled library functions (lib_*.bpf.c) into the C tables that bpf/gen/link.h declares, on standard
 * output. Runs at our build, on the machine that builds. What it does not understand in an object is an error: a reference that nobody
 * fills in would be a wrong program, and so would a function that lib.def does not name.
 */
#include <elf.h>
#include <err.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of elf.h's newer editions. */
#define RELOC_BPF_64_64 1  /* ld_imm64 of a symbol */
#define RELOC_BPF_64_32 10 /* call */

static const char *const names[] = {
#define LIB_FUNC(name, nargs, faults) "lib_" #name,
#include "bpf/kern/lib.def"
#undef LIB_FUNC
};
#define NFUNCS (sizeof(names) / sizeof(names[0]))

/* Symbols that are no functions: what link.c fills in. */
static const struct {
	const char *symbol, *kind;
} values[] = {
	{"lib_scratch", "LINK_REF_SCRATCH"}, {"lib_limit", "LINK_REF_LIMIT"}, {"lib_strsize", "LINK_REF_STRSIZE"},
	{"lib_state", "LINK_REF_STATE"},     {"lib_alloc", "LINK_REF_ALLOC"}, {"lib_alloc_size", "LINK_REF_ALLOC_SIZE"},
	{"lib_text", "LINK_REF_TEXT"},
};
#define NVALUES (sizeof(values) / sizeof(values[0]))

struct object {
	const char *path;
	const unsigned char *bytes;
	size_t size;
	const Elf64_Ehdr *head;
	const Elf64_Shdr *sections;
	const Elf64_Sym *symbols;
	size_t nsymbols;
	const char *strings;
};

/* Where each function was found. */
static struct {
	const struct object *o;
	unsigned section;
} found[NFUNCS];

/* n elements of a size at an offset of the file. */
static const void *at(const struct object *o, uint64_t offset, uint64_t n, uint64_t size)
{
	if (offset > o->size || n * size > o->size - offset || offset % 8 != 0)
		errx(1, "%s: not an object as clang writes it", o->path);
	return o->bytes + offset;
}

static void open_object(struct object *o, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		err(1, "%s", path);
	o->path = path;
	o->size = (size_t)st.st_size;
	o->bytes = mmap(NULL, o->size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (o->bytes == MAP_FAILED)
		err(1, "%s", path);
	close(fd);
	o->head = at(o, 0, 1, sizeof(*o->head));
	if (memcmp(o->head->e_ident, ELFMAG, SELFMAG) != 0 || o->head->e_machine != EM_BPF || o->head->e_type != ET_REL)
		errx(1, "%s: not an object for BPF", path);
	o->sections = at(o, o->head->e_shoff, o->head->e_shnum, sizeof(*o->sections));
	for (unsigned i = 0; i < o->head->e_shnum; i++) {
		const Elf64_Shdr *s = &o->sections[i];

		if (s->sh_type == SHT_SYMTAB) {
			o->nsymbols = s->sh_size / sizeof(*o->symbols);
			o->symbols = at(o, s->sh_offset, o->nsymbols, sizeof(*o->symbols));
			o->strings = (const char *)o->bytes + o->sections[s->sh_link].sh_offset;
		} else if ((s->sh_flags & SHF_ALLOC) && !(s->sh_flags & SHF_EXECINSTR) && s->sh_size) {
			errx(1, "%s: has data: a table or string constant, which the library cannot have", path);
		}
	}
	if (!o->symbols)
		errx(1, "%s: no symbols", path);
}

static size_t function_named(const char *name)
{
	size_t i = 0;

	while (i < NFUNCS && strcmp(names[i], name) != 0)
		i++;
	return i;
}

static void find_functions(const struct object *o)
{
	for (size_t i = 0; i < o->nsymbols; i++) {
		const Elf64_Sym *s = &o->symbols[i];
		const char *name = o->strings + s->st_name;
		size_t f;

		if (ELF64_ST_TYPE(s->st_info) != STT_FUNC)
			continue;
		f = function_named(name);
		if (f == NFUNCS)
			errx(1, "%s: lib.def does not have %s", o->path, name);
		if (found[f].o || s->st_value != 0 || s->st_size != o->sections[s->st_shndx].sh_size)
			errx(1, "%s: %s is there twice, or not alone in its section", o->path, name);
		found[f].o = o;
		found[f].section = s->st_shndx;
	}
}

/* Prints the reference of one relocation. */
static void print_ref(const struct object *o, const Elf64_Rel *r, const struct bpf_insn *insns)
{
	const Elf64_Sym *s = &o->symbols[ELF64_R_SYM(r->r_info)];
	const char *name = o->strings + s->st_name;
	unsigned insn = (unsigned)(r->r_offset / sizeof(*insns));
	size_t i;

	if (ELF64_R_TYPE(r->r_info) == RELOC_BPF_64_32 && (i = function_named(name)) < NFUNCS && insns[insn].imm == -1) {
		printf("\t{%u, LINK_REF_CALL, %zu},\n", insn, i);
		return;
	}
	for (i = 0; i < NVALUES; i++) {
		if (ELF64_R_TYPE(r->r_info) == RELOC_BPF_64_64 && strcmp(values[i].symbol, name) == 0) {
			printf("\t{%u, %s, 0},\n", insn, values[i].kind);
			return;
		}
	}
	errx(1, "%s: do not know what to do with a reference to %s", o->path, name);
}

/* The section of relocations of a function's; NULL: it has none. */
static const Elf64_Shdr *relocations(const struct object *o, unsigned section)
{
	for (unsigned i = 0; i < o->head->e_shnum; i++)
		if (o->sections[i].sh_type == SHT_REL && o->sections[i].sh_info == section)
			return &o->sections[i];
	return NULL;
}

int main(int argc, char **argv)
{
	static struct object objects[16];
	uint32_t first = 0, refs = 0;

	if (argc < 2 || (size_t)argc > sizeof(objects) / sizeof(objects[0])) {
		fputs("usage: libpack OBJECT...\n", stderr);
		return 2;
	}
	for (int i = 1; i < argc; i++) {
		open_object(&objects[i], argv[i]);
		find_functions(&objects[i]);
	}
	for (size_t f = 0; f < NFUNCS; f++)
		if (!found[f].o)
			errx(1, "no object has %s, which lib.def names", names[f]);
	puts("/* Made by bpf/kern/libpack.c of bpf/kern/lib_*.bpf.c. */\n#include \"bpf/gen/link.h\"\n\nconst struct bpf_insn link_insns[] = {");
	for (size_t f = 0; f < NFUNCS; f++) {
		const struct object *o = found[f].o;
		const Elf64_Shdr *s;
		const struct bpf_insn *insns;

		s = &o->sections[found[f].section];
		insns = at(o, s->sh_offset, s->sh_size, 1);
		for (size_t i = 0; i < s->sh_size / sizeof(*insns); i++)
			printf("\t{0x%02x, %u, %u, %d, %d},\n", insns[i].code, insns[i].dst_reg, insns[i].src_reg, insns[i].off, insns[i].imm);
	}
	puts("};\n\nconst struct link_ref link_refs[] = {");
	for (size_t f = 0; f < NFUNCS; f++) {
		const struct object *o = found[f].o;
		const Elf64_Shdr *r = relocations(o, found[f].section);

		for (size_t i = 0; r && i < r->sh_size / sizeof(Elf64_Rel); i++)
			print_ref(o, (const Elf64_Rel *)at(o, r->sh_offset, r->sh_size, 1) + i,
				  at(o, o->sections[found[f].section].sh_offset, 1, sizeof(struct bpf_insn)));
	}
	puts("};\n\nconst struct link_part link_parts[LINK_COUNT] = {");
	for (size_t f = 0; f < NFUNCS; f++) {
		const Elf64_Shdr *r = relocations(found[f].o, found[f].section);
		uint32_t count = (uint32_t)(found[f].o->sections[found[f].section].sh_size / sizeof(struct bpf_insn)),
			 nrefs = r ? (uint32_t)(r->sh_size / sizeof(Elf64_Rel)) : 0;

		printf("\t{%u, %u, %u, %u}, /* %s */\n", first, count, refs, nrefs, names[f]);
		first += count;
		refs += nrefs;
	}
	puts("};");
	if (fflush(stdout) != 0)
		err(1, "standard output");
	return 0;
}
