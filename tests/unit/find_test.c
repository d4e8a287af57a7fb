/* SPDX-License-Identifier: GPL-2.0-only
 * injector/find: names, ids and what is said when they fit none or several; state files that are
 * none.
 */
#include "unit.h"

#include "injector/find/find.h"
#include "injector/find/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* No engine here: the lists are made by hand. */
static int find_none(struct container_list *list)
{
	(void)list;
	return 0;
}
const struct finder find_docker = { "docker", find_none };

#define ID_A "aaaa11111111111111111111111111111111111111111111111111111111aaaa"
#define ID_B "aaaa22222222222222222222222222222222222222222222222222222222bbbb"
#define ID_C "cccc33333333333333333333333333333333333333333333333333333333cccc"

static struct container some[] = {
	{ .engine = "docker", .id = (char *)ID_A, .name = (char *)"web", .state = CONTAINER_RUNNING, .pid = 1 },
	{ .engine = "docker", .id = (char *)ID_B, .name = (char *)"db", .state = CONTAINER_PAUSED, .pid = 2 },
	{ .engine = "docker", .id = (char *)ID_C, .name = (char *)"aaaa", .state = CONTAINER_STOPPED },
	{ .engine = "docker", .id = (char *)ID_C, .name = (char *)"twin", .state = CONTAINER_RUNNING, .pid = 3 },
	{ .engine = "docker", .id = (char *)ID_A, .name = (char *)"twin", .state = CONTAINER_RUNNING, .pid = 4 },
};
static const struct container_list list = { .v = some, .n = 3 };
static const struct container_list twins = { .v = some, .n = 5 };

static long index_of(const struct container_list *l, const char *spec, struct failure *f)
{
	size_t index = 99;

	return find_match(l, spec, &index, f) == 0 ? (long)index : -1;
}

static void by_name_id_and_prefix(void **state)
{
	struct failure f;

	(void)state;
	assert_int_equal(index_of(&list, "web", &f), 0);
	assert_int_equal(index_of(&list, "/web", &f), 0);
	assert_int_equal(index_of(&list, ID_B, &f), 1);
	assert_int_equal(index_of(&list, "aaaa2", &f), 1);
	assert_int_equal(index_of(&list, "cccc", &f), 2);
}

static void a_name_goes_before_an_id_prefix(void **state)
{
	struct failure f;

	(void)state;
	assert_int_equal(index_of(&list, "aaaa", &f), 2);
}

static void unknown_names_list_what_is_running(void **state)
{
	struct failure f;

	(void)state;
	assert_int_equal(index_of(&list, "wbe", &f), -1);
	assert_int_equal(f.why, WHY_UNKNOWN);
	char *s = step_sentence(&f);
	assert_string_equal(s, "no such container; running: web, db");
	free(s);
	assert_int_equal(index_of(&list, "ccc", &f), -1); /* three digits are too few */
	assert_int_equal(index_of(&list, "web2", &f), -1);
}

static void ambiguous_prefixes_list_the_candidates(void **state)
{
	struct container_list two = { .v = some, .n = 2 };
	struct failure f;

	(void)state;
	assert_int_equal(index_of(&two, "aaaa", &f), -1);
	assert_int_equal(f.why, WHY_AMBIGUOUS);
	char *s = step_sentence(&f);
	assert_string_equal(s, "more than one container has this name or id: docker " ID_A " (web), docker " ID_B
			       " (db); give a longer id");
	free(s);
}

static void the_same_name_in_two_daemons(void **state)
{
	struct failure f;

	(void)state;
	assert_int_equal(index_of(&twins, "twin", &f), -1);
	assert_int_equal(f.why, WHY_AMBIGUOUS);
	assert_non_null(strstr(f.detail, ID_A));
	assert_non_null(strstr(f.detail, ID_C));
}

static void a_thousand_names_make_one_sentence(void **state)
{
	struct container many[1000];
	struct container_list all = { .v = many, .n = 1000 };
	struct failure f;
	char name[100];

	(void)state;
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	for (size_t i = 0; i < 1000; i++)
		many[i] = (struct container){ .engine = "docker",
					      .id = (char *)ID_A,
					      .name = name,
					      .state = CONTAINER_RUNNING };
	assert_int_equal(index_of(&all, "x", &f), -1);
	assert_true(strlen(f.detail) < sizeof(f.detail));
	assert_int_equal(index_of(&all, name, &f), -1);
	assert_int_equal(f.why, WHY_AMBIGUOUS);
	assert_true(strlen(f.detail) < sizeof(f.detail));
	assert_string_equal(f.detail + strlen(f.detail) - 3, "...");
}

static int pid_of(const char *spec, struct failure *f)
{
	struct container c = { 0 };
	int r = find_pid(spec, &c, f);

	if (r == 1)
		find_free_one(&c);
	return r;
}

