/* SPDX-License-Identifier: GPL-2.0-only
 * Whatever bytes come in, text_safe's output is printable and says how long it is; cutting it
 * anywhere keeps it so.
 */
#include "toolbox/lib/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const char *s)
{
	for (size_t i = 0; s[i]; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c < 0x20 || c == 0x7f)
			abort();
		/* C1 as UTF-8: C2 80 to C2 9F; raw C1 never stands alone. */
		if (c == 0xc2 && (unsigned char)s[i + 1] < 0xa0)
			abort();
		if (c == 0xe2 && (unsigned char)s[i + 1] == 0x80 && (unsigned char)s[i + 2] >= 0xaa &&
		    (unsigned char)s[i + 2] <= 0xae)
			abort();
	}
	/* What is safe and has no escape in it is left alone the second time. */
	if (!strchr(s, '\\') && text_safe(NULL, 0, s, strlen(s)) != strlen(s))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *raw = (const char *)data;
	size_t need = text_safe(NULL, 0, raw, size);
	char *buf = malloc(need + 1);

	if (text_safe(buf, need + 1, raw, size) != need || strlen(buf) != need)
		abort();
	check(buf);
	for (size_t cut = 1; cut <= need && cut < 40; cut++) {
		char small[40];

		text_safe(small, cut, raw, size);
		if (strlen(small) >= cut || strncmp(small, buf, strlen(small)) != 0)
			abort();
		check(small);
	}
	if (text_width(buf) > 2 * need)
		abort();
	free(buf);
	return 0;
}
