/* SPDX-License-Identifier: Apache-2.0 */
/* The definitions of survey statistics, read and checked; and the category of a record by them. */
#include <string.h>

#include "pipeline_statistics.h"
#include "program/locate.h"

static const struct jpath root = {NULL, NULL, 0};

static ieum_status read_text2(const jval *object, const struct jpath *at, const char *key, bool required, struct text2 *text,
                              struct problem *problem) {
    const struct jpath here = {at, key, 0};
    const jval *json = NULL;
    ieum_status status = field_object(object, at, key, required, &json, problem);
    if (status != IEUM_OK || !json) return status;
    status = field_text(json, &here, "ko", true, &text->ko, problem);
    return status == IEUM_OK ? field_text(json, &here, "en", true, &text->en, problem) : status;
}

static ieum_status refuse(const struct jpath *at, const char *key, const jval *found, const char *ko, const char *en, struct problem *problem) {
    return jval_refuse(problem, &(struct jpath){at, key, 0}, found, NULL, ko, en);
}

/* ---- bases and variables ---- */

static bool has_word(const jval *words, const char *text) {
    for (size_t i = 0; i < jval_count(words); i++)
        if (strcmp(jval_text(jval_at(words, i)), text) == 0) return true;
    return false;
}

static ieum_status read_base(const jval *json, const struct jpath *at, struct statistics_base *base, struct problem *problem) {
    static const char *const known[] = {"id", "title", "side", "kind"}, *const sides[] = {"demand", "supplier"};
    const struct jpath kind_at = {at, "kind", 0};
    const jval *kind = NULL;
    size_t side = 0;
    ieum_status status = field_refuse_unknown(json, at, known, 4, problem);
    if (status == IEUM_OK) status = field_object(json, at, "kind", true, &kind, problem);
    if (status == IEUM_OK) status = field_text(kind, &kind_at, "pointer", true, &base->kind_pointer, problem);
    if (status == IEUM_OK) status = field_array(kind, &kind_at, "is", true, &base->kinds, problem);
    if (status == IEUM_OK) status = field_text(json, at, "id", true, &base->id, problem);
    if (status == IEUM_OK) status = read_text2(json, at, "title", true, &base->title, problem);
    if (status == IEUM_OK) status = field_choice(json, at, "side", true, sides, 2, &side, problem);
    base->suppliers = side == 1;
    return status;
}

static ieum_status read_categories(const jval *json, const struct jpath *at, struct statistics_answer *answer, struct statistics_variable *variable,
                                   struct problem *problem) {
    static const char *const known[] = {"id", "title", "is"};
    const struct jpath list_at = {at, "categories", 0};
    const jval *list = NULL;
    ieum_status status = field_array(json, at, "categories", true, &list, problem);
    if (status == IEUM_OK && (jval_count(list) < 1 || jval_count(list) > SUPPRESSION_CATEGORIES - 2))
        return refuse(at, "categories", list, "범주는 1개에서 62개까지입니다.", "There are 1 to 62 categories.", problem);
    variable->count = jval_count(list) + 1;
    variable->categories = arena_allocate_zero(answer->arena, variable->count, sizeof *variable->categories);
    if (!variable->categories) return problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        struct statistics_category *category = &variable->categories[i];
        const struct jpath item = {&list_at, NULL, i};
        status = field_refuse_unknown(jval_at(list, i), &item, known, 3, problem);
        if (status == IEUM_OK) status = field_text(jval_at(list, i), &item, "id", true, &category->id, problem);
        if (status == IEUM_OK) status = read_text2(jval_at(list, i), &item, "title", true, &category->title, problem);
        if (status == IEUM_OK) status = field_array(jval_at(list, i), &item, "is", false, &category->words, problem);
        for (size_t k = 0; k < i && status == IEUM_OK; k++)
            if (strcmp(variable->categories[k].id, category->id) == 0)
                status =
                    refuse(&item, "id", jval_get(jval_at(list, i), "id"), "같은 id의 범주가 있습니다.", "Another category has this id.", problem);
    }
    return status;
}

