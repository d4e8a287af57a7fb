/* SPDX-License-Identifier: GPL-2.0-only
 * Lines of output: see lines.h.
 */
#include "lines.h"
#include "fdnames.h"
#include "interrupt.h"
#include "say.h"
#include "../lib/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LARGE (64 * 1024)
/* With -ff and thousands of threads, memory: a file's share. */
#define LARGE_EACH (16 * 1024)
#define IDLE_NS 100000000

struct sink {
	int fd;
	bool by_line;
	size_t large;
	struct out text;
	size_t line_at;	 /* where the open line begins in text */
	size_t columns;	 /* of the open line that are written already */
	struct thread *open; /* whose line is not ended */
	bool dirty;
	struct sink *next_dirty;
};

static const struct options *opt;
static struct sink shared = { .fd = -1 };
static struct sink *dirty;
static int error;
static pid_t reader;
static size_t threads;
static char **environment;

void lines_count(size_t n)
{
	threads = n;
}

int lines_error(void)
{
	return error;
}

const char *lines_target(void)
{
	return opt->output ? opt->output : "standard error";
}

bool lines_has_reader(void)
{
	return reader > 0;
}

/* --- writing --- */

static void write_all(struct sink *s, const char *data, size_t n)
{
	while (n > 0 && !error) {
		ssize_t done = write(s->fd, data, n);

		if (done > 0) {
			data += done;
			n -= (size_t)done;
		} else if (done < 0 && errno == EAGAIN) {
			/* Somebody made the terminal we share non-blocking. */
			struct pollfd p = { .fd = s->fd, .events = POLLOUT };

			poll(&p, 1, 100);
			if (interrupt_signal)
				error = EINTR;
		} else if (done < 0 && errno == EINTR) {
			/* A pager that does not read must not keep us from leaving. */
			if (interrupt_signal)
				error = EINTR;
		} else if (done < 0) {
			error = errno;
		}
	}
}

static void flush(struct sink *s)
{
	if (s->text.len > 0) {
		write_all(s, s->text.data, s->text.len);
		if (s->open)
			s->columns += s->text.len - s->line_at;
		out_reset(&s->text);
		s->line_at = 0;
	}
}

static void mark(struct sink *s)
{
	if (s->dirty)
		return;
	s->dirty = true;
	s->next_dirty = dirty;
	dirty = s;
	interrupt_in(IDLE_NS);
}

void lines_flush(bool all)
{
	static uint64_t last;
	uint64_t now = interrupt_now_ns();

	if (!all && now - last < IDLE_NS / 2)
		return;
	last = now;
	if (!dirty && !all)
		interrupt_no_timer();
	while (dirty) {
		struct sink *s = dirty;

		dirty = s->next_dirty;
		s->dirty = false;
		flush(s);
	}
}

static void before_message(void)
{
	if (shared.fd != STDERR_FILENO)
		return;
	/* Whole lines come before it; one that has only begun and was not seen yet comes after. */
	if (shared.open && shared.columns == 0 && shared.line_at > 0) {
		write_all(&shared, shared.text.data, shared.line_at);
		memmove(shared.text.data, shared.text.data + shared.line_at, shared.text.len - shared.line_at + 1);
		shared.text.len -= shared.line_at;
		shared.line_at = 0;
	} else if (!shared.open || shared.columns > 0) {
		flush(&shared);
	}
}

/* --- opening --- */

static int open_file(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | (opt->append ? O_APPEND : O_TRUNC), 0666);

	/* Not among the numbers that the program inherits when they are free. */
	if (fd >= 0 && fd < 3) {
		int high = fcntl(fd, F_DUPFD_CLOEXEC, 3);

		close(fd);
		fd = high;
	}
	return fd;
}

static const char *shell(void)
{
	/* A container may have none. */
	return access("/bin/sh", X_OK) == 0 ? "/bin/sh" : "/native/bin/sh";
}

static int open_reader(const char *command)
{
	int p[2];

	if (pipe2(p, O_CLOEXEC) < 0)
		say_die("Can't make a pipe for '%s': %s", command, strerror(errno));
	reader = fork();
	if (reader < 0)
		say_die("Can't start '%s': %s", command, strerror(errno));
	if (reader == 0) {
		/* Ctrl-C is for us: the reader ends when the output does. */
		signal(SIGINT, SIG_IGN);
		dup2(p[0], STDIN_FILENO);
		execle(shell(), "sh", "-c", command, (char *)NULL, environment);
		_exit(127);
	}
	close(p[0]);
	int fd = fcntl(p[1], F_DUPFD_CLOEXEC, 3);
	close(p[1]);
	return fd;
}

