/* SPDX-License-Identifier: GPL-2.0-only
 * The library functions of leaves against the evaluator, on random arguments: the same source compiled for the host (under the
 * sanitizers), and what the kernel makes of it, must give the evaluator's answers, faults and memory.
 */
#include "kernlib.h"

#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "bpf/lang/eval_state.h"
#include "bpf/run/agg.h"

#define SIZE	     65536
#define STATE	     4096
#define STRTOK	     4224
#define SCRATCH	     8192
#define SCRATCH_SIZE 8192
#define SLOTS	     20480
#define NSLOTS	     6 /* four arguments, the result, and the library's own */
#define RESULT	     4
#define ROUNDS	     300
#define USED_MAX     512

/* What the functions are compiled against here. */
struct lib_host {
	uint64_t limit, strsize, state, alloc, alloc_size, text;
	char *element;
};
extern struct lib_host lib_host;
struct lib_host lib_host;
uint64_t bpf_probe_read_user(void *dst, uint32_t size, uint64_t address);
int64_t bpf_probe_read_user_str(void *dst, uint32_t size, uint64_t address);
int64_t bpf_probe_write_user(uint64_t address, const void *src, uint32_t size);
uint64_t bpf_get_current_task(void);
int64_t bpf_probe_read_kernel(void *dst, uint32_t size, uint64_t address);
int64_t bpf_probe_read_kernel_str(void *dst, uint32_t size, uint64_t address);

#define ARGS_1 uint64_t
#define ARGS_2 uint64_t, uint64_t
#define ARGS_3 uint64_t, uint64_t, uint64_t
#define ARGS_4 uint64_t, uint64_t, uint64_t, uint64_t
#define ARGS_5 uint64_t, uint64_t, uint64_t, uint64_t, uint64_t
#define LIB_FUNC(name, nargs, faults) uint64_t lib_##name(ARGS_##nargs);
#include "bpf/kern/lib.def"
#undef LIB_FUNC

/* Called with as many arguments as it has. */
#define CALL_1(name) lib_##name(a[0])
#define CALL_2(name) lib_##name(a[0], a[1])
#define CALL_3(name) lib_##name(a[0], a[1], a[2])
#define CALL_4(name) lib_##name(a[0], a[1], a[2], a[3])
#define CALL_5(name) lib_##name(a[0], a[1], a[2], a[3], a[4])
static uint64_t host_call(enum link_func f, const uint64_t a[5])
{
	switch (f) {
#define LIB_FUNC(name, nargs, faults) case LINK_##name: return CALL_##nargs(name);
#include "bpf/kern/lib.def"
#undef LIB_FUNC
	default: return 0;
	}
}

/* Memory of a task: four pages, of which the third is not there. */
static unsigned char *pages;
#define PAGE 4096

uint64_t bpf_probe_read_user(void *dst, uint32_t size, uint64_t address)
{
	struct iovec to = {dst, size}, from = {(void *)(uintptr_t)address, size};

	if (size == 0 || process_vm_readv(getpid(), &to, 1, &from, 1, 0) == (ssize_t)size)
		return 0;
	memset(dst, 0, size);
	return (uint64_t)-EFAULT;
}

int64_t bpf_probe_read_user_str(void *dst, uint32_t size, uint64_t address)
{
	char *s = dst;

	for (uint32_t i = 0; i < size; i++) {
		if (bpf_probe_read_user(s + i, 1, address + i))
			return -EFAULT;
		if (s[i] == '\0')
			return i + 1;
	}
	s[size - 1] = '\0';
	return size;
}

int64_t bpf_probe_write_user(uint64_t address, const void *src, uint32_t size)
{
	struct iovec from = {(void *)(uintptr_t)src, size}, to = {(void *)(uintptr_t)address, size};

	return process_vm_writev(getpid(), &from, 1, &to, 1, 0) == (ssize_t)size ? 0 : -EFAULT;
}

/* The host's "kernel" is memory of this test: struct kernel below. */
static uint64_t the_task;
uint64_t bpf_get_current_task(void)
{
	return the_task;
}

int64_t bpf_probe_read_kernel(void *dst, uint32_t size, uint64_t address)
{
	return (int64_t)bpf_probe_read_user(dst, size, address);
}

int64_t bpf_probe_read_kernel_str(void *dst, uint32_t size, uint64_t address)
{
	return bpf_probe_read_user_str(dst, size, address);
}

/* What the evaluator calls is musl's in dtrace, which shortens other zeros than glibc's where two runs of them are as long: the
 * longest stretch of the whole text that "::" can stand for, the first of several. */
