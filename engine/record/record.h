/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records: what firms hand in, read into plain structs. Shapes: DESIGN 3,
 * data/schema/{supplier,demand,outcome}.schema.json.
 *
 * A record borrows its texts from `json` (which it owns together with unknown members, passed through untouched) and
 * its lists from the arena it was read into. What is absent is NULL, a count of 0, or the named "missing" value;
 * nothing is guessed.
 *
 * A supplier may be lean: read from an image (image.h). Its fields here are as complete as any other's, but `json` holds
 * the light members only (supplier_light_members), so it must not be written out or looked into for others; its texts
 * stand in the image, which its set keeps.
 */
#ifndef IEUM_RECORD_RECORD_H
#define IEUM_RECORD_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../adapt/json.h"
#include "date.h"
#include "ksic.h"

#define AMOUNT_MISSING INT64_MIN /* KRW, employees, points: not given */

struct reference {
    struct ksic industry; /* digits == 0: not given */
    const char *title;
    int year; /* 0: not given */
};

/* A product or service that a supplier offers, with the state of its ethics list: a flag, never a score. */
struct solution {
    const char *name, *kind, *checked; /* kind, day of the check: NULL when not stated */
    struct text_list open;             /* items of data/diagnosis/ethics.json that are to be looked at */
};

/* Fields that demand firms and suppliers share: the firm at the date of the record. */
struct firm {
    const char *name;
    const char *registration_no; /* 10 digits as given, NULL when absent */
    const char *region;
    struct date founded; /* year == 0: missing */
    const char *size;
    const struct ksic *ksic;
    size_t ksic_count;
    int64_t employees; /* AMOUNT_MISSING */
    const char *business;
    struct text_list affiliates; /* names or registration numbers of related firms */
};

struct supplier {
    jval *json;
    bool lean;          /* `json` holds the light members only */
    const char *digest; /* of the whole record's canonical JSON; known for lean records, else NULL */
    const char *id;
    const char *kind; /* of party: an id of data/taxonomy/party_kinds.json; NULL: not stated */
    struct firm firm;
    const char *business_kind;
    const char *summary;
    struct text_list products, capabilities, domains, data_types, certifications, deployment;
    const struct reference *references;
    size_t reference_count;
    const struct solution *solutions;
    size_t solution_count;
    int64_t price_least_krw, price_most_krw; /* AMOUNT_MISSING */
    int64_t capacity;                        /* AMOUNT_MISSING */
};

struct demand {
    jval *json;
    const char *id;
    const char *program;
    bool latent; /* a firm known from an association, without an application: no rule, ranking or round takes it in */
    struct date applied; /* year == 0: missing */
    struct firm firm;
    const char *title, *need;
    const char *track; /* of the program, as the application names it */
    struct text_list data_held;
    int64_t budget_krw;                                                       /* AMOUNT_MISSING */
    double readiness_score;                                                   /* 0..100, NaN: missing */
    struct text_list must_deployment, must_certifications, must_region;       /* a text or a list in JSON */
    struct text_list prefer_deployment, prefer_certifications, prefer_region; /* likewise */
    struct text_list exclude_suppliers;
    struct text_list wished_suppliers; /* ids, the one wished for most first */
    const char *diagnosed_by; /* "firm", "desk", "expert": who diagnosed the firm; NULL: nothing on record */
    struct date diagnosed;
};

enum outcome_stage { OUTCOME_DECLINED_BY_DEMAND, OUTCOME_DECLINED_BY_SUPPLIER, OUTCOME_AGREED, OUTCOME_COMPLETED, OUTCOME_STAGES };
/* "declined_by_demand", "declined_by_supplier", "agreed", "completed" */
extern const char *const outcome_stage_names[OUTCOME_STAGES];

struct outcome {
    jval *json;
    const char *demand, *supplier, *program, *round;
    enum outcome_stage stage;
    int grade; /* 0..3, -1: missing */
    struct date date;
};

/* What a past round decided: which supplier a demand was given. The two are named by id, registration number or the firm's name, as the office's sheet has them. */
struct decision {
    jval *json;
    const char *demand, *supplier, *reason;
    size_t line; /* in its file; 0: not known */
};

/* Decisions are read to be compared with and never kept: they stand after the kinds that a store has. */
enum record_kind { RECORD_SUPPLIER, RECORD_DEMAND, RECORD_OUTCOME, RECORD_KINDS, RECORD_DECISION = RECORD_KINDS };
/* "suppliers", "demands", "outcomes", "decisions" */
extern const char *const record_kind_names[RECORD_KINDS + 1];

/*
 * Reads one record from JSON: types, dates, KSIC, registration-number checksum, ranges. On success the record keeps
 * `json` (one more owner, release with jval_free(record->json)). `at` is where the record stands in the request (NULL:
 * the root).
 */
ieum_status supplier_read(const jval *json, const struct jpath *at, struct arena *arena, struct supplier *supplier,
                          struct problem *problem);
ieum_status demand_read(const jval *json, const struct jpath *at, struct arena *arena, struct demand *demand,
                        struct problem *problem);
ieum_status outcome_read(const jval *json, const struct jpath *at, struct arena *arena, struct outcome *outcome,
                         struct problem *problem);
ieum_status decision_read(const jval *json, const struct jpath *at, struct arena *arena, struct decision *decision,
                          struct problem *problem);

/* ---- the texts of a record ---- */

enum text_role {
    TEXT_TITLE,
    TEXT_NEED,
    TEXT_BUSINESS,
    TEXT_DATA_HELD, /* of a demand */
    TEXT_SUMMARY,
    TEXT_PRODUCT,
    TEXT_CAPABILITY,
    TEXT_DOMAIN,
    TEXT_DATA_TYPE,
    TEXT_REFERENCE, /* of a supplier */
    TEXT_ANSWER,    /* what an applicant said when asked (feature/answers.h); no text of a record */
    TEXT_ROLES
};
/* "title", "need", "business", "data_held", "summary", "product", "capability", "domain", "data_type", "reference", "answer" */
extern const char *const text_role_names[TEXT_ROLES];

/* One text of a record: where it stands ("/references/0/title") and its bytes, NUL-terminated. */
struct record_text {
    enum text_role role;
    const char *pointer;
    const char *text;
};
struct record_texts {
    struct record_text *items;
    size_t count;
};
/* Lists a record's non-empty texts in a fixed order; pointers are put into the arena, texts borrowed. */
ieum_status supplier_texts(const struct supplier *supplier, struct arena *arena, struct record_texts *texts);
ieum_status demand_texts(const struct demand *demand, struct arena *arena, struct record_texts *texts);

#endif
