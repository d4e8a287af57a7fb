// SPDX-License-Identifier: GPL-2.0-only
#include "fixed.h"

#include "bpf/kern/object.h"

#include <bpf/bpf.h>

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__asm__(".section .rodata\n"
	".globl leaf_elf, leaf_elf_end\n"
	".balign 8\n"
	"leaf_elf: .incbin \"" BPF_OBJECT "\"\n"
	"leaf_elf_end:\n"
	".previous\n");
extern const char leaf_elf[];
extern const char leaf_elf_end[];

int failures;
char last_complaint[4096];

void check(bool ok, const char *what, const char *fmt, ...)
{
	va_list ap;

	printf("%s %s", ok ? "ok" : "not ok", what);
	if (!ok) {
		printf(": ");
		va_start(ap, fmt);
		vprintf(fmt, ap);
		va_end(ap);
		failures++;
	}
	printf("\n");
	fflush(stdout);
}

int keep_complaint(enum libbpf_print_level level, const char *fmt, va_list ap)
{
	if (level != LIBBPF_WARN)
		return 0;
	vsnprintf(last_complaint, sizeof(last_complaint), fmt, ap);
	if (getenv("VERBOSE"))
		fputs(last_complaint, stderr);
	return 0;
}

struct bpf_object *open_fixed(void)
{
	size_t size = 0;
	char *bytes = kern_object(&size);
	struct bpf_object *o = bytes ? bpf_object__open_mem(bytes, size, NULL) : NULL;

	free(bytes);
	if (!o)
		err(1, "the fixed programs: cannot be opened: %s", last_complaint);
	return o;
}

void set_constant(struct bpf_object *o, const void *value, size_t want)
{
	struct bpf_map *rodata = bpf_object__find_map_by_name(o, ".rodata");
	size_t size = 0;
	void *place = rodata ? (void *)(uintptr_t)bpf_map__initial_value(rodata, &size) : NULL;

	if (!place || size < want)
		errx(1, "the BPF object: .rodata has %zu bytes, %zu are wanted", size, want);
	memcpy(place, value, want);
}

struct bpf_object *open_leaf(void)
{
	struct bpf_object *o = bpf_object__open_mem(leaf_elf, (size_t)(leaf_elf_end - leaf_elf), NULL);

	if (!o)
		err(1, "the leaf: cannot be opened: %s", last_complaint);
	return o;
}

struct bpf_object *load_leaf(struct bpf_object *fixed, enum bpf_prog_type type, const char *map, uint32_t index, uint32_t slot, uint32_t slots,
			     int *seen)
{
	uint32_t place[2] = { slot, slots };
	struct bpf_object *o = open_leaf();
	struct bpf_program *p;
	int e, fd;

	set_constant(o, place, sizeof(place));
	p = bpf_object__find_program_by_name(o, "leaf");
	bpf_program__set_type(p, type);
	e = bpf_map__reuse_fd(bpf_object__find_map_by_name(o, "scratch"), bpf_object__find_map_fd_by_name(fixed, "scratch"));
	if (!e && *seen >= 0)
		e = bpf_map__reuse_fd(bpf_object__find_map_by_name(o, "seen"), *seen);
	if (!e)
		e = bpf_object__load(o);
	if (e)
		errx(1, "the leaf: cannot be loaded: %s: %s", strerror(-e), last_complaint);
	if (*seen < 0)
		*seen = bpf_object__find_map_fd_by_name(o, "seen");
	fd = bpf_program__fd(p);
	if (bpf_map_update_elem(bpf_object__find_map_fd_by_name(fixed, map), &index, &fd, BPF_ANY))
		err(1, "map %s", map);
	return o;
}