const char *inet_ntop(int family, const void *address, char *restrict buf, socklen_t size)
{
	const unsigned char *b = address;
	char text[64], *at = text, *best = NULL;
	size_t longest = 3;

	if (family == AF_INET) {
		snprintf(buf, size, "%d.%d.%d.%d", b[0], b[1], b[2], b[3]);
		return buf;
	}
	for (int i = 0; i < 8; i++) {
		if (i == 6 && memcmp(b, "\0\0\0\0\0\0\0\0\0\0\377\377", 12) == 0) {
			sprintf(at, ":%d.%d.%d.%d", b[12], b[13], b[14], b[15]);
			break;
		}
		at += sprintf(at, "%s%x", i ? ":" : "", b[2 * i] << 8 | b[2 * i + 1]);
	}
	for (at = text; *at; at++) {
		size_t n = at == text || *at == ':' ? strspn(at, ":0") : 0;

		if (n > longest) {
			longest = n;
			best = at;
		}
	}
	if (best)
		snprintf(buf, size, "%.*s::%s", (int)(best - text), text, best + longest);
	else
		snprintf(buf, size, "%s", text);
	return buf;
}

static enum ir_fault env_copyin(void *cookie, uint64_t address, void *buf, size_t size, size_t *done)
{
	(void)cookie;
	for (*done = 0; *done < size; ++*done)
		if (bpf_probe_read_user((char *)buf + *done, 1, address + *done))
			return IR_FAULT_BADADDR;
	return IR_FAULT_NONE;
}

static enum ir_fault env_copyout(void *cookie, uint64_t address, const void *buf, size_t size)
{
	(void)cookie;
	return bpf_probe_write_user(address, buf, (uint32_t)size) ? IR_FAULT_BADADDR : IR_FAULT_NONE;
}

/* All that a round needs. */
struct sides {
	uint32_t strsize, slot;
	struct kernlib kernel;
	bool has_kernel;
	char *host; /* the element */
	struct eval e;
	struct ir_program p;
	struct ir_clause c;
	struct ir_arg args[4];
	struct ir_ins ins;
	uint32_t slotsizes[NSLOTS], slot_at[NSLOTS];
	int64_t regs[8];
};

static uint64_t slot(const struct sides *s, unsigned n)
{
	return SLOTS + n * s->slot;
}

static void sides_open(struct sides *s, uint32_t strsize)
{
	struct link_values v = {.size = SIZE, .strsize = strsize, .state = STATE, .scratch = SCRATCH, .scratch_size = SCRATCH_SIZE};

	*s = (struct sides){.strsize = strsize, .slot = LIB_TEXT(strsize)};
	v.text = (uint32_t)slot(s, NSLOTS - 1);
	s->has_kernel = kernlib_open(&s->kernel, &v);
	s->host = calloc(1, SIZE);
	lib_host = (struct lib_host){SIZE - LIB_SLACK(strsize), strsize, STATE, SCRATCH, SCRATCH_SIZE, v.text, s->host};
	for (unsigned i = 0; i < NSLOTS; i++)
		s->slot_at[i] = i * s->slot;
	s->p = (struct ir_program){.strsize = strsize, .args = s->args, .slotsizes = s->slotsizes};
	s->e = (struct eval){.p = &s->p, .c = &s->c, .regs = s->regs, .slots = calloc(NSLOTS, s->slot), .slot_at = s->slot_at,
			     .scratch = calloc(1, IR_SCRATCH_MAX), .text = calloc(2, strsize), .now = &s->e.level[0],
			     .o = {.destructive = true}, .env = {.copyin = env_copyin, .copyout = env_copyout}};
	s->e.level[0].strtok = calloc(1, strsize);
}

static void sides_close(struct sides *s)
{
	if (s->has_kernel)
		kernlib_close(&s->kernel);
	free(s->host);
	free(s->e.slots);
	free(s->e.scratch);
	free(s->e.text);
	free(s->e.level[0].strtok);
}

static uint32_t random_below(uint32_t n)
{
	static uint64_t x = 88172645463325252u;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return (uint32_t)(x >> 32) % n;
}

/* A string of few different characters, so that things are found; often short, sometimes as long as it can be. */
static void random_string(char *to, uint32_t strsize, const char *alphabet)
{
	uint32_t max = random_below(3) ? (strsize - 1 < 12 ? strsize - 1 : 12) : strsize - 1, n = random_below(max + 1);

	if (random_below(20) == 0)
		n = strsize - 1;
	for (uint32_t i = 0; i < n; i++)
		to[i] = alphabet[random_below((uint32_t)strlen(alphabet))];
	to[n] = '\0';
}

