/* SPDX-License-Identifier: GPL-2.0-only
 * The fixed programs: loaded through libbpf, which relocates them against the running kernel; attached, run, taken back.
 */
#include "load_parts.h"

#include "corebtf.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* libbpf says on several lines what went wrong, and may print the verifier's log among them. */
static char complaint[4096];

static int keep_complaint(enum libbpf_print_level level, const char *format, va_list args)
{
	size_t n = strlen(complaint);
	char line[2048];

	if (level != LIBBPF_WARN)
		return 0;
	vsnprintf(line, sizeof line, format, args);
	/* The last words count. */
	if (n + strlen(line) >= sizeof complaint) {
		size_t drop = n + strlen(line) - sizeof complaint + 1;

		drop = drop > n ? n : drop;
		memmove(complaint, complaint + drop, n - drop + 1);
		n -= drop;
	}
	snprintf(complaint + n, sizeof complaint - n, "%s", line);
	return 0;
}

static void resize(struct bpf_object *o, const char *name, uint32_t entries, uint32_t value_size)
{
	struct bpf_map *m = bpf_object__find_map_by_name(o, name);

	if (!m)
		return;
	if (entries)
		bpf_map__set_max_entries(m, entries);
	if (value_size)
		bpf_map__set_value_size(m, value_size);
}

static int fd_of(const struct load *l, const char *name)
{
	return bpf_object__find_map_fd_by_name(l->object, name);
}

static bool set_constants(struct load *l, const struct kern_constants *c, char *why, size_t size)
{
	struct bpf_map *m = bpf_object__find_map_by_name(l->object, ".rodata");
	size_t room = 0;
	void *place = m ? (void *)bpf_map__initial_value(m, &room) : NULL;

	if (!place || room != sizeof *c) {
		snprintf(why, size, "the fixed BPF programs have %zu bytes of constants, %zu are wanted", room, sizeof *c);
		return false;
	}
	memcpy(place, c, sizeof *c);
	return true;
}

static bool choose_programs(struct load *l, const bool *hooks, bool light, char *why, size_t size)
{
	struct bpf_program *p;

	for (p = bpf_object__next_program(l->object, NULL); p; p = bpf_object__next_program(l->object, p))
		bpf_program__set_autoload(p, false);
	for (unsigned i = 0; i < kern_nprograms; i++) {
		const char *name = light && kern_programs[i].light ? kern_programs[i].light : kern_programs[i].name;
		enum kern_hook hook = kern_programs[i].hook;

		if (!hooks[hook])
			continue;
		p = bpf_object__find_program_by_name(l->object, name);
		if (!p) {
			snprintf(why, size, "this version has no kernel program %s", name);
			return false;
		}
		bpf_program__set_autoload(p, true);
		l->all[i] = p;
		if (!l->programs[hook])
			l->programs[hook] = p;
	}
	for (unsigned i = 0; i < HOOK_COUNT; i++) {
		if (hooks[i] && !l->programs[i]) {
			snprintf(why, size, "%s cannot be traced: Linux has no tracepoint for it",
				 i == HOOK_SCHED_TICK	   ? "sched:::tick"
				 : i == HOOK_IO_WAIT_START ? "io:::wait-start"
							   : "io:::wait-done");
			return false;
		}
	}
	return true;
}

/* Writes the types that the programs name to a file for libbpf. */
static int pick_types(const struct load *l, int out)
{
	uint32_t size;
	const void *local = btf__raw_data(bpf_object__btf(l->object), &size);
	int kernel = local ? open(LOAD_BTF, O_RDONLY | O_CLOEXEC) : -1, error;

	if (kernel < 0)
		return -errno;
	error = corebtf_write(kernel, local, size, out);
	close(kernel);
	return error;
}

