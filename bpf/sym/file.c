/* SPDX-License-Identifier: GPL-2.0-only
 * Mapped files, opened once: see file.h.
 */
#include "file.h"
#include "debugfile.h"
#include "open.h"
#include "read.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUCKETS = 256, MAX_FILES = 4096 };

static struct sym_file *files[BUCKETS];
static size_t n_files;
static unsigned epoch;

static ssize_t read_file(void *ctx, uint64_t offset, void *buf, size_t n)
{
	const struct sym_file *f = ctx;

	if (offset > INT64_MAX)
		return 0;
	ssize_t got = pread(f->fd, buf, n, (off_t)offset);
	return got < 0 ? -errno : got;
}

static bool same_file(const struct map *a, const struct map *b)
{
	return a->inode == b->inode && a->dev_major == b->dev_major && a->dev_minor == b->dev_minor && strcmp(a->path, b->path) == 0;
}

/* An offset of the file as far as some mapping of it shows it. */
static ssize_t read_memory(void *ctx, uint64_t offset, void *buf, size_t n)
{
	const struct sym_file *f = ctx;

	for (size_t i = 0; f->user && f->map && i < f->user->maps->n; i++) {
		const struct map *m = &f->user->maps->map[i];

		if (!m->read || !same_file(m, f->map) || offset < m->offset || offset - m->offset >= m->end - m->start)
			continue;
		uint64_t addr = m->start + (offset - m->offset);
		n = n < m->end - addr ? n : (size_t)(m->end - addr);
		return f->user->mem.read(f->user->mem.ctx, addr, buf, n) ? (ssize_t)n : -EFAULT;
	}
	return 0;
}

/* Takes a descriptor (or an error) over. */
static void load(struct sym_file *f, int fd)
{
	struct elf_source src = { read_file, f };
	struct stat st;

	f->epoch = epoch;
	f->fd = fd;
	if (fd >= 0 && fstat(fd, &st) == 0) {
		f->size = st.st_size;
		f->changed_s = st.st_ctim.tv_sec;
		f->changed_ns = st.st_ctim.tv_nsec;
	}
	if (f->fd < 0) {
		f->fd = -1;
		f->from_memory = true;
		src.read = read_memory;
	}
	f->opened = elffile_open(&f->elf, src) == 0;
	if (f->opened)
		f->id_len = elf_build_id(&f->elf, f->id);
}

/* All that is wanted is read while the memory is there to be read. */
static void settle(struct sym_file *f, const struct file_user *user)
{
	file_table(f);
	file_symbols(f, user);
}

/* When all is read the descriptor is of no use any more, and there are not so many; for a Go program's variables it is. */
static void release(struct sym_file *f)
{
	if (f->fd >= 0 && f->has_symbols && f->has_table && !f->symbols.go) {
		close(f->fd);
		f->fd = -1;
	}
}

static void unload(struct sym_file *f)
{
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
	symtab_free(&f->symbols);
	elffile_close(&f->elf);
	free(f->table.index);
	free(f->frame);
	f->table = (struct unwind_table){ 0 };
	f->frame = NULL;
	f->opened = f->from_memory = f->has_symbols = f->has_table = false;
	f->id_len = 0;
}

static void file_free(struct sym_file *f)
{
	unload(f);
	free(f->path);
	free(f);
}

/* A tracer that sees more files than this begins anew; nobody holds one between two stacks. */
static void forget_all(void)
{
	for (size_t b = 0; b < BUCKETS; b++)
		for (struct sym_file *f = files[b], *next; f; f = next) {
			next = f->next;
			file_free(f);
		}
	memset(files, 0, sizeof(files));
	n_files = 0;
}

void file_new_epoch(void)
{
	epoch++;
}

static void load_now(struct sym_file *f, int fd, const struct file_user *user, const struct map *map)
{
	f->user = user;
	f->map = map;
	load(f, fd);
	if (f->from_memory)
		settle(f, user);
	f->user = NULL;
	f->map = NULL;
}

