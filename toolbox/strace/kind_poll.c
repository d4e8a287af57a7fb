/* SPDX-License-Identifier: GPL-2.0-only
 * Waiting for descriptors: poll, select and epoll, and what their results say (linux/eventpoll.h,
 * asm/poll.h).
 */
#include "parts.h"

#include <inttypes.h>
#include <string.h>

static const char timeout[] = "Timeout";

/* --- poll --- */

struct pollfd_bytes {
	int32_t fd;
	uint16_t events, revents;
};

static bool print_pollfd(struct call *c, const void *element, void *ctx)
{
	const struct pollfd_bytes *p = element;

	(void)ctx;
	out_puts(c->out, "{fd=");
	print_fd(c, p->fd, false);
	/* The kernel leaves a negative one alone. */
	if (p->fd >= 0) {
		out_puts(c->out, ", events=");
		print_flags(c, p->events, FLAGS_POLL);
	}
	out_putc(c->out, '}');
	return true;
}

bool kind_pollfds(struct call *c, unsigned arg, uint16_t param)
{
	print_array(c, arg_ulong(c, arg), arg_length(c, param), sizeof(struct pollfd_bytes), true,
		    print_pollfd, NULL);
	return true;
}

/* [{fd=3, revents=POLLIN}]: those that have something. */
static bool print_revents(struct call *c)
{
	enum { POLLFDS_MAX = 65536 };
	uint64_t addr = arg_ulong(c, 0), n = arg_length(c, 1), at, shown = 0;
	struct pollfd_bytes p;
	size_t start = c->out->len;

	if (!call_verbose(c))
		return false;
	if (n > POLLFDS_MAX)
		n = POLLFDS_MAX;
	out_putc(c->out, '[');
	for (uint64_t i = 0; i < n && !c->out->failed; i++) {
		at = addr + i * sizeof(p);
		if (!mem_read(c, at, &p, sizeof(p))) {
			out_puts(c->out, shown++ ? ", " : "");
			print_addr(c, at);
			break;
		}
		if (!p.revents)
			continue;
		out_puts(c->out, shown ? ", " : "");
		if (call_abbrev(c) && shown >= c->opt->string_limit) {
			out_puts(c->out, "...");
			break;
		}
		out_puts(c->out, "{fd=");
		print_fd(c, p.fd, false);
		out_puts(c->out, ", revents=");
		print_flags(c, p.revents, FLAGS_POLL);
		out_putc(c->out, '}');
		shown++;
	}
	out_putc(c->out, ']');
	if (!shown)
		out_cut(c->out, start);
	return shown > 0;
}

static void print_left(struct call *c, uint64_t addr, const struct field *f)
{
	if (!addr)
		return;
	out_puts(c->out, "left ");
	fields_at(c, addr, f);
}

static bool ppoll_result(struct call *c, const struct field *f)
{
	if (!c->ret) {
		out_puts(c->out, timeout);
		return true;
	}
	if (print_revents(c) && f && c->args[2])
		out_puts(c->out, ", ");
	if (f)
		print_left(c, arg_ulong(c, 2), f);
	return true;
}

bool kind_poll_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	return ppoll_result(c, NULL);
}

bool kind_ppoll_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	return ppoll_result(c, timespec_fields);
}

bool kind_ppoll_time64_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	return ppoll_result(c, timespec64_fields);
}

/* --- select --- */

/* No process has more descriptors unless somebody raised fs.nr_open. */
enum { FDS_MAX = 1024 * 1024 };

/* Reads the set's words, which is what the kernel does; NULL: there is none, or it cannot be read.
 */
static const unsigned char *read_set(struct call *c, uint64_t addr, int nfds)
{
	static unsigned char set[FDS_MAX / 8];
	size_t word = word_size(c), size;

	if (nfds <= 0 || !addr || !call_verbose(c))
		return NULL;
	if (nfds > FDS_MAX)
		nfds = FDS_MAX;
	size = ((size_t)nfds + word * 8 - 1) / (word * 8) * word;
	return mem_read(c, addr, set, size) ? set : NULL;
}

/* [0 3], at most max of them; returns how many. */
static unsigned print_set(struct call *c, const unsigned char *set, int nfds, unsigned max)
{
	unsigned n = 0;

	if (nfds > FDS_MAX)
		nfds = FDS_MAX;
	out_putc(c->out, '[');
	for (int fd = 0; fd < nfds && n < max && !c->out->failed; fd++) {
		if (!(set[fd / 8] >> fd % 8 & 1))
			continue;
		if (n++)
			out_putc(c->out, ' ');
		print_fd(c, fd, false);
	}
	out_putc(c->out, ']');
	return n;
}

static void print_fd_set(struct call *c, uint64_t addr, int nfds)
{
	const unsigned char *set = read_set(c, addr, nfds);

	if (set)
		print_set(c, set, nfds, UINT32_MAX);
	else
		print_addr(c, addr);
}

