/* SPDX-License-Identifier: GPL-2.0-only
 * Attaching to and removing from many containers: see run.h.
 */
#include "run.h"
#include "../toolbox/lib/base.h"
#include "proc.h"
#include "sys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* Containers a helper visits before a new one is forked: bounds the open descriptors (4 each). */
#define BATCH 32
/* A container that renames its mount point in a loop loses about every second try. */
#define TRIES 12

#define NATIVE "/native"
#define DEV_NATIVE "/dev/native"

struct devs {
	uint64_t *v;
	size_t n;
};

static int devs_add(struct devs *d, uint64_t dev)
{
	uint64_t *grown = realloc(d->v, (d->n + 1) * sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	d->v = grown;
	grown[d->n++] = dev;
	return 0;
}

static int devs_of_pins(struct devs *d)
{
	struct pins pins;
	int r = tree_pins(&pins);

	for (size_t i = 0; r == 0 && i < pins.n; i++)
		r = devs_add(d, pins.v[i].dev);
	free(pins.v);
	return r;
}

/* What the mount table of a container says of the tools. */
struct survey {
	struct devs *devs;
	char **paths;
	size_t n_paths;
	bool failed;
};

/* Ours by its device; or, when /run/native was unmounted by somebody meanwhile, by its looks: a
 * container that imitates those has its imitation unmounted, which harms nobody else. */
static int survey_mount(const struct proc_mount *m, void *arg)
{
	struct survey *s = arg;
	uint64_t dev = makedev(m->dev_major, m->dev_minor);
	bool known = false;

	if (strcmp(m->fstype, "tmpfs") != 0 || strcmp(m->root, "/") != 0 ||
	    strncmp(m->point, TREE_DIR "/", strlen(TREE_DIR "/")) == 0)
		return 0;
	for (size_t i = 0; i < s->devs->n; i++)
		known |= s->devs->v[i] == dev;
	if (!known && (!m->source || strcmp(m->source, "native") != 0))
		return 0;
	char **grown = realloc(s->paths, (s->n_paths + 1) * sizeof(*grown));
	char *path = strdup(m->point);
	if (grown)
		s->paths = grown;
	if (!grown || !path || (!known && devs_add(s->devs, dev) < 0)) {
		free(path);
		s->failed = true;
		return -1;
	}
	for (size_t i = 0; i < s->n_paths; i++)
		if (strcmp(grown[i], path) == 0) {
			free(path);
			return 0;
		}
	grown[s->n_paths++] = path;
	return 0;
}

static int survey_target(const struct target *t, struct survey *s)
{
	char *data;
	size_t len;

	if (lseek(t->mountinfo, 0, SEEK_SET) < 0)
		return -errno;
	int r = proc_read_fd(t->mountinfo, (size_t)64 << 20, &data, &len);
	if (r < 0)
		return r;
	proc_each_mount(data, len, survey_mount, s);
	free(data);
	return s->failed ? -ENOMEM : 0;
}

static void survey_free(struct survey *s)
{
	for (size_t i = 0; i < s->n_paths; i++)
		free(s->paths[i]);
	free(s->paths);
}

static const char *type_name(uint64_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return "a regular file";
	case S_IFIFO:
		return "a FIFO";
	case S_IFSOCK:
		return "a socket";
	case S_IFCHR:
	case S_IFBLK:
		return "a device";
	default:
		return "no directory";
	}
}

/* The helper's fixed-size answer as a failure with words in it. */
static void fail_item(struct item *item, const struct job *job)
{
	char pid[16];
	struct failure *f = &item->failure;

	item->failed = true;
	step_fail(f, job->step, job->why, job->err, job->path);
	switch (job->why) {
	case WHY_NOT_DIRECTORY:
		snprintf(f->detail, sizeof(f->detail), "%s", type_name(job->detail));
		break;
	case WHY_SHARED:
		snprintf(f->detail, sizeof(f->detail), "peer group %llu", (unsigned long long)job->detail);
		break;
	case WHY_READ_ONLY:
		snprintf(f->detail, sizeof(f->detail), "%s", strerror(job->err));
		break;
	case WHY_STUCK:
		strcpy(f->detail, "2 s");
		break;
	default:
		break;
	}
	if (job->step == STEP_ENTER) {
		snprintf(pid, sizeof(pid), "%d", (int)job->target->pid);
		snprintf(f->object, sizeof(f->object), "%s", pid);
	}
}

