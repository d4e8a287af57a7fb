/*
 * disks N: N busy loop devices over memory, each read and written to five times a second, until standard input
 * ends. Prints "ready" and their names when all stand. Real ones, as the kernel's part of /proc/diskstats and /sys/block/NAME/stat is
 * part of what is measured; they are seen by the whole machine. The devices that it made are removed at the end; if
 * it is killed, they lose their memory by themselves (autoclear) and stay empty.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#define BLOCK 4096

#define MOST 1000

struct disk {
	int fd, number;
};

/* The devices that the machine had before: those stay. */
static bool was_there[2 * MOST];

static void look(void)
{
	char path[64];
	for (int i = 0; i < 2 * MOST; i++) {
		snprintf(path, sizeof(path), "/sys/block/loop%d", i);
		was_there[i] = access(path, F_OK) == 0;
	}
}

static void complain(const char *what)
{
	fprintf(stderr, "disks: %s: %s\n", what, strerror(errno));
}

static int attach(struct disk *d, int control)
{
	struct loop_config config = { .block_size = BLOCK, .info.lo_flags = LO_FLAGS_AUTOCLEAR };
	char path[64];
	d->fd = -1;
	d->number = ioctl(control, LOOP_CTL_GET_FREE);
	if (d->number < 0)
		return -1;
	snprintf(path, sizeof(path), "/dev/loop%d", d->number);
	d->fd = open(path, O_RDWR | O_DIRECT | O_CLOEXEC);
	int memory = memfd_create("disk", MFD_CLOEXEC);
	if (d->fd < 0 || memory < 0 || ftruncate(memory, 1 << 20) < 0)
		return -1;
	config.fd = (unsigned)memory;
	int r = ioctl(d->fd, LOOP_CONFIGURE, &config);
	close(memory);
	return r;
}

static void detach(const struct disk *d, int control)
{
	if (d->fd >= 0)
		close(d->fd);
	if (d->number < 0 || d->number >= 2 * MOST || was_there[d->number])
		return;
	/* the last close takes its time */
	for (int i = 0; i < 100 && ioctl(control, LOOP_CTL_REMOVE, d->number) < 0 && errno == EBUSY; i++)
		usleep(10000);
}

static int use(const struct disk *d, void *block)
{
	if (pread(d->fd, block, BLOCK, 0) != BLOCK || pwrite(d->fd, block, BLOCK, BLOCK) != BLOCK)
		return -1;
	return 0;
}

static void tell(const struct disk *d, int n)
{
	fputs("ready", stdout);
	for (int i = 0; i < n; i++)
		printf(" loop%d", d[i].number);
	putchar('\n');
	fflush(stdout);
}

int main(int argc, char **argv)
{
	int n = argc == 2 ? (int)strtol(argv[1], NULL, 10) : 0;
	int made = 0, status = 1;
	if (n < 1 || n > MOST) {
		fputs("usage: disks N\n", stderr);
		return 2;
	}
	static struct disk disks[MOST];
	static char block[BLOCK] __attribute__((aligned(BLOCK)));
	int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);
	if (control < 0) {
		complain("/dev/loop-control");
		return 1;
	}
	look();
	while (made < n) {
		int r = attach(&disks[made], control);
		made++;
		if (r < 0) {
			complain("cannot make a loop device");
			goto out;
		}
	}
	struct pollfd end = { .fd = STDIN_FILENO, .events = POLLIN };
	bool told = false;
	do {
		for (int i = 0; i < n; i++)
			if (use(&disks[i], block) < 0) {
				complain("cannot read or write a loop device");
				goto out;
			}
		if (!told)
			tell(disks, n);
		told = true;
	} while (poll(&end, 1, 200) == 0);
	status = 0;
out:
	for (int i = 0; i < made; i++)
		detach(&disks[i], control);
	return status;
}
