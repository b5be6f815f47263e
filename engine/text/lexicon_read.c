/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One concept file → concepts, terms and patterns. In: parsed JSON; out: entries of the lexicon. Every refusal carries
 * a JSON Pointer; the caller adds the file's name. Must not repair anything: a lexicon that is wrong is refused.
 */
#include <string.h>

#include "lexicon_parts.h"
#include "needle.h"

#define POINTER_SIZE 256

/* Where a concept stands while it is read. */
struct reading {
    struct lexicon *lexicon;
    const jval *value;
    struct jpath at;
    uint32_t concept;
    struct problem *problem;
};

static bool is_identifier(const char *id) {
    bool after_letter = false;
    for (; *id != '\0'; id++) {
        const bool letter = (*id >= 'a' && *id <= 'z') || (*id >= '0' && *id <= '9');
        if (!letter && (*id != '-' || !after_letter)) return false;
        after_letter = letter;
    }
    return after_letter;
}

static bool is_ksic_prefix(const char *code) {
    size_t digits = 0;
    const bool section = *code >= 'A' && *code <= 'U';
    for (code += section; *code >= '0' && *code <= '9'; code++) digits++;
    return *code == '\0' && digits <= 5 && (section || digits > 0);
}

static ieum_status check_file(const jval *file, const jval **concepts, struct problem *problem) {
    static const char *const known[] = {"lexicon", "field", "version", "effective", "source", "note", "concepts"};
    const struct jpath root = {NULL, NULL, 0};
    const char *text = NULL;
    ieum_status status;
    if (!jval_is(file, JVAL_OBJECT))
        return jval_refuse(problem, &root, file, "object", "객체여야 합니다.", "This must be an object.");
    status = field_refuse_unknown(file, &root, known, sizeof known / sizeof *known, problem);
    for (size_t i = 0; i < 4 && status == IEUM_OK; i++)
        status = field_text(file, &root, known[i], true, &text, problem);
    if (status == IEUM_OK) status = field_array(file, &root, "concepts", true, concepts, problem);
    return status;
}

ieum_status lexicon_read_ids(struct lexicon *lexicon, const jval *file, struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0}, list = {&root, "concepts", 0};
    const jval *concepts = NULL;
    ieum_status status = check_file(file, &concepts, problem);
    for (size_t i = 0; status == IEUM_OK && i < jval_count(concepts); i++) {
        const jval *value = jval_at(concepts, i);
        const struct jpath item = {&list, NULL, i}, at = {&item, "id", 0};
        const char *id = NULL;
        if (!jval_is(value, JVAL_OBJECT))
            return jval_refuse(problem, &item, value, "object", "객체여야 합니다.", "This must be an object.");
        status = field_text(value, &item, "id", true, &id, problem);
        if (status != IEUM_OK) return status;
        if (!is_identifier(id))
            return jval_refuse(problem, &at, jval_get(value, "id"), "abc-def-1",
                               "id는 영문 소문자, 숫자, 붙임표로 적습니다.",
                               "An id is written in lower-case letters, digits and hyphens.");
        if (map_get_text(lexicon->ids, id) != MAP_NONE)
            return jval_refuse(problem, &at, jval_get(value, "id"), NULL, "같은 id의 개념이 이미 있습니다.",
                               "There is a concept with this id already.");
        if (map_intern(lexicon->ids, id, strlen(id)) == MAP_NONE) status = problem_set_memory(problem);
    }
    return status;
}

/* ---- one concept ---- */

static ieum_status read_terms(const struct reading *r, const char *key, enum mention_kind kind) {
    const jval *list = NULL;
    const struct jpath at = {&r->at, key, 0};
    const struct lexicon_entry entry = {r->concept, ENTRY_CONCEPT, (uint8_t)kind};
    ieum_status status = field_array(r->value, &r->at, key, false, &list, r->problem);
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        const struct jpath item = {&at, NULL, i};
        if (!jval_is(jval_at(list, i), JVAL_TEXT))
            return jval_refuse(r->problem, &item, jval_at(list, i), "text", "글이어야 합니다.", "This must be a text.");
        status = lexicon_add_term(r->lexicon, jval_text(jval_at(list, i)),
                                  kind == MENTION_SAYS ? MATCH_STEM : MATCH_WHOLE, entry, &item, r->problem);
        if (status == IEUM_OK) status = lexicon_add_passage(r->lexicon, r->concept, jval_text(jval_at(list, i)), r->problem);
    }
    return status;
}

