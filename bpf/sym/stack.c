/* SPDX-License-Identifier: GPL-2.0-only
 * Stacks of a process: see stack.h. The way up is, in this order: Go's own table, .eh_frame, a signal frame that is known by
 * its code, the frame pointer, and, if wanted, what looks like a return address.
 */
#include "stack.h"
#include "file.h"
#include "perfmap.h"
#include "read.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>

#if defined(__aarch64__)
const uint16_t sym_machine = EM_AARCH64;
#else
const uint16_t sym_machine = EM_X86_64;
#endif

enum { SCAN_WORDS = 512 };

struct sym_process {
	struct maps maps;
	struct mounts mounts;
	struct perfmap perfmap;
	struct file_user user;
};

int sym_refresh(struct sym_process *p)
{
	maps_free(&p->maps);
	return maps_read(&p->maps, p->user.tid);
}

int sym_open(struct sym_process **p, pid_t tid, const struct unwind_memory *mem)
{
	*p = calloc(1, sizeof(**p));
	if (!*p)
		return -ENOMEM;
	(*p)->user = (struct file_user){ tid, &(*p)->maps, &(*p)->mounts, *mem };
	file_new_epoch();
	/* Without the table of mounts each file system is asked for its kind. */
	mounts_read(&(*p)->mounts, tid);
	int err = sym_refresh(*p);
	if (err < 0) {
		sym_close(*p);
		*p = NULL;
	}
	return err;
}

void sym_close(struct sym_process *p)
{
	if (!p)
		return;
	maps_free(&p->maps);
	mounts_free(&p->mounts);
	perfmap_free(&p->perfmap);
	free(p);
}

const struct maps *sym_maps(const struct sym_process *p)
{
	return &p->maps;
}

static bool has_code(const struct map *m)
{
	return m->exec && (m->inode != 0 || strcmp(m->path, "[vdso]") == 0);
}

void sym_load(struct sym_process *p)
{
	for (size_t i = 0; i < p->maps.n; i++) {
		struct sym_file *f = has_code(&p->maps.map[i]) ? file_get(&p->user, &p->maps.map[i]) : NULL;

		if (f) {
			file_table(f);
			file_symbols(f, &p->user);
		}
	}
	perfmap_read(&p->perfmap, &p->mounts, p->user.tid);
}

/* Where an address comes from: the mapping, its file, and its linked address. */
struct origin {
	const struct map *map;
	struct sym_file *file; /* NULL: no ELF file */
	uint64_t vaddr;
};

static bool is_known(uint16_t machine)
{
	return machine == sym_machine || (sym_machine == EM_X86_64 && machine == EM_386);
}

static bool find_origin(struct sym_process *p, uint64_t addr, struct origin *o)
{
	*o = (struct origin){ .map = maps_find(&p->maps, addr) };
	if (!o->map)
		return false;
	if (!has_code(o->map))
		return true;
	uint64_t offset = addr - o->map->start + o->map->offset;
	struct sym_file *f = file_get(&p->user, o->map);
	if (f && f->opened && is_known(f->elf.machine) && elf_vaddr(&f->elf, offset, &o->vaddr))
		o->file = f;
	return true;
}

static bool read_word(const struct unwind_regs *regs, const struct unwind_memory *mem, uint64_t addr, uint64_t *v)
{
	unsigned bytes = unwind_word(regs->machine);
	uint8_t buf[8];

	if (!mem->read(mem->ctx, addr & unwind_mask(regs->machine), buf, bytes))
		return false;
	struct cursor c = cursor_at(buf, sizeof(buf), 0);
	*v = cursor_uint(&c, bytes);
	return true;
}

/* --- Go -------------------------------------------------------------------------------------------- */

