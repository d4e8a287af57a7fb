/* SPDX-License-Identifier: GPL-2.0-only
 * Errors of the injector as sentences: see step.h.
 */
#include "step.h"
#include "../toolbox/lib/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool step_explaining;

/* %s in `does` stands for the object. */
static const struct {
	const char *name;
	const char *does;
} steps[STEP_COUNT] = {
	[STEP_NONE] = { "none", "do nothing to %s" },
	[STEP_KERNEL] = { "kernel", "use the call %s" },
	[STEP_FIND] = { "find", "find the container in %s" },
	[STEP_PIDFD] = { "pidfd", "open a pidfd of process %s" },
	[STEP_VERIFY] = { "verify", "verify process %s" },
	[STEP_OPEN] = { "open", "open %s" },
	[STEP_LOCK] = { "lock", "take the lock %s" },
	[STEP_UNPACK] = { "unpack", "unpack the tools (%s)" },
	[STEP_SUPER] = { "superblock", "make the tools' file system (%s)" },
	[STEP_SEAL] = { "seal", "lock the tools read-only (%s)" },
	[STEP_PIN] = { "pin", "keep the tools at %s" },
	[STEP_CLONE] = { "clone", "clone the tools' mount %s" },
	[STEP_FORK] = { "fork", "start the helper process (%s)" },
	[STEP_JAIL] = { "jail", "confine the helper process (%s)" },
	[STEP_ENTER] = { "enter", "join the mount namespace of process %s" },
	[STEP_PARENT] = { "parent", "open the directory that holds %s" },
	[STEP_POINT] = { "point", "open the mount point %s" },
	[STEP_MKDIR] = { "mkdir", "make the mount point %s" },
	[STEP_SHARED] = { "shared", "read how mounts at %s propagate" },
	[STEP_ATTACH] = { "attach", "attach at %s" },
	[STEP_COMPARE] = { "compare", "check what lies at %s after attaching" },
	[STEP_DETACH] = { "detach", "detach %s" },
	[STEP_RMDIR] = { "rmdir", "remove the empty directory %s" },
	[STEP_WORLD] = { "world", "make the root directory of the command (%s)" },
	[STEP_RUN] = { "run", "run %s" },
	[STEP_ANSWER] = { "answer", "read the helper's report (%s)" },
};

/* Sentences of their own: %1 is the object, %2 the detail. */
static const struct {
	const char *name;
	const char *text;
} whys[WHY_COUNT] = {
	[WHY_ERRNO] = { "errno", NULL },
	[WHY_UNKNOWN] = { "unknown", "no such container; %2" },
	[WHY_AMBIGUOUS] = { "ambiguous", "more than one container has this name or id: %2; give a longer id" },
	[WHY_NOT_RUNNING] = { "not-running", "the container is not running (%2); start it first" },
	[WHY_GONE] = { "gone", "process %1 has ended: the container is gone or was restarted; run inject again" },
	[WHY_OTHER_PROCESS] = { "other-process",
				"process %1 is not the container's (%2): it ended or was restarted "
				"meanwhile; run inject again" },
	[WHY_NO_PROOF] = { "no-proof", "nothing proves that process %1 is the container's (%2); "
				       "if you are sure, name the process: inject pid:%1" },
	[WHY_SYMLINK] = { "symlink", "%1 is a symbolic link in the container, which inject never follows; "
				     "use --at PATH, or --at auto for /dev/native" },
	[WHY_PARENT_SYMLINK] = { "symlink", "a directory above %1 is a symbolic link in the container, which "
					    "inject never follows; give the path without links" },
	[WHY_NO_PARENT] = { "no-parent", "the directory that should hold %1 does not exist in the container; "
					 "use another --at PATH" },
	[WHY_NOT_DIRECTORY] = { "not-a-directory", "%1 is %2 in the container; use --at PATH, or --at auto "
						   "for /dev/native" },
	[WHY_NOT_EMPTY] = { "not-empty", "%1 is a directory of the container that holds files, which would be "
					 "hidden; use --at PATH, or --at auto for /dev/native" },
	[WHY_FOREIGN] = { "foreign", "%1 is a mount of the container's own; use --at PATH, or --at auto for "
				     "/dev/native" },
	[WHY_COVERED] = { "covered", "another mount lies over %1 in the container; unmount that first" },
	[WHY_READ_ONLY] = { "read-only", "the container's file system is read-only (%2), so that %1 cannot be "
					 "made; use --at auto for /dev/native, or --at with an empty "
					 "directory that is there" },
	[WHY_SHARED] = { "shared", "the mount that holds %1 is shared (%2): the tools would appear outside "
				   "the container too; use --at PATH on a private mount" },
	[WHY_MOVED] = { "moved", "the container moves %1 about while inject attaches, so that nothing was "
				 "attached; try again, or use --at /dev/native" },
	[WHY_STUCK] = { "stuck", "no answer within %2 while working on %1: a file system of the container "
				 "hangs; use --at /dev/native" },
	[WHY_BUSY] = { "busy", "another inject holds the lock %1 since %2; try again when it is done" },
	[WHY_DAMAGED] = { "damaged", "the tools inside this inject are damaged (%1); install it again" },
	[WHY_UNLOCKED] = { "unlocked",
			   "the tools cannot be locked against this container: user namespaces are off "
			   "(%1) and the container holds CAP_SYS_ADMIN, so that it could write to the tools "
			   "of all containers; allow user namespaces, or accept that with --allow-unlocked" },
	[WHY_NO_CALL] = { "no-call", "%2" },
	[WHY_NO_PROCESS] = { "no-process", "no such process: %2" },
	[WHY_TAKEOVER] = { "takeover",
			   "a process of the container may hold CAP_SYS_PTRACE in the host's user namespace, so that "
			   "it could take over %1, which would run with the host's rights; if you trust the "
			   "container, accept that with --allow-ptrace" },
	[WHY_NOT_A_TOOL] = { "not-a-tool", "%1 is a program of the container, and --privileged gives the host's rights "
					   "to the tools below /native alone; name one of those" },
	[WHY_NO_COMMAND] = { "no-command", "%1: no such tool; /native/bin/ls /native/bin shows them" },
};