static bool load_fixed(struct load *l, const struct load_config *c, char *why, size_t size)
{
	char btf[32] = "";
	LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = "dtrace");
	int error, types = memfd_create("types", MFD_CLOEXEC);
	size_t bytes = 0;
	char *object;

	libbpf_set_print(keep_complaint);
	complaint[0] = '\0';
	snprintf(btf, sizeof btf, "/proc/self/fd/%d", types);
	if (types >= 0)
		options.btf_custom_path = btf;
	object = kern_object(&bytes);
	l->object = object ? bpf_object__open_mem(object, bytes, &options) : NULL;
	error = errno;
	free(object);
	errno = error;
	if (!l->object) {
		snprintf(why, size, "the fixed BPF programs cannot be read: %s", strerror(errno));
		return false;
	}
	resize(l->object, "scratch", l->cpus * c->constants.scratch_slots, c->scratch_size);
	resize(l->object, "leaves", c->leaves + 1, 0);
	resize(l->object, "profile_leaves", c->leaves + 1, 0);
	resize(l->object, "ring", c->ring_size, 0);
	resize(l->object, "retries", c->retries ? c->retries : 1, 0);
	if (!set_constants(l, &c->constants, why, size) || !choose_programs(l, c->hooks, c->light, why, size))
		return false;
	error = types < 0 ? 0 : pick_types(l, types);
	if (error) {
		snprintf(why, size, "the kernel's type information, " LOAD_BTF ", cannot be used: %s", strerror(-error));
		close(types);
		return false;
	}
	error = bpf_object__load(l->object);
	if (types >= 0)
		close(types);
	if (error) {
		load_tail(complaint, 6, why, size, "the fixed BPF programs cannot be loaded: %s", strerror(-error));
		return false;
	}
	return true;
}

static void *share(int map, size_t bytes)
{
	void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, map, 0);

	return p == MAP_FAILED ? NULL : p;
}

static bool share_maps(struct load *l, const struct load_config *c, char *why, size_t size)
{
	l->stride = (c->scratch_size + 7) & ~7u;
	l->elements = l->cpus * c->constants.scratch_slots;
	l->config = share(fd_of(l, "config"), sizeof *l->config);
	if (l->config)
		l->scratch = share(fd_of(l, "scratch"), (size_t)l->stride * l->elements);
	if (l->scratch)
		return true;
	snprintf(why, size, "the memory of the BPF programs cannot be mapped: %s", strerror(errno));
	return false;
}

struct load *load_new(const struct load_config *c, char *why, size_t size)
{
	struct load *l = calloc(1, sizeof *l);

	if (!l) {
		snprintf(why, size, "%s", strerror(ENOMEM));
		return NULL;
	}
	l->cpus = load_cpus();
	l->ring_size = c->ring_size;
	l->destructive = c->destructive;
	l->kernel_stacks = c->kernel_stacks;
	if (!l->cpus)
		snprintf(why, size, "/sys/devices/system/cpu/possible cannot be read: how many CPUs there are is unknown");
	if (!l->cpus || !load_fixed(l, c, why, size) || !share_maps(l, c, why, size) || !load_maps(l, c, why, size)) {
		load_free(l);
		return NULL;
	}
	return l;
}

void load_free(struct load *l)
{
	if (!l)
		return;
	load_detach(l);
	for (uint32_t i = 0; i < l->nmaps; i++) {
		if (l->owns[i] && l->maps[i] >= 0)
			close(l->maps[i]);
	}
	for (uint32_t i = 0; i < l->nleaves; i++)
		close(l->leaves[i]);
	if (l->scratch)
		munmap(l->scratch, (size_t)l->stride * l->elements);
	if (l->config)
		munmap(l->config, sizeof *l->config);
	bpf_object__close(l->object);
	free(l->leaves);
	free(l->maps);
	free(l->owns);
	free(l->known);
	free(l->events);
	free(l);
}