/* Text that is JSON, more or less. */
static void random_json(char *to, uint32_t strsize)
{
	static const char *const pieces[] = {"{", "}", "[", "]", "{\"a\":", "\"a\":", "\"b\"", ",", ":", "1", "\"x\"", " ", "true", "\\",
					     "\"", "{\"a\":1,\"b\":[1,2,{\"a\":\"q\\\"r\"}]}", "[1,[2,3],4]", "\n", "-1.5e3"};
	uint32_t len = 0, n = random_below(10);

	to[0] = '\0';
	for (uint32_t i = 0; i < n; i++) {
		const char *piece = pieces[random_below(sizeof(pieces) / sizeof(pieces[0]))];

		if (len + strlen(piece) >= strsize)
			break;
		strcpy(to + len, piece);
		len += (uint32_t)strlen(piece);
	}
}

static const char *alphabet_of(enum ir_func f, unsigned n)
{
	switch (f) {
	case IR_FUNC_BASENAME: case IR_FUNC_DIRNAME: case IR_FUNC_CLEANPATH: return "/.a/.";
	case IR_FUNC_STRTOLL: return random_below(2) ? "0123456789" : " -+0x19afzZ\t";
	case IR_FUNC_STRTOK: return n ? " ,\377" : "ab ,,\377c";
	case IR_FUNC_JSON: return ".[]ab0123";
	case IR_FUNC_TOLOWER: case IR_FUNC_TOUPPER: return "aAzZ@[`{09\200\301\341\377m";
	default: return random_below(2) ? "ab" : "abc\200\377";
	}
}

static int64_t random_number(const struct sides *s, enum ir_func f, unsigned n)
{
	static const int64_t special[] = {0, 1, -1, INT64_MAX, INT64_MIN, 255, 256, UINT32_MAX, 4096, -4096, 35, 36, 37};
	uint64_t scratch = IR_SCRATCH_BASE + random_below(USED_MAX + 40);

	switch (f) {
	case IR_FUNC_STRCHR: case IR_FUNC_STRRCHR:
		return "abc\200\377"[random_below(6)];
	case IR_FUNC_LLTOSTR: case IR_FUNC_STRTOLL:
		if (n == 1 && random_below(8))
			return 2 + random_below(35);
		break;
	case IR_FUNC_INET_NTOP:
		if (n == 0)
			return random_below(5) ? (random_below(2) ? 2 : 10) : random_below(20);
		return (int64_t)scratch;
	case IR_FUNC_LINK_NTOP:
		if (n == 0)
			return random_below(5) ? (random_below(2) ? 1 : 32) : random_below(40);
		return (int64_t)scratch;
	case IR_FUNC_INET_NTOA: case IR_FUNC_INET_NTOA6:
		return (int64_t)scratch;
	case IR_FUNC_ALLOCA:
		return random_below(8) ? (int64_t)random_below(1000) : INT64_C(2) << 20;
	case IR_FUNC_BCOPY:
		return n < 2 ? (int64_t)scratch : (int64_t)random_below(USED_MAX);
	case IR_FUNC_COPYIN: case IR_FUNC_COPYINSTR: case IR_FUNC_COPYINTO:
		if (n == 0)
			return random_below(10) ? (int64_t)(uintptr_t)pages + 2 * PAGE - random_below(700) : (int64_t)random_below(2) * -1;
		return n == 2 ? (int64_t)scratch : (int64_t)random_below(s->strsize * 2 + 300);
	case IR_FUNC_COPYOUT:
		return n == 0 ? (int64_t)scratch : n == 1 ? (int64_t)(uintptr_t)pages + PAGE + random_below(300) : (int64_t)random_below(200);
	case IR_FUNC_COPYOUTSTR:
		return n == 1 ? (int64_t)(uintptr_t)pages + PAGE + random_below(300) : (int64_t)random_below(s->strsize + 10);
	default:
		break;
	}
	return random_below(3) ? (int64_t)random_below(s->strsize + 20) - 10 : special[random_below(sizeof(special) / sizeof(special[0]))];
}

/* The arguments for both: strings in their slots, numbers in registers. */
static void prepare(struct sides *s, enum ir_func f, const struct ir_signature *sig, unsigned nargs, uint64_t out[5])
{
	struct link_d l = link_d_func(f);
	unsigned n = 0;

	out[n++] = 0;
	if (sig->result == 's')
		out[n++] = slot(s, RESULT);
	for (unsigned i = 0; i < nargs; i++) {
		if (sig->args[i] == 's') {
			char *to = (char *)s->e.slots + s->slot_at[i];

			memset(to, 0x5a, s->slot);
			if (f == IR_FUNC_JSON && i == 0)
				random_json(to, s->strsize);
			else
				random_string(to, s->strsize, alphabet_of(f, i));
			memcpy(s->host + slot(s, i), to, s->slot);
			s->args[i] = (struct ir_arg){IR_ARG_SLOT, (uint16_t)i};
			out[n++] = slot(s, i);
		} else {
			s->regs[i] = random_number(s, f, i);
			s->args[i] = (struct ir_arg){IR_ARG_REG, (uint16_t)i};
			out[n++] = (uint64_t)s->regs[i];
		}
	}
	if (n < link_shapes[l.func].nargs)
		out[n++] = (uint64_t)l.absent;
	/* The result may be one of the arguments. */
	s->ins = (struct ir_ins){.op = IR_CALL, .imm = f, .nargs = nargs, .d = sig->result == 's' ? RESULT : 7};
	if (sig->result == 's' && nargs && sig->args[0] == 's' && random_below(4) == 0) {
		unsigned which = nargs > 1 && sig->args[1] == 's' ? random_below(2) : 0;

		s->ins.d = (uint16_t)which;
		out[1] = slot(s, which);
	}
}

