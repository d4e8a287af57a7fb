/* SPDX-License-Identifier: GPL-2.0-only
 * Separate files of symbols: see debugfile.h.
 */
#include "debugfile.h"
#include "open.h"
#include "read.h"
#include "toolbox/lib/base.h"

#include <elf.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#define MAX_FILE ((uint64_t)2 << 30)
#define MAX_SUMMED ((uint64_t)256 << 20) /* what we read whole for its checksum */

struct wanted {
	const struct elf *e;
	uint8_t id[ELF_ID_MAX];
	size_t id_len;
	bool has_crc;
	uint32_t crc;
};

static ssize_t read_file(void *ctx, uint64_t offset, void *buf, size_t n)
{
	ssize_t got = offset > INT64_MAX ? 0 : pread(*(const int *)ctx, buf, n, (off_t)offset);

	return got < 0 ? -errno : got;
}

bool debugfile_link(const struct elf *e, char name[256], uint32_t *crc)
{
	const struct elf_section *sec = elf_section(e, ".gnu_debuglink");
	uint8_t *data;
	size_t len;

	if (!sec || sec->size > 512 || elf_load_section(e, sec, &data, &len) < 0)
		return false;
	struct cursor c = cursor_at(data, len, 0);
	const char *text = cursor_str(&c);
	/* A file's name, not a path. */
	bool good = text && *text && strlen(text) < 256 && !strchr(text, '/') && strcmp(text, "..") != 0 && strcmp(text, ".") != 0;
	if (good) {
		memcpy(name, text, strlen(text) + 1);
		struct cursor sum = cursor_at(data, len, (strlen(text) + 4) & ~(size_t)3);
		*crc = (uint32_t)cursor_uint(&sum, 4);
		good = !sum.bad;
	}
	free(data);
	return good;
}

/* The checksum of gzip and zlib, over the whole file. */
static bool sum_is(int fd, uint32_t want)
{
	static uint32_t table[256];
	uint8_t *buf = malloc(64 << 10);
	uint32_t sum = ~(uint32_t)0;
	ssize_t n = buf ? 0 : -1;
	uint64_t at = 0;

	for (uint32_t i = 0; i < 256 && table[255] == 0; i++) {
		uint32_t v = i;

		for (unsigned bit = 0; bit < 8; bit++)
			v = v >> 1 ^ (v & 1 ? 0xedb88320 : 0);
		table[i] = v;
	}
	while (buf && at < MAX_SUMMED && (n = pread(fd, buf, 64 << 10, (off_t)at)) > 0) {
		for (ssize_t i = 0; i < n; i++)
			sum = table[(sum ^ buf[i]) & 0xff] ^ sum >> 8;
		at += (uint64_t)n;
	}
	free(buf);
	return n == 0 && ~sum == want;
}

static int try_file(struct symtab *t, const struct wanted *w, const char *path, const struct mounts *ms, pid_t tid)
{
	struct open_found found;
	uint8_t id[ELF_ID_MAX];
	struct elf debug;
	fd_auto fd = open_inside(ms, path, tid, &found);

	if (fd < 0)
		return fd;
	if (found.size > MAX_FILE)
		return -EFBIG;
	int err = elffile_open(&debug, (struct elf_source){ read_file, &fd });
	if (err < 0)
		return err;
	bool same = debug.machine == w->e->machine;
	if (w->id_len > 0)
		same = same && elf_build_id(&debug, id) == w->id_len && memcmp(id, w->id, w->id_len) == 0;
	else
		same = same && w->has_crc && found.size <= MAX_SUMMED && sum_is(fd, w->crc);
	err = same ? symtab_add_section(t, &debug, SHT_SYMTAB) : -ESTALE;
	elffile_close(&debug);
	return err;
}

static int try_id(struct symtab *t, const struct wanted *w, const struct mounts *ms, pid_t tid)
{
	char path[64 + 2 * ELF_ID_MAX] = "/usr/lib/debug/.build-id/";
	size_t at = strlen(path);

	if (w->id_len < 2)
		return -ENOENT;
	for (size_t i = 0; i < w->id_len; i++)
		at += (size_t)sprintf(path + at, i == 0 ? "%02x/" : "%02x", w->id[i]);
	memcpy(path + at, ".debug", sizeof(".debug"));
	return try_file(t, w, path, ms, tid);
}

int debugfile_add(struct symtab *t, const struct elf *e, const char *path, const struct mounts *ms, pid_t tid)
{
	/* Beside the file, below it, and in the tree that mirrors all others. */
	static const char *const places[] = { "%.*s/%s", "%.*s/.debug/%s", "/usr/lib/debug%.*s/%s" };
	struct wanted w = { .e = e };
	char name[256], full[PATH_MAX];

	path = mounts_inside(ms, path);
	const char *slash = path[0] == '/' ? strrchr(path, '/') : NULL;
	w.id_len = elf_build_id(e, w.id);
	int err = try_id(t, &w, ms, tid);
	if (err == 0 || !slash || slash - path > PATH_MAX - 512 || !debugfile_link(e, name, &w.crc))
		return err;
	w.has_crc = true;
	for (size_t i = 0; i < countof(places); i++) {
		snprintf(full, sizeof(full), places[i], (int)(slash - path), path, name);
		/* A file may name itself. */
		if (strcmp(full, path) != 0)
			err = try_file(t, &w, full, ms, tid);
		if (err == 0)
			return 0;
	}
	return err;
}
