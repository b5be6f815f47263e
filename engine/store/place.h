/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Putting a finished file in its place at once: a reader sees the old file or the whole new one, also after a crash.
 * In: paths of files that nobody has open. Must not open a database file (see database_header).
 */
#ifndef IEUM_STORE_PLACE_H
#define IEUM_STORE_PLACE_H

#include <stdbool.h>

#include "../base/problem.h"

enum place_kind { PLACE_NOTHING, PLACE_EMPTY, PLACE_FILE };

/* What stands at `path`; a folder or anything else that is no file is an IEUM_STORE problem. */
ieum_status place_look(const char *path, enum place_kind *kind, struct problem *problem);
/* Whether both paths lead to one file. */
bool place_same(const char *a, const char *b);
/* Whether the folder that `path` stands in may be written. */
bool place_writable(const char *path);
/* Whether an interrupted write of a database of this name left its journal, which would be played into whatever gets
 * the name. */
bool place_has_journal(const char *path);
/* Gives `made` the permissions of `model`: a copy must not be open to more people. */
ieum_status place_like(const char *made, const char *model, struct problem *problem);
/* A name beside `path` that no file has: free with memory_free; NULL when memory fails. */
char *place_beside(const char *path);
/*
 * Gives `made` the name `path`, replacing what has it only when `replace`; `*taken` tells that it stood there and was
 * not replaced. The folder is synced. On failure `made` is still there.
 */
ieum_status place_put(const char *made, const char *path, bool replace, bool *taken, struct problem *problem);
/* Gives `made` the name `path`, and what had it the name `old`, journal included; whatever was called `old` is gone. */
ieum_status place_swap(const char *made, const char *path, const char *old, struct problem *problem);
/* `path` and `ending` in one; free with memory_free; NULL when memory fails. */
char *place_name(const char *path, const char *ending);

#endif
