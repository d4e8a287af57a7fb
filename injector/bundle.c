/* SPDX-License-Identifier: GPL-2.0-only
 * Unpacking the tools: see bundle.h.
 */
#include "bundle.h"
#include "../toolbox/lib/base.h"
#include "tar.h"

#include <errno.h>
#include <fcntl.h>
#include <lzma.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* preset 6 needs a dictionary of 8 MiB; a damaged stream must not ask for more. */
#define MEMORY_LIMIT ((uint64_t)64 << 20)

static int set_times(int dir, const struct tar_entry *e)
{
	struct timespec t[2] = { { .tv_sec = (time_t)e->mtime }, { .tv_sec = (time_t)e->mtime } };

	return utimensat(dir, e->path, t, AT_SYMLINK_NOFOLLOW) < 0 ? -errno : 0;
}

static int unpack_one(int dir, const struct tar_entry *e)
{
	if (e->type == TAR_DIR)
		return mkdirat(dir, e->path, e->mode) < 0 ? -errno : 0;
	if (e->type == TAR_LINK) {
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
	struct tar_entry e;
	size_t pos = 0;
	int r;

	while ((r = tar_next(tar, len, &pos, &e)) > 0) {
		r = unpack_one(dir, &e);
		if (r < 0)
			return step_fail(f, STEP_UNPACK, WHY_ERRNO, r, e.path);
	}
	if (r < 0)
		return step_fail(f, STEP_UNPACK, WHY_DAMAGED, r, "the archive is malformed");
	for (pos = 0; tar_next(tar, len, &pos, &e) > 0;)
		if (e.type == TAR_DIR && (r = set_times(dir, &e)) < 0)
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
