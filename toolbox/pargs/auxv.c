/* SPDX-License-Identifier: GPL-2.0-only
 * The auxiliary vector: see pargs.h. Types are those of include/uapi/linux/auxvec.h and arch/{x86,arm64,powerpc} of it,
 * flags those of CPUID(1).EDX and arch/arm64/include/uapi/asm/hwcap.h.
 */
#include "pargs.h"
#include "toolbox/lib/base.h"

#include <stdio.h>
#include <string.h>

enum { TYPE_MAX = 1024, AT_NULL = 0, AT_SECURE = 23, AT_HWCAP = 16, AT_HWCAP2 = 26, AT_FLAGS = 8 };
enum show { HEX, DECIMAL, STRING, FLAGS };

static const struct {
	const char *name;
	uint64_t type;
	enum show show;
} types[] = {
	{ "AT_IGNORE", 1, HEX },	   { "AT_EXECFD", 2, DECIMAL },
	{ "AT_PHDR", 3, HEX },		   { "AT_PHENT", 4, DECIMAL },
	{ "AT_PHNUM", 5, DECIMAL },	   { "AT_PAGESZ", 6, DECIMAL },
	{ "AT_BASE", 7, HEX },		   { "AT_FLAGS", AT_FLAGS, HEX },
	{ "AT_ENTRY", 9, HEX },		   { "AT_NOTELF", 10, DECIMAL },
	{ "AT_UID", 11, DECIMAL },	   { "AT_EUID", 12, DECIMAL },
	{ "AT_GID", 13, DECIMAL },	   { "AT_EGID", 14, DECIMAL },
	{ "AT_PLATFORM", 15, STRING },	   { "AT_HWCAP", AT_HWCAP, FLAGS },
	{ "AT_CLKTCK", 17, DECIMAL },	   { "AT_SECURE", AT_SECURE, DECIMAL },
	{ "AT_BASE_PLATFORM", 24, STRING }, { "AT_RANDOM", 25, HEX },
	{ "AT_HWCAP2", AT_HWCAP2, FLAGS }, { "AT_RSEQ_FEATURE_SIZE", 27, DECIMAL },
	{ "AT_RSEQ_ALIGN", 28, DECIMAL },  { "AT_HWCAP3", 29, HEX },
	{ "AT_HWCAP4", 30, HEX },	   { "AT_EXECFN", 31, STRING },
	{ "AT_SYSINFO", 32, HEX },	   { "AT_SYSINFO_EHDR", 33, HEX },
	{ "AT_L1I_CACHESIZE", 40, DECIMAL }, { "AT_L1I_CACHEGEOMETRY", 41, HEX },
	{ "AT_L1D_CACHESIZE", 42, DECIMAL }, { "AT_L1D_CACHEGEOMETRY", 43, HEX },
	{ "AT_L2_CACHESIZE", 44, DECIMAL }, { "AT_L2_CACHEGEOMETRY", 45, HEX },
	{ "AT_L3_CACHESIZE", 46, DECIMAL }, { "AT_L3_CACHEGEOMETRY", 47, HEX },
	{ "AT_MINSIGSTKSZ", 51, DECIMAL },
};

#if defined(__x86_64__)
static const char *const hwcap[64] = { "fpu",  "vme",  "de",   "pse",  "tsc",  "msr", "pae", "mce",   "cx8", "apic", NULL,
				       "sep",  "mtrr", "pge",  "mca",  "cmov", "pat", "pse36", "pn", "clflush", NULL, "dts",
				       "acpi", "mmx",  "fxsr", "sse",  "sse2", "ss",  "ht",  "tm",    "ia64", "pbe" };
static const char *const hwcap2[64] = { "ring3mwait", "fsgsbase" };
#elif defined(__aarch64__)
static const char *const hwcap[64] = { "fp",	  "asimd",   "evtstrm", "aes",	  "pmull",    "sha1",	"sha2",	  "crc32",
				       "atomics", "fphp",    "asimdhp", "cpuid",  "asimdrdm", "jscvt",	"fcma",	  "lrcpc",
				       "dcpop",	  "sha3",    "sm3",	"sm4",	  "asimddp",  "sha512", "sve",	  "asimdfhm",
				       "dit",	  "uscat",   "ilrcpc",	"flagm",  "ssbs",     "sb",	"paca",	  "pacg" };
static const char *const hwcap2[64] = { "dcpodp",   "sve2",	"sveaes",   "svepmull", "svebitperm", "svesha3", "svesm4",  "flagm2",
					"frint",    "svei8mm",	"svef32mm", "svef64mm", "svebf16",    "i8mm",	 "bf16",    "dgh",
					"rng",	    "bti",	"mte",	    "ecv",	"afp",	      "rpres",	 "mte3",    "sme" };
#else
static const char *const hwcap[64];
static const char *const hwcap2[64];
#endif

static uint64_t word(const unsigned char *p, size_t size)
{
	uint64_t v = 0;
	uint32_t half;

	if (size == 8)
		memcpy(&v, p, 8);
	else {
		memcpy(&half, p, 4);
		v = half;
	}
	return v;
}

/* As a vector of such words; 0 when it is none: it has an end, and types are small numbers. */
static size_t parse_as(const unsigned char *p, size_t len, size_t size, struct auxv_entry *entries, size_t n)
{
	size_t found = 0;

	for (; len >= 2 * size; p += 2 * size, len -= 2 * size) {
		struct auxv_entry e = { word(p, size), word(p + size, size) };

		if (e.type == AT_NULL)
			return e.value == 0 ? found : 0;
		if (e.type > TYPE_MAX)
			return 0;
		if (found < n)
			entries[found++] = e;
	}
	return 0;
}

size_t auxv_parse(const void *data, size_t len, struct auxv_entry *entries, size_t n, unsigned *bits)
{
	size_t found = parse_as(data, len, 8, entries, n);

	*bits = 64;
	if (found > 0)
		return found;
	*bits = 32;
	return parse_as(data, len, 4, entries, n);
}

const char *auxv_name(uint64_t type)
{
	for (size_t i = 0; i < countof(types); i++)
		if (types[i].type == type)
			return types[i].name;
	return NULL;
}

static enum show show_of(uint64_t type)
{
	for (size_t i = 0; i < countof(types); i++)
		if (types[i].type == type)
			return types[i].show;
	return HEX;
}

bool auxv_is_string(uint64_t type)
{
	return show_of(type) == STRING;
}

static void flags(char *buf, size_t size, uint64_t value, const char *const names[64])
{
	size_t at = 0;

	for (unsigned i = 0; i < 64 && at < size; i++) {
		if (!(value >> i & 1))
			continue;
		const char *sep = at > 0 ? "," : "";
		int n = names[i] ? snprintf(buf + at, size - at, "%s%s", sep, names[i])
				 : snprintf(buf + at, size - at, "%sbit%u", sep, i);
		at += n > 0 ? (size_t)n : 0;
	}
}

void auxv_explain(char *buf, size_t size, const struct auxv_entry *e, bool native)
{
	if (size == 0)
		return;
	buf[0] = '\0';
	switch (show_of(e->type)) {
	case DECIMAL:
		snprintf(buf, size, "%llu%s", (unsigned long long)e->value,
			 e->type == AT_SECURE && e->value ? " (runs with more rights than who started it)" : "");
		break;
	case FLAGS:
		if (native)
			flags(buf, size, e->value, e->type == AT_HWCAP ? hwcap : hwcap2);
		break;
	case HEX:
	case STRING:
		break;
	}
}