static ieum_status read_display_name(const struct reading *r, const char *key, const char **out) {
    const struct jpath at = {&r->at, key, 0};
    const struct lexicon_entry entry = {r->concept, ENTRY_CONCEPT, MENTION_NAME};
    const char *text = NULL;
    ieum_status status = field_text(r->value, &r->at, key, true, &text, r->problem);
    if (status != IEUM_OK) return status;
    *out = arena_copy_text(r->lexicon->arena, text);
    if (*out == NULL) return problem_set_memory(r->problem);
    status = lexicon_add_term(r->lexicon, text, MATCH_WHOLE, entry, &at, r->problem);
    return status == IEUM_OK ? lexicon_add_passage(r->lexicon, r->concept, text, r->problem) : status;
}

/* The texts a pattern sees are case-folded, so its own letters are folded too (but not escapes such as \S). */
static char *fold_expression(struct arena *arena, const char *expression) {
    char *folded = arena_copy_text(arena, expression);
    for (char *at = folded; at != NULL && *at != '\0'; at++) {
        if (*at == '\\' && at[1] != '\0')
            at++;
        else if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    }
    return folded;
}

static ieum_status read_pattern(const struct reading *r, const jval *value, const struct jpath *at) {
    static const char *const known[] = {"re", "needs"};
    const struct jpath re_at = {at, "re", 0}, needs_at = {at, "needs", 0};
    const struct lexicon_entry entry = {(uint32_t)r->lexicon->patterns.count, ENTRY_NEEDLE, 0};
    const char *expression = NULL, *needle = NULL;
    struct lexicon_pattern pattern = {.concept = r->concept};
    char pointer[POINTER_SIZE];
    if (!jval_is(value, JVAL_OBJECT))
        return jval_refuse(r->problem, at, value, "object", "객체여야 합니다.", "This must be an object.");
    ieum_status status = field_refuse_unknown(value, at, known, 2, r->problem);
    if (status == IEUM_OK) status = field_text(value, at, "re", true, &expression, r->problem);
    if (status == IEUM_OK) status = field_text(value, at, "needs", true, &needle, r->problem);
    if (status != IEUM_OK) return status;
    jpath_write(&re_at, pointer, sizeof pointer);
    pattern.leads = needle_leads(expression, needle);
    pattern.expression = fold_expression(r->lexicon->arena, expression);
    pattern.pointer = arena_copy_text(r->lexicon->arena, pointer);
    if (pattern.expression == NULL || pattern.pointer == NULL || !vector_push(&r->lexicon->patterns, pattern))
        return problem_set_memory(r->problem);
    if (!needle_certain(expression, needle))
        return jval_refuse(r->problem, &needs_at, jval_get(value, "needs"), NULL,
                           "needs의 말은 정규식에 그대로 들어 있고, 어떤 갈래로 일치하든 꼭 나와야 합니다.",
                           "The words of 'needs' must stand in the pattern as they are and be part of every match.");
    return lexicon_add_term(r->lexicon, needle, MATCH_ANYWHERE, entry, &needs_at, r->problem);
}

static ieum_status read_patterns(const struct reading *r) {
    const jval *list = NULL;
    const struct jpath at = {&r->at, "patterns", 0};
    ieum_status status = field_array(r->value, &r->at, "patterns", false, &list, r->problem);
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        const struct jpath item = {&at, NULL, i};
        status = read_pattern(r, jval_at(list, i), &item);
    }
    return status;
}

/* The concept that `id` names, which must be another one than the one being read. */
static ieum_status resolve(const struct reading *r, const jval *id, const struct jpath *at, uint32_t *out) {
    const uint32_t found = map_get_text(r->lexicon->ids, jval_text(id));
    if (found == MAP_NONE)
        return jval_refuse(r->problem, at, id, NULL, "그런 id의 개념이 없습니다.", "There is no concept with this id.");
    if (found == r->concept)
        return jval_refuse(r->problem, at, id, NULL, "개념이 자기 자신을 가리킵니다.", "A concept refers to itself.");
    *out = found;
    return IEUM_OK;
}

