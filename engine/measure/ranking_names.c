/* SPDX-License-Identifier: Apache-2.0 */
/* Names of measures: NAME [ "(" rel=N | dcg='log2' | dcg='exp-log2' ")" ] [ ("@" | "_" | ".") k ]. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "ranking.h"
#include "trec_files.h"

enum cut { CUT_NONE, CUT_MAY, CUT_MUST };

static const struct {
    const char *name, *shown;
    enum ranking_kind kind;
    enum cut cut;
} names[] = {
    {"nDCG", "nDCG", RANKING_NDCG, CUT_MAY},          {"ndcg_cut", "nDCG", RANKING_NDCG, CUT_MUST},
    {"AP", "AP", RANKING_AP, CUT_MAY},                {"MAP", "AP", RANKING_AP, CUT_MAY},
    {"map_cut", "AP", RANKING_AP, CUT_MUST},          {"P", "P", RANKING_P, CUT_MUST},
    {"R", "R", RANKING_R, CUT_MUST},                  {"recall", "R", RANKING_R, CUT_MUST},
    {"RR", "RR", RANKING_RR, CUT_MAY},                {"MRR", "RR", RANKING_RR, CUT_MAY},
    {"recip_rank", "RR", RANKING_RR, CUT_NONE},       {"Bpref", "Bpref", RANKING_BPREF, CUT_NONE},
    {"Success", "Success", RANKING_SUCCESS, CUT_MUST}, {"Judged", "Judged", RANKING_JUDGED, CUT_MUST},
};

static ieum_status refuse_name(const char *text, const char *pointer, struct problem *problem) {
    problem_set(problem, IEUM_INVALID, pointer, "알 수 없는 평가 척도입니다.", "The measure is not known.");
    problem_set_value(problem, text);
    problem_set_expected(problem, "nDCG, nDCG@k, nDCG(dcg='exp-log2')@k, AP, P@k, R@k, RR, Bpref, Success@k, Judged@k; P(rel=2)@k");
    return problem->status;
}

/* A number of [1, most] that fills the bytes; 0: none. */
static uint32_t read_number(const char *bytes, size_t size, uint32_t most) {
    uint32_t number = 0;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] < '0' || bytes[i] > '9') return 0;
        number = number * 10 + (uint32_t)(bytes[i] - '0');
        if (number > most) return 0;
    }
    return number;
}

/* Takes "@k", "_k" or ".k" from the end. False: something like it that is no number. */
static bool take_cutoff(const char *text, size_t *size, uint32_t *cutoff) {
    size_t at = *size;
    while (at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9') at--;
    const bool parted = at > 0 && (text[at - 1] == '@' || text[at - 1] == '_' || text[at - 1] == '.');
    *cutoff = 0;
    if (!parted) return true;
    *cutoff = read_number(text + at, *size - at, RANKING_MOST_CUTOFF);
    *size = at - 1;
    return *cutoff != 0;
}

/* One parameter between brackets. */
static bool read_parameter(const char *text, size_t size, struct ranking_measure *measure) {
    const bool ndcg = measure->kind == RANKING_NDCG;
    if (!ndcg && size > 4 && memcmp(text, "rel=", 4) == 0 && measure->kind != RANKING_JUDGED)
        return (measure->rel = (int32_t)read_number(text + 4, size - 4, TREC_MOST_GRADE)) != 0;
    if (!ndcg || size <= 4 || memcmp(text, "dcg=", 4) != 0) return false;
    text += 4, size -= 4;
    if (size > 2 && (*text == '\'' || *text == '"') && text[size - 1] == *text) text++, size -= 2;
    measure->exponential = size == 8 && memcmp(text, "exp-log2", 8) == 0;
    return measure->exponential || (size == 4 && memcmp(text, "log2", 4) == 0);
}

static void write_name(const char *shown, struct ranking_measure *measure) {
    char parameter[24] = "", cut[16] = "";
    if (measure->exponential) snprintf(parameter, sizeof parameter, "(dcg='exp-log2')");
    else if (measure->rel != 1) snprintf(parameter, sizeof parameter, "(rel=%d)", (int)measure->rel);
    if (measure->cutoff) snprintf(cut, sizeof cut, "@%u", (unsigned)measure->cutoff);
    snprintf(measure->name, sizeof measure->name, "%s%s%s", shown, parameter, cut);
}

ieum_status ranking_measure_read(const char *text, const char *pointer, struct ranking_measure *measure, struct problem *problem) {
    struct ranking_measure found = {.rel = 1};
    size_t size = strlen(text);
    if (!take_cutoff(text, &size, &found.cutoff)) return refuse_name(text, pointer, problem);
    const char *open = memchr(text, '(', size);
    const size_t name_size = open ? (size_t)(open - text) : size;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strlen(names[i].name) != name_size || strncasecmp(names[i].name, text, name_size) != 0) continue;
        found.kind = names[i].kind;
        if (found.cutoff ? names[i].cut == CUT_NONE : names[i].cut == CUT_MUST) break;
        if (open && (text[size - 1] != ')' || !read_parameter(open + 1, (size_t)(text + size - 1 - (open + 1)), &found))) break;
        write_name(names[i].shown, &found);
        *measure = found;
        return IEUM_OK;
    }
    return refuse_name(text, pointer, problem);
}
