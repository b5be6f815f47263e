/* SPDX-License-Identifier: Apache-2.0 */
/* Counts over the facts of applications: by step, by money, by kind of firm. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "pipeline_report.h"
#include "program/tracks.h"

static bool is_of(const struct report_firm *firm, size_t program, int year) {
    return (program == REPORT_ALL || firm->program == program) && firm->demand->applied.year == year;
}

static void add_steps(const struct report_firm *firm, size_t counts[REPORT_STEPS]) {
    for (int step = 0; step < REPORT_STEPS; step++) counts[step] += firm->reached[step];
}

bool report_in_force(const struct program *program, int year) {
    return year >= atoi(program->effective_from) && (!program->effective_to || year <= atoi(program->effective_to));
}

bool report_shows(const struct report_answer *answer, size_t program, int year) {
    if (report_in_force(answer->programs[program].program, year)) return true;
    for (size_t f = 0; f < answer->firm_count; f++)
        if (is_of(&answer->firms[f], program, year)) return true;
    return false;
}

void report_count(const struct report_answer *answer, size_t program, int year, size_t counts[REPORT_STEPS]) {
    memset(counts, 0, REPORT_STEPS * sizeof *counts);
    for (size_t f = 0; f < answer->firm_count; f++)
        if (is_of(&answer->firms[f], program, year)) add_steps(&answer->firms[f], counts);
}

struct report_money report_count_money(const struct report_answer *answer, size_t program, int year) {
    struct report_money money = {0};
    for (size_t f = 0; f < answer->firm_count; f++) {
        const struct report_firm *firm = &answer->firms[f];
        if (!is_of(firm, program, year) || !firm->reached[REPORT_SELECTED]) continue;
        if (firm->amount_krw == AMOUNT_MISSING) {
            money.unknown++;
            continue;
        }
        money.planned_krw += firm->amount_krw;
        if (firm->reached[REPORT_AGREED]) money.agreed_krw += firm->amount_krw;
        if (firm->reached[REPORT_COMPLETED]) money.completed_krw += firm->amount_krw;
        if (firm->settled) money.settled_krw += firm->amount_krw;
    }
    return money;
}

/* ---- by kind of firm ---- */

/* What an application is counted under. `ko` NULL: it does not say. */
struct label {
    const char *ko, *en;
    int64_t order;
};