void lines_init(const struct options *o)
{
	struct stat st;

	opt = o;
	environment = environ;
	shared.fd = STDERR_FILENO;
	shared.by_line = true;
	shared.large = LARGE;
	say_before = before_message;
	if (!o->output || o->separately)
		return;
	if (*o->output == '|' || *o->output == '!') {
		shared.fd = open_reader(o->output + 1);
		shared.by_line = false;
		return;
	}
	shared.fd = open_file(o->output);
	if (shared.fd < 0)
		say_die("Can't fopen '%s': %s", o->output, strerror(errno));
	shared.by_line = fstat(shared.fd, &st) == 0 && S_ISCHR(st.st_mode) && isatty(shared.fd);
}

bool lines_thread(struct thread *th)
{
	char path[4096];

	th->sink = &shared;
	if (!opt->output || !opt->separately)
		return true;
	struct sink *s = calloc(1, sizeof(*s));
	if (!s || snprintf(path, sizeof(path), "%s.%d", opt->output, (int)th->t->tid) >= (int)sizeof(path)) {
		free(s);
		say("Can't fopen '%s.%d': name too long, or out of memory", opt->output, (int)th->t->tid);
		return false;
	}
	s->large = LARGE_EACH;
	s->fd = open_file(path);
	if (s->fd < 0) {
		say("Can't fopen '%s': %s", path, strerror(errno));
		free(s);
		return false;
	}
	th->sink = s;
	return true;
}

void lines_thread_gone(struct thread *th)
{
	struct sink *s = th->sink;

	if (s && s->open == th)
		s->open = NULL;
	if (!s || s == &shared)
		return;
	flush(s);
	for (struct sink **at = &dirty; s->dirty && *at; at = &(*at)->next_dirty) {
		if (*at == s) {
			*at = s->next_dirty;
			break;
		}
	}
	close(s->fd);
	out_free(&s->text);
	free(s);
	th->sink = NULL;
}

bool lines_close(void)
{
	lines_flush(true);
	flush(&shared);
	if (shared.fd != STDERR_FILENO && close(shared.fd) < 0 && !error)
		error = errno;
	shared.fd = STDERR_FILENO;
	if (reader > 0) {
		while (waitpid(reader, NULL, 0) < 0 && errno == EINTR && !interrupt_signal)
			;
	}
	return error == 0;
}

/* --- what stands before a line --- */

static void put_fraction(struct out *o, long ns, int digits)
{
	if (digits == 3)
		out_printf(o, ".%03ld", ns / 1000000);
	else if (digits == 6)
		out_printf(o, ".%06ld", ns / 1000);
	else if (digits == 9)
		out_printf(o, ".%09ld", ns);
}

static void put_absolute(struct out *o)
{
	static time_t shown;
	static char text[16];
	struct timespec now;
	struct tm tm;

	clock_gettime(CLOCK_REALTIME, &now);
	if (opt->stamps.absolute == STAMP_UNIX) {
		out_printf(o, "%lld", (long long)now.tv_sec);
	} else {
		/* Made once a second: localtime is what costs. */
		if (now.tv_sec != shown || !text[0]) {
			shown = now.tv_sec;
			if (!localtime_r(&shown, &tm) || !strftime(text, sizeof(text), "%T", &tm))
				snprintf(text, sizeof(text), "??:??:??");
		}
		out_puts(o, text);
	}
	put_fraction(o, now.tv_nsec, opt->stamps.absolute_digits);
	out_putc(o, ' ');
}

static void put_relative(struct out *o)
{
	static uint64_t last;
	uint64_t now = interrupt_now_ns();
	uint64_t ns = last ? now - last : 0;

	last = now;
	if (opt->stamps.absolute)
		out_puts(o, "(+");
	out_printf(o, "%6" PRIu64, ns / 1000000000);
	put_fraction(o, (long)(ns % 1000000000), opt->stamps.relative_digits);
	out_puts(o, opt->stamps.absolute ? ") " : " ");
}

void lines_note_name(struct thread *th)
{
	struct out name = { 0 };

	if ((opt->pids_as & PID_COMM) && fdnames_comm(NULL, th->t->tid, &name) && name.len < sizeof(th->comm))
		memcpy(th->comm, name.data, name.len + 1);
	out_free(&name);
}