static ieum_status read_ids(const struct reading *r, const char *key, const uint32_t **out, size_t *out_count) {
    const jval *list = NULL;
    const struct jpath at = {&r->at, key, 0};
    ieum_status status = field_array(r->value, &r->at, key, false, &list, r->problem);
    const size_t count = jval_count(list);
    uint32_t *items = arena_allocate(r->lexicon->arena, (count + 1) * sizeof *items);
    if (status == IEUM_OK && items == NULL) return problem_set_memory(r->problem);
    for (size_t i = 0; status == IEUM_OK && i < count; i++) {
        const struct jpath item = {&at, NULL, i};
        status = resolve(r, jval_at(list, i), &item, &items[i]);
        for (size_t j = 0; status == IEUM_OK && j < i; j++)
            if (items[j] == items[i])
                status = jval_refuse(r->problem, &item, jval_at(list, i), NULL, "같은 개념이 두 번 적혀 있습니다.",
                                     "This concept is listed twice.");
    }
    *out = items;
    *out_count = count;
    return status;
}

/* Thousands of these are read at every start, and field_number words its range each time. */
static ieum_status read_weight(const struct reading *r, const jval *value, const struct jpath *at, double *out) {
    const struct jpath weight_at = {at, "weight", 0};
    const jval *weight = jval_get(value, "weight");
    const bool is_number = jval_is(weight, JVAL_REAL) || jval_is(weight, JVAL_INTEGER);
    *out = jval_number(weight);
    if (is_number && *out > 0 && *out <= 1) return IEUM_OK;
    return jval_refuse(r->problem, &weight_at, weight, "(0..1]",
                       "0보다 크고 1 이하인 수여야 합니다. 0이면 적지 않거나 unlike에 적습니다.",
                       "This must be a number above 0 and up to 1; a weight of 0 is left out, or written as 'unlike'.");
}

static ieum_status read_related(const struct reading *r, struct concept *concept) {
    static const char *const known[] = {"to", "weight"};
    const jval *list = NULL;
    const struct jpath at = {&r->at, "related", 0};
    ieum_status status = field_array(r->value, &r->at, "related", false, &list, r->problem);
    const size_t count = jval_count(list);
    struct concept_link *items = arena_allocate(r->lexicon->arena, (count + 1) * sizeof *items);
    if (status == IEUM_OK && items == NULL) return problem_set_memory(r->problem);
    for (size_t i = 0; status == IEUM_OK && i < count; i++) {
        const jval *value = jval_at(list, i);
        const struct jpath item = {&at, NULL, i}, to_at = {&item, "to", 0};
        if (!jval_is(value, JVAL_OBJECT))
            return jval_refuse(r->problem, &item, value, "object", "객체여야 합니다.", "This must be an object.");
        status = field_refuse_unknown(value, &item, known, 2, r->problem);
        if (status == IEUM_OK) status = resolve(r, jval_get(value, "to"), &to_at, &items[i].to);
        if (status == IEUM_OK) status = read_weight(r, value, &item, &items[i].weight);
        for (size_t j = 0; status == IEUM_OK && j < i; j++)
            if (items[j].to == items[i].to)
                status = jval_refuse(r->problem, &to_at, jval_get(value, "to"), NULL,
                                     "같은 개념이 두 번 적혀 있습니다.", "This concept is listed twice.");
    }
    concept->related = items;
    concept->related_count = count;
    return status;
}

static ieum_status read_ksic(const struct reading *r, struct concept *concept) {
    const struct jpath at = {&r->at, "ksic", 0};
    struct text_list list = {NULL, 0};
    ieum_status status = field_text_list(r->value, &r->at, "ksic", false, r->lexicon->arena, &list, r->problem);
    for (size_t i = 0; status == IEUM_OK && i < list.count; i++) {
        const struct jpath item = {&at, NULL, i};
        if (!is_ksic_prefix(list.items[i]))
            return jval_refuse(r->problem, &item, jval_at(jval_get(r->value, "ksic"), i), "C, C26, C2611, 26111",
                               "KSIC 분류 기호가 아닙니다.", "This is no KSIC code.");
        list.items[i] = arena_copy_text(r->lexicon->arena, list.items[i]);
        if (list.items[i] == NULL) return problem_set_memory(r->problem);
    }
    concept->ksic = list.items;
    concept->ksic_count = list.count;
    return status;
}

