/* SPDX-License-Identifier: GPL-2.0-only
 * The list of all containers and the look-up by name: see find.h.
 */
#include "find.h"
#include "../../toolbox/lib/base.h"
#include "../../toolbox/lib/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct finder *const finders[] = {
	&find_docker,
};

const char *find_state_name(enum container_state state)
{
	static const char *const names[] = {
		[CONTAINER_RUNNING] = "running",
		[CONTAINER_PAUSED] = "paused",
		[CONTAINER_STOPPED] = "stopped",
	};

	return names[state];
}

struct container *find_add(struct container_list *list)
{
	struct container *grown = realloc(list->v, (list->n + 1) * sizeof(*grown));

	if (!grown)
		return NULL;
	list->v = grown;
	grown[list->n] = (struct container){ 0 };
	return &grown[list->n++];
}

void find_note(struct container_list *list, const char *fmt, ...)
{
	va_list ap;

	char **grown = realloc(list->notes, (list->n_notes + 1) * sizeof(*grown));
	if (!grown)
		return;
	list->notes = grown;
	va_start(ap, fmt);
	char *note;
	if (vasprintf(&note, fmt, ap) >= 0)
		grown[list->n_notes++] = note;
	va_end(ap);
}

void find_free_one(struct container *c)
{
	free(c->id);
	free(c->name);
	free(c->image);
	free(c->named_by);
	free(c->pid_by);
	free(c->runtime);
}

void find_free(struct container_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		find_free_one(&list->v[i]);
	for (size_t i = 0; i < list->n_notes; i++)
		free(list->notes[i]);
	free(list->v);
	free(list->notes);
	*list = (struct container_list){ 0 };
}

static int order(const void *a, const void *b)
{
	const struct container *x = a;
	const struct container *y = b;
	int r = strcmp(x->engine, y->engine);

	if (r == 0)
		r = strcmp(x->name ? x->name : "", y->name ? y->name : "");
	if (r == 0)
		r = strcmp(x->id ? x->id : "", y->id ? y->id : "");
	return r;
}

int find_all(struct container_list *list)
{
	for (size_t i = 0; i < countof(finders); i++) {
		int r = finders[i]->find(list);

		if (r < 0)
			return r;
	}
	if (list->n > 0)
		qsort(list->v, list->n, sizeof(*list->v), order);
	return 0;
}

/* How well a container answers to spec: 3 name, 2 full id, 1 start of the id. */
static int answers(const struct container *c, const char *spec)
{
	size_t n = strlen(spec);

	if (c->name && strcmp(c->name, spec[0] == '/' ? spec + 1 : spec) == 0)
		return 3;
	if (!c->id)
		return 0;
	if (strcmp(c->id, spec) == 0)
		return 2;
	return n >= 4 && strncmp(c->id, spec, n) == 0 ? 1 : 0;
}

/* Appends to the detail of a failure as long as there is room for "...", so that a host with
 * a thousand containers still gives one readable sentence. */
static bool append(struct failure *f, const char *s)
{
	size_t have = strlen(f->detail);

	if (have + strlen(s) + 8 > sizeof(f->detail)) {
		if (have < 4 || strcmp(f->detail + have - 3, "...") != 0)
			strcat(f->detail, "...");
		return false;
	}
	strcat(f->detail, s);
	return true;
}

static int unknown(const struct container_list *list, const char *spec, struct failure *f)
{
	size_t shown = 0;

	step_fail(f, STEP_FIND, WHY_UNKNOWN, ENOENT, spec);
	for (size_t i = 0; i < list->n && shown < 12; i++) {
		if (list->v[i].state == CONTAINER_STOPPED || !list->v[i].name)
			continue;
		append(f, shown++ ? ", " : "running: ");
		append(f, list->v[i].name);
	}
	if (shown == 12)
		append(f, " ...");
	if (shown == 0)
		append(f, "no container that inject knows is running here (for any other process: inject pid:N)");
	for (size_t i = 0; i < list->n_notes; i++) {
		append(f, "; ");
		append(f, list->notes[i]);
	}
	return -1;
}

int find_match(const struct container_list *list, const char *spec, size_t *index, struct failure *f)
{
	int best = 0;
	size_t hits = 0;

	for (size_t i = 0; i < list->n; i++) {
		int a = answers(&list->v[i], spec);

		if (a > best) {
			best = a;
			hits = 0;
		}
		if (a == best && a > 0) {
			*index = i;
			hits++;
		}
	}
	if (hits == 0)
		return unknown(list, spec, f);
	if (hits == 1)
		return 0;
	step_fail(f, STEP_FIND, WHY_AMBIGUOUS, EEXIST, spec);
	for (size_t i = 0, shown = 0; i < list->n; i++) {
		if (answers(&list->v[i], spec) != best)
			continue;
		char *one = text_asprintf("%s%s %s (%s)", shown++ ? ", " : "", list->v[i].engine, list->v[i].id,
					  list->v[i].name);

		if (!one || !append(f, one)) {
			free(one);
			break;
		}
		free(one);
	}
	return -1;
}
