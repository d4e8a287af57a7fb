/* SPDX-License-Identifier: GPL-2.0-only
 * What native doctor reads off /proc: mountinfo holds names that strangers chose.
 */
#include "toolbox/native/facts.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct facts f = { 0 };

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	facts_parse_status(&f, text);
	facts_parse_mountinfo(&f, text);
	facts_parse_id_map(&f, text);
	facts_parse_id(&f, text, size);
	/* every list is a string, and an id is whole or not there */
	if (!memchr(f.masked, 0, sizeof(f.masked)) || !memchr(f.read_only, 0, sizeof(f.read_only)) ||
	    !memchr(f.covered, 0, sizeof(f.covered)) || !memchr(f.id_map, 0, sizeof(f.id_map)) ||
	    (strlen(f.id) != 0 && strlen(f.id) != 64))
		abort();
	free(text);
	return 0;
}
