/* SPDX-License-Identifier: GPL-2.0-only
 * toolbox/lib/cgroup: the files of cgroup v1 and v2 to figures, and where those files are.
 */
#include "unit.h"

#include "toolbox/lib/cgroup.h"
#include "toolbox/lib/cgroup_place.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define ID2 "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"

/* --- files to figures -------------------------------------------------------------------------- */

static void limits(void **state)
{
	(void)state;
	assert_int_equal(cgroup_parse_limit("max\n"), CGROUP_UNLIMITED);
	assert_int_equal(cgroup_parse_limit("max 100000\n"), CGROUP_UNLIMITED);
	assert_int_equal(cgroup_parse_limit("-1\n"), CGROUP_UNLIMITED);
	assert_int_equal(cgroup_parse_limit("67108864\n"), 67108864);
	assert_int_equal(cgroup_parse_limit("0\n"), 0);
	assert_int_equal(cgroup_parse_limit("9223372036854771712\n"), CGROUP_UNLIMITED); /* pages of 4 KiB */
	assert_int_equal(cgroup_parse_limit("9223372036854710272\n"), CGROUP_UNLIMITED); /* pages of 64 KiB */
	assert_int_equal(cgroup_parse_limit("9223372036854775807\n"), CGROUP_UNLIMITED); /* before 4.x */
	assert_int_equal(cgroup_parse_limit(""), CGROUP_UNKNOWN);
	assert_int_equal(cgroup_parse_limit("none\n"), CGROUP_UNKNOWN);
	assert_int_equal(cgroup_parse_limit("99999999999999999999999\n"), CGROUP_UNKNOWN);
}

static void pressure(void **state)
{
	struct cgroup_pressure p;

	(void)state;
	assert_int_equal(cgroup_parse_pressure("some avg10=12.34 avg60=1.00 avg300=0.10 total=5678\n"
					       "full avg10=1.05 avg60=0.00 avg300=0.00 total=9\n",
					       &p),
			 0);
	assert_true(p.known);
	assert_int_equal(p.some_avg10, 1234);
	assert_int_equal(p.full_avg10, 105);
	assert_int_equal(p.some_total_us, 5678);
	assert_int_equal(p.full_total_us, 9);

	/* cpu before 5.13 has no second line; 100 % is the most. */
	assert_int_equal(cgroup_parse_pressure("some avg10=100.00 avg60=0.00 avg300=0.00 total=1\n", &p), 0);
	assert_int_equal(p.some_avg10, 10000);
	assert_int_equal(p.full_total_us, 0);

	assert_int_equal(cgroup_parse_pressure("", &p), -EINVAL);
	assert_false(p.known);
	assert_int_equal(cgroup_parse_pressure("full avg10=1.00 avg60=0.00 avg300=0.00 total=1\n", &p), -EINVAL);
	assert_int_equal(cgroup_parse_pressure("some avg10=x total=1\n", &p), -EINVAL);
	/* What the first line lacks is not taken from the second. */
	assert_int_equal(cgroup_parse_pressure("some avg60=1.00\nfull avg10=1.00 total=1\n", &p), -EINVAL);
}

static void io_is(const struct cgroup_io *d, uint32_t major, uint32_t minor, uint64_t read_bytes, uint64_t write_bytes,
		  uint64_t reads, uint64_t writes)
{
	assert_int_equal(d->major, major);
	assert_int_equal(d->minor, minor);
	assert_int_equal(d->read_bytes, read_bytes);
	assert_int_equal(d->write_bytes, write_bytes);
	assert_int_equal(d->reads, reads);
	assert_int_equal(d->writes, writes);
}

static void io_stat(void **state)
{
	struct cgroup_io *v = NULL;
	size_t n = 0;

	(void)state;
	assert_int_equal(
		cgroup_parse_io_stat("8:16 rbytes=1459200 wbytes=314773504 rios=192 wios=353 dbytes=0 dios=0\n"
				     "254:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=5 dios=6 cost.usage=7\n",
				     &v, &n),
		0);
	assert_int_equal(n, 2);
	io_is(&v[0], 8, 16, 1459200, 314773504, 192, 353);
	io_is(&v[1], 254, 0, 1, 2, 3, 4);
	assert_int_equal(v[0].wait_ns, CGROUP_UNKNOWN);
	free(v);
}

