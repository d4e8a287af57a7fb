/* SPDX-License-Identifier: GPL-2.0-only
 * See leafrun.h.
 */
#include "leafrun.h"

#include "bpf/gen/btf.h"
#include "bpf/lang/lang.h"
#include "bpf/run/record.h"

#include <errno.h>
#include <linux/btf.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define RING_SIZE (1u << 20)

static long sys_bpf(enum bpf_cmd cmd, union bpf_attr *attr)
{
	return syscall(SYS_bpf, cmd, attr, sizeof(*attr));
}

/* The evaluator's view of the firing. */
static enum ir_fault builtin_int(void *cookie, enum ir_builtin which, int64_t index, int64_t *value)
{
	const struct firing *f = &((struct leafrun *)cookie)->firing;

	switch (which) {
	case IR_VAR_PID: *value = f->pid; break;
	case IR_VAR_TID: *value = f->tid; break;
	case IR_VAR_PPID: *value = f->ppid; break;
	case IR_VAR_UID: *value = f->uid; break;
	case IR_VAR_GID: *value = f->gid; break;
	case IR_VAR_XEUID: *value = f->euid; break;
	case IR_VAR_XEGID: *value = f->egid; break;
	case IR_VAR_XPGID: *value = f->pgid; break;
	case IR_VAR_XSID: *value = f->sid; break;
	case IR_VAR_XNLWP: *value = f->nlwp; break;
	case IR_VAR_XPRI: *value = f->pri; break;
	case IR_VAR_XSTATE: *value = f->state; break;
	case IR_VAR_XSNAME: *value = f->sname; break;
	case IR_VAR_VTIMESTAMP: *value = (int64_t)f->vtime_ns; break;
	case IR_VAR_ERRNO: *value = f->error; break;
	case IR_VAR_UREGS:
		if ((uint64_t)index >= KERN_UREGS)
			return IR_FAULT_BADINDEX;
		*value = (int64_t)f->uregs[index];
		break;
	case IR_VAR_CURTHREAD:
		return IR_FAULT_KPRIV;
	default:
		*value = 0;
	}
	return IR_FAULT_NONE;
}

static enum ir_fault builtin_str(void *cookie, enum ir_builtin which, char *buf, size_t size)
{
	const struct firing *f = &((struct leafrun *)cookie)->firing;

	snprintf(buf, size, "%s", which == IR_VAR_EXECNAME ? f->execname : which == IR_VAR_THREADNAME ? f->comm :
		 which == IR_VAR_XPSARGS ? f->psargs : which == IR_VAR_XCLNAME ? f->clname : which == IR_VAR_CWD ? f->cwd : which == IR_VAR_ROOT ? f->root : "zone");
	return IR_FAULT_NONE;
}

static enum ir_fault copyin(void *cookie, uint64_t address, void *buf, size_t size, size_t *done)
{
	(void)cookie;
	*done = 0;
	while (*done < size) {
		size_t n = 4096 - (address + *done) % 4096;
		struct iovec to = {(char *)buf + *done, n < size - *done ? n : size - *done};
		struct iovec from = {(void *)(uintptr_t)(address + *done), to.iov_len};

		if (process_vm_readv(getpid(), &to, 1, &from, 1, 0) != (ssize_t)to.iov_len)
			return IR_FAULT_BADADDR;
		*done += to.iov_len;
	}
	return IR_FAULT_NONE;
}

static bool progeny(void *cookie, int64_t pid)
{
	const struct firing *f = &((struct leafrun *)cookie)->firing;

	for (uint64_t i = 0; i < f->ancestors; i++)
		if (f->ancestor[i] == pid)
			return true;
	return f->pid == pid;
}

static bool record(void *cookie, const void *bytes, size_t size)
{
	struct side *s = &((struct leafrun *)cookie)->by_eval;

	if (s->len + size > sizeof(s->records))
		return false;
	memcpy(s->records + s->len, bytes, size);
	s->len += size;
	return true;
}

/* Clauses by their description. */
static uint32_t clauses_of(const struct leafrun *r, const char *name, struct gen_call *calls, struct eval_enabling *enablings)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < r->p->nclauses && n < 2000; i++) {
		if (!strstr(r->p->strings[r->p->clauses[i].probes].p, name))
			continue;
		calls[n] = (struct gen_call){.clause = i, .epid = i + 1};
		enablings[n++] = (struct eval_enabling){i, i + 1};
	}
	return n;
}