static const char *format_text(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
static const char *format_text(struct arena *arena, const char *format, ...) {
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return arena_copy_text(arena, text);
}

/* The district of an address in Seoul; elsewhere the province. */
static struct label district_of(struct report_answer *answer, const struct report_firm *firm) {
    const struct demand *demand = firm->demand;
    const char *address = demand->firm.region;
    const struct region *region = address ? region_find(answer->taxonomy, address) : NULL;
    if (!address || !*address) return (struct label){0};
    if (!region) return (struct label){address, address, 0};
    if (strcmp(region->id, "seoul") == 0) {
        const char *word = address + strcspn(address, " ");
        word += strspn(word, " ");
        const size_t size = strcspn(word, " ,");
        static const char gu[] = "구";
        if (size > sizeof gu - 1 && memcmp(word + size - (sizeof gu - 1), gu, sizeof gu - 1) == 0) {
            const char *district = arena_copy_bytes(answer->arena, word, size);
            return (struct label){district, district, 0};
        }
    }
    return (struct label){region->official, region->english, 0};
}

/* The division (two digits) of the first code. */
static struct label industry_of(struct report_answer *answer, const struct report_firm *firm) {
    const struct demand *demand = firm->demand;
    if (!demand->firm.ksic_count) return (struct label){0};
    const struct ksic *first = &demand->firm.ksic[0];
    struct ksic division = {.section = first->section, .revision = first->revision};
    memcpy(division.digits, first->digits, 2);
    const char *name = ksic_name(answer->taxonomy, &division);
    if (!division.digits[0]) return (struct label){format_text(answer->arena, "%c", first->section), format_text(answer->arena, "%c", first->section), 0};
    const char *text = format_text(answer->arena, "%c%s %s", division.section, division.digits, name ? name : "");
    return (struct label){text, text, 0};
}

static struct label size_of(struct report_answer *answer, const struct report_firm *firm) {
    const struct demand *demand = firm->demand;
    const struct firm_size *size = demand->firm.size ? size_find(answer->taxonomy, demand->firm.size) : NULL;
    if (size) return (struct label){size->id, size->english, 0};
    return (struct label){demand->firm.size, demand->firm.size, 0};
}

/* Full years from founding to application fall into a band. */
static struct label age_of(struct report_answer *answer, const struct report_firm *firm) {
    const struct demand *demand = firm->demand;
    const struct report_terms *terms = &answer->terms;
    size_t band = 0;
    if (date_missing(demand->firm.founded) || date_missing(demand->applied)) return (struct label){0};
    while (band < terms->age_count && date_compare(date_add_years(demand->firm.founded, (int)terms->ages[band]), demand->applied) <= 0) band++;
    const long long from = band ? terms->ages[band - 1] : 0, to = band < terms->age_count ? terms->ages[band] : 0;
    if (band == terms->age_count) return (struct label){format_text(answer->arena, "%lld년 이상", from), format_text(answer->arena, "%lld years and more", from), (int64_t)band + 1};
    return (struct label){format_text(answer->arena, "%lld년 이상 %lld년 미만", from, to), format_text(answer->arena, "%lld to under %lld years", from, to), (int64_t)band + 1};
}

static struct label maturity_of(struct report_answer *answer, const struct report_firm *firm) {
    const struct demand *demand = firm->demand;
    const struct report_terms *terms = &answer->terms;
    size_t band = 0;
    if (isnan(demand->readiness_score)) return (struct label){0};
    while (band < terms->readiness_count && demand->readiness_score >= terms->readiness[band]) band++;
    const double from = band ? terms->readiness[band - 1] : 0;
    if (band == terms->readiness_count) return (struct label){format_text(answer->arena, "%g점 이상", from), format_text(answer->arena, "%g points and more", from), (int64_t)band + 1};
    return (struct label){format_text(answer->arena, "%g점 이상 %g점 미만", from, terms->readiness[band]), format_text(answer->arena, "%g to under %g points", from, terms->readiness[band]),
                          (int64_t)band + 1};
}

/* A track goes by its program too, in the order of the files. */
static struct label track_of(struct report_answer *answer, const struct report_firm *firm) {
    const struct program *program = answer->programs[firm->program].program;
    const size_t at = track_find(program, firm->demand);
    if (at == program->track_count) return (struct label){0};
    const struct text2 title = program->tracks[at].title;
    return (struct label){format_text(answer->arena, "%s · %s", program->title.ko, title.ko), format_text(answer->arena, "%s · %s", program->title.en, title.en),
                          (int64_t)(firm->program * 1000 + at)};
}

static int compare_groups(const void *a, const void *b) {
    const struct report_group *x = a, *y = b;
    if (x->order != y->order) return x->order < y->order ? -1 : 1;
    if (x->counts[REPORT_APPLIED] != y->counts[REPORT_APPLIED]) return x->counts[REPORT_APPLIED] > y->counts[REPORT_APPLIED] ? -1 : 1;
    return strcmp(x->ko, y->ko);
}

ieum_status report_groups(struct report_answer *answer, enum report_kind kind, int year, const struct report_group **made, size_t *count, struct problem *problem) {
    static struct label (*const label_of[REPORT_KINDS])(struct report_answer *, const struct report_firm *) = {district_of, industry_of, size_of, age_of, maturity_of, track_of};
    struct report_group *groups = arena_allocate_zero(answer->arena, answer->firm_count + 1, sizeof *groups);
    struct map *known = map_new();
    ieum_status status = groups && known ? IEUM_OK : problem_set_memory(problem);
    for (size_t f = 0; f < answer->firm_count && status == IEUM_OK; f++) {
        const struct report_firm *firm = &answer->firms[f];
        if (!is_of(firm, REPORT_ALL, year) || (kind == REPORT_BY_TRACK && answer->programs[firm->program].program->track_count == 0)) continue;
        struct label label = label_of[kind](answer, firm);
        if (!label.ko) label = (struct label){"적혀 있지 않음", "not given", INT64_MAX};
        const uint32_t index = map_intern(known, label.ko, strlen(label.ko));
        if (index == MAP_NONE) status = problem_set_memory(problem);
        else {
            groups[index].ko = label.ko, groups[index].en = label.en, groups[index].order = label.order;
            add_steps(firm, groups[index].counts);
        }
    }
    if (status == IEUM_OK && memory_failed()) status = problem_set_memory(problem);
    if (status == IEUM_OK) {
        *count = map_count(known);
        qsort(groups, *count, sizeof *groups, compare_groups);
        *made = groups;
    }
    map_free(known);
    return status;
}
