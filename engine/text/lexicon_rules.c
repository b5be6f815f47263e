/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files of a lexicon that hold rules and no concepts: scope.json (particles, negators, clause ends), links.json (what
 * a step of the hierarchy is worth) and meaning.json (how a text's meaning is made). In: parsed JSON; out: entries and
 * weights of the lexicon. Without the files nothing is negated, the hierarchy carries no credit, and texts have no
 * meaning beside their mentions.
 */
#include <string.h>

#include "lexicon_parts.h"
#include "tokens.h"

#define FARTHEST 200

static ieum_status check_head(const jval *file, const char *kind, const char *const *known, size_t count,
                              struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0};
    const char *text = NULL;
    ieum_status status;
    if (!jval_is(file, JVAL_OBJECT))
        return jval_refuse(problem, &root, file, "object", "객체여야 합니다.", "This must be an object.");
    status = field_refuse_unknown(file, &root, known, count, problem);
    if (status == IEUM_OK) status = field_text(file, &root, kind, true, &text, problem);
    if (status == IEUM_OK) status = field_text(file, &root, "version", true, &text, problem);
    return status == IEUM_OK ? field_text(file, &root, "effective", true, &text, problem) : status;
}

/* A Hangul word of scope.json may be an ending, so it stands anywhere; a Latin one is a word. Negators are words in
 * both. */
static enum match_rule rule_for(enum scope_role role, const char *word) {
    const bool ending = role == SCOPE_CLAUSE_END || role == SCOPE_TOPIC || role == SCOPE_NOT;
    return ending && (unsigned char)word[0] >= 0x80 ? MATCH_ANYWHERE : MATCH_WHOLE;
}

static ieum_status read_words(struct lexicon *lexicon, const jval *object, const struct jpath *at, const char *key,
                              enum scope_role role, struct problem *problem) {
    const jval *list = NULL;
    const struct jpath list_at = {at, key, 0};
    const struct lexicon_entry entry = {0, ENTRY_SCOPE, (uint8_t)role};
    ieum_status status = field_array(object, at, key, false, &list, problem);
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        const struct jpath item = {&list_at, NULL, i};
        const char *word = jval_text(jval_at(list, i));
        status = lexicon_add_term(lexicon, word, rule_for(role, word), entry, &item, problem);
    }
    return status;
}

static ieum_status read_negators(struct lexicon *lexicon, const jval *negators, const struct jpath *at, const char *key,
                                 enum scope_role role, struct problem *problem) {
    static const char *const known[] = {"reach", "ko", "en"};
    const struct jpath group_at = {at, key, 0};
    const jval *group = NULL;
    int64_t reach = 0;
    ieum_status status = field_object(negators, at, key, false, &group, problem);
    if (status != IEUM_OK || group == NULL) return status;
    status = field_refuse_unknown(group, &group_at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = field_integer(group, &group_at, "reach", true, 0, FARTHEST, &reach, problem);
    if (status == IEUM_OK) status = read_words(lexicon, group, &group_at, "ko", role, problem);
    if (status == IEUM_OK) status = read_words(lexicon, group, &group_at, "en", role, problem);
    lexicon->reach.points[role] = (uint32_t)reach;
    return status;
}

static ieum_status read_particles(struct lexicon *lexicon, const jval *file, struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0}, at = {&root, "particles", 0};
    const jval *list = NULL;
    ieum_status status = field_array(file, &root, "particles", false, &list, problem);
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        const struct jpath item = {&at, NULL, i};
        if (!jval_is(jval_at(list, i), JVAL_TEXT))
            return jval_refuse(problem, &item, jval_at(list, i), "text", "글이어야 합니다.", "This must be a text.");
        status = matcher_add_particle(lexicon->lazy->matcher, jval_text(jval_at(list, i)), problem);
    }
    return status;
}