static int storage_types(uint32_t size)
{
	struct {
		struct btf_header h;
		struct btf_type integer;
		uint32_t bits;
		struct btf_type byte;
		uint32_t byte_bits;
		struct btf_type array;
		struct btf_array a;
		char strings[12];
	} t = {.h = {.magic = BTF_MAGIC, .version = BTF_VERSION, .hdr_len = sizeof(t.h)},
	       .integer = {.name_off = 1, .info = BTF_KIND_INT << 24, .size = 4}, .bits = 1u << 24 | 32,
	       .byte = {.name_off = 5, .info = BTF_KIND_INT << 24, .size = 1}, .byte_bits = 8,
	       .array = {.info = BTF_KIND_ARRAY << 24}, .a = {.type = 2, .index_type = 1, .nelems = size}, .strings = "\0int\0char"};
	union bpf_attr attr = {.btf = (uintptr_t)&t, .btf_size = sizeof(t)};

	t.h.type_len = t.h.str_off = (uint32_t)(offsetof(__typeof__(t), strings) - sizeof(t.h));
	t.h.str_len = sizeof(t.strings);
	return (int)sys_bpf(BPF_BTF_LOAD, &attr);
}

static int make_map(struct leafrun *r, const struct gen_map *m)
{
	union bpf_attr attr = {.map_type = m->type, .key_size = m->key_size, .value_size = m->value_size, .map_flags = m->flags,
			       .max_entries = m->max_entries};

	switch (m->kind) {
	case GEN_SCRATCH:
		attr.max_entries = 1;
		attr.map_flags |= BPF_F_MMAPABLE;
		break;
	case GEN_CONFIG:
		attr.map_flags |= BPF_F_MMAPABLE;
		break;
	case GEN_RING:
		attr.max_entries = RING_SIZE;
		break;
	case GEN_RETRY: case GEN_EPIDS: case GEN_PROBES:
		attr.max_entries = 16;
		break;
	default:
		break;
	}
	if (m->type == BPF_MAP_TYPE_TASK_STORAGE) {
		attr.btf_fd = (uint32_t)storage_types(m->value_size);
		attr.btf_key_type_id = 1;
		attr.btf_value_type_id = 3;
	}
	(void)r;
	return (int)sys_bpf(BPF_MAP_CREATE, &attr);
}

static int fd_of(const struct leafrun *r, enum gen_map_kind kind, uint32_t index)
{
	for (uint32_t i = 0; i < r->nmaps; i++)
		if (r->maps[i].kind == kind && r->maps[i].index == index)
			return r->fds[i];
	return -1;
}

static bool make_maps(struct leafrun *r)
{
	static const struct gen_names begin = {"dtrace", "", "", "BEGIN"};
	uint32_t id = LEAFRUN_PROBE;
	union bpf_attr attr;
	uint64_t size;

	r->nmaps = gen_maps(r->g, &r->maps);
	r->fds = calloc(r->nmaps + 1, sizeof(*r->fds));
	for (uint32_t i = 0; i < r->nmaps; i++) {
		r->fds[i] = make_map(r, &r->maps[i]);
		if (r->fds[i] < 0) {
			snprintf(r->why, sizeof(r->why), "map %u (kind %d): %s", i, (int)r->maps[i].kind, strerror(errno));
			return false;
		}
	}
	attr = (union bpf_attr){.map_fd = (uint32_t)fd_of(r, GEN_PROBES, 0), .key = (uintptr_t)&id, .value = (uintptr_t)&begin};
	sys_bpf(BPF_MAP_UPDATE_ELEM, &attr);
	size = gen_scratch_size(r->g);
	r->mapped = (size + 4095) & ~(size_t)4095;
	r->element = mmap(NULL, r->mapped, PROT_READ | PROT_WRITE, MAP_SHARED, fd_of(r, GEN_SCRATCH, 0), 0);
	r->consumer = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd_of(r, GEN_RING, 0), 0);
	r->ring = mmap(NULL, 4096 + 2 * RING_SIZE, PROT_READ, MAP_SHARED, fd_of(r, GEN_RING, 0), 4096);
	if (r->element == MAP_FAILED || r->consumer == MAP_FAILED || r->ring == MAP_FAILED) {
		snprintf(r->why, sizeof(r->why), "mmap: %s", strerror(errno));
		return false;
	}
	memset(r->element + sizeof(struct firing), 0xa5, size - sizeof(struct firing));
	return true;
}

