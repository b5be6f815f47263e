/* SPDX-License-Identifier: Apache-2.0 */
/* Running a step: which records, which column, what it depends on. */
#include "generate_steps.h"

#include <string.h>

#include "draw.h"

void making_free(struct making *making) {
    for (size_t c = 0; c < making->columns.count; c++)
        for (size_t i = 0; i < making->count; i++) jval_free(making->columns.items[c].values[i]);
    vector_free(&making->columns);
}

const struct column *making_column(const struct making *making, const char *id) {
    for (size_t c = 0; c < making->columns.count; c++)
        if (strcmp(making->columns.items[c].id, id) == 0) return &making->columns.items[c];
    return NULL;
}

ieum_status step_refuse(const struct making *making, const char *member, const jval *found, const char *ko, const char *en, struct problem *problem) {
    return jval_refuse(problem, &(struct jpath){making->at, member, 0}, found ? found : jval_get(making->step, member), NULL, ko, en);
}

ieum_status step_table(const struct making *making, const char *member, size_t i, const jval **found, struct problem *problem) {
    *found = jval_get(making->step, member);
    if (making->given && *found) {
        const char *key = making->given->keys[i];
        const jval *table = *found;
        *found = key ? jval_get(table, key) : NULL;
        if (!*found) *found = jval_get(table, "*"); /* all others */
        if (!*found)
            return step_refuse(making, member, jval_get(making->step, "given"), "앞 단계에서 나온 값에 대한 항목이 없습니다.",
                               "There is no entry for a value that the step before drew.", problem);
    }
    return *found ? IEUM_OK : step_refuse(making, member, NULL, "필요한 항목이 없습니다.", "This member is needed.", problem);
}

ieum_status step_range(const struct making *making, const char *member, size_t i, int64_t smallest, int64_t *least, int64_t *most,
                       struct problem *problem) {
    const jval *range = NULL;
    ieum_status status = step_table(making, member, i, &range, problem);
    if (status != IEUM_OK) return status;
    *least = jval_integer(jval_at(range, 0));
    *most = jval_integer(jval_at(range, 1));
    if (jval_count(range) == 2 && jval_is(jval_at(range, 0), JVAL_INTEGER) && jval_is(jval_at(range, 1), JVAL_INTEGER) && *least >= smallest &&
        *least <= *most)
        return IEUM_OK;
    return step_refuse(making, member, range, "[가장 작은 수, 가장 큰 수]를 정수로 적습니다.", "This is [least, most] in whole numbers.", problem);
}

void step_put(struct making *making, size_t i, const char *key, jval *value) {
    jval_free(making->column->values[i]);
    making->column->keys[i] = key;
    making->column->values[i] = value;
}

/* "where": {column: key | [keys]} — all must hold. */
static bool is_chosen(const struct making *making, const jval *where, size_t i) {
    for (void *one = jval_first(where); one; one = jval_next(where, one)) {
        const struct column *column = making_column(making, jval_key(one));
        const jval *wanted = jval_value(one);
        const char *key = column ? column->keys[i] : NULL;
        bool found = key && jval_is(wanted, JVAL_TEXT) && strcmp(key, jval_text(wanted)) == 0;
        for (size_t k = 0; key && k < jval_count(wanted); k++) found = found || strcmp(key, jval_text(jval_at(wanted, k))) == 0;
        if (!found) return false;
    }
    return true;
}

static ieum_status choose(struct making *making, struct problem *problem) {
    const jval *where = jval_get(making->step, "where");
    for (void *one = jval_first(where); one; one = jval_next(where, one))
        if (!making_column(making, jval_key(one)))
            return step_refuse(making, "where", NULL, "앞 단계에 없는 이름입니다.", "No step before this one has that name.", problem);
    making->chosen_count = 0;
    for (size_t i = 0; i < making->count; i++)
        if (is_chosen(making, where, i)) making->chosen[making->chosen_count++] = i;
    return IEUM_OK;
}

static ieum_status find_column(struct making *making, const char *id, struct problem *problem) {
    making->column = (struct column *)making_column(making, id);
    if (making->column) return IEUM_OK;
    struct column column = {id, arena_allocate_zero(making->arena, making->count + 1, sizeof(char *)),
                            arena_allocate_zero(making->arena, making->count + 1, sizeof(jval *))};
    if (!column.keys || !column.values || !vector_push(&making->columns, column)) return problem_set_memory(problem);
    making->column = &making->columns.items[making->columns.count - 1];
    return IEUM_OK;
}

ieum_status making_step(struct making *making, const jval *step, const struct jpath *at, uint64_t seed, size_t number, struct problem *problem) {
    static const char *const names[] = {"allocate", "number", "mean", "day",  "span",    "registration", "theme", "text",
                                        "names",    "firm",   "pick", "some", "collect", "references",   "link"};
    static const step_run runs[] = {step_allocate, step_number, step_mean, step_day,  step_span,    step_registration, step_theme, step_text,
                                    step_names,    step_firm,   step_pick, step_some, step_collect, step_references,   step_link};
    const char *id = NULL, *given = NULL;
    size_t how = 0;
    making->step = step;
    making->at = at;
    ieum_status status = field_text(step, at, "id", true, &id, problem);
    if (status == IEUM_OK) status = field_text(step, at, "given", false, &given, problem);
    if (status == IEUM_OK) status = field_choice(step, at, "how", true, names, sizeof names / sizeof *names, &how, problem);
    if (status == IEUM_OK) status = find_column(making, id, problem); /* before the look-up below: it may move the columns */
    if (status != IEUM_OK) return status;
    making->given = given ? making_column(making, given) : NULL;
    if (given && !making->given)
        return step_refuse(making, "given", NULL, "앞 단계에 없는 이름입니다.", "No step before this one has that name.", problem);
    making->random = draw_stream(seed, 1 + (uint64_t)number, 0);
    status = choose(making, problem);
    if (status == IEUM_OK) status = runs[how](making, problem);
    if (status == IEUM_OK && memory_failed()) status = problem_set_memory(problem);
    return status;
}
