/* SPDX-License-Identifier: GPL-2.0-only
 * The text of /proc/PID/fdinfo/N, proc(5): see pfiles.h. Formats are those of fs/eventpoll.c, fs/notify/fdinfo.c,
 * fs/eventfd.c, fs/signalfd.c, fs/timerfd.c, fs/locks.c and kernel/fork.c (pidfd).
 */
#include "pfiles.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/text.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

struct name {
	uint64_t bit;
	const char *name;
};

/* Appends "|NAME" for each name, and what is left as a number. */
static void names(char *buf, size_t size, uint64_t value, const struct name *table, size_t n)
{
	size_t at = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < n && at < size; i++) {
		if (!table[i].bit || (value & table[i].bit) != table[i].bit)
			continue;
		value &= ~table[i].bit;
		at += (size_t)snprintf(buf + at, size - at, "%s%s", at > 0 ? "|" : "", table[i].name);
	}
	if ((value || at == 0) && at < size)
		snprintf(buf + at, size - at, "%s%#llx", at > 0 ? "|" : "", (unsigned long long)value);
}

/* --- flags and position --------------------------------------------------------------------------- */

/* The line "KEY:" of the text, behind the colon and blanks. */
static const char *line_of(const char *info, const char *key)
{
	size_t n = strlen(key);

	for (const char *p = info && *info ? info : NULL; p; p = proc_next_line(p))
		if (strncmp(p, key, n) == 0 && p[n] == ':') {
			p += n + 1;
			return p + strspn(p, " \t");
		}
	return NULL;
}

bool info_flags(const char *info, uint64_t *flags)
{
	const char *p = line_of(info, "flags");

	if (!p || *p < '0' || *p > '7')
		return false;
	*flags = 0;
	for (; *p >= '0' && *p <= '7'; p++) {
		if (*flags >> 60)
			return false;
		*flags = *flags << 3 | (uint64_t)(*p - '0');
	}
	return true;
}

bool info_pos(const char *info, uint64_t *pos)
{
	const char *p = line_of(info, "pos");

	return p && proc_u64(&p, pos);
}

void info_fmt_flags(char *buf, size_t size, uint64_t flags)
{
	/* Those that hold others come first. */
	static const struct name table[] = {
		{ O_SYNC, "O_SYNC" },	      { O_DSYNC, "O_DSYNC" },	    { O_TMPFILE, "O_TMPFILE" },
		{ O_DIRECTORY, "O_DIRECTORY" }, { O_CREAT, "O_CREAT" },	    { O_EXCL, "O_EXCL" },
		{ O_NOCTTY, "O_NOCTTY" },     { O_TRUNC, "O_TRUNC" },	    { O_APPEND, "O_APPEND" },
		{ O_NONBLOCK, "O_NONBLOCK" }, { O_ASYNC, "O_ASYNC" },	    { O_DIRECT, "O_DIRECT" },
		{ O_LARGEFILE, "O_LARGEFILE" }, { O_NOFOLLOW, "O_NOFOLLOW" }, { O_NOATIME, "O_NOATIME" },
		{ O_CLOEXEC, "O_CLOEXEC" },
	};
	/* musl's O_ACCMODE has O_PATH in it, and its O_LARGEFILE is the kernel's. */
	static const char *const modes[] = { "O_RDONLY", "O_WRONLY", "O_RDWR", "O_ACCMODE" };
	uint64_t rest = flags & ~(uint64_t)(3 | O_PATH);
	int n = snprintf(buf, size, "%s", flags & O_PATH ? "O_PATH" : modes[flags & 3]);

	if (rest && n >= 0 && (size_t)n + 1 < size) {
		buf[n++] = '|';
		names(buf + n, size - (size_t)n, rest, table, countof(table));
	}
}

/* --- one printer a kind of line ------------------------------------------------------------------- */

/* "KEY:value" or "KEY: value" within a line; hexadecimal as the kernel has it there. */
static bool hex_after(const char *p, size_t len, const char *key, uint64_t *value)
{
	size_t n = strlen(key);

	for (size_t i = 0; i + n < len; i++) {
		const char *s = p + i + n;
		char *end;

		if (strncmp(p + i, key, n) != 0 || (i > 0 && p[i - 1] != ' ' && p[i - 1] != '\t'))
			continue;
		while (*s == ' ')
			s++;
		*value = strtoull(s, &end, 16);
		return end > s && *s != '-' && *s != '+';
	}
	return false;
}