static void explain_job(const struct item *item, const struct job *job)
{
	if (job->deeds & DEED_MADE)
		explain("%s: made the directory %s%s", item->name, job->path,
			job->deeds & DEED_THROUGH_CLONE ? " through a writable clone of its read-only mount" : "");
	if (job->outcome == OUTCOME_ATTACHED || job->outcome == OUTCOME_REPLACED)
		explain("%s: attached at %s; the mount that lies there now is the one that was attached", item->name,
			job->path);
	if (job->outcome == OUTCOME_REMOVED || job->outcome == OUTCOME_KEPT_DIR)
		explain("%s: nothing of ours is left at %s%s", item->name, job->path,
			job->deeds & DEED_RMDIR ? "; its directory is removed" : "");
}

/* Reasons for which `--at auto` goes on to /dev/native. */
static bool elsewhere_may_do(enum why why)
{
	return why == WHY_READ_ONLY || why == WHY_SYMLINK || why == WHY_NOT_DIRECTORY || why == WHY_NOT_EMPTY ||
	       why == WHY_FOREIGN || why == WHY_MOVED || why == WHY_SHARED;
}

static bool check_lock(const struct options *o, const struct tree *tree, struct item *item)
{
	static uint64_t our_user_ns;

	if (tree->locked || o->allow_unlocked)
		return true;
	if (our_user_ns == 0)
		our_user_ns = proc_namespace(getpid(), "user");
	if (!item->target->sys_admin || item->target->user_ns != our_user_ns)
		return true;
	item->failed = true;
	step_fail(&item->failure, STEP_SEAL, WHY_UNLOCKED, 0,
		  tree->unlocked_errno ? strerror(tree->unlocked_errno) : "since the tools were first unpacked");
	return false;
}

/* One round for the items of a batch that have no answer yet. Sets *again when some want another. */
static int attach_round(const struct options *o, const struct tree *tree, struct devs *devs, struct item **todo,
			size_t n, bool last, bool *again)
{
	struct job jobs[BATCH];
	struct item *who[BATCH];
	size_t n_jobs = 0;
	uint64_t our_ns = proc_namespace(getpid(), "mnt");

	*again = false;
	for (size_t i = 0; i < n; i++) {
		struct item *item = todo[i];

		if (item->failed || item->skipped || item->outcome != OUTCOME_NONE)
			continue;
		struct job *job = &jobs[n_jobs];
		*job = (struct job){ .kind = JOB_ATTACH,
				     .target = item->target,
				     .path = item->path,
				     .allow_shared = our_ns != 0 && item->target->mnt_ns == our_ns,
				     .tree_dev = tree->dev,
				     .tree_ino = tree->ino,
				     .devs = devs->v,
				     .n_devs = devs->n };
		job->clone = tree_clone(tree, &item->failure);
		if (job->clone < 0) {
			item->failed = true;
			continue;
		}
		who[n_jobs++] = item;
	}
	enter_run(jobs, n_jobs);
	for (size_t i = 0; i < n_jobs; i++) {
		struct job *job = &jobs[i];
		struct item *item = who[i];

		close(job->clone);
		explain_job(item, job);
		if (job->outcome != OUTCOME_NONE) {
			item->outcome = job->outcome;
			continue;
		}
		if (job->why == WHY_MOVED && !last) {
			*again = true;
			continue;
		}
		if (job->why == WHY_FOREIGN && !last) {
			/* It may be ours from before /run/native was unmounted. */
			struct survey s = { .devs = devs };
			size_t before = devs->n;
			int r = survey_target(item->target, &s);

			survey_free(&s);
			if (r == 0 && devs->n > before) {
				*again = true;
				continue;
			}
		}
		if (o->at_auto && elsewhere_may_do(job->why) && strcmp(item->path, DEV_NATIVE) != 0) {
			explain("%s: " NATIVE " will not do (%s); going on to " DEV_NATIVE, item->name,
				why_name(job->why));
			strcpy(item->path, DEV_NATIVE);
			*again = true;
			continue;
		}
		fail_item(item, job);
	}
	return 0;
}

static void open_item(const struct options *o, struct item *item)
{
	if (item->failed)
		return;
	item->target = &item->own;
	if (target_open(item->container, &item->own, &item->failure) == 0)
		return;
	/* --all means what runs: state files of a daemon that died, or a container that ends at this
	 * moment, are no failure. */
	if (o->all && (item->failure.why == WHY_GONE || item->failure.why == WHY_OTHER_PROCESS)) {
		explain("%s: passed over: its process has ended", item->name);
		item->skipped = true;
		return;
	}
	item->failed = true;
}

static void close_item(struct item *item)
{
	if (item->target)
		target_close(&item->own);
	item->target = NULL;
}