/* Below these another stack begins. */
static bool go_ends(const char *name)
{
	static const char *const last[] = { "runtime.goexit", "runtime.mcall", "runtime.mstart", "runtime.rt0_go", "runtime.systemstack",
					    "runtime.goexit.abi0", "runtime.mstart.abi0", "runtime.rt0_go.abi0", "runtime.systemstack.abi0",
					    "runtime.morestack", "runtime.morestack.abi0", "runtime.mcall.abi0" };

	for (size_t i = 0; i < sizeof(last) / sizeof(last[0]); i++)
		if (strcmp(name, last[i]) == 0)
			return true;
	return false;
}

static enum unwind_result step_go(const struct gopcln *go, uint64_t vaddr, const struct unwind_memory *mem,
				  struct unwind_regs *regs)
{
	unsigned sp = unwind_sp(regs->machine), pc = unwind_pc(regs->machine), fp = unwind_fp(regs->machine);
	struct unwind_regs up = { .machine = regs->machine };
	const char *name;
	uint64_t start, v;
	int32_t delta;

	if (gopcln_find(go, vaddr, &name, &start) && go_ends(name))
		return UNWIND_END;
	if (!gopcln_sp_delta(go, vaddr, &delta) || !unwind_has(regs, sp))
		return UNWIND_FAIL;
	uint64_t top = regs->r[sp] + (uint64_t)delta;
	if (sym_machine == EM_AARCH64) {
		/* The link register is saved at the bottom of a frame, the frame pointer below it. */
		if (delta == 0 ? !unwind_has(regs, ARM_LR) : !read_word(regs, mem, regs->r[sp], &v))
			return UNWIND_FAIL;
		unwind_set(&up, pc, delta == 0 ? regs->r[ARM_LR] : v);
		unwind_set(&up, sp, top);
		if (delta > 0 && read_word(regs, mem, regs->r[sp] - 8, &v))
			unwind_set(&up, fp, v);
	} else {
		if (!read_word(regs, mem, top, &v))
			return UNWIND_FAIL;
		unwind_set(&up, pc, v);
		unwind_set(&up, sp, top + 8);
		if (delta >= 8 && read_word(regs, mem, top - 8, &v))
			unwind_set(&up, fp, v);
	}
	if (delta == 0 && unwind_has(regs, fp))
		unwind_set(&up, fp, regs->r[fp]);
	if (up.r[pc] == 0)
		return UNWIND_END;
	*regs = up;
	return UNWIND_OK;
}

/* --- signal frames --------------------------------------------------------------------------------- */

/* What a handler returns to, where nothing describes it (musl): the code that calls rt_sigreturn(2), with the frame that the
 * kernel made on the stack. */
static enum unwind_result step_sigreturn(const struct unwind_memory *mem, struct unwind_regs *regs)
{
	static const uint8_t x86[] = { 0x48, 0xc7, 0xc0, 0x0f, 0, 0, 0, 0x0f, 0x05 };
	static const uint8_t arm[] = { 0x68, 0x11, 0x80, 0xd2, 0x01, 0, 0, 0xd4 };
	static const uint8_t x86_order[] = { 8, 9, 10, 11, 12, 13, 14, 15, 5, 4, 6, 3, 1, 0, 2, 7, 16 };
	bool is_arm = sym_machine == EM_AARCH64;
	unsigned sp = unwind_sp(regs->machine), pc = unwind_pc(regs->machine);
	const uint8_t *code = is_arm ? arm : x86;
	size_t len = is_arm ? sizeof(arm) : sizeof(x86);
	struct unwind_regs up = { .machine = regs->machine };
	uint8_t there[sizeof(x86)];
	uint64_t v;

