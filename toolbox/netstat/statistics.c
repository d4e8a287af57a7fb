/* SPDX-License-Identifier: GPL-2.0-only
 * netstat -s: the kernel's counters of every protocol, in the words of net-tools 2.10. Files: /proc/net/snmp and netstat
 * (a line of names, a line of numbers), snmp6 and sctp/snmp (a name and a number a line).
 */
#include "statistics.h"
#include "field.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"

#include <errno.h>
#include <string.h>

/* What stands in the histogram is indented further, until a line or a section that does not belong there. */
static bool deep;
static enum statistics_kind history;

static void leave_history(void)
{
	deep = false;
	history = ALWAYS;
}

/* A section that belongs to one protocol goes with that; what net-tools does not know is shown always, and belongs to
 * what stands before it. */
static bool begin_section(const char *section)
{
	static const struct {
		const char *name;
		enum { RAW, TCP, UDP } of;
	} known[] = { { "Ip", RAW },	 { "Icmp", RAW },  { "Tcp", TCP }, { "Udp", UDP }, { "TcpExt", TCP },
		      { "Ip6", RAW }, { "Icmp6", RAW }, { "Udp6", UDP } };

	for (size_t i = 0; i < countof(known); i++)
		if (strcmp(known[i].name, section) == 0) {
			leave_history();
			return !options.named || (known[i].of == RAW   ? options.raw
						  : known[i].of == TCP ? options.tcp
								       : options.udp);
		}
	return true;
}

static void print(const char *section, const char *key, uint64_t value)
{
	const struct statistics_word *w = statistics_find(section, key);
	enum statistics_kind kind = w ? w->kind : NONZERO;
	bool in_history = kind == HISTORY_IN || kind == HISTORY_OUT;

	if (kind == HIDDEN)
		return;
	if (in_history && history != kind) {
		out_printf("%sICMP %s histogram:\n", deep ? "        " : "    ", kind == HISTORY_IN ? "input" : "output");
		history = kind;
		deep = true;
	} else if (w && !in_history) {
		leave_history();
	}
	if (value == 0 && kind != ALWAYS)
		return;
	out_text(deep ? "        " : "    ");
	if (!w) {
		out_printf("%s: %ju\n", key, (uintmax_t)value);
		return;
	}
	const char *mark = strchr(w->text, '#');
	out_printf("%.*s%ju%s\n", (int)(mark - w->text), w->text, (uintmax_t)value, mark + 1);
}

/* A number of the kernel's may be printed as negative. */
static bool number(const char **p, uint64_t *value)
{
	const char *s = *p + strspn(*p, " \t");
	bool negative = *s == '-';

	if (negative)
		s++;
	if (*s < '0' || *s > '9' || !proc_u64(&s, value))
		return false;
	if (negative)
		*value = -*value;
	*p = s;
	return true;
}

int statistics_pairs(const char *data, const char *only)
{
	bool strange = false;

	for (const char *names = *data ? data : NULL; names;) {
		const char *values = proc_next_line(names);
		char section[64], again[64], key[64];

		if (!values || !field_word(&names, section, sizeof(section)) ||
		    !field_word(&values, again, sizeof(again)) || strcmp(section, again) != 0) {
			strange = true;
			break;
		}
		section[strcspn(section, ":")] = '\0';
		if ((!only || strcmp(section, only) == 0) && begin_section(section)) {
			uint64_t value;

			out_printf("%s:\n", section);
			while (field_word(&names, key, sizeof(key)) && number(&values, &value))
				print(section, key, value);
		}
		names = proc_next_line(values);
	}
	return strange ? complain("the counters are not understood and left out") : 0;
}

int statistics_list(const char *data)
{
	char last[64] = "";
	bool shown = false;
	bool strange = false;

	for (const char *p = *data ? data : NULL; p; p = proc_next_line(p)) {
		const char *line = p;
		char section[64], key[64];
		uint64_t value;

		if (!field_word(&line, key, sizeof(key)) || !number(&line, &value)) {
			strange = true;
			continue;
		}
		size_t n = strncmp(key, "Sctp", 4) == 0 ? 4 : strcspn(key, "6") + 1;
		if (n > strlen(key))
			n = strlen(key);
		memcpy(section, key, n);
		section[n] = '\0';
		if (strcmp(section, last) != 0) {
			memcpy(last, section, sizeof(last));
			shown = begin_section(section);
			if (shown)
				out_printf("%s:\n", section);
		}
		if (shown)
			print(section, key, value);
	}
	return strange ? complain("the counters are not understood and left out") : 0;
}

static int print_file(const char *path, const char *only, bool required)
{
	struct proc_file f = PROC_FILE_INIT;
	bool list = strcmp(path, "proc/net/snmp6") == 0 || strcmp(path, "proc/net/sctp/snmp") == 0;
	int r = proc_load(&f, path);
	int status = 0;

	if (r == 0)
		status = list ? statistics_list(f.data) : statistics_pairs(f.data, only);
	else if (required || r != -ENOENT)
		status = complain("no counters: /%s: %s", path, strerror(-r));
	proc_unload(&f);
	return status;
}

int view_statistics(bool first)
{
	int status = 0;

	(void)first;
	if (options.local_named && !options.named)
		return complain("the kernel keeps no counters of unix sockets");
	leave_history();
	if (options.inet6_named) {
		status |= print_file("proc/net/snmp6", NULL, true);
		/* Of TCP the kernel counts both families together. */
		status |= print_file("proc/net/snmp", "Tcp", false);
		return status;
	}
	status |= print_file("proc/net/snmp", NULL, true);
	status |= print_file("proc/net/netstat", NULL, false);
	if (!options.named || options.sctp)
		status |= print_file("proc/net/sctp/snmp", NULL, options.sctp_named);
	return status;
}