/* The parameter is the argument with the number of descriptors. */
bool kind_fd_set(struct call *c, unsigned arg, uint16_t param)
{
	print_fd_set(c, arg_ulong(c, arg), arg_int(c, param % 6));
	return true;
}

/* in [0], out [1], left {tv_sec=1, tv_usec=0}: as many descriptors as the result counts. */
static void select_result(struct call *c, int nfds, const uint64_t sets[3], uint64_t left,
			  const struct field *f)
{
	static const char *const names[] = { "in ", "out ", "except " };
	unsigned ready = (unsigned)c->ret, n;
	const char *sep = "";

	if (!c->ret) {
		out_puts(c->out, timeout);
		return;
	}
	for (unsigned i = 0; i < 3 && ready; i++) {
		const unsigned char *set = read_set(c, sets[i], nfds);
		size_t before = c->out->len;

		if (!set)
			continue;
		out_puts(c->out, sep);
		out_puts(c->out, names[i]);
		n = print_set(c, set, nfds, ready);
		if (!n) {
			out_cut(c->out, before);
			continue;
		}
		ready -= n;
		sep = ", ";
	}
	if (left)
		out_puts(c->out, sep);
	print_left(c, left, f);
}

static bool plain_select_result(struct call *c, const struct field *f)
{
	uint64_t sets[3] = { arg_ulong(c, 1), arg_ulong(c, 2), arg_ulong(c, 3) };

	select_result(c, arg_int(c, 0), sets, arg_ulong(c, 4), f);
	return true;
}

bool kind_select_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	return plain_select_result(c, timeval_fields);
}

bool kind_pselect6_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	return plain_select_result(c, timespec_fields);
}

bool kind_pselect6_time64_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	return plain_select_result(c, timespec64_fields);
}

/* A pointer to a mask and its size, in one structure, since no call has seven arguments. */
bool kind_pselect6_sigset(struct call *c, unsigned arg, uint16_t param)
{
	static const struct field f[] = { { "mask", T_PTR }, { "size", T_ULONG }, { 0 } };
	char buf[16];
	uint64_t mask, size;

	(void)param;
	if (!read_in(c, arg_ulong(c, arg), buf, fields_size(c, f)))
		return true;
	mask = (uint64_t)fields_get(c, buf, sizeof(buf), f, "mask");
	size = (uint64_t)fields_get(c, buf, sizeof(buf), f, "size");
	out_puts(c->out, "{sigmask=");
	print_sigset(c, mask, size);
	out_printf(c->out, ", sigsetsize=%" PRIu64 "}", size);
	return true;
}

/* select's old form, of i386: five arguments in memory. */
static bool read_old_select(struct call *c, uint64_t args[5])
{
	uint32_t v[5];

	if (!mem_read(c, arg_ulong(c, 0), v, sizeof(v)))
		return false;
	for (unsigned i = 0; i < 5; i++)
		args[i] = v[i];
	return true;
}

bool kind_old_select(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t v[5];

	(void)param;
	if (!call_verbose(c) || !read_old_select(c, v)) {
		print_addr(c, arg_ulong(c, arg));
		return true;
	}
	out_dec(c->out, (int32_t)v[0]);
	for (unsigned i = 1; i < 4; i++) {
		out_puts(c->out, ", ");
		print_fd_set(c, v[i], (int32_t)v[0]);
	}
	out_puts(c->out, ", ");
	fields_at(c, v[4], timeval_fields);
	return true;
}

bool kind_old_select_result(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t v[5];

	(void)arg, (void)param;
	if (read_old_select(c, v))
		select_result(c, (int32_t)v[0], v + 1, v[4], timeval_fields);
	return true;
}

/* --- epoll --- */

/* The structure is packed where 64-bit programs of x86 and their 32-bit brothers share it. */
static size_t event_size(const struct call *c)
{
	return c->abi == ABI_AARCH64 ? 16 : 12;
}

static bool print_event(struct call *c, const void *element, void *ctx)
{
	uint32_t events;
	uint64_t data;

	(void)ctx;
	memcpy(&events, element, sizeof(events));
	memcpy(&data, (const char *)element + event_size(c) - sizeof(data), sizeof(data));
	out_puts(c->out, "{events=");
	print_flags(c, events, FLAGS_EPOLL_EVENTS);
	out_printf(c->out, ", data={u32=%" PRIu32 ", u64=%" PRIu64 "}}", (uint32_t)data, data);
	return true;
}

bool kind_epoll_event(struct call *c, unsigned arg, uint16_t param)
{
	enum { CTL_DEL = 2 };
	char event[16];

	(void)param;
	if (arg_int(c, 1) == CTL_DEL)
		print_addr(c, arg_ulong(c, arg));
	else if (read_in(c, arg_ulong(c, arg), event, event_size(c)))
		print_event(c, event, NULL);
	return true;
}

bool kind_oepoll_events(struct call *c, unsigned arg, uint16_t param)
{
	bool done;

	if (!filled_in(c, arg, &done))
		return done;
	print_array(c, arg_ulong(c, arg), arg_length(c, param), event_size(c), true,
		    print_event, NULL);
	return true;
}