ieum_status lexicon_read_scope(struct lexicon *lexicon, const jval *file, struct problem *problem) {
    static const char *const known[] = {"scope",     "version",  "effective",    "source",      "note",
                                        "particles", "negators", "not_negators", "clause_ends", "topics"};
    static const char *const groups[] = {"after", "after_topic", "before"};
    const struct jpath root = {NULL, NULL, 0}, at = {&root, "negators", 0};
    const jval *negators = NULL;
    ieum_status status = check_head(file, "scope", known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = read_particles(lexicon, file, problem);
    if (status == IEUM_OK) status = field_object(file, &root, "negators", false, &negators, problem);
    if (status == IEUM_OK && negators != NULL) {
        status = field_refuse_unknown(negators, &at, groups, 3, problem);
        for (size_t i = 0; status == IEUM_OK && i < 3; i++)
            status = read_negators(lexicon, negators, &at, groups[i], (enum scope_role)i, problem);
    }
    if (status == IEUM_OK) status = read_words(lexicon, file, &root, "not_negators", SCOPE_NOT, problem);
    if (status == IEUM_OK) status = read_words(lexicon, file, &root, "clause_ends", SCOPE_CLAUSE_END, problem);
    if (status == IEUM_OK) status = read_words(lexicon, file, &root, "topics", SCOPE_TOPIC, problem);
    return status;
}

ieum_status lexicon_read_links(struct lexicon *lexicon, const jval *file, struct problem *problem) {
    static const char *const known[] = {"links", "version", "effective", "source", "note", "steps", "floor"};
    static const char *const steps_known[] = {"parent", "child", "sibling"};
    const struct jpath root = {NULL, NULL, 0}, at = {&root, "steps", 0};
    const jval *steps = NULL;
    ieum_status status = check_head(file, "links", known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = field_object(file, &root, "steps", true, &steps, problem);
    if (status == IEUM_OK) status = field_refuse_unknown(steps, &at, steps_known, 3, problem);
    if (status == IEUM_OK) status = field_number(steps, &at, "parent", true, 0, 1, &lexicon->steps.parent, problem);
    if (status == IEUM_OK) status = field_number(steps, &at, "child", true, 0, 1, &lexicon->steps.child, problem);
    if (status == IEUM_OK) status = field_number(steps, &at, "sibling", true, 0, 1, &lexicon->steps.sibling, problem);
    if (status == IEUM_OK) status = field_number(file, &root, "floor", true, 0, 1, &lexicon->steps.floor, problem);
    return status;
}

#define MOST_KEPT 1024
#define MOST_SPANS 64

static ieum_status read_roles(struct lexicon *lexicon, const jval *file, struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0}, at = {&root, "roles", 0};
    const jval *roles = NULL;
    ieum_status status = field_object(file, &root, "roles", true, &roles, problem);
    for (void *i = status == IEUM_OK ? jval_first(roles) : NULL; i && status == IEUM_OK; i = jval_next(roles, i)) {
        struct role_weight role = {arena_copy_text(lexicon->arena, jval_key(i)), 0};
        status = field_number(roles, &at, jval_key(i), true, 0, 100, &role.weight, problem);
        if (status == IEUM_OK && (role.role == NULL || !vector_push(&lexicon->roles, role))) status = problem_set_memory(problem);
    }
    return status;
}

static bool ignore_term(void *context, const uint32_t *points, size_t count) { return term_intern(context, points, count) != TERM_NONE; }

/* The words as the index cuts them, so that they are found whatever their case or number; `longest`: how many code points they may have. */
static ieum_status read_terms(const jval *file, const char *name, size_t longest, struct term_table *terms, struct problem *problem) {
    const struct jpath root = {NULL, NULL, 0}, at = {&root, name, 0};
    const jval *list = NULL;
    struct normal_text text = NORMAL_TEXT_EMPTY;
    ieum_status status = field_array(file, &root, name, false, &list, problem);
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        const struct jpath item = {&at, NULL, i};
        const char *word = jval_text(jval_at(list, i));
        if (!*word) status = jval_refuse(problem, &item, jval_at(list, i), "text", "글이어야 합니다.", "This must be a text.");
        else status = normalise(word, strlen(word), &text, problem);
        if (status == IEUM_OK && text.count > longest) status = jval_refuse(problem, &item, jval_at(list, i), "letter", "한 글자여야 합니다.", "This must be one letter.");
        if (status == IEUM_OK && !tokens_each_points(&text, ignore_term, terms)) status = problem_set_memory(problem);
    }
    normal_text_free(&text);
    return status;
}

ieum_status lexicon_read_meaning(struct lexicon *lexicon, const jval *file, struct problem *problem) {
    static const char *const known[] = {"meaning", "version", "effective", "source", "note", "k1", "b", "k3", "idf_power", "least_length", "keep", "spans", "roles", "ignore", "particles"};
    const struct jpath root = {NULL, NULL, 0};
    struct meaning_options *options = &lexicon->meaning;
    int64_t keep = 0, spans = 0;
    ieum_status status = check_head(file, "meaning", known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = field_number(file, &root, "k1", true, 0, 10, &options->k1, problem);
    if (status == IEUM_OK) status = field_number(file, &root, "b", true, 0, 1, &options->b, problem);
    if (status == IEUM_OK) status = field_number(file, &root, "k3", true, 0, 1000, &options->k3, problem);
    if (status == IEUM_OK) status = field_number(file, &root, "idf_power", true, 0.1, 8, &options->idf_power, problem);
    if (status == IEUM_OK) status = field_number(file, &root, "least_length", false, 0, 10, &options->least_length, problem);
    if (status == IEUM_OK) status = field_integer(file, &root, "keep", true, 1, MOST_KEPT, &keep, problem);
    if (status == IEUM_OK) status = field_integer(file, &root, "spans", true, 0, MOST_SPANS, &spans, problem);
    options->keep = (size_t)keep;
    options->spans = (size_t)spans;
    if (status == IEUM_OK) status = read_terms(file, "ignore", SIZE_MAX, &lexicon->ignored, problem);
    if (status == IEUM_OK) status = read_terms(file, "particles", 1, &lexicon->particles, problem);
    options->ignore = lexicon->ignored.terms.count ? &lexicon->ignored : NULL;
    options->particles = lexicon->particles.terms.count ? &lexicon->particles : NULL;
    return status == IEUM_OK ? read_roles(lexicon, file, problem) : status;
}
