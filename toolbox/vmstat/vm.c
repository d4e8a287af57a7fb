/* SPDX-License-Identifier: GPL-2.0-only
 * The report of vmstat without options: /proc/stat, meminfo and vmstat, one read of each a sample. Rates
 * are per second of the time that passed; those of the first line per second since boot.
 */
#include "vmstat.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/meminfo.h"
#include "toolbox/lib/proc.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { USER, NICE, SYSTEM, IDLE, IOWAIT, IRQ, SOFTIRQ, STEAL, GUEST, GUEST_NICE };

/* One reading. What could not be read is shown as "-". */
struct reading {
	bool has_stat, has_mem, has_paging;
	struct vmstat_stat stat;
	struct meminfo mem;
	struct vmstat_paging paging;
};

struct vm {
	struct proc_file stat_file, mem_file, paging_file;
	bool warned;
	unsigned lines;	     /* of data since the header */
	unsigned page_lines; /* as many until the next; 0: there is no next */
};

/* Whether one of the three could be read; what is wrong is said in the first sample. */
static bool usable(const struct vm *vm, const char *path, int r)
{
	if (r < 0 && !vm->warned)
		vmstat_unreadable(path, r);
	return r == 0;
}

/* The four lines stand in the first page of /proc/vmstat; a kernel without swap has two of them. */
static int read_paging(struct proc_file *f, struct vmstat_paging *pg)
{
	if (proc_load_head(f, "proc/vmstat") == 0 && strstr(f->data, "\npswpout ") && vmstat_parse_paging(f->data, pg) == 0)
		return 0;
	int r = proc_load(f, "proc/vmstat");
	return r ? r : vmstat_parse_paging(f->data, pg);
}

/* Returns false when nothing can be read at all. */
static bool take_reading(struct vm *vm, struct reading *r)
{
	int stat = proc_load(&vm->stat_file, "proc/stat");
	int mem = proc_load(&vm->mem_file, "proc/meminfo");

	*r = (struct reading){ 0 };
	r->has_stat = usable(vm, "proc/stat", stat ? stat : vmstat_parse_stat(vm->stat_file.data, &r->stat));
	r->has_mem = usable(vm, "proc/meminfo", mem ? mem : meminfo_parse(vm->mem_file.data, &r->mem));
	r->has_paging = usable(vm, "proc/vmstat", read_paging(&vm->paging_file, &r->paging));
	vm->warned = true;
	return r->has_stat || r->has_mem || r->has_paging;
}

/* What belongs to the container stands above the header on a terminal. Elsewhere it stands behind the
 * header's first line, so that a script that counts lines finds what procps would give it. */
static void print_header(struct vm *vm, const struct vmstat_options *o)
{
	/* lxcfs may lie over the files, and then they tell something between the host and the container. */
	const char *below = o->container && proc_is_covered("proc/stat") ? "; below: what lies over /proc/stat"
									     : "; below: the host";
	struct vmstat_container c = { .n = 0 };
	bool above = isatty(STDOUT_FILENO);
	unsigned rows = vmstat_page_rows();

	if (o->container)
		vmstat_container_lines(&c);
	for (unsigned i = 0; above && i < c.n; i++)
		printf("container: %s%s\n", c.line[i], i == 0 ? below : "");
	fputs(o->wide ? "--procs-- -----------------------memory---------------------- ---swap-- -----io---- "
			"-system-- ----------cpu----------"
		      : "procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----",
	      stdout);
	if (o->timestamp)
		fputs(" -----timestamp-----", stdout);
	for (unsigned i = 0; !above && i < c.n; i++)
		printf("%s%s", i == 0 ? " container: " : "; ", c.line[i]);
	if (!above && c.n > 0)
		fputs(below, stdout);
	fputc('\n', stdout);
	fputs(o->wide ? "   r    b         swpd         free" : " r  b   swpd   free", stdout);
	if (o->wide)
		fputs(o->active ? "        inact       active" : "         buff        cache", stdout);
	else
		fputs(o->active ? "  inact active" : "   buff  cache", stdout);
	fputs(o->wide ? "   si   so    bi    bo   in   cs  us  sy  id  wa  st  gu"
		      : "   si   so    bi    bo   in   cs us sy id wa st",
	      stdout);
	if (o->timestamp)
		vmstat_print_time(true);
	fputc('\n', stdout);
	vm->lines = 0;
	vm->page_lines = o->one_header ? 0 : above && rows > c.n ? rows - c.n : rows;
}