int run_attach(const struct options *o, struct item *items, size_t n, void (*tell)(const struct item *, void *),
	       void *arg, struct failure *f)
{
	struct tree tree = { .fd = -1 };
	struct devs devs = { 0 };
	fd_auto lock = tree_lock(f);
	int r = -1;

	if (lock < 0 || tree_open(&tree, f) < 0)
		goto out;
	if (devs_of_pins(&devs) < 0) {
		step_fail(f, STEP_PIN, WHY_ERRNO, ENOMEM, TREE_DIR);
		goto out;
	}
	if (!tree.locked)
		fprintf(stderr, "inject: warning: the tools cannot be locked read-only, for user namespaces are off "
				"on this host: a container with CAP_SYS_ADMIN could change them\n");
	for (size_t at = 0; at < n; at += BATCH) {
		struct item *todo[BATCH];
		size_t count = n - at < BATCH ? n - at : BATCH;
		bool again = true;

		for (size_t i = 0; i < count; i++) {
			struct item *item = todo[i] = &items[at + i];

			snprintf(item->path, sizeof(item->path), "%s", o->at_auto ? NATIVE : o->at);
			open_item(o, item);
			if (!item->failed && !item->skipped)
				check_lock(o, &tree, item);
		}
		for (int tries = 1; again; tries++)
			attach_round(o, &tree, &devs, todo, count, tries >= TRIES, &again);
		for (size_t i = 0; i < count; i++) {
			close_item(todo[i]);
			if (!todo[i]->skipped)
				tell(todo[i], arg);
		}
	}
	r = 0;
out:
	free(devs.v);
	tree_close(&tree);
	return r;
}

/* Every place of one container: where its mount table shows the tools, and the usual places, where
 * an empty directory of ours may have outlived the mount (a restart). */
static void remove_item(const struct options *o, struct devs *devs, struct item *item)
{
	const char *usual[] = { NATIVE, DEV_NATIVE, o->at };
	struct survey s = { .devs = devs };
	struct job *jobs = NULL;
	size_t n = 0;
	int r = survey_target(item->target, &s);

	if (r == 0)
		jobs = calloc(s.n_paths + countof(usual), sizeof(*jobs));
	if (!jobs) {
		item->failed = true;
		step_fail(&item->failure, STEP_OPEN, WHY_ERRNO, r < 0 ? r : ENOMEM, "the mount table");
		survey_free(&s);
		return;
	}
	for (size_t i = 0; i < s.n_paths; i++)
		jobs[n++].path = s.paths[i];
	for (size_t i = 0; i < countof(usual); i++) {
		bool listed = false;

		for (size_t j = 0; j < n; j++)
			listed |= strcmp(jobs[j].path, usual[i]) == 0;
		if (!listed)
			jobs[n++].path = usual[i];
	}
	for (size_t i = 0; i < n; i++) {
		jobs[i].kind = JOB_DETACH;
		jobs[i].target = item->target;
		jobs[i].clone = -1;
		jobs[i].devs = devs->v;
		jobs[i].n_devs = devs->n;
	}
	enter_run(jobs, n);
	item->outcome = OUTCOME_NOTHING;
	strcpy(item->path, NATIVE);
	for (size_t i = 0; i < n && !item->failed; i++) {
		explain_job(item, &jobs[i]);
		if (i < s.n_paths && jobs[i].outcome == OUTCOME_NOTHING) {
			jobs[i].step = STEP_DETACH;
			jobs[i].why = WHY_COVERED;
			jobs[i].outcome = OUTCOME_NONE;
		}
		if (jobs[i].outcome == OUTCOME_NONE) {
			fail_item(item, &jobs[i]);
		} else if (jobs[i].outcome != OUTCOME_NOTHING) {
			item->outcome = OUTCOME_REMOVED;
			snprintf(item->path, sizeof(item->path), "%s", jobs[i].path);
		}
	}
	free(jobs);
	survey_free(&s);
}

int run_remove(const struct options *o, struct item *items, size_t n, void (*tell)(const struct item *, void *),
	       void *arg, struct failure *f)
{
	struct devs devs = { 0 };
	bool failed = false;
	fd_auto lock = tree_lock(f);
	int r = -1;

	if (lock < 0)
		return -1;
	if (devs_of_pins(&devs) < 0) {
		step_fail(f, STEP_PIN, WHY_ERRNO, ENOMEM, TREE_DIR);
		goto out;
	}
	for (size_t i = 0; i < n; i++) {
		open_item(o, &items[i]);
		if (!items[i].failed && !items[i].skipped)
			remove_item(o, &devs, &items[i]);
		failed |= items[i].failed;
		close_item(&items[i]);
		if (!items[i].skipped)
			tell(&items[i], arg);
	}
	r = o->all && !failed ? tree_drop(f) : 0;
out:
	free(devs.v);
	return r;
}
