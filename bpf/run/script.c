/* SPDX-License-Identifier: GPL-2.0-only
 * Reading of scripts. Regular files, pipes and terminals alike; a directory or an endless device is an error.
 */
#include "script.h"

#include "bpf/lang/diag.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *slurp(FILE *fp, size_t max, size_t *len)
{
	size_t room = 0, n = 0;
	char *text = NULL;

	for (;;) {
		if (n == room) {
			size_t more = room ? room * 2 : 8192;
			char *grown = realloc(text, more);

			if (!grown)
				break;
			text = grown;
			room = more;
		}
		size_t got = fread(text + n, 1, room - n, fp);

		n += got;
		if (n > max)
			errno = EFBIG;
		else if (got == 0 && !ferror(fp)) {
			*len = n;
			return text;
		} else if (got > 0) {
			continue;
		}
		break;
	}
	free(text);
	return NULL;
}

char *script_read(const char *path, size_t max, size_t *len)
{
	FILE *fp = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	char *text = fp ? slurp(fp, max, len) : NULL;
	int error = errno;

	if (fp && fp != stdin)
		fclose(fp);
	errno = error;
	return text;
}

char *script_include(struct script_includes *s, const char *path, size_t *len)
{
	char *text;

	if (s->n == s->room) {
		size_t room = s->room ? s->room * 2 : 16;
		char **more = reallocarray(s->texts, room, sizeof *more);

		if (!more)
			return NULL;
		s->texts = more;
		s->room = room;
	}
	text = script_read(path, D_SCRIPT_MAX, len);
	if (!text)
		return NULL;
	s->texts[s->n++] = text;
	if (s->print)
		text_printf(stderr, "%s\n", path);
	return text;
}

void script_free(struct script_includes *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->texts[i]);
	free(s->texts);
	*s = (struct script_includes){ .print = s->print };
}
