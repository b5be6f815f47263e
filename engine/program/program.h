/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program: the rules, criteria, quotas, budget and calendar of one support program, read from data/programs/<id>.json and
 * checked. Nothing about a program stands in C. Format: data/schema/program.schema.json.
 */
#ifndef IEUM_PROGRAM_PROGRAM_H
#define IEUM_PROGRAM_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../adapt/json.h"
#include "../record/record.h"

struct text2 {
    const char *ko, *en;
};

/* ---- rules ---- */

/*
 * Tests on one field of a record (a JSON Pointer such as "/firm/region"; a field that is an array passes when any element does). An
 * eligibility rule looks at the demand (`field`), a pair rule at the supplier (`supplier_field`):
 *   in             equal to one of `values` (letter case, spaces and hyphens do not count)
 *   prefix         begins with one of `values`; with "code": "ksic" the code lies under one of them and under none of `except`
 *   matches        the PCRE2 pattern in `pattern`
 *   at_least, at_most   `number`
 *   age_years_at_most   date field + `number` years >= the date in `reference` (a pointer, "/applied"), by the calendar
 *   date_at_least, date_at_most  `date`
 *   present        is there and not empty
 *   belongs_to     the demand's firm belongs to the union `union` of the program's jurisdiction at the date in `reference` (union.h)
 * Tests on a pair, for pair rules:
 *   covers         supplier's list at `supplier_field` holds every value that the demand's `field` asks for
 *   lies_in        supplier's text at `supplier_field` begins with one of the values that the demand's `field` asks for
 *   listed         the supplier's value at `supplier_field` is one of those that the demand lists at `field`, where a step "*" is whichever element of a list
 *   within         the number at the demand's `field` lies between the supplier's two at `supplier_field` ([least, most]; one number is the most)
 *   not_listed     the supplier's id is not in the demand's list `field`
 *   unrelated      the two are not the same party (registration number, or name) nor listed as affiliates of each other
 */
enum rule_test {
    TEST_IN, TEST_PREFIX, TEST_MATCHES, TEST_AT_LEAST, TEST_AT_MOST, TEST_AGE_YEARS_AT_MOST, TEST_DATE_AT_LEAST,
    TEST_DATE_AT_MOST, TEST_PRESENT, TEST_BELONGS_TO, TEST_COVERS, TEST_LIES_IN, TEST_LISTED, TEST_WITHIN, TEST_NOT_LISTED, TEST_UNRELATED, RULE_TESTS
};
extern const char *const rule_test_names[RULE_TESTS];

/* What a rule does when the field it looks at is missing: count as failed, ask (eligible with a point to confirm), or pass. */
enum rule_missing { MISSING_FAIL, MISSING_CONFIRM, MISSING_PASS };

struct pattern; /* adapt/pattern.h */
struct firm_union; /* union.h */
struct cost_items; /* cost_items.h */

struct rule {
    const char *id;
    enum rule_test test;
    const char *field, *supplier_field, *reference;
    struct text_list values;  /* resolved: a "parameter" stands for its value */
    struct text_list except;  /* prefix: values under one of these do not count */
    const jval *accepts;      /* covers, lies_in: {"asked": ["also accepted", …]}, NULL: nothing */
    bool ksic;                /* values are KSIC codes, compared as such */
    int revision;             /* of KSIC values, 0: any */
    const char *expression;   /* the pattern as written */
    struct pattern *pattern;
    double number;
    struct date date;
    const char *union_id;
    const struct firm_union *members; /* of union_id */
    const struct cost_items *costs;   /* present: and its lines are of these items (cost_items.h); NULL: no such rule */
    enum rule_missing missing;
    bool waivable;
    struct text2 reason; /* template (reason.h) shown when the rule fails */
    struct text2 ask;    /* template shown when the field is missing; NULLs: a standard sentence */
    const char *source;
};

/* ---- features and criteria ---- */

struct feature_definition {
    const char *id;       /* name in replies: "concepts" */
    const char *kind;     /* a feature kind of engine/feature: "concept_overlap" */
    const jval *options;  /* what the kind understands, checked by the kind */
    struct text2 title;
};

/* A criterion earns `points` × Σ weight_i × value_i over its features (weights sum to 1); a missing value counts as `missing`. */
struct criterion_part {
    size_t feature;    /* index into features */
    double weight;
    double missing;    /* [0,1] */
};
struct criterion {
    const char *id;
    struct text2 title;
    double points;
    bool fit;          /* counts under --criteria fit */
    const struct criterion_part *parts;
    size_t part_count;
    const char *source;
};