static void pid_specs(void **state)
{
	struct failure f;
	char self[32];

	(void)state;
	snprintf(self, sizeof(self), "pid:%d", (int)getpid());
	assert_int_equal(pid_of(self, &f), 1);
	assert_int_equal(pid_of("web", &f), 0);
	static const char *const bad[] = { "pid:", "pid:0", "pid:-1", "pid:1x", "pid: 1", "pid:99999999999999999999",
					   "pid:4194305" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(pid_of(bad[i], &f), -1);
}

static char dir[] = "/tmp/native-find.XXXXXX";
static int dirfd_of_test = -1;

static int make_dir(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/native-find.XXXXXX");
	if (!mkdtemp(dir))
		return -1;
	dirfd_of_test = open(dir, O_RDONLY | O_DIRECTORY);
	return dirfd_of_test < 0 ? -1 : 0;
}

static int remove_dir(void **state)
{
	static const char *const made[] = { "good.json", "bad.json", "link.json", "fifo.json", "huge.json", "init.pid" };

	(void)state;
	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
		unlinkat(dirfd_of_test, made[i], 0);
	close(dirfd_of_test);
	return rmdir(dir);
}

static void put(const char *name, const char *text)
{
	int fd = openat(dirfd_of_test, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (int)strlen(text));
	close(fd);
}

static void state_files(void **state)
{
	yyjson_doc *doc;

	(void)state;
	put("good.json", "{\"Name\": \"/web\", \"State\": {\"Pid\": 42, \"Running\": true}}");
	assert_int_equal(state_read_json(dirfd_of_test, "good.json", &doc), 0);
	yyjson_val *top = yyjson_doc_get_root(doc);
	assert_int_equal(yyjson_get_int(state_get(top, "State", "Pid", NULL)), 42);
	assert_null(state_get(top, "State", "Pid", "deeper", NULL));
	assert_null(state_get(top, "no", "such", NULL));
	char *name = state_string(state_get(top, "Name", NULL));
	assert_string_equal(name, "/web");
	free(name);
	assert_null(state_string(state_get(top, "State", NULL)));
	yyjson_doc_free(doc);

	put("bad.json", "{\"Name\": ");
	assert_int_equal(state_read_json(dirfd_of_test, "bad.json", &doc), -EBADMSG);
	put("bad.json", "");
	assert_int_equal(state_read_json(dirfd_of_test, "bad.json", &doc), -EBADMSG);
	assert_int_equal(state_read_json(dirfd_of_test, "none.json", &doc), -ENOENT);
}

static void a_fifo_among_the_state_does_not_hang(void **state)
{
	yyjson_doc *doc;

	(void)state;
	assert_int_equal(mkfifoat(dirfd_of_test, "fifo.json", 0600), 0);
	assert_int_equal(state_read_json(dirfd_of_test, "fifo.json", &doc), -EINVAL);
	assert_int_equal(state_read_number(dirfd_of_test, "fifo.json"), -EINVAL);
}

static void a_link_among_the_state_is_not_followed(void **state)
{
	yyjson_doc *doc;

	(void)state;
	assert_int_equal(symlinkat("/etc/passwd", dirfd_of_test, "link.json"), 0);
	assert_int_equal(state_read_json(dirfd_of_test, "link.json", &doc), -ELOOP);
}

static void a_huge_file_is_refused(void **state)
{
	yyjson_doc *doc;

	(void)state;
	put("huge.json", "{}");
	int fd = openat(dirfd_of_test, "huge.json", O_WRONLY);
	assert_int_equal(ftruncate(fd, 17 << 20), 0);
	close(fd);
	assert_int_equal(state_read_json(dirfd_of_test, "huge.json", &doc), -EFBIG);
}

static void pid_files(void **state)
{
	(void)state;
	put("init.pid", "4711");
	assert_int_equal(state_read_number(dirfd_of_test, "init.pid"), 4711);
	put("init.pid", "4711\n");
	assert_int_equal(state_read_number(dirfd_of_test, "init.pid"), 4711);
	static const char *const bad[] = { "", "x", "-5", "0", "12x", "\n" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		put("init.pid", bad[i]);
		assert_int_equal(state_read_number(dirfd_of_test, "init.pid"), -EINVAL);
	}
}

static void ids(void **state)
{
	(void)state;
	assert_true(state_is_id(ID_A));
	assert_false(state_is_id("aaaa"));
	assert_false(state_is_id("AAAA11111111111111111111111111111111111111111111111111111111aaaa"));
	assert_false(state_is_id("../x11111111111111111111111111111111111111111111111111111111aaaa"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_name_id_and_prefix),
		cmocka_unit_test(a_name_goes_before_an_id_prefix),
		cmocka_unit_test(unknown_names_list_what_is_running),
		cmocka_unit_test(ambiguous_prefixes_list_the_candidates),
		cmocka_unit_test(the_same_name_in_two_daemons),
		cmocka_unit_test(a_thousand_names_make_one_sentence),
		cmocka_unit_test(pid_specs),
		cmocka_unit_test_setup_teardown(state_files, make_dir, remove_dir),
		cmocka_unit_test_setup_teardown(a_fifo_among_the_state_does_not_hang, make_dir, remove_dir),
		cmocka_unit_test_setup_teardown(a_link_among_the_state_is_not_followed, make_dir, remove_dir),
		cmocka_unit_test_setup_teardown(a_huge_file_is_refused, make_dir, remove_dir),
		cmocka_unit_test_setup_teardown(pid_files, make_dir, remove_dir),
		cmocka_unit_test(ids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