static bool load(struct leafrun *r)
{
	static char log[1 << 22];
	struct gen_btf btf;
	union bpf_attr attr;
	int types;

	for (uint32_t i = 0; i < r->leaf.nrelocs; i++) {
		struct bpf_insn *in = &r->leaf.insns[r->leaf.relocs[i].insn];

		in->imm = r->fds[r->leaf.relocs[i].map];
		if (!in->src_reg)
			in->src_reg = BPF_PSEUDO_MAP_FD;
	}
	if (gen_btf(&r->leaf, &btf) < 0)
		return false;
	attr = (union bpf_attr){.btf = (uintptr_t)btf.types, .btf_size = btf.size};
	types = (int)sys_bpf(BPF_BTF_LOAD, &attr);
	for (int words = 0; words < 2; words++) {
		attr = (union bpf_attr){.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT, .insns = (uintptr_t)r->leaf.insns,
			.insn_cnt = r->leaf.ninsns, .license = (uintptr_t)"GPL", .prog_btf_fd = (uint32_t)types,
			.func_info_rec_size = sizeof(struct bpf_func_info), .func_info = (uintptr_t)btf.funcs,
			.func_info_cnt = btf.nfuncs, .log_buf = (uintptr_t)log, .log_size = sizeof(log), .log_level = words ? 1 : 4};
		log[0] = '\0';
		r->prog = (int)sys_bpf(BPF_PROG_LOAD, &attr);
		if (r->prog >= 0)
			break;
	}
	if (getenv("LEAF_LOG"))
		fprintf(stderr, "%s", log);
	if (r->prog < 0) {
		size_t n = strlen(log);

		snprintf(r->why, sizeof(r->why), "load: %s: %.4000s", strerror(errno), n > 4000 ? log + n - 4000 : log);
	}
	gen_btf_free(&btf);
	close(types);
	return r->prog >= 0;
}

enum leafrun_result leafrun_open(struct leafrun *r, const char *script, const struct eval_options *o, uint32_t strsize)
{
	struct lang_options lo = {.destructive = o->destructive, .strsize = strsize, .empty_ok = true};
	struct lang_source source = {.name = "test", .text = script, .len = strlen(script), .is_file = true};
	struct gen_features f = {.task_storage = !getenv("NO_TASK_STORAGE"), .atomic_fetch = true, .loop = true, .send_signal = true,
				 .cpus = 1, .zonename = "zone", .aggsize = 4 << 20};
	struct eval_env env = {.cookie = r, .builtin_int = builtin_int, .builtin_str = builtin_str, .copyin = copyin,
			       .progeny = progeny, .record = record};
	static struct gen_call calls[2000], errors[2000];
	static struct eval_enabling enablings[2000], error_enablings[2000];
	struct gen_place place = {.hook = HOOK_RUN, .slot = 0, .slots = 1};
	uint32_t n, nerror;
	struct d_error error;
	cpu_set_t one;

