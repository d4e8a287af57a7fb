/* SPDX-License-Identifier: GPL-2.0-only
 * ioctl(2) of terminals: termios in its four layouts, window sizes, modem lines (asm-generic/termbits.h).
 */
#include "ioctl.h"

#include <inttypes.h>
#include <string.h>

static void show_iflag(struct call *c, const void *p, const void *all)
{
	(void)all;
	print_flags(c, (uint32_t)field_load(c, T_U32, p), FLAGS_TERMIOS_IFLAG);
}

/* The flags of a word behind its fields: |ECHO|0x40000. */
static void print_more_flags(struct call *c, uint32_t rest, uint16_t flags_id)
{
	const struct flags *f = flags_of(c, flags_id);

	for (size_t i = 0; i < f->n; i++) {
		if (rest & f->v[i].value)
			out_printf(c->out, "|%s", f->v[i].name);
		rest &= ~(uint32_t)f->v[i].value;
	}
	if (rest)
		out_printf(c->out, "|%#x", rest);
}

/* The delays are numbers of some bits each. */
static void print_oflag(struct call *c, uint32_t v)
{
	static const struct {
		uint16_t mask;
		uint8_t shift;
		const char *name;
	} delays[] = {
		{ 0400, 8, "NL" }, { 03000, 9, "CR" }, { 014000, 11, "TAB" },
		{ 020000, 13, "BS" }, { 040000, 14, "VT" }, { 0100000, 15, "FF" },
	};
	uint32_t rest = v;

	if (c->opt->constants == CONST_RAW) {
		out_printf(c->out, "%#x", v);
		return;
	}
	if (c->opt->constants == CONST_VERBOSE)
		out_printf(c->out, "%#x /* ", v);
	for (size_t i = 0; i < sizeof(delays) / sizeof(delays[0]); i++) {
		out_printf(c->out, "%s%s%u", i ? "|" : "", delays[i].name,
			   (v & delays[i].mask) >> delays[i].shift);
		rest &= ~(uint32_t)delays[i].mask;
	}
	print_more_flags(c, rest, FLAGS_TERMIOS_OFLAG);
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(c->out, " */");
}

static void show_oflag(struct call *c, const void *p, const void *all)
{
	(void)all;
	print_oflag(c, (uint32_t)field_load(c, T_U32, p));
}

static void print_cflag(struct call *c, uint32_t v)
{
	enum { CBAUD = 0x100f, CSIZE = 060, CIBAUD_SHIFT = 16 };
	uint32_t rest = v & ~(uint32_t)(CBAUD | CSIZE | (uint32_t)CBAUD << CIBAUD_SHIFT);
	const char *baud = flags_name(c, v & CBAUD, FLAGS_TERMIOS_BAUD);
	uint32_t input = v >> CIBAUD_SHIFT & CBAUD;

	if (c->opt->constants == CONST_RAW) {
		out_printf(c->out, "%#x", v);
		return;
	}
	if (c->opt->constants == CONST_VERBOSE)
		out_printf(c->out, "%#x /* ", v);
	out_puts(c->out, baud ? baud : "B???");
	if (input)
		out_printf(c->out, "|%s<<IBSHIFT", flags_name(c, input, FLAGS_TERMIOS_BAUD) ?
							   flags_name(c, input, FLAGS_TERMIOS_BAUD) :
							   "B???");
	out_printf(c->out, "|CS%u", 5 + (v & CSIZE) / 020);
	print_more_flags(c, rest, FLAGS_TERMIOS_CFLAG);
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(c->out, " */");
}

static void show_cflag(struct call *c, const void *p, const void *all)
{
	(void)all;
	print_cflag(c, (uint32_t)field_load(c, T_U32, p));
}

static void show_lflag(struct call *c, const void *p, const void *all)
{
	(void)all;
	print_flags(c, (uint32_t)field_load(c, T_U32, p), FLAGS_TERMIOS_LFLAG);
}

