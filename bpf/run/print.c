/* SPDX-License-Identifier: GPL-2.0-only
 * Records to lines. See print.h.
 */
#include "print.h"

#include "aggprint.h"
#include "bpf/lang/eval.h"
#include "bpf/prov/prov.h"
#include "out.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct print {
	struct print_config c;
	struct out out;
	FILE *reopened;	   /* what freopen() has opened, or NULL */
	bool *agg_printed; /* by printa() */
	bool heading;	   /* the line of titles is out */
	uint32_t last_probe;
	int indent; /* -F */
	uint64_t faults;
};

struct print *print_new(const struct print_config *c)
{
	struct print *pr = calloc(1, sizeof *pr);

	if (!pr)
		return NULL;
	pr->c = *c;
	pr->out = (struct out){ c->out, c->program, c->options, c->aggs, c->usym };
	pr->agg_printed = calloc(c->program->naggs + 1, sizeof *pr->agg_printed);
	if (!pr->agg_printed) {
		free(pr);
		return NULL;
	}
	return pr;
}

void print_free(struct print *pr)
{
	if (!pr)
		return;
	if (pr->reopened)
		fclose(pr->reopened);
	free(pr->agg_printed);
	free(pr);
}

FILE *print_out(const struct print *pr)
{
	return pr->out.fp;
}

uint64_t print_faults(const struct print *pr)
{
	return pr->faults;
}

static bool option(const struct print *pr, enum option_id id)
{
	return pr->c.options->value[id] != 0;
}

enum flow { FLOW_NONE, FLOW_ENTRY, FLOW_RETURN };

/* "entry" or "...-entry"; "carpentry" is none. */
static bool ends_with(const char *name, const char *word)
{
	size_t n = strlen(name), m = strlen(word);

	return n >= m && strcmp(name + n - m, word) == 0 && (n == m || name[n - m - 1] == '-');
}

/* A second clause of the same entry indents no further; of several of one return only the last goes back. */
static enum flow flow_of(const struct print *pr, const struct prov_probe *p, uint32_t next)
{
	if (ends_with(p->name, "entry"))
		return pr->last_probe == p->id ? FLOW_NONE : FLOW_ENTRY;
	if (ends_with(p->name, "return"))
		return next == p->id ? FLOW_NONE : FLOW_RETURN;
	return FLOW_NONE;
}

static void flow_line(struct print *pr, const struct rec_header *h, const struct prov_probe *p, uint32_t next)
{
	bool syscall = strcmp(p->provider, "syscall") == 0 || strcmp(p->provider, "lx-syscall") == 0;
	enum flow flow = flow_of(pr, p, next);
	const char *prefix = flow == FLOW_ENTRY	   ? (syscall ? " => " : " -> ")
			     : flow == FLOW_RETURN ? (syscall ? " <= " : " <- ")
						   : " | ";
	int width;

	if (flow == FLOW_RETURN && pr->indent > 0)
		pr->indent -= 2;
	fprintf(pr->out.fp, "%3" PRIu32 " ", h->cpu);
	width = fprintf(pr->out.fp, "%*s%s", pr->indent, "", prefix);
	width += text_printf(pr->out.fp, flow == FLOW_NONE ? "%s:%s" : "%s", p->function, p->name);
	fprintf(pr->out.fp, "%*s ", width < 41 ? 41 - width : 0, "");
	if (flow == FLOW_ENTRY)
		pr->indent += 2;
}

static void plain_line(struct print *pr, const struct rec_header *h, const struct prov_probe *p)
{
	char name[256];

	text_snprintf(name, sizeof name, "%s:%s", p->function, p->name);
	fprintf(pr->out.fp, "%3" PRIu32 " %6" PRIu32 " %32s ", h->cpu, h->probe, name);
}

static void begin_line(struct print *pr, const struct rec_header *h, const struct prov_probe *p, uint32_t next)
{
	bool flow = option(pr, OPT_FLOWINDENT), quiet = option(pr, OPT_QUIET);

	if (flow || !quiet) {
		if (!pr->heading && flow)
			fprintf(pr->out.fp, "%3s %-41s\n", "CPU", "FUNCTION");
		else if (!pr->heading)
			fprintf(pr->out.fp, "%3s %6s %32s\n", "CPU", "ID", "FUNCTION:NAME");
		pr->heading = true;
		if (flow)
			flow_line(pr, h, p, next);
		else
			plain_line(pr, h, p);
	}
	pr->last_probe = p->id;
}

