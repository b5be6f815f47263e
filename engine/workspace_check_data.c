/* SPDX-License-Identifier: Apache-2.0 */
#include "workspace_check_data.h"

#include <stdlib.h>
#include <string.h>

#include "adapt/json_file.h"
#include "base/files.h"
#include "base/problem_list.h"
#include "program/examine_parts.h"
#include "program/jurisdiction.h"
#include "program/schema_place.h"
#include "program/section.h"

enum { FILE_LIMIT = 1 << 20 };

static const struct jpath root = {NULL, NULL, 0};

/* ---- reading ---- */

/* A file that is not there, or cannot be read, is not looked at: whoever needs it will say so. */
static jval *file_json(const char *folder, const char *name) {
    struct problem ignored = {0};
    jval *json = NULL;
    return json_file_read(folder, name, FILE_LIMIT, &json, &ignored) == IEUM_OK ? json : NULL;
}

static jval *program_ids(const char *data) {
    struct problem ignored = {0};
    char *folder = path_join(data, "programs"), **names = NULL;
    size_t count = 0;
    jval *ids = jval_new_object();
    if (folder && folder_list(folder, ".json", &names, &count, &ignored) != IEUM_OK) count = 0;
    for (size_t i = 0; i < count; i++) {
        jval *json = file_json(folder, names[i]);
        const char *id = jval_get_text(json, "id");
        if (id) jval_set_text(ids, names[i], id);
        jval_free(json);
    }
    memory_free(names);
    memory_free(folder);
    return ids;
}

ieum_status data_around_read(struct workspace *workspace, struct data_around *around, struct problem *problem) {
    const char *data = workspace_data_path(workspace);
    *around = (struct data_around){.demand = file_json(data, "schema/demand.schema.json"), .supplier = file_json(data, "schema/supplier.schema.json"),
                                   .seeds = file_json(data, "taxonomy/seeds.json"), .routes = file_json(data, "diagnosis/routes.json"), .ids = program_ids(data)};
    return workspace_taxonomy(workspace, &around->taxonomy, problem);
}

void data_around_free(struct data_around *around) {
    jval_free(around->demand);
    jval_free(around->supplier);
    jval_free(around->seeds);
    jval_free(around->routes);
    jval_free(around->ids);
    *around = (struct data_around){0};
}

/* ---- rules ---- */

struct checking {
    struct examiner it; /* first: a visitor gets it back */
    const struct data_around *around;
};

static const struct data_around *around_of(const struct examiner *it) { return ((const struct checking *)(const void *)it)->around; }

static bool ends_in(const char *pointer, const char *member) {
    const size_t size = strlen(pointer), tail = strlen(member);
    return size >= tail && strcmp(pointer + size - tail, member) == 0;
}

/* What a place of records holds is what the tests of its rules can judge. */
static void check_type(const struct examiner *it, const struct rule_place *place, const jval *schema, const jval *leaf, const struct jpath *at, const jval *pointer) {
    const bool number = place->test == TEST_AT_LEAST || place->test == TEST_AT_MOST;
    const bool date = place->test == TEST_AGE_YEARS_AT_MOST || place->test == TEST_DATE_AT_LEAST || place->test == TEST_DATE_AT_MOST;
    const bool text = place->test == TEST_PREFIX || place->test == TEST_MATCHES;
    if (number && !schema_holds(schema, leaf, "number") && !schema_holds(schema, leaf, "integer"))
        examine_error(it, (struct finding_at){"field_no_number", at, pointer, "number"}, "이 항목은 수가 아니어서 수를 견줄 수 없습니다.", "This member is no number, so no number can be compared with it.");
    if (date && !schema_dated(schema, leaf))
        examine_error(it, (struct finding_at){"field_no_date", at, pointer, "YYYY-MM-DD"}, "이 항목은 날짜가 아니어서 날짜를 견줄 수 없습니다.", "This member is no date, so no date can be compared with it.");
    if (text && !schema_holds(schema, leaf, "string"))
        examine_error(it, (struct finding_at){"field_no_text", at, pointer, "text"}, "이 항목은 글이 아니어서 글을 견줄 수 없습니다.", "This member is no text, so no text can be compared with it.");
}