	/* i386: the vdso describes its own. */
	if (regs->machine == EM_386)
		return UNWIND_FAIL;
	if (!unwind_has(regs, sp) || !mem->read(mem->ctx, regs->r[pc], there, len) || memcmp(there, code, len) != 0)
		return UNWIND_FAIL;
	/* ucontext: 40 bytes before the registers; aarch64: siginfo, 176, the fault address. */
	uint64_t at = regs->r[sp] + (is_arm ? 128 + 176 + 8 : 40);
	size_t n = is_arm ? UNWIND_REGS : sizeof(x86_order);
	for (size_t i = 0; i < n; i++) {
		if (!read_word(regs, mem, at + 8 * i, &v))
			return UNWIND_FAIL;
		unwind_set(&up, is_arm ? (unsigned)i : x86_order[i], v);
	}
	*regs = up;
	return UNWIND_OK;
}

/* --- guessing -------------------------------------------------------------------------------------- */

/* Whether the instruction before an address is a call; of a direct one *target is where to. */
static bool behind_call(struct sym_process *p, const struct unwind_memory *mem, uint64_t addr, uint64_t *target)
{
	const struct map *m = maps_find(&p->maps, addr);
	uint8_t b[8];

	*target = 0;
	if (!m || !m->exec || addr - m->start < 8 || !mem->read(mem->ctx, addr - 8, b, 8))
		return false;
	if (sym_machine == EM_AARCH64) {
		struct cursor c = cursor_at(b, 8, 4);
		uint32_t word = (uint32_t)cursor_uint(&c, 4);

		if (word >> 26 == 0x25)
			*target = addr - 4 + (uint64_t)((int64_t)((uint64_t)word << 38) >> 36);
		return word >> 26 == 0x25 || (word & 0xfffffc1f) == 0xd63f0000;
	}
	if (b[3] == 0xe8) {
		struct cursor c = cursor_at(b, 8, 4);

		*target = addr + (uint64_t)cursor_int(&c, 4);
		return true;
	}
	/* call *reg, *disp8(reg), *disp32(reg or rip) */
	return (b[6] == 0xff && (b[7] & 0xf8) == 0xd0) || (b[5] == 0xff && (b[6] & 0x38) == 0x10 && b[6] >> 6 == 1) ||
	       (b[2] == 0xff && (b[3] & 0x38) == 0x10 && (b[3] >> 6 == 2 || (b[3] & 0xc7) == 0x05));
}

static enum unwind_result step_guess(struct sym_process *p, const struct origin *o, const struct unwind_memory *mem,
				     struct unwind_regs *regs)
{
	unsigned sp = unwind_sp(regs->machine), pc = unwind_pc(regs->machine);
	unsigned word = unwind_word(regs->machine);
	uint64_t found = 0, start = 0, v, target;
	const char *name;

	if (!unwind_has(regs, sp))
		return UNWIND_FAIL;
	if (o->file && symtab_find(file_symbols(o->file, &p->user), o->vaddr, &name, &start))
		start += regs->r[pc] - o->vaddr;
	/* Best is a call of just this function; else the first call of anything. */
	for (unsigned i = 0; i < SCAN_WORDS && read_word(regs, mem, regs->r[sp] + word * i, &v); i++) {
		if (v < 4096 || !behind_call(p, mem, v, &target))
			continue;
		target &= unwind_mask(regs->machine);
		bool sure = start != 0 && target <= start + 1 && target + 1 >= start;
		if (!sure && found)
			continue;
		found = regs->r[sp] + word * i;
		if (sure)
			break;
	}
	if (!found || !read_word(regs, mem, found, &v))
		return UNWIND_FAIL;
	struct unwind_regs up = { .machine = regs->machine };
	unwind_set(&up, pc, v);
	unwind_set(&up, sp, found + word);
	/* A function that does not use the frame pointer leaves it alone. */
	unsigned fp = unwind_fp(regs->machine);
	if (unwind_has(regs, fp))
		unwind_set(&up, fp, regs->r[fp]);
	*regs = up;
	return UNWIND_OK;
}

/* --- the walk -------------------------------------------------------------------------------------- */