static struct lib_state *state_in(void *element)
{
	return (struct lib_state *)(void *)((char *)element + STATE);
}

/* Memory that differs from any answer, and the same scratch memory on all sides. */
static void fill(struct sides *s)
{
	s->e.scratch_used = random_below(USED_MAX / 8) * 8;
	s->e.scratch_dirty = IR_SCRATCH_MAX;
	for (unsigned i = 0; i < SCRATCH_SIZE; i++)
		s->e.scratch[i] = random_below(3) ? 0 : (unsigned char)random_below(256);
	if (random_below(4) == 0) /* an IPv4 address in one of IPv6 somewhere */
		memcpy(s->e.scratch + random_below(100), "\0\0\0\0\0\0\0\0\0\0\377\377\1\2\3", 16);
	memcpy(s->host + SCRATCH, s->e.scratch, SCRATCH_SIZE);
	memset(state_in(s->host), 0, sizeof(struct lib_state));
	state_in(s->host)->used = s->e.scratch_used;
}

static void compare(struct sides *s, enum ir_func f, const struct ir_signature *sig, const char *who, const char *element, uint64_t got,
		    enum ir_fault fault)
{
	enum link_func lib = link_d_func(f).func;
	const struct lib_state *state = state_in((void *)(uintptr_t)element);
	const char *want = (const char *)s->e.slots + s->slot_at[s->ins.d < NSLOTS ? s->ins.d : 0], *at = element + slot(s, s->ins.d);

	if (link_shapes[lib].faults && got != (uint64_t)fault)
		fail_msg("%s, %s: fault %d, wanted %d", link_shapes[lib].name, who, (int)got, fault);
	if (fault == IR_FAULT_BADADDR && state->address != s->e.fault_address)
		fail_msg("%s, %s: fault at %llx, wanted %llx", link_shapes[lib].name, who, (long long)state->address, (long long)s->e.fault_address);
	if (fault != IR_FAULT_NONE)
		return;
	if (sig->result == 's' && strcmp(at, want) != 0)
		fail_msg("%s, %s, strsize %u: `%s', wanted `%s', of `%s', `%s', %lld, %lld, %lld", link_shapes[lib].name, who, s->strsize, at, want,
			 s->e.slots + s->slot_at[0], s->e.slots + s->slot_at[1], (long long)s->regs[0], (long long)s->regs[1],
			 (long long)s->regs[2]);
	if (sig->result == 'i' && (link_shapes[lib].faults ? state->result : got) != (uint64_t)s->regs[7])
		fail_msg("%s, %s, strsize %u: %lld, wanted %lld, of `%s', `%s', %lld, %lld, %lld", link_shapes[lib].name, who, s->strsize,
			 (long long)(link_shapes[lib].faults ? state->result : got), (long long)s->regs[7], s->e.slots + s->slot_at[0],
			 s->e.slots + s->slot_at[1], (long long)s->regs[0], (long long)s->regs[1], (long long)s->regs[2]);
	if (state->used != s->e.scratch_used || memcmp(element + SCRATCH, s->e.scratch, s->e.scratch_used) != 0)
		fail_msg("%s, %s: scratch memory differs", link_shapes[lib].name, who);
}

static void one_round(struct sides *s, enum ir_func f)
{
	struct ir_signature sig = ir_func_signature(f);
	unsigned most = (unsigned)strlen(sig.args), nargs = sig.least + random_below(most - sig.least + 1);
	enum link_func lib = link_d_func(f).func;
	uint64_t args[5] = {0}, got;
	enum ir_fault fault;

	fill(s);
	prepare(s, f, &sig, nargs, args);
	if (f == IR_FUNC_STRTOK) {
		args[4] = STRTOK;
		if (random_below(3)) { /* goes on */
			args[2] = 0;
			s->args[0] = (struct ir_arg){IR_ARG_REG, 0};
			s->regs[0] = 0;
		}
	}
	if (s->has_kernel)
		memcpy(s->kernel.element, s->host, SIZE);
	fault = eval_call(&s->e, &s->ins);
	got = host_call(lib, args);
	compare(s, f, &sig, "host", s->host, got, fault);
	if (!s->has_kernel || sig.destructive)
		return;
	got = kernlib_call(&s->kernel, lib, args + 1);
	compare(s, f, &sig, "kernel", (const char *)s->kernel.element, got, fault);
}

