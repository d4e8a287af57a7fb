/* SPDX-License-Identifier: GPL-2.0-only
 * Probe descriptions of any bytes are taken apart or refused, and what they match has been matched by their parts.
 */
#include "bpf/prov/prov.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct prov_desc wanted;

static bool check(void *cookie, const struct prov_probe *p)
{
	(void)cookie;
	if (wanted.id ? p->id != wanted.id
		      : !prov_glob(wanted.provider, p->provider) || !prov_glob(wanted.module, p->module) ||
				!prov_glob(wanted.function, p->function) || !prov_glob(wanted.name, p->name))
		abort();
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct prov_set *set = prov_new();
	char *copy = malloc(size ? size : 1), why[64];
	struct prov_text text;

	if (!set || !copy)
		abort();
	memcpy(copy, data, size);
	if (prov_parse(&text, copy, size, why, sizeof why) == 0) {
		wanted = text.desc;
		prov_match(set, &text.desc, check, NULL);
	}
	free(copy);
	prov_free(set);
	return 0;
}