static ieum_status take_stages(struct statistics_answer *answer, struct statistics_variable *variable, struct problem *problem) {
    variable->count = answer->readiness.stage_count + 1;
    variable->categories = arena_allocate_zero(answer->arena, variable->count, sizeof *variable->categories);
    if (!variable->categories) return problem_set_memory(problem);
    for (size_t s = 0; s < answer->readiness.stage_count; s++)
        variable->categories[s] =
            (struct statistics_category){answer->readiness.stages[s].id, answer->readiness.stages[s].title, NULL, answer->readiness.stages[s].from};
    return IEUM_OK;
}

/* "of": the variable before this one whose categories are put together; each of them must be in one group. */
static ieum_status read_groups(const jval *json, const struct jpath *at, struct statistics_answer *answer, struct statistics_variable *variable,
                               struct problem *problem) {
    const size_t own = (size_t)(variable - answer->variables);
    const char *name = NULL;
    ieum_status status = field_text(json, at, "of", true, &name, problem);
    if (status == IEUM_OK) status = read_categories(json, at, answer, variable, problem);
    for (variable->of = 0; status == IEUM_OK && variable->of < own && strcmp(answer->variables[variable->of].id, name) != 0;) variable->of++;
    if (status != IEUM_OK) return status;
    struct statistics_variable *of = &answer->variables[variable->of];
    if (variable->of == own || of->base != variable->base || of->grouped_by != SIZE_MAX || of->test == STATISTICS_GROUP)
        return refuse(at, "of", jval_get(json, "of"), "앞에 있는 같은 대상의 변수 하나를 한 번만 묶을 수 있습니다.",
                      "One variable before this one, of the same base, can be put together once.", problem);
    of->grouped_by = own;
    variable->group = arena_allocate_zero(answer->arena, of->count, sizeof *variable->group);
    if (!variable->group) return problem_set_memory(problem);
    for (size_t c = 0; c < of->count; c++) {
        size_t found = 0;
        variable->group[c] = variable->count - 1;
        for (size_t g = 0; g + 1 < variable->count; g++)
            if (has_word(variable->categories[g].words, of->categories[c].id)) variable->group[c] = g, found++;
        if (c + 1 < of->count && found != 1)
            return refuse(at, "categories", jval_get(json, "categories"), "묶이는 범주는 저마다 꼭 한 묶음에 들어야 합니다.",
                          "Each category that is put together is in exactly one group.", problem);
    }
    return IEUM_OK;
}

static ieum_status find_base(const jval *json, const struct jpath *at, const struct statistics_answer *answer, size_t *base,
                             struct problem *problem) {
    const char *name = NULL;
    ieum_status status = field_text(json, at, "base", true, &name, problem);
    for (*base = 0; status == IEUM_OK && *base < answer->base_count; ++*base)
        if (strcmp(answer->bases[*base].id, name) == 0) return IEUM_OK;
    return status == IEUM_OK ? refuse(at, "base", jval_get(json, "base"), "그런 대상(base)이 없습니다.", "There is no such base.", problem) : status;
}