static ieum_status read_concept(const struct reading *r) {
    static const char *const known[] = {"id",       "facet",   "ko",      "en",     "names", "says",
                                        "patterns", "parents", "related", "unlike", "ksic",  "note"};
    struct concept concept = {0};
    size_t facet = 0;
    ieum_status status = field_refuse_unknown(r->value, &r->at, known, sizeof known / sizeof *known, r->problem);
    if (status == IEUM_OK)
        status = field_choice(r->value, &r->at, "facet", true, facet_names, FACETS, &facet, r->problem);
    if (status == IEUM_OK) status = read_display_name(r, "ko", &concept.ko);
    if (status == IEUM_OK) status = read_display_name(r, "en", &concept.en);
    if (status == IEUM_OK) status = read_terms(r, "names", MENTION_NAME);
    if (status == IEUM_OK) status = read_terms(r, "says", MENTION_SAYS);
    if (status == IEUM_OK) status = read_patterns(r);
    if (status == IEUM_OK) status = read_ids(r, "parents", &concept.parents, &concept.parent_count);
    if (status == IEUM_OK) status = read_related(r, &concept);
    if (status == IEUM_OK) status = read_ids(r, "unlike", &concept.unlike, &concept.unlike_count);
    if (status == IEUM_OK) status = read_ksic(r, &concept);
    if (status != IEUM_OK) return status;
    concept.facet = (enum facet)facet;
    concept.id = arena_copy_text(r->lexicon->arena, jval_get_text(r->value, "id"));
    if (concept.id == NULL || !vector_push(&r->lexicon->concepts, concept)) return problem_set_memory(r->problem);
    return IEUM_OK;
}

ieum_status lexicon_read_concepts(struct lexicon *lexicon, const jval *file, struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0}, list = {&root, "concepts", 0};
    const jval *concepts = jval_get(file, "concepts");
    ieum_status status = IEUM_OK;
    for (size_t i = 0; status == IEUM_OK && i < jval_count(concepts); i++) {
        const struct reading reading = {
            lexicon, jval_at(concepts, i), {&list, NULL, i}, (uint32_t)lexicon->concepts.count, problem};
        status = read_concept(&reading);
    }
    return status;
}

/* ---- the hierarchy ---- */

enum visit { UNSEEN, OPEN, DONE };
#define DEEPEST 64

static ieum_status climb(const struct lexicon *lexicon, uint8_t *seen, uint32_t concept, unsigned depth,
                         struct problem *problem) {
    const struct concept *item = lexicon_concept(lexicon, concept);
    if (seen[concept] == DONE) return IEUM_OK;
    if (seen[concept] == OPEN || depth > DEEPEST)
        return problem_set(problem, IEUM_INVALID, "",
                           "개념 '%1$s'이(가) 상위 개념을 따라가면 자기 자신으로 돌아옵니다.",
                           "The parents of concept '%1$s' lead back to itself.", item->id);
    seen[concept] = OPEN;
    for (size_t i = 0; i < item->parent_count; i++) {
        ieum_status status = climb(lexicon, seen, item->parents[i], depth + 1, problem);
        if (status != IEUM_OK) return status;
    }
    seen[concept] = DONE;
    return IEUM_OK;
}

ieum_status lexicon_check_hierarchy(const struct lexicon *lexicon, struct problem *problem) {
    ieum_status status = IEUM_OK;
    uint8_t *seen = memory_allocate_zero(lexicon->concepts.count, sizeof *seen);
    if (seen == NULL) return problem_set_memory(problem);
    for (uint32_t i = 0; status == IEUM_OK && i < lexicon_count(lexicon); i++)
        status = climb(lexicon, seen, i, 0, problem);
    memory_free(seen);
    return status;
}
