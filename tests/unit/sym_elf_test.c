/* SPDX-License-Identifier: GPL-2.0-only
 * bpf/sym: headers, sections, build ids, symbols, by this program's own file and by broken copies of it.
 */
#include "unit.h"

#include "bpf/sym/symtab.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct image {
	uint8_t *data;
	size_t len;
};

static ssize_t read_image(void *ctx, uint64_t offset, void *buf, size_t n)
{
	const struct image *i = ctx;

	if (offset >= i->len)
		return 0;
	n = n < i->len - offset ? n : (size_t)(i->len - offset);
	memcpy(buf, i->data + offset, n);
	return (ssize_t)n;
}

static struct image self;

static int load_self(void **state)
{
	int fd = open("/proc/self/exe", O_RDONLY);

	(void)state;
	assert_true(fd >= 0);
	self.len = (size_t)lseek(fd, 0, SEEK_END);
	self.data = malloc(self.len);
	assert_int_equal(pread(fd, self.data, self.len, 0), self.len);
	close(fd);
	return 0;
}

static int unload_self(void **state)
{
	(void)state;
	free(self.data);
	return 0;
}

int sym_test_marker(int a);
__attribute__((noinline)) int sym_test_marker(int a) { return a * 3 + (int)self.len; }

static void own_symbols(void **state)
{
	struct elf e;
	struct symtab t;
	uint64_t addr, start;
	const char *name;

	(void)state;
	assert_int_equal(elffile_open(&e, (struct elf_source){ read_image, &self }), 0);
	assert_non_null(elf_section(&e, ".eh_frame"));
	assert_null(elf_section(&e, ".no_such"));
	assert_int_equal(symtab_load(&t, &e, NULL, NULL), 0);
	assert_true(symtab_address(&e, "sym_test_marker", &addr));
	assert_false(symtab_address(&e, "sym_test_markers", &addr));
	assert_true(symtab_address(&e, "sym_test_marker", &addr));
	for (uint64_t at = addr; at < addr + 4; at++) {
		assert_true(symtab_find(&t, at, &name, &start));
		assert_string_equal(name, "sym_test_marker");
		assert_int_equal(start, addr);
	}
	assert_true(!symtab_find(&t, addr - 1, &name, &start) || strcmp(name, "sym_test_marker") != 0);
	assert_false(symtab_find(&t, 1, &name, &start));
	symtab_free(&t);
	elffile_close(&e);
}

static void offsets(void **state)
{
	struct elf e;
	uint64_t vaddr, offset;

	(void)state;
	assert_int_equal(elffile_open(&e, (struct elf_source){ read_image, &self }), 0);
	const struct elf_section *text = elf_section(&e, ".text");
	assert_true(elf_vaddr(&e, text->offset + 5, &vaddr));
	assert_int_equal(vaddr, text->addr + 5);
	assert_true(elf_offset(&e, vaddr, &offset));
	assert_int_equal(offset, text->offset + 5);
	assert_false(elf_vaddr(&e, UINT64_MAX, &vaddr));
	elffile_close(&e);
}

/* A file is cut off anywhere, or has any one byte of its headers changed: no crash, and no wrong claim of success. */
static void broken(void **state)
{
	(void)state;
	for (size_t len = 0; len < self.len; len += len < 4096 ? 61 : 40009) {
		struct image part = { self.data, len };
		struct elf e;
		struct symtab t;

		int err = elffile_open(&e, (struct elf_source){ read_image, &part });
		assert_true(len >= sizeof(Elf64_Ehdr) || err == -ENOEXEC);
		if (err < 0)
			continue;
		symtab_load(&t, &e, NULL, NULL);
		symtab_free(&t);
		elffile_close(&e);
	}
	uint8_t *copy = malloc(self.len);
	for (size_t at = 0; at < sizeof(Elf64_Ehdr); at++) {
		struct image changed = { copy, self.len };
		struct elf e;

		memcpy(copy, self.data, self.len);
		copy[at] ^= 0xff;
		if (elffile_open(&e, (struct elf_source){ read_image, &changed }) == 0)
			elffile_close(&e);
		else
			assert_true(e.segments == NULL && e.sections == NULL);
	}
	free(copy);
}

static void build_id(void **state)
{
	static const uint8_t note[] = { 4, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0, 'G', 'N', 'U', 0, 0xab, 0xcd, 0xef, 0 };
	uint8_t file[sizeof(Elf64_Ehdr) + sizeof(Elf64_Phdr) + sizeof(note)] = { 0 };
	Elf64_Ehdr eh = { .e_ident = { 0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB }, .e_machine = EM_X86_64,
			  .e_phoff = sizeof(eh), .e_phentsize = sizeof(Elf64_Phdr), .e_phnum = 1 };
	Elf64_Phdr ph = { .p_type = PT_NOTE, .p_offset = sizeof(eh) + sizeof(ph), .p_filesz = sizeof(note) };
	struct image image = { file, sizeof(file) };
	uint8_t id[ELF_ID_MAX];
	struct elf e;

	(void)state;
	memcpy(file, &eh, sizeof(eh));
	memcpy(file + sizeof(eh), &ph, sizeof(ph));
	memcpy(file + sizeof(eh) + sizeof(ph), note, sizeof(note));
	assert_int_equal(elffile_open(&e, (struct elf_source){ read_image, &image }), 0);
	assert_int_equal(elf_build_id(&e, id), 3);
	assert_memory_equal(id, "\xab\xcd\xef", 3);
	elffile_close(&e);
	/* A length that reaches beyond the note. */
	file[sizeof(eh) + sizeof(ph) + 4] = 200;
	assert_int_equal(elffile_open(&e, (struct elf_source){ read_image, &image }), 0);
	assert_int_equal(elf_build_id(&e, id), 0);
	elffile_close(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_symbols),
		cmocka_unit_test(offsets),
		cmocka_unit_test(broken),
		cmocka_unit_test(build_id),
	};

	return cmocka_run_group_tests(tests, load_self, unload_self);
}
