/* SPDX-License-Identifier: GPL-2.0-only
 * Asynchronous I/O: io_uring's parameters and registrations, and the older AIO (linux/io_uring.h,
 * linux/aio_abi.h).
 */
#include "parts.h"

#include <inttypes.h>
#include <string.h>

static const struct field sq_fields[] = {
	{ "head", T_U32 }, { "tail", T_U32 }, { "ring_mask", T_U32 }, { "ring_entries", T_U32 },
	{ "flags", T_U32 }, { "dropped", T_U32 }, { "array", T_U32 }, { "resv1", T_U32, F_HEX, .when = NONZERO },
	{ "user_addr", T_U64, F_ADDR, .when = NONZERO }, { 0 },
};
static const struct field cq_fields[] = {
	{ "head", T_U32 }, { "tail", T_U32 }, { "ring_mask", T_U32 }, { "ring_entries", T_U32 },
	{ "overflow", T_U32 }, { "cqes", T_U32 }, { "flags", T_U32 }, { "resv1", T_U32, F_HEX, .when = NONZERO },
	{ "user_addr", T_U64, F_ADDR, .when = NONZERO }, { 0 },
};

enum { PARAMS = 120, AT_SQ_OFF = 40, AT_CQ_OFF = 80 };
enum { SETUP_SQ_AFF = 2, SETUP_CQSIZE = 8, SETUP_ATTACH_WQ = 32 };

static void print_asked(struct call *c, const uint32_t *v)
{
	out_puts(c->out, "{flags=");
	print_flags(c, v[2], FLAGS_IO_URING_SETUP);
	out_printf(c->out, ", sq_thread_cpu=%s%#x, sq_thread_idle=%u", "", v[3], v[4]);
	if (v[2] & SETUP_ATTACH_WQ) {
		out_puts(c->out, ", wq_fd=");
		print_fd(c, (int)v[6], false);
	}
	if (v[7] || v[8] || v[9])
		out_printf(c->out, ", resv=[%#x, %#x, %#x]", v[7], v[8], v[9]);
}

/* What was asked for, and what the kernel made of it. */
bool kind_io_uring_params(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg);
	uint32_t v[PARAMS / 4];

	(void)param;
	if (!c->exiting)
		return false;
	if (!read_in(c, addr, v, sizeof(v)))
		return true;
	print_asked(c, v);
	if (!c->error) {
		out_printf(c->out, ", sq_entries=%u, cq_entries=%u, features=", v[0], v[1]);
		print_flags(c, v[5], FLAGS_IO_URING_FEATURES);
		out_puts(c->out, ", sq_off=");
		fields_print(c, (const char *)v + AT_SQ_OFF, 40, sq_fields);
		out_puts(c->out, ", cq_off=");
		fields_print(c, (const char *)v + AT_CQ_OFF, 40, cq_fields);
	} else if (v[2] & SETUP_CQSIZE) {
		out_printf(c->out, ", cq_entries=%u", v[1]);
	}
	out_putc(c->out, '}');
	return true;
}

/* --- register --- */

static bool print_fd_element(struct call *c, const void *element, void *ctx)
{
	(void)ctx;
	print_fd(c, (int)field_load(c, T_S32, element), false);
	return true;
}

static const struct field files_update_fields[] = {
	{ "offset", T_U32 }, { "resv", T_U32, F_HEX, .when = NONZERO }, { "fds", T_A64, F_ADDR }, { 0 },
};
static const struct field probe_op_fields[] = {
	{ "op", T_U8, F_ENUM_DEC, FLAGS_IO_URING_OP },
	{ "resv", T_U8, F_HEX, .when = NONZERO },
	{ "flags", T_U16, F_FLAGS, FLAGS_IO_URING_PROBE },
	{ "resv2", T_U32, F_HEX, .when = NONZERO },
	{ 0 },
};
static const struct field rsrc_register_fields[] = {
	{ "nr", T_U32 }, { "flags", T_U32, F_HEX }, { "resv2", T_U64, F_HEX, .when = NONZERO },
	{ "data", T_A64, F_ADDR }, { "tags", T_A64, F_ADDR }, { 0 },
};
static const struct field restriction_fields[] = {
	{ "opcode", T_U16 }, { "what", T_U8 }, { NULL, T_U8, F_PAD }, { NULL, T_U32, F_PAD, .count = 3 }, { 0 },
};

enum { BUFFERS, UNREG_BUFFERS, FILES, UNREG_FILES, EVENTFD, UNREG_EVENTFD, FILES_UPDATE, EVENTFD_ASYNC,
       PROBE, PERSONALITY, UNREG_PERSONALITY, RESTRICTIONS, ENABLE_RINGS, FILES2, FILES_UPDATE2, BUFFERS2,
       BUFFERS_UPDATE, IOWQ_AFF };

