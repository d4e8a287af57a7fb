/* SPDX-License-Identifier: GPL-2.0-only
 * man: the pages of these tools, which were rendered when the tree was built (share/man/NAME.SECTION), through
 * BusyBox's less. A tool without a page is one of BusyBox's: its own help is shown. What is not ours at all is left
 * to the image's man, if it has one. See man.1.
 */
#include "page.h"
#include "parts.h"
#include "tools.h"

#include "toolbox/lib/base.h"
#include "toolbox/lib/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <native.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char help[] =
	"usage: man [SECTION] NAME...\n"
	"       man -k WORD... | -f NAME... | -w NAME...\n"
	"Manual pages of the tools in /native/bin; on a terminal through less.\n"
	"\n"
	" -k, --apropos  tools and pages in whose name or line a word stands\n"
	" -f, --whatis   the line of a tool\n"
	" -w, --where    the file of a page\n"
	" -h, --help     this text\n"
	" -V, --version  version\n"
	"\n"
	"A tool of BusyBox has no page: its --help is shown. Other names are left to\n"
	"the man of this image, if it has one.\n"
	"Examples:\n"
	"  man iostat\n"
	"  man 1 dtrace\n"
	"  man -k socket\n";

/* A page is small; what is larger is none. */
#define PAGE_MAX (4u << 20)

static int usage(const char *what, const char *arg)
{
	text_printf(stderr, "man: %s%s; see \"man --help\"\n", what, arg);
	return 2;
}

static bool is_section(const char *s)
{
	return s[0] >= '1' && s[0] <= '9' && !s[1];
}

/* The file of a page, of this section or, with NULL, of the first that there is. */
static bool find_page(char *path, size_t size, const char *section, const char *name)
{
	static const char *const order[] = { "1", "8", "7", "5", "3" };
	char rel[NAME_MAX + 32];

	if (strchr(name, '/'))
		return false;
	for (size_t i = 0; i < countof(order); i++) {
		const char *s = section ? section : order[i];

		if (snprintf(rel, sizeof(rel), "../share/man/%s.%s", name, s) >= (int)sizeof(rel))
			return false;
		if (native_path(path, size, rel) && access(path, R_OK) == 0)
			return true;
	}
	return false;
}

/* What a file holds, in memory of the caller; NULL with errno. */
static char *read_whole(const char *path, size_t *n)
{
	fd_auto fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		return NULL;
	if (!S_ISREG(st.st_mode) || st.st_size > (off_t)PAGE_MAX) {
		errno = EFBIG;
		return NULL;
	}
	char *text = malloc((size_t)st.st_size + 1);
	for (*n = 0; text && *n < (size_t)st.st_size;) {
		ssize_t r = read(fd, text + *n, (size_t)st.st_size - *n);

		if (r <= 0)
			break;
		*n += (size_t)r;
	}
	if (text)
		text[*n] = '\0';
	return text;
}

static int show_page(const char *path)
{
	struct page page;
	size_t n;
	char *text = read_whole(path, &n);

	if (!text) {
		text_printf(stderr, "man: %s: cannot be read: %s\n", path, strerror(errno));
		return 1;
	}
	page_begin(&page);
	fwrite(text, 1, n, page.out);
	free(text);
	page_end(&page);
	return 0;
}

/* What "busybox NAME --help" prints, in memory of the caller; NULL when nothing came. */
static char *applet_help(const char *busybox, const char *name)
{
	int pipe_fd[2];
	size_t n = 0, cap = 1 << 16;
	char *text = malloc(cap);

	if (!text || pipe2(pipe_fd, O_CLOEXEC) < 0) {
		free(text);
		return NULL;
	}
	pid_t pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDONLY);

		if (null >= 0)
			dup2(null, STDIN_FILENO);
		else
			close(STDIN_FILENO);
		dup2(pipe_fd[1], STDOUT_FILENO);
		dup2(pipe_fd[1], STDERR_FILENO);
		execl(busybox, "busybox", name, "--help", (char *)NULL);
		_exit(127);
	}
	close(pipe_fd[1]);
	for (ssize_t r; pid > 0 && n < cap - 1 && (r = read(pipe_fd[0], text + n, cap - 1 - n)) > 0;)
		n += (size_t)r;
	close(pipe_fd[0]);
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	text[n] = '\0';
	/* "BusyBox v1.37.0 (...) multi-call binary." stands on top; test, true and echo have no help at all. */
	char *usage_text = strstr(text, "Usage: ");
	if (!usage_text) {
		free(text);
		return NULL;
	}
	memmove(text, usage_text, strlen(usage_text) + 1);
	return text;
}

static int show_applet(const struct tool *t)
{
	char busybox[PATH_MAX];
	struct page page;
	char *text = native_path(busybox, sizeof(busybox), "busybox") ? applet_help(busybox, t->name) : NULL;

	page_begin(&page);
	fprintf(page.out, "%s(1)  of BusyBox, which has no more than this\n\n%s - %s\n", t->name, t->name, t->line);
	if (text)
		fprintf(page.out, "\n%s", text);
	free(text);
	page_end(&page);
	return 0;
}

