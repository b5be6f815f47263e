/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records out of the store. In: a kind, a program or an id. Out: parsed records in the order of their ids, and digests
 * over them. Reading goes through the record room, so a stored record is held to the same rules as one from a file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/parallel.h"
#include "../base/vector.h"
#include "inside.h"

/* Rows as they came, one after another; parsing is most of the work of a load, and is shared among threads. */
struct texts {
    struct buffer bytes;
    struct buffer ids; /* each with its NUL: looked into only to name a record that fails */
    VECTOR(size_t) ends;
    jval **values;
    VECTOR(struct problem) faults; /* one per worker, with the lowest index that failed for it */
    VECTOR(size_t) fault_at;
};

enum { WORTH_A_THREAD = 64 };

static ieum_status collect_texts(struct statement *statement, struct texts *texts, struct problem *problem) {
    bool row = false;
    ieum_status status = statement_step(statement, &row, problem);
    while (status == IEUM_OK && row) {
        buffer_add(&texts->bytes, statement_text(statement, 0), statement_size(statement, 0));
        buffer_add(&texts->ids, statement_text(statement, 1), statement_size(statement, 1) + 1);
        if (texts->bytes.failed || texts->ids.failed || !vector_push(&texts->ends, texts->bytes.size))
            return problem_set_memory(problem);
        status = statement_step(statement, &row, problem);
    }
    return status;
}

static void parse_text(void *context, size_t index, int worker) {
    struct texts *texts = context;
    size_t start = index ? texts->ends.items[index - 1] : 0;
    struct problem fault = {0};
    if (jval_parse(texts->bytes.bytes + start, texts->ends.items[index] - start, &texts->values[index], &fault) ==
            IEUM_OK ||
        texts->fault_at.items[worker] <= index)
        return;
    texts->fault_at.items[worker] = index;
    texts->faults.items[worker] = fault;
}

/* The fault of the lowest row is the one that is told, whatever the number of threads. */
static ieum_status lowest_fault(const struct texts *texts, struct problem *problem) {
    size_t lowest = 0;
    for (size_t i = 1; i < texts->faults.count; i++)
        if (texts->fault_at.items[i] < texts->fault_at.items[lowest]) lowest = i;
    if (texts->fault_at.items[lowest] == SIZE_MAX) return IEUM_OK;
    if (problem->status != IEUM_OK) return problem->status;
    *problem = texts->faults.items[lowest];
    snprintf(problem->pointer, sizeof problem->pointer, "/%zu", texts->fault_at.items[lowest]);
    return problem->status;
}

static ieum_status parse_texts(struct store *store, struct texts *texts, struct problem *problem) {
    int threads = texts->ends.count < WORTH_A_THREAD || store->threads < 1 ? 1 : store->threads;
    texts->values = memory_allocate_zero(texts->ends.count + 1, sizeof *texts->values);
    if (!texts->values) return problem_set_memory(problem);
    for (int i = 0; i < threads; i++)
        if (!vector_push(&texts->faults, (struct problem){0}) || !vector_push(&texts->fault_at, SIZE_MAX))
            return problem_set_memory(problem);
    jval_prepare();
    parallel_for(threads, texts->ends.count, parse_text, texts);
    return lowest_fault(texts, problem);
}

/* The values become the array's; what is left of the texts is freed. */
static ieum_status gather_values(struct texts *texts, jval *array, struct problem *problem) {
    size_t count = texts->ends.count;
    for (size_t i = 0; i < count; i++) {
        jval_append(array, texts->values[i]);
        texts->values[i] = NULL;
    }
    return jval_count(array) == count ? IEUM_OK : problem_set_memory(problem);
}

/*
 * A fault is found at a place in the list that was read, "/17/firm/founded"; told are the record and the place in it.
 * That a stored record does not pass is not the fault of who asked for it: the status is the store's.
 */
