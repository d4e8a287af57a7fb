/* SPDX-License-Identifier: GPL-2.0-only
 * The list of all tools, by group.
 */
#include "page.h"
#include "parts.h"
#include "tools.h"

#include "toolbox/lib/text.h"

#include <errno.h>
#include <string.h>

static bool chosen(const char *group, const char *word)
{
	return !word || strcasestr(group, word);
}

int list_main(const char *word)
{
	struct page page;
	const char *group = "";
	bool any = false;

	for (size_t i = 0; i < tools_n && !any; i++)
		any = tools[i].group && chosen(tools[i].group, word);
	if (!any) {
		text_printf(stderr, "native: no group of tools is called %s; man -k %s looks for a word in all of them\n",
			    word, word);
		return 1;
	}
	page_begin(&page);
	any = false;
	for (size_t i = 0; i < tools_n; i++) {
		if (tools[i].group) {
			group = tools[i].group;
			if (chosen(group, word)) {
				fprintf(page.out, "%s%s\n", any ? "\n" : "", group);
				any = true;
			}
		} else if (chosen(group, word)) {
			fprintf(page.out, "  %-13s %s\n", tools[i].name, tools[i].line);
		}
	}
	if (!word)
		fputs("\nman NAME: more about a tool; native doctor: what of it works here\n", page.out);
	page_end(&page);
	return 0;
}
