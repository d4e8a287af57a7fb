/* SPDX-License-Identifier: GPL-2.0-only
 * The list of containers: see list.h.
 */
#include "list.h"
#include "../toolbox/lib/base.h"
#include "../toolbox/lib/table.h"
#include "../toolbox/lib/text.h"
#include "bundle.h"
#include "proc.h"
#include "target.h"
#include "tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <yyjson.h>

/* The tools in one container. */
struct present {
	const struct pins *pins;
	const struct pin *pin;
	char *path;
};

static int see_mount(const struct proc_mount *m, void *arg)
{
	struct present *p = arg;
	const struct pin *pin = tree_pin_of(p->pins, makedev(m->dev_major, m->dev_minor));

	if (!pin || strcmp(m->root, "/") != 0 || strncmp(m->point, TREE_DIR "/", strlen(TREE_DIR "/")) == 0)
		return 0;
	/* The last one in the table lies on top; several places: the first by name is enough. */
	if (p->path && strcmp(p->path, m->point) < 0)
		return 0;
	free(p->path);
	p->path = strdup(m->point);
	p->pin = pin;
	return p->path ? 0 : -ENOMEM;
}

static void look(const struct container *c, struct present *p)
{
	char *data;
	size_t len;

	if (c->state == CONTAINER_STOPPED || p->pins->n == 0 || proc_read(c->pid, "mountinfo", &data, &len) < 0)
		return;
	proc_each_mount(data, len, see_mount, p);
	free(data);
}

static int add_row(struct table *t, const struct container *c, const struct present *p)
{
	char *pid = c->state == CONTAINER_STOPPED ? NULL : text_asprintf("%d", (int)c->pid);
	char *id = c->id ? strndup(c->id, 12) : NULL;
	char *native = p->path ? text_asprintf("%s", p->pin->version) : NULL;
	char *where = NULL;

	/* The path is a stranger's string, and the table makes it safe: so it is put in raw. */
	if (native && asprintf(&where, "%s at %s%s", native, p->path,
			       strcmp(p->pin->digest, native_digest) == 0 ? "" : " (other build)") < 0)
		where = NULL;
	const char *cells[] = { c->name,
				id,
				pid,
				c->engine,
				find_state_name(c->state),
				c->image,
				where };
	int r = table_add(t, cells);
	free(pid);
	free(id);
	free(native);
	free(where);
	return r;
}

static void add_text(yyjson_mut_doc *doc, yyjson_mut_val *object, const char *key, const char *s)
{
	char *safe = s ? text_asprintf("%s", s) : NULL;

	if (safe)
		yyjson_mut_obj_add_strcpy(doc, object, key, safe);
	else
		yyjson_mut_obj_add_null(doc, object, key);
	free(safe);
}

static void add_object(yyjson_mut_doc *doc, const struct container *c, const struct present *p)
{
	yyjson_mut_val *object = yyjson_mut_arr_add_obj(doc, yyjson_mut_doc_get_root(doc));

	add_text(doc, object, "name", c->name);
	add_text(doc, object, "id", c->id);
	if (c->state == CONTAINER_STOPPED)
		yyjson_mut_obj_add_null(doc, object, "pid");
	else
		yyjson_mut_obj_add_int(doc, object, "pid", c->pid);
	yyjson_mut_obj_add_str(doc, object, "engine", c->engine);
	yyjson_mut_obj_add_str(doc, object, "state", find_state_name(c->state));
	add_text(doc, object, "image", c->image);
	if (!p->path) {
		yyjson_mut_obj_add_null(doc, object, "native");
		return;
	}
	yyjson_mut_val *native = yyjson_mut_obj_add_obj(doc, object, "native");
	add_text(doc, native, "path", p->path);
	add_text(doc, native, "version", p->pin->version);
	yyjson_mut_obj_add_strcpy(doc, native, "digest", p->pin->digest);
	yyjson_mut_obj_add_bool(doc, native, "current", strcmp(p->pin->digest, native_digest) == 0);
}

int list_print(const struct options *o, struct container_list *list, struct failure *f)
{
	static const struct table_column columns[] = {
		{ "NAME", false },  { "ID", false },	{ "PID", true },     { "ENGINE", false },
		{ "STATE", false }, { "IMAGE", false }, { "NATIVE", false },
	};
	struct table table = { .columns = columns, .n_columns = countof(columns) };
	struct pins pins = { 0 };
	yyjson_mut_doc *doc = NULL;
	uint64_t *devs = NULL;
	int r = tree_pins(&pins);

	if (r == 0 && pins.n > 0)
		r = (devs = calloc(pins.n, sizeof(*devs))) ? 0 : -ENOMEM;
	for (size_t i = 0; r == 0 && i < pins.n; i++)
		devs[i] = pins.v[i].dev;
	for (size_t i = 0; i < list->n; i++)
		if (!target_alive(&list->v[i]))
			list->v[i].state = CONTAINER_STOPPED; /* its files are behind the truth */
	if (r == 0)
		r = find_attached(list, devs, pins.n);
	if (r == 0 && o->json) {
		doc = yyjson_mut_doc_new(NULL);
		if (doc)
			yyjson_mut_doc_set_root(doc, yyjson_mut_arr(doc));
		else
			r = -ENOMEM;
	}
	for (size_t i = 0; r == 0 && i < list->n; i++) {
		struct present p = { .pins = &pins };

		look(&list->v[i], &p);
		if (doc)
			add_object(doc, &list->v[i], &p);
		else
			r = add_row(&table, &list->v[i], &p);
		free(p.path);
	}
	if (r == 0 && doc && !yyjson_mut_write_fp(stdout, doc, YYJSON_WRITE_PRETTY_TWO_SPACES | YYJSON_WRITE_NEWLINE_AT_END,
						  NULL, NULL))
		r = -EIO;
	if (r == 0 && !doc)
		table_print(&table, stdout);
	table_free(&table);
	yyjson_mut_doc_free(doc);
	free(devs);
	free(pins.v);
	return r < 0 ? step_fail(f, STEP_FIND, WHY_ERRNO, r, TREE_DIR) : 0;
}