/* A figure that is too wide moves the rest, it never touches its neighbour. */
static void field(bool known, int width, uint64_t value)
{
	if (known)
		printf(" %*llu", width, (unsigned long long)value);
	else
		printf(" %*s", width, "-");
}

/* Per second, rounded to the nearest. */
static uint64_t rate(uint64_t events, uint64_t elapsed_ns)
{
	return (uint64_t)(((unsigned __int128)events * 1000000000u + elapsed_ns / 2) / elapsed_ns);
}

static uint64_t minus(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

static void print_cpu(const struct vmstat_options *o, bool known, const uint64_t now[], const uint64_t before[])
{
	uint64_t t[GUEST_NICE + 1] = { 0 };
	uint64_t all = 0;

	for (size_t i = 0; i < countof(t); i++) {
		t[i] = sample_delta(now[i], before[i], 64);
		/* The kernel counts guests as user time too. */
		if (i < GUEST)
			all += t[i];
	}
	uint64_t guest = t[GUEST] + t[GUEST_NICE];
	uint64_t parts[] = {
		minus(t[USER] + t[NICE], guest), t[SYSTEM] + t[IRQ] + t[SOFTIRQ], t[IDLE], t[IOWAIT], t[STEAL], guest,
	};
	uint64_t half = all / 2;
	if (all == 0)
		all = parts[2] = 1; /* not one tick: idle */
	for (size_t i = 0; i < (o->wide ? countof(parts) : countof(parts) - 1); i++)
		field(known, o->wide ? 3 : 2, (100 * parts[i] + half) / all);
}

static void print_line(const struct vmstat_options *o, const struct reading *r, const struct reading *before)
{
	uint64_t ns = o->sample.elapsed_ns;
	uint64_t page_kib = (uint64_t)sysconf(_SC_PAGESIZE) / 1024;
	bool first = o->sample.done == 1;
	bool stat = r->has_stat && (first || before->has_stat);
	bool paging = r->has_paging && (first || before->has_paging);
	const struct vmstat_paging *pg = &r->paging;
	int memory = o->wide ? 12 : 6;

	if (r->has_stat)
		printf("%*llu", o->wide ? 4 : 2, (unsigned long long)r->stat.running);
	else
		printf("%*s", o->wide ? 4 : 2, "-");
	field(r->has_stat, o->wide ? 4 : 2, r->stat.blocked);
	field(r->has_mem, memory, vmstat_in_unit(o, r->mem.swap_used));
	field(r->has_mem, memory, vmstat_in_unit(o, r->mem.free));
	field(r->has_mem, memory, vmstat_in_unit(o, o->active ? r->mem.inactive : r->mem.buffers));
	field(r->has_mem, memory, vmstat_in_unit(o, o->active ? r->mem.active : r->mem.cached));
	uint64_t in = sample_delta(pg->swap_in, before->paging.swap_in, 64) * page_kib;
	uint64_t out = sample_delta(pg->swap_out, before->paging.swap_out, 64) * page_kib;
	field(paging, 4, rate(vmstat_in_unit(o, in), ns));
	field(paging, 4, rate(vmstat_in_unit(o, out), ns));
	field(paging, 5, rate(sample_delta(pg->in_kib, before->paging.in_kib, 64), ns));
	field(paging, 5, rate(sample_delta(pg->out_kib, before->paging.out_kib, 64), ns));
	field(stat, 4, rate(sample_delta(r->stat.interrupts, before->stat.interrupts, 64), ns));
	field(stat, 4, rate(sample_delta(r->stat.switches, before->stat.switches, 64), ns));
	print_cpu(o, stat, r->stat.cpu, before->stat.cpu);
	if (o->timestamp)
		vmstat_print_time(false);
	fputc('\n', stdout);
}

int vmstat_vm(struct vmstat_options *o)
{
	struct vm vm = { .stat_file = PROC_FILE_INIT, .mem_file = PROC_FILE_INIT, .paging_file = PROC_FILE_INIT };
	struct reading now, before = { 0 };

	/* The report since boot is a reading all the same. */
	if (o->no_first && o->sample.interval_ns == 0)
		o->sample.interval_ns = 1000000000;
	if (o->no_first && o->sample.count > 0)
		o->sample.count++;
	while (sample_next(&o->sample)) {
		if (!take_reading(&vm, &now))
			return 1;
		if (o->sample.done == 1 || (vm.page_lines > 0 && vm.lines >= vm.page_lines))
			print_header(&vm, o);
		if (!o->no_first || o->sample.done > 1) {
			print_line(o, &now, &before);
			vm.lines++;
		}
		if (!vmstat_flush())
			return 1;
		before = now;
	}
	return 0;
}
