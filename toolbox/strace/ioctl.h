/* SPDX-License-Identifier: GPL-2.0-only
 * ioctl(2)'s third argument, by the subject of the request. A subject's function prints it, or says that
 * the request is not one of its.
 */
#pragma once

#include "parts.h"

enum answer {
	IOCTL_UNKNOWN, /* not mine */
	IOCTL_DONE,
	IOCTL_WAIT, /* an output: again at exit */
	IOCTL_NONE, /* takes no argument */
};

enum answer ioctl_tty(struct call *c, unsigned request, unsigned arg);
enum answer ioctl_block(struct call *c, unsigned request, unsigned arg);
enum answer ioctl_net(struct call *c, unsigned request, unsigned arg);
enum answer ioctl_other(struct call *c, unsigned request, unsigned arg);

/* A structure that the call reads or fills; [5]. kind_ioctl.c */
enum answer ioctl_in(struct call *c, unsigned arg, const struct field *f);
enum answer ioctl_out(struct call *c, unsigned arg, const struct field *f);
enum answer ioctl_int_in(struct call *c, unsigned arg);
enum answer ioctl_int_out(struct call *c, unsigned arg);