/* A number that no record can have: the rule bars nobody or everybody. */
static void check_range(const struct examiner *it, const struct rule_place *place, const jval *schema, const jval *leaf) {
    const jval *number = jval_get(place->rule, "number");
    const struct jpath at = {place->at, "number", 0};
    double least, most;
    if ((place->test != TEST_AT_LEAST && place->test != TEST_AT_MOST) || !number || !schema_range(schema, leaf, &least, &most)) return;
    const double value = jval_number(number);
    const bool floor = place->test == TEST_AT_LEAST;
    if (floor ? value > most : value < least)
        examine_error(it, (struct finding_at){"number_never", &at, number, NULL}, "기록이 가질 수 없는 값이어서 아무도 충족할 수 없습니다.", "No record can have such a value: nobody can meet the rule.");
    else if (floor ? value <= least : value >= most)
        examine_oddity(it, (struct finding_at){"number_always", &at, number, NULL}, "어떤 기록이나 충족하는 값이어서 아무도 걸러 내지 않습니다.", "Every record has such a value: the rule bars nobody.");
}

static void check_pointer(const struct examiner *it, const struct rule_place *place, const char *key, const jval *schema, const char *of) {
    const jval *pointer = jval_get(place->rule, key), *leaf = NULL;
    const struct jpath at = {place->at, key, 0};
    if (!schema || !jval_is(pointer, JVAL_TEXT)) return;
    const enum schema_answer answer = schema_find(schema, jval_text(pointer), &leaf);
    if (answer == SCHEMA_UNKNOWN)
        examine_error(it, (struct finding_at){"field_unknown", &at, pointer, of}, "기록에 없는 항목입니다. 철자를 확인하고, 새 항목이면 data/schema의 기록 형식에 더하십시오.",
                      "Records have no such member. Check its spelling; a new member is added to the shape of records in data/schema.");
    if (answer != SCHEMA_KNOWN) return;
    const bool judged = place->test < TEST_COVERS && strcmp(key, "reference") != 0;
    if (judged) check_type(it, place, schema, leaf, &at, pointer);
    if (judged) check_range(it, place, schema, leaf);
    if (strcmp(key, "reference") == 0 && !schema_dated(schema, leaf))
        examine_error(it, (struct finding_at){"reference_no_date", &at, pointer, "YYYY-MM-DD"}, "기준일로 삼을 항목이 날짜가 아닙니다.", "The member that the date is taken from is no date.");
}

/* A city's own place names need not begin with a province. */
static bool is_own_place(const struct examiner *it, const char *name) {
    const struct jurisdiction *own = it->program->jurisdiction;
    return own && text_list_has(&own->place_names, name);
}

/* Values that no record can have: codes, sizes and words of a list that are not in it. */
static void check_value(const struct examiner *it, const struct rule_place *place, const char *pointer, const jval *leaf, const jval *value, const struct jpath *at) {
    const struct taxonomy *taxonomy = around_of(it)->taxonomy;
    const int revision = (int)jval_integer(jval_get(place->rule, "revision"));
    const jval *schema = place->on_supplier ? around_of(it)->supplier : around_of(it)->demand;
    struct ksic code;
    if (!jval_is(value, JVAL_TEXT)) return;
    if (id_same(jval_get_text(place->rule, "code"), "ksic") && ksic_read(jval_text(value), revision, &code)) {
        /* The 11th revision's table has few of its five-digit codes. */
        if (!ksic_name(taxonomy, &code) && (revision == 10 || strlen(code.digits) < 4))
            examine_error(it, (struct finding_at){"code_unknown", at, value, revision == 10 ? "KSIC 10" : "KSIC"}, "한국표준산업분류에 없는 코드입니다.", "The KSIC has no such code.");
    } else if (place->test == TEST_IN && ends_in(pointer, "/size") && !size_find(taxonomy, jval_text(value))) {
        examine_error(it, (struct finding_at){"size_unknown", at, value, "taxonomy/firm_sizes.json"}, "이런 기업 규모는 없습니다.", "There is no such size of firm.");
    } else if ((place->test == TEST_IN || place->test == TEST_PREFIX) && ends_in(pointer, "/region") && !region_find(taxonomy, jval_text(value)) &&
               !is_own_place(it, jval_text(value))) {
        examine_oddity(it, (struct finding_at){"region_unknown", at, value, "taxonomy/regions.json"}, "이런 시·도로 시작하는 주소는 없습니다.", "No address begins with such a province or city.");
    } else if (place->test == TEST_IN && leaf && schema_listed(schema, leaf) && !schema_lists(schema, leaf, value)) {
        examine_error(it, (struct finding_at){"value_never", at, value, NULL}, "기록이 가질 수 없는 값입니다.", "No record can have this value.");
    }
}

static void check_values(const struct examiner *it, const struct rule_place *place, const char *key) {
    const char *pointer = jval_get_text(place->rule, place->on_supplier ? "supplier_field" : "field");
    const jval *schema = place->on_supplier ? around_of(it)->supplier : around_of(it)->demand, *values = jval_get(place->rule, key), *leaf = NULL;
    const struct jpath list_at = {place->at, key, 0};
    if (!pointer || place->test >= TEST_COVERS) return;
    if (!schema || schema_find(schema, pointer, &leaf) != SCHEMA_KNOWN) leaf = NULL;
    for (size_t i = 0; jval_is(values, JVAL_ARRAY) && i < jval_count(values); i++) check_value(it, place, pointer, leaf, jval_at(values, i), &(struct jpath){&list_at, NULL, i});
}

