/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The readiness questionnaire: areas with questions, what each answer earns, stages, and the line to compare with. All of it is data
 * (data/diagnosis/readiness.json). Points of all questions add up to 100. Texts are borrowed from the file's JSON, lists lie in the arena; both are the
 * questionnaire's own.
 */
#ifndef IEUM_DIAGNOSIS_READINESS_H
#define IEUM_DIAGNOSIS_READINESS_H

#include "diagnosis_file.h"

enum question_kind { QUESTION_CHOICE, QUESTION_YESNO, QUESTION_NUMBER, QUESTION_KINDS };
extern const char *const question_kind_names[QUESTION_KINDS]; /* "choice", "yesno", "number" */

struct question_choice {
    const char *id; /* of a yesno question: "yes", "no" */
    struct text2 text;
    double points;
};
/* A number from `from` up to the next band's earns `points`. */
struct question_band {
    double from, points;
};
struct readiness_question {
    const char *id;
    size_t area;
    enum question_kind kind;
    struct text2 text, maker; /* maker: for a firm that makes goods; NULLs: the same */
    struct text2 why;
    double points;
    const struct question_choice *choices;
    size_t choice_count;
    const struct question_band *bands; /* of a number; the first begins at `least` */
    size_t band_count;
    double least, most;
    struct text2 unit;
};
/* What to do in an area whose share of its points lies below `below` percent. */
struct area_advice {
    double below;
    struct text2 text;
};
struct readiness_area {
    const char *id;
    struct text2 title, maker;
    size_t first, count; /* its questions */
    double points;       /* of them together */
    const struct area_advice *advice; /* rising */
    size_t advice_count;
};
struct readiness_stage {
    const char *id;
    double from; /* points; the first is 0, rising */
    struct text2 title, text;
};
struct readiness {
    struct arena *arena;
    jval *json;
    struct diagnosis_head head;
    struct text_list makers;  /* KSIC prefixes of firms that make goods */
    double least_answered;    /* percent of the points that must be answered before the score may go on record */
    double reference;         /* points */
    struct text2 reference_text, stages_source;
    const char *reference_source;
    struct readiness_stage *stages;
    size_t stage_count;
    struct readiness_area *areas;
    size_t area_count;
    struct readiness_question *questions;
    size_t question_count;
};

ieum_status readiness_load(const char *path, struct readiness *readiness, struct problem *problem);
void readiness_free(struct readiness *readiness); /* a zeroed struct is fine */

/* The wording for a firm that does or does not make goods. */
struct text2 readiness_wording(struct text2 text, struct text2 maker, bool makes_goods);
/* The index of an area's id, SIZE_MAX when there is none. */
size_t readiness_area_find(const struct readiness *readiness, const char *id);

#endif
