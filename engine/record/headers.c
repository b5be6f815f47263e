/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and checking data/taxonomy/csv_headers.json. What is wrong in it is told with its own file name and pointer.
 */
#include "headers.h"

#include <string.h>

#include "../adapt/json_file.h"

#define TABLE_BYTES_MOST ((size_t)1 << 20)

const char *const cell_type_names[CELL_TYPES] = {"text",         "list",        "codes",     "date",
                                                   "integer",      "number",      "amount",    "amount_range",
                                                   "amount_least", "amount_most", "references", "truth"};

/* Spaces (also no-break and ideographic), marks of required fields, and letters that only vary in spelling. */
static size_t skipped(const char *text) {
    static const char *const marks[] = {" ", "\t", "\r", "\n", "*", "_", "-", "\xC2\xA0", "\xE3\x80\x80", "＊", "※"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t size = strlen(marks[i]);
        if (strncmp(text, marks[i], size) == 0) return size;
    }
    return 0;
}

void header_normalise(const char *name, char normal[HEADER_NAME_MOST]) {
    size_t count = 0, skip;
    while (*name && count < HEADER_NAME_MOST - 1) {
        if ((skip = skipped(name))) {
            name += skip;
        } else if (strncmp(name, "（", 3) == 0 || strncmp(name, "）", 3) == 0) {
            normal[count++] = name[2] == "（"[2] ? '(' : ')';
            name += 3;
        } else {
            normal[count++] = *name >= 'A' && *name <= 'Z' ? (char)(*name - 'A' + 'a') : *name;
            name++;
        }
    }
    normal[count] = '\0';
}

/* The same word for two meanings would make the order of the table matter. */
static ieum_status put_word(struct map *words, const char *word, uint32_t value, const struct jpath *at,
                            struct problem *problem) {
    char normal[HEADER_NAME_MOST], pointer[sizeof problem->pointer];
    header_normalise(word, normal);
    uint32_t found = map_get_text(words, normal);
    if (found != MAP_NONE && found != value) {
        jpath_write(at, pointer, sizeof pointer);
        problem_set(problem, IEUM_INVALID, pointer, "'%s'이(가) 두 가지 뜻으로 쓰였습니다.",
                    "'%s' stands for two things.", word);
        return problem->status;
    }
    return map_put(words, normal, strlen(normal), value) ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status put_words(struct map *words, const struct text_list *list, uint32_t value, const struct jpath *at,
                             struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < list->count && status == IEUM_OK; i++)
        status = put_word(words, list->items[i], value, at, problem);
    return status;
}

static ieum_status prepare_values(struct header_field *field, size_t count, struct arena *arena,
                                  struct problem *problem) {
    field->values = map_new();
    field->value_texts.items = arena_allocate_zero(arena, count, sizeof *field->value_texts.items);
    return field->values && field->value_texts.items ? IEUM_OK : problem_set_memory(problem);
}

/* {"클라우드": "cloud", …} */
static ieum_status read_values(const jval *values, const struct jpath *at, struct arena *arena,
                               struct header_field *field, struct problem *problem) {
    ieum_status status = prepare_values(field, jval_count(values), arena, problem);
    for (void *i = jval_first(values); i && status == IEUM_OK; i = jval_next(values, i)) {
        size_t index = field->value_texts.count++;
        field->value_texts.items[index] = jval_text(jval_value(i));
        status = put_word(field->values, jval_key(i), (uint32_t)index, at, problem);
    }
    return status;
}

/* Words that have a file of their own: {"sizes": [{"id": "중소기업", "names": ["SME", …]}, …]}. Every name stands for the id. */
static const struct words_file {
    const char *name, *path, *list;
} words_files[] = {{"firm_sizes.json", "taxonomy/firm_sizes.json", "sizes"}, {"party_kinds.json", "taxonomy/party_kinds.json", "kinds"}};

