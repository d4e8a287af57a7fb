/* SPDX-License-Identifier: GPL-2.0-only
 * What native doctor reads off /proc/self.
 */
#include "unit.h"

#include "toolbox/native/facts.h"

#include <stdio.h>
#include <string.h>

static struct facts parsed_mounts(const char *text)
{
	struct facts f = { 0 };

	facts_parse_mountinfo(&f, text);
	return f;
}

static void status(void **state)
{
	struct facts f = { .seccomp = FACT_UNKNOWN, .seccomp_filters = FACT_UNKNOWN };

	(void)state;
	facts_parse_status(&f, "Name:\tNoNewPrivs:\t1\nUid:\t1000\t65532\t1000\t1000\nGid:\t0\t7\t0\t0\nNoNewPrivs:\t0\n"
			       "CapPrm:\t00000000a80425fb\nCapEff:\t0000000000002000\nCapBnd:\tffffffffffffffff\n"
			       "Seccomp:\t2\nSeccomp_filters:\t3\n");
	assert_int_equal(f.uid, 65532);
	assert_int_equal(f.gid, 7);
	assert_int_equal(f.no_new_privs, 0);
	assert_int_equal(f.seccomp, 2);
	assert_int_equal(f.seccomp_filters, 3);
	assert_true(f.permitted == 0xa80425fb);
	assert_true(f.bounding == UINT64_MAX);
	assert_true(facts_has(f.effective, CAP_BIT_NET_RAW));
	assert_false(facts_has(f.effective, CAP_BIT_NET_ADMIN));
	/* an older kernel counts no filters */
	f = (struct facts){ .seccomp_filters = FACT_UNKNOWN };
	facts_parse_status(&f, "Seccomp:\t2\n");
	assert_int_equal(f.seccomp_filters, FACT_UNKNOWN);
	facts_parse_status(&f, "");
}

static void capability_names(void **state)
{
	char buf[16];

	(void)state;
	assert_string_equal(facts_cap_name(0, buf, sizeof(buf)), "CHOWN");
	assert_string_equal(facts_cap_name(CAP_BIT_KILL, buf, sizeof(buf)), "KILL");
	assert_string_equal(facts_cap_name(CAP_BIT_NET_ADMIN, buf, sizeof(buf)), "NET_ADMIN");
	assert_string_equal(facts_cap_name(CAP_BIT_NET_RAW, buf, sizeof(buf)), "NET_RAW");
	assert_string_equal(facts_cap_name(CAP_BIT_SYS_CHROOT, buf, sizeof(buf)), "SYS_CHROOT");
	assert_string_equal(facts_cap_name(CAP_BIT_SYS_PTRACE, buf, sizeof(buf)), "SYS_PTRACE");
	assert_string_equal(facts_cap_name(CAP_BIT_SYS_ADMIN, buf, sizeof(buf)), "SYS_ADMIN");
	assert_string_equal(facts_cap_name(CAP_BIT_SYS_NICE, buf, sizeof(buf)), "SYS_NICE");
	assert_string_equal(facts_cap_name(CAP_BIT_SYS_RESOURCE, buf, sizeof(buf)), "SYS_RESOURCE");
	assert_string_equal(facts_cap_name(CAP_BIT_SYSLOG, buf, sizeof(buf)), "SYSLOG");
	assert_string_equal(facts_cap_name(CAP_BIT_PERFMON, buf, sizeof(buf)), "PERFMON");
	assert_string_equal(facts_cap_name(CAP_BIT_BPF, buf, sizeof(buf)), "BPF");
	assert_string_equal(facts_cap_name(40, buf, sizeof(buf)), "CHECKPOINT_RESTORE");
	assert_string_equal(facts_cap_name(63, buf, sizeof(buf)), "CAP_63");
}

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void docker_mounts(void **state)
{
	struct facts f = parsed_mounts(
		"700 600 0:50 / / ro,relatime master:1 - overlay overlay rw,lowerdir=/x\n"
		"701 700 0:51 / /proc rw,nosuid - proc proc rw\n"
		"702 700 0:52 / /dev rw - tmpfs tmpfs rw\n"
		"703 700 0:53 / /sys ro,nosuid - sysfs sysfs rw\n"
		"704 700 8:1 /var/lib/docker/containers/" ID "/hostname /etc/hostname rw - ext4 /dev/sda1 rw\n"
		"705 701 0:51 /sys /proc/sys ro - proc proc rw\n"
		"706 701 0:54 / /proc/acpi ro - tmpfs tmpfs ro\n"
		"707 701 0:52 /null /proc/kcore rw - tmpfs tmpfs rw\n"
		"708 703 0:55 / /sys/firmware ro - tmpfs tmpfs ro\n"
		"709 701 0:60 /proc/meminfo /proc/meminfo rw - fuse.lxcfs lxcfs rw\n");

	(void)state;
	assert_true(f.root_read_only);
	assert_string_equal(f.root_type, "overlay");
	assert_true(f.sys_read_only);
	assert_string_equal(f.read_only, "/proc/sys");
	assert_string_equal(f.masked, "/proc/acpi /proc/kcore /sys/firmware");
	assert_string_equal(f.covered, "/proc/meminfo");
	assert_string_equal(f.id, ID);
}

