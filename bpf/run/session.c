/* SPDX-License-Identifier: GPL-2.0-only
 * A run from BEGIN to END. One loop: fire what is due, look after the processes, and every `switchrate` print what
 * waits.
 */
#include "session.h"

#include "agg.h"
#include "bpf/lang/eval.h"
#include "bpf/prov/prov.h"
#include "buffer.h"
#include "drops.h"
#include "enable.h"
#include "kernel.h"
#include "load.h"
#include "plan.h"
#include "print.h"
#include "self.h"
#include "symkeys.h"
#include "usym.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SECOND UINT64_C(1000000000)
#define LOOK_LEAST (SECOND / 1000)
#define LOOK_MOST  (SECOND / 8)

struct session {
	struct session_config c;
	struct enabling enabling;
	struct buffer buffer;
	struct agg_store *aggs;
	struct eval *eval;     /* who runs the program: this, */
	struct kernel *kernel; /* or this if it is not NULL */
	struct print *print;
	struct run_scope scope;
	struct usym *usym; /* names of addresses */
	struct drops drops;
	uint64_t look_ns;    /* how often the ring buffer is looked at */
	uint64_t counted_ns; /* when aggregations were last taken over from the kernel */
	bool failed; /* printing stopped with an error */
};

static volatile sig_atomic_t interrupted;

static void on_signal(int sig)
{
	(void)sig;
	interrupted++;
}

static uint64_t now_ns(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

static bool record(void *cookie, const void *bytes, size_t size)
{
	return buffer_put(&((struct session *)cookie)->buffer, bytes, size);
}

static bool set_error_clauses(struct session *s)
{
	const struct enabled *e = enable_kind(&s->enabling, PROV_ERROR);

	return !e || eval_set_error(s->eval, e->probe->id, e->clauses, e->n) == 0;
}

/* Whether a probe is enabled that only the kernel can fire. */
static bool needs_kernel(const struct session *s)
{
	for (uint32_t i = 0; i < s->enabling.n; i++) {
		if (plan_is_kernel(s->enabling.list[i].probe))
			return true;
	}
	return false;
}

/* Probes of devices and of the kernel itself belong to no container. */
static bool check_probes(const struct session *s, const struct run_scope *scope, char *why, size_t size)
{
	for (uint32_t i = 0; i < s->enabling.n && !scope->is_host; i++) {
		const struct prov_probe *p = s->enabling.list[i].probe;

		if (p->kind != PROV_IO)
			continue;
		snprintf(why, size, "%s:%s:%s:%s fires for the whole machine: a request to a device does not say which "
				    "container it is of. Trace it on the host, with --host", p->provider, p->module, p->function,
			 p->name);
		return false;
	}
	return true;
}

static bool make_kernel(struct session *s, const struct eval_options *eo, char *why, size_t size)
{
	struct kernel_config kc = { .program = s->c.program,
				    .probes = s->c.probes,
				    .enabling = &s->enabling,
				    .options = s->c.options,
				    .eval = eo,
				    .scope = &s->scope,
				    .buffer = &s->buffer,
				    .aggs = s->aggs };

	/* Where only user space fires, there is nobody to be kept out. */
	if (needs_kernel(s) && !scope_find(&s->scope, s->c.scope, why, size)) {
		/* What hides the scope is often what forbids bpf(2) as well, and that can be helped. */
		char forbidden[512];

		if (!load_allowed(forbidden, sizeof forbidden))
			snprintf(why, size, "%s", forbidden);
		return false;
	}
	if (needs_kernel(s) && !check_probes(s, &s->scope, why, size))
		return false;
	s->kernel = kernel_new(&kc, why, size);
	if (s->kernel && (uint64_t)s->c.options->value[OPT_BUFSIZE] > KERNEL_RING_MOST && !s->c.options->value[OPT_QUIET])
		text_printf(stderr, "dtrace: buffer size lowered to %um\n", KERNEL_RING_MOST >> 20);
	return s->kernel != NULL;
}

static bool make_evaluator(struct session *s, const struct eval_options *eo)
{
	struct eval_env env = { .cookie = s, .record = record };

	self_env(&env, s->c.argv);
	s->eval = eval_new(s->c.program, eo, &env, s->aggs);
	return s->eval && set_error_clauses(s);
}

static bool chooses_kernel(const struct session *s)
{
	const char *backend = s->c.options->text[OPT_BACKEND];

	if (backend && strcmp(backend, "auto") != 0)
		return strcmp(backend, "bpf") == 0;
	return needs_kernel(s);
}

static pid_t number_of(void *ctx, pid_t pid)
{
	return scope_pid(&((const struct session *)ctx)->scope, pid);
}

static bool make_parts(struct session *s, char *why, size_t size)
{
	const int64_t *v = s->c.options->value;
	struct eval_options eo = { .dynvarsize = (uint64_t)v[OPT_DYNVARSIZE],
				   .specsize = (uint64_t)v[OPT_SPECSIZE],
				   .nspec = (uint32_t)v[OPT_NSPEC],
				   .stackframes = (uint32_t)v[OPT_STACKFRAMES],
				   .ustackframes = (uint32_t)v[OPT_USTACKFRAMES],
				   .jstackframes = (uint32_t)v[OPT_JSTACKFRAMES],
				   .destructive = v[OPT_DESTRUCTIVE] != 0,
				   .seed = now_ns(CLOCK_REALTIME) ^ (uint64_t)getpid() };
	struct print_config pc = {
		.program = s->c.program, .probes = s->c.probes, .options = s->c.options, .out = s->c.out, .err = stderr
	};

	buffer_init(&s->buffer, (size_t)v[OPT_BUFSIZE], v[OPT_BUFPOLICY]);
	s->aggs = agg_new(s->c.program, (size_t)v[OPT_AGGSIZE]);
	s->usym = usym_new(number_of, s, v[OPT_QUIET] ? NULL : stderr);
	pc.aggs = s->aggs;
	pc.usym = s->usym;
	snprintf(why, size, "%s", strerror(ENOMEM));
	if (!s->aggs || !s->usym || !(s->print = print_new(&pc)))
		return false;
	return chooses_kernel(s) ? make_kernel(s, &eo, why, size) : make_evaluator(s, &eo);
}

struct session *session_new(const struct session_config *c, char *why, size_t size)
{
	struct session *s = calloc(1, sizeof *s);

	if (!s) {
		snprintf(why, size, "%s", strerror(ENOMEM));
		return NULL;
	}
	s->c = *c;
	if (enable_init(&s->enabling, c->program, c->probes) != 0)
		snprintf(why, size, "%s", strerror(ENOMEM));
	else if (make_parts(s, why, size))
		return s;
	session_free(s);
	return NULL;
}

void session_free(struct session *s)
{
	if (!s)
		return;
	kernel_free(s->kernel);
	enable_free(&s->enabling);
	print_free(s->print);
	usym_free(s->usym);
	eval_free(s->eval);
	agg_free(s->aggs);
	buffer_free(&s->buffer);
	free(s);
}

uint32_t session_unfired(const struct session *s, const struct prov_probe **example)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->enabling.n && !s->kernel; i++) {
		if (s->enabling.list[i].probe->kind <= PROV_TICK)
			continue;
		if (n++ == 0)
			*example = s->enabling.list[i].probe;
	}
	return n;
}