/* Where programs and threads begin: nothing is above, even if the stack looks so. */
static bool is_outermost(struct sym_process *p, const struct origin *o)
{
	static const char *const first[] = { "_start", "_start_c", "__clone", "clone", "clone3", "__clone3", "thread_start" };
	const char *name;
	uint64_t start;

	if (!o->file || !symtab_find(file_symbols(o->file, &p->user), o->vaddr, &name, &start))
		return false;
	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		if (strcmp(name, first[i]) == 0)
			return true;
	return false;
}

/* The first instructions of a function that was called by a wrong pointer: only the return address is there. */
static enum unwind_result step_wrong_call(const struct unwind_memory *mem, struct unwind_regs *regs)
{
	unsigned pc = unwind_pc(regs->machine), sp = unwind_sp(regs->machine);
	uint64_t v;

	if (regs->machine == EM_AARCH64) {
		if (!unwind_has(regs, ARM_LR))
			return UNWIND_FAIL;
		unwind_set(regs, pc, regs->r[ARM_LR]);
		regs->known &= ~((uint64_t)1 << ARM_LR);
		return UNWIND_OK;
	}
	if (!unwind_has(regs, sp) || !read_word(regs, mem, regs->r[sp], &v))
		return UNWIND_FAIL;
	unwind_set(regs, pc, v);
	unwind_set(regs, sp, regs->r[sp] + unwind_word(regs->machine));
	return UNWIND_OK;
}

static enum unwind_result step(struct sym_process *p, const struct unwind_memory *mem, struct unwind_regs *regs,
			       struct sym_frame *frame, bool first)
{
	uint64_t pc = regs->r[unwind_pc(regs->machine)];
	enum unwind_result r = UNWIND_FAIL;
	bool signal = false;
	struct origin o;

	if (!find_origin(p, pc - frame->is_return, &o) || !o.map->exec)
		return first ? step_wrong_call(mem, regs) : UNWIND_FAIL;
	if (o.file) {
		const struct symtab *t = file_symbols(o.file, &p->user);

		if (t->go && regs->machine == sym_machine)
			r = step_go(t->go, o.vaddr, mem, regs);
		if (r == UNWIND_FAIL) {
			const struct unwind_table *table = file_table(o.file);

			/* A handler returns to the first byte of the code that ends it, behind no call. (glibc's description
			 * of that code begins one byte early, for just this reason; the vdso's of aarch64 does not.) */
			uint64_t bias = pc - frame->is_return - o.vaddr;
			uint64_t vaddr = o.vaddr + (frame->is_return && !unwind_find(table, o.vaddr));
			r = unwind_cfi(table, vaddr, bias, mem, regs, &signal);
		}
	}
	if (r == UNWIND_FAIL) {
		r = step_sigreturn(mem, regs);
		signal = r == UNWIND_OK;
	}
	frame->signal = signal;
	if (r != UNWIND_FAIL)
		return r;
	r = unwind_frame_pointer(regs->machine, mem, regs);
	/* What a frame pointer leads to should be code. */
	if (r == UNWIND_OK) {
		const struct map *m = maps_find(&p->maps, regs->r[unwind_pc(regs->machine)]);

		if (m && m->exec)
			return r;
		r = UNWIND_FAIL;
	}
	return r;
}

size_t sym_walk(struct sym_process *p, const struct unwind_memory *mem, struct unwind_regs regs, bool guess,
		struct sym_frame *frames, size_t max, enum sym_end *end)
{
	unsigned pc = unwind_pc(regs.machine);
	size_t n = 0;
	bool is_return = false, guessed = false;