	memset(r, 0, sizeof(*r));
	r->prog = -1;
	CPU_ZERO(&one);
	CPU_SET(0, &one);
	sched_setaffinity(0, sizeof(one), &one);
	r->probes = prov_new();
	r->p = lang_compile(&source, 1, &lo, r->probes, &error);
	if (!r->p) {
		snprintf(r->why, sizeof(r->why), "line %d: %s", error.line, error.message);
		return LEAFRUN_NO_COMPILE;
	}
	r->by_eval.aggs = agg_new(r->p, 16 << 20);
	r->by_bpf.aggs = agg_new(r->p, 16 << 20);
	r->eval = eval_new(r->p, o, &env, r->by_eval.aggs);
	nerror = clauses_of(r, "ERROR", errors, error_enablings);
	eval_set_error(r->eval, LEAFRUN_ERROR, error_enablings, nerror);
	n = clauses_of(r, "BEGIN", calls, enablings);
	r->g = gen_new(r->p, o, &f, r->why, sizeof(r->why));
	if (!r->g || gen_leaf(r->g, &place, calls, n, errors, nerror, LEAFRUN_ERROR, &r->leaf, r->why, sizeof(r->why)) < 0)
		return LEAFRUN_NO_GEN;
	if (!make_maps(r))
		return errno == EPERM || errno == ENOSYS ? LEAFRUN_NO_KERNEL : LEAFRUN_NO_LOAD;
	if (!load(r))
		return LEAFRUN_NO_LOAD;
	r->firing = (struct firing){.target = {.probe = {LEAFRUN_PROBE}}, .time_ns = 1000, .args = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10},
				    .pid = 100, .tid = 101, .ppid = 99, .uid = 1000, .gid = 1001, .euid = 1002, .egid = 1003, .pgid = 98,
				    .sid = 97, .nlwp = 3, .pri = -1, .state = 6, .sname = 'O', .clname = "DL", .vtime_ns = 5000, .task = 0x1234, .ancestors = 2, .ancestor = {99, 1},
				    .execname = "leafrun", .comm = "thread", .psargs = "leafrun -x", .cwd = "/tmp", .root = "/"};
	for (unsigned i = 0; i < KERN_UREGS; i++)
		r->firing.uregs[i] = i * 1000;
	return LEAFRUN_OK;
}

void leafrun_close(struct leafrun *r)
{
	for (uint32_t i = 0; i < r->nmaps && r->fds; i++)
		if (r->fds[i] >= 0)
			close(r->fds[i]);
	if (r->prog >= 0)
		close(r->prog);
	if (r->element)
		munmap(r->element, r->mapped);
	if (r->consumer)
		munmap(r->consumer, 4096);
	if (r->ring)
		munmap(r->ring, 4096 + 2 * RING_SIZE);
	free(r->fds);
	gen_leaf_free(&r->leaf);
	gen_free(r->g);
	eval_free(r->eval);
	agg_free(r->by_eval.aggs);
	agg_free(r->by_bpf.aggs);
	ir_free(r->p);
	prov_free(r->probes);
}

/* Speculations wait here as they do in dtrace. */
struct waiting {
	unsigned char bytes[1 << 18];
	size_t len;
};

static void put_record(struct side *s, const void *bytes, size_t n)
{
	memcpy(s->records + s->len, bytes, n);
	s->len += n;
}

static const char *name_of(void *cookie, uint32_t probe, uint32_t var)
{
	(void)cookie;
	if (var == IR_VAR_PROBEPROV)
		return "dtrace";
	return var != IR_VAR_PROBENAME ? "" : probe == LEAFRUN_PROBE ? "BEGIN" : "ERROR";
}

static void drain_ring(struct leafrun *r)
{
	static struct waiting specs[64];
	uint64_t at, end;

	memcpy(&at, r->consumer, sizeof(at));
	memcpy(&end, r->ring, sizeof(end));
	while (at < end) {
		const unsigned char *p = r->ring + 4096 + (at & (RING_SIZE - 1));
		struct ring_head head;
		uint32_t len;

		memcpy(&len, p, sizeof(len));
		len &= (1u << 30) - 1;
		memcpy(&head, p + 8, sizeof(head));
		if (head.kind == RING_AGGREGATION) {
			struct ring_aggregation a;
			uint64_t *form = calloc(1, 65536);
			ssize_t n;

			memcpy(&a, p + 8, sizeof(a));
			n = gen_agg_key(r->g, head.spec, p + 8 + sizeof(a), form, 65536, name_of, NULL);
			if (n < 0)
				abort();
			agg_update(r->by_bpf.aggs, head.spec, form, (uint32_t)n, a.value, a.weight);
			free(form);
		} else if (head.kind == RING_RECORD && head.spec == 0) {
			put_record(&r->by_bpf, p + 16, len - 8);
		} else if (head.kind == RING_RECORD) {
			struct waiting *w = &specs[head.spec];

			memcpy(w->bytes + w->len, p + 16, len - 8);
			w->len += len - 8;
		} else {
			if (head.kind == RING_COMMIT)
				put_record(&r->by_bpf, specs[head.spec].bytes, specs[head.spec].len);
			specs[head.spec].len = 0;
		}
		at += (len + 8 + 7) & ~7u;
	}
	memcpy(r->consumer, &at, sizeof(at));
}

