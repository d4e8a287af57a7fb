/* SPDX-License-Identifier: GPL-2.0-only
 * System V memory, semaphores and messages, and POSIX message queues (linux/shm.h, sem.h, msg.h,
 * mqueue.h of each ABI).
 */
#include "parts.h"

#include <inttypes.h>
#include <string.h>
#include <sys/ipc.h>

bool kind_ipc_key(struct call *c, unsigned arg, uint16_t param)
{
	uint32_t key = (uint32_t)c->args[arg];

	(void)param;
	if (key)
		out_printf(c->out, "%#x", key);
	else
		print_named(c, "IPC_PRIVATE", 0);
	return true;
}

static void print_get_flags(struct call *c, unsigned v, uint16_t table, bool huge)
{
	enum { HUGE_SHIFT = 26, HUGE_MASK = 63 };
	unsigned log = huge ? v >> HUGE_SHIFT & HUGE_MASK : 0, flags = v & ~0777u;

	flags &= ~(log << HUGE_SHIFT);
	if (flags) {
		print_flags(c, flags, table);
		out_putc(c->out, '|');
	}
	if (log) {
		out_printf(c->out, "%u<<", log);
		print_named_dec(c, "SHM_HUGE_SHIFT", HUGE_SHIFT);
		out_putc(c->out, '|');
	}
	out_printf(c->out, "%#03o", v & 0777);
}

bool kind_ipc_get_flags(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_get_flags(c, (unsigned)arg_int(c, arg), FLAGS_IPC_GET, false);
	return true;
}

bool kind_shmget_flags(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_get_flags(c, (unsigned)arg_int(c, arg), FLAGS_SHMGET, true);
	return true;
}

/* i386 marks with IPC_64 that it means the structures of today. */
enum { IPC_64_BIT = 0x100 };

static bool print_cmd(struct call *c, unsigned arg, uint16_t table)
{
	unsigned cmd = (unsigned)arg_int(c, arg);

	if (cmd & IPC_64_BIT) {
		print_named(c, "IPC_64", IPC_64_BIT);
		out_putc(c->out, '|');
	}
	print_enum(c, cmd & ~(unsigned)IPC_64_BIT, table);
	return true;
}

bool kind_shmctl_cmd(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return print_cmd(c, arg, FLAGS_SHMCTL);
}

bool kind_semctl_cmd(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return print_cmd(c, arg, FLAGS_SEMCTL);
}

bool kind_msgctl_cmd(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return print_cmd(c, arg, FLAGS_MSGCTL);
}

/* struct ipc64_perm: key, uid, gid, cuid, cgid, mode, seq. */
static const struct field perm_fields[] = {
	{ "key", T_S32 },  { "uid", T_U32 },  { "gid", T_U32 },	   { "cuid", T_U32 },
	{ "cgid", T_U32 }, { "mode", T_U32 }, { NULL, T_U32 },	   { NULL, T_ULONG, .count = 2 },
	{ 0 },
};
/* i386's mode and seq have 16 bits each, with 16 unused behind each: the places are the same. */

static void print_perm(struct call *c, const char *name, const char *p, bool set)
{
	size_t n = fields_size(c, perm_fields);
	unsigned mode;

	out_printf(c->out, "{%s={uid=%d, gid=%d, mode=", name,
		   (int)fields_get(c, p, n, perm_fields, "uid"),
		   (int)fields_get(c, p, n, perm_fields, "gid"));
	mode = (unsigned)fields_get(c, p, n, perm_fields, "mode");
	print_mode(c, c->abi == ABI_I386 ? mode & 0xffff : mode, false);
	if (!set)
		out_printf(c->out, ", key=%u, cuid=%d, cgid=%d",
			   (unsigned)fields_get(c, p, n, perm_fields, "key"),
			   (int)fields_get(c, p, n, perm_fields, "cuid"),
			   (int)fields_get(c, p, n, perm_fields, "cgid"));
	out_putc(c->out, '}');
}