static void odd_mounts(void **state)
{
	struct facts f;
	char many[64 * 200];
	size_t n = 0;

	(void)state;
	f = parsed_mounts("");
	assert_string_equal(f.root_type, "");
	/* cut lines, a hyphen that is a name, no optional fields and several */
	f = parsed_mounts("1 2 3\n1 2 0:1 / / rw\n1 2 0:1 / / rw -\n1 2 0:1 / / rw - \n-\n\n");
	assert_string_equal(f.root_type, "");
	f = parsed_mounts("1 2 0:1 / / rw shared:1 master:2 - xfs - ro\n");
	assert_string_equal(f.root_type, "xfs");
	assert_true(f.root_read_only);
	f = parsed_mounts("1 2 0:1 / /procession rw - tmpfs tmpfs ro\n1 2 0:1 / /proc/sys/fs/binfmt_misc rw - binfmt_misc b rw\n"
			  "1 2 0:1 / / rough - xfs x roof\n");
	assert_string_equal(f.masked, "");
	assert_false(f.root_read_only);
	/* more than there is room for ends with dots */
	for (int i = 0; i < 150; i++)
		n += (size_t)snprintf(many + n, sizeof(many) - n, "1 2 0:1 / /proc/masked-%d ro - tmpfs tmpfs ro\n", i);
	f = parsed_mounts(many);
	assert_true(strlen(f.masked) < sizeof(f.masked));
	assert_string_equal(f.masked + strlen(f.masked) - 4, " ...");
}

static void id_maps(void **state)
{
	struct facts f = { 0 };

	(void)state;
	facts_parse_id_map(&f, "         0          0 4294967295\n");
	assert_string_equal(f.id_map, "");
	facts_parse_id_map(&f, "         0     100000      65536\n");
	assert_string_equal(f.id_map, "0-65535 is 100000-165535 outside");
	facts_parse_id_map(&f, "0 1000 1\n1 100000 65535\n");
	assert_string_equal(f.id_map, "0 is 1000 outside, 1-65535 is 100000-165534 outside");
	facts_parse_id_map(&f, "nonsense");
	assert_string_equal(f.id_map, "");
	facts_parse_id_map(&f, "");
}

static void ids(void **state)
{
	struct facts f = { 0 };
	const char *text = "0::/docker/" ID "\n";

	(void)state;
	facts_parse_id(&f, text, strlen(text));
	assert_string_equal(f.id, ID);
	/* longer and shorter runs are something else; the first that is found stays */
	f = (struct facts){ 0 };
	facts_parse_id(&f, "a" ID, 65);
	facts_parse_id(&f, ID, 63);
	facts_parse_id(&f, "", 0);
	assert_string_equal(f.id, "");
	facts_parse_id(&f, "docker-" ID ".scope", 77);
	assert_string_equal(f.id, ID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(status),	cmocka_unit_test(capability_names), cmocka_unit_test(docker_mounts),
		cmocka_unit_test(odd_mounts),	cmocka_unit_test(id_maps),	    cmocka_unit_test(ids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