int step_fail(struct failure *f, enum step step, enum why why, int err, const char *object)
{
	f->step = step;
	f->why = why;
	f->err = err < 0 ? -err : err;
	snprintf(f->object, sizeof(f->object), "%s", object ? object : "");
	f->detail[0] = '\0';
	return -1;
}

const char *step_name(enum step step)
{
	return step < STEP_COUNT ? steps[step].name : "?";
}

const char *why_name(enum why why)
{
	return why < WHY_COUNT ? whys[why].name : "?";
}

/* What to do about an errno, where there is a plain answer. */
static const char *advice(const struct failure *f)
{
	if (f->err == EPERM && f->step == STEP_ENTER)
		return "; inject needs root's full rights on the host: run it outside of containers";
	if (f->err == EACCES && f->step == STEP_OPEN)
		return "; the process holds capabilities that root lacks here: run inject with root's full rights";
	if (f->err == EACCES && f->step == STEP_RUN)
		return "; it is a directory, or no program";
	if (f->err == ETIMEDOUT && f->step == STEP_WORLD)
		return "; a file system of the container hangs";
	if (f->err == EPERM || f->err == EACCES)
		return "; inject needs root's full rights on the host (is a security module in the way?)";
	if (f->err == EMFILE || f->err == ENFILE)
		return "; raise the limit of open files (ulimit -n)";
	if (f->err == ENOSPC && f->step == STEP_ATTACH)
		return "; the container has too many mounts (fs.mount-max)";
	if (f->err == ENOMEM || (f->err == ENOSPC && f->step == STEP_UNPACK))
		return "; the host is out of memory";
	if (f->err == EROFS && f->step == STEP_PIN)
		return "; inject needs a writable /run on the host";
	if (f->err == ESRCH)
		return "; the process has ended: run inject again";
	return "";
}

char *step_sentence(const struct failure *f)
{
	const char *p = f->why == WHY_ERRNO ? "cannot %0: %e" : whys[f->why].text;
	char *sentence = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&sentence, &size);

	if (!out)
		return NULL;
	while (*p) {
		size_t run = strcspn(p, "%");
		const char *at;

		fwrite(p, 1, run, out);
		p += run;
		if (!*p)
			break;
		switch (p[1]) {
		case '0': /* what the step does, with its object */
			at = strstr(steps[f->step].does, "%s");
			fprintf(out, "%.*s%s%s", (int)(at - steps[f->step].does), steps[f->step].does,
				f->object, at + 2);
			break;
		case '1':
			fputs(f->object, out);
			break;
		case '2':
			fputs(f->detail, out);
			break;
		case 'e':
			fprintf(out, "%s%s", strerror(f->err), advice(f));
			break;
		}
		p += 2;
	}
	if (fclose(out) != 0) {
		free(sentence);
		return NULL;
	}
	return sentence;
}

void explain(const char *fmt, ...)
{
	va_list ap;

	if (!step_explaining)
		return;
	va_start(ap, fmt);
	char *s = text_vasprintf(fmt, ap);
	va_end(ap);
	if (s)
		fprintf(stderr, "  %s\n", s);
	free(s);
}