/* What was asked, and what the kernel answered. */
static bool print_probe(struct call *c, uint64_t addr, uint64_t n)
{
	static const struct field head_fields[] = {
		{ "last_op", T_U8, F_ENUM_DEC, FLAGS_IO_URING_OP },
		{ "ops_len", T_U8 },
		{ "resv", T_U16, F_HEX, .when = NONZERO },
		{ "resv2", T_U32, F_HEX, .when = NONZERO, .count = 3 },
		{ 0 },
	};
	enum { HEAD = 16, OP = 8, OPS_MAX = 256 }; /* ops_len is a byte */
	unsigned char buf[HEAD + OP * OPS_MAX];
	size_t shown = (size_t)n;
	bool zero = true, cut = false;

	if (c->exiting && (c->error || !mem_read(c, addr, buf, HEAD + OP * shown)))
		return true;
	if (!c->exiting && (n > OPS_MAX || !read_in(c, addr, buf, HEAD + OP * shown))) {
		if (n > OPS_MAX)
			print_addr(c, addr);
		return true;
	}
	for (size_t i = c->exiting ? 0 : HEAD; i < HEAD + OP * shown; i++)
		zero = zero && !buf[i];
	if (c->exiting && zero)
		return true;
	if (c->exiting && buf[1] < shown)
		shown = buf[1];
	out_puts(c->out, c->exiting ? " => {" : "{");
	fields_members(c, buf, HEAD, head_fields);
	out_puts(c->out, ", ops=[");
	for (size_t i = 0; i < shown && !zero; i++) {
		out_puts(c->out, i ? ", " : "");
		if (call_abbrev(c) && i >= c->opt->string_limit) {
			out_puts(c->out, "...");
			cut = true;
			break;
		}
		fields_print(c, buf + HEAD + OP * i, OP, probe_op_fields);
	}
	out_puts(c->out, c->exiting && buf[1] > n && !cut ? ", ...]}" : "]}");
	return c->exiting;
}

bool kind_uring_register_arg(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg), n = arg_length(c, param);

	switch ((unsigned)arg_int(c, 1) & 0x7fffffff) {
	case BUFFERS:
		print_iovec_addrs(c, addr, n);
		return true;
	case FILES:
	case EVENTFD:
	case EVENTFD_ASYNC:
		print_array(c, addr, n, 4, true, print_fd_element, NULL);
		return true;
	case FILES_UPDATE:
		return fields_in(c, arg, files_update_fields);
	case PROBE:
		return print_probe(c, addr, n);
	case FILES2:
	case BUFFERS2:
		return fields_in(c, arg, rsrc_register_fields);
	case RESTRICTIONS:
		fields_array(c, addr, n, true, restriction_fields);
		return true;
	default:
		print_addr(c, addr);
		return true;
	}
}

/* --- AIO --- */

static const struct field iocb_fields[] = {
	{ "aio_data", T_U64 },	 { "aio_key", T_U32 },	  { "aio_rw_flags", T_U32 },
	{ "aio_opcode", T_U16 }, { "aio_reqprio", T_S16 }, { "aio_fildes", T_U32 },
	{ "aio_buf", T_A64 },	 { "aio_nbytes", T_U64 },  { "aio_offset", T_S64 },
	{ "aio_reserved2", T_U64 }, { "aio_flags", T_U32 }, { "aio_resfd", T_U32 },
	{ 0 },
};
enum { IOCB = 64, CMD_PREAD = 0, CMD_PWRITE, CMD_FSYNC, CMD_FDSYNC, CMD_POLL = 5, CMD_NOOP, CMD_PREADV, CMD_PWRITEV };
enum { FLAG_RESFD = 1, FLAG_IOPRIO = 2 };

static uint64_t member(const struct call *c, const char *iocb, const char *name)
{
	return (uint64_t)fields_get(c, iocb, IOCB, iocb_fields, name);
}

static void print_iocb_head(struct call *c, const char *iocb)
{
	uint64_t data = member(c, iocb, "aio_data");

	out_printf(c->out, "{aio_data=%#" PRIx64, data);
	if (member(c, iocb, "aio_key"))
		out_printf(c->out, ", aio_key=%u", (unsigned)member(c, iocb, "aio_key"));
	if (member(c, iocb, "aio_rw_flags")) {
		out_puts(c->out, ", aio_rw_flags=");
		print_flags(c, member(c, iocb, "aio_rw_flags"), FLAGS_RWF);
	}
	out_puts(c->out, ", aio_lio_opcode=");
	print_enum_dec(c, (uint16_t)member(c, iocb, "aio_opcode"), FLAGS_AIO_OP);
	if (member(c, iocb, "aio_flags") & FLAG_IOPRIO) {
		out_puts(c->out, ", aio_reqprio=");
		print_ioprio(c, (uint16_t)member(c, iocb, "aio_reqprio"), true);
	} else if (member(c, iocb, "aio_reqprio")) {
		out_printf(c->out, ", aio_reqprio=%d", (int)(int16_t)member(c, iocb, "aio_reqprio"));
	}
	out_puts(c->out, ", aio_fildes=");
	print_fd(c, (int)member(c, iocb, "aio_fildes"), false);
}

