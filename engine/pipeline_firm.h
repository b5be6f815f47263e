/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where each firm stands in the four modules 진단 → 컨설팅 → 매칭 → 지원, over all programs: what the store says, and nothing else.
 *
 *     demands → firms → diagnoses, rounds, outcomes → states
 *
 * A firm is recognised across programs by its registration number; where a record has none, by its exact name. Each state rests on one thing that is named with it: a record, a round's pair, an
 * outcome. What a program is, it says itself ("module"); a program that says nothing is one that matches.
 *
 *   diagnosis    done: a record's "diagnosis" (by the firm, the desk or an expert), a readiness score on a record (by the firm), a finished pair of a diagnosis program (by an expert)
 *   consulting   open: a confirmed pair of a consulting program; done: a finished one
 *   matching     open: a proposed pair of any other program; done: a confirmed one
 *   support      open: an agreed pair of a support program, or an agreed one with money granted; done: settled, or, of a support program, finished
 */
#ifndef IEUM_PIPELINE_FIRM_H
#define IEUM_PIPELINE_FIRM_H

#include "workspace.h"

enum module_progress { MODULE_NOT_BEGUN, MODULE_OPEN, MODULE_DONE, MODULE_PROGRESSES };
extern const char *const module_progress_names[MODULE_PROGRESSES]; /* "none", "open", "done" */

/* What a state rests on. */
enum module_basis { BASIS_NONE, BASIS_DIAGNOSIS, BASIS_READINESS, BASIS_PAIR, BASIS_OUTCOME, MODULE_BASES };
extern const char *const module_basis_names[MODULE_BASES]; /* "", "diagnosis", "readiness_score", "round", "outcome" */
struct module_state {
    enum module_progress progress;
    char date[11];             /* "YYYY-MM-DD", "": not known */
    enum module_basis basis;
    const char *program, *demand, *supplier, *round; /* NULL: not of it */
    enum diagnosis_author by;  /* of a diagnosis; else DIAGNOSIS_AUTHORS */
};
struct firm_course {
    const char *key;           /* registration number (digits), or the name */
    bool by_number;
    const char *name;
    struct text_list demands;
    struct module_state modules[MODULES];
    struct module_state diagnosed[DIAGNOSIS_AUTHORS]; /* the latest by each author */
};
struct firm_courses {
    struct arena *arena;
    struct firm_course *items; /* by name, then key */
    size_t count;
    struct map *by_key;
};
ieum_status firm_courses_load(struct workspace *workspace, struct store *store, struct firm_courses *courses, struct problem *problem);
void firm_courses_free(struct firm_courses *courses); /* a zeroed struct is fine */
/* The course of the firm of a record; NULL when the store has no demand of it. */
const struct firm_course *firm_courses_find(const struct firm_courses *courses, const struct firm *firm);
/* Whether the firm (NULL: not in the store) has it behind it; the demand's own diagnosis counts, stored or not. */
bool firm_meets(const struct firm_course *course, const struct demand *demand, const struct requirement *requirement);
/* The module that comes next: the furthest that is open; else the one after the furthest that is done; MODULES: none. */
enum program_module firm_next_module(const struct firm_course *course);

#endif