static ieum_status name_record(struct store *store, enum record_kind kind, const struct texts *texts,
                               struct problem *problem) {
    char *rest = problem->pointer, source[sizeof problem->source];
    size_t index = problem->pointer[0] == '/' ? strtoul(problem->pointer + 1, &rest, 10) : SIZE_MAX;
    const char *id = texts->ids.bytes, *end = id ? id + texts->ids.size : id;
    if (problem->status == IEUM_MEMORY || index >= texts->ends.count) return problem->status;
    while (index-- > 0 && id < end) id += strlen(id) + 1;
    snprintf(source, sizeof source, "%s: %s %s", store_path(store), table_of(kind), id < end ? id : "");
    problem->source[0] = '\0';
    problem_set_place(problem, source, 0, 0);
    memmove(problem->pointer, rest, strlen(rest) + 1);
    return problem->status = IEUM_STORE;
}

static void texts_free(struct texts *texts) {
    for (size_t i = 0; texts->values && i < texts->ends.count; i++) jval_free(texts->values[i]);
    memory_free(texts->values);
    buffer_free(&texts->bytes);
    buffer_free(&texts->ids);
    vector_free(&texts->ends);
    vector_free(&texts->faults);
    vector_free(&texts->fault_at);
}

/* Reads the JSON in column 0 of every row, whose id is column 1; frees the statement. */
static ieum_status read_rows(struct store *store, enum record_kind kind, struct statement *statement,
                             struct record_set *set, struct problem *problem) {
    struct texts texts = {.values = NULL};
    jval *array = jval_new_array();
    ieum_status status = collect_texts(statement, &texts, problem);
    statement_free(statement);
    if (status == IEUM_OK) status = parse_texts(store, &texts, problem);
    if (status == IEUM_OK) status = gather_values(&texts, array, problem);
    if (status == IEUM_OK) status = record_set_from_json(kind, array, NULL, set, problem);
    if (status != IEUM_OK) status = name_record(store, kind, &texts, problem);
    texts_free(&texts);
    jval_free(array);
    return status;
}

ieum_status store_load(struct store *store, enum record_kind kind, const char *program, struct record_set *set,
                       struct problem *problem) {
    struct statement *statement = NULL;
    ieum_status status = records_statement(store, kind, "json, id", program, &statement, problem);
    if (status == IEUM_OK) status = read_rows(store, kind, statement, set, problem);
    return status;
}

static ieum_status refuse_unknown_id(enum record_kind kind, const char *id, struct problem *problem) {
    static const struct {
        const char *ko, *en;
    } sentences[RECORD_KINDS] = {
        {"저장소에 공급기업 '%s'이(가) 없습니다.", "The store has no supplier '%s'."},
        {"저장소에 수요과제 '%s'이(가) 없습니다.", "The store has no demand '%s'."},
        {"저장소에 성과 '%s'이(가) 없습니다.", "The store has no outcome '%s'."},
    };
    ieum_status status = problem_set(problem, IEUM_NOT_FOUND, "", sentences[kind].ko, sentences[kind].en, id);
    problem_set_value(problem, id);
    return status;
}

ieum_status store_load_one(struct store *store, enum record_kind kind, const char *id, struct record_set *set,
                           struct problem *problem) {
    struct statement *statement = NULL;
    struct record_set found = {0};
    ieum_status status = table_statement(store, kind, "SELECT json, id FROM %s WHERE id = ?1", &statement, problem);
    if (status != IEUM_OK) return status;
    statement_bind_text(statement, 1, id);
    status = read_rows(store, kind, statement, &found, problem);
    if (status == IEUM_OK && found.count == 0) status = refuse_unknown_id(kind, id, problem);
    if (status == IEUM_OK)
        *set = found;
    else
        record_set_free(&found);
    return status;
}

ieum_status store_count(struct store *store, enum record_kind kind, const char *program, size_t *count,
                        struct problem *problem) {
    struct statement *statement = NULL;
    bool row = false;
    ieum_status status = records_statement(store, kind, NULL, program, &statement, problem);
    if (status == IEUM_OK) status = statement_step(statement, &row, problem);
    if (status == IEUM_OK) *count = (size_t)statement_integer(statement, 0);
    statement_free(statement);
    return status;
}
