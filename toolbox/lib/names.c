/* SPDX-License-Identifier: GPL-2.0-only
 * Names of services, protocols, users and networks: see names.h. One look-up a socket must not open a
 * file, as getservbyport(3) does, so the files are read into sorted tables.
 */
#include "names.h"
#include "base.h"
#include "names_hosts.h"
#include "proc.h"
#include "text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#if __has_include(<native.h>)
#include <native.h>
#else
/* The unit tests are built with another libc and have no tree. */
static char *native_path(char *buf, size_t size, const char *rel)
{
	(void)buf;
	(void)size;
	(void)rel;
	return NULL;
}
#endif

static int add(struct names_table *t, uint64_t number, const char *name, size_t len)
{
	size_t need = text_safe(NULL, 0, name, len) + 1;

	if (t->n == t->cap) {
		size_t cap = t->cap ? t->cap * 2 : 256;
		struct names_entry *grown = realloc(t->entry, cap * sizeof(*grown));

		if (!grown)
			return -ENOMEM;
		t->entry = grown;
		t->cap = cap;
	}
	if (t->text_cap - t->len < need) {
		size_t cap = (t->text_cap + need) * 2;
		char *grown = realloc(t->text, cap);

		if (!grown)
			return -ENOMEM;
		t->text = grown;
		t->text_cap = cap;
	}
	t->entry[t->n++] = (struct names_entry){ number, t->len };
	text_safe(t->text + t->len, need, name, len);
	t->len += need;
	t->sorted = false;
	return 0;
}

static int by_number(const void *a, const void *b)
{
	const struct names_entry *x = a;
	const struct names_entry *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

const char *names_find(struct names_table *t, uint64_t number)
{
	size_t low = 0;
	size_t high = t->n;

	if (!t->sorted && t->n > 0)
		qsort(t->entry, t->n, sizeof(*t->entry), by_number);
	t->sorted = true;
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (t->entry[mid].number < number)
			low = mid + 1;
		else
			high = mid;
	}
	return low < t->n && t->entry[low].number == number ? t->text + t->entry[low].at : NULL;
}

void names_free(struct names_table *t)
{
	free(t->entry);
	free(t->text);
	*t = (struct names_table){ 0 };
}

uint64_t names_service_key(int protocol, uint16_t port)
{
	return (uint64_t)protocol << 16 | port;
}

/* Services, protocols and networks are cut to fit a column, so each byte of theirs has to be one column; what looks
 * otherwise is no name. */
static bool plain(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (name[i] <= ' ' || name[i] >= 0x7f || name[i] == '\\')
			return false;
	return true;
}

/* The next word of a line, which ends at a comment; its length, 0 at the end. */
static size_t word(const char **p)
{
	*p += strspn(*p, " \t\r");
	size_t n = strcspn(*p, " \t\r\n#");

	return n;
}

/* "mysql 3306/tcp # comment" */
static int parse_service(const char *name, size_t len, const char *p, struct names_table *t)
{
	static const struct {
		const char *name;
		int protocol;
	} kinds[] = { { "tcp", IPPROTO_TCP }, { "udp", IPPROTO_UDP }, { "sctp", IPPROTO_SCTP } };
	uint64_t port;

	if (!proc_u64(&p, &port) || port > UINT16_MAX || *p++ != '/')
		return 0;
	size_t n = word(&p);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strlen(kinds[i].name) == n && memcmp(kinds[i].name, p, n) == 0)
			return add(t, names_service_key(kinds[i].protocol, (uint16_t)port), name, len);
	return 0;
}

/* "icmp 1 ICMP" */
static int parse_protocol(const char *name, size_t len, const char *p, struct names_table *t)
{
	uint64_t number;

	if (!proc_u64(&p, &number))
		return 0;
	return add(t, number, name, len);
}

/* "loopback 127.0.0.0" */
static int parse_network(const char *name, size_t len, const char *p, struct names_table *t)
{
	char digits[INET_ADDRSTRLEN];
	size_t n = word(&p);
	struct in_addr a;

	if (n >= sizeof(digits))
		return 0;
	memcpy(digits, p, n);
	digits[n] = '\0';
	if (inet_pton(AF_INET, digits, &a) != 1)
		return 0;
	return add(t, ntohl(a.s_addr), name, len);
}

/* "www-data:x:33:33:…" */
static int parse_user(const char *line, struct names_table *t)
{
	size_t len = strcspn(line, ":\n");
	const char *p = line + len;
	uint64_t uid;

	for (int i = 0; i < 2; i++) {
		if (*p != ':')
			return 0;
		p++;
		if (i == 0)
			p += strcspn(p, ":\n");
	}
	if (len == 0 || *p < '0' || *p > '9' || !proc_u64(&p, &uid) || *p != ':')
		return 0;
	return add(t, uid, line, len);
}

int names_parse(enum names_kind kind, const char *data, struct names_table *t)
{
	for (const char *line = *data ? data : NULL; line; line = proc_next_line(line)) {
		const char *name = line;
		size_t len = word(&name);
		const char *rest = name + len;
		int r = 0;

		if (kind == NAMES_USERS) {
			r = parse_user(line, t);
		} else if (len > 0 && plain(name, len)) {
			word(&rest);
			if (kind == NAMES_SERVICES)
				r = parse_service(name, len, rest, t);
			else if (kind == NAMES_PROTOCOLS)
				r = parse_protocol(name, len, rest, t);
			else
				r = parse_network(name, len, rest, t);
		}
		if (r < 0)
			return r;
	}
	return 0;
}

/* Only a file, and one that a person can have written: not a device without an end. */
#define FILE_MAX (16 << 20)

int names_load(struct proc_file *f, const char *path)
{
	fd_auto fd = proc_open(path, O_PATH);
	struct stat st;

	if (fd < 0)
		return fd;
	if (fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode) || st.st_size > FILE_MAX)
		return -EFBIG;
	return proc_load(f, path);
}

/* A file of the image, else one of ours. What cannot be read, or kept, leaves numbers. */
static struct names_table *load(struct names_table *t, enum names_kind kind, const char *path, const char *ours)
{
	struct proc_file f = PROC_FILE_INIT;
	char buf[PATH_MAX];

	if (t->loaded)
		return t;
	t->loaded = true;
	int r = names_load(&f, path);
	if (r < 0 && ours && native_path(buf, sizeof(buf), ours))
		r = names_load(&f, buf);
	if (r == 0 && f.data)
		names_parse(kind, f.data, t);
	proc_unload(&f);
	return t;
}

const char *names_service(int protocol, uint16_t port)
{
	static struct names_table t;

	return names_find(load(&t, NAMES_SERVICES, "etc/services", "../share/services"), names_service_key(protocol, port));
}

const char *names_protocol(uint32_t number)
{
	static struct names_table t;

	return names_find(load(&t, NAMES_PROTOCOLS, "etc/protocols", "../share/protocols"), number);
}

static struct names_table *users(void)
{
	static struct names_table t;

	return load(&t, NAMES_USERS, "etc/passwd", NULL);
}

const char *names_user(uint32_t uid)
{
	return names_find(users(), uid);
}

bool names_user_number(const char *name, uint32_t *uid)
{
	const struct names_table *t = users();

	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->text + t->entry[i].at, name) == 0 && t->entry[i].number <= UINT32_MAX) {
			*uid = (uint32_t)t->entry[i].number;
			return true;
		}
	return false;
}

const char *names_network(uint32_t ipv4)
{
	static struct names_table t;

	return names_find(load(&t, NAMES_NETWORKS, "etc/networks", NULL), ipv4);
}