static const uint32_t strsizes[] = {8, 64, 256};

static void functions_of_d_answer_as_the_evaluator(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(strsizes) / sizeof(strsizes[0]); i++) {
		struct sides s;

		sides_open(&s, strsizes[i]);
		for (unsigned f = 0; f < IR_FUNC_COUNT; f++) {
			struct link_d l = link_d_func((enum ir_func)f);

			if (!l.served || f == IR_FUNC_PROGENYOF || f == IR_FUNC_FDNUM || f == IR_FUNC_FDSTR)
				continue; /* of a task: below */
			if (s.has_kernel && !ir_func_signature(f).destructive && kernlib_load(&s.kernel, l.func) < 0)
				fail_msg("%s: the kernel refuses it", link_shapes[l.func].name);
			for (int round = 0; round < ROUNDS; round++)
				one_round(&s, (enum ir_func)f);
		}
		sides_close(&s);
	}
}

/* Both sides of a function of bytes; the kernel's element and the host's must be the same afterwards. */
static uint64_t both(struct sides *s, enum link_func f, const uint64_t args[5])
{
	bool element = f != LINK_quantize && f != LINK_lquantize && f != LINK_llquantize && f != LINK_square_high;
	uint64_t got, kernel;

	if (s->has_kernel)
		memcpy(s->kernel.element, s->host, SIZE);
	got = host_call(f, args);
	if (!s->has_kernel || !element)
		return got;
	if (!s->kernel.prog[f] && kernlib_load(&s->kernel, f) < 0)
		fail_msg("%s: the kernel refuses it", link_shapes[f].name);
	kernel = kernlib_call(&s->kernel, f, args + 1);
	if (got != kernel)
		fail_msg("%s: %lld, but in the kernel %lld", link_shapes[f].name, (long long)got, (long long)kernel);
	if (memcmp(s->host + 8, s->kernel.element + 8, SIZE - 8) != 0)
		fail_msg("%s: leaves other bytes in the kernel", link_shapes[f].name);
	return got;
}

static void bytes_move_as_they_should(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof(strsizes) / sizeof(strsizes[0]); n++) {
		struct sides s;
		char *want = malloc(SIZE), *a, *b, *d;

		sides_open(&s, strsizes[n]);
		a = s.host + slot(&s, 0);
		b = s.host + slot(&s, 1);
		d = s.host + slot(&s, 2);
		for (int round = 0; round < ROUNDS; round++) {
			uint32_t len = random_below(s.strsize * 2 + 600), from = SCRATCH + random_below(2000), to = SCRATCH + random_below(2000),
				 cut = random_below(s.strsize + 8);
			struct rec_writer w = {.buf = (unsigned char *)want, .max = SIZE};
			uint64_t got;

			for (unsigned i = 0; i < SIZE; i++)
				s.host[i] = (char)random_below(256);
			random_string(a, s.strsize, "ab");
			random_string(b, s.strsize, "ab\377");
			if (random_below(3) == 0)
				strcpy(b, a);
			got = both(&s, LINK_strcmp, (uint64_t[5]){0, slot(&s, 0), slot(&s, 1)});
			assert_int_equal((int64_t)got, strcmp(a, b) < 0 ? -1 : strcmp(a, b) > 0);
			assert_int_equal(both(&s, LINK_strlen, (uint64_t[5]){0, slot(&s, 0)}), strlen(a));
			assert_int_equal(both(&s, LINK_strmov, (uint64_t[5]){0, slot(&s, 2), slot(&s, 0)}), strlen(a));
			assert_string_equal(d, a);

			memcpy(want, s.host, SIZE);
			memmove(want + to, want + from, len);
			both(&s, LINK_copy, (uint64_t[5]){0, to, from, len});
			assert_memory_equal(s.host + 8, want + 8, SIZE - 8);

			memset(want + to, 0, len);
			both(&s, LINK_zero, (uint64_t[5]){0, to, len});
			assert_memory_equal(s.host + 8, want + 8, SIZE - 8);

			strncpy(want + to, a, cut);
			both(&s, LINK_strput, (uint64_t[5]){0, to, slot(&s, 0), cut});
			assert_memory_equal(s.host + 8, want + 8, SIZE - 8);

			s.host[from + random_below(20)] = '\0';
			memcpy(want, s.host, SIZE);
			got = strnlen(s.host + from, cut < s.strsize - 1 ? cut : s.strsize - 1);
			memcpy(want + slot(&s, 3), s.host + from, got);
			want[slot(&s, 3) + got] = '\0';
			assert_int_equal(both(&s, LINK_strget, (uint64_t[5]){0, slot(&s, 3), from, cut}), got);
			assert_memory_equal(s.host + 8, want + 8, SIZE - 8);

			to &= ~7u;
			memcpy(want, s.host, SIZE);
			w.len = to;
			rec_put_bytes(&w, a, strlen(a));
			got = w.len - to;
			if (cut > got)
				memset(want + w.len, 0, cut - got);
			assert_int_equal(both(&s, LINK_rec, (uint64_t[5]){0, to, slot(&s, 0), cut}), got);
			assert_memory_equal(s.host + 8, want + 8, SIZE - 8);
			w.len = to;
			rec_put_bytes(&w, want + SLOTS, len);
			assert_int_equal(both(&s, LINK_recbytes, (uint64_t[5]){0, to, SLOTS, len}), w.len - to);
			assert_memory_equal(s.host + 8, want + 8, SIZE - 8);
		}
		free(want);
		sides_close(&s);
	}
}

