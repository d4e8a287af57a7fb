/* SPDX-License-Identifier: GPL-2.0-only
 * Times: timespec and timeval in the ABI's and in 64-bit layout, interval timers, timex, times, rusage, clock
 * numbers, sigevent. A moment (not a span) gets its date as a comment where strace gives one.
 */
#include "parts.h"

#include "toolbox/lib/base.h"

#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

const struct field timespec_fields[] = {
	{ "tv_sec", T_LONG }, { "tv_nsec", T_ULONG }, { 0 },
};
const struct field timespec64_fields[] = {
	{ "tv_sec", T_S64 }, { "tv_nsec", T_U64 }, { 0 },
};
const struct field timeval_fields[] = {
	{ "tv_sec", T_LONG }, { "tv_usec", T_ULONG }, { 0 },
};
static const struct field timeval64_fields[] = {
	{ "tv_sec", T_S64 }, { "tv_usec", T_U64 }, { 0 },
};

void print_moment(struct call *c, int64_t sec, uint64_t nsec)
{
	time_t t = (time_t)sec;
	struct tm tm;
	char date[64], zone[16];

	if ((!sec && !nsec) || nsec > 999999999)
		return;
	if (!localtime_r(&t, &tm) || !strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &tm) ||
	    !strftime(zone, sizeof(zone), "%z", &tm))
		return;
	out_printf(c->out, " /* %s", date);
	if (nsec)
		out_printf(c->out, ".%09" PRIu64, nsec);
	out_printf(c->out, "%s */", zone);
}

/* As print_moment, with the microseconds' six digits. */
static void print_moment_usec(struct call *c, int64_t sec, uint64_t usec)
{
	size_t start = c->out->len;
	char text[96], *dot;

	if (usec > 999999)
		return;
	print_moment(c, sec, usec * 1000);
	if (!usec || c->out->len - start >= sizeof(text) || c->out->failed)
		return;
	memcpy(text, c->out->data + start, c->out->len - start);
	text[c->out->len - start] = '\0';
	dot = strchr(text, '.');
	if (!dot)
		return;
	memmove(dot + 7, dot + 10, strlen(dot + 10) + 1);
	out_cut(c->out, start);
	out_puts(c->out, text);
}

static const struct field *time_layout(bool usec, bool time64)
{
	if (usec)
		return time64 ? timeval64_fields : timeval_fields;
	return time64 ? timespec64_fields : timespec_fields;
}

void print_timespec(struct call *c, uint64_t addr, bool usec, bool time64)
{
	fields_at(c, addr, time_layout(usec, time64));
}

bool kind_timespec(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_in(c, arg, timespec_fields);
}

bool kind_timespec64(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_in(c, arg, timespec64_fields);
}

bool kind_otimespec(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, timespec_fields);
}

bool kind_otimespec64(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, timespec64_fields);
}

enum { ERESTART_FIRST = 512, ERESTART_LAST = 516, TIMER_ABSTIME_BIT = 1 };

/* What is left to sleep is written only when a signal ended a relative sleep. */
static bool print_rest(struct call *c, unsigned arg, const struct field *f)
{
	bool interrupted = c->error && -c->ret >= ERESTART_FIRST && -c->ret <= ERESTART_LAST;
	bool absolute = arg == 3 && (c->args[1] & TIMER_ABSTIME_BIT);
	uint64_t addr = arg_ulong(c, arg);
	char buf[16];

	if (!c->exiting)
		return false;
	if (addr && interrupted && !absolute && call_verbose(c) &&
	    mem_read(c, addr, buf, fields_size(c, f)))
		fields_print(c, buf, sizeof(buf), f);
	else
		print_addr(c, addr);
	return true;
}

bool kind_timespec_rem(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return print_rest(c, arg, timespec_fields);
}

bool kind_timespec64_rem(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return print_rest(c, arg, timespec64_fields);
}

bool kind_timeval(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_in(c, arg, timeval_fields);
}

bool kind_otimeval(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, timeval_fields);
}

static const struct field timezone_fields[] = {
	{ "tz_minuteswest", T_S32 }, { "tz_dsttime", T_S32 }, { 0 },
};

bool kind_timezone(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_in(c, arg, timezone_fields);
}

bool kind_otimezone(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, timezone_fields);
}

