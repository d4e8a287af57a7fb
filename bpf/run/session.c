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
#include "list.h"
#include "print.h"
#include "self.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SECOND UINT64_C(1000000000)

/* An enabled probe with the clauses that it runs. */
struct enabled {
	const struct prov_probe *probe;
	struct eval_enabling *clauses;
	uint32_t n, room;
	uint64_t next_ns; /* PROFILE and TICK: when it fires next */
};

struct session {
	struct session_config c;
	struct enabled *enabled;
	uint32_t nenabled, room, nepids;
	uint32_t *by_id; /* index into enabled plus 1, by the probe's id */
	uint32_t ids;
	struct buffer buffer;
	struct agg_store *aggs;
	struct eval *eval;
	struct print *print;
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

/* Enabling */

static struct enabled *enabled_of(struct session *s, const struct prov_probe *p)
{
	if (p->id >= s->ids) {
		uint32_t ids = p->id + 1024;
		uint32_t *more = reallocarray(s->by_id, ids, sizeof *more);

		if (!more)
			return NULL;
		memset(more + s->ids, 0, (ids - s->ids) * sizeof *more);
		s->by_id = more;
		s->ids = ids;
	}
	if (!s->by_id[p->id]) {
		if (s->nenabled == s->room) {
			uint32_t room = s->room ? s->room * 2 : 16;
			struct enabled *more = reallocarray(s->enabled, room, sizeof *more);

			if (!more)
				return NULL;
			s->enabled = more;
			s->room = room;
		}
		s->enabled[s->nenabled] = (struct enabled){ .probe = p };
		s->by_id[p->id] = ++s->nenabled;
	}
	return &s->enabled[s->by_id[p->id] - 1];
}

struct matching {
	struct session *s;
	uint32_t clause;
	bool failed;
};

static bool enable(void *cookie, const struct prov_probe *p)
{
	struct matching *m = cookie;
	struct enabled *e = enabled_of(m->s, p);

	m->failed = !e;
	if (e && e->n == e->room) {
		uint32_t room = e->room ? e->room * 2 : 2;
		struct eval_enabling *more = reallocarray(e->clauses, room, sizeof *more);

		m->failed = !more;
		if (more) {
			e->clauses = more;
			e->room = room;
		}
	}
	if (m->failed)
		return false;
	e->clauses[e->n++] = (struct eval_enabling){ m->clause, ++m->s->nepids };
	return true;
}

static bool enable_matches(void *cookie, const struct prov_desc *d)
{
	struct matching *m = cookie;

	if (prov_match(m->s->c.probes, d, enable, m) == -ENOMEM)
		m->failed = true;
	return !m->failed;
}

/* Clause after clause of the same description is common, and a look at every probe for each would take long. */
static bool enable_again(struct session *s, uint32_t clause)
{
	struct matching m = { s, clause, false };

	for (uint32_t i = 0; i < s->nenabled && !m.failed; i++) {
		const struct enabled *e = &s->enabled[i];
		uint32_t before = e->n, times = 0; /* more than once: "BEGIN, BEGIN" */

		while (times < before && e->clauses[before - 1 - times].clause == clause - 1)
			times++;
		while (times-- > 0 && !m.failed)
			enable(&m, e->probe);
	}
	return !m.failed;
}

static bool enable_clause(struct session *s, uint32_t clause)
{
	const struct ir_clause *c = &s->c.program->clauses[clause];
	struct matching m = { s, clause, false };

	if (clause > 0 && c->probes == c[-1].probes)
		return enable_again(s, clause);
	return list_descriptions(s->c.program, clause, enable_matches, &m);
}

static const struct enabled *enabled_kind(const struct session *s, enum prov_kind kind)
{
	for (uint32_t i = 0; i < s->nenabled; i++) {
		if (s->enabled[i].probe->kind == kind)
			return &s->enabled[i];
	}
	return NULL;
}

static bool record(void *cookie, const void *bytes, size_t size)
{
	return buffer_put(&((struct session *)cookie)->buffer, bytes, size);
}

static bool set_error_clauses(struct session *s)
{
	const struct enabled *e = enabled_kind(s, PROV_ERROR);

	return !e || eval_set_error(s->eval, e->probe->id, e->clauses, e->n) == 0;
}

static bool make_parts(struct session *s)
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
	struct eval_env env = { .cookie = s, .record = record };
	struct print_config pc = {
		.program = s->c.program, .probes = s->c.probes, .options = s->c.options, .out = s->c.out, .err = stderr
	};