static void values_find_their_buckets(void **state)
{
	static const struct ir_aggregation aggs[] = {
		{.func = IR_AGG_QUANTIZE}, {.func = IR_AGG_LQUANTIZE, .param = {0, 100, 10}}, {.func = IR_AGG_LQUANTIZE, .param = {-7, 60, 3}},
		{.func = IR_AGG_LQUANTIZE, .param = {INT32_MIN, INT32_MAX, 65536}}, {.func = IR_AGG_LLQUANTIZE, .param = {10, 0, 6, 20}},
		{.func = IR_AGG_LLQUANTIZE, .param = {2, 3, 10, 8}}, {.func = IR_AGG_LLQUANTIZE, .param = {10, 3, 17, 10}},
	};

	(void)state;
	for (int round = 0; round < 20000; round++) {
		int64_t value = (int64_t)((uint64_t)random_below(UINT32_MAX) << 32 | random_below(UINT32_MAX)) >> random_below(64);
		unsigned __int128 square = (unsigned __int128)((__int128)value * value);

		if (random_below(100) == 0)
			value = random_below(2) ? INT64_MIN : INT64_MAX;
		square = (unsigned __int128)((__int128)value * value);
		assert_int_equal(lib_square_high((uint64_t)value), (uint64_t)(square >> 64));
		for (size_t i = 0; i < sizeof(aggs) / sizeof(aggs[0]); i++) {
			const struct ir_aggregation *a = &aggs[i];
			const uint64_t *p = (const uint64_t *)a->param;
			uint64_t got = a->func == IR_AGG_QUANTIZE    ? lib_quantize((uint64_t)value)
				       : a->func == IR_AGG_LQUANTIZE ? lib_lquantize((uint64_t)value, p[0], p[2], ir_agg_buckets(a) - 1)
								     : lib_llquantize((uint64_t)value, p[0], p[1], p[2], p[3]);

			if (got != agg_bucket_of(a, value))
				fail_msg("aggregation %zu, value %lld: bucket %llu, wanted %u", i, (long long)value, (long long)got,
					 agg_bucket_of(a, value));
		}
	}
}

/* A test that has looked at half of it must not look like the whole. */
static void the_kernel_was_asked(void **state)
{
	struct sides s;
	bool has_kernel;

	(void)state;
	sides_open(&s, 64);
	has_kernel = s.has_kernel;
	sides_close(&s);
	if (!has_kernel) {
		print_message("bpf(2) is not possible here: the kernel's half was left out\n");
		skip();
	}
}

static void a_process_descends_from_its_ancestors(void **state)
{
	static const struct { uint32_t pid; uint64_t want; } cases[] = {{100, 1}, {50, 1}, {1, 1}, {7, 0}, {0, 0}};
	struct sides s;
	struct firing *f;

	(void)state;
	sides_open(&s, 64);
	f = (struct firing *)(void *)s.host;
	f->pid = 100;
	f->ancestors = 3;
	f->ancestor[0] = 50;
	f->ancestor[1] = 20;
	f->ancestor[2] = 1;
	f->ancestor[3] = 7; /* of an earlier firing */
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(both(&s, LINK_progenyof, (uint64_t[5]){0, cases[i].pid}), cases[i].want);
	sides_close(&s);
}

/* As much of a kernel as lib_file.bpf.c looks at. */
struct kernel {
	struct { uint64_t pad, name; } types[3];
	struct { uint64_t type; } blocks[3];
	struct { uint64_t pad, ino; } inode;
	struct dentry { uint64_t parent, inode, name; uint32_t len; } dentries[64];
	struct mount { uint64_t parent, point, pad; struct { uint64_t root, block; } vfs; } mounts[3];
	struct file { uint64_t position, mount, dentry; uint32_t flags; } files[8];
	uint64_t fd[8];
	struct { uint32_t pad, max; uint64_t fd; } table;
	struct { uint64_t pad, table; } open;
	struct { uint64_t mount, dentry; } root;
	struct { uint64_t pad, open, root; } task;
	uint32_t ndentries, nfiles;
};