/* Firing */

static void fire(struct session *s, const struct enabled *e, uint32_t cpu, uint64_t time_ns)
{
	const struct prov_probe *p = e->probe;
	struct eval_probe probe = { .id = p->id,
				    .cpu = cpu,
				    .provider = p->provider,
				    .module = p->module,
				    .function = p->function,
				    .name = p->name,
				    .time_ns = time_ns,
				    .walltime_ns = now_ns(CLOCK_REALTIME),
				    .after_exit = p->kind == PROV_END };

	if (s->kernel) {
		int error = kernel_fire(s->kernel, e);

		if (error) {
			text_printf(stderr, "dtrace: %s:%s:%s:%s cannot be fired: BPF_PROG_RUN: %s\n", p->provider, p->module,
				    p->function, p->name, strerror(-error));
			s->failed = true;
		}
		return;
	}
	eval_fire(s->eval, &probe, e->clauses, e->n);
}

static uint32_t current_cpu(void)
{
	int cpu = sched_getcpu();

	return cpu < 0 ? 0 : (uint32_t)cpu;
}

static void fire_kind(struct session *s, enum prov_kind kind)
{
	const struct enabled *e = enable_kind(&s->enabling, kind);

	if (e)
		fire(s, e, current_cpu(), now_ns(CLOCK_MONOTONIC));
}

/* Whether exit() was called. */
static bool has_status(const struct session *s, int *status)
{
	return s->kernel ? kernel_exited(s->kernel, status) : eval_exited(s->eval, status);
}

static bool exited(const struct session *s)
{
	int status;

	return has_status(s, &status) || s->buffer.filled ||
	       (s->c.options->is_set[OPT_ERREXIT] && print_faults(s->print) > 0);
}

/* profile is the kernel's, where there is one. */
static bool is_timer(const struct session *s, const struct enabled *e)
{
	return e->probe->kind == PROV_TICK || (e->probe->kind == PROV_PROFILE && !s->kernel);
}

/* The timer that is due first; NULL: there is none. */
static struct enabled *next_timer(struct session *s)
{
	struct enabled *first = NULL;

