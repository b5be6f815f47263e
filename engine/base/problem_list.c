/* SPDX-License-Identifier: Apache-2.0 */
#include "problem_list.h"

#include <string.h>

#include "memory.h"

/* A place whose value refers to something that is not there has no value: that it is missing is no mistake of its own. */
static const char *const references[] = {"/parameter", "/jurisdiction"};

static bool follows(const struct mistake *earlier, const struct problem *found) {
    const char *rest = earlier->problem.pointer;
    const size_t size = strlen(found->pointer);
    if (earlier->warning || strncmp(rest, found->pointer, size) != 0) return false;
    rest += size;
    return *rest == '\0' || strcmp(rest, references[0]) == 0 || strcmp(rest, references[1]) == 0;
}

static bool grow(struct problem_list *list) {
    if (list->count < list->capacity) return true;
    const size_t capacity = list->capacity ? 2 * list->capacity : 8;
    struct mistake *items = memory_allocate_zero(capacity, sizeof *items);
    if (!items) return false;
    if (list->count) memcpy(items, list->items, list->count * sizeof *items);
    memory_free(list->items);
    list->items = items;
    list->capacity = capacity;
    return true;
}

ieum_status problem_list_add(struct problem_list *list, const struct problem *found, const char *kind, bool warning, struct problem *problem) {
    for (size_t i = 0; i < list->count; i++)
        if (follows(&list->items[i], found)) return IEUM_OK;
    if (list->count == MISTAKES_MOST) {
        list->errors += !warning;
        return IEUM_OK;
    }
    if (!grow(list)) return problem_set_memory(problem);
    struct mistake *added = &list->items[list->count++];
    *added = (struct mistake){*found, kind, warning};
    added->problem.aside = NULL;
    list->errors += !warning;
    return IEUM_OK;
}

ieum_status problem_aside(struct problem *problem, ieum_status status) {
    if ((status != IEUM_INVALID && status != IEUM_LIMIT) || !problem->aside) return status;
    struct problem found = *problem;
    problem_clear(problem);
    return problem_list_add(problem->aside, &found, "form", false, problem);
}

size_t problem_aside_count(const struct problem *problem) { return problem->aside ? problem->aside->errors : 0; }

size_t problem_list_warnings(const struct problem_list *list) {
    size_t warnings = 0;
    for (size_t i = 0; i < list->count; i++) warnings += list->items[i].warning;
    return warnings;
}

void problem_list_free(struct problem_list *list) {
    memory_free(list->items);
    *list = (struct problem_list){0};
}