/* A device that has done nothing has no figures, and some kernels then forget the end of its line. */
static void io_stat_with_idle_devices(void **state)
{
	struct cgroup_io *v = NULL;
	size_t n = 0;

	(void)state;
	assert_int_equal(cgroup_parse_io_stat("7:1 7:0 8:0 rbytes=1 wbytes=2 rios=3 wios=4\n7:2 \n253:0\n"
					      "259:0 rbytes=5\n",
					      &v, &n),
			 0);
	assert_int_equal(n, 2);
	io_is(&v[0], 8, 0, 1, 2, 3, 4);
	io_is(&v[1], 259, 0, 5, CGROUP_UNKNOWN, CGROUP_UNKNOWN, CGROUP_UNKNOWN);
	free(v);
}

static void broken_io_stat(void **state)
{
	static const char *const texts[] = {
		"", "\n", "rbytes=1 wbytes=2\n", "8 rbytes=1\n", "8: rbytes=1\n", ":0 rbytes=1\n", "8:0x rbytes=1\n",
		"99999999999:0 rbytes=1\n", "(unknown) rbytes=1\n", "8:0 rbytes= wbytes=\n", "8:0 rbytes\n",
		"8:0\nrbytes=5\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct cgroup_io *v = NULL;
		size_t n = 0;

		assert_int_equal(cgroup_parse_io_stat(texts[i], &v, &n), 0);
		if (n != 0)
			fail_msg("%s", texts[i]);
		free(v);
	}
}

static void blkio(void **state)
{
	struct cgroup_io *v = NULL;
	size_t n = 0;

	(void)state;
	assert_int_equal(cgroup_parse_blkio("8:0 Read 4096\n8:0 Write 8192\n8:0 Sync 1\n8:0 Async 2\n8:0 Total 12288\n"
					    "254:0 Read 1\n254:0 Write 2\n254:0 Total 3\nTotal 12291\n",
					    offsetof(struct cgroup_io, read_bytes),
					    offsetof(struct cgroup_io, write_bytes), SIZE_MAX, &v, &n),
			 0);
	/* The second file knows one of the two, and one more. */
	assert_int_equal(cgroup_parse_blkio("254:0 Read 10\n254:0 Write 20\n259:3 Read 30\n259:3 Write 40\nTotal 100\n",
					    offsetof(struct cgroup_io, reads), offsetof(struct cgroup_io, writes),
					    SIZE_MAX, &v, &n),
			 0);
	assert_int_equal(cgroup_parse_blkio("8:0 Read 7\n8:0 Total 77\nTotal 77\n", SIZE_MAX, SIZE_MAX,
					    offsetof(struct cgroup_io, wait_ns), &v, &n),
			 0);
	assert_int_equal(n, 3);
	io_is(&v[0], 8, 0, 4096, 8192, CGROUP_UNKNOWN, CGROUP_UNKNOWN);
	io_is(&v[1], 254, 0, 1, 2, 10, 20);
	io_is(&v[2], 259, 3, CGROUP_UNKNOWN, CGROUP_UNKNOWN, 30, 40);
	assert_int_equal(v[0].wait_ns, 77);
	assert_int_equal(v[1].wait_ns, CGROUP_UNKNOWN);
	free(v);

	v = NULL;
	n = 0;
	assert_int_equal(cgroup_parse_blkio("Total 0\n", 0, 0, 0, &v, &n), 0);
	assert_int_equal(cgroup_parse_blkio("8:0 Read x\n8:0Read 1\n8:0 Reads 1\n8:0\n", 0, 0, 0, &v, &n), 0);
	assert_int_equal(n, 0);
}

static void many_devices(void **state)
{
	enum { N = 4000 };
	char *text = malloc((size_t)N * 64);
	struct cgroup_io *v = NULL;
	size_t n = 0;
	char *p = text;

	(void)state;
	for (int i = 0; i < N; i++)
		p += sprintf(p, "8:%d Read %d\n8:%d Write 1\n", i, i, i);
	for (int pass = 0; pass < 2; pass++)
		assert_int_equal(cgroup_parse_blkio(text, offsetof(struct cgroup_io, reads),
						    offsetof(struct cgroup_io, writes), SIZE_MAX, &v, &n),
				 0);
	assert_int_equal(n, N);
	for (int i = 0; i < N; i++) {
		assert_int_equal(v[i].minor, i);
		assert_int_equal(v[i].reads, i);
	}
	free(v);
	free(text);
}

