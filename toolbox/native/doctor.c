/* SPDX-License-Identifier: GPL-2.0-only
 * native doctor: what confines this shell, and for each tool whether it works here, why not, and what on the host
 * would make it work.
 */
#include "facts.h"
#include "needs.h"
#include "page.h"
#include "parts.h"
#include "tools.h"

#include "toolbox/lib/cgroup.h"
#include "toolbox/lib/cgroup_place.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/table.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#define LABEL "%-16s "

/* --- the facts --------------------------------------------------------------------------------- */

/* Words under each other from the second column, in 80 columns. */
static void put_words(FILE *out, const char *label, const char *words)
{
	size_t column = 17;

	text_printf(out, "%-16s", label);
	for (bool first = true; *words; first = false) {
		size_t n = strcspn(words, " ");

		if (column + n > 79 && !first) {
			fprintf(out, "\n%-16s", "");
			column = 17;
		}
		text_printf(out, " %.*s", (int)n, words);
		column += n + 1;
		words += n + (words[n] == ' ');
	}
	fputc('\n', out);
}

static void put_caps(FILE *out, const char *label, uint64_t set, uint64_t all)
{
	uint64_t missing = all & ~set;
	char list[1024], buf[16];
	size_t len;

	if (set == 0 || missing == 0) {
		put_words(out, label, set ? "all" : "none");
		return;
	}
	/* Of a privileged shell it is the few it lacks that tell. */
	bool few = __builtin_popcountll(missing) <= 8;
	len = (size_t)snprintf(list, sizeof(list), "%s", few ? "all but" : "");
	for (unsigned bit = 0; bit < CAP_BITS; bit++)
		if (facts_has(few ? missing : set, bit) && len < sizeof(list))
			len += (size_t)snprintf(list + len, sizeof(list) - len, "%s%s", len ? " " : "",
						facts_cap_name(bit, buf, sizeof(buf)));
	put_words(out, label, list);
}

/* All capabilities that the kernel knows. */
static uint64_t known_caps(void)
{
	struct proc_file f = PROC_FILE_INIT;
	uint64_t last = 40;
	const char *p;

	if (proc_load(&f, "proc/sys/kernel/cap_last_cap") == 0) {
		p = f.data;
		(void)proc_u64(&p, &last);
	}
	proc_unload(&f);
	return last >= 63 ? UINT64_MAX : (UINT64_C(1) << (last + 1)) - 1;
}

static void put_user(FILE *out, const struct facts *f)
{
	uint64_t all = known_caps();

	if (f->uid == FACT_UNKNOWN)
		text_printf(out, LABEL "unknown\n", "user");
	else
		text_printf(out, LABEL "%d, group %d\n", "user", f->uid, f->gid);
	put_caps(out, "capabilities", f->effective, all);
	if (f->permitted != f->effective)
		put_caps(out, "  permitted", f->permitted, all);
	if (f->bounding != f->effective)
		put_caps(out, "  bounding set", f->bounding, all);
	text_printf(out, LABEL "%s", "seccomp", f->seccomp == 0 ? "off" : f->seccomp == 1 ? "strict" :
				   f->seccomp == 2 ? "filter" : "unknown");
	if (f->seccomp == 2 && f->seccomp_filters > 0)
		text_printf(out, " (%d)", f->seccomp_filters);
	text_printf(out, ", no_new_privs %s\n", f->no_new_privs == 0 ? "off" : f->no_new_privs == 1 ? "on" : "unknown");
	text_printf(out, LABEL "%s\n", "security module", f->lsm[0] ? f->lsm : f->proc ? "no label" : "unknown: no /proc");
}

static const char *owner(int host)
{
	return host == 1 ? "the host's" : host == 0 ? "its own" : "unknown: no /proc";
}

static void put_namespaces(FILE *out, const struct facts *f)
{
	char line[256];

	text_snprintf(line, sizeof(line), "%s%s%s", owner(f->user_ns_host), f->id_map[0] ? ": " : "", f->id_map);
	put_words(out, "user namespace", line);
	put_words(out, "pid namespace", owner(f->pid_ns_host));
	if (f->id[0])
		put_words(out, "container", f->id);
}

