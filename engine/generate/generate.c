/* SPDX-License-Identifier: Apache-2.0 */
#include "generate.h"

#include <stdio.h>
#include <string.h>

#include "../adapt/json_file.h"
#include "../base/files.h"
#include "draw.h"
#include "generate_steps.h"

enum { LARGEST_FILE = 1 << 20 };

struct cohort_making {
    const char *data_folder;
    const struct generate_question *question;
    struct generate_answer *answer;
    struct generate_texts texts;
    struct map *names;
    jval *profile;
    VECTOR(jval *) sets; /* files that stay open while their texts are used */
    VECTOR(struct made_set) made;
};

/* A file of data/generate; an unknown name is told with those there are. */
static ieum_status read_named(struct cohort_making *it, const char *folder_name, const char *name, jval **json, struct problem *problem) {
    struct buffer file_name = BUFFER_EMPTY;
    char *folder = path_join(it->data_folder, folder_name), **names = NULL;
    size_t count = 0;
    bool known = false;
    struct buffer all = BUFFER_EMPTY;
    ieum_status status = folder ? folder_list(folder, ".json", &names, &count, problem) : problem_set_memory(problem);
    buffer_format(&file_name, "%s.json", name);
    for (size_t n = 0; n < count; n++) {
        known = known || (file_name.bytes && strcmp(names[n], file_name.bytes) == 0);
        buffer_format(&all, "%s%.*s", n ? ", " : "", (int)(strlen(names[n]) - strlen(".json")), names[n]);
    }
    if (status == IEUM_OK && (file_name.failed || all.failed)) status = problem_set_memory(problem);
    if (status == IEUM_OK && !known) {
        status = problem_set(problem, IEUM_NOT_FOUND, "/profile", "'%s'은(는) 없습니다. 있는 것: %s", "There is no '%s'; there are: %s", name,
                             all.bytes ? all.bytes : "");
        problem_set_value(problem, name);
    }
    if (status == IEUM_OK) status = json_file_read(folder, file_name.bytes, LARGEST_FILE, json, problem);
    memory_free(names);
    memory_free(folder);
    buffer_free(&file_name);
    buffer_free(&all);
    return status;
}

/* ---- records ---- */

/* A copy of the record's shape, each text "$column" replaced by the record's value there; members without a value are left out. */
static jval *fill_record(const struct making *making, const struct cohort_making *it, const jval *shape, const char *id, size_t i) {
    if (jval_is(shape, JVAL_OBJECT)) {
        jval *object = jval_new_object();
        for (void *one = jval_first(shape); one; one = jval_next(shape, one)) {
            jval *value = fill_record(making, it, jval_value(one), id, i);
            if (value) jval_set(object, jval_key(one), value);
        }
        return object;
    }
    if (jval_is(shape, JVAL_ARRAY)) {
        jval *array = jval_new_array();
        for (size_t k = 0; k < jval_count(shape); k++) {
            jval *value = fill_record(making, it, jval_at(shape, k), id, i);
            if (value) jval_append(array, value);
        }
        return array;
    }
    if (!jval_is(shape, JVAL_TEXT) || jval_text(shape)[0] != '$') return jval_copy(shape);
    const char *name = jval_text(shape) + 1;
    if (strcmp(name, "id") == 0) return jval_new_text(id);
    if (strcmp(name, "program") == 0) return it->answer->program ? jval_new_text(it->answer->program) : NULL;
    const struct column *column = making_column(making, name);
    const jval *value = column ? column->values[i] : NULL;
    return jval_is(value, JVAL_NULL) ? NULL : jval_copy(value);
}

static ieum_status add_record(const struct making *making, const struct cohort_making *it, const jval *shape, const char *id, size_t i,
                              struct buffer *out, struct problem *problem) {
    char *line = NULL;
    jval *record = fill_record(making, it, shape, id, i), *mark = jval_new_object();
    jval_set_text(mark, "generator", "ieum generate");
    jval_set_text(mark, "profile", it->answer->profile);
    jval_set_text(mark, "version", it->answer->version);
    jval_set_integer(mark, "seed", it->question->seed);
    jval_set(record, "synthetic", mark);
    ieum_status status = jval_write(record, false, &line, problem);
    if (status == IEUM_OK) {
        buffer_add_text(out, line);
        buffer_add_byte(out, '\n');
    }
    memory_free(line);
    jval_free(record);
    return status;
}

/* A member of one object for the whole set, such as the marks of each demand: {"key": "$column", "value": shape}. */
static void add_member(const struct making *making, const struct cohort_making *it, const jval *shape, const char *id, size_t i, jval *object) {
    jval *key = fill_record(making, it, jval_get(shape, "key"), id, i);
    jval_set(object, jval_text(key), fill_record(making, it, jval_get(shape, "value"), id, i));
    jval_free(key);
}

/* ---- sets ---- */

/* What the profile says of a set goes before what the set's own file says. */
static const jval *member_of(const jval *own, const jval *set, const char *key) {
    return jval_get(own, key) ? jval_get(own, key) : jval_get(set, key);
}

