/* SPDX-License-Identifier: GPL-2.0-only
 * Leaves, the generated programs, and the maps that they have to themselves.
 */
#include "load_parts.h"

#include "bpf/gen/btf.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOG_SIZE (1u << 20)

/* What a thread's storage must say of itself: a key of four bytes and a value of n. */
static int storage_types(uint32_t n, uint32_t *key, uint32_t *value)
{
	struct btf *b = btf__new_empty();
	int id, byte, fd = -ENOMEM;

	if (!b)
		return -ENOMEM;
	id = btf__add_int(b, "int", 4, BTF_INT_SIGNED);
	byte = btf__add_int(b, "char", 1, 0);
	if (id > 0 && byte > 0) {
		int array = btf__add_array(b, id, byte, n);

		*key = (uint32_t)id;
		*value = (uint32_t)array;
		if (array > 0 && btf__load_into_kernel(b) == 0)
			fd = dup(btf__fd(b));
		else
			fd = errno ? -errno : -ENOMEM;
	}
	btf__free(b);
	return fd;
}

static int make_map(const struct gen_map *m)
{
	static const char *const names[GEN_MAP_KINDS] = { [GEN_GLOBALS] = "globals", [GEN_SELFS] = "selfs",
							  [GEN_AGG] = "aggregation", [GEN_DYNVAR] = "array",
							  [GEN_SPECS] = "speculations", [GEN_EPIDS] = "epids",
							  [GEN_PROBES] = "probes", [GEN_ZEROS] = "zeros" };
	LIBBPF_OPTS(bpf_map_create_opts, options, .map_flags = m->flags);
	const char *name = m->kind < GEN_MAP_KINDS && names[m->kind] ? names[m->kind] : "map";
	uint32_t zero = 0, key = 0, value = 0;
	int fd, types = -1;

	if (m->type == BPF_MAP_TYPE_TASK_STORAGE) {
		types = storage_types(m->value_size, &key, &value);
		if (types < 0) {
			errno = -types;
			return -1;
		}
		options.btf_fd = (uint32_t)types;
		options.btf_key_type_id = key;
		options.btf_value_type_id = value;
	}
	fd = bpf_map_create((enum bpf_map_type)m->type, name, m->key_size, m->value_size, m->max_entries, &options);
	if (types >= 0)
		close(types);
	if (fd >= 0 && m->init && bpf_map_update_elem(fd, &zero, m->init, BPF_ANY) != 0) {
		int error = errno;

		close(fd);
		errno = error;
		return -1;
	}
	/* What programs only read, and nobody changes any more, is constant for the verifier. */
	if (fd >= 0 && m->init && (m->flags & BPF_F_RDONLY_PROG))
		bpf_map_freeze(fd);
	return fd;
}

/* The map of the fixed programs that stands for this one; NULL: it is the leaves' own. */
static const char *fixed_name(enum gen_map_kind kind)
{
	switch (kind) {
	case GEN_SCRATCH:
		return "scratch";
	case GEN_CONFIG:
		return "config";
	case GEN_DROPS:
		return "drops";
	case GEN_RING:
		return "ring";
	case GEN_RETRY:
		return "retries";
	default:
		return NULL;
	}
}

/* Sizes as the map has them: those of the fixed programs are not in m. */
static struct leaf_map known_map(int fd, const struct gen_map *m)
{
	struct leaf_map known = { fd, m->key_size, m->value_size };
	struct bpf_map_info info = { 0 };
	uint32_t size = sizeof info;

	if (fd >= 0 && fixed_name(m->kind) && bpf_map_get_info_by_fd(fd, &info, &size) == 0) {
		known.key_size = info.key_size;
		known.value_size = info.value_size;
	}
	return known;
}

bool load_maps(struct load *l, const struct load_config *c, char *why, size_t size)
{
	l->maps = calloc(c->nmaps + 1, sizeof *l->maps);
	l->owns = calloc(c->nmaps + 1, sizeof *l->owns);
	l->known = calloc(c->nmaps + 1, sizeof *l->known);
	if (!l->maps || !l->owns || !l->known) {
		snprintf(why, size, "%s", strerror(ENOMEM));
		return false;
	}
	for (; l->nmaps < c->nmaps; l->nmaps++) {
		const struct gen_map *m = &c->maps[l->nmaps];
		const char *fixed = fixed_name(m->kind);
		int fd = fixed ? bpf_object__find_map_fd_by_name(l->object, fixed) : make_map(m);

		l->maps[l->nmaps] = fd;
		l->owns[l->nmaps] = !fixed;
		l->known[l->nmaps] = known_map(fd, m);
		if (fd >= 0)
			continue;
		snprintf(why, size, "a BPF map of type %u with %u entries of %u and %u bytes cannot be made: %s%s", m->type,
			 m->max_entries, m->key_size, m->value_size, strerror(errno),
			 errno == ENOMEM || errno == E2BIG ? "; -xaggsize, -xdynvarsize, -xstrsize make it smaller" : "");
		return false;
	}
	return true;
}