static const struct field itimerval_fields[] = {
	{ "it_interval", T_STRUCT, .sub = timeval_fields },
	{ "it_value", T_STRUCT, .sub = timeval_fields },
	{ 0 },
};
static const struct field itimerspec_fields[] = {
	{ "it_interval", T_STRUCT, .sub = timespec_fields },
	{ "it_value", T_STRUCT, .sub = timespec_fields },
	{ 0 },
};
static const struct field itimerspec64_fields[] = {
	{ "it_interval", T_STRUCT, .sub = timespec64_fields },
	{ "it_value", T_STRUCT, .sub = timespec64_fields },
	{ 0 },
};

bool kind_itimerval(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_in(c, arg, itimerval_fields);
}

bool kind_oitimerval(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, itimerval_fields);
}

bool kind_itimerspec(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_in(c, arg, itimerspec_fields);
}

bool kind_oitimerspec(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, itimerspec_fields);
}

bool kind_itimerspec64(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_in(c, arg, itimerspec64_fields);
}

bool kind_oitimerspec64(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, itimerspec64_fields);
}

static const struct field timex_fields[] = {
	{ "modes", T_U32, F_FLAGS, FLAGS_ADJTIMEX_MODE },
	{ "offset", T_LONG },
	{ "freq", T_LONG },
	{ "maxerror", T_LONG },
	{ "esterror", T_LONG },
	{ "status", T_S32, F_FLAGS, FLAGS_ADJTIMEX_STATUS },
	{ "constant", T_LONG },
	{ "precision", T_LONG },
	{ "tolerance", T_LONG },
	{ "time", T_STRUCT, .sub = timeval_fields },
	{ "tick", T_LONG },
	{ "ppsfreq", T_LONG },
	{ "jitter", T_LONG },
	{ "shift", T_S32 },
	{ "stabil", T_LONG },
	{ "jitcnt", T_LONG },
	{ "calcnt", T_LONG },
	{ "errcnt", T_LONG },
	{ "stbcnt", T_LONG },
	{ "tai", T_S32 },
	{ NULL, T_S32, F_PAD, .count = 11 },
	{ 0 },
};
static const struct field timex64_fields[] = {
	{ "modes", T_U32, F_FLAGS, FLAGS_ADJTIMEX_MODE },
	{ NULL, T_S32, F_PAD },
	{ "offset", T_S64 },
	{ "freq", T_S64 },
	{ "maxerror", T_S64 },
	{ "esterror", T_S64 },
	{ "status", T_S32, F_FLAGS, FLAGS_ADJTIMEX_STATUS },
	{ NULL, T_S32, F_PAD },
	{ "constant", T_S64 },
	{ "precision", T_S64 },
	{ "tolerance", T_S64 },
	{ "time", T_STRUCT, .sub = timeval64_fields },
	{ "tick", T_S64 },
	{ "ppsfreq", T_S64 },
	{ "jitter", T_S64 },
	{ "shift", T_S32 },
	{ NULL, T_S32, F_PAD },
	{ "stabil", T_S64 },
	{ "jitcnt", T_S64 },
	{ "calcnt", T_S64 },
	{ "errcnt", T_S64 },
	{ "stbcnt", T_S64 },
	{ "tai", T_S32 },
	{ NULL, T_S32, F_PAD, .count = 11 },
	{ 0 },
};

/* What the call says of the clock. */
bool kind_adjtimex_result(struct call *c, unsigned arg, uint16_t param)
{
	const char *name = flags_name(c, (uint64_t)c->ret, FLAGS_ADJTIMEX_STATE);
	const struct field *f = strstr(c->row->name, "64") ? timex64_fields : timex_fields;
	char buf[FIELDS_MAX];

	(void)arg, (void)param;
	/* As strace, which names the state of the clock only behind what it could read. */
	if (name && mem_read(c, arg_ulong(c, c->row->n_args - 1u), buf, fields_size(c, f)))
		out_puts(c->out, name);
	return true;
}

bool kind_timex(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, timex_fields);
}

bool kind_timex64(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, timex64_fields);
}

/* USER_HZ is 100 in all three ABIs. */
void print_ticks(struct call *c, uint64_t ticks)
{
	out_udec(c->out, ticks);
	if (ticks && c->opt->constants != CONST_RAW)
		out_printf(c->out, " /* %" PRIu64 ".%02u s */", ticks / 100, (unsigned)(ticks % 100));
}

static void show_ticks(struct call *c, const void *p, const void *all)
{
	(void)all;
	print_ticks(c, (uint64_t)field_load(c, T_LONG, p));
}