static void check_rule(const struct examiner *it, const struct rule_place *place) {
    check_pointer(it, place, "field", around_of(it)->demand, "demand.schema.json");
    check_pointer(it, place, "reference", around_of(it)->demand, "demand.schema.json");
    check_pointer(it, place, "supplier_field", around_of(it)->supplier, "supplier.schema.json");
    check_values(it, place, "values");
    check_values(it, place, "except");
}

/* ---- other places ---- */

static void check_place(const struct examiner *it, const jval *object, const struct jpath *at, const char *key, const jval *schema) {
    const jval *pointer = jval_get(object, key), *leaf;
    if (schema && jval_is(pointer, JVAL_TEXT) && schema_find(schema, jval_text(pointer), &leaf) == SCHEMA_UNKNOWN)
        examine_error(it, (struct finding_at){"field_unknown", &(struct jpath){at, key, 0}, pointer, NULL}, "기록에 없는 항목입니다. 철자를 확인하고, 새 항목이면 data/schema의 기록 형식에 더하십시오.",
                      "Records have no such member. Check its spelling; a new member is added to the shape of records in data/schema.");
}

static void check_places(const struct examiner *it) {
    const struct data_around *around = around_of(it);
    const struct jpath selection_at = {&root, "selection", 0}, amount_at = {&selection_at, "amount", 0}, flags_at = {&selection_at, "flag_same", 0};
    const struct jpath assignment_at = {&root, "assignment", 0}, groups_at = {&assignment_at, "groups", 0}, variety_at = {&assignment_at, "variety", 0};
    const struct jpath share_at = {&selection_at, "own_share", 0}, shares_at = {&share_at, "groups", 0};
    const jval *selection = jval_get(it->file, "selection"), *flags = jval_get(selection, "flag_same"), *groups = jval_get(jval_get(it->file, "assignment"), "groups");
    const jval *shares = jval_get(jval_get(selection, "own_share"), "groups");
    check_place(it, jval_get(selection, "amount"), &amount_at, "field", around->demand);
    for (size_t i = 0; i < jval_count(flags); i++) {
        check_place(it, jval_at(flags, i), &(struct jpath){&flags_at, NULL, i}, "field", around->demand);
        check_place(it, jval_at(flags, i), &(struct jpath){&flags_at, NULL, i}, "supplier_field", around->supplier);
    }
    check_place(it, jval_get(jval_get(it->file, "assignment"), "variety"), &variety_at, "supplier_field", around->supplier);
    for (size_t i = 0; i < jval_count(groups); i++)
        check_place(it, jval_at(groups, i), &(struct jpath){&groups_at, NULL, i}, "field", id_same(jval_get_text(jval_at(groups, i), "side"), "demand") ? around->demand : around->supplier);
    for (size_t i = 0; i < jval_count(shares); i++) {
        const jval *sizes = jval_get(jval_at(shares, i), "sizes");
        const struct jpath at = {&shares_at, NULL, i}, sizes_at = {&at, "sizes", 0};
        for (size_t s = 0; s < jval_count(sizes); s++)
            if (jval_is(jval_at(sizes, s), JVAL_TEXT) && !size_find(around->taxonomy, jval_text(jval_at(sizes, s))))
                examine_error(it, (struct finding_at){"size_unknown", &(struct jpath){&sizes_at, NULL, s}, jval_at(sizes, s), "taxonomy/firm_sizes.json"}, "이런 기업 규모는 없습니다.",
                              "There is no such size of firm.");
    }
}

/* The last line that is named. */
static long last_line(const char *lines) {
    long last = 0;
    for (const char *at = lines; *at; at++)
        if (*at >= '0' && *at <= '9') {
            char *end;
            const long line = strtol(at, &end, 10);
            if (line > last) last = line;
            at = end - 1;
        }
    return last;
}

