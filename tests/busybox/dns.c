/* dns NAME: a name server on 127.0.0.1:53 that answers every question about a name, alias, mail exchanger,
 * pointer or text with NAME (one label of any bytes, or a text), an address with 127.0.0.1, and a text also
 * with a record whose inner length is wrong. Prints "ready". */
#define _GNU_SOURCE
#include <err.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { A = 1, NS = 2, CNAME = 5, SOA = 6, PTR = 12, MX = 15, TXT = 16 };

static size_t label(unsigned char *p, const char *name)
{
	size_t n = strlen(name);

	*p = (unsigned char)n;
	memcpy(p + 1, name, n);
	return 1 + n;
}

static size_t answer(unsigned char *p, unsigned type, const char *name)
{
	unsigned char *start = p, *len;

	memcpy(p, (unsigned char[]){ 0xc0, 12, 0, (unsigned char)type, 0, 1, 0, 0, 0, 60 }, 10);
	len = p + 10;
	p += 12;
	switch (type) {
	case A: memcpy(p, (unsigned char[]){ 127, 0, 0, 1 }, 4); p += 4; break;
	case MX: *p++ = 0; *p++ = 10; /* fall through */
	case NS: case CNAME: case PTR: p += label(p, name); *p++ = 0; break;
	case TXT: p += label(p, name); break;
	default: return 0;
	}
	len[0] = 0;
	len[1] = (unsigned char)(p - len - 2);
	return (size_t)(p - start);
}

int main(int argc, char **argv)
{
	struct sockaddr_in sin = { .sin_family = AF_INET, .sin_port = htons(53) };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	unsigned char b[1024];

	if (argc != 2 || strlen(argv[1]) > 60)
		return 2;
	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (void *)&sin, sizeof sin))
		err(1, "127.0.0.1:53");
	puts("ready");
	fflush(stdout);
	for (;;) {
		socklen_t len = sizeof sin;
		ssize_t n = recvfrom(fd, b, 512, 0, (void *)&sin, &len);
		unsigned char *p = b + 12;
		unsigned type;
		size_t more;

		if (n < 17)
			continue;
		while (*p && p < b + n - 5)
			p += 1 + *p;
		type = (unsigned)(p[1] << 8 | p[2]);
		p += 5;
		more = answer(p, type, argv[1]);
		b[2] = 0x84;
		b[3] = 0x80;
		memset(b + 4, 0, 8);
		b[5] = 1;
		b[7] = more != 0;
		p += more;
		if (type == TXT) {
			memcpy(p, (unsigned char[]){ 0xc0, 12, 0, TXT, 0, 1, 0, 0, 0, 60, 0, 3, 255, 'h', 'i' }, 15);
			p += 15;
			b[7]++;
		}
		sendto(fd, b, (size_t)(p - b), 0, (void *)&sin, len);
	}
}