static ieum_status read_variable(const jval *json, const struct jpath *at, struct statistics_answer *answer, struct statistics_variable *variable,
                                 struct problem *problem) {
    static const char *const known[] = {"id", "base", "title", "unknown", "test", "pointers", "of", "categories", "source"};
    static const char *const tests[STATISTICS_TESTS] = {"prefix", "value", "size", "region", "holds", "set", "stage", "group"};
    const jval *pointers = NULL;
    size_t test = 0;
    ieum_status status = field_refuse_unknown(json, at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = field_text(json, at, "id", true, &variable->id, problem);
    if (status == IEUM_OK) status = find_base(json, at, answer, &variable->base, problem);
    if (status == IEUM_OK) status = read_text2(json, at, "title", true, &variable->title, problem);
    if (status == IEUM_OK) status = read_text2(json, at, "unknown", true, &variable->unknown, problem);
    if (status == IEUM_OK) status = field_text(json, at, "source", true, &variable->source, problem);
    if (status == IEUM_OK) status = field_choice(json, at, "test", true, tests, STATISTICS_TESTS, &test, problem);
    variable->test = (enum statistics_test)test;
    variable->of = variable->grouped_by = SIZE_MAX;
    if (status == IEUM_OK && variable->test == STATISTICS_GROUP) {
        status = read_groups(json, at, answer, variable, problem);
        if (status == IEUM_OK) variable->categories[variable->count - 1] = (struct statistics_category){"unknown", variable->unknown, NULL, 0};
        return status;
    }
    if (status == IEUM_OK) status = field_array(json, at, "pointers", true, &pointers, problem);
    if (status != IEUM_OK) return status;
    if (jval_count(pointers) < 1 || jval_count(pointers) > STATISTICS_POINTERS)
        return refuse(at, "pointers", pointers, "위치는 1개에서 4개까지입니다.", "There are 1 to 4 pointers.", problem);
    for (; variable->pointer_count < jval_count(pointers); variable->pointer_count++) {
        const char *pointer = jval_text(jval_at(pointers, variable->pointer_count));
        if (!pointer_valid(pointer))
            return refuse(at, "pointers", jval_at(pointers, variable->pointer_count), "JSON Pointer로 적습니다.", "This is a JSON Pointer.", problem);
        variable->pointers[variable->pointer_count] = pointer;
    }
    status = variable->test == STATISTICS_STAGE ? take_stages(answer, variable, problem) : read_categories(json, at, answer, variable, problem);
    if (status == IEUM_OK) variable->categories[variable->count - 1] = (struct statistics_category){"unknown", variable->unknown, NULL, 0};
    return status;
}

/* ---- tables ---- */

static ieum_status find_variable(const jval *name, const struct jpath *at, const char *key, const struct statistics_answer *answer, size_t *variable,
                                 struct problem *problem) {
    for (*variable = 0; *variable < answer->variable_count; ++*variable)
        if (strcmp(answer->variables[*variable].id, jval_text(name)) == 0) return IEUM_OK;
    return refuse(at, key, name, "그런 변수가 없습니다.", "There is no such variable.", problem);
}

static ieum_status read_list(const jval *json, const struct jpath *at, struct statistics_answer *answer, struct statistics_table *table,
                             struct problem *problem) {
    const jval *list = NULL;
    ieum_status status = field_array(json, at, "variables", true, &list, problem);
    if (status != IEUM_OK) return status;
    table->variables = arena_allocate_zero(answer->arena, jval_count(list) + 1, sizeof *table->variables);
    if (!table->variables) return problem_set_memory(problem);
    for (; table->variable_count < jval_count(list) && status == IEUM_OK; table->variable_count++) {
        status = find_variable(jval_at(list, table->variable_count), at, "variables", answer, &table->variables[table->variable_count], problem);
        const struct statistics_variable *first = &answer->variables[table->variables[0]];
        if (status == IEUM_OK && (answer->variables[table->variables[table->variable_count]].count != first->count ||
                                  answer->variables[table->variables[table->variable_count]].base != first->base))
            status = refuse(at, "variables", list, "한 표에 늘어놓는 변수는 대상과 범주가 같아야 합니다.",
                            "Variables listed in one table have the same base and categories.", problem);
    }
    if (status == IEUM_OK && !table->variable_count)
        return refuse(at, "variables", list, "변수가 하나는 있어야 합니다.", "There is at least one variable.", problem);
    if (status == IEUM_OK) table->base = answer->variables[table->variables[0]].base;
    return status;
}

static ieum_status read_table(const jval *json, const struct jpath *at, struct statistics_answer *answer, struct statistics_table *table,
                              struct problem *problem) {
    static const char *const known[] = {"id", "title", "note", "rows", "columns", "variables", "source"};
    table->rows = table->columns = SIZE_MAX;
    ieum_status status = field_refuse_unknown(json, at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = field_text(json, at, "id", true, &table->id, problem);
    if (status == IEUM_OK) status = read_text2(json, at, "title", true, &table->title, problem);
    if (status == IEUM_OK) status = read_text2(json, at, "note", false, &table->note, problem);
    if (status == IEUM_OK) status = field_text(json, at, "source", true, &table->source, problem);
    if (status != IEUM_OK) return status;
    if (jval_get(json, "variables")) return read_list(json, at, answer, table, problem);
    status = find_variable(jval_get(json, "rows"), at, "rows", answer, &table->rows, problem);
    if (status == IEUM_OK) status = find_variable(jval_get(json, "columns"), at, "columns", answer, &table->columns, problem);
    if (status != IEUM_OK) return status;
    table->base = answer->variables[table->rows].base;
    if (answer->variables[table->columns].base == table->base && table->rows != table->columns) return IEUM_OK;
    return refuse(at, "columns", jval_get(json, "columns"), "두 변수는 서로 다르고 대상이 같아야 합니다.",
                  "The two variables differ and have the same base.", problem);
}

/* The variables of a base, joined by its tables, must form no ring: a pair whose variables hang together already is refused. */
static ieum_status refuse_rings(const struct statistics_answer *answer, struct problem *problem) {
    const struct jpath tables_at = {&root, "tables", 0};
    size_t *group = arena_allocate_zero(answer->arena, answer->variable_count + 1, sizeof *group);
    if (!group) return problem_set_memory(problem);
    for (size_t v = 0; v < answer->variable_count; v++)
        group[v] = answer->variables[v].of == SIZE_MAX ? v : group[answer->variables[v].of]; /* a group hangs on its variable */
    for (size_t t = 0; t < answer->table_count; t++) {
        const struct statistics_table *table = &answer->tables[t];
        if (table->rows == SIZE_MAX) continue;
        const size_t a = group[table->rows], b = group[table->columns];
        if (a == b)
            return refuse(&(struct jpath){&tables_at, NULL, t}, "rows", NULL,
                          "이 표는 다른 표들과 고리를 이룹니다. 고리를 이룬 표를 함께 내면 감춘 칸을 좁혀 알아낼 수 있습니다.",
                          "This table closes a ring with others: tables in a ring, told together, can narrow hidden cells down.", problem);
        for (size_t v = 0; v < answer->variable_count; v++)
            if (group[v] == b) group[v] = a;
    }
    return IEUM_OK;
}

/* ---- the file ---- */

#define READ_LIST(key, items, count, read)                                                                                                           \
    do {                                                                                                                                             \
        const struct jpath list_at = {&root, key, 0};                                                                                                \
        const jval *list = NULL;                                                                                                                     \
        if (status == IEUM_OK) status = field_array(json, NULL, key, true, &list, problem);                                                          \
        if (status == IEUM_OK && !((items) = arena_allocate_zero(answer->arena, jval_count(list) + 1, sizeof *(items))))                             \
            status = problem_set_memory(problem);                                                                                                    \
        for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {                                                                         \
            const struct jpath item = {&list_at, NULL, i};                                                                                           \
            status = read;                                                                                                                           \
            (count) = i + 1;                                                                                                                         \
        }                                                                                                                                            \
    } while (0)

ieum_status statistics_read(const jval *json, struct statistics_answer *answer, struct problem *problem) {
    static const char *const known[] = {"report", "version", "effective", "source", "suppression", "bases", "variables", "tables"};
    const struct jpath rule_at = {&root, "suppression", 0};
    const jval *rule = NULL;
    ieum_status status = field_refuse_unknown(json, NULL, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = field_text(json, NULL, "version", true, &answer->version, problem);
    if (status == IEUM_OK) status = field_text(json, NULL, "effective", true, &answer->effective, problem);
    if (status == IEUM_OK) status = read_text2(json, NULL, "source", true, &answer->source, problem);
    if (status == IEUM_OK) status = field_object(json, NULL, "suppression", true, &rule, problem);
    if (status == IEUM_OK) status = field_integer(rule, &rule_at, "below", true, 0, 1000, &answer->rule.below, problem);
    if (status == IEUM_OK) status = field_integer(rule, &rule_at, "protection", true, 0, 1000, &answer->rule.protection, problem);
    if (status == IEUM_OK) status = read_text2(rule, &rule_at, "note", true, &answer->suppression_note, problem);
    READ_LIST("bases", answer->bases, answer->base_count, read_base(jval_at(list, i), &item, &answer->bases[i], problem));
    READ_LIST("variables", answer->variables, answer->variable_count, read_variable(jval_at(list, i), &item, answer, &answer->variables[i], problem));
    READ_LIST("tables", answer->tables, answer->table_count, read_table(jval_at(list, i), &item, answer, &answer->tables[i], problem));
    return status == IEUM_OK ? refuse_rings(answer, problem) : status;
}

/* ---- categories ---- */

/* Whether the two lists hold the same texts. */
static bool is_same_set(const jval *words, const jval *value) {
    for (size_t i = 0; i < value_count(value); i++)
        if (!has_word(words, jval_text(value_item(value, i)))) return false;
    for (size_t i = 0; i < jval_count(words); i++) {
        bool found = false;
        for (size_t k = 0; k < value_count(value); k++) found = found || strcmp(jval_text(value_item(value, k)), jval_text(jval_at(words, i))) == 0;
        if (!found) return false;
    }
    return true;
}

static bool takes_word(enum statistics_test test, const struct taxonomy *taxonomy, const jval *words, const char *text) {
    const struct region *region = test == STATISTICS_REGION ? region_find(taxonomy, text) : NULL;
    for (size_t i = 0; i < jval_count(words); i++) {
        const char *word = jval_text(jval_at(words, i));
        if (test == STATISTICS_PREFIX ? strncmp(text, word, strlen(word)) == 0
            : test == STATISTICS_SIZE ? size_within(taxonomy, text, word)
            : region                  ? strcmp(region->id, word) == 0
                                      : test != STATISTICS_REGION && strcmp(text, word) == 0)
            return true;
    }
    return false;
}

static bool takes(enum statistics_test test, const struct taxonomy *taxonomy, const jval *words, const jval *value) {
    if (!words) return true;
    if (test == STATISTICS_SET) {
        for (size_t i = 0; i < jval_count(words); i++)
            if (is_same_set(jval_at(words, i), value)) return true;
        return false;
    }
    const size_t looked = test == STATISTICS_HOLDS ? value_count(value) : value_count(value) ? 1 : 0;
    for (size_t i = 0; i < looked; i++) {
        const jval *one = value_item(value, i);
        if (jval_is(one, JVAL_TRUE) || jval_is(one, JVAL_FALSE) ? has_word(words, jval_true(one) ? "true" : "false")
                                                                : takes_word(test, taxonomy, words, jval_text(one)))
            return true;
    }
    return false;
}

size_t statistics_category(const struct statistics_variable *variable, const struct taxonomy *taxonomy, const jval *record) {
    const size_t unknown = variable->count - 1;
    const jval *value = NULL;
    for (size_t p = 0; p < variable->pointer_count; p++) {
        value = value_at(record, variable->pointers[p]);
        /* of a list that is asked what it holds, an empty one is an answer */
        if (!value_missing(value) || (variable->test == STATISTICS_HOLDS && jval_is(value, JVAL_ARRAY))) break;
        value = NULL;
    }
    if (!value) return unknown;
    if (variable->test == STATISTICS_STAGE) {
        size_t stage = 0;
        if (!jval_is(value, JVAL_INTEGER) && !jval_is(value, JVAL_REAL)) return unknown;
        while (stage + 1 < unknown && jval_number(value) >= variable->categories[stage + 1].from) stage++;
        return stage;
    }
    for (size_t c = 0; c < unknown; c++)
        if (takes(variable->test, taxonomy, variable->categories[c].words, value)) return c;
    return unknown;
}
