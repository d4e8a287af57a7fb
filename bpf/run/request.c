/* SPDX-License-Identifier: GPL-2.0-only
 * From sources to a run.
 */
#include "request.h"

#include "bpf/prov/prov.h"
#include "list.h"
#include "load.h"
#include "report.h"
#include "session.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Compiling */

/* What both -x and pragmas say to the compiler. */
static void to_lang(struct request *r)
{
	const int64_t *v = r->options.value;

	r->lang.zdefs = v[OPT_ZDEFS] || r->list;
	r->lang.default_args = v[OPT_DEFAULTARGS];
	r->lang.empty_ok = v[OPT_EMPTY];
	r->lang.arg_ref = v[OPT_ARGREF];
	r->lang.preprocess = v[OPT_CPP];
	r->lang.destructive = v[OPT_DESTRUCTIVE];
	r->lang.strsize = (uint32_t)v[OPT_STRSIZE];
	r->lang.stdc = v[OPT_STDC] == OPT_STDC_C ? "__STDC__=1" : v[OPT_STDC] == OPT_STDC_S ? NULL : "__STDC__=0";
}

static bool pragma_option(void *cookie, const char *name, const char *value, char *why, size_t size)
{
	struct request *r = cookie;

	if (!options_set(&r->options, name, value, OPT_BY_PRAGMA, why, size))
		return false;
	to_lang(r);
	return true;
}

static char *include(void *cookie, const char *path, size_t *len)
{
	return script_include(&((struct request *)cookie)->included, path, len);
}

static void fill_lang(struct request *r)
{
	r->lang.defines = r->defines;
	r->lang.undefs = r->undefs;
	r->lang.include_dirs = r->includes;
	r->lang.include = include;
	r->lang.cookie = r;
	r->lang.option = pragma_option;
	r->lang.argc = r->narguments;
	r->lang.argv = r->arguments;
	r->lang.target = r->target;
	r->lang.pid = getpid();
	r->lang.ppid = getppid();
	r->lang.uid = getuid();
	r->lang.euid = geteuid();
	r->lang.gid = getgid();
	r->lang.egid = getegid();
	r->lang.pgid = getpgrp();
	r->lang.sid = getsid(0);
	to_lang(r);
}

static bool read_scripts(struct request *r)
{
	for (uint32_t i = 0; i < r->nsources; i++) {
		struct lang_source *s = &r->sources[i];

		if (!s->is_file)
			continue;
		r->texts[i] = script_read(s->name, D_SCRIPT_MAX, &s->len);
		if (!r->texts[i]) {
			text_printf(stderr, "dtrace: failed to open %s: %s\n", s->name, strerror(errno));
			return false;
		}
		s->text = r->texts[i];
		r->arguments[0] = s->name; /* $0 */
	}
	return true;
}

/* Running */

/* Where output goes; NULL after a message. A file is opened when there is something for it, so that a program that does not compile
 * leaves none. */
static FILE *output(struct request *r)
{
	if (!r->out)
		r->out = r->output ? fopen(r->output, "ae") : stdout;
	if (!r->out)
		text_printf(stderr, "dtrace: failed to open output file '%s': %s\n", r->output, strerror(errno));
	return r->out;
}

/* Closes the file of -o. Standard output is looked at when the program ends. */
static bool close_output(struct request *r)
{
	if (!r->output || !r->out || text_close(r->out))
		return true;
	text_printf(stderr, "dtrace: output file '%s' is lost: %s\n", r->output, strerror(r->lost ? r->lost : errno));
	return false;
}

