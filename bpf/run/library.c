/* SPDX-License-Identifier: GPL-2.0-only
 * D libraries: which there are, and in what order they are compiled.
 */
#include "library.h"

#include "bpf/lang/diag.h"
#include "script.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NEW, OPEN, PLACED };

static int is_library(const struct dirent *d)
{
	size_t n = strlen(d->d_name);

	return n > 2 && d->d_name[0] != '.' && strcmp(d->d_name + n - 2, ".d") == 0;
}

static int add_file(struct libraries *l, const char *directory, const char *name)
{
	struct library *more = reallocarray(l->list, l->n + 1, sizeof *more), *new;

	if (!more)
		return -ENOMEM;
	l->list = more;
	new = &more[l->n];
	*new = (struct library){ 0 };
	if (asprintf(&new->path, "%s/%s", directory, name) < 0)
		return -ENOMEM;
	new->text = script_read(new->path, D_SCRIPT_MAX, &new->len);
	if (!new->text) {
		int error = errno;

		free(new->path);
		return -error;
	}
	new->name = strrchr(new->path, '/') + 1;
	l->n++;
	return 0;
}

int library_add(struct libraries *l, const char *directory, char *why, size_t size)
{
	struct dirent **names;
	int n = scandir(directory, &names, is_library, alphasort), status = n < 0 ? -errno : 0;

	snprintf(why, size, "%s", directory);
	for (int i = 0; i < n; i++) {
		if (status == 0) {
			status = add_file(l, directory, names[i]->d_name);
			if (status != 0)
				snprintf(why, size, "%s/%s", directory, names[i]->d_name);
		}
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	return status;
}

static struct library *find(struct libraries *l, const char *name, size_t len)
{
	for (size_t i = 0; i < l->n; i++) {
		if (strlen(l->list[i].name) == len && memcmp(l->list[i].name, name, len) == 0)
			return &l->list[i];
	}
	return NULL;
}

/* The next `#pragma D depends_on library NAME` at or after *p. The compiler looks at its form; here it only sorts. */
static bool next_dependency(const char **p, const char *end, const char **name, size_t *len)
{
	static const char *const words[] = { "#pragma", "D", "depends_on", "library" };

	while (*p < end) {
		const char *line = *p, *stop = memchr(line, '\n', (size_t)(end - line));
		size_t i = 0;

		stop = stop ? stop : end;
		*p = stop < end ? stop + 1 : end;
		for (; i <= sizeof words / sizeof *words; i++) {
			const char *word;

			while (line < stop && (*line == ' ' || *line == '\t'))
				line++;
			for (word = line; line < stop && *line != ' ' && *line != '\t' && *line != '\r'; line++)
				;
			if (i == sizeof words / sizeof *words) {
				*name = word;
				*len = (size_t)(line - word);
				return true;
			}
			if ((size_t)(line - word) != strlen(words[i]) || memcmp(word, words[i], strlen(words[i])) != 0)
				break;
		}
	}
	return false;
}

static bool place(struct libraries *l, struct library *lib, struct library *sorted, size_t *n, char *why, size_t size)
{
	const char *p = lib->text, *name;
	size_t len;

	if (lib->state == PLACED)
		return true;
	if (lib->state == OPEN) {
		snprintf(why, size, "%s: depends on itself", lib->path);
		return false;
	}
	lib->state = OPEN;
	while (next_dependency(&p, lib->text + lib->len, &name, &len)) {
		struct library *other = find(l, name, len);

		/* Those that are not here may be DTrace's own, io.d and its like: parts of the compiler. */
		if (other && !place(l, other, sorted, n, why, size))
			return false;
	}
	lib->state = PLACED;
	sorted[(*n)++] = *lib;
	return true;
}

bool library_sort(struct libraries *l, char *why, size_t size)
{
	struct library *sorted = calloc(l->n ? l->n : 1, sizeof *sorted);
	bool good = sorted != NULL;
	size_t n = 0;

	snprintf(why, size, "out of memory");
	for (size_t i = 0; good && i < l->n; i++)
		good = place(l, &l->list[i], sorted, &n, why, size);
	if (good && l->n)
		memcpy(l->list, sorted, l->n * sizeof *sorted);
	free(sorted);
	return good;
}

void library_free(struct libraries *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->list[i].path);
		free(l->list[i].text);
	}
	free(l->list);
	*l = (struct libraries){ 0 };
}