static bool steps_have(const jval *steps, const char *id) {
    for (size_t i = 0; i < jval_count(steps); i++)
        if (strcmp(jval_text(jval_get(jval_at(steps, i), "id")), id) == 0) return true;
    return false;
}

/* The profile's "steps" stand where the set has one of their name, all others of them before the set's; its "then" come after all. */
static ieum_status run_steps(struct making *making, const jval *profile, const jval *common, uint64_t seed, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0}, steps_at = {&root, "steps", 0}, then_at = {&root, "then", 0};
    const jval *own = jval_get(profile, "steps"), *then = jval_get(profile, "then");
    ieum_status status = IEUM_OK;
    size_t number = 0;
    for (size_t i = 0; i < jval_count(own) && status == IEUM_OK; i++)
        if (!steps_have(common, jval_text(jval_get(jval_at(own, i), "id"))))
            status = making_step(making, jval_at(own, i), &(struct jpath){&steps_at, NULL, i}, seed, number++, problem);
    for (size_t i = 0; i < jval_count(common) && status == IEUM_OK; i++) {
        const jval *step = jval_at(common, i);
        const char *id = jval_text(jval_get(step, "id"));
        if (!steps_have(own, id)) {
            status = making_step(making, step, &(struct jpath){&steps_at, NULL, i}, seed, number++, problem);
        } else if (!making_column(making, id)) {
            for (size_t k = 0; k < jval_count(own) && status == IEUM_OK; k++)
                if (strcmp(jval_text(jval_get(jval_at(own, k), "id")), id) == 0)
                    status = making_step(making, jval_at(own, k), &(struct jpath){&steps_at, NULL, k}, seed, number++, problem);
        }
    }
    for (size_t i = 0; i < jval_count(then) && status == IEUM_OK; i++)
        status = making_step(making, jval_at(then, i), &(struct jpath){&then_at, NULL, i}, seed, number++, problem);
    return status;
}

/* The set's record with the profile's members in it; owned by the caller. */
static jval *shape_of(const jval *own, const jval *set) {
    const jval *more = jval_get(own, "record");
    jval *shape = jval_copy(jval_get(set, "record"));
    for (void *one = jval_first(more); one; one = jval_next(more, one)) jval_set(shape, jval_key(one), jval_copy(jval_value(one)));
    return shape;
}

/* All records of a set, a line each, or one object of them; their ids and tasks are kept for later sets. */
static ieum_status write_set(struct cohort_making *it, const struct making *making, const jval *shape, const char *file, const char *prefix,
                             bool one_object, struct buffer *out, struct problem *problem) {
    struct arena *arena = it->answer->arena;
    struct made_set made = {arena_copy_text(arena, file), arena_allocate_zero(arena, making->count + 1, sizeof *made.ids),
                            arena_allocate_zero(arena, making->count + 1, sizeof *made.tasks), making->count};
    jval *object = one_object ? jval_new_object() : NULL;
    char *text = NULL;
    ieum_status status = made.file && made.ids && made.tasks && (object || !one_object) ? IEUM_OK : problem_set_memory(problem);
    for (size_t i = 0; i < making->count && status == IEUM_OK; i++) {
        char id[64];
        snprintf(id, sizeof id, "%s%04zu", prefix, i + 1);
        made.ids[i] = arena_copy_text(arena, id);
        made.tasks[i] = making->themes[i].task;
        if (one_object)
            add_member(making, it, shape, id, i, object);
        else
            status = add_record(making, it, shape, id, i, out, problem);
        if (!made.ids[i]) status = problem_set_memory(problem);
    }
    if (status == IEUM_OK && one_object && (status = jval_write(object, false, &text, problem)) == IEUM_OK) {
        buffer_add_text(out, text);
        buffer_add_byte(out, '\n');
    }
    if (status == IEUM_OK && !vector_push(&it->made, made)) status = problem_set_memory(problem);
    memory_free(text);
    jval_free(object);
    return status;
}