static int trace(struct request *r, struct prov_set *probes, const struct ir_program *p, char *const *argv)
{
	struct session_config config = { .program = p,
					 .probes = probes,
					 .options = &r->options,
					 .victims = &r->victims,
					 .out = output(r),
					 .lost = &r->lost,
					 .argv = argv,
					 .scope = &r->scope };
	char why[LOAD_WHY_MAX];
	struct session *s;
	int status;

	if (!config.out)
		return 1;
	if (!r->options.value[OPT_DESTRUCTIVE] && report_destructive(p)) {
		fputs("dtrace: could not enable tracing: Destructive actions not allowed\n", stderr);
		return 1;
	}
	s = session_new(&config, why, sizeof why);
	if (!s) {
		report_refusal(why);
		return 1;
	}
	if (r->options.value[OPT_DESTRUCTIVE] && !r->options.value[OPT_QUIET])
		fputs("dtrace: allowing destructive actions\n", stderr);
	report_unfired(s);
	status = session_run(s);
	session_free(s);
	return status;
}

static int list(struct request *r, struct prov_set *probes, const struct ir_program *p)
{
	bool verbose = r->options.value[OPT_VERBOSE] != 0;

	return list_probes(r->out, stderr, probes, p, verbose, scope_without_devices(&r->scope)) ? 0 : 1;
}

static int with_program(struct request *r, struct prov_set *probes, const struct ir_program *p, char *const *argv)
{
	const char *dump = r->options.text[OPT_DUMP];

	if (r->print_ir)
		ir_write(stderr, p);
	if (dump) {
		if (strcmp(dump, "ir") == 0)
			ir_write(stdout, p);
		return 0;
	}
	if ((r->list || r->options.value[OPT_VERBOSE]) && !output(r))
		return 1;
	if (r->list)
		return list(r, probes, p);
	report_matches(r->sources, (uint32_t)r->libraries.n + r->nsources, &r->options, probes, p, !r->compile_only, r->out);
	return r->compile_only ? 0 : trace(r, probes, p, argv);
}

/* The sources of the libraries with those of the command line behind them, in one list; NULL after a message. */
static struct lang_source *all_sources(struct request *r)
{
	size_t n = r->libraries.n;
	struct lang_source *all = calloc(n + r->nsources, sizeof *all);
	char why[512];

	if (!all) {
		fputs("dtrace: out of memory\n", stderr);
		return NULL;
	}
	if (!library_sort(&r->libraries, why, sizeof why)) {
		text_printf(stderr, "dtrace: failed to use library %s\n", why);
		free(all);
		return NULL;
	}
	for (size_t i = 0; i < n; i++)
		all[i] = (struct lang_source){ .name = r->libraries.list[i].path,
					       .text = r->libraries.list[i].text,
					       .len = r->libraries.list[i].len,
					       .is_file = true,
					       .is_library = true };
	memcpy(all + n, r->sources, r->nsources * sizeof *all);
	free(r->sources);
	r->sources = all;
	return all;
}

int request_run(struct request *r, char *const *argv)
{
	const char *dump = r->options.text[OPT_DUMP];
	struct prov_set *probes = prov_new();
	struct ir_program *p;
	struct d_error error;
	int status;

	if (!probes) {
		fputs("dtrace: out of memory\n", stderr);
		return 1;
	}
	if (r->list && !r->nsources) {
		status = output(r) ? list(r, probes, NULL) : 1;
		prov_free(probes);
		return close_output(r) ? status : 1;
	}
	if (dump && strcmp(dump, "ir") != 0 && strcmp(dump, "ast") != 0) {
		text_printf(stderr, "dtrace: failed to set -x dump=%s: Invalid value for specified option\n", dump);
		return 1;
	}
	if (!read_scripts(r) || !all_sources(r))
		return 1;
	fill_lang(r);
	r->lang.dump_ast = dump && strcmp(dump, "ast") == 0 ? stdout : r->options.value[OPT_TREE] ? stderr : NULL;
	p = lang_compile(r->sources, (uint32_t)r->libraries.n + r->nsources, &r->lang, probes, &error);
	script_free(&r->included);
	if (p) {
		status = with_program(r, probes, p, argv);
		if (!close_output(r))
			status = 1;
	} else {
		report_error(r->sources, (uint32_t)r->libraries.n + r->nsources, &r->options, &error);
		status = 1;
	}
	ir_free(p);
	prov_free(probes);
	return status;
}