/* Another process maps a file of the same number and name: if it is not the same any more, it is read anew. */
static void look_again(struct sym_file *f, const struct file_user *user, const struct map *map)
{
	int fd = open_mapped(user->mounts, map, user->tid);
	struct stat st;

	f->epoch = epoch;
	if (fd >= 0 && !f->from_memory && fstat(fd, &st) == 0 && st.st_size == f->size && st.st_ctim.tv_sec == f->changed_s &&
	    st.st_ctim.tv_nsec == f->changed_ns) {
		close(fd);
		return;
	}
	unload(f);
	load_now(f, fd, user, map);
}

struct sym_file *file_get(const struct file_user *user, const struct map *map)
{
	struct sym_file **bucket = &files[(map->inode ^ map->dev_minor) % BUCKETS];

	for (struct sym_file *f = *bucket; f; f = f->next)
		if (f->inode == map->inode && f->dev_major == map->dev_major && f->dev_minor == map->dev_minor &&
		    strcmp(f->path, map->path) == 0) {
			if (f->epoch != epoch)
				look_again(f, user, map);
			return f;
		}
	if (n_files >= MAX_FILES)
		forget_all();
	struct sym_file *f = calloc(1, sizeof(*f));
	if (!f)
		return NULL;
	f->fd = -1;
	f->path = strdup(map->path);
	if (!f->path) {
		free(f);
		return NULL;
	}
	f->inode = map->inode;
	f->dev_major = map->dev_major;
	f->dev_minor = map->dev_minor;
	load_now(f, open_mapped(user->mounts, map, user->tid), user, map);
	f->next = *bucket;
	*bucket = f;
	n_files++;
	return f;
}

static int add_separate(void *arg, struct symtab *t)
{
	struct sym_file *f = arg;

	return debugfile_add(t, &f->elf, f->path, f->user->mounts, f->user->tid);
}

const struct symtab *file_symbols(struct sym_file *f, const struct file_user *user)
{
	if (!f->has_symbols && f->opened) {
		f->has_symbols = true;
		f->user = user;
		symtab_load(&f->symbols, &f->elf, add_separate, f);
		f->user = f->map ? user : NULL;
		release(f);
	}
	return &f->symbols;
}

/* .eh_frame by its section or, where section headers are gone, from .eh_frame_hdr to the end of its segment. */
static int load_frame(struct sym_file *f, size_t *len)
{
	const struct elf_section *s = elf_section(&f->elf, ".eh_frame");
	uint8_t hdr[8];

	if (s && elf_load_section(&f->elf, s, &f->frame, len) == 0) {
		f->table.frame_addr = s->addr;
		return 0;
	}
	for (size_t i = 0; i < f->elf.n_segments; i++) {
		const struct elf_segment *p = &f->elf.segments[i];
		uint64_t offset;

		/* Version 1, a pointer of 4 bytes relative to its place: what linkers write. */
		if (p->type != PT_GNU_EH_FRAME || f->elf.src.read(f->elf.src.ctx, p->offset, hdr, 8) != 8 || hdr[0] != 1 ||
		    hdr[1] != 0x1b)
			continue;
		struct cursor c = cursor_at(hdr, 8, 4);
		f->table.frame_addr = p->vaddr + 4 + (uint64_t)cursor_int(&c, 4);
		if (!elf_offset(&f->elf, f->table.frame_addr, &offset))
			continue;
		for (size_t j = 0; j < f->elf.n_segments; j++) {
			const struct elf_segment *in = &f->elf.segments[j];

			if (in->type == PT_LOAD && offset >= in->offset && offset - in->offset < in->filesz)
				return elf_load(&f->elf, offset, in->filesz - (offset - in->offset), &f->frame, len);
		}
	}
	return -ENODATA;
}

const struct unwind_table *file_table(struct sym_file *f)
{
	if (!f->has_table && f->opened) {
		size_t len = 0;

		f->has_table = true;
		f->table.machine = f->elf.machine;
		if (load_frame(f, &len) == 0) {
			f->table.frame = f->frame;
			f->table.frame_len = len;
			unwind_index(&f->table);
		}
		release(f);
	}
	return &f->table;
}