/* Times: a long, or on i386 its two halves; in what order the members are shown says `shown`. */
static const struct field shm_fields[] = {
	{ "perm", T_STRUCT, F_PAD, .sub = perm_fields },
	{ "shm_segsz", T_ULONG },
	{ "shm_atime", T_LONG },
	{ "shm_dtime", T_LONG },
	{ "shm_ctime", T_LONG },
	{ "shm_cpid", T_S32 },
	{ "shm_lpid", T_S32 },
	{ "shm_nattch", T_ULONG },
	{ NULL, T_ULONG, F_PAD, .count = 2 },
	{ 0 },
};
static const struct field shm_i386_fields[] = {
	{ "perm", T_STRUCT, F_PAD, .sub = perm_fields },
	{ "shm_segsz", T_ULONG },
	{ "shm_atime", T_LONG },
	{ NULL, T_LONG, F_PAD },
	{ "shm_dtime", T_LONG },
	{ NULL, T_LONG, F_PAD },
	{ "shm_ctime", T_LONG },
	{ NULL, T_LONG, F_PAD },
	{ "shm_cpid", T_S32 },
	{ "shm_lpid", T_S32 },
	{ "shm_nattch", T_ULONG },
	{ NULL, T_ULONG, F_PAD, .count = 2 },
	{ 0 },
};
static const char *const shm_shown[] = {
	"shm_segsz", "shm_cpid", "shm_lpid", "shm_nattch", "shm_atime", "shm_dtime", "shm_ctime", NULL,
};
/* x86 has a reserved word behind each time in both ABIs. */
static const struct field sem_fields[] = {
	{ "perm", T_STRUCT, F_PAD, .sub = perm_fields },
	{ "sem_otime", T_LONG },
	{ NULL, T_LONG, F_PAD },
	{ "sem_ctime", T_LONG },
	{ NULL, T_LONG, F_PAD },
	{ "sem_nsems", T_ULONG },
	{ NULL, T_ULONG, F_PAD, .count = 2 },
	{ 0 },
};
static const struct field sem_aarch64_fields[] = {
	{ "perm", T_STRUCT, F_PAD, .sub = perm_fields },
	{ "sem_otime", T_LONG },
	{ "sem_ctime", T_LONG },
	{ "sem_nsems", T_ULONG },
	{ NULL, T_ULONG, F_PAD, .count = 2 },
	{ 0 },
};
static const char *const sem_shown[] = { "sem_otime", "sem_ctime", "sem_nsems", NULL };
static const struct field msg_fields[] = {
	{ "perm", T_STRUCT, F_PAD, .sub = perm_fields },
	{ "msg_stime", T_LONG },
	{ "msg_rtime", T_LONG },
	{ "msg_ctime", T_LONG },
	{ "msg_cbytes", T_ULONG },
	{ "msg_qnum", T_ULONG },
	{ "msg_qbytes", T_ULONG },
	{ "msg_lspid", T_S32 },
	{ "msg_lrpid", T_S32 },
	{ NULL, T_ULONG, F_PAD, .count = 2 },
	{ 0 },
};
static const struct field msg_i386_fields[] = {
	{ "perm", T_STRUCT, F_PAD, .sub = perm_fields },
	{ "msg_stime", T_LONG },
	{ NULL, T_LONG, F_PAD },
	{ "msg_rtime", T_LONG },
	{ NULL, T_LONG, F_PAD },
	{ "msg_ctime", T_LONG },
	{ NULL, T_LONG, F_PAD },
	{ "msg_cbytes", T_ULONG },
	{ "msg_qnum", T_ULONG },
	{ "msg_qbytes", T_ULONG },
	{ "msg_lspid", T_S32 },
	{ "msg_lrpid", T_S32 },
	{ NULL, T_ULONG, F_PAD, .count = 2 },
	{ 0 },
};
static const char *const msg_shown[] = {
	"msg_stime", "msg_rtime", "msg_ctime", "msg_qnum", "msg_qbytes", "msg_lspid", "msg_lrpid", NULL,
};
static const char *const msg_set_shown[] = { "msg_qbytes", NULL };