static void print_epoll(const char *p, size_t len, FILE *out)
{
	static const struct name events[] = {
		{ 1, "EPOLLIN" },	  { 2, "EPOLLPRI" },	   { 4, "EPOLLOUT" },	   { 8, "EPOLLERR" },
		{ 0x10, "EPOLLHUP" },	  { 0x40, "EPOLLRDNORM" }, { 0x80, "EPOLLRDBAND" }, { 0x100, "EPOLLWRNORM" },
		{ 0x200, "EPOLLWRBAND" }, { 0x400, "EPOLLMSG" },   { 0x2000, "EPOLLRDHUP" },
		{ 1u << 28, "EPOLLEXCLUSIVE" }, { 1u << 29, "EPOLLWAKEUP" }, { 1u << 30, "EPOLLONESHOT" },
		{ 1u << 31, "EPOLLET" },
	};
	uint64_t fd, mask = 0, data = 0, ino = 0;
	const char *s = p + strcspn(p, ":") + 1;
	char text[256];

	if (!proc_u64(&s, &fd))
		return;
	hex_after(p, len, "events:", &mask);
	hex_after(p, len, "data:", &data);
	names(text, sizeof(text), mask, events, countof(events));
	text_printf(out, "      epoll: fd:%llu %s data:%#llx", (unsigned long long)fd, text, (unsigned long long)data);
	if (hex_after(p, len, "ino:", &ino))
		text_printf(out, " ino:%llu", (unsigned long long)ino);
	fputc('\n', out);
}

static void print_inotify(const char *p, size_t len, FILE *out)
{
	static const struct name events[] = {
		{ 1, "IN_ACCESS" },	    { 2, "IN_MODIFY" },	      { 4, "IN_ATTRIB" },	{ 8, "IN_CLOSE_WRITE" },
		{ 0x10, "IN_CLOSE_NOWRITE" }, { 0x20, "IN_OPEN" },    { 0x40, "IN_MOVED_FROM" }, { 0x80, "IN_MOVED_TO" },
		{ 0x100, "IN_CREATE" },	    { 0x200, "IN_DELETE" },   { 0x400, "IN_DELETE_SELF" }, { 0x800, "IN_MOVE_SELF" },
		{ 0x2000, "IN_UNMOUNT" },   { 0x4000, "IN_Q_OVERFLOW" }, { 0x8000, "IN_IGNORED" }, { 1u << 24, "IN_ONLYDIR" },
		{ 1u << 25, "IN_DONT_FOLLOW" }, { 1u << 26, "IN_EXCL_UNLINK" }, { 1u << 31, "IN_ONESHOT" },
	};
	uint64_t wd = 0, ino = 0, dev = 0, mask = 0;
	char text[320];

	hex_after(p, len, "wd:", &wd);
	hex_after(p, len, "ino:", &ino);
	hex_after(p, len, "sdev:", &dev);
	hex_after(p, len, "mask:", &mask);
	names(text, sizeof(text), mask & ~(uint64_t)0x08000000, events, countof(events)); /* FS_EVENT_ON_CHILD is internal */
	/* include/linux/kdev_t.h: 20 bits of minor */
	text_printf(out, "      inotify: wd:%llu dev:%llu,%llu ino:%llu %s\n", (unsigned long long)wd,
		    (unsigned long long)(dev >> 20), (unsigned long long)(dev & 0xfffff), (unsigned long long)ino, text);
}

static void print_signals(const char *value, FILE *out)
{
	static const char *const signals[] = { "HUP",  "INT",  "QUIT", "ILL",  "TRAP",	 "ABRT", "BUS",	 "FPE",
					       "KILL", "USR1", "SEGV", "USR2", "PIPE",	 "ALRM", "TERM", "STKFLT",
					       "CHLD", "CONT", "STOP", "TSTP", "TTIN",	 "TTOU", "URG",	 "XCPU",
					       "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR",	 "SYS" };
	uint64_t mask = strtoull(value, NULL, 16);
	const char *sep = " ";

	fputs("      signals:", out);
	for (unsigned i = 0; i < 64; i++) {
		if (!(mask >> i & 1))
			continue;
		if (i < countof(signals))
			text_printf(out, "%sSIG%s", sep, signals[i]);
		else if (i >= 33) /* the C libraries begin at 34 */
			text_printf(out, "%sSIGRTMIN+%u", sep, i - 33);
		else
			text_printf(out, "%sSIG%u", sep, i + 1);
		sep = ",";
	}
	fputs(mask ? "\n" : " none\n", out);
}

/* "(0, 49406829)" */
static void print_time(const char *label, const char *value, FILE *out)
{
	uint64_t s = 0, ns = 0;

	if (*value == '(') {
		value++;
		proc_u64(&value, &s);
		value += *value == ',';
		proc_u64(&value, &ns);
	}
	text_printf(out, " %s:%llu.%09llu", label, (unsigned long long)s, (unsigned long long)(ns % 1000000000));
}

