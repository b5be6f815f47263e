/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A union of firms that a law defines, such as 중소기업등 (SMEs, venture firms, micro-enterprises): a firm belongs when one of its members holds at a date. Members,
 * limits and dates are data (data/taxonomy/<id>.json); which of them an ordinance means stands in its jurisdiction.
 *
 * What a member is told by, strongest first: a confirmation that holds on the day; figures (sales against the dated table of the main industry, total assets,
 * independence, employees); the size the firm states, which is said to be its own statement. Evidence that contradicts other evidence is a point to confirm.
 */
#ifndef IEUM_PROGRAM_UNION_H
#define IEUM_PROGRAM_UNION_H

#include "eligible.h"

struct limit_row {
    struct text_list ksic, except;
    int64_t most_krw;
};
struct limit_version {
    struct date from, to; /* to: year 0, open */
    struct limit_row *rows;
    size_t row_count;
};
struct limit_table {
    const char *id;
    struct text2 title;
    struct limit_version *versions; /* by date, one after the other */
    size_t count;
};
struct employee_group {
    struct text_list ksic;
    int64_t below;
};
struct union_member {
    const char *id;
    struct text2 title, law, over; /* over: NULLs, or what to ask a firm beyond the limits that states to be within */
    struct text_list sizes, not_sizes;
    const char *confirmation;         /* a pointer into the record, NULL */
    bool only_confirmed;              /* figures say nothing of it */
    const struct limit_table *sales;  /* NULL: not asked */
    int64_t assets_below_krw;         /* AMOUNT_MISSING: not asked */
    bool independent;
    struct employee_group *groups;
    size_t group_count;
    int64_t employees_otherwise;      /* below; AMOUNT_MISSING: employees are not asked */
};
struct firm_union {
    const char *id;
    struct text2 title;     /* what the jurisdiction calls it */
    struct text_list kinds; /* of party that may belong; the first is what an unstated kind counts as */
    struct limit_table *tables;
    size_t table_count;
    struct union_member *members; /* those the jurisdiction names, in its order */
    size_t member_count;
};

/* Reads the unions of a program's law ({"jurisdiction", "unions"}) into the arena. Pointers begin at /law. */
ieum_status unions_read(const jval *law, struct arena *arena, struct firm_union **unions, size_t *count, struct problem *problem);
const struct firm_union *union_find(const struct firm_union *unions, size_t count, const char *id); /* NULL: none */

/* What speaks for the verdict. */
enum union_basis { BASIS_NONE, BASIS_CONFIRMED, BASIS_FIGURES, BASIS_STATED, UNION_BASES };
extern const char *const union_basis_names[UNION_BASES]; /* "none", "confirmed", "figures", "stated" */

struct membership {
    enum verdict verdict;
    const struct union_member *member; /* that holds; NULL unless VERDICT_PASS */
    enum union_basis basis;
    struct text2 text;                 /* why, with evidence and dates; what is missing or contradicts */
    const char *value;                 /* the evidence itself, language-neutral; NULL: there is none */
};
/* `day` year 0: not known, so that dated evidence cannot be used. Texts live in the arena. */
ieum_status union_judge(const struct firm_union *one, const jval *demand, struct date day, struct arena *arena, struct membership *membership,
                        struct problem *problem);

/* The parts of the judging, for the file that puts them together. */
struct firm_facts {
    const char *kind, *size; /* NULL: not given */
    struct ksic industry;    /* the first of its codes; `known` tells whether there is one */
    const char *industry_text;
    bool industry_known, independent_known, independent;
    int64_t sales_krw, assets_krw, employees; /* AMOUNT_MISSING */
    struct date day;
};
/* Notes in both languages: full sentences without their stop, parted by "; ". */
struct notes {
    struct buffer ko, en;
};
void notes_add(struct notes *notes, const char *ko_format, const char *en_format, ...);
void notes_free(struct notes *notes);

enum side { SIDE_UNKNOWN, SIDE_WITHIN, SIDE_BEYOND };
/* Where the figures put the firm; notes say by what. What is asked and not given is noted into `missing`. */
enum side figures_judge(const struct union_member *member, const struct firm_facts *facts, struct notes *notes, struct notes *missing);

#endif