	self_env(&env, s->c.argv);
	buffer_init(&s->buffer, (size_t)v[OPT_BUFSIZE], v[OPT_BUFPOLICY]);
	s->aggs = agg_new(s->c.program, (size_t)v[OPT_AGGSIZE]);
	pc.aggs = s->aggs;
	return s->aggs && (s->eval = eval_new(s->c.program, &eo, &env, s->aggs)) && (s->print = print_new(&pc)) &&
	       set_error_clauses(s);
}

struct session *session_new(const struct session_config *c)
{
	struct session *s = calloc(1, sizeof *s);
	bool good = s != NULL;

	if (s)
		s->c = *c;
	for (uint32_t i = 0; good && i < c->program->nclauses; i++)
		good = enable_clause(s, i);
	if (good && make_parts(s))
		return s;
	session_free(s);
	errno = ENOMEM;
	return NULL;
}

void session_free(struct session *s)
{
	if (!s)
		return;
	for (uint32_t i = 0; i < s->nenabled; i++)
		free(s->enabled[i].clauses);
	free(s->enabled);
	free(s->by_id);
	print_free(s->print);
	eval_free(s->eval);
	agg_free(s->aggs);
	buffer_free(&s->buffer);
	free(s);
}

uint32_t session_unfired(const struct session *s, const struct prov_probe **example)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->nenabled; i++) {
		if (s->enabled[i].probe->kind <= PROV_TICK)
			continue;
		if (n++ == 0)
			*example = s->enabled[i].probe;
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

	eval_fire(s->eval, &probe, e->clauses, e->n);
}

static uint32_t current_cpu(void)
{
	int cpu = sched_getcpu();

	return cpu < 0 ? 0 : (uint32_t)cpu;
}

static void fire_kind(struct session *s, enum prov_kind kind)
{
	const struct enabled *e = enabled_kind(s, kind);

	if (e)
		fire(s, e, current_cpu(), now_ns(CLOCK_MONOTONIC));
}

static bool exited(const struct session *s)
{
	int status;

	return eval_exited(s->eval, &status) || s->buffer.filled ||
	       (s->c.options->is_set[OPT_ERREXIT] && print_faults(s->print) > 0);
}

static bool is_timer(const struct enabled *e)
{
	return e->probe->kind == PROV_TICK || e->probe->kind == PROV_PROFILE;
}

/* The timer that is due first; NULL: there is none. */
static struct enabled *next_timer(struct session *s)
{
	struct enabled *first = NULL;

	for (uint32_t i = 0; i < s->nenabled; i++) {
		if (is_timer(&s->enabled[i]) && (!first || s->enabled[i].next_ns < first->next_ns))
			first = &s->enabled[i];
	}
	return first;
}

static void start_timers(struct session *s)
{
	uint64_t now = now_ns(CLOCK_MONOTONIC);

	for (uint32_t i = 0; i < s->nenabled; i++)
		s->enabled[i].next_ns = now + s->enabled[i].probe->period_ns;
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

static void consume(struct session *s)
{
	size_t len;
	const void *records = buffer_records(&s->buffer, &len);

	if (s->failed)
		return;
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
	drops_report(s->eval, current_cpu(), s->c.options->value[OPT_DROPTAGS] != 0);
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

/* Sleeps until something is to be done at `until` (CLOCK_MONOTONIC), a process ends or a signal comes. */
static void sleep_until(struct session *s, uint64_t until, const sigset_t *open_mask)
{
	struct pollfd fds[VICTIM_MAX];
	uint64_t now = now_ns(CLOCK_MONOTONIC), ns = until > now ? until - now : 0;
	struct timespec t;
	unsigned n;
	bool blind;

	n = victim_poll(s->c.victims, fds, &blind);
	if (blind)
		ns = least(ns, (uint64_t)s->c.options->value[OPT_STATUSRATE]);
	t = (struct timespec){ .tv_sec = (time_t)(ns / SECOND), .tv_nsec = (long)(ns % SECOND) };
	ppoll(fds, n, &t, open_mask);
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
		if (now_ns(CLOCK_MONOTONIC) >= until) {
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
	int status = 0;

	catch_signals(&open_mask);
	fire_kind(s, PROV_BEGIN);
	victim_start(s->c.victims);
	start_timers(s);
	loop(s, &open_mask);
	if (interrupted)
		putc('\n', print_out(s->print)); /* behind the terminal's ^C */
	/* END has room for its records, whatever the buffer holds. */
	if (!prints_at_end(s))
		consume(s);
	else if (s->buffer.filled)
		s->buffer.max += REC_SIZE_MAX;
	fire_kind(s, PROV_END);
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
	if (!eval_exited(s->eval, &status) && s->c.options->is_set[OPT_ERREXIT] && print_faults(s->print))
		status = (int)s->c.options->value[OPT_ERREXIT];
	return s->failed ? 1 : status;
}