static uint64_t address(const void *p)
{
	return (uintptr_t)p;
}

static struct dentry *dentry(struct kernel *k, struct dentry *parent, const char *name)
{
	struct dentry *d = &k->dentries[k->ndentries++];

	*d = (struct dentry){address(parent ? parent : d), address(&k->inode), address(name), (uint32_t)strlen(name)};
	return d;
}

static void open_file(struct kernel *k, unsigned mount, struct dentry *d)
{
	k->files[k->nfiles] = (struct file){100 + k->nfiles, address(&k->mounts[mount].vfs), address(d), 0x8000};
	k->fd[k->nfiles] = address(&k->files[k->nfiles]);
	k->nfiles++;
}

/* / is ext4, /mnt a socket's or whatever else the third type says; descriptor 2 is closed. */
static void kernel_make(struct kernel *k)
{
	static const char *const types[] = {"ext4", "tmpfs", "sockfs"};
	static char longname[] = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn";
	struct dentry *root, *mnt, *top, *deep;

	memset(k, 0, sizeof(*k));
	k->inode.ino = 1234567890;
	root = dentry(k, NULL, "/");
	mnt = dentry(k, root, "mnt");
	top = dentry(k, NULL, "/");
	for (unsigned i = 0; i < 3; i++) {
		k->types[i].name = address(types[i]);
		k->blocks[i].type = address(&k->types[i]);
		k->mounts[i].vfs.block = address(&k->blocks[i]);
		k->mounts[i].vfs.root = address(i == 0 ? root : i == 1 ? top : dentry(k, NULL, "socket:"));
		k->mounts[i].parent = address(&k->mounts[i == 1 ? 0 : i]);
		k->mounts[i].point = address(i == 1 ? mnt : i == 0 ? root : (void *)(uintptr_t)k->mounts[i].vfs.root);
	}
	deep = top;
	for (int i = 0; i < 50; i++)
		deep = dentry(k, deep, longname);
	open_file(k, 0, root);
	open_file(k, 1, dentry(k, dentry(k, top, "dir"), "file"));
	open_file(k, 0, root);
	k->fd[2] = 0;
	open_file(k, 2, dentry(k, NULL, "TCP"));
	open_file(k, 1, deep);
	open_file(k, 1, dentry(k, NULL, "memfd:x"));
	k->table.max = 7;
	k->table.fd = address(k->fd);
	k->open.table = address(&k->table);
	k->root.mount = address(&k->mounts[0].vfs);
	k->root.dentry = address(root);
	k->task.open = address(&k->open);
	k->task.root = address(&k->root);
	the_task = address(&k->task);
}

#define AT(type, member) ((uint16_t)offsetof(type, member))
#define FIELD_AT(member, of) ((uint16_t)((size_t)((char *)&(of).member - (char *)&(of))))
static struct kern_files kernel_layout(struct kernel *k)
{
	return (struct kern_files){
		.task_files = FIELD_AT(open, k->task), .task_fs = FIELD_AT(root, k->task), .fs_root = 0,
		.files_fdt = FIELD_AT(table, k->open), .fdt_max = FIELD_AT(max, k->table), .fdt_fd = FIELD_AT(fd, k->table),
		.file_path = AT(struct file, mount), .file_flags = AT(struct file, flags), .file_pos = AT(struct file, position),
		.dentry_parent = AT(struct dentry, parent), .dentry_inode = AT(struct dentry, inode), .name_text = AT(struct dentry, name),
		.name_len = AT(struct dentry, len), .inode_ino = FIELD_AT(ino, k->inode),
		.mnt_root = FIELD_AT(root, k->mounts[0].vfs), .mnt_sb = FIELD_AT(block, k->mounts[0].vfs), .sb_type = 0,
		.type_name = FIELD_AT(name, k->types[0]), .mount = AT(struct mount, vfs), .mount_parent = AT(struct mount, parent),
		.mount_point = AT(struct mount, point),
	};
}

