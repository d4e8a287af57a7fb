/* SPDX-License-Identifier: GPL-2.0-only
 * Results in words and in JSON: see report.h.
 */
#include "report.h"
#include "../toolbox/lib/base.h"
#include "../toolbox/lib/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yyjson.h>

static const struct {
	const char *result; /* --json */
	const char *words;  /* before the path; the version follows where there is one */
	bool version;
} outcomes[] = {
	[OUTCOME_NONE] = { "failed", "", false },
	[OUTCOME_ATTACHED] = { "attached", "attached at ", true },
	[OUTCOME_ALREADY] = { "already", "is there already at ", true },
	[OUTCOME_REPLACED] = { "replaced", "replaced at ", true },
	[OUTCOME_REMOVED] = { "removed", "removed from ", false },
	[OUTCOME_KEPT_DIR] = { "removed", "removed from ", false },
	[OUTCOME_NOTHING] = { "nothing", "nothing to remove", false },
};

int report_begin(struct report *r, const struct options *o, const char *version)
{
	*r = (struct report){ .options = o, .version = version };
	if (!o->json) {
		r->hint = isatty(STDOUT_FILENO) && !o->remove;
		return 0;
	}
	r->json = yyjson_mut_doc_new(NULL);
	if (!r->json)
		return -ENOMEM;
	yyjson_mut_doc_set_root(r->json, yyjson_mut_arr(r->json));
	return 0;
}

/* In JSON too a stranger's string goes in its safe form: it is valid UTF-8 then, and a program
 * that prints it does no harm. */
static void add_text(yyjson_mut_doc *doc, yyjson_mut_val *object, const char *key, const char *s)
{
	char *safe = s ? text_asprintf("%s", s) : NULL;

	if (safe)
		yyjson_mut_obj_add_strcpy(doc, object, key, safe);
	else
		yyjson_mut_obj_add_null(doc, object, key);
	free(safe);
}

static void add_error(yyjson_mut_doc *doc, yyjson_mut_val *object, const struct failure *f)
{
	yyjson_mut_val *error = yyjson_mut_obj_add_obj(doc, object, "error");
	char *sentence = step_sentence(f);

	yyjson_mut_obj_add_str(doc, error, "step", step_name(f->step));
	yyjson_mut_obj_add_str(doc, error, "reason", why_name(f->why));
	yyjson_mut_obj_add_int(doc, error, "errno", f->err);
	add_text(doc, error, "message", sentence);
	free(sentence);
}

void report_failure(struct report *r, const char *name, const struct failure *f)
{
	char *sentence = step_sentence(f);

	r->failed = true;
	text_printf(stderr, "inject: %s%s%s\n", name ? name : "", name ? ": " : "", sentence ? sentence : "out of memory");
	free(sentence);
	if (r->json && !name) {
		yyjson_mut_val *object = yyjson_mut_arr_add_obj(r->json, yyjson_mut_doc_get_root(r->json));

		yyjson_mut_obj_add_str(r->json, object, "result", "failed");
		add_error(r->json, object, f);
	}
}

static void item_json(struct report *r, const struct item *item)
{
	yyjson_mut_doc *doc = r->json;
	yyjson_mut_val *object = yyjson_mut_arr_add_obj(doc, yyjson_mut_doc_get_root(doc));
	const struct container *c = item->container;
	enum outcome outcome = item->failed ? OUTCOME_NONE : item->outcome;

	add_text(doc, object, "container", item->name);
	if (c) {
		add_text(doc, object, "id", c->id);
		yyjson_mut_obj_add_int(doc, object, "pid", c->pid);
		yyjson_mut_obj_add_str(doc, object, "engine", c->engine);
	}
	if (item->path[0])
		add_text(doc, object, "path", item->path);
	yyjson_mut_obj_add_str(doc, object, "result", outcomes[outcome].result);
	if (outcomes[outcome].version)
		yyjson_mut_obj_add_str(doc, object, "version", r->version);
	if (item->failed)
		add_error(doc, object, &item->failure);
}

void report_item(const struct item *item, void *arg)
{
	struct report *r = arg;

	if (item->failed)
		report_failure(r, item->name, &item->failure);
	if (r->json) {
		item_json(r, item);
		return;
	}
	if (item->failed)
		return;
	text_printf(stdout, "%s: %s%s", item->name, outcomes[item->outcome].words,
		    item->outcome == OUTCOME_NOTHING ? "" : item->path);
	if (outcomes[item->outcome].version)
		text_printf(stdout, " (%s)", r->version);
	text_printf(stdout, "\n");
	if (r->hint) {
		r->hint = false;
		if (strcmp(item->container->engine, "docker") == 0)
			text_printf(stdout, "  next: docker exec -it %s %s/bin/sh\n", item->name, item->path);
	}
}

int report_end(struct report *r)
{
	int err = 0;

	if (r->json) {
		yyjson_write_err why;

		if (!yyjson_mut_write_fp(stdout, r->json, YYJSON_WRITE_PRETTY_TWO_SPACES | YYJSON_WRITE_NEWLINE_AT_END, NULL,
					 &why))
			err = -EIO;
		yyjson_mut_doc_free(r->json);
		r->json = NULL;
	}
	return err;
}