static void put_pid(struct thread *th, struct out *o)
{
	bool to_file = opt->output && !opt->separately && (opt->follow || opt->n_pids + (opt->command != NULL) > 1);
	bool own = opt->output && opt->separately;

	if (own || (!to_file && threads < 2) || (!to_file && opt->output))
		return;
	lines_note_name(th);
	/* strace does not fill up a number that has a name behind it. */
	out_printf(o, !to_file ? "[pid %5d" : th->comm[0] ? "%d" : "%-5d", (int)th->t->tid);
	if (th->comm[0])
		out_printf(o, "<%s>", th->comm);
	out_puts(o, to_file ? " " : "] ");
}

static void put_ip(struct thread *th, struct out *o)
{
	bool narrow = th->t->call.abi == ABI_I386;

	if (th->quit)
		out_puts(o, narrow ? "[????????] " : "[????????????????] ");
	else
		out_printf(o, narrow ? "[%08" PRIx64 "] " : "[%016" PRIx64 "] ", th->t->ip);
}

static void put_prefix(struct thread *th, struct out *o)
{
	put_pid(th, o);
	if (opt->stamps.absolute)
		put_absolute(o);
	if (opt->stamps.relative_digits >= 0)
		put_relative(o);
	if (opt->nr)
		out_printf(o, "[%4" PRIu64 "] ", th->t->call.nr);
	if (opt->ip)
		put_ip(th, o);
}

/* --- lines --- */

static void end(struct sink *s)
{
	out_putc(&s->text, '\n');
	s->open = NULL;
	s->columns = 0;
	s->line_at = s->text.len;
	if (s->by_line || s->text.len >= s->large)
		flush(s);
	else
		mark(s);
}

struct out *line_begin(struct thread *th)
{
	struct sink *s = th->sink;

	/* A call that is kept until its result is known is written aside, with the time of its beginning. */
	if (th->staged) {
		out_reset(&th->stage);
		put_prefix(th, &th->stage);
		return &th->stage;
	}
	if (s->open) {
		out_puts(&s->text, " <unfinished ...>");
		end(s);
	}
	s->open = th;
	s->line_at = s->text.len;
	s->columns = 0;
	put_prefix(th, &s->text);
	if (!s->dirty)
		mark(s);
	return &s->text;
}

struct out *line_open(struct thread *th)
{
	if (th->staged)
		return &th->stage;
	return th->sink->open == th ? &th->sink->text : NULL;
}

void line_align(struct thread *th, struct out *o)
{
	const struct sink *s = th->sink;
	size_t at = th->staged ? o->len : s->columns + o->len - s->line_at;
	static const char blanks[] = "                                                                ";

	if (at >= (size_t)opt->column) {
		out_putc(o, ' ');
		return;
	}
	for (size_t n = (size_t)opt->column - at, piece; n > 0; n -= piece) {
		piece = n < sizeof(blanks) - 1 ? n : sizeof(blanks) - 1;
		out_mem(o, blanks, piece);
	}
}

void line_end(struct thread *th)
{
	struct sink *s = th->sink;

	if (th->staged) {
		th->staged = false;
		if (s->open) {
			out_puts(&s->text, " <unfinished ...>");
			end(s);
		}
		out_mem(&s->text, th->stage.data, th->stage.len);
	}
	end(s);
}

void line_add(struct thread *th, const struct out *text)
{
	struct sink *s = th->sink;

	if (text->len == 0)
		return;
	if (s->open) {
		out_puts(&s->text, " <unfinished ...>");
		end(s);
	}
	out_mem(&s->text, text->data, text->len - 1);
	end(s);
}

void line_abandon(struct thread *th)
{
	if (th->staged) {
		th->staged = false;
		out_reset(&th->stage);
	}
}

struct out *lines_free_text(void)
{
	if (shared.open) {
		out_puts(&shared.text, " <unfinished ...>");
		end(&shared);
	}
	mark(&shared);
	return &shared.text;
}

void lines_pid_changed(struct thread *th)
{
	struct sink *s = th->sink;

	if (s->open == th) {
		out_printf(&s->text, " <pid changed to %d ...>", (int)th->t->tid);
		end(s);
	}
}

void lines_take_over(struct thread *th, struct thread *leader)
{
	if (th->sink == leader->sink)
		return;
	lines_thread_gone(th);
	th->sink = leader->sink;
	leader->sink = NULL;
}