	*end = SYM_FULL;
	while (n < max) {
		struct sym_frame *f = &frames[n++];
		struct unwind_regs before = regs;
		struct origin o;

		*f = (struct sym_frame){ .pc = regs.r[pc], .is_return = is_return, .guessed = guessed };
		enum unwind_result r = step(p, mem, &regs, f, n == 1);
		guessed = false;
		if (r == UNWIND_FAIL && guess) {
			regs = before;
			if (find_origin(p, f->pc - is_return, &o))
				r = is_return && is_outermost(p, &o) ? UNWIND_END : step_guess(p, &o, mem, &regs);
			guessed = r == UNWIND_OK;
		}
		/* What the kernel left on the stack of a new program is no caller. */
		if (r == UNWIND_OK && is_return && !maps_find(&p->maps, regs.r[pc]) && find_origin(p, f->pc - 1, &o) &&
		    is_outermost(p, &o))
			r = UNWIND_END;
		if (r != UNWIND_OK) {
			*end = r == UNWIND_END ? SYM_OUTERMOST : SYM_NO_WAY;
			break;
		}
		/* Where a signal came, nothing was called. */
		is_return = !f->signal;
	}
	return n;
}

bool sym_waits(const struct sym_process *p, uint64_t addr)
{
	const struct map *m = maps_find(&p->maps, addr);

	return m && m->inode != 0 && mounts_kind(&p->mounts, m->dev_major, m->dev_minor) == FS_REMOTE;
}

uint16_t sym_machine_at(struct sym_process *p, uint64_t pc)
{
	struct origin o;

	return find_origin(p, pc, &o) && o.file ? o.file->elf.machine : sym_machine;
}

/* The perf map is looked at again for code that it does not know yet. */
static bool name_made(struct sym_process *p, uint64_t pc, struct sym_place *place)
{
	uint64_t start;

	place->made = true;
	if (!perfmap_find(&p->perfmap, pc, &place->name, &start) &&
	    (perfmap_read(&p->perfmap, &p->mounts, p->user.tid) < 0 || !perfmap_find(&p->perfmap, pc, &place->name, &start)))
		return false;
	place->name_offset = pc - start;
	place->path = p->perfmap.path;
	return true;
}

bool sym_name(struct sym_process *p, const struct sym_frame *f, struct sym_place *place)
{
	struct origin o;
	uint64_t start;
	/* A handler returns to the first byte of what ends it. */
	bool back = f->is_return && !f->signal;

	*place = (struct sym_place){ .path = "" };
	if (!find_origin(p, f->pc - back, &o))
		return false;
	place->path = o.map->path;
	place->offset = f->pc - o.map->start + o.map->offset;
	if (!o.file) {
		if (o.map->exec && o.map->path[0] != '[' && name_made(p, f->pc - back, place))
			place->name_offset += back;
		return true;
	}
	place->id = o.file->id;
	place->id_len = o.file->id_len;
	if (symtab_find(file_symbols(o.file, &p->user), o.vaddr, &place->name, &start))
		place->name_offset = o.vaddr + back - start;
	return true;
}

/* The Go program among the files; base is where its linked address 0 lies. */
static struct sym_file *find_go(struct sym_process *p, uint64_t *base)
{
	for (size_t i = 0; i < p->maps.n; i++) {
		const struct map *m = &p->maps.map[i];
		struct sym_file *f = has_code(m) ? file_get(&p->user, m) : NULL;
		uint64_t vaddr;

		if (f && f->opened && file_symbols(f, &p->user)->go && elf_vaddr(&f->elf, m->offset, &vaddr)) {
			*base = m->start - vaddr;
			return f;
		}
	}
	return NULL;
}

bool sym_go_variable(struct sym_process *p, const char *name, uint64_t *addr)
{
	uint64_t base;
	struct sym_file *f = find_go(p, &base);

	if (!f || !symtab_address(&f->elf, name, addr))
		return false;
	*addr += base;
	return true;
}

size_t sym_go_suspects(struct sym_process *p, const char *function, uint64_t *addr, size_t max)
{
	uint64_t base;
	struct sym_file *f = find_go(p, &base);
	size_t n = f ? goref_find(&f->elf, file_symbols(f, &p->user)->go, function, addr, max) : 0;

	for (size_t i = 0; i < n; i++)
		addr[i] += base;
	return n;
}
