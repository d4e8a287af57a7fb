/* SPDX-License-Identifier: GPL-2.0-only
 * State files of engines: opened so that they cannot hang or be something else, read whole, parsed
 * by yyjson.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <yyjson.h>

/* Opens a directory. pid > 0: as that process sees it, never leaving its root; 0: as we see it.
 * Returns an O_PATH descriptor or -errno. */
int state_open_dir(pid_t pid, const char *path);

/* Reads and parses a JSON file below dirfd. Only a regular file of at most 16 MiB is read (-EINVAL,
 * -EFBIG), never a FIFO (containerd keeps some among its state) nor through a last symbolic link;
 * -EBADMSG when it is no JSON. The caller frees with yyjson_doc_free. Returns 0 or -errno. */
int state_read_json(int dirfd, const char *path, yyjson_doc **doc);

/* A member of an object by path of names ("State", "Pid"); NULL when it is not there or `object` is
 * none. The list of names ends with NULL. */
yyjson_val *state_get(yyjson_val *object, ...) __attribute__((sentinel));

/* The string of a member, copied and owned by the caller; NULL when there is none. */
char *state_string(yyjson_val *value);

/* Reads a small text file (init.pid) that holds a number: that number, or -errno. */
long state_read_number(int dirfd, const char *path);

/* Whether s is an id of 64 lower-case hexadecimal digits. */
bool state_is_id(const char *s);
