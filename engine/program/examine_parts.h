/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the examination (examine.h) and workspace_check_data.c share; nobody else includes it. */
#ifndef IEUM_PROGRAM_EXAMINE_PARTS_H
#define IEUM_PROGRAM_EXAMINE_PARTS_H

#include "examine.h"

/* Of long lists only so many are compared with each other: a file that is made to be slow must not be. */
enum { COMPARED_MOST = 300 };

struct examiner {
    const struct program *program;
    const jval *file; /* resolved */
    struct problem *problem;
    size_t *rules_seen; /* by examine_rules */
};

/* What a finding shows. */
struct finding_at {
    const char *kind; /* a word for programs: "quota_min" */
    const struct jpath *at;
    const jval *found;    /* NULL: nothing to show */
    const char *expected; /* NULL: nothing to show */
};
/* A mistake, and an oddity. After the first mistake without a list the rest is silent. */
void examine_error(const struct examiner *it, struct finding_at finding, const char *ko, const char *en);
void examine_oddity(const struct examiner *it, struct finding_at finding, const char *ko, const char *en);

/* Whether two objects have the same there, or both nothing. */
bool examine_same(const jval *a, const jval *b, const char *key);

/* Calls `visit` for every object of the file outside "parameters" that is a rule (has a known "test"), with the path where it stands. */
struct rule_place {
    const jval *rule;
    const struct jpath *at;
    size_t test;      /* enum rule_test */
    bool on_supplier; /* a test of one record that looks at the supplier */
    bool enabled;
};
void examine_each_rule(const struct examiner *it, void (*visit)(const struct examiner *it, const struct rule_place *place));
/* Calls `visit` for every {"ko", "en"} of the file. */
void examine_each_text(const struct examiner *it, void (*visit)(const struct examiner *it, const jval *text, const struct jpath *at));

/* The examinations, one a file. */
void examine_quotas(const struct examiner *it);    /* examine_quotas.c: quota, budget, bounds of the assignment */
void examine_groups(const struct examiner *it);    /* examine_groups.c */
void examine_selection(const struct examiner *it); /* examine_selection.c */
void examine_points(const struct examiner *it);    /* examine_points.c: features, criteria, parameters */
void examine_rules(const struct examiner *it);     /* examine_rules.c: rules that nobody or everybody meets */
void examine_reasons(const struct examiner *it);   /* examine_reasons.c: their sentences */
void examine_patterns(const struct examiner *it);  /* examine_patterns.c */
void examine_dates(const struct examiner *it);     /* examine_dates.c */
void examine_consent(const struct examiner *it);   /* examine_consent.c */
void examine_texts(const struct examiner *it);     /* examine_texts.c: both languages, sources */

#endif