static void fault(struct print *pr, const struct rec *r, const struct prov_probe *p)
{
	char where[32] = "predicate", offset[40] = "", address[40] = "";

	pr->faults++;
	if (r->fault.action)
		snprintf(where, sizeof where, "action #%" PRIu32, r->fault.action);
	if (r->fault.offset != UINT64_MAX)
		snprintf(offset, sizeof offset, " at DIF offset %" PRIu64, r->fault.offset);
	if (r->fault.fault == IR_FAULT_BADADDR || r->fault.fault == IR_FAULT_BADALIGN ||
	    r->fault.fault == IR_FAULT_BADSTACK)
		snprintf(address, sizeof address, " (0x%" PRIx64 ")", r->fault.address);
	fflush(pr->out.fp);
	text_printf(pr->c.err, "dtrace: error on enabled probe ID %u (ID %u: %s:%s:%s:%s): %s%s in %s%s\n",
		    r->head.epid, r->head.probe, p->provider, p->module, p->function, p->name,
		    eval_fault_name((enum ir_fault)r->fault.fault), address, where, offset);
}

/* The text that a format and its values make, in memory of its own; NULL: out of memory, or they do not fit (errno). */
static char *formatted(struct print *pr, const struct ir_action *a, struct rec_values *values)
{
	struct out o = pr->out;
	char *text = NULL;
	size_t size;
	bool good;

	o.fp = open_memstream(&text, &size);
	if (!o.fp)
		return NULL;
	good = out_format(&o, pr->c.program->strings[a->format].p, pr->c.program->strings[a->format].len, values, NULL,
			  0);
	if (fclose(o.fp) != 0 || !good) {
		free(text);
		errno = EBADMSG;
		return NULL;
	}
	return text;
}

static int run_system(struct print *pr, const struct ir_action *a, struct rec_values *values)
{
	char *command = formatted(pr, a, values);
	sigset_t blocked, none;
	int status;

	if (!command)
		return -1;
	fflush(pr->out.fp); /* its output comes after what was printed before */
	/* The session blocks signals but while it sleeps; the command must not inherit that. */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, &blocked);
	status = system(command);
	sigprocmask(SIG_SETMASK, &blocked, NULL);
	if (status == -1)
		text_printf(pr->c.err, "dtrace: system(\"%s\") failed: %s\n", command, strerror(errno));
	free(command);
	return 0;
}

/* "" goes back to where output went at first. */
static int run_freopen(struct print *pr, const struct ir_action *a, struct rec_values *values)
{
	char *path = formatted(pr, a, values);
	FILE *fp = NULL;

	if (!path)
		return -1;
	fflush(pr->out.fp);
	if (*path && !(fp = fopen(path, "ae"))) {
		text_printf(pr->c.err, "dtrace: failed to freopen(\"%s\"): %s\n", path, strerror(errno));
	} else {
		if (pr->reopened && fclose(pr->reopened) != 0)
			text_printf(pr->c.err, "dtrace: output to a file of freopen() is lost: %s\n", strerror(errno));
		pr->reopened = fp;
		pr->out.fp = fp ? fp : pr->c.out;
	}
	free(path);
	return 0;
}

static void run_ftruncate(struct print *pr)
{
	fflush(pr->out.fp);
	/* A pipe or a terminal cannot be cut, and dtrace says nothing about it. */
	if (ftruncate(fileno(pr->out.fp), 0) == 0)
		rewind(pr->out.fp);
}

static int run_setopt(struct print *pr, struct rec_values *values)
{
	struct rec_value v;
	char text[2][IR_STRSIZE_MAX], why[128];
	int n = 0;

	for (; n < 2 && rec_value(values, &v) == 1; n++) {
		if (v.type.kind != IR_STRING || v.len >= sizeof text[n])
			break;
		memcpy(text[n], v.p, v.len);
		text[n][v.len] = '\0';
	}
	if (n == 0) {
		errno = EBADMSG;
		return -1;
	}
	if (options_set(pr->c.options, text[0], n == 2 ? text[1] : NULL, OPT_BY_SETOPT, why, sizeof why))
		return 0;
	text_printf(pr->c.err, "dtrace: failed to set option '%s'%s%s%s: %s\n", text[0], n == 2 ? " to '" : "",
		    n == 2 ? text[1] : "", n == 2 ? "'" : "", why);
	errno = EINVAL;
	return -1;
}

static int run_printa(struct print *pr, const struct ir_action *a)
{
	const uint32_t *aggs = pr->c.program->agg_refs + a->aggs;
	bool has_format = a->arg == 1;

	for (uint32_t i = 0; i < a->naggs; i++)
		pr->agg_printed[aggs[i]] = true;
	return aggprint_rows(&pr->out, aggs, a->naggs, has_format ? pr->c.program->strings[a->format].p : NULL,
			     has_format ? pr->c.program->strings[a->format].len : 0);
}