void load_tail(const char *log, unsigned lines, char *why, size_t size, const char *format, ...)
{
	size_t end = strlen(log), from, n;
	va_list args;

	va_start(args, format);
	vsnprintf(why, size, format, args);
	va_end(args);
	while (end > 0 && log[end - 1] == '\n')
		end--;
	for (from = end; from > 0; from--) {
		if (log[from - 1] == '\n' && --lines == 0)
			break;
	}
	n = strlen(why);
	for (bool begin = true; from < end && n + 3 < size; from++) {
		if (begin) {
			why[n++] = '\n';
			why[n++] = '\t';
		}
		begin = log[from] == '\n';
		if (!begin)
			why[n++] = log[from];
	}
	why[n] = '\0';
}

/* The last instruction that the verifier speaks of, "42: (85) call ...": the line of D that it was made for. */
static uint32_t line_of(const char *log, const struct gen_leaf *leaf)
{
	uint32_t line = 0;

	for (const char *p = log; p && *p; p = strchr(p, '\n')) {
		char *end;
		unsigned long n;

		p += *p == '\n';
		n = strtoul(p, &end, 10);
		if (end != p && strncmp(end, ": (", 3) == 0 && n < leaf->ninsns && leaf->lines && leaf->lines[n])
			line = leaf->lines[n];
	}
	return line;
}

static const char *reason(int error)
{
	switch (error) {
	case EACCES:
	case EINVAL:
		return "the kernel's verifier refuses it";
	case E2BIG:
		return "it is too much for the kernel's verifier: fewer clauses, or a smaller -xstrsize, may help";
	default:
		return strerror(error);
	}
}

static int try_load(const struct gen_leaf *leaf, const struct gen_btf *types, int btf, bool profile, char *log, uint32_t size)
{
	LIBBPF_OPTS(bpf_prog_load_opts, options, .log_buf = log, .log_size = log ? size : 0, .log_level = log ? 1 : 0);

	if (btf >= 0) {
		options.prog_btf_fd = (uint32_t)btf;
		options.func_info = types->funcs;
		options.func_info_cnt = types->nfuncs;
		options.func_info_rec_size = sizeof *types->funcs;
	}
	return bpf_prog_load(profile ? BPF_PROG_TYPE_PERF_EVENT : BPF_PROG_TYPE_RAW_TRACEPOINT, "leaf", "GPL", leaf->insns,
			     leaf->ninsns, &options);
}

/* Why it was refused: loaded once more, for the log. */
static void explain(const struct gen_leaf *leaf, const struct gen_btf *types, int btf, bool profile, char *why, size_t size)
{
	char *log = calloc(1, LOG_SIZE), at[48] = "";
	int fd, error = errno;
	uint32_t line;

	fd = log ? try_load(leaf, types, btf, profile, log, LOG_SIZE) : -1;
	if (fd >= 0)
		close(fd);
	line = log ? line_of(log, leaf) : 0;
	if (line)
		snprintf(at, sizeof at, " near line %u", line);
	load_tail(log ? log : "", 8, why, size, "the program made of the D program%s cannot be loaded: %s", at, reason(error));
	free(log);
}

static bool keep_leaf(struct load *l, int fd)
{
	int *more = reallocarray(l->leaves, l->nleaves + 1, sizeof *more);

	if (!more)
		return false;
	l->leaves = more;
	l->leaves[l->nleaves++] = fd;
	return true;
}

static void relocate(const struct load *l, const struct gen_leaf *leaf)
{
	for (uint32_t i = 0; i < leaf->nrelocs; i++) {
		struct bpf_insn *in = &leaf->insns[leaf->relocs[i].insn];

		if (!in->src_reg)
			in->src_reg = BPF_PSEUDO_MAP_FD;
		in->imm = l->maps[leaf->relocs[i].map];
	}
}

bool load_leaf(struct load *l, uint32_t index, bool profile, const struct gen_leaf *leaf, char *why, size_t size)
{
	int array = bpf_object__find_map_fd_by_name(l->object, profile ? "profile_leaves" : "leaves"), fd, btf;
	struct leaf_rules rules = {
		.maps = l->known, .nmaps = l->nmaps, .destructive = l->destructive, .kernel_stacks = l->kernel_stacks
	};
	struct gen_btf types = { 0 };
	char broken[256];

	relocate(l, leaf);
	if (!leafcheck(leaf->insns, leaf->ninsns, &rules, broken, sizeof broken)) {
		snprintf(why, size, "the program made of the D program does what no leaf may: %s", broken);
		return false;
	}
	if (gen_btf(leaf, &types) != 0) {
		snprintf(why, size, "%s", strerror(ENOMEM));
		return false;
	}
	btf = bpf_btf_load(types.types, types.size, NULL);
	fd = try_load(leaf, &types, btf, profile, NULL, 0);
	if (fd < 0)
		explain(leaf, &types, btf, profile, why, size);
	if (btf >= 0)
		close(btf);
	gen_btf_free(&types);
	if (fd < 0)
		return false;
	if (bpf_map_update_elem(array, &index, &fd, BPF_ANY) != 0 || !keep_leaf(l, fd)) {
		snprintf(why, size, "leaf %u cannot be put in its place: %s", index, strerror(errno));
		close(fd);
		return false;
	}
	return true;
}