/* The image's own man: the first in PATH that is not this program. Returns when there is none. */
static void run_other_man(char **argv)
{
	const char *path = getenv("PATH");
	char ours[PATH_MAX], other[PATH_MAX];
	struct stat own, st;

	if (!native_path(ours, sizeof(ours), "man") || stat(ours, &own) < 0)
		return;
	for (const char *p = path; p && *p;) {
		size_t n = strcspn(p, ":");

		if (n > 0 && p[0] == '/' && snprintf(other, sizeof(other), "%.*s/man", (int)n, p) < (int)sizeof(other) &&
		    access(other, X_OK) == 0 && stat(other, &st) == 0 && S_ISREG(st.st_mode) &&
		    (st.st_dev != own.st_dev || st.st_ino != own.st_ino)) {
			fflush(stdout);
			execv(other, argv);
		}
		p += n + (p[n] == ':');
	}
}

static int show(const char *section, const char *name, char **argv)
{
	char path[PATH_MAX], target[64];
	const struct tool *t = tool_by_name(name);

	if (find_page(path, sizeof(path), section, name))
		return show_page(path);
	if (t && (!section || strcmp(section, "1") == 0)) {
		/* strace-lite is another name of strace, and has its page. */
		ssize_t n = native_path(path, sizeof(path), name) ? readlink(path, target, sizeof(target) - 1) : -1;

		if (n > 0) {
			target[n] = '\0';
			if (strcmp(target, "busybox") != 0 && find_page(path, sizeof(path), section, target))
				return show_page(path);
		}
		return show_applet(t);
	}
	run_other_man(argv);
	text_printf(stderr, "man: there is no page %s%s%s here; native lists the tools, man -k WORD looks for one\n", name,
		    section ? " in section " : "", section ? section : "");
	return 1;
}

static int where(const char *section, const char *name)
{
	char path[PATH_MAX];

	if (!find_page(path, sizeof(path), section, name)) {
		text_printf(stderr, "man: there is no page %s here\n", name);
		return 1;
	}
	text_printf(stdout, "%s\n", path);
	return 0;
}

/* --- -k and -f --------------------------------------------------------------------------------- */

static bool holds(const char *name, const char *line, const char *word, bool whole)
{
	return whole ? strcmp(name, word) == 0 : strcasestr(name, word) || strcasestr(line, word);
}

static void print_line(const char *name, const char *section, const char *line)
{
	char title[64];

	text_snprintf(title, sizeof(title), "%s (%s)", name, section);
	text_printf(stdout, "%-20s - %s\n", title, line);
}

/* The line of a page that is no tool's (inject.8, pcap-filter.7): what stands behind " - " below NAME. */
static bool page_line(const char *file, char *line, size_t size)
{
	char rel[NAME_MAX + 32], path[PATH_MAX];
	size_t n;

	snprintf(rel, sizeof(rel), "../share/man/%s", file);
	char *text = native_path(path, sizeof(path), rel) ? read_whole(path, &n) : NULL;
	char *name = text ? strstr(text, "\nNAME\n") : NULL;
	char *dash = name ? strstr(name, " - ") : NULL;

	if (dash)
		text_snprintf(line, size, "%.*s", (int)strcspn(dash + 3, "\n"), dash + 3);
	free(text);
	return dash;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static bool search_pages(const char *word, bool whole)
{
	char path[PATH_MAX];
	struct dirent **files;
	bool found = false;
	int n = native_path(path, sizeof(path), "../share/man") ? scandir(path, &files, NULL, by_name) : -1;

	for (int i = 0; i < n; i++) {
		char *dot = strrchr(files[i]->d_name, '.'), line[256], name[NAME_MAX + 1];

		if (dot > files[i]->d_name && is_section(dot + 1) && page_line(files[i]->d_name, line, sizeof(line))) {
			snprintf(name, sizeof(name), "%.*s", (int)(dot - files[i]->d_name), files[i]->d_name);
			if (!tool_by_name(name) && holds(name, line, word, whole)) {
				print_line(name, dot + 1, line);
				found = true;
			}
		}
		free(files[i]);
	}
	if (n >= 0)
		free(files);
	return found;
}

static int search(char **words, bool whole)
{
	int status = 0;

	for (; *words; words++) {
		bool found = false;

		for (size_t i = 0; i < tools_n; i++)
			if (tools[i].name && holds(tools[i].name, tools[i].line, *words, whole)) {
				print_line(tools[i].name, "1", tools[i].line);
				found = true;
			}
		found = search_pages(*words, whole) || found;
		if (!found) {
			text_printf(stderr, "man: %s: nothing appropriate\n", *words);
			status = 1;
		}
	}
	return status;
}

int man_main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "apropos", no_argument, NULL, 'k' }, { "whatis", no_argument, NULL, 'f' },
		{ "where", no_argument, NULL, 'w' },   { "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' }, { 0 },
	};
	const char *section = NULL;
	int c, mode = 0, status = 0;

	opterr = 0;
	while ((c = getopt_long(argc, argv, "+kfwhV", longs, NULL)) != -1) {
		switch (c) {
		case 'k':
		case 'f':
		case 'w':
			mode = c;
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'V':
			fputs("man (native " NATIVE_VERSION ")\n", stdout);
			return 0;
		default:
			return usage("unknown option: ", argv[optind - 1]);
		}
	}
	if (mode != 'k' && mode != 'f' && argv[optind] && argv[optind + 1] && is_section(argv[optind]))
		section = argv[optind++];
	if (!argv[optind])
		return usage("which page? Name a tool", "");
	if (mode == 'k' || mode == 'f')
		return search(argv + optind, mode == 'f');
	for (char **name = argv + optind; *name; name++) {
		int r = mode == 'w' ? where(section, *name) : show(section, *name, argv);

		status = r > status ? r : status;
	}
	return status;
}