static void drain_aggregations(struct leafrun *r)
{
	for (uint32_t a = 0; a < r->p->naggs; a++) {
		const struct gen_agg *ga = gen_agg(r->g, a);
		int fd = fd_of(r, GEN_AGG, a);
		size_t cpus = (size_t)sysconf(_SC_NPROCESSORS_CONF) + 64; /* at least as many as the kernel counts with */
		unsigned char *key = calloc(1, ga->key_size), *value = calloc(cpus, ga->value_size);
		uint64_t *form = calloc(1, 65536);
		union bpf_attr attr = {.map_fd = (uint32_t)fd, .next_key = (uintptr_t)key};

		while (sys_bpf(BPF_MAP_GET_NEXT_KEY, &attr) == 0) {
			union bpf_attr get = {.map_fd = (uint32_t)fd, .key = (uintptr_t)key, .value = (uintptr_t)value};
			int64_t *buckets = calloc(70000, sizeof(*buckets));
			struct agg_value v = {.buckets = buckets};
			ssize_t len = gen_agg_key(r->g, a, key, form, 65536, name_of, NULL);
			uint64_t count;

			if (len < 0 || sys_bpf(BPF_MAP_LOOKUP_ELEM, &get) != 0)
				abort();
			memcpy(&count, value, sizeof(count));
			if (ga->is_single && !count) { /* nobody has counted there */
				free(buckets);
				attr.key = (uintptr_t)key;
				continue;
			}
			gen_agg_value(r->g, a, key, value, &v);
			agg_merge(r->by_bpf.aggs, a, form, (uint32_t)len, &v);
			free(buckets);
			if (ga->is_single) {
				memset(value, 0, cpus * ((ga->value_size + 7u) & ~7u));
				sys_bpf(BPF_MAP_UPDATE_ELEM, &get);
				attr.key = (uintptr_t)key;
				continue;
			}
			get = (union bpf_attr){.map_fd = (uint32_t)fd, .key = (uintptr_t)key};
			sys_bpf(BPF_MAP_DELETE_ELEM, &get);
			attr = (union bpf_attr){.map_fd = (uint32_t)fd, .next_key = (uintptr_t)key};
		}
		free(key);
		free(value);
		free(form);
	}
}

static void drain_drops(struct leafrun *r)
{
	static const enum kern_drop kinds[EVAL_DROP_COUNT] = {KDROP_PRINCIPAL, KDROP_AGGREGATION, KDROP_DYNAMIC, KDROP_SPEC,
							     KDROP_SPECUNAVAIL, KDROP_DBLERROR};

	for (int i = 0; i < EVAL_DROP_COUNT; i++) {
		uint64_t values[1024] = {0};
		uint32_t key = kinds[i];
		union bpf_attr attr = {.map_fd = (uint32_t)fd_of(r, GEN_DROPS, 0), .key = (uintptr_t)&key, .value = (uintptr_t)values};

		sys_bpf(BPF_MAP_LOOKUP_ELEM, &attr);
		r->by_bpf.drops[i] = values[0];
		r->by_eval.drops[i] += eval_drops(r->eval, (enum eval_drop)i);
	}
}

void leafrun_fire(struct leafrun *r)
{
	static struct gen_call calls[2000];
	static struct eval_enabling enablings[2000];
	struct eval_probe probe = {.id = LEAFRUN_PROBE, .cpu = r->firing.cpu, .provider = "dtrace", .module = "", .function = "",
				   .name = "BEGIN", .time_ns = r->firing.time_ns, .walltime_ns = r->firing.time_ns};
	union bpf_attr attr = {.test = {.prog_fd = (uint32_t)r->prog}};
	uint64_t context[12] = {0};
	uint32_t n = clauses_of(r, "BEGIN", calls, enablings), zero = 0;
	struct config config = {0};

	memcpy(probe.args, r->firing.args, sizeof(probe.args));
	eval_fire(r->eval, &probe, enablings, n);
	r->exited[0] = eval_exited(r->eval, &r->status[0]);
	r->firing.busy = 1;
	memcpy(r->element, &r->firing, sizeof(r->firing));
	attr.test.ctx_in = (uintptr_t)context;
	attr.test.ctx_size_in = sizeof(context);
	if (sys_bpf(BPF_PROG_TEST_RUN, &attr) != 0) {
		fprintf(stderr, "BPF_PROG_RUN: %s\n", strerror(errno));
		abort();
	}
	if (((struct firing *)(void *)r->element)->busy)
		fprintf(stderr, "the leaf has left its element busy\n"), abort();
	attr = (union bpf_attr){.map_fd = (uint32_t)fd_of(r, GEN_CONFIG, 0), .key = (uintptr_t)&zero, .value = (uintptr_t)&config};
	sys_bpf(BPF_MAP_LOOKUP_ELEM, &attr);
	r->exited[1] = config.exited;
	r->status[1] = config.status;
	drain_ring(r);
	drain_aggregations(r);
	drain_drops(r);
}