static void fmt_limit(char *buf, size_t size, uint64_t v)
{
	if (v == CGROUP_UNLIMITED)
		snprintf(buf, size, "no limit");
	else if (v == CGROUP_UNKNOWN)
		snprintf(buf, size, "unknown");
	else
		table_fmt_bytes(buf, size, v);
}

static void put_limits(FILE *out)
{
	struct cgroup_memory m;
	struct cgroup_cpu c;
	struct cgroup_pids p;
	char a[16], b[16];
	bool any = false;

	bool v2;

	if (cgroup_place(CGROUP_MEMORY, &v2)) {
		put_words(out, "cgroup", v2 ? "v2" : "v1");
		any = true;
	}
	if (cgroup_memory(&m) == 0) {
		fmt_limit(a, sizeof(a), m.current);
		fmt_limit(b, sizeof(b), m.limit);
		text_printf(out, LABEL "%s used, %s%s\n", "memory", a, b,
			    m.limit < CGROUP_UNLIMITED ? " at most" : "");
		any = true;
	}
	if (cgroup_cpu(&c) == 0) {
		if (c.quota_us < CGROUP_UNLIMITED && c.period_us > 0 && c.period_us < CGROUP_UNLIMITED)
			text_printf(out, LABEL "%llu.%02llu CPUs at most\n", "cpu",
				    (unsigned long long)(c.quota_us / c.period_us),
				    (unsigned long long)(c.quota_us % c.period_us * 100 / c.period_us));
		else
			text_printf(out, LABEL "no limit\n", "cpu");
		any = true;
	}
	if (cgroup_pids(&p) == 0 && p.current < CGROUP_UNLIMITED) {
		text_printf(out, LABEL "%llu, ", "processes", (unsigned long long)p.current);
		if (p.limit < CGROUP_UNLIMITED)
			text_printf(out, "%llu at most\n", (unsigned long long)p.limit);
		else
			text_printf(out, "no limit\n");
		any = true;
	}
	if (!any)
		put_words(out, "limits", "no cgroup of this container can be seen here");
}

static void put_number(FILE *out, const char *name, int value)
{
	if (value == FACT_UNKNOWN)
		text_printf(out, " %s -", name);
	else
		text_printf(out, " %s %d", name, value);
}

static void put_files(FILE *out, const struct facts *f)
{
	text_printf(out, LABEL "%s\n", "/proc", f->proc ? "mounted" : "missing: processes cannot be seen");
	if (f->masked[0])
		put_words(out, "  masked", f->masked);
	if (f->read_only[0])
		put_words(out, "  read-only", f->read_only);
	if (f->covered[0])
		put_words(out, "  pretended", f->covered);
	text_printf(out, LABEL "%s\n", "/sys", !f->sys ? "missing" : f->sys_read_only ? "mounted read-only" : "mounted");
	if (f->root_type[0])
		text_printf(out, LABEL "%s%s\n", "/", f->root_type, f->root_read_only ? ", read-only" : "");
	text_printf(out, LABEL "yama.ptrace_scope %s", "sysctls", f->yama == FACT_UNKNOWN ? "-" : "");
	if (f->yama != FACT_UNKNOWN)
		text_printf(out, "%d", f->yama);
	put_number(out, "perf_event_paranoid", f->perf_paranoid);
	fprintf(out, "\n" LABEL, "");
	text_printf(out, "unprivileged_bpf_disabled %s", f->bpf_disabled == FACT_UNKNOWN ? "-" : "");
	if (f->bpf_disabled != FACT_UNKNOWN)
		text_printf(out, "%d", f->bpf_disabled);
	put_number(out, "dmesg_restrict", f->dmesg_restrict);
	fputc('\n', out);
}

static void put_facts(FILE *out, const struct facts *f)
{
	struct utsname u;

	fputs("This shell\n", out);
	put_user(out, f);
	put_namespaces(out, f);
	put_limits(out);
	put_files(out, f);
	if (!proc_is_test() && uname(&u) == 0)
		text_printf(out, LABEL "%s %s\n", "kernel", u.release, u.machine);
}

