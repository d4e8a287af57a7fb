/* SPDX-License-Identifier: GPL-2.0-only
 * The two ways to show a rendered page: see page.h.
 */
#include "page.h"

enum style { PLAIN, BOLD, UNDERLINED };

static void set_style(FILE *out, enum style *now, enum style want)
{
	static const char *const codes[] = { "\033[0m", "\033[0;1m", "\033[0;4m" };

	if (*now != want)
		fputs(codes[want], out);
	*now = want;
}

void page_write(FILE *out, const char *text, size_t n, bool styled)
{
	enum style now = PLAIN;

	for (size_t i = 0; i < n; i++) {
		enum style want = PLAIN;

		/* "X\bX" once or more often, "_\bX"; what is struck over last is what is seen. */
		while (i + 2 < n && text[i + 1] == '\b') {
			want = text[i] == '_' && text[i + 2] != '_' ? UNDERLINED : BOLD;
			i += 2;
		}
		if (styled)
			set_style(out, &now, text[i] == '\n' ? PLAIN : want);
		if (text[i] != '\b')
			fputc(text[i], out);
	}
	if (styled)
		set_style(out, &now, PLAIN);
}
