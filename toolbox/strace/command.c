/* SPDX-License-Identifier: GPL-2.0-only
 * Starting a command: see command.h. Users come from /etc/passwd when it is there, and by number in any case.
 */
#include "command.h"
#include "interrupt.h"
#include "say.h"
#include "seccomp.h"
#include "../lib/base.h"

#include <ctype.h>
#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct options *opt;
static char *path;
static uid_t uid;
static gid_t gid;
static bool have_user, filter;
static const char *user_name;

static bool is_program(const char *name)
{
	struct stat st;

	return stat(name, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 0111);
}

/* As strace, which looks for it itself: a name without a slash in PATH. */
static void find_program(const char *name)
{
	struct stat st;
	const char *dirs = getenv("PATH");

	if (strchr(name, '/')) {
		path = strdup(name);
	} else {
		for (const char *p = dirs; p && *name; p = *p ? p + 1 : NULL) {
			size_t n = strcspn(p, ":");
			char *full = malloc(n + strlen(name) + 3);

			if (!full)
				say_die("Out of memory");
			sprintf(full, "%.*s%s%s", n ? (int)n : 1, n ? p : ".", n && p[n - 1] == '/' ? "" : "/", name);
			if (is_program(full)) {
				path = full;
				return;
			}
			free(full);
			p += n;
		}
		path = strdup(name);
	}
	if (!path)
		say_die("Out of memory");
	if (stat(path, &st) < 0 || !strchr(name, '/'))
		say_die("Can't stat '%s': %s", name, strerror(strchr(name, '/') ? errno : ENOENT));
}

static void find_user(const char *name)
{
	struct passwd *pw = getpwnam(name);
	char *end;

	if (pw) {
		uid = pw->pw_uid;
		gid = pw->pw_gid;
		user_name = name;
	} else {
		errno = 0;
		unsigned long n = strtoul(name, &end, 10);

		if (!isdigit((unsigned char)*name) || *end || errno || n >= UINT_MAX)
			say_die("Cannot find user '%s'", name);
		pw = getpwuid((uid_t)n);
		uid = (uid_t)n;
		gid = pw ? pw->pw_gid : (gid_t)n;
		user_name = pw ? strdup(pw->pw_name) : NULL;
	}
	have_user = true;
}

void command_prepare(const struct options *o, bool filtered)
{
	opt = o;
	filter = filtered;
	find_program(o->command[0]);
	if (o->user)
		find_user(o->user);
}

static int become_user(void)
{
	if (!have_user)
		return 0;
	int r = user_name ? initgroups(user_name, gid) : setgroups(1, &gid);
	/* Who is that user already has nothing to change. */
	if (r < 0 && (errno != EPERM || getuid() != uid))
		return errno;
	return setregid(gid, gid) < 0 || setreuid(uid, uid) < 0 ? errno : 0;
}

static void change_environment(void)
{
	for (size_t i = 0; i < opt->n_env; i++) {
		const char *equals = strchr(opt->env[i], '=');

		if (equals)
			putenv((char *)(uintptr_t)opt->env[i]);
		else
			unsetenv(opt->env[i]);
	}
}

int command_exec(void *arg)
{
	int err;

	(void)arg;
	change_environment();
	err = become_user();
	if (err)
		return err;
	interrupt_restore();
	err = filter ? seccomp_install() : 0;
	if (err)
		return err;
	execv(path, opt->command);
	return errno;
}
