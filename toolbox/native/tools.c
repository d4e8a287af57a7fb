/* SPDX-License-Identifier: GPL-2.0-only
 * The table of tools as data: see tools.h.
 */
#include "tools.h"
#include "toolbox/lib/base.h"

#include <string.h>

const struct tool tools[] = {
#define GROUP(title) { .group = (title) },
#define TOOL(called, wants, does) { .name = (called), .need = NEED_##wants, .line = (does) },
#include "tools.def"
#undef TOOL
#undef GROUP
};
const size_t tools_n = countof(tools);

const struct tool *tool_by_name(const char *name)
{
	for (size_t i = 0; i < tools_n; i++)
		if (tools[i].name && strcmp(tools[i].name, name) == 0)
			return &tools[i];
	return NULL;
}