static void print_ds(struct call *c, uint64_t addr, const struct field *f, const char *perm,
		     const char *const *shown, bool set)
{
	char buf[256];
	size_t n = fields_size(c, f);

	if (set ? !read_in(c, addr, buf, n) : !read_or_addr(c, addr, buf, n))
		return;
	print_perm(c, perm, buf, set);
	for (; shown && *shown; shown++) {
		int64_t v = fields_get(c, buf, n, f, *shown);

		out_printf(c->out, ", %s=", *shown);
		if (strstr(*shown, "pid"))
			print_pid(c, (pid_t)v);
		else
			out_udec(c->out, word_size(c) == 4 ? (uint32_t)v : (uint64_t)v);
	}
	out_putc(c->out, '}');
}

static const struct field shminfo_fields[] = {
	{ "shmmax", T_ULONG }, { "shmmin", T_ULONG }, { "shmmni", T_ULONG }, { "shmseg", T_ULONG },
	{ "shmall", T_ULONG }, { 0 },
};
static const struct field shm_info_fields[] = {
	{ "used_ids", T_S32 }, { "shm_tot", T_ULONG }, { "shm_rss", T_ULONG }, { "shm_swp", T_ULONG },
	{ "swap_attempts", T_ULONG }, { "swap_successes", T_ULONG }, { 0 },
};
static const struct field seminfo_fields[] = {
	{ "semmap", T_S32 }, { "semmni", T_S32 }, { "semmns", T_S32 }, { "semmnu", T_S32 },
	{ "semmsl", T_S32 }, { "semopm", T_S32 }, { "semume", T_S32 }, { "semusz", T_S32 },
	{ "semvmx", T_S32 }, { "semaem", T_S32 }, { 0 },
};
static const struct field msginfo_fields[] = {
	{ "msgpool", T_S32 }, { "msgmap", T_S32 }, { "msgmax", T_S32 }, { "msgmnb", T_S32 },
	{ "msgmni", T_S32 }, { "msgssz", T_S32 }, { "msgtql", T_S32 }, { "msgseg", T_U16 }, { 0 },
};

enum { IPC_INFO_CMD = 3, MSG_STAT_CMD = 11, MSG_INFO_CMD, SHM_STAT_CMD, SHM_INFO_CMD, SHM_STAT_ANY_CMD };
enum { MSG_STAT_ANY_CMD = 13, SEM_STAT_CMD = 18, SEM_INFO_CMD, SEM_STAT_ANY_CMD };

/* By way of ipc(2) and without IPC_64, i386 means structures of which the first Linux had the layout. */
static bool is_ancient(const struct call *c, unsigned cmd)
{
	return c->unwrapped && !(cmd & IPC_64_BIT);
}

/* What semctl, shmctl and msgctl differ in: the structure of the object and its members that are shown, and what the
 * commands of their own fill in. */
struct ipc_kind {
	const struct field *fields;
	const char *perm;
	const char *const *set_shown, *const *stat_shown;
	unsigned stat, stat_any, info;
	const struct field *limits, *usage; /* of IPC_INFO and of `info` */
};

static bool print_control(struct call *c, unsigned arg, unsigned cmd, const struct ipc_kind *k)
{
	uint64_t addr = arg_ulong(c, arg);
	unsigned plain = cmd & ~(unsigned)IPC_64_BIT;

	if (is_ancient(c, cmd)) {
		print_addr(c, addr);
		return true;
	}
	if (plain == IPC_SET) {
		print_ds(c, addr, k->fields, k->perm, k->set_shown, true);
		return true;
	}
	if (plain == IPC_STAT || plain == k->stat || plain == k->stat_any) {
		if (!c->exiting)
			return false;
		print_ds(c, addr, k->fields, k->perm, k->stat_shown, false);
		return true;
	}
	if (plain == IPC_INFO_CMD)
		return fields_out(c, arg, k->limits);
	if (plain == k->info)
		return fields_out(c, arg, k->usage);
	print_addr(c, addr);
	return true;
}