	for (uint32_t i = 0; i < s->enabling.n; i++) {
		if (is_timer(s, &s->enabling.list[i]) && (!first || s->enabling.list[i].next_ns < first->next_ns))
			first = &s->enabling.list[i];
	}
	return first;
}

static void start_timers(struct session *s)
{
	uint64_t now = now_ns(CLOCK_MONOTONIC);

	for (uint32_t i = 0; i < s->enabling.n; i++)
		s->enabling.list[i].next_ns = now + s->enabling.list[i].probe->period_ns;
}

/* A tick fires on one CPU, profile on each; dtrace's own thread stands in for what runs there. */
static void fire_timer(struct session *s, struct enabled *e)
{
	cpu_set_t set;

	/* Also for the periods that were missed: a count over a time is exact. */
	e->next_ns += e->probe->period_ns;
	if (e->probe->kind == PROV_TICK || sched_getaffinity(0, sizeof set, &set) != 0) {
		fire(s, e, current_cpu(), now_ns(CLOCK_MONOTONIC));
		return;
	}
	for (uint32_t cpu = 0; cpu < CPU_SETSIZE; cpu++) {
		if (CPU_ISSET(cpu, &set))
			fire(s, e, cpu, now_ns(CLOCK_MONOTONIC));
	}
}

/* Fires what is due by now; what becomes due meanwhile waits for the next round, so that printing is not starved. */
static void fire_timers(struct session *s)
{
	uint64_t now = now_ns(CLOCK_MONOTONIC);
	struct enabled *e;

	while (!interrupted && !exited(s) && (e = next_timer(s)) && e->next_ns <= now)
		fire_timer(s, e);
}

/* Printing */

/* Takes over from the kernel: aggregations when they are due, or when a record may print them. Those come last: they hold all that
 * was counted before any of the records. */
static void take_over(struct session *s)
{
	uint64_t now = now_ns(CLOCK_MONOTONIC);
	size_t len;

	kernel_drain_records(s->kernel);
	buffer_records(&s->buffer, &len);
	if (len || now - s->counted_ns >= (uint64_t)s->c.options->value[OPT_AGGRATE]) {
		int error = kernel_drain_counts(s->kernel);

		symkeys_take(s->aggs, s->c.program, s->usym);
		s->counted_ns = now;
		if (error) {
			text_printf(stderr, "dtrace: the kernel's aggregations cannot be read: %s\n", strerror(-error));
			s->failed = true;
		}
	}
}

static void consume(struct session *s)
{
	const void *records;
	size_t len;

	if (s->failed)
		return;
	if (s->kernel)
		take_over(s);
	else
		symkeys_take(s->aggs, s->c.program, s->usym);
	records = buffer_records(&s->buffer, &len);
	if (print_records(s->print, records, len) != 0) {
		text_printf(stderr, "dtrace: processing aborted: %s\n",
			    errno == EBADMSG  ? "a record is not what the program makes"
			    : errno == EINVAL ? "an option could not be set"
					      : strerror(errno));
		s->failed = true;
	}
	buffer_clear(&s->buffer);
	if (fflush(print_out(s->print)) != 0 || ferror(print_out(s->print))) {
		if (print_out(s->print) == s->c.out)
			*s->c.lost = errno;
		s->failed = true;
	}
	if (s->kernel)
		kernel_drops(s->kernel, &s->drops);
	else
		drops_of_evaluator(&s->drops, s->eval, current_cpu());
	drops_report(&s->drops, s->c.options->value[OPT_DROPTAGS] != 0);
}

/* ring and fill keep their records until tracing ends. */
static bool prints_at_end(const struct session *s)
{
	return s->c.options->value[OPT_BUFPOLICY] != OPT_POLICY_SWITCH;
}

static void tell(void *cookie, const char *sentence)
{
	struct session *s = cookie;

	if (!s->c.options->value[OPT_QUIET])
		text_printf(stderr, "dtrace: %s\n", sentence);
}

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* Leaves send records without waking us, but those that may call exit(): so the ring buffer is looked at from time to time, the
 * more often the fuller it was. */
static void take_records(struct session *s)
{
	uint32_t fill = kernel_drain_records(s->kernel);

	if (fill > 12 && s->look_ns > LOOK_LEAST)
		s->look_ns /= 2;
	else if (fill < 3 && s->look_ns < LOOK_MOST)
		s->look_ns *= 2;
}

