/* SPDX-License-Identifier: GPL-2.0-only
 * What the process tools read of processes, with any bytes: maps and smaps, fdinfo, auxv, command lines; the first byte
 * says which.
 */
#include "toolbox/pargs/pargs.h"
#include "toolbox/pfiles/pfiles.h"
#include "toolbox/pmap/parse.h"
#include "toolbox/psmem/psmem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void maps(const char *text)
{
	struct keys keys = { 0 };
	struct mapping m;
	size_t strange = 0;

	while (mapping_next(&text, &m, &keys, &strange))
		if (m.end < m.start || m.name[m.name_len] == '\001')
			abort();
}

static void info(const char *text)
{
	char *printed = NULL;
	size_t len;
	FILE *out = open_memstream(&printed, &len);
	uint64_t flags;
	char names[256];

	info_print(text, out);
	fclose(out);
	/* Each line is ours and safe. */
	for (size_t i = 0; i < len; i++)
		if ((printed[i] < ' ' && printed[i] != '\n' && printed[i] >= 0) || (i > 0 && printed[i - 1] == '\n' && printed[i] != ' '))
			abort();
	free(printed);
	if (info_flags(text, &flags))
		info_fmt_flags(names, sizeof(names), flags);
}

static void auxv(const char *data, size_t size)
{
	struct auxv_entry e[64];
	unsigned bits;
	char text[64];
	size_t n = auxv_parse(data, size, e, 64, &bits);

	for (size_t i = 0; i < n; i++)
		auxv_explain(text, sizeof(text), &e[i], true);
}

static void words(const char *data, size_t size)
{
	char *word = quote_word(data, size);
	char *ascii = quote_ascii(data, size);

	for (const char *p = ascii; *p; p++)
		if (*p < ' ' || *p > '~')
			abort();
	if (!*word)
		abort();
	for (const char *p = word; *p; p++)
		if (*p > 0 && *p < ' ')
			abort();
	free(word);
	free(ascii);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint64_t figure[FIGURES];

	if (size == 0)
		return 0;
	char *text = malloc(size);
	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\0';
	switch (data[0] % 5) {
	case 0:
		maps(text);
		break;
	case 1:
		info(text);
		break;
	case 2:
		auxv(text, size - 1);
		break;
	case 3:
		words(text, size - 1);
		break;
	default:
		memset(figure, 0xff, sizeof(figure));
		measure_smaps(text, figure);
	}
	free(text);
	return 0;
}