static void print_timer(const char *info, FILE *out)
{
	static const char *const clocks[] = { [0] = "CLOCK_REALTIME", [1] = "CLOCK_MONOTONIC", [7] = "CLOCK_BOOTTIME",
					      [8] = "CLOCK_REALTIME_ALARM", [9] = "CLOCK_BOOTTIME_ALARM" };
	const char *p = line_of(info, "clockid");
	const char *value = line_of(info, "it_value");
	const char *interval = line_of(info, "it_interval");
	const char *ticks = line_of(info, "ticks");
	uint64_t clock = 0, n = 0;

	if (!p || !proc_u64(&p, &clock))
		return;
	if (clock < countof(clocks) && clocks[clock])
		text_printf(out, "      timer: %s", clocks[clock]);
	else
		text_printf(out, "      timer: clock %llu", (unsigned long long)clock);
	if (ticks && proc_u64(&ticks, &n))
		text_printf(out, " ticks:%llu", (unsigned long long)n);
	if (value)
		print_time("left", value, out);
	if (interval)
		print_time("interval", interval, out);
	fputc('\n', out);
}

/* "1: POSIX  ADVISORY  WRITE 359 00:13:11691 0 EOF" */
static void print_lock(const char *p, size_t len, FILE *out)
{
	char *line = strndup(p, len);
	char *save = NULL;
	char *word[9];
	size_t n = 0;

	if (!line)
		return;
	for (char *w = strtok_r(line, " \t", &save); w && n < countof(word); w = strtok_r(NULL, " \t", &save))
		word[n++] = w;
	/* Without the "->" of who waits; a lease has other words. */
	if (n >= 8 && strcmp(word[3], "READ") != 0 && strcmp(word[3], "WRITE") != 0)
		n = 0;
	if (n < 8)
		text_printf(out, "      lock: %.*s\n", (int)len, p);
	else if (strcmp(word[4], "-1") == 0 || strcmp(word[4], "0") == 0)
		text_printf(out, "      %s %s lock (%s) %s-%s\n", strcmp(word[2], "ADVISORY") == 0 ? "advisory" : "mandatory",
			    *word[3] == 'R' ? "read" : "write", word[1], word[6], word[7]);
	else
		text_printf(out, "      %s %s lock set by process %s (%s) %s-%s\n",
			    strcmp(word[2], "ADVISORY") == 0 ? "advisory" : "mandatory", *word[3] == 'R' ? "read" : "write",
			    word[4], word[1], word[6], word[7]);
	free(line);
}

void info_print(const char *info, FILE *out)
{
	/* Said elsewhere, or of no use outside of the kernel. */
	static const char *const left_out[] = { "pos",	   "flags",	  "mnt_id",	 "ino",		"ticks", "settime flags",
						"it_value", "it_interval", "eventfd-id", "eventfd-semaphore", "NSpid" };

	for (const char *p = info && *info ? info : NULL; p; p = proc_next_line(p)) {
		size_t len = strcspn(p, "\n");
		size_t key = strcspn(p, ":\n");
		const char *value = p + key + (p[key] == ':');
		bool skip = false;

		value += strspn(value, " \t");
		for (size_t i = 0; i < countof(left_out) && !skip; i++)
			skip = strlen(left_out[i]) == key && strncmp(p, left_out[i], key) == 0;
		if (skip || len == 0)
			continue;
		if (strncmp(p, "tfd:", 4) == 0)
			print_epoll(p, len, out);
		else if (strncmp(p, "inotify ", 8) == 0)
			print_inotify(p, len, out);
		else if (strncmp(p, "sigmask:", 8) == 0)
			print_signals(value, out);
		else if (strncmp(p, "clockid:", 8) == 0)
			print_timer(info, out);
		else if (strncmp(p, "lock:", 5) == 0)
			print_lock(value, len - (size_t)(value - p), out);
		else if (strncmp(p, "eventfd-count:", 14) == 0)
			text_printf(out, "      eventfd: count:%llu\n", strtoull(value, NULL, 16));
		else if (strncmp(p, "scm_fds:", 8) == 0) {
			if (strncmp(value, "0\n", 2) != 0)
				text_printf(out, "      descriptors on their way: %.*s\n", (int)(len - (size_t)(value - p)), value);
		} else if (strncmp(p, "Pid:", 4) == 0)
			text_printf(out, "      process: %.*s\n", (int)(len - (size_t)(value - p)), value);
		else
			text_printf(out, "      %.*s\n", (int)len, p);
	}
}