/* clear, trunc, normalize, denormalize: an aggregation, and at most one number. */
static int run_on_aggregation(struct print *pr, const struct ir_action *a, struct rec_values *values)
{
	struct rec_value v = { .i = 0 };
	bool given = rec_value(values, &v) == 1;

	for (uint32_t i = 0; i < a->naggs; i++) {
		uint32_t agg = pr->c.program->agg_refs[a->aggs + i];

		if (a->kind == IR_ACT_CLEAR)
			agg_clear(pr->c.aggs, agg);
		else if (a->kind == IR_ACT_TRUNC)
			agg_trunc(pr->c.aggs, agg, given ? v.i : 0);
		else
			agg_normalize(pr->c.aggs, agg, a->kind == IR_ACT_NORMALIZE && given ? v.i : 1);
	}
	return 0;
}

static bool run_tracemem(struct print *pr, struct rec_values *values)
{
	struct rec_value memory, count;
	size_t n;

	if (rec_value(values, &memory) != 1 || memory.type.kind != IR_BYTES)
		return false;
	n = memory.len;
	if (rec_value(values, &count) == 1 && count.i >= 0 && (uint64_t)count.i < n)
		n = (size_t)count.i;
	out_hexdump(&pr->out, memory.p, n);
	return true;
}

static bool run_print(struct print *pr, struct rec_values *values)
{
	struct rec_value address, v;
	unsigned char bytes[8];

	if (rec_value(values, &address) != 1 || address.type.kind != IR_INT || rec_value(values, &v) != 1 ||
	    v.type.kind == IR_STACK)
		return false;
	if (v.type.kind == IR_INT) {
		memcpy(bytes, &v.i, sizeof bytes);
		v.p = bytes;
		v.len = v.type.size;
	}
	return out_ctype(&pr->out, v.type.ctype, v.p, v.len);
}

static bool run_value(struct print *pr, struct rec_values *values)
{
	struct rec_value v;

	return rec_value(values, &v) == 1 && out_trace(&pr->out, &v, option(pr, OPT_QUIET));
}

static int item(struct print *pr, const struct ir_action *a, struct rec_values *values)
{
	const struct ir_program *p = pr->c.program;
	bool good = true;

	switch (a->kind) {
	case IR_ACT_EXIT: /* the back end knows the status */
		return 0;
	case IR_ACT_PRINTF:
		good = out_format(&pr->out, p->strings[a->format].p, p->strings[a->format].len, values, NULL, 0);
		break;
	case IR_ACT_PRINTA:
		return run_printa(pr, a);
	case IR_ACT_CLEAR:
	case IR_ACT_TRUNC:
	case IR_ACT_NORMALIZE:
	case IR_ACT_DENORMALIZE:
		return run_on_aggregation(pr, a, values);
	case IR_ACT_SYSTEM:
		return run_system(pr, a, values);
	case IR_ACT_FREOPEN:
		return run_freopen(pr, a, values);
	case IR_ACT_FTRUNCATE:
		run_ftruncate(pr);
		break;
	case IR_ACT_SETOPT:
		return run_setopt(pr, values);
	case IR_ACT_TRACEMEM:
	case IR_ACT_PCAP:
		good = run_tracemem(pr, values);
		break;
	case IR_ACT_PRINT:
		good = run_print(pr, values);
		break;
	default: /* trace, stack, sym and their like: one value */
		good = run_value(pr, values);
	}
	if (!good)
		errno = EBADMSG;
	return good ? 0 : -1;
}

static int record(struct print *pr, struct rec *r, uint32_t next)
{
	const struct prov_probe *p = prov_by_id(pr->c.probes, r->head.probe);
	const struct ir_action *a;
	struct rec_values values;
	int got;

	if (!p) {
		errno = EBADMSG;
		return -1;
	}
	if (r->head.kind == REC_FAULT) {
		fault(pr, r, p);
		return 0;
	}
	begin_line(pr, &r->head, p, next);
	while ((got = rec_next(r, pr->c.program, &a, &values)) == 1) {
		if (item(pr, a, &values) != 0)
			return -1;
	}
	if (got < 0) {
		errno = EBADMSG;
		return -1;
	}
	/* setopt("quiet") in the record itself counts for the line's end as well */
	if (option(pr, OPT_FLOWINDENT) || !option(pr, OPT_QUIET))
		putc('\n', pr->out.fp);
	return 0;
}

int print_records(struct print *pr, const void *buf, size_t len)
{
	const unsigned char *p = buf, *end = p + len;
	struct rec r, next;

	while (p < end) {
		size_t n = rec_read(&r, pr->c.program, p, (size_t)(end - p));
		bool more;

		if (n == 0) {
			errno = EBADMSG;
			return -1;
		}
		p += n;
		more = p < end && rec_read(&next, pr->c.program, p, (size_t)(end - p)) != 0;
		if (record(pr, &r, more ? next.head.probe : 0) != 0)
			return -1;
	}
	return 0;
}

int print_end(struct print *pr)
{
	putc('\n', pr->out.fp);
	return pr->c.program->naggs ? aggprint_rest(&pr->out, pr->agg_printed) : 0;
}
