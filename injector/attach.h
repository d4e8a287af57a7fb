/* SPDX-License-Identifier: GPL-2.0-only
 * What the helper does in the container's mount namespace: the mount point as a descriptor, the
 * tools attached to it, and what lies there compared afterwards; the way back likewise. Runs under
 * the helper's seccomp filter: see jail.c for the calls it may make.
 */
#pragma once

#include "enter.h"

/* Both run with the target's root directory as root and working directory, and fill the answer of
 * the job. `path` of the job counts from that root. */
void attach_run(struct job *job);
void attach_undo(struct job *job);
