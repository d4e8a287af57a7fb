/* SPDX-License-Identifier: GPL-2.0-only
 * Lines of /proc/net/sctp/eps and assocs; for sctp.c and its tests.
 */
#pragma once

#include "netstat.h"

struct sctp_row {
	struct sock sock; /* without addresses */
	bool endpoint;
	const char *locals, *remotes; /* lists in the line; an endpoint has no remotes */
};

/* A line, which ends with a line end or NUL; false when it is none. */
bool sctp_parse(const char *line, bool endpoint, struct sctp_row *row);

/* The next address of a list; *p moves on. */
bool sctp_next_address(const char **p, int *family, uint8_t address[16]);
