/* SPDX-License-Identifier: GPL-2.0-only
 * The lock on the tools' mount: flags that no root can take off again.
 */
#pragma once

#include "step.h"

/* Passes a detached read-only mount through a throw-away mount and user namespace: the kernel locks
 * read-only, nosuid and nodev on the copy that a less privileged namespace gets
 * (MNT_LOCK_*, mount_namespaces(7) "Restrictions on mount namespaces"), and a clone of that copy
 * keeps the locks wherever it goes. `mount` is used up in any case. Returns a detached mount; -1 with
 * *unlocked = 0 and f on failure; -1 with *unlocked = errno when this host has user namespaces
 * switched off. */
int seal_mount(int mount, int *unlocked, struct failure *f);