/* Sleeps until something is to be done at `until` (CLOCK_MONOTONIC), a process ends, a record or a signal comes. */
static void sleep_until(struct session *s, uint64_t until, const sigset_t *open_mask)
{
	struct pollfd fds[VICTIM_MAX + 1];
	uint64_t now = now_ns(CLOCK_MONOTONIC), ns = until > now ? until - now : 0;
	struct timespec t;
	unsigned n;
	bool blind;

	n = victim_poll(s->c.victims, fds, &blind);
	if (blind)
		ns = least(ns, (uint64_t)s->c.options->value[OPT_STATUSRATE]);
	if (s->kernel)
		ns = least(ns, s->look_ns);
	t = (struct timespec){ .tv_sec = (time_t)(ns / SECOND), .tv_nsec = (long)(ns % SECOND) };
	if (s->kernel)
		fds[n++] = (struct pollfd){ .fd = kernel_ring(s->kernel), .events = POLLIN };
	ppoll(fds, n, &t, open_mask);
	if (s->kernel)
		take_records(s);
}

/* A buffer that fills faster than switchrate empties it need not lose anything. */
static bool is_half_full(const struct session *s)
{
	size_t len;

	buffer_records(&s->buffer, &len);
	return len > s->buffer.max / 2;
}

static void loop(struct session *s, const sigset_t *open_mask)
{
	uint64_t printed_ns = now_ns(CLOCK_MONOTONIC);

	while (!exited(s) && !interrupted && !s->failed) {
		/* setopt() may change the rate; 0 would be a busy loop */
		uint64_t rate = (uint64_t)s->c.options->value[OPT_SWITCHRATE], until;
		struct enabled *timer;

		rate = rate < 1000000 ? 1000000 : rate;
		until = printed_ns + rate < printed_ns ? UINT64_MAX : printed_ns + rate;
		timer = next_timer(s);
		sleep_until(s, timer ? least(until, timer->next_ns) : until, open_mask);
		fire_timers(s);
		victim_reap(s->c.victims, tell, s);
		if (s->c.victims->n && !s->c.victims->live)
			return;
		if (now_ns(CLOCK_MONOTONIC) >= until || is_half_full(s)) {
			if (!prints_at_end(s))
				consume(s);
			printed_ns = now_ns(CLOCK_MONOTONIC);
		}
	}
}

/* ^C and its like end tracing, not dtrace: END fires, aggregations are printed. They are taken only while we sleep. */
static void catch_signals(sigset_t *open_mask)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	struct sigaction act = { .sa_handler = on_signal }, old;
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		/* nohup and a shell's background jobs ignore some: that stays so */
		if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler == SIG_IGN)
			continue;
		sigaction(signals[i], &act, NULL);
		sigaddset(&set, signals[i]);
	}
	sigprocmask(SIG_BLOCK, &set, open_mask);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		sigdelset(open_mask, signals[i]);
}

int session_run(struct session *s)
{
	sigset_t open_mask, pending;
	char why[LOAD_WHY_MAX];
	int status = 0;

	catch_signals(&open_mask);
	fire_kind(s, PROV_BEGIN);
	*why = '\0';
	if (s->kernel && !exited(s) && !kernel_start(s->kernel, why, sizeof why)) {
		text_printf(stderr, "dtrace: could not enable tracing: %s\n", why);
		s->failed = true;
	} else if (*why) {
		text_printf(stderr, "dtrace: not all probes fire: %s\n", why);
	}
	/* A command must not run unseen. */
	if (!s->failed)
		victim_start(s->c.victims);
	start_timers(s);
	s->look_ns = LOOK_LEAST * 8;
	loop(s, &open_mask);
	if (s->kernel)
		kernel_stop(s->kernel);
	if (interrupted)
		putc('\n', print_out(s->print)); /* behind the terminal's ^C */
	/* END has room for its records, whatever the buffer holds. */
	if (!prints_at_end(s))
		consume(s);
	else if (s->buffer.filled)
		s->buffer.max += REC_SIZE_MAX;
	fire_kind(s, PROV_END);
	s->counted_ns = 0; /* the last time, whatever aggrate says */
	consume(s);
	/* A second ^C: the user does not want to wait for aggregations. */
	if (!s->failed && !(sigpending(&pending) == 0 && sigismember(&pending, SIGINT) == 1) &&
	    print_end(s->print) != 0) {
		text_printf(stderr, "dtrace: failed to print aggregations: %s\n", strerror(errno));
		s->failed = true;
	}
	/* c.out is closed, and looked at, by whoever opened it */
	if (print_out(s->print) != s->c.out && (fflush(print_out(s->print)) != 0 || ferror(print_out(s->print)))) {
		text_printf(stderr, "dtrace: output to a file of freopen() is lost: %s\n", strerror(errno));
		s->failed = true;
	}
	victim_release(s->c.victims);
	if (!has_status(s, &status) && s->c.options->is_set[OPT_ERREXIT] && print_faults(s->print))
		status = (int)s->c.options->value[OPT_ERREXIT];
	return s->failed || s->c.victims->failed ? 1 : status;
}
