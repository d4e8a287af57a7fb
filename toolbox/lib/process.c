/* SPDX-License-Identifier: GPL-2.0-only
 * What the process tools have in common: see process.h.
 */
#include "process.h"
#include "names.h"
#include "proc.h"
#include "text.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool process_parse_id(const char *word, pid_t *pid)
{
	const char *p = strncmp(word, "/proc/", 6) == 0 ? word + 6 : word;
	uint64_t value;

	if (*p < '0' || *p > '9' || !proc_u64(&p, &value) || *p || value == 0 || value > INT_MAX)
		return false;
	*pid = (pid_t)value;
	return true;
}

/* The kernel's name for it; an argument list that is empty leaves nothing else. */
static ssize_t command_of_stat(pid_t pid, char *buf, size_t size)
{
	struct proc_file f = PROC_FILE_INIT;
	struct proc_stat st;
	char path[32];

	snprintf(path, sizeof(path), "proc/%d/stat", (int)pid);
	int r = proc_load(&f, path);
	if (r == 0)
		r = proc_parse_stat(f.data, f.len, &st);
	proc_unload(&f);
	if (r < 0)
		return r;
	int n = st.state == 'Z' || st.state == 'X' ? snprintf(buf, size, "%s <defunct>", st.comm)
						   : snprintf(buf, size, "[%s]", st.comm);
	return (size_t)n < size ? n : (ssize_t)size - 1;
}

ssize_t process_command(pid_t pid, char *buf, size_t size)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[32];

	snprintf(path, sizeof(path), "proc/%d/cmdline", (int)pid);
	int r = proc_load_most(&f, path, size - 1);
	size_t n = r < 0 ? 0 : f.len;
	while (n > 0 && f.data[n - 1] == '\0')
		n--;
	for (size_t i = 0; i < n; i++)
		buf[i] = f.data[i] ? f.data[i] : ' ';
	buf[n] = '\0';
	proc_unload(&f);
	return n > 0 ? (ssize_t)n : r < 0 && r != -EACCES && r != -EPERM ? r : command_of_stat(pid, buf, size);
}

bool process_user(const char *status, uint32_t *uid)
{
	for (const char *p = *status ? status : NULL; p; p = proc_next_line(p)) {
		uint64_t real, effective;

		if (strncmp(p, "Uid:", 4) != 0)
			continue;
		p += 4;
		if (!proc_u64(&p, &real) || !proc_u64(&p, &effective) || effective > UINT32_MAX)
			return false;
		*uid = (uint32_t)effective;
		return true;
	}
	return false;
}

bool process_parse_user(const char *word, uint32_t *uid)
{
	const char *p = word;
	uint64_t value;

	if (*p >= '0' && *p <= '9' && proc_u64(&p, &value) && !*p && value <= UINT32_MAX) {
		*uid = (uint32_t)value;
		return true;
	}
	return names_user_number(word, uid);
}

bool process_is_gone(int err)
{
	return err == -ENOENT || err == -ESRCH;
}

int process_failed(const char *tool, pid_t pid, const char *what, int err)
{
	fflush(stdout);
	if (process_is_gone(err))
		text_printf(stderr, "%s: process %d: No such process (ids count as in this pid namespace)\n", tool, (int)pid);
	else if (err == -EACCES || err == -EPERM)
		text_printf(stderr, "%s: process %d: %s%spermission denied: run %s as its user, or with CAP_SYS_PTRACE\n", tool,
			    (int)pid, what ? what : "", what ? ": " : "", tool);
	else
		text_printf(stderr, "%s: process %d: %s%s%s\n", tool, (int)pid, what ? what : "", what ? ": " : "", strerror(-err));
	return 1;
}

int process_late(const char *tool, pid_t pid)
{
	fflush(stdout);
	text_printf(stderr, "%s: process %d: does not answer: its memory or a file of it lies on a file system that hangs\n",
		    tool, (int)pid);
	return 1;
}

bool process_no_proc(const char *tool)
{
	if (proc_is_real())
		return false;
	text_printf(stderr, "%s: /proc is not mounted here; all that it shows comes from there\n", tool);
	return true;
}

size_t process_columns(void)
{
	struct winsize w;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 ? w.ws_col : 0;
}