static ieum_status make_set(struct cohort_making *it, const jval *own, const jval *set, size_t number, struct problem *problem) {
    const char *file = jval_text(member_of(own, set, "file")), *prefix = jval_text(member_of(own, set, "prefix"));
    const struct generate_question *question = it->question;
    const int64_t other = strcmp(file, "demands") == 0 ? question->demands : strcmp(file, "suppliers") == 0 ? question->suppliers : 0;
    const int64_t usual = jval_integer(member_of(own, set, "count"));
    struct making making = {.texts = &it->texts,
                            .names = it->names,
                            .arena = arena_new(),
                            .count = (size_t)(other ? other : usual),
                            .asked = (size_t)usual,
                            .made = it->made.items,
                            .made_count = it->made.count};
    struct buffer out = BUFFER_EMPTY, name = BUFFER_EMPTY;
    ieum_status status = making.arena ? IEUM_OK : problem_set_memory(problem);
    jval *shape = shape_of(own, set);
    if (usual < 1 || usual > GENERATE_RECORDS_MOST || !*file || !jval_is(shape, JVAL_OBJECT))
        status = problem_set(problem, IEUM_INVALID, "/sets", "묶음에는 file, count(1 이상), record가 있어야 합니다.",
                             "A set has file, count (from 1) and record.");
    making.themes = arena_allocate_zero(making.arena, making.count + 1, sizeof *making.themes);
    making.chosen = arena_allocate_zero(making.arena, making.count + 1, sizeof *making.chosen);
    if (status == IEUM_OK && (!making.themes || !making.chosen)) status = problem_set_memory(problem);
    for (size_t i = 0; i < making.count && status == IEUM_OK; i++)
        making.themes[i] = (struct theme){NULL, MAP_NONE, MAP_NONE, MAP_NONE, MAP_NONE, MAP_NONE, 0};
    struct random random = draw_stream((uint64_t)question->seed, 0x6965756d, number + 1);
    if (status == IEUM_OK) status = run_steps(&making, own, jval_get(set, "steps"), random_next(&random), problem);
    const bool one_object = jval_get(set, "form") != NULL;
    if (status == IEUM_OK) status = write_set(it, &making, shape, file, prefix, one_object, &out, problem);
    buffer_format(&name, one_object ? "%s.json" : "%s.jsonl", file);
    if (status == IEUM_OK && (out.failed || name.failed || memory_failed())) status = problem_set_memory(problem);
    if (status == IEUM_OK) {
        struct generate_file made = {arena_copy_text(it->answer->arena, name.bytes), making.count, NULL, out.size};
        made.bytes = buffer_take(&out);
        if (!made.name || !made.bytes || !vector_push(&it->answer->files, made)) {
            memory_free(made.bytes);
            status = problem_set_memory(problem);
        }
    }
    jval_free(shape);
    buffer_free(&out);
    buffer_free(&name);
    making_free(&making);
    arena_free(making.arena);
    return status;
}

static ieum_status make_sets(struct cohort_making *it, struct problem *problem) {
    const jval *sets = jval_get(it->profile, "sets");
    ieum_status status =
        jval_count(sets) ? IEUM_OK : problem_set(problem, IEUM_INVALID, "/sets", "만들 묶음이 없습니다.", "There is no set to make.");
    for (size_t i = 0; i < jval_count(sets) && status == IEUM_OK; i++) {
        const char *name = jval_get_text(jval_at(sets, i), "set");
        jval *set = NULL;
        status = read_named(it, "generate/sets", name ? name : "", &set, problem);
        if (status == IEUM_OK && !vector_push(&it->sets, set)) {
            jval_free(set);
            status = problem_set_memory(problem);
        }
        if (status == IEUM_OK) status = make_set(it, jval_at(sets, i), set, i, problem);
        if (status != IEUM_OK) problem_set_place(problem, it->answer->profile, 0, 0);
    }
    return status;
}

static ieum_status read_head(struct cohort_making *it, struct problem *problem) {
    struct generate_answer *answer = it->answer;
    const char *name = it->question->profile ? it->question->profile : jval_text(jval_get(it->texts.json, "standard_profile"));
    const jval *title = NULL;
    ieum_status status = read_named(it, "generate/profiles", name, &it->profile, problem);
    if (status == IEUM_OK) status = field_object(it->profile, NULL, "title", true, &title, problem);
    if (status != IEUM_OK) return status;
    const char *program = it->question->program ? it->question->program : jval_get_text(it->profile, "program");
    answer->profile = arena_copy_text(answer->arena, name);
    answer->version = arena_copy_text(answer->arena, jval_text(jval_get(it->profile, "version")));
    answer->program = arena_copy_text(answer->arena, program);
    answer->title = (struct text2){arena_copy_text(answer->arena, jval_text(jval_get(title, "ko"))),
                                   arena_copy_text(answer->arena, jval_text(jval_get(title, "en")))};
    return memory_failed() ? problem_set_memory(problem) : IEUM_OK;
}

ieum_status generate_cohort(const char *data_folder, const struct lexicon *lexicon, const struct generate_question *question,
                            struct generate_answer *answer, struct problem *problem) {
    struct cohort_making it = {.data_folder = data_folder, .question = question, .answer = answer, .names = map_new()};
    *answer = (struct generate_answer){.arena = arena_new()};
    ieum_status status = answer->arena && it.names ? generate_texts_open(data_folder, lexicon, &it.texts, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = read_head(&it, problem);
    if (status == IEUM_OK) status = make_sets(&it, problem);
    for (size_t i = 0; i < it.sets.count; i++) jval_free(it.sets.items[i]);
    vector_free(&it.sets);
    vector_free(&it.made);
    jval_free(it.profile);
    generate_texts_close(&it.texts);
    map_free(it.names);
    if (status != IEUM_OK) generate_answer_free(answer);
    return status;
}

void generate_answer_free(struct generate_answer *answer) {
    for (size_t i = 0; i < answer->files.count; i++) memory_free(answer->files.items[i].bytes);
    vector_free(&answer->files);
    arena_free(answer->arena);
    *answer = (struct generate_answer){0};
}
