/*
 * jit: code that no file holds, as virtual machines make it, asleep in a system call, and the perf map that names it
 * (/tmp/perf-PID.map, the PID as this process knows it). Prints "ready".
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const uint8_t code[] = {
#if defined(__aarch64__)
	0xfd, 0x7b, 0xbf, 0xa9, /* stp x29, x30, [sp, -16]! */
	0xfd, 0x03, 0x00, 0x91, /* mov x29, sp */
	0x28, 0x09, 0x80, 0xd2, /* mov x8, 73: ppoll */
	0x01, 0x00, 0x00, 0xd4, /* svc 0 */
	0xfd, 0x7b, 0xc1, 0xa8, /* ldp x29, x30, [sp], 16 */
	0xc0, 0x03, 0x5f, 0xd6, /* ret */
#else
	0x55,			/* push rbp */
	0x48, 0x89, 0xe5,	/* mov rbp, rsp */
	0xb8, 34, 0, 0, 0,	/* mov eax, 34: pause */
	0x0f, 0x05,		/* syscall */
	0x5d,			/* pop rbp */
	0xc3,			/* ret */
#endif
};

__attribute__((noinline)) static long interpret(long (*made)(long, long, long, long, long))
{
	volatile long n = 0;

	for (;;)
		n += made(0, 0, 0, 0, 0);
	return n;
}

int main(void)
{
	char path[64], name[] = "\033[31mJS:~handle /srv/app.js:7:3";
	uint8_t *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	FILE *f;

	if (page == MAP_FAILED)
		return 1;
	memcpy(page + 64, code, sizeof(code));
	mprotect(page, 4096, PROT_READ | PROT_EXEC);
	mkdir("/tmp", 0777);
	snprintf(path, sizeof(path), "/tmp/perf-%d.map", (int)getpid());
	f = fopen(path, "w");
	if (f) {
		/* What lay there before has another name. */
		fprintf(f, "%lx %x JS:~old /srv/app.js:1:1\n", (unsigned long)page, 4096);
		fprintf(f, "%lx %x %s\n", (unsigned long)page + 64, (unsigned)sizeof(code), name);
		fclose(f);
	}
	puts("ready");
	fflush(stdout);
	return (int)interpret((long (*)(long, long, long, long, long))(uintptr_t)(page + 64));
}