/* --- where the files are ----------------------------------------------------------------------- */

static void engine_parts(void **state)
{
	static const struct {
		const char *path;
		const char *part; /* "": no engine's */
	} paths[] = {
		{ "/", "" },
		{ "/user.slice/user-1000.slice/session-3.scope", "" },
		{ "/system.slice/docker.service", "" },
		{ "/docker", "" },
		{ "/process_api/4155a2c1931a5ab23aea1eafc0e7ae46", "" },
		{ "/docker/" ID, "/docker/" ID },
		{ "/docker/" ID "/init.scope", "/docker/" ID },
		{ "/docker/" ID "/docker/" ID2 "/x", "/docker/" ID "/docker/" ID2 },
		{ "/system.slice/docker-" ID ".scope", "/system.slice/docker-" ID ".scope" },
		{ "/machine.slice/libpod-" ID ".scope/container", "/machine.slice/libpod-" ID ".scope" },
		{ "/libpod_parent/libpod-" ID, "/libpod_parent/libpod-" ID },
		{ "/machine.slice/libpod-conmon-" ID ".scope", "" },
		{ "/system.slice/crio-conmon-" ID ".scope", "" },
		{ "/kubepods/burstable/pod7a2f9a30-9d4c-4d4b-8f5e-6a1b4c9f4c11/" ID,
		  "/kubepods/burstable/pod7a2f9a30-9d4c-4d4b-8f5e-6a1b4c9f4c11/" ID },
		{ "/kubepods.slice/kubepods-pod1.slice/cri-containerd-" ID ".scope",
		  "/kubepods.slice/kubepods-pod1.slice/cri-containerd-" ID ".scope" },
		{ "/lxc.payload.web/system.slice", "/lxc.payload.web" },
		{ "/lxc.payload/web", "/lxc.payload/web" },
		{ "/lxc/web/x", "/lxc/web" },
		{ "/lxc.monitor.web", "" },
		{ "/machine.slice/machine-deb.scope/payload", "/machine.slice/machine-deb.scope" },
		{ "/machine.slice/machine-qemu\\x2d1\\x2dvm.scope", "" },
		{ "/x/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde", "" }, /* 63 digits */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		size_t n = cgroup_engine_part(paths[i].path, strlen(paths[i].path));

		if (n != strlen(paths[i].part) || memcmp(paths[i].path, paths[i].part, n) != 0)
			fail_msg("%s: %.*s", paths[i].path, (int)n, paths[i].path);
	}
}

/* What exists, a name a line. */
static const char *existing;

static bool exists(const char *dir)
{
	size_t n = strlen(dir);

	for (const char *p = existing; p; p = strchr(p, '\n'), p = p ? p + 1 : NULL)
		if (strncmp(p, dir, n) == 0 && (p[n] == '\n' || p[n] == '\0'))
			return true;
	return false;
}

static struct cgroup_places ps;

/* Finds them and returns what was returned. */
static int find(const char *self, const char *mounts, bool private_ns, const char *dirs)
{
	cgroup_places_free(&ps);
	existing = dirs;
	return cgroup_places_find(&ps, self, mounts, private_ns, exists);
}

static void place_is(enum cgroup_hierarchy h, const char *dir, const char *mount)
{
	if (!dir) {
		assert_null(ps.place[h].dir);
		return;
	}
	assert_non_null(ps.place[h].dir);
	assert_string_equal(ps.place[h].dir, dir);
	assert_int_equal(ps.place[h].mount_len, strlen(mount));
}

#define OTHER_MOUNTS                                                                                                   \
	"91 123 0:42 / / rw,relatime master:3 - overlay overlay rw,lowerdir=/a:/b\n"                                   \
	"92 91 0:41 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw\n"

