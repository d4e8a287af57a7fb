/* SPDX-License-Identifier: GPL-2.0-only
 * What a DNS message says, in a few words (RFC 1035): for --dns.
 */
#pragma once

#include "out.h"

/* Appends a comment as "DNS 0x1234 query A example.com.", or with the answers of a reply; nothing
 * when the n bytes are no DNS message. Any bytes may stand there. */
void dns_print(struct out *o, const unsigned char *bytes, size_t n);
