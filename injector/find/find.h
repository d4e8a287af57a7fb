/* SPDX-License-Identifier: GPL-2.0-only
 * Finding containers without asking their engine. One file an engine, each a pure reader of state
 * files and process arguments; all yield struct container, and what comes after knows no engine.
 */
#pragma once

#include "../step.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum container_state {
	CONTAINER_RUNNING,
	CONTAINER_PAUSED,
	CONTAINER_STOPPED, /* created, exited or dead: there is no process */
};

struct container {
	const char *engine; /* "docker", "pid": a literal */
	char *id;	    /* the engine's full id; NULL for a plain process */
	char *name;
	char *image;
	enum container_state state;
	pid_t pid;
	char *named_by; /* the state file that gave name and id */
	char *pid_by;	/* the file that gave the pid */
	char *runtime;	/* directory of the runtime's own state (start time), NULL when unknown */
};

struct container_list {
	struct container *v;
	size_t n;
	char **notes; /* state that could not be read, a sentence each: printed by --list and when a name is not found */
	size_t n_notes;
};

/* An engine: adds every container that it knows of, stopped ones included. Returns 0 or -errno
 * (ENOMEM; an engine that is not there is no error). */
struct finder {
	const char *engine;
	int (*find)(struct container_list *list);
};
extern const struct finder find_docker;

/* All containers of all engines, ordered by engine and name. Returns 0 or -errno. */
int find_all(struct container_list *list);

/* The container that `spec` means: a name (with or without Docker's leading slash), a full id, or
 * the start of one id (4 digits or more); names go before ids. Returns 0 and the index, or -1 with f (unknown: lists
 * what is running; ambiguous: lists the candidates). */
int find_match(const struct container_list *list, const char *spec, size_t *index, struct failure *f);

/* "pid:N": a plain process, as a container that is not in any list. 1: made *c; 0: spec is of
 * another form; -1: f says what is wrong. The caller frees with find_free_one. */
int find_pid(const char *spec, struct container *c, struct failure *f);

/* Adds processes that are no known container's but whose mount namespace holds one of the
 * devices (as makedev gives them); one a namespace, as engine "pid". Returns 0 or -errno. */
int find_attached(struct container_list *list, const uint64_t *devs, size_t n_devs);

/* For finders: appends a zeroed container (NULL when memory is out); a note, as printf: it is made
 * safe where it is printed. */
struct container *find_add(struct container_list *list);
void find_note(struct container_list *list, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

void find_free_one(struct container *c);
void find_free(struct container_list *list);

const char *find_state_name(enum container_state state);