bool load_targets(struct load *l, const uint32_t *index, const struct target *t, uint32_t n, char *why, size_t size)
{
	LIBBPF_OPTS(bpf_map_batch_opts, options);

	if (!n || bpf_map_update_batch(fd_of(l, "targets"), index, t, &n, &options) == 0)
		return true;
	snprintf(why, size, "the targets of the probes cannot be set: %s", strerror(errno));
	return false;
}

/* Attaching */

/* 0, or what the kernel says; -ENOENT: it has no such tracepoint. */
static int attach_tracepoint(struct load *l, unsigned i)
{
	int fd = bpf_raw_tracepoint_open(kern_programs[i].tracepoint, bpf_program__fd(l->all[i]));

	if (fd < 0)
		return -errno;
	l->links[l->nlinks++] = fd;
	return 0;
}

/* In the order of the list: what is attached first runs first, and a kept firing comes before the return that brought it. */
bool load_attach(struct load *l, char *why, size_t size)
{
	*why = '\0';
	for (unsigned i = 0; i < kern_nprograms; i++) {
		const struct kern_program *k = &kern_programs[i];
		int error;

		if (!l->all[i] || !k->tracepoint || (error = attach_tracepoint(l, i)) == 0)
			continue;
		if (error != -ENOENT || !k->since) {
			snprintf(why, size, "raw tracepoint %s cannot be attached to: %s", k->tracepoint, strerror(-error));
			return false;
		}
		snprintf(why, size, "this kernel has no tracepoint %s, which came with Linux %s", k->tracepoint, k->since);
	}
	return l->nlinks || l->nevents || !*why;
}

static bool add_event(struct load *l, int fd)
{
	int *more = reallocarray(l->events, l->nevents + 1, sizeof *more);

	if (!more)
		return false;
	l->events = more;
	l->events[l->nevents++] = fd;
	return true;
}

static bool attach_event(struct load *l, uint64_t period_ns, int cpu, char *why, size_t size)
{
	struct perf_event_attr attr = { .type = PERF_TYPE_SOFTWARE,
					.size = sizeof attr,
					.config = PERF_COUNT_SW_CPU_CLOCK,
					.sample_period = period_ns };
	int fd = (int)syscall(SYS_perf_event_open, &attr, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC);

	if (fd < 0 && (errno == ENODEV || errno == ENXIO))
		return true; /* not online */
	if (fd < 0) {
		snprintf(why, size, "a clock event on CPU %d cannot be opened: %s%s", cpu, strerror(errno),
			 errno == EACCES || errno == EPERM ?
				 " (it takes CAP_PERFMON, or less of sysctl kernel.perf_event_paranoid)" :
				 "");
		return false;
	}
	if (ioctl(fd, PERF_EVENT_IOC_SET_BPF, bpf_program__fd(l->programs[HOOK_PROFILE])) != 0 || !add_event(l, fd)) {
		snprintf(why, size, "a clock event on CPU %d cannot be attached to: %s", cpu, strerror(errno));
		close(fd);
		return false;
	}
	ioctl(fd, PERF_EVENT_IOC_ENABLE, 0);
	return true;
}

bool load_profile(struct load *l, uint64_t period_ns, int cpu, const struct target *t, char *why, size_t size)
{
	if (bpf_map_update_elem(fd_of(l, "profiles"), &period_ns, t, BPF_ANY) != 0) {
		snprintf(why, size, "a profile probe cannot be set: %s", strerror(errno));
		return false;
	}
	for (unsigned i = 0; i < l->cpus; i++) {
		if ((cpu < 0 || (unsigned)cpu == i) && !attach_event(l, period_ns, (int)i, why, size))
			return false;
	}
	return true;
}

void load_detach(struct load *l)
{
	while (l->nlinks)
		close(l->links[--l->nlinks]);
	while (l->nevents)
		close(l->events[--l->nevents]);
}

/* Running */

