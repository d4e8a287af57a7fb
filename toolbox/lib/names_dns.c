/* SPDX-License-Identifier: GPL-2.0-only
 * The names of many addresses at once over DNS: RFC 1035, in-addr.arpa; RFC 3596, ip6.arpa. The C library's resolver
 * asks for one name after the other and waits 5 s for each that does not come; this asks for all of
 * them, and one deadline holds for all. UDP only: a name always fits.
 */
#include "names_hosts.h"
#include "base.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>

#define HEADER 12
#define TYPE_PTR 12
#define CLASS_IN 1

#define IN_FLIGHT 100	/* questions on the way at a time */
#define PATIENCE_MS 300 /* before the next server is asked */
#define ROUNDS 3	/* each question that often at most */

static size_t put_label(uint8_t *p, const char *label, size_t n)
{
	p[0] = (uint8_t)n;
	memcpy(p + 1, label, n);
	return n + 1;
}

size_t names_query(uint8_t buf[NAMES_QUERY_MAX], uint16_t id, const uint8_t address[16])
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	static const char digits[] = "0123456789abcdef";
	size_t n = HEADER;

	memset(buf, 0, HEADER);
	buf[0] = (uint8_t)(id >> 8);
	buf[1] = (uint8_t)id;
	buf[2] = 1; /* recursion desired */
	buf[5] = 1; /* one question */
	if (memcmp(address, mapped, sizeof(mapped)) == 0) {
		for (int i = 15; i >= 12; i--) {
			char text[3];
			size_t len = 0;

			if (address[i] >= 100)
				text[len++] = digits[address[i] / 100];
			if (address[i] >= 10)
				text[len++] = digits[address[i] / 10 % 10];
			text[len++] = digits[address[i] % 10];
			n += put_label(buf + n, text, len);
		}
		n += put_label(buf + n, "in-addr", 7);
	} else {
		for (int i = 15; i >= 0; i--) {
			n += put_label(buf + n, &digits[address[i] & 15], 1);
			n += put_label(buf + n, &digits[address[i] >> 4], 1);
		}
		n += put_label(buf + n, "ip6", 3);
	}
	n += put_label(buf + n, "arpa", 4);
	buf[n++] = 0;
	buf[n++] = 0;
	buf[n++] = TYPE_PTR;
	buf[n++] = 0;
	buf[n++] = CLASS_IN;
	return n;
}

static unsigned get16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

bool names_is_host(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char c = name[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-' &&
		    c != '_' && c != '.')
			return false;
	}
	return len > 0 && len < NAMES_HOST_MAX;
}

/* Reads the name at *at, and moves *at behind it. Returns 0 (out may be NULL), 1 for a name that no host can have,
 * or -EBADMSG. Pointers lead backwards only, so there is an end. */
static int get_name(const uint8_t *data, size_t len, size_t *at, char *out, size_t size)
{
	size_t p = *at;
	size_t n = 0;
	bool jumped = false;
	int result = 0;

	for (;;) {
		if (p >= len)
			return -EBADMSG;
		unsigned c = data[p];
		if (c == 0) {
			if (!jumped)
				*at = p + 1;
			break;
		}
		if (c >= 0xc0) {
			if (p + 2 > len)
				return -EBADMSG;
			size_t to = get16(data + p) & 0x3fff;
			if (!jumped)
				*at = p + 2;
			if (to >= p)
				return -EBADMSG;
			jumped = true;
			p = to;
			continue;
		}
		if (c >= 0x40 || p + 1 + c > len)
			return -EBADMSG;
		if (n + c + 1 >= NAMES_HOST_MAX)
			return -EBADMSG;
		if (!names_is_host((const char *)data + p + 1, c) || memchr(data + p + 1, '.', c))
			result = 1;
		if (out && n + c + 1 < size) {
			memcpy(out + n, data + p + 1, c);
			out[n + c] = '.';
		}
		n += c + 1;
		p += 1 + c;
	}
	if (out)
		out[n > 0 ? n - 1 : 0] = '\0';
	return n == 0 ? 1 : result;
}

enum names_answer names_answer(const uint8_t *data, size_t len, const uint8_t *query, size_t query_len,
			       char name[NAMES_HOST_MAX])
{
	size_t at = query_len;

	/* Our number, an answer, to a plain question, and the question again, of which only the case may differ. */
	if (len < query_len || get16(data) != get16(query) || (data[2] & 0xf8) != 0x80 || get16(data + 4) != 1)
		return NAMES_NOT_OURS;
	for (size_t i = HEADER; i < query_len; i++) {
		uint8_t c = data[i];

		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if (c != query[i])
			return NAMES_NOT_OURS;
	}
	if ((data[3] & 15) == 3)
		return NAMES_NONE;
	if ((data[3] & 15) != 0)
		return NAMES_TRY_NEXT;
	for (unsigned i = get16(data + 6); i > 0; i--) {
		if (get_name(data, len, &at, NULL, 0) < 0 || at + 10 > len)
			return NAMES_NONE;
		unsigned type = get16(data + at);
		unsigned class = get16(data + at + 2);
		size_t size = get16(data + at + 8);

		at += 10;
		if (size > len - at)
			return NAMES_NONE;
		if (type == TYPE_PTR && class == CLASS_IN) {
			size_t inner = at;

			return get_name(data, len, &inner, name, NAMES_HOST_MAX) == 0 ? NAMES_FOUND : NAMES_NONE;
		}
		at += size; /* an alias, on the way to it */
	}
	return NAMES_NONE;
}

struct flight {
	struct names_question *question; /* NULL: free */
	uint64_t again_ms;
	unsigned server, rounds;
	size_t len;
	uint8_t query[NAMES_QUERY_MAX];
};

