/* SPDX-License-Identifier: GPL-2.0-only
 * Unpacking the tools: see bundle.h.
 */
#include "bundle.h"
#include "../toolbox/lib/base.h"

#include <errno.h>
#include <fcntl.h>
#include <lzma.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Offsets and sizes of the ustar header block. */
enum { BLOCK = 512, NAME = 0, MODE = 100, SIZE = 124, MTIME = 136, SUM = 148, TYPE = 156, LINK = 157, MAGIC = 257, PREFIX = 345 };

/* preset 6 needs a dictionary of 8 MiB; a damaged stream must not ask for more. */
#define MEMORY_LIMIT ((uint64_t)64 << 20)

static bool octal(const unsigned char *field, size_t n, uint64_t *value)
{
	size_t i = 0;

	*value = 0;
	for (; i < n && field[i] >= '0' && field[i] <= '7'; i++)
		*value = *value << 3 | (uint64_t)(field[i] - '0');
	return i > 0 && (i == n || field[i] == ' ' || field[i] == '\0');
}

/* Only plain relative names: every component non-empty, none "." or "..". */
static bool plain(const char *path)
{
	while (*path) {
		size_t n = strcspn(path, "/");

		if (n == 0 || (n == 1 && path[0] == '.') || (n == 2 && path[0] == '.' && path[1] == '.'))
			return false;
		path += n + (path[n] == '/');
		if (path[-1] == '/' && !*path)
			return false;
	}
	return true;
}

int bundle_next(const unsigned char *tar, size_t len, size_t *pos, struct bundle_entry *e)
{
	const unsigned char *h = tar + *pos;
	uint64_t size, mode, mtime, sum;
	uint64_t real = 0;

	if (*pos > len || len - *pos < BLOCK)
		return -EINVAL;
	if (h[NAME] == '\0') {
		for (size_t i = 0; i < BLOCK; i++)
			if (h[i] != '\0')
				return -EINVAL;
		return 0;
	}
	if (memcmp(h + MAGIC, "ustar", 6) != 0 || !octal(h + SIZE, 12, &size) || !octal(h + MODE, 8, &mode) ||
	    !octal(h + MTIME, 12, &mtime) || !octal(h + SUM, 8, &sum))
		return -EINVAL;
	for (int i = 0; i < BLOCK; i++)
		real += i >= SUM && i < SUM + 8 ? ' ' : h[i];
	if (real != sum)
		return -EINVAL;
	if (size > len - *pos - BLOCK)
		return -EINVAL;

	size_t prefix = strnlen((const char *)h + PREFIX, 155);
	size_t name = strnlen((const char *)h + NAME, 100);
	char *to = e->path;
	if (prefix > 0) {
		memcpy(to, h + PREFIX, prefix);
		to += prefix;
		*to++ = '/';
	}
	memcpy(to, h + NAME, name);
	to += name;
	if (to > e->path && to[-1] == '/')
		to--;
	*to = '\0';
	memcpy(e->link, h + LINK, 100);
	e->link[100] = '\0';
	e->mode = (unsigned)mode & 0777;
	e->mtime = (int64_t)mtime;
	e->data = h + BLOCK;
	e->size = (size_t)size;
	switch (h[TYPE]) {
	case '0':
		e->type = BUNDLE_FILE;
		break;
	case '2':
		e->type = BUNDLE_LINK;
		break;
	case '5':
		e->type = BUNDLE_DIR;
		break;
	default:
		return -EINVAL;
	}
	if ((e->type != BUNDLE_FILE && size != 0) || !plain(e->path) || !*e->path)
		return -EINVAL;
	size_t padded = (e->size + BLOCK - 1) / BLOCK * BLOCK;
	if (padded > len - *pos - BLOCK)
		return -EINVAL;
	*pos += BLOCK + padded;
	return 1;
}

static int set_times(int dir, const struct bundle_entry *e)
{
	struct timespec t[2] = { { .tv_sec = (time_t)e->mtime }, { .tv_sec = (time_t)e->mtime } };

	return utimensat(dir, e->path, t, AT_SYMLINK_NOFOLLOW) < 0 ? -errno : 0;
}

static int unpack_one(int dir, const struct bundle_entry *e)
{
	if (e->type == BUNDLE_DIR)
		return mkdirat(dir, e->path, e->mode) < 0 ? -errno : 0;
	if (e->type == BUNDLE_LINK) {
		if (symlinkat(e->link, dir, e->path) < 0)
			return -errno;
		return set_times(dir, e);
	}
	fd_auto fd = openat(dir, e->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, e->mode);
	if (fd < 0)
		return -errno;
	for (size_t done = 0; done < e->size;) {
		ssize_t n = write(fd, e->data + done, e->size - done);

		if (n < 0 && errno != EINTR)
			return -errno;
		done += n > 0 ? (size_t)n : 0;
	}
	return set_times(dir, e);
}

/* Directories last: what is made in them changes their time. */
static int unpack(int dir, const unsigned char *tar, size_t len, struct failure *f)
{
	struct bundle_entry e;
	size_t pos = 0;
	int r;

	while ((r = bundle_next(tar, len, &pos, &e)) > 0) {
		r = unpack_one(dir, &e);
		if (r < 0)
			return step_fail(f, STEP_UNPACK, WHY_ERRNO, r, e.path);
	}
	if (r < 0)
		return step_fail(f, STEP_UNPACK, WHY_DAMAGED, r, "the archive is malformed");
	for (pos = 0; bundle_next(tar, len, &pos, &e) > 0;)
		if (e.type == BUNDLE_DIR && (r = set_times(dir, &e)) < 0)
			return step_fail(f, STEP_UNPACK, WHY_ERRNO, r, e.path);
	return 0;
}

int bundle_unpack(int dir, struct failure *f)
{
	size_t len = native_bundle_size;
	uint64_t limit = MEMORY_LIMIT;
	size_t in = 0;
	size_t out = 0;
	unsigned char *tar =
		mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (tar == MAP_FAILED)
		return step_fail(f, STEP_UNPACK, WHY_ERRNO, errno, "memory");
	lzma_ret ret = lzma_stream_buffer_decode(&limit, 0, NULL, native_bundle, &in,
						 (size_t)(native_bundle_end - native_bundle), tar, &out, len);
	int r;
	if (ret == LZMA_MEM_ERROR)
		r = step_fail(f, STEP_UNPACK, WHY_ERRNO, ENOMEM, "memory");
	else if (ret != LZMA_OK || out != len)
		r = step_fail(f, STEP_UNPACK, WHY_DAMAGED, EBADMSG, "the xz stream does not decode");
	else
		r = unpack(dir, tar, len, f);
	munmap(tar, len);
	return r;
}