struct bounds { int64_t least, most; };

struct selection_rules; /* selection_rules.h */

/*
 * A limit on the pairs of many: of the demands or suppliers that share a value at `field` (one group a value: "per district"), that have one of `values` there (one group), or, with
 * `newcomer`, of the suppliers that have no completed or agreed outcome yet. The groups of a side must be nested or disjoint.
 */
struct group_rule {
    const char *id;
    struct text2 title;
    bool demand_side;
    const char *field; /* a JSON Pointer into the record; NULL: newcomers */
    bool newcomer, each; /* each: a group for every value that occurs */
    size_t prefix;       /* with each: values count as the same up to the first `prefix` characters (KSIC division: 2), 0: whole */
    struct text_list values;
    struct bounds bounds;
    bool waivable;
    const char *source;
};

/*
 * Of one demand's suppliers at most `most` share a value at `field` (a pointer into the supplier's record; of a list its first element, not stated counts as a value
 * of its own): a panel with one member an organisation.
 */
struct variety_rule {
    const char *field; /* NULL: nothing of the kind is asked */
    int64_t most;
    const char *source;
};

/* Who has to agree to a pair, and by when. A third party (a hospital, a research institute) is an extra place at a pair. */
struct third_party {
    const char *id;
    struct text2 title;
    bool required;
    struct text_list kinds; /* of party that may stand there; none: any */
};
struct consent_rules {
    bool demand, supplier;
    int64_t days; /* calendar days from the proposal; 0: no deadline */
    struct third_party *thirds;
    size_t third_count;
};

/* ---- after publication, and before a step (fulfilment.h, requirements.h) ---- */

enum stage_kind { STAGE_AGREEMENT, STAGE_USE, STAGE_VERIFICATION, STAGE_REPORT, STAGE_SETTLEMENT, STAGE_KINDS };
extern const char *const stage_kind_names[STAGE_KINDS];
/* What can be given with a stage: pass or fail, a note, what proves it (files' names, numbers of receipts), an amount in KRW. */
enum stage_item { STAGE_RESULT, STAGE_NOTE, STAGE_EVIDENCE, STAGE_AMOUNT, STAGE_ITEMS };
extern const char *const stage_item_names[STAGE_ITEMS];
struct fulfilment_stage {
    const char *id;
    struct text2 title;
    enum stage_kind kind;
    bool needs[STAGE_ITEMS]; /* may be given with any stage; must be with this one */
    const char *source;
};

/* The modules a firm goes through. */
enum program_module { MODULE_DIAGNOSIS, MODULE_CONSULTING, MODULE_MATCHING, MODULE_SUPPORT, MODULES };
extern const char *const module_names[MODULES];
enum diagnosis_author { DIAGNOSED_BY_FIRM, DIAGNOSED_BY_DESK, DIAGNOSED_BY_EXPERT, DIAGNOSIS_AUTHORS };
extern const char *const diagnosis_author_names[DIAGNOSIS_AUTHORS]; /* "firm": by itself */
enum requirement_step { REQUIRED_FOR_PROPOSAL, REQUIRED_FOR_AGREEMENT, REQUIREMENT_STEPS };
struct requirement {
    enum program_module module;
    enum diagnosis_author by; /* DIAGNOSIS_AUTHORS: whoever it was */
    enum requirement_step before;
    bool enabled;
    struct text2 reason;      /* what it waits for, and why */
    const char *source;
};
struct jurisdiction; /* jurisdiction.h */

/* A part of a program with a quota and a reserve list of its own; an application names one at /track (tracks.h). */
struct track {
    const char *id;
    struct text2 title;
    int64_t quota; /* SELECTION_NO_LIMIT */
    const char *source;
};

struct parameter { /* a visible choice: a settled ambiguity (Z-01 …) or a value that rules refer to */
    const char *id;
    const jval *value;
    struct text2 note;
    const char *source;
    bool record; /* no rule reads it: it is kept for reports and for people */
};

struct partner { /* an institution that helps (partners.h) */
    struct text2 title;
    const char *role, *source;
};