static void check_sources(const struct examiner *it) {
    const jval *seeds = jval_get(around_of(it)->seeds, "seeds"), *sources = jval_get(it->file, "sources");
    const struct jpath sources_at = {&root, "sources", 0};
    for (size_t i = 0; seeds && i < jval_count(sources); i++) {
        const jval *seed = jval_get(jval_at(sources, i), "seed"), *lines = jval_get(jval_at(sources, i), "lines"), *found = NULL;
        const struct jpath at = {&sources_at, NULL, i};
        for (size_t k = 0; k < jval_count(seeds); k++)
            if (jval_equal(jval_get(jval_at(seeds, k), "file"), seed)) found = jval_at(seeds, k);
        if (seed && !found)
            examine_error(it, (struct finding_at){"seed_unknown", &(struct jpath){&at, "seed", 0}, seed, "taxonomy/seeds.json"}, "이런 근거 문서는 없습니다.", "There is no such seed document.");
        if (found && jval_is(lines, JVAL_TEXT) && last_line(jval_text(lines)) > jval_integer(jval_get(found, "lines")))
            examine_error(it, (struct finding_at){"line_beyond_end", &(struct jpath){&at, "lines", 0}, lines, NULL}, "근거 문서에 그런 줄이 없습니다.", "The document has no such line.");
    }
}

static bool id_known(const jval *ids, const jval *id) {
    for (void *i = jval_first(ids); i; i = jval_next(ids, i))
        if (jval_equal(jval_value(i), id)) return true;
    return false;
}

static void check_programs(const struct examiner *it, const char *name) {
    const jval *ids = around_of(it)->ids, *id = jval_get(it->file, "id"), *programs = jval_get(jval_get(jval_get(it->file, "selection"), "double_award"), "programs");
    const struct jpath selection_at = {&root, "selection", 0}, award_at = {&selection_at, "double_award", 0}, list_at = {&award_at, "programs", 0};
    for (size_t i = 0; i < jval_count(programs); i++)
        if (!jval_equal(jval_at(programs, i), id) && !id_known(ids, jval_at(programs, i)))
            examine_error(it, (struct finding_at){"program_unknown", &(struct jpath){&list_at, NULL, i}, jval_at(programs, i), "data/programs"}, "이런 사업은 없습니다.", "There is no such program.");
    for (void *i = name ? jval_first(ids) : NULL; i; i = jval_next(ids, i))
        if (id && jval_equal(jval_value(i), id) && strcmp(jval_key(i), name) != 0)
            examine_error(it, (struct finding_at){"program_twice", &(struct jpath){&root, "id", 0}, id, jval_key(i)}, "같은 id의 사업 파일이 또 있습니다.", "Another program file has the same id.");
}

/* A route with rules of its own stands in for a program that has no file yet. */
static void check_routes(const struct examiner *it) {
    const jval *routes = jval_get(around_of(it)->routes, "routes"), *id = jval_get(it->file, "id");
    for (size_t i = 0; i < jval_count(routes); i++)
        if (id && jval_equal(jval_get(jval_at(routes, i), "program"), id) && jval_get(jval_at(routes, i), "rules"))
            examine_oddity(it, (struct finding_at){"route_has_rules", &(struct jpath){&root, "id", 0}, id, "diagnosis/routes.json"},
                           "안내(routes.json)에 이 사업의 임시 규칙이 남아 있습니다. 사업 파일의 규칙과 다를 수 있으니 지워 주세요.",
                           "The routes still hold stand-in rules for this program, which may differ from its own; remove them.");
}

/* A program without that rule pairs a firm with itself and with its affiliates: what it does not ask for is not done behind its back, but it is told. */
static void check_conflict(const struct examiner *it) {
    const jval *rules = jval_get(it->file, "pair_rules"), *kinds = jval_get(jval_get(it->file, "pool"), "kinds");
    bool parties = jval_count(kinds) == 0;
    for (size_t i = 0; i < jval_count(kinds); i++) {
        const struct party_kind *kind = party_kind_find(around_of(it)->taxonomy, jval_is(jval_at(kinds, i), JVAL_TEXT) ? jval_text(jval_at(kinds, i)) : "");
        parties = parties || !kind || !kind->thing;
    }
    for (size_t i = 0; i < jval_count(rules); i++)
        if (id_same(jval_get_text(jval_at(rules, i), "test"), rule_test_names[TEST_UNRELATED])) return;
    if (parties)
        examine_oddity(it, (struct finding_at){"conflict_rule_absent", &(struct jpath){&root, "pair_rules", 0}, NULL, "\"test\": \"unrelated\""},
                       "이해관계가 있는 짝(같은 기업, 관계 기업)을 막는 규칙이 없습니다.", "There is no rule against conflicts of interest (the same firm, affiliates).");
}

ieum_status check_against_data(const struct data_around *around, const struct program *program, const char *name, struct problem *problem) {
    size_t seen = 0;
    const struct checking checking = {{program, program->resolved, problem, &seen}, around};
    if (!program->resolved) return IEUM_OK;
    examine_each_rule(&checking.it, check_rule);
    check_places(&checking.it);
    check_sources(&checking.it);
    check_programs(&checking.it, name);
    check_routes(&checking.it);
    check_conflict(&checking.it);
    return problem->status;
}