/* Docker on v1: the container's own directories are mounted, /proc/self/cgroup has the host's names. */
static void docker_v1(void **state)
{
	static const char mounts[] = OTHER_MOUNTS
		"153 152 0:50 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n"
		"154 153 0:29 /docker/" ID " /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct\n"
		"157 153 0:32 /docker/" ID " /sys/fs/cgroup/memory ro master:9 - cgroup cgroup rw,memory\n"
		"162 153 0:37 /docker/" ID " /sys/fs/cgroup/systemd ro - cgroup cgroup rw,xattr,name=systemd\n";
	static const char self[] = "5:name=systemd:/docker/" ID "\n4:memory:/docker/" ID "\n3:cpu,cpuacct:/docker/" ID
				   "\n2:blkio:/docker/" ID "\n0::/docker/" ID "\n";
	static const char dirs[] = "sys/fs/cgroup/cpu,cpuacct\nsys/fs/cgroup/memory\nsys/fs/cgroup/systemd";

	(void)state;
	assert_int_equal(find(self, mounts, false, dirs), 0);
	place_is(CGROUP_MEMORY, "sys/fs/cgroup/memory", "sys/fs/cgroup/memory");
	place_is(CGROUP_CPU, "sys/fs/cgroup/cpu,cpuacct", "sys/fs/cgroup/cpu,cpuacct");
	place_is(CGROUP_CPUACCT, "sys/fs/cgroup/cpu,cpuacct", "sys/fs/cgroup/cpu,cpuacct");
	place_is(CGROUP_BLKIO, NULL, NULL);
	place_is(CGROUP_V2, NULL, NULL);
	assert_true(ps.v1[CGROUP_MEMORY]);
	assert_true(ps.v1[CGROUP_BLKIO]); /* there, but not mounted: not to be looked for on v2 */
	assert_false(ps.v1[CGROUP_PIDS]);

	/* The same in a cgroup namespace, and a process in a directory below the container's. */
	assert_int_equal(find("4:memory:/docker/" ID "/sub\n", mounts, false,
			      "sys/fs/cgroup/memory\nsys/fs/cgroup/memory/sub"),
			 0);
	place_is(CGROUP_MEMORY, "sys/fs/cgroup/memory", "sys/fs/cgroup/memory");
	/* A process that joined the mount namespace only: the container's directory is what it sees. */
	assert_int_equal(find("4:memory:/user.slice\n", mounts, false, dirs), 0);
	place_is(CGROUP_MEMORY, "sys/fs/cgroup/memory", "sys/fs/cgroup/memory");
}

static void v2_in_a_namespace(void **state)
{
	static const char mounts[] = OTHER_MOUNTS
		"153 152 0:26 / /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw,nsdelegate,memory_recursiveprot\n";

	(void)state;
	assert_int_equal(find("0::/\n", mounts, true, "sys/fs/cgroup"), 0);
	place_is(CGROUP_V2, "sys/fs/cgroup", "sys/fs/cgroup");
	assert_false(ps.v1[CGROUP_MEMORY]);
	/* systemd inside: the container is the namespace's root, not init.scope. */
	assert_int_equal(find("0::/init.scope\n", mounts, true, "sys/fs/cgroup\nsys/fs/cgroup/init.scope"), 0);
	place_is(CGROUP_V2, "sys/fs/cgroup", "sys/fs/cgroup");
	/* Somebody outside of the namespace's root who looks through this mount. */
	assert_int_equal(find("0::/../../user.slice\n", mounts, true, "sys/fs/cgroup"), 0);
	place_is(CGROUP_V2, "sys/fs/cgroup", "sys/fs/cgroup");
}

/* -v /sys/fs/cgroup:/sys/fs/cgroup: the host's tree from inside a namespace. Nothing tells which directory is ours. */
static void the_hosts_tree_in_a_namespace(void **state)
{
	(void)state;
	assert_int_equal(find("0::/\n", OTHER_MOUNTS "153 152 0:26 /../.. /sys/fs/cgroup ro - cgroup2 cgroup rw\n", true,
			      "sys/fs/cgroup"),
			 -ENOENT);
	/* An own mount elsewhere is better. */
	assert_int_equal(find("0::/\n",
			      "153 152 0:26 /../.. /sys/fs/cgroup ro - cgroup2 cgroup rw\n"
			      "154 152 0:26 / /run/my\\040cgroup ro - cgroup2 cgroup rw\n",
			      true, "sys/fs/cgroup\nrun/my cgroup"),
			 0);
	place_is(CGROUP_V2, "run/my cgroup", "run/my cgroup");
}

