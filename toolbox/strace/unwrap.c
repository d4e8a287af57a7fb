/* SPDX-License-Identifier: GPL-2.0-only
 * socketcall(2) and ipc(2), through which i386 programs of the older kind make the calls of sockets
 * and System V IPC: what is meant stands in the arguments, partly in memory. Sources: net/socket.c
 * and ipc/syscall.c of the kernel.
 */
#include "tables.h"

#include "toolbox/lib/base.h"

#include <string.h>

static const char *const socket_calls[] = {
	NULL,	       "socket",     "bind",	"connect", "listen",  "accept",	  "getsockname",
	"getpeername", "socketpair", "send",	"recv",	   "sendto",  "recvfrom", "shutdown",
	"setsockopt",  "getsockopt", "sendmsg", "recvmsg", "accept4", "recvmmsg", "sendmmsg",
};

enum { IPC_SEMOP = 1, IPC_SEMCTL = 3, IPC_MSGRCV = 12, IPC_SHMAT = 21, IPC_ARGS = 5 };

/* Which of ipc's arguments (call, first, second, third, ptr, fifth) the call that is meant gets, in
 * its order. */
static const struct {
	const char *name;
	uint8_t args[4];
} ipc_calls[] = {
	[IPC_SEMOP] = { "semop", { 1, 4, 2 } },
	[2] = { "semget", { 1, 2, 3 } },
	[IPC_SEMCTL] = { "semctl", { 1, 2, 3, 4 } },
	[4] = { "semtimedop", { 1, 4, 2, 5 } },
	[11] = { "msgsnd", { 1, 4, 2, 3 } },
	[IPC_MSGRCV] = { "msgrcv", { 1, 4, 2, 5 } },
	[13] = { "msgget", { 1, 2 } },
	[14] = { "msgctl", { 1, 2, 4 } },
	[IPC_SHMAT] = { "shmat", { 1, 4, 2, 3 } },
	[22] = { "shmdt", { 4 } },
	[23] = { "shmget", { 1, 2, 3 } },
	[24] = { "shmctl", { 1, 2, 4 } },
};

static const struct call_row *row_of(const char *name)
{
	return tables_names[decode_find(name)];
}

static void unwrap_socketcall(struct call *c)
{
	uint32_t v[6];
	uint64_t call = arg_ulong(c, 0);
	const struct call_row *row;

	if (call >= countof(socket_calls) || !socket_calls[call])
		return;
	row = row_of(socket_calls[call]);
	if (!mem_read(c, arg_ulong(c, 1), v, sizeof(v[0]) * row->n_args))
		return;
	for (unsigned i = 0; i < row->n_args; i++)
		c->args[i] = v[i];
	c->row = row;
}

static void unwrap_ipc(struct call *c)
{
	/* The upper half is the version of the interface. */
	unsigned call = (unsigned)arg_int(c, 0) & 0xffff, version = (unsigned)arg_int(c, 0) >> 16;
	uint64_t in[6];
	uint32_t kludge[2], word;
	const struct call_row *row;

	if (call >= countof(ipc_calls) || !ipc_calls[call].name)
		return;
	memcpy(in, c->args, sizeof(in));
	if (call == IPC_MSGRCV && !version) {
		if (!mem_read(c, arg_ulong(c, 4), kludge, sizeof(kludge)))
			return;
		in[4] = kludge[0];
		in[5] = kludge[1];
	}
	if (call == IPC_SEMCTL && mem_read(c, arg_ulong(c, 4), &word, sizeof(word)))
		in[4] = word;
	row = row_of(ipc_calls[call].name);
	for (unsigned i = 0; i < countof(ipc_calls[call].args); i++)
		c->args[i] = in[ipc_calls[call].args[i]];
	if (call == IPC_MSGRCV)
		c->args[4] = in[3];
	c->row = row;
}

void decode_unwrap(struct call *c)
{
	const struct call_row *row = c->row;

	if (c->abi != ABI_I386)
		return;
	if (!strcmp(row->name, "socketcall"))
		unwrap_socketcall(c);
	else if (!strcmp(row->name, "ipc"))
		unwrap_ipc(c);
	c->unwrapped = c->row != row;
}

/* shmat's address comes back in memory, where its fourth argument, which the call itself lacks,
 * points. */
void decode_unwrap_exit(struct call *c)
{
	uint32_t word;

	if (c->unwrapped && !c->error && !strcmp(c->row->name, "shmat") &&
	    mem_read(c, arg_ulong(c, 3), &word, sizeof(word)))
		c->ret = word;
}