static const char *differ(struct leafrun *r, const char *what, uint64_t eval, uint64_t bpf)
{
	snprintf(r->why, sizeof(r->why), "%s: %lld by the evaluator, %lld in the kernel", what, (long long)eval, (long long)bpf);
	return r->why;
}

static const char *aggregation_difference(struct leafrun *r, uint32_t a)
{
	const struct agg_sort sort = {.by_key = true};
	struct agg_row *rows[2];
	ssize_t n[2] = {agg_rows(r->by_eval.aggs, &a, 1, &sort, &rows[0]), agg_rows(r->by_bpf.aggs, &a, 1, &sort, &rows[1])};
	const char *why = n[0] != n[1] ? differ(r, "entries of an aggregation", (uint64_t)n[0], (uint64_t)n[1]) : NULL;

	for (ssize_t i = 0; i < n[0] && !why; i++) {
		const struct agg_entry *e = rows[0][i].entries[0], *b = rows[1][i].entries[0];

		if (rows[0][i].keylen != rows[1][i].keylen || memcmp(rows[0][i].key, rows[1][i].key, rows[0][i].keylen) != 0)
			why = differ(r, "key of entry", (uint64_t)i, (uint64_t)i);
		else if (e->v.count != b->v.count)
			why = differ(r, "count", e->v.count, b->v.count);
		else if (r->p->aggs[a].func <= IR_AGG_STDDEV && agg_number(r->by_eval.aggs, e) != agg_number(r->by_bpf.aggs, b))
			why = differ(r, "number", (uint64_t)agg_number(r->by_eval.aggs, e), (uint64_t)agg_number(r->by_bpf.aggs, b));
		else if (memcmp(e->v.squares, b->v.squares, sizeof(e->v.squares)) != 0)
			why = differ(r, "squares", e->v.squares[0], b->v.squares[0]);
		for (uint32_t k = agg_buckets(&r->p->aggs[a]); k-- > 0 && !why;)
			if (e->v.buckets[k] != b->v.buckets[k])
				why = differ(r, "bucket", (uint64_t)e->v.buckets[k], (uint64_t)b->v.buckets[k]);
	}
	free(rows[0]);
	free(rows[1]);
	return why;
}

const char *leafrun_difference(struct leafrun *r)
{
	if (r->exited[0] != r->exited[1] || (r->exited[0] && r->status[0] != r->status[1]))
		return differ(r, "exit status", (uint64_t)r->status[0], (uint64_t)r->status[1]);
	for (int i = 0; i < EVAL_DROP_COUNT; i++)
		if (r->by_eval.drops[i] != r->by_bpf.drops[i])
			return differ(r, "drops", r->by_eval.drops[i], r->by_bpf.drops[i]);
	for (size_t i = 0; i < r->by_eval.len && i < r->by_bpf.len; i++)
		if (r->by_eval.records[i] != r->by_bpf.records[i])
			return differ(r, "records, at byte (of lengths)", i << 32 | r->by_eval.len, i << 32 | r->by_bpf.len);
	if (r->by_eval.len != r->by_bpf.len)
		return differ(r, "bytes of records", r->by_eval.len, r->by_bpf.len);
	for (uint32_t a = 0; a < r->p->naggs; a++) {
		const char *why = aggregation_difference(r, a);

		if (why)
			return why;
	}
	return NULL;
}