static void v2_with_the_hosts_namespace(void **state)
{
	static const char mounts[] = "153 152 0:26 / /sys/fs/cgroup ro - cgroup2 cgroup rw\n";
	static const char dirs[] = "sys/fs/cgroup\nsys/fs/cgroup/system.slice/docker-" ID ".scope\n"
				   "sys/fs/cgroup/system.slice/docker-" ID ".scope/init.scope\nsys/fs/cgroup/user.slice";

	(void)state;
	assert_int_equal(find("0::/system.slice/docker-" ID ".scope/init.scope\n", mounts, false, dirs), 0);
	place_is(CGROUP_V2, "sys/fs/cgroup/system.slice/docker-" ID ".scope", "sys/fs/cgroup");
	/* On a host, the process's own. */
	assert_int_equal(find("0::/user.slice\n", mounts, false, dirs), 0);
	place_is(CGROUP_V2, "sys/fs/cgroup/user.slice", "sys/fs/cgroup");
	/* Removed since, or never mounted so deep: the nearest that is there. */
	assert_int_equal(find("0::/user.slice/gone/too\n", mounts, false, dirs), 0);
	place_is(CGROUP_V2, "sys/fs/cgroup/user.slice", "sys/fs/cgroup");
	assert_int_equal(find("0::/\n", mounts, false, dirs), 0);
	place_is(CGROUP_V2, "sys/fs/cgroup", "sys/fs/cgroup");
}

static void hybrid(void **state)
{
	(void)state;
	assert_int_equal(find("2:memory:/a:b/c\n1:name=systemd:/\n0::/user.slice\n",
			      "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
			      "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n",
			      false,
			      "sys/fs/cgroup/unified/user.slice\nsys/fs/cgroup/memory/a:b/c\nsys/fs/cgroup/unified"),
			 0);
	place_is(CGROUP_V2, "sys/fs/cgroup/unified/user.slice", "sys/fs/cgroup/unified");
	place_is(CGROUP_MEMORY, "sys/fs/cgroup/memory/a:b/c", "sys/fs/cgroup/memory");
	assert_true(ps.v1[CGROUP_MEMORY]);
	assert_false(ps.v1[CGROUP_PIDS]);
}

static void odd_files(void **state)
{
	static const char *const mounts[] = {
		"",
		"\n\n",
		"35 31 0:32 / /sys/fs/cgroup",
		"35 31 0:32 / /sys/fs/cgroup rw - cgroup2",
		"35 31 0:32 / /sys/fs/cgroup rw shared:1 master:2",
		"35 31 0:32 / relative rw - cgroup2 cgroup2 rw\n",
		"35 31 0:32 / / rw - cgroup2 cgroup2 rw\n",
		"35 31 0:32 /a /b rw - cgroup cgroup rw,memorys\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++)
		if (find("0::/\n4:memory:/\n", mounts[i], false, "sys/fs/cgroup\nb\nrelative") != -ENOENT)
			fail_msg("%s", mounts[i]);
	assert_int_equal(find("", "153 152 0:26 / /sys/fs/cgroup ro - cgroup2 c rw\n", false, "sys/fs/cgroup"), -ENOENT);
	assert_int_equal(find("0\n0:\n:::\n0:x:/\n", "153 152 0:26 / /cg ro - cgroup2 c rw\n", false, "cg"), -ENOENT);
	/* Nothing is where mountinfo says it is. */
	assert_int_equal(find("0::/a\n", "153 152 0:26 / /cg ro - cgroup2 c rw\n", false, ""), -ENOENT);
	cgroup_places_free(&ps);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limits),
		cmocka_unit_test(pressure),
		cmocka_unit_test(io_stat),
		cmocka_unit_test(io_stat_with_idle_devices),
		cmocka_unit_test(broken_io_stat),
		cmocka_unit_test(blkio),
		cmocka_unit_test(many_devices),
		cmocka_unit_test(engine_parts),
		cmocka_unit_test(docker_v1),
		cmocka_unit_test(v2_in_a_namespace),
		cmocka_unit_test(the_hosts_tree_in_a_namespace),
		cmocka_unit_test(v2_with_the_hosts_namespace),
		cmocka_unit_test(hybrid),
		cmocka_unit_test(odd_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