int load_run(struct load *l, const struct run_context *c)
{
	LIBBPF_OPTS(bpf_test_run_opts, options, .ctx_in = c, .ctx_size_in = sizeof *c);

	return bpf_prog_test_run_opts(bpf_program__fd(l->programs[HOOK_RUN]), &options) == 0 ? 0 : -errno;
}

bool load_in_scope(struct load *l)
{
	struct run_context nothing = { 0 };
	LIBBPF_OPTS(bpf_test_run_opts, options, .ctx_in = &nothing, .ctx_size_in = sizeof nothing);

	return bpf_prog_test_run_opts(bpf_program__fd(l->programs[HOOK_RUN]), &options) == 0 && options.retval == 1;
}

static bool busy(const struct load *l, uint32_t element)
{
	const struct firing *f = (const void *)(l->scratch + (size_t)l->stride * element);

	return __atomic_load_n(&f->busy, __ATOMIC_ACQUIRE) != 0;
}

void load_quiet(struct load *l)
{
	struct run_context nothing = { 0 };
	struct timespec pause = { .tv_nsec = 20000 };
	unsigned patience = 100000; /* two seconds: a firing takes microseconds */

	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	for (unsigned i = 0; i < l->cpus; i++) {
		LIBBPF_OPTS(bpf_test_run_opts, options, .ctx_in = &nothing, .ctx_size_in = sizeof nothing,
			    .flags = BPF_F_TEST_RUN_ON_CPU, .cpu = i);

		bpf_prog_test_run_opts(bpf_program__fd(l->programs[HOOK_RUN]), &options); /* an offline CPU is quiet */
	}
	for (uint32_t i = 0; i < l->elements; i++) {
		while (busy(l, i) && patience-- > 0)
			nanosleep(&pause, NULL);
	}
}

struct config *load_shared(struct load *l)
{
	return l->config;
}

int load_map(const struct load *l, uint32_t i)
{
	return l->maps[i];
}

int load_ring(const struct load *l)
{
	return fd_of(l, "ring");
}

uint32_t load_ring_size(const struct load *l)
{
	return l->ring_size;
}

int load_drops(const struct load *l, uint64_t *n)
{
	uint64_t values[KERN_CPUS_MAX];
	int map = fd_of(l, "drops");

	for (uint32_t kind = 0; kind < KDROP_COUNT; kind++) {
		if (bpf_map_lookup_elem(map, &kind, values) != 0)
			return -errno;
		for (unsigned cpu = 0; cpu < l->cpus; cpu++)
			n[cpu * KDROP_COUNT + kind] = values[cpu];
	}
	return 0;
}

uint64_t load_misses(const struct load *l)
{
	uint64_t n = 0;

	for (unsigned i = 0; i < kern_nprograms; i++) {
		struct bpf_prog_info info = { 0 };
		uint32_t size = sizeof info;

		if (l->all[i] && bpf_prog_get_info_by_fd(bpf_program__fd(l->all[i]), &info, &size) == 0)
			n += info.recursion_misses;
	}
	return n;
}

int load_put(int map, const void *key, const void *value)
{
	return bpf_map_update_elem(map, key, value, BPF_ANY) == 0 ? 0 : -errno;
}

int load_get(int map, const void *key, void *value)
{
	return bpf_map_lookup_elem(map, key, value) == 0 ? 0 : -errno;
}

int load_read_batch(int map, void *in, void *out, void *keys, void *values, uint32_t *count)
{
	LIBBPF_OPTS(bpf_map_batch_opts, options);

	return bpf_map_lookup_batch(map, in, out, keys, values, count, &options) == 0 ? 0 : -errno;
}

int load_delete_batch(int map, const void *keys, uint32_t count)
{
	LIBBPF_OPTS(bpf_map_batch_opts, options);

	return bpf_map_delete_batch(map, keys, &count, &options) == 0 ? 0 : -errno;
}

int load_delete(int map, const void *key)
{
	return bpf_map_delete_elem(map, key) == 0 ? 0 : -errno;
}
