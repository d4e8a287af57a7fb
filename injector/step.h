/* SPDX-License-Identifier: GPL-2.0-only
 * Errors of the injector: the step that failed, why, and the object. One function makes the
 * sentence that the user reads; nothing else words an error of the kernel.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum step {
	STEP_NONE,
	STEP_KERNEL,  /* a call that inject cannot do without */
	STEP_FIND,    /* container by name */
	STEP_PIDFD,   /* pidfd_open */
	STEP_VERIFY,  /* the process is the container's */
	STEP_OPEN,    /* the process's root directory and mount table */
	STEP_LOCK,    /* one inject at a time */
	STEP_UNPACK,  /* the bundle to a tmpfs */
	STEP_SUPER,   /* that superblock read-only */
	STEP_SEAL,    /* the locked clone */
	STEP_PIN,     /* attach it below /run/native */
	STEP_CLONE,   /* a clone for this container */
	STEP_FORK,    /* the helper process */
	STEP_JAIL,    /* the helper gives up what it does not need */
	STEP_ENTER,   /* setns */
	STEP_PARENT,  /* the directory that holds the mount point */
	STEP_POINT,   /* the mount point */
	STEP_MKDIR,   /* make it */
	STEP_SHARED,  /* propagation of the mount it lies on */
	STEP_ATTACH,  /* move_mount */
	STEP_COMPARE, /* what is at the mount point now */
	STEP_DETACH,  /* umount2 */
	STEP_RMDIR,   /* remove the mount point that inject made */
	STEP_WORLD,   /* the root directory that a command runs in */
	STEP_RUN,     /* the command itself */
	STEP_ANSWER,  /* the helper's report */
	STEP_COUNT
};

/* Reasons that an errno cannot tell. */
enum why {
	WHY_ERRNO, /* the errno says it */
	WHY_UNKNOWN,
	WHY_AMBIGUOUS,
	WHY_NOT_RUNNING,
	WHY_GONE,
	WHY_OTHER_PROCESS,
	WHY_NO_PROOF,
	WHY_SYMLINK,
	WHY_PARENT_SYMLINK,
	WHY_NO_PARENT,
	WHY_NOT_DIRECTORY,
	WHY_NOT_EMPTY,
	WHY_FOREIGN,
	WHY_COVERED,
	WHY_READ_ONLY,
	WHY_SHARED,
	WHY_MOVED,
	WHY_STUCK,
	WHY_BUSY,
	WHY_DAMAGED,
	WHY_UNLOCKED,
	WHY_NO_CALL,
	WHY_NO_PROCESS,
	WHY_TAKEOVER,
	WHY_NOT_A_TOOL,
	WHY_NO_COMMAND,
	WHY_COUNT
};

struct failure {
	enum step step;
	enum why why;
	int err;	   /* errno, positive; 0 where `why` says all */
	char object[300];  /* what the step worked on: a path, a call, a process; may be a stranger's */
	char detail[1200]; /* candidates, a release; may hold strangers' names */
};

/* Fills f and returns -1, so that a failing function can end with it. err may be negative. */
int step_fail(struct failure *f, enum step step, enum why why, int err, const char *object);

/* The short name of a step or reason for --json ("attach", "symlink"). */
const char *step_name(enum step step);
const char *why_name(enum why why);

/* The sentence: step, object, reason, what to do; without program and container name, without a
 * full stop. It holds strangers' strings as they are: print it with text's %s. The caller frees it; NULL
 * when memory is out. */
char *step_sentence(const struct failure *f);

/* --explain: prints a line of what is done and what proved it, to standard error, when it is on. */
extern bool step_explaining;
void explain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