struct program {
    size_t shares;  /* owners beside the first */
    jval *json;     /* as it was given */
    jval *resolved; /* the same, every {"parameter": id} replaced by the parameter's value; all texts below stand in it */
    jval *pinned;   /* `json` with the law it was read under, to be kept with a round: it needs no other file to be read again */
    struct arena *arena;
    const struct jurisdiction *jurisdiction; /* NULL: it names none */
    struct firm_union *unions; /* that its jurisdiction defines */
    size_t union_count;
    struct rule *funding; /* who may be given money; who fails stays eligible and is matched without */
    size_t funding_count;
    const char *id, *version, *effective_from, *effective_to; /* effective_to NULL: open */
    struct text2 title, summary, owner, operator; /* whose program it is; who runs it for the owner (NULLs: the owner itself) */
    const struct partner *partners;
    size_t partner_count;
    struct text2 demand_side, supplier_side;
    struct text_list pool; /* kinds of party (data/taxonomy/party_kinds.json) that are candidates at all: others are neither ranked nor barred nor counted.
                            * None: the kind that a record without one counts as */
    struct rule *eligibility;
    size_t eligibility_count;
    struct rule *pair_rules;
    size_t pair_rule_count;
    struct feature_definition *features;
    size_t feature_count;
    struct criterion *criteria;
    size_t criterion_count;
    double points_total;            /* of all criteria; 100 */
    struct parameter *parameters;
    size_t parameter_count;
    const char *model;              /* "rubric" or a model id */
    const char *method;             /* of assignment: "max_sum" … */
    struct selection_rules *selection; /* selection_rules.h; never NULL */
    struct bounds demand_bounds;    /* suppliers proposed per demand */
    struct bounds supplier_bounds;  /* demands per supplier; most is further limited by the supplier's capacity when use_capacity.
                                     * No limit of the program's own: INT64_MAX */
    bool routes;                    /* a suggestion also says which programs fit need and readiness (data/diagnosis/routes.json) */
    bool use_capacity;
    double least_points;            /* a pair that earns fewer is neither suggested nor proposed: "none fits" is an answer; 0: all are */
    struct group_rule *groups;
    size_t group_count;
    struct variety_rule variety;
    struct consent_rules consent;
    const struct fulfilment_stage *stages; /* in order; never NULL */
    size_t stage_count;
    enum program_module module;     /* MODULES: the file does not say */
    struct requirement *requirements;
    size_t requirement_count;
    struct track *tracks;
    int64_t *track_quotas;          /* of each */
    size_t track_count;
    const struct cost_items *cost_items; /* NULL: the program has none */
    int64_t retention_years;        /* how long personal data of its rounds is kept after a step; AMOUNT_MISSING: without end */
    int64_t shortlist;              /* suppliers shown per demand */
    int64_t quota;                  /* demands taken, AMOUNT_MISSING */
    int64_t supplier_quota;         /* suppliers proposed in all, AMOUNT_MISSING */
    int64_t project_quota;          /* pairs that get money, AMOUNT_MISSING */
    int64_t budget_krw;             /* AMOUNT_MISSING */
    int64_t project_cap_krw;        /* most for one project, AMOUNT_MISSING */
    char hash[65];                  /* of the canonical JSON of `pinned` */
};

/* Reads and checks one program; every mistake has a JSON Pointer and a sentence. `known_kind` says whether a feature kind exists (NULL:
 * not asked). A program that names a jurisdiction has to bring its law with it (`pinned`). */
ieum_status program_read(const char *bytes, size_t size, bool (*known_kind)(const char *kind), struct program **program,
                         struct problem *problem);
/* The same of a program file that stands, or might stand, in `folder`: the law is read from beside it, and nothing of another jurisdiction may be in the file. */
ieum_status program_read_at(const char *folder, const char *bytes, size_t size, bool (*known_kind)(const char *kind), struct program **program,
                            struct problem *problem);
/*
 * As program_read_at, for a file that is to be mended: what is wrong goes into the list on `problem->aside` (base/problem_list.h), which must be there, and what could be read is
 * given; NULL when that is nothing. Only to be looked at: parts that could not be read are not there.
 */
ieum_status program_gather(const char *folder, const char *bytes, size_t size, bool (*known_kind)(const char *kind), struct program **program, struct problem *problem);
/* Reads <folder>/<id>.json; IEUM_NOT_FOUND when there is none. `id` is checked to be [a-z0-9-]+ first. The file's id must equal it. */
ieum_status program_load(const char *folder, const char *id, bool (*known_kind)(const char *kind), struct program **program,
                         struct problem *problem);
/* Ids of all program files of a folder, sorted. */
ieum_status program_list(const char *folder, struct arena *arena, struct text_list *ids, struct problem *problem);
/* Whether its rules and groups look at no members of a supplier but these. */
bool program_reads_only(const struct program *program, const char *const *members, size_t count);
bool program_id_valid(const char *id);
/* One more owner of a program that nobody changes any more; returns it. */
struct program *program_share(struct program *program);
void program_free(struct program *program); /* by each owner; NULL is fine */

#endif
