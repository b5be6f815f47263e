/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see examine.h. Here: the order, and how a finding is said. */
#include "examine.h"

#include <string.h>

#include "../base/problem_list.h"
#include "examine_parts.h"

static const struct jpath root = {NULL, NULL, 0};

static void add(const struct examiner *it, const struct finding_at *finding, bool warning, const char *ko, const char *en) {
    struct problem found = {0};
    jval_refuse(&found, finding->at ? finding->at : &root, finding->found, finding->expected, ko, en);
    problem_list_add(it->problem->aside, &found, finding->kind, warning, it->problem);
}

void examine_error(const struct examiner *it, struct finding_at finding, const char *ko, const char *en) {
    if (it->problem->aside) add(it, &finding, false, ko, en);
    else jval_refuse(it->problem, finding.at ? finding.at : &root, finding.found, finding.expected, ko, en);
}

void examine_oddity(const struct examiner *it, struct finding_at finding, const char *ko, const char *en) {
    if (it->problem->aside) add(it, &finding, true, ko, en);
}

bool examine_same(const jval *a, const jval *b, const char *key) {
    const jval *of_a = jval_get(a, key), *of_b = jval_get(b, key);
    return (!of_a && !of_b) || jval_equal(of_a, of_b);
}

/* ---- walking through the file ---- */

struct walk {
    const struct examiner *it;
    void (*rule)(const struct examiner *it, const struct rule_place *place);
    void (*text)(const struct examiner *it, const jval *text, const struct jpath *at);
};

static size_t test_of(const jval *value) {
    const char *name = jval_get_text(value, "test");
    size_t test = 0;
    while (name && test < RULE_TESTS && strcmp(rule_test_names[test], name) != 0) test++;
    return name ? test : RULE_TESTS;
}

static void visit_object(const struct walk *walk, const jval *value, const struct jpath *at) {
    const size_t test = test_of(value);
    if (walk->text && (jval_get_text(value, "ko") || jval_get_text(value, "en"))) walk->text(walk->it, value, at);
    if (!walk->rule || test == RULE_TESTS) return;
    const bool off = jval_is(jval_get(value, "enabled"), JVAL_FALSE), single = test < TEST_COVERS;
    walk->rule(walk->it, &(struct rule_place){value, at, test, single && !jval_get_text(value, "field"), !off});
}

static void walk_value(const struct walk *walk, const jval *value, const struct jpath *at) {
    if (jval_is(value, JVAL_OBJECT)) visit_object(walk, value, at);
    for (size_t i = 0; jval_is(value, JVAL_ARRAY) && i < jval_count(value); i++) walk_value(walk, jval_at(value, i), &(struct jpath){at, NULL, i});
    for (void *i = jval_is(value, JVAL_OBJECT) ? jval_first(value) : NULL; i; i = jval_next(value, i)) {
        /* What a parameter holds is looked at where it is used. */
        if (walk->rule && !at->up && strcmp(jval_key(i), "parameters") == 0) continue;
        walk_value(walk, jval_value(i), &(struct jpath){at, jval_key(i), 0});
    }
}

void examine_each_rule(const struct examiner *it, void (*visit)(const struct examiner *it, const struct rule_place *place)) {
    walk_value(&(struct walk){.it = it, .rule = visit}, it->file, &root);
}

void examine_each_text(const struct examiner *it, void (*visit)(const struct examiner *it, const jval *text, const struct jpath *at)) {
    walk_value(&(struct walk){.it = it, .text = visit}, it->file, &root);
}

ieum_status program_examine(const struct program *program, struct problem *problem) {
    static void (*const examinations[])(const struct examiner *) = {examine_quotas, examine_groups,   examine_selection, examine_points, examine_rules,
                                                                    examine_reasons, examine_patterns, examine_dates,   examine_consent, examine_texts};
    size_t rules_seen = 0;
    const struct examiner it = {program, program->resolved, problem, &rules_seen};
    for (size_t i = 0; program->resolved && i < sizeof examinations / sizeof *examinations; i++) examinations[i](&it);
    return problem->status;
}