static void print_iocb_flags(struct call *c, const char *iocb)
{
	unsigned flags = (unsigned)member(c, iocb, "aio_flags"), fd = (unsigned)member(c, iocb, "aio_resfd");

	if (flags) {
		out_puts(c->out, ", aio_flags=");
		print_flags(c, flags, FLAGS_AIO_FLAGS);
	}
	if (flags & FLAG_RESFD) {
		out_puts(c->out, ", aio_resfd=");
		print_fd(c, (int)fd, false);
	} else if (fd) {
		out_printf(c->out, ", aio_resfd=%#x", fd);
	}
}

static void print_iocb(struct call *c, const char *iocb)
{
	unsigned op = (unsigned)member(c, iocb, "aio_opcode");
	uint64_t buf = member(c, iocb, "aio_buf"), n = member(c, iocb, "aio_nbytes");

	print_iocb_head(c, iocb);
	switch (op) {
	case CMD_PREAD:
	case CMD_PWRITE:
	case CMD_PREADV:
	case CMD_PWRITEV:
		out_puts(c->out, ", aio_buf=");
		if (op == CMD_PWRITE)
			print_buffer(c, buf, n);
		else if (op == CMD_PWRITEV)
			print_iovec(c, buf, n, UINT64_MAX);
		else if (op == CMD_PREADV)
			print_iovec_addrs(c, buf, n);
		else
			out_hexnum(c->out, buf);
		out_printf(c->out, ", aio_nbytes=%" PRIu64 ", aio_offset=%" PRId64, n,
			   (int64_t)member(c, iocb, "aio_offset"));
		break;
	case CMD_POLL:
		out_puts(c->out, ", aio_buf=");
		print_flags(c, buf, FLAGS_POLL);
		break;
	}
	if (op <= CMD_PWRITEV && op != CMD_FSYNC && op != CMD_FDSYNC && op != 4 && op != CMD_NOOP)
		print_iocb_flags(c, iocb);
	out_putc(c->out, '}');
}

static bool print_iocb_pointer(struct call *c, const void *element, void *ctx)
{
	uint64_t addr = (uint64_t)field_load(c, T_PTR, element);
	char iocb[IOCB];

	(void)ctx;
	if (addr && mem_read(c, addr, iocb, sizeof(iocb)))
		print_iocb(c, iocb);
	else
		print_addr(c, addr);
	return true;
}

bool kind_iocbs(struct call *c, unsigned arg, uint16_t param)
{
	int64_t n = arg_long(c, param & 7);

	print_array(c, arg_ulong(c, arg), n > 0 ? (uint64_t)n : 0, word_size(c), true, print_iocb_pointer, NULL);
	return true;
}

bool kind_iocb(struct call *c, unsigned arg, uint16_t param)
{
	char iocb[IOCB];

	(void)param;
	if (read_in(c, arg_ulong(c, arg), iocb, sizeof(iocb))) {
		print_iocb_head(c, iocb);
		out_putc(c->out, '}');
	}
	return true;
}

static const struct field io_event_fields[] = {
	{ "data", T_U64, F_HEX }, { "obj", T_U64, F_HEX }, { "res", T_S64 }, { "res2", T_S64 }, { 0 },
};

bool kind_io_event(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, io_event_fields);
}

bool kind_io_events(struct call *c, unsigned arg, uint16_t param)
{
	bool done;

	if (!filled_in(c, arg, &done))
		return done;
	fields_array(c, arg_ulong(c, arg), arg_length(c, param | PARAM_RESULT), true, io_event_fields);
	return true;
}

/* io_pgetevents takes the set and its size as a structure. */
bool kind_io_sigset(struct call *c, unsigned arg, uint16_t param)
{
	static const struct field f[] = { { "set", T_PTR }, { "size", T_ULONG }, { 0 } };
	char buf[16];
	uint64_t size;

	(void)param;
	if (!read_in(c, arg_ulong(c, arg), buf, fields_size(c, f)))
		return true;
	size = (uint64_t)fields_get(c, buf, sizeof(buf), f, "size");
	out_puts(c->out, "{sigmask=");
	if (size == 8)
		print_sigset(c, (uint64_t)fields_get(c, buf, sizeof(buf), f, "set"), size);
	else
		print_addr(c, (uint64_t)fields_get(c, buf, sizeof(buf), f, "set"));
	out_printf(c->out, ", sigsetsize=%" PRIu64 "}", size);
	return true;
}
