/* SPDX-License-Identifier: GPL-2.0-only
 * Whether what a tool needs is to be had here: by trying it (try.h), and by the facts why not.
 */
#pragma once

#include "facts.h"
#include "tools.h"

enum here { HERE_YES, HERE_PARTLY, HERE_NO };

struct verdict {
	enum here here;
	char why[256];	  /* what is refused and by what; "" with HERE_YES */
	char host[128];	  /* on the host, in front of "/native/bin/TOOL ..."; "": no command helps */
	char option[48];  /* of docker run, for the next time; "" none */
};

/* pid: the process that other processes' tools are to look at. */
void need_judge(const struct facts *f, pid_t pid, enum need need, struct verdict *v);

/* "yes", "partly", "no". */
const char *need_word(enum here here);
