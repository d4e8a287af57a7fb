/* SPDX-License-Identifier: GPL-2.0-only
 * What a firing in user space sees as the current task: dtrace itself, as in DTrace, whose BEGIN fires in the dtrace
 * process.
 */
#pragma once

#include "bpf/lang/eval.h"

/* Fills in everything of env but record and cookie: no callback here needs a cookie. argv is kept, for
 * curpsinfo->pr_psargs. */
void self_env(struct eval_env *env, char *const *argv);

/* fds[] of dtrace itself: env->fd_text and env->fd_number. */
void self_fd_text(void *cookie, int64_t descriptor, enum fd_text which, char *buf, size_t size);
int64_t self_fd_number(void *cookie, int64_t descriptor, enum fd_number which);