static void print_cc(struct call *c, const unsigned char *cc, unsigned n)
{
	static const char *const name[] = {
		"VINTR", "VQUIT", "VERASE", "VKILL", "VEOF", "VTIME", "VMIN", "VSWTC", "VSTART",
		"VSTOP", "VSUSP", "VEOL", "VREPRINT", "VDISCARD", "VWERASE", "VLNEXT", "VEOL2",
	};

	out_putc(c->out, '[');
	for (unsigned i = 0; i < n; i++) {
		if (i < sizeof(name) / sizeof(name[0]))
			out_printf(c->out, "%s[%s]=%#x", i ? ", " : "", name[i], cc[i]);
		else
			out_printf(c->out, ", [%u]=%#x", i, cc[i]);
	}
	out_putc(c->out, ']');
}

static void show_cc(struct call *c, const void *p, const void *all)
{
	(void)all;
	print_cc(c, p, 19);
}

/* What struct termios and termios2 have in common. */
static const struct field termios_fields[] = {
	{ "c_iflag", T_U32, F_SHOW, .show = show_iflag },
	{ "c_oflag", T_U32, F_SHOW, .show = show_oflag },
	{ "c_cflag", T_U32, F_SHOW, .show = show_cflag },
	{ "c_lflag", T_U32, F_SHOW, .show = show_lflag },
	{ "c_line", T_U8, F_ENUM, FLAGS_TTY_LDISC, VERBOSE },
	{ "c_cc", T_U8, F_SHOW, .when = VERBOSE, .count = 19, .show = show_cc },
	{ 0 },
};
static const struct field termios2_fields[] = {
	{ "c_iflag", T_U32, F_SHOW, .show = show_iflag },
	{ "c_oflag", T_U32, F_SHOW, .show = show_oflag },
	{ "c_cflag", T_U32, F_SHOW, .show = show_cflag },
	{ "c_lflag", T_U32, F_SHOW, .show = show_lflag },
	{ "c_line", T_U8, F_ENUM, FLAGS_TTY_LDISC, VERBOSE },
	{ "c_cc", T_U8, F_SHOW, .when = VERBOSE, .count = 19, .show = show_cc },
	{ "c_ispeed", T_U32, .when = VERBOSE },
	{ "c_ospeed", T_U32, .when = VERBOSE },
	{ 0 },
};

/* struct termio has 16-bit flags and eight control characters. */
static void print_termio(struct call *c, uint64_t addr, bool out)
{
	unsigned char buf[18];

	if (out ? !read_or_addr(c, addr, buf, sizeof(buf)) : !read_in(c, addr, buf, sizeof(buf)))
		return;
	out_puts(c->out, "{c_iflag=");
	print_flags(c, (uint16_t)field_load(c, T_U16, buf), FLAGS_TERMIOS_IFLAG);
	out_puts(c->out, ", c_oflag=");
	print_oflag(c, (uint16_t)field_load(c, T_U16, buf + 2));
	out_puts(c->out, ", c_cflag=");
	print_cflag(c, (uint16_t)field_load(c, T_U16, buf + 4));
	out_puts(c->out, ", c_lflag=");
	print_flags(c, (uint16_t)field_load(c, T_U16, buf + 6), FLAGS_TERMIOS_LFLAG);
	if (call_abbrev(c)) {
		out_puts(c->out, ", ...}");
		return;
	}
	out_puts(c->out, ", c_line=");
	print_enum(c, buf[8], FLAGS_TTY_LDISC);
	out_puts(c->out, ", c_cc=");
	print_cc(c, buf + 9, 8);
	out_putc(c->out, '}');
}

static const struct field winsize_fields[] = {
	{ "ws_row", T_U16 }, { "ws_col", T_U16 }, { "ws_xpixel", T_U16 }, { "ws_ypixel", T_U16 }, { 0 },
};

enum answer ioctl_tty(struct call *c, unsigned request, unsigned arg)
{
	uint64_t addr = arg_ulong(c, arg);
	uint32_t lines;
	char ch;