/* --- the tools --------------------------------------------------------------------------------- */

/* The names of all tools with this need, as one line. */
static void names_of(enum need need, char *buf, size_t size)
{
	size_t len = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < tools_n; i++)
		if (tools[i].name && tools[i].need == need && len < size)
			len += (size_t)snprintf(buf + len, size - len, "%s%s", len ? " " : "", tools[i].name);
}

static const char *first_of(enum need need)
{
	for (size_t i = 0; i < tools_n; i++)
		if (tools[i].name && tools[i].need == need)
			return tools[i].name;
	return "";
}

static void put_verdict(FILE *out, enum need need, const struct verdict *v)
{
	char names[512];

	names_of(need, names, sizeof(names));
	put_words(out, need_word(v->here), names);
	put_words(out, "", v->why);
	if (v->host[0])
		text_printf(out, LABEL "host# %s /native/bin/%s ...\n", "", v->host, first_of(need));
	if (strncmp(v->option, "--", 2) == 0)
		text_printf(out, LABEL "or, from its start: docker run %s\n", "", v->option);
	else if (v->option[0])
		text_printf(out, LABEL "host# %s\n", "", v->option);
}

static void put_verdicts(FILE *out, const struct verdict *v)
{
	char all[4096] = "", names[512];
	size_t len = 0, free_tools = 0;

	for (size_t i = 0; i < tools_n; i++)
		free_tools += tools[i].name && tools[i].need == NEED_NONE;
	fputs("\nThe tools here\n", out);
	for (enum here here = HERE_NO;; here--) {
		for (enum need n = NEED_NONE + 1; n < NEEDS; n++)
			if (v[n].here == here && here != HERE_YES)
				put_verdict(out, n, &v[n]);
		if (here == HERE_YES)
			break;
	}
	for (enum need n = NEED_NONE + 1; n < NEEDS; n++)
		if (v[n].here == HERE_YES) {
			names_of(n, names, sizeof(names));
			len += (size_t)snprintf(all + len, sizeof(all) - len, "%s%s", len ? " " : "", names);
		}
	if (len > 0)
		put_words(out, "yes", all);
	text_printf(out, LABEL "and the %zu others, which need nothing\n", len > 0 ? "" : "yes", free_tools);
}

static int put_json(FILE *out, const struct verdict *v)
{
	static const struct table_column columns[] = { { "tool", false }, { "here", false }, { "why", false }, { "host", false } };
	static const char *const keys[] = { "tool", "here", "why", "host" };
	struct table t = { .columns = columns, .n_columns = 4 };
	int r = 0;

	for (size_t i = 0; i < tools_n && r == 0; i++) {
		const struct verdict *w = &v[tools[i].need];
		char host[256];

		if (!tools[i].name)
			continue;
		text_snprintf(host, sizeof(host), "%s /native/bin/%s", w->host, tools[i].name);
		r = table_add(&t, (const char *const[]){ tools[i].name, need_word(w->here), w->why[0] ? w->why : NULL,
							 w->host[0] ? host : NULL });
	}
	if (r == 0)
		table_json(&t, keys, out);
	table_free(&t);
	return r;
}

int doctor_main(pid_t pid, bool json)
{
	struct verdict verdicts[NEEDS];
	struct facts f;
	struct page page;

	facts_collect(&f);
	/* A recording has no process and no kernel to ask. */
	if (proc_is_test()) {
		put_facts(stdout, &f);
		return 0;
	}
	for (enum need n = NEED_NONE; n < NEEDS; n++)
		need_judge(&f, pid, n, &verdicts[n]);
	if (json) {
		if (put_json(stdout, verdicts) == 0)
			return 0;
		fputs("native: out of memory\n", stderr);
		return 1;
	}
	page_begin(&page);
	put_facts(page.out, &f);
	put_verdicts(page.out, verdicts);
	page_end(&page);
	return 0;
}
