/* SPDX-License-Identifier: GPL-2.0-only
 * Reading ustar archives: see tar.h.
 */
#include "tar.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

/* Offsets and sizes of the ustar header block. */
enum { BLOCK = 512, NAME = 0, MODE = 100, SIZE = 124, MTIME = 136, SUM = 148, TYPE = 156, LINK = 157, MAGIC = 257, PREFIX = 345 };

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

int tar_next(const unsigned char *tar, size_t len, size_t *pos, struct tar_entry *e)
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
		e->type = TAR_FILE;
		break;
	case '2':
		e->type = TAR_LINK;
		break;
	case '5':
		e->type = TAR_DIR;
		break;
	default:
		return -EINVAL;
	}
	if ((e->type != TAR_FILE && size != 0) || !plain(e->path) || !*e->path)
		return -EINVAL;
	size_t padded = (e->size + BLOCK - 1) / BLOCK * BLOCK;
	if (padded > len - *pos - BLOCK)
		return -EINVAL;
	*pos += BLOCK + padded;
	return 1;
}