struct asking {
	int fd[NAMES_SERVERS]; /* -1: this one is not there */
	size_t n_servers;
	struct flight flights[IN_FLIGHT];
	bool answered;
};

static uint64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static int open_server(const struct names_server *s, uint16_t port)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(port) };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_scope_id = s->scope };
	bool is_v4 = memcmp(s->address, mapped, sizeof(mapped)) == 0;
	int fd = socket(is_v4 ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int r;

	if (fd < 0)
		return -1;
	memcpy(&v4.sin_addr, s->address + 12, 4);
	memcpy(&v6.sin6_addr, s->address, 16);
	/* Connected: the kernel lets only this server's packets in, and tells when nobody is there. */
	if (is_v4)
		r = connect(fd, (struct sockaddr *)&v4, sizeof(v4));
	else
		r = connect(fd, (struct sockaddr *)&v6, sizeof(v6));
	if (r < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Sends a question to the next server that is there; false when there is none left or it was asked often
 * enough. */
static bool send_on(struct asking *a, struct flight *f, uint64_t now)
{
	for (size_t i = 0; i < a->n_servers; i++) {
		unsigned s = (unsigned)((f->server + i) % a->n_servers);

		if (a->fd[s] < 0)
			continue;
		if (f->rounds++ >= ROUNDS)
			return false;
		if (send(a->fd[s], f->query, f->len, 0) < 0 && errno != EAGAIN && errno != ENOBUFS) {
			close(a->fd[s]);
			a->fd[s] = -1;
			continue;
		}
		f->server = s + 1;
		f->again_ms = now + PATIENCE_MS;
		return true;
	}
	return false;
}

static void take_answers(struct asking *a, int fd, uint64_t now)
{
	uint8_t data[1500];
	char name[NAMES_HOST_MAX];
	ssize_t n;

	while ((n = recv(fd, data, sizeof(data), 0)) >= 0) {
		for (struct flight *f = a->flights; f < a->flights + IN_FLIGHT; f++) {
			if (!f->question)
				continue;
			enum names_answer r = names_answer(data, (size_t)n, f->query, f->len, name);

			if (r == NAMES_NOT_OURS)
				continue;
			a->answered = true;
			if (r == NAMES_TRY_NEXT && send_on(a, f, now))
				break;
			if (r == NAMES_FOUND)
				f->question->name = strdup(name);
			f->question->settled = true;
			f->question = NULL;
			break;
		}
	}
}

/* Fills the free places with questions, asks again what waited too long. Returns how many wait. */
static size_t send_questions(struct asking *a, struct names_question **next, struct names_question *end, uint64_t now)
{
	size_t waiting = 0;

	for (struct flight *f = a->flights; f < a->flights + IN_FLIGHT; f++) {
		uint16_t id;

		if (f->question && f->again_ms <= now && !send_on(a, f, now))
			f->question = NULL;
		while (!f->question && *next < end) {
			struct names_question *q = (*next)++;

			if (q->settled)
				continue;
			if (getrandom(&id, sizeof(id), GRND_NONBLOCK) != sizeof(id))
				id = (uint16_t)(now ^ (uintptr_t)q >> 4);
			*f = (struct flight){ .question = q };
			f->len = names_query(f->query, id, q->address);
			if (!send_on(a, f, now)) {
				f->question = NULL;
				break;
			}
		}
		waiting += f->question != NULL;
	}
	return waiting;
}

bool names_ask(const struct names_server *servers, size_t n_servers, uint16_t port, struct names_question *questions,
	       size_t n, int ms)
{
	struct names_question *next = questions;
	struct asking *a = calloc(1, sizeof(*a));
	uint64_t now = now_ms();
	uint64_t deadline = now + (uint64_t)ms;
	bool answered;

	if (!a)
		return false;
	while (next < questions + n && next->settled)
		next++;
	/* Nothing to ask is no reason to believe that nobody answers. */
	if (next == questions + n) {
		free(a);
		return true;
	}
	a->n_servers = n_servers;
	for (size_t i = 0; i < n_servers; i++)
		a->fd[i] = open_server(&servers[i], port);
	while (now < deadline && send_questions(a, &next, questions + n, now) > 0) {
		struct pollfd fds[NAMES_SERVERS];
		uint64_t until = deadline;

		for (struct flight *f = a->flights; f < a->flights + IN_FLIGHT; f++)
			if (f->question && f->again_ms < until)
				until = f->again_ms;
		for (size_t i = 0; i < n_servers; i++)
			fds[i] = (struct pollfd){ .fd = a->fd[i], .events = POLLIN };
		int ready = poll(fds, n_servers, until > now ? (int)(until - now) : 0);
		now = now_ms();
		for (size_t i = 0; ready > 0 && i < n_servers; i++) {
			if (fds[i].fd < 0 || !fds[i].revents)
				continue;
			errno = 0;
			take_answers(a, fds[i].fd, now);
			/* Refused: what was sent there is asked elsewhere at once. */
			if (errno != EAGAIN && errno != EINTR && a->fd[i] >= 0) {
				close(a->fd[i]);
				a->fd[i] = -1;
				for (struct flight *f = a->flights; f < a->flights + IN_FLIGHT; f++)
					if (f->question && f->server == i + 1)
						f->again_ms = now;
			}
		}
		if (ready < 0 && errno == EINTR)
			break; /* the user wants an end */
	}
	for (size_t i = 0; i < n_servers; i++)
		base_close_fd(&a->fd[i]);
	answered = a->answered;
	free(a);
	return answered;
}
