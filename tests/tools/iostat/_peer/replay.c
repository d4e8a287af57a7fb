/* SPDX-License-Identifier: GPL-2.0-only
 * Lets sysstat's iostat look at a recorded machine: a library for LD_PRELOAD that leads its file names to
 * $PEER_ROOT/N, for N the number of its pauses so far, and makes a pause no time. So both programs can be compared to the byte,
 * sample by sample, without root and without waiting.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static int pauses;

/* The function that we stand in front of. POSIX wants a function pointer to fit into a void pointer. */
static void real(const char *name, void *function)
{
	void *found = dlsym(RTLD_NEXT, name);

	memcpy(function, &found, sizeof(found));
}

/* The file that a path stands for: below the last snapshot that there is. */
static const char *recorded(const char *path, char to[PATH_MAX])
{
	static const char *const ours[] = { "/proc/", "/sys/", "/dev/", "/alt" };
	const char *root = getenv("PEER_ROOT");
	int n = pauses;

	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
		if (strncmp(path, ours[i], strlen(ours[i])) != 0)
			continue;
		do
			snprintf(to, PATH_MAX, "%s/%d", root, n);
		while (faccessat(AT_FDCWD, to, F_OK, AT_EACCESS) < 0 && n-- > 0);
		snprintf(to + strlen(to), PATH_MAX - strlen(to), "%s", path);
		return to;
	}
	return path;
}

FILE *fopen(const char *path, const char *mode)
{
	FILE *(*next)(const char *, const char *);
	char to[PATH_MAX];

	real("fopen", &next);
	return next(recorded(path, to), mode);
}

DIR *opendir(const char *path)
{
	DIR *(*next)(const char *);
	char to[PATH_MAX];

	real("opendir", &next);
	return next(recorded(path, to));
}

int scandir(const char *path, struct dirent ***list, int (*filter)(const struct dirent *),
	    int (*compare)(const struct dirent **, const struct dirent **))
{
	int (*next)(const char *, struct dirent ***, int (*)(const struct dirent *),
		    int (*)(const struct dirent **, const struct dirent **));
	char to[PATH_MAX];

	real("scandir", &next);
	return next(recorded(path, to), list, filter, compare);
}

int access(const char *path, int mode)
{
	int (*next)(const char *, int);
	char to[PATH_MAX];

	real("access", &next);
	return next(recorded(path, to), mode);
}

ssize_t readlink(const char *path, char *text, size_t size)
{
	ssize_t (*next)(const char *, char *, size_t);
	char to[PATH_MAX];

	real("readlink", &next);
	return next(recorded(path, to), text, size);
}

/* Of a path below $PEER_ROOT the answer is a path as on the machine. */
char *realpath(const char *path, char *resolved)
{
	char *(*next)(const char *, char *);
	char to[PATH_MAX], result[PATH_MAX];
	const char *file = recorded(path, to);

	real("realpath", &next);
	if (file == path)
		return next(path, resolved);
	if (!next(file, result))
		return NULL;
	const char *dev = strstr(result, "/dev/");
	return resolved ? strcpy(resolved, dev ? dev : result) : strdup(dev ? dev : result);
}

/* Files below the recorded /dev are empty; the numbers that a device would have are in diskstats. */
int stat(const char *restrict path, struct stat *restrict st)
{
	int (*next)(const char *restrict, struct stat *restrict);
	char to[PATH_MAX], device[PATH_MAX], line[4096], name[256];
	const char *file = recorded(path, to);
	unsigned major, minor;

	real("stat", &next);
	if (file != path && strncmp(path, "/dev/", 5) == 0 && realpath(path, device)) {
		FILE *f = fopen("/proc/diskstats", "r");
		int found = 0;

		while (f && !found && fgets(line, sizeof(line), f))
			found = sscanf(line, "%u %u %255s", &major, &minor, name) == 3 && strcmp(name, device + 5) == 0;
		if (f)
			fclose(f);
		if (found) {
			memset(st, 0, sizeof(*st));
			st->st_mode = S_IFBLK | 0600;
			st->st_rdev = makedev(major, minor);
			return 0;
		}
	}
	return next(file, st);
}

static void first_line(const char *path, char *text, size_t size)
{
	FILE *f = fopen(path, "r");

	if (f && fgets(text, (int)size, f))
		text[strcspn(text, "\n")] = '\0';
	if (f)
		fclose(f);
}

int uname(struct utsname *u)
{
	int (*next)(struct utsname *);

	real("uname", &next);
	int r = next(u);
	first_line("/proc/sys/kernel/osrelease", u->release, sizeof(u->release));
	first_line("/proc/sys/kernel/hostname", u->nodename, sizeof(u->nodename));
	first_line("/proc/sys/kernel/arch", u->machine, sizeof(u->machine));
	return r;
}

time_t time(time_t *t)
{
	char uptime[64] = "", line[4096];
	long boot = 0;
	FILE *f = fopen("/proc/stat", "r");

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "btime %ld", &boot) == 1)
			break;
	if (f)
		fclose(f);
	first_line("/proc/uptime", uptime, sizeof(uptime));
	time_t now = boot + atol(uptime);
	if (t)
		*t = now;
	return now;
}

unsigned alarm(unsigned seconds)
{
	(void)seconds;
	return 0;
}

int pause(void)
{
	pauses++;
	raise(SIGALRM);
	errno = EINTR;
	return -1;
}