static ieum_status read_words_file(const jval *json, const char *key, struct arena *arena, struct header_field *field,
                                   struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0}, list_at = {&root, key, 0};
    const jval *list = NULL;
    ieum_status status = field_array(json, NULL, key, true, &list, problem);
    if (status == IEUM_OK) status = prepare_values(field, jval_count(list), arena, problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath at = {&list_at, NULL, i};
        struct text_list names = {0};
        const char *id = NULL;
        if ((status = field_text(jval_at(list, i), &at, "id", true, &id, problem)) ||
            (status = field_text_list(jval_at(list, i), &at, "names", true, arena, &names, problem)))
            return status;
        field->value_texts.items[field->value_texts.count++] = id;
        const char *korean = jval_get_text(jval_at(list, i), "ko");
        if ((status = put_word(field->values, id, (uint32_t)i, &at, problem)) ||
            (korean && (status = put_word(field->values, korean, (uint32_t)i, &at, problem))))
            return status;
        status = put_words(field->values, &names, (uint32_t)i, &at, problem);
    }
    return status;
}

static ieum_status split_pointer(const jval *line, const struct jpath *at, struct arena *arena,
                                 struct header_field *field, struct problem *problem) {
    ieum_status status = field_text(line, at, "field", true, &field->pointer, problem);
    if (status != IEUM_OK) return status;
    char *copy = arena_copy_text(arena, field->pointer);
    if (!copy) return problem_set_memory(problem);
    char *slash = *copy == '/' ? strchr(copy + 1, '/') : NULL;
    if (*copy != '/' || !copy[1] || (slash && (!slash[1] || strchr(slash + 1, '/'))))
        return jval_refuse(problem, &(struct jpath){at, "field", 0}, jval_get(line, "field"), "/member, /group/member",
                           "항목의 자리는 /항목 또는 /묶음/항목이어야 합니다.", "A field is /member or /group/member.");
    field->key = slash ? slash + 1 : copy + 1;
    field->group = slash ? copy + 1 : NULL;
    if (slash) *slash = '\0';
    return IEUM_OK;
}

static ieum_status read_words(const jval *line, const struct jpath *at, const char *key, bool required, struct header_words *words, struct problem *problem) {
    const struct jpath words_at = {at, key, 0};
    const jval *found = NULL;
    ieum_status status = field_object(line, at, key, required, &found, problem);
    if (status != IEUM_OK || !found) return status;
    status = field_text(found, &words_at, "ko", true, &words->ko, problem);
    return status != IEUM_OK ? status : field_text(found, &words_at, "en", true, &words->en, problem);
}

/* Several lines of the table may have one pointer: the two ends of a range. */
static const char *write_id(const struct header_field *field, struct arena *arena) {
    const char *end = field->type == CELL_AMOUNT_LEAST ? "/0" : field->type == CELL_AMOUNT_MOST ? "/1" : "";
    size_t size = strlen(field->pointer);
    char *id = arena_allocate(arena, size + 3);
    if (!id) return NULL;
    memcpy(id, field->pointer, size);
    memcpy(id + size, end, strlen(end) + 1);
    return id;
}