	switch (request) {
	case 0x5401: /* TCGETS */
		return ioctl_out(c, arg, termios_fields);
	case 0x5402: /* TCSETS, TCSETSW, TCSETSF */
	case 0x5403:
	case 0x5404:
	case 0x5456: /* TIOCGLCKTRMIOS is out, TIOCSLCKTRMIOS in */
	case 0x5457:
		if (request == 0x5456)
			return ioctl_out(c, arg, termios_fields);
		return ioctl_in(c, arg, termios_fields);
	case 0x802c542a: /* TCGETS2 */
		return ioctl_out(c, arg, termios2_fields);
	case 0x402c542b: /* TCSETS2, TCSETSW2, TCSETSF2 */
	case 0x402c542c:
	case 0x402c542d:
		return ioctl_in(c, arg, termios2_fields);
	case 0x5405: /* TCGETA */
		if (!c->exiting)
			return IOCTL_WAIT;
		print_termio(c, addr, true);
		return IOCTL_DONE;
	case 0x5406: /* TCSETA, TCSETAW, TCSETAF */
	case 0x5407:
	case 0x5408:
		print_termio(c, addr, false);
		return IOCTL_DONE;
	case 0x5409: /* TCSBRK, TCSBRKP, TIOCSCTTY */
	case 0x5425:
	case 0x540e:
		out_printf(c->out, "%d", arg_int(c, arg));
		return IOCTL_DONE;
	case 0x540a: /* TCXONC */
		print_enum(c, (unsigned)addr, FLAGS_TTY_FLOW);
		return IOCTL_DONE;
	case 0x540b: /* TCFLSH */
		print_enum(c, (unsigned)addr, FLAGS_TTY_FLUSH);
		return IOCTL_DONE;
	case 0x540c: /* TIOCEXCL, TIOCNXCL, TIOCNOTTY, TIOCCONS, TIOCVHANGUP, TIOCSBRK, TIOCCBRK */
	case 0x540d:
	case 0x5422:
	case 0x541d:
	case 0x5437:
	case 0x5427:
	case 0x5428:
		return IOCTL_NONE;
	case 0x540f: /* TIOCGPGRP */
	case 0x5411: /* TIOCOUTQ */
	case 0x5419: /* TIOCGSOFTCAR */
	case 0x5424: /* TIOCGETD */
	case 0x5429: /* TIOCGSID */
	case 0x80045430: /* TIOCGPTN */
	case 0x80045438: /* TIOCGPKT */
	case 0x80045439: /* TIOCGPTLCK */
	case 0x80045440: /* TIOCGEXCL */
		return ioctl_int_out(c, arg);
	case 0x5410: /* TIOCSPGRP, TIOCSSOFTCAR, TIOCPKT, TIOCSETD, TIOCSPTLCK */
	case 0x541a:
	case 0x5420:
	case 0x5423:
	case 0x40045431:
		return ioctl_int_in(c, arg);
	case 0x5412: /* TIOCSTI */
		if (read_in(c, addr, &ch, 1))
			out_quoted(c->out, &ch, 1, c->opt->hex, false);
		return IOCTL_DONE;
	case 0x5413: /* TIOCGWINSZ */
		return ioctl_out(c, arg, winsize_fields);
	case 0x5414: /* TIOCSWINSZ */
		return ioctl_in(c, arg, winsize_fields);
	case 0x5415: /* TIOCMGET */
		if (!c->exiting)
			return IOCTL_WAIT;
		if (!read_or_addr(c, addr, &lines, sizeof(lines)))
			return IOCTL_DONE;
		break;
	case 0x5416: /* TIOCMBIS, TIOCMBIC, TIOCMSET */
	case 0x5417:
	case 0x5418:
		if (!read_in(c, addr, &lines, sizeof(lines)))
			return IOCTL_DONE;
		break;
	case 0x5441: /* TIOCGPTPEER */
		out_printf(c->out, "%#" PRIx64, addr);
		return IOCTL_DONE;
	default:
		return IOCTL_UNKNOWN;
	}
	out_putc(c->out, '[');
	print_flags(c, lines, FLAGS_TTY_MODEM);
	out_putc(c->out, ']');
	return IOCTL_DONE;
}