static void descriptors_lead_to_their_files(void **state)
{
	static const struct { uint64_t fd; const char *path, *name, *directory, *mount, *fs; } cases[] = {
		{0, "/", "/", "/", "/", "ext4"},
		{1, "/mnt/dir/file", "file", "/mnt/dir", "/mnt", "tmpfs"},
		{2, "<none>", "<none>", "<none>", "<none>", "<none>"}, /* closed */
		{3, "socket:[1234567890]", "socket:[1234567890]", "<none>", "<none>", "sockfs"},
		{5, "/memfd:x", "/memfd:x", "<none>", "<none>", "tmpfs"},
		{6, "<none>", "<none>", "<none>", "<none>", "<none>"},
		{7, "<none>", "<none>", "<none>", "<none>", "<none>"}, /* behind the table */
		{UINT64_MAX, "<none>", "<none>", "<none>", "<none>", "<none>"},
	};
	struct kernel *k = malloc(sizeof(*k));
	struct sides s;
	char *got, many[256];

	(void)state;
	kernel_make(k);
	sides_open(&s, 256);
	((struct firing *)(void *)s.host)->files = kernel_layout(k);
	got = s.host + slot(&s, 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *want[] = {[FD_PATH] = cases[i].path, [FD_NAME] = cases[i].name, [FD_DIRECTORY] = cases[i].directory,
				      [FD_MOUNT] = cases[i].mount, [FD_FS] = cases[i].fs};

		for (uint64_t which = FD_PATH; which <= FD_FS; which++) {
			host_call(LINK_fdstr, (uint64_t[5]){0, slot(&s, 1), cases[i].fd, which});
			assert_string_equal(got, want[which]);
		}
	}
	assert_int_equal(host_call(LINK_fdnum, (uint64_t[5]){0, 1, FD_OFFSET}), 101);
	assert_int_equal(host_call(LINK_fdnum, (uint64_t[5]){0, 1, FD_FLAGS}), 0x8000);
	assert_int_equal(host_call(LINK_fdnum, (uint64_t[5]){0, 2, FD_OFFSET}), 0);

	/* Too long: the end of it, behind dots. */
	host_call(LINK_fdstr, (uint64_t[5]){0, slot(&s, 1), 4, FD_PATH});
	memset(many, 'n', sizeof(many));
	assert_true(strlen(got) > 200 && strlen(got) < 256);
	assert_memory_equal(got, ".../nnn", 7);
	for (size_t at = strlen(got), i = 0; i < 6; i++, at -= 41) {
		assert_memory_equal(got + at - 40, many, 40);
		assert_int_equal(got[at - 41], '/');
	}

	/* Names of pseudo files. */
	k->types[2].name = address("pipefs");
	host_call(LINK_fdstr, (uint64_t[5]){0, slot(&s, 1), 3, FD_PATH});
	assert_string_equal(got, "pipe:[1234567890]");
	k->types[2].name = address("anon_inodefs");
	host_call(LINK_fdstr, (uint64_t[5]){0, slot(&s, 1), 3, FD_PATH});
	assert_string_equal(got, "anon_inode:TCP");
	k->types[2].name = address("nsfs");
	((struct dentry *)(uintptr_t)k->files[3].dentry)->len = 1;
	k->inode.ino = UINT64_MAX;
	host_call(LINK_fdstr, (uint64_t[5]){0, slot(&s, 1), 3, FD_PATH});
	assert_string_equal(got, "nsfs:[18446744073709551615]");

	/* A firing about another task than the one that runs; and the verifier takes all of it. */
	((struct firing *)(void *)s.host)->not_current = 1;
	both(&s, LINK_fdstr, (uint64_t[5]){0, slot(&s, 1), 1, FD_PATH});
	assert_string_equal(got, "<none>");
	assert_int_equal(both(&s, LINK_fdnum, (uint64_t[5]){0, 1, FD_OFFSET}), 0);
	sides_close(&s);

	/* Strings that hold next to nothing. */
	sides_open(&s, 8);
	((struct firing *)(void *)s.host)->files = kernel_layout(k);
	got = s.host + slot(&s, 1);
	host_call(LINK_fdstr, (uint64_t[5]){0, slot(&s, 1), 1, FD_PATH});
	assert_string_equal(got, "...");
	host_call(LINK_fdstr, (uint64_t[5]){0, slot(&s, 1), 3, FD_FS});
	assert_string_equal(got, "nsfs");
	sides_close(&s);
	the_task = 0;
	free(k);
}

static int pages_open(void **state)
{
	(void)state;
	pages = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	for (unsigned i = 0; i < 2 * PAGE; i++)
		pages[i] = random_below(60) ? (unsigned char)('a' + i % 26) : 0;
	return mprotect(pages + 2 * PAGE, PAGE, PROT_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_kernel_was_asked),
		cmocka_unit_test(functions_of_d_answer_as_the_evaluator),
		cmocka_unit_test(bytes_move_as_they_should),
		cmocka_unit_test(values_find_their_buckets),
		cmocka_unit_test(a_process_descends_from_its_ancestors),
		cmocka_unit_test(descriptors_lead_to_their_files),
	};

	return cmocka_run_group_tests(tests, pages_open, NULL);
}