static ieum_status read_field(struct header_table *table, const char *data_folder, const jval *line,
                              const struct jpath *at, struct problem *problem) {
    static const char *const known[] = {"field",      "type",     "required", "join",        "names",
                                        "weak_names", "suffixes", "values",   "values_file", "label", "example", "note"};
    struct header_field *field = &table->fields[table->count++];
    uint32_t index = (uint32_t)(table->count - 1);
    const jval *values = NULL;
    const char *values_file = NULL;
    size_t type = 0;
    ieum_status status;
    if ((status = split_pointer(line, at, table->arena, field, problem)) ||
        (status = field_refuse_unknown(line, at, known, sizeof known / sizeof *known, problem)) ||
        (status = field_choice(line, at, "type", true, cell_type_names, CELL_TYPES, &type, problem)) ||
        (status = field_bool(line, at, "required", false, &field->required, problem)) ||
        (status = field_bool(line, at, "join", false, &field->join, problem)) ||
        (status = field_text_list(line, at, "names", true, table->arena, &field->names, problem)) ||
        (status = field_text_list(line, at, "weak_names", false, table->arena, &field->weak_names, problem)) ||
        (status = field_text_list(line, at, "suffixes", false, table->arena, &field->suffixes, problem)) ||
        (status = field_object(line, at, "values", false, &values, problem)) ||
        (status = field_text(line, at, "values_file", false, &values_file, problem)) ||
        (status = field_text(line, at, "example", false, &field->example, problem)) ||
        (status = read_words(line, at, "label", true, &field->label, problem)) || (status = read_words(line, at, "note", false, &field->note, problem)) ||
        (status = put_words(table->names, &field->names, index, at, problem)) ||
        (status = put_word(table->names, field->label.ko, index, at, problem)) || (status = put_word(table->names, field->label.en, index, at, problem)) ||
        (status = put_words(table->weak_names, &field->weak_names, index, at, problem)))
        return status;
    field->type = (enum cell_type)type;
    if (!(field->id = write_id(field, table->arena))) return problem_set_memory(problem);
    if (values) return read_values(values, at, table->arena, field, problem);
    if (!values_file) return IEUM_OK;
    for (size_t i = 0; i < sizeof words_files / sizeof *words_files; i++) {
        const struct words_file *file = &words_files[i];
        if (strcmp(file->name, values_file) != 0) continue;
        if (!table->files[i] && (status = json_file_read(data_folder, file->path, TABLE_BYTES_MOST, &table->files[i], problem))) return status;
        return read_words_file(table->files[i], file->list, table->arena, field, problem);
    }
    return jval_refuse(problem, &(struct jpath){at, "values_file", 0}, jval_get(line, "values_file"), "firm_sizes.json, party_kinds.json",
                       "이런 이름의 값 목록은 없습니다.", "There is no list of values of this name.");
}

static ieum_status read_table(struct header_table *table, const char *data_folder, enum record_kind kind,
                              struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0}, kinds_at = {&root, "kinds", 0};
    const struct jpath list_at = {&kinds_at, record_kind_names[kind], 0};
    const jval *kinds = NULL, *lines = NULL;
    struct text_list empty = {0};
    ieum_status status;
    if ((status = field_object(table->json, NULL, "units", true, &table->units, problem)) ||
        (status = field_object(table->json, NULL, "forms", true, &table->forms, problem)) ||
        (status = field_text_list(table->json, NULL, "empty_values", true, table->arena, &empty, problem)) ||
        (status = put_words(table->empty_values, &empty, 0, &root, problem)) ||
        (status = field_object(table->json, NULL, "kinds", true, &kinds, problem)) ||
        (status = field_array(kinds, &kinds_at, record_kind_names[kind], true, &lines, problem)))
        return status;
    table->fields = arena_allocate_zero(table->arena, jval_count(lines), sizeof *table->fields);
    if (!table->fields) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(lines) && status == IEUM_OK; i++)
        status = read_field(table, data_folder, jval_at(lines, i), &(struct jpath){&list_at, NULL, i}, problem);
    return status;
}

ieum_status headers_open(const char *data_folder, enum record_kind kind, struct header_table *table,
                         struct problem *problem) {
    struct header_table opened = {
        .arena = arena_new(), .names = map_new(), .weak_names = map_new(), .empty_values = map_new()};
    ieum_status status = IEUM_OK;
    if (!opened.arena || !opened.names || !opened.weak_names || !opened.empty_values)
        status = problem_set_memory(problem);
    if (status == IEUM_OK) status = json_file_read(data_folder, "taxonomy/csv_headers.json", TABLE_BYTES_MOST, &opened.json, problem);
    if (status == IEUM_OK) {
        status = read_table(&opened, data_folder, kind, problem);
        if (status != IEUM_OK) problem_set_place(problem, "taxonomy/csv_headers.json", 0, 0);
    }
    if (status == IEUM_OK)
        *table = opened;
    else
        headers_close(&opened);
    return status;
}

void headers_close(struct header_table *table) {
    for (size_t i = 0; i < table->count; i++) map_free(table->fields[i].values);
    map_free(table->names);
    map_free(table->weak_names);
    map_free(table->empty_values);
    jval_free(table->json);
    for (size_t i = 0; i < sizeof table->files / sizeof *table->files; i++) jval_free(table->files[i]);
    arena_free(table->arena);
    *table = (struct header_table){0};
}