static const struct field tms_fields[] = {
	{ "tms_utime", T_LONG, F_SHOW, .show = show_ticks },
	{ "tms_stime", T_LONG, F_SHOW, .show = show_ticks },
	{ "tms_cutime", T_LONG, F_SHOW, .show = show_ticks },
	{ "tms_cstime", T_LONG, F_SHOW, .show = show_ticks },
	{ 0 },
};

bool kind_tms(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, tms_fields);
}

const struct field rusage_fields[] = {
	{ "ru_utime", T_STRUCT, .sub = timeval_fields },
	{ "ru_stime", T_STRUCT, .sub = timeval_fields },
	{ "ru_maxrss", T_ULONG, .when = VERBOSE },
	{ "ru_ixrss", T_ULONG, .when = VERBOSE },
	{ "ru_idrss", T_ULONG, .when = VERBOSE },
	{ "ru_isrss", T_ULONG, .when = VERBOSE },
	{ "ru_minflt", T_ULONG, .when = VERBOSE },
	{ "ru_majflt", T_ULONG, .when = VERBOSE },
	{ "ru_nswap", T_ULONG, .when = VERBOSE },
	{ "ru_inblock", T_ULONG, .when = VERBOSE },
	{ "ru_oublock", T_ULONG, .when = VERBOSE },
	{ "ru_msgsnd", T_ULONG, .when = VERBOSE },
	{ "ru_msgrcv", T_ULONG, .when = VERBOSE },
	{ "ru_nsignals", T_ULONG, .when = VERBOSE },
	{ "ru_nvcsw", T_ULONG, .when = VERBOSE },
	{ "ru_nivcsw", T_ULONG, .when = VERBOSE },
	{ 0 },
};

/* --- clocks --- */

bool kind_clockid(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_enum(c, (uint32_t)arg_int(c, arg), FLAGS_CLOCK);
	return true;
}

bool kind_otime(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg);
	char buf[8];
	int64_t sec;

	(void)param;
	if (!c->exiting)
		return false;
	if (!read_or_addr(c, addr, buf, word_size(c)))
		return true;
	sec = field_load(c, T_LONG, buf);
	out_printf(c->out, "[%" PRId64, sec);
	print_moment(c, sec, 0);
	out_putc(c->out, ']');
	return true;
}

/* --- times of files --- */

bool kind_utimbuf(struct call *c, unsigned arg, uint16_t param)
{
	char buf[16];
	size_t w = word_size(c);
	int64_t actime, modtime;

	(void)param;
	if (!read_in(c, arg_ulong(c, arg), buf, 2 * w))
		return true;
	actime = field_load(c, T_LONG, buf);
	modtime = field_load(c, T_LONG, buf + w);
	out_printf(c->out, "{actime=%" PRId64, actime);
	print_moment(c, actime, 0);
	out_printf(c->out, ", modtime=%" PRId64, modtime);
	print_moment(c, modtime, 0);
	out_putc(c->out, '}');
	return true;
}

static void print_file_time(struct call *c, const char *p, const struct field *f, bool usec)
{
	int64_t sec = fields_get(c, p, 16, f, "tv_sec");
	uint64_t part = (uint64_t)fields_get(c, p, 16, f, usec ? "tv_usec" : "tv_nsec");

	if (!usec && (part == UTIME_NOW || part == UTIME_OMIT)) {
		const char *name = part == UTIME_NOW ? "UTIME_NOW" : "UTIME_OMIT";

		if (c->opt->constants == CONST_ABBREV) {
			out_puts(c->out, name);
			return;
		}
		fields_print(c, p, fields_size(c, f), f);
		if (c->opt->constants == CONST_VERBOSE)
			out_printf(c->out, " /* %s */", name);
		return;
	}
	fields_print(c, p, fields_size(c, f), f);
	if (usec)
		print_moment_usec(c, sec, part);
	else
		print_moment(c, sec, part);
}

static bool print_file_times(struct call *c, unsigned arg, bool usec, bool time64)
{
	const struct field *f = time_layout(usec, time64);
	size_t n = fields_size(c, f);
	char buf[32];

	if (!read_in(c, arg_ulong(c, arg), buf, 2 * n))
		return true;
	out_putc(c->out, '[');
	print_file_time(c, buf, f, usec);
	out_puts(c->out, ", ");
	print_file_time(c, buf + n, f, usec);
	out_putc(c->out, ']');
	return true;
}

bool kind_timeval_pair(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return print_file_times(c, arg, true, false);
}

bool kind_timespec_pair(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return print_file_times(c, arg, false, false);
}

bool kind_timespec64_pair(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return print_file_times(c, arg, false, true);
}
