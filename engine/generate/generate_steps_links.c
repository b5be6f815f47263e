/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Steps that name records of the sets made before: outcomes, past decisions and marks are about demands and suppliers. {"to": file, "like"?: column}:
 * without `like` the first record names the first of that file, the second the second and round again; with it (a column that names records too) one
 * whose task is that record's, any where there is none.
 */
#include <string.h>

#include "generate_steps.h"

static const struct made_set *set_named(const struct making *making, const char *file) {
    for (size_t s = 0; s < making->made_count; s++)
        if (strcmp(making->made[s].file, file) == 0) return &making->made[s];
    return NULL;
}

/* The task of the record that the column names; MAP_NONE when it names none. */
static uint32_t task_named(const struct making *making, const struct column *column, size_t i) {
    for (size_t s = 0; column->keys[i] && s < making->made_count; s++)
        for (size_t k = 0; k < making->made[s].count; k++)
            if (strcmp(making->made[s].ids[k], column->keys[i]) == 0) return making->made[s].tasks[k];
    return MAP_NONE;
}

/* One with the task, drawn; any where there is none. */
static size_t draw_with_task(struct making *making, const struct made_set *to, uint32_t task) {
    size_t fitting = 0;
    for (size_t k = 0; k < to->count; k++) fitting += to->tasks[k] == task;
    if (!fitting) return (size_t)random_below(&making->random, to->count);
    size_t left = (size_t)random_below(&making->random, fitting), k = 0;
    while (to->tasks[k] != task || left-- > 0) k++;
    return k;
}

ieum_status step_link(struct making *making, struct problem *problem) {
    const char *file = NULL, *like = NULL;
    ieum_status status = field_text(making->step, making->at, "to", true, &file, problem);
    if (status == IEUM_OK) status = field_text(making->step, making->at, "like", false, &like, problem);
    if (status != IEUM_OK) return status;
    const struct made_set *to = set_named(making, file);
    const struct column *column = like ? making_column(making, like) : NULL;
    if (!to || !to->count)
        return step_refuse(making, "to", NULL, "앞에서 만든 묶음이 아닙니다.", "No set made before this one has that file.", problem);
    if (like && !column) return step_refuse(making, "like", NULL, "앞 단계에 없는 이름입니다.", "No step before this one has that name.", problem);
    for (size_t c = 0; c < making->chosen_count; c++) {
        const size_t i = making->chosen[c], k = column ? draw_with_task(making, to, task_named(making, column, i)) : i % to->count;
        step_put(making, i, to->ids[k], jval_new_text(to->ids[k]));
    }
    return IEUM_OK;
}