bool kind_shmctl_buf(struct call *c, unsigned arg, uint16_t param)
{
	const struct ipc_kind shm = { c->abi == ABI_I386 ? shm_i386_fields : shm_fields, "shm_perm", NULL, shm_shown,
				      SHM_STAT_CMD, SHM_STAT_ANY_CMD, SHM_INFO_CMD, shminfo_fields, shm_info_fields };

	(void)param;
	return print_control(c, arg, (unsigned)arg_int(c, 1), &shm);
}

bool kind_semctl_arg(struct call *c, unsigned arg, uint16_t param)
{
	const struct ipc_kind sem = { c->abi == ABI_AARCH64 ? sem_aarch64_fields : sem_fields, "sem_perm", NULL, sem_shown,
				      SEM_STAT_CMD, SEM_STAT_ANY_CMD, SEM_INFO_CMD, seminfo_fields, seminfo_fields };

	(void)param;
	return print_control(c, arg, (unsigned)arg_int(c, 2), &sem);
}

bool kind_msgctl_buf(struct call *c, unsigned arg, uint16_t param)
{
	const struct ipc_kind msg = { c->abi == ABI_I386 ? msg_i386_fields : msg_fields, "msg_perm", msg_set_shown, msg_shown,
				      MSG_STAT_CMD, MSG_STAT_ANY_CMD, MSG_INFO_CMD, msginfo_fields, msginfo_fields };

	(void)param;
	return print_control(c, arg, (unsigned)arg_int(c, 1), &msg);
}

static const struct field sembuf_fields[] = {
	{ "sem_num", T_U16 }, { "sem_op", T_S16 }, { "sem_flg", T_U16, F_FLAGS, FLAGS_SEMOP }, { 0 },
};

bool kind_sembuf(struct call *c, unsigned arg, uint16_t param)
{
	fields_array(c, arg_ulong(c, arg), arg_length(c, param), true, sembuf_fields);
	return true;
}

static void print_message(struct call *c, uint64_t addr, uint64_t n)
{
	uint64_t type, text;

	/* As strace, which reads the whole of a struct msgbuf: it is two words long but in i386's way to look at it. */
	if (!addr || !call_verbose(c) || !read_word(c, addr, &type) ||
	    (word_size(c) == 8 && !read_word(c, addr + 8, &text))) {
		print_addr(c, addr);
		return;
	}
	out_printf(c->out, "{mtype=%" PRId64 ", mtext=",
		   word_size(c) == 4 ? (int64_t)(int32_t)type : (int64_t)type);
	print_buffer(c, addr + word_size(c), n);
	out_putc(c->out, '}');
}

bool kind_msgbuf(struct call *c, unsigned arg, uint16_t param)
{
	print_message(c, arg_ulong(c, arg), arg_length(c, param));
	return true;
}

bool kind_omsgbuf(struct call *c, unsigned arg, uint16_t param)
{
	bool done;

	if (!filled_in(c, arg, &done))
		return done;
	print_message(c, arg_ulong(c, arg), arg_length(c, param));
	return true;
}

/* A new queue has no flags but those of its descriptor. */
static void show_mq_flags(struct call *c, const void *p, const void *all)
{
	uint64_t v = (uint64_t)field_load(c, T_ULONG, p);

	(void)all;
	if (!strcmp(c->row->name, "mq_open"))
		out_hexnum(c->out, v);
	else
		print_flags(c, v, FLAGS_MQ_ATTR);
}

static const struct field mq_attr_fields[] = {
	{ "mq_flags", T_LONG, F_SHOW, .show = show_mq_flags },
	{ "mq_maxmsg", T_LONG },
	{ "mq_msgsize", T_LONG },
	{ "mq_curmsgs", T_LONG },
	{ NULL, T_LONG, F_PAD, .count = 4 },
	{ 0 },
};

/* mq_open takes it only where it creates a queue. */
bool kind_mq_attr(struct call *c, unsigned arg, uint16_t param)
{
	enum { O_CREAT_BIT = 0100 };

	(void)param;
	if (arg == 3 && !(arg_ulong(c, 1) & O_CREAT_BIT))
		return true;
	return fields_in(c, arg, mq_attr_fields);
}

bool kind_omq_attr(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, mq_attr_fields);
}
