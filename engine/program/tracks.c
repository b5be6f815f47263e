/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see tracks.h. */
#include "tracks.h"

#include <stdio.h>
#include <string.h>

#include "likeness.h"
#include "section.h"
#include "selection_terms.h"

enum { QUOTA_MOST = 1000000 };

static const struct jpath root = {NULL, NULL, 0};

static ieum_status track_read(const jval *json, const struct jpath *at, struct track *track, struct problem *problem) {
    static const char *const known[] = {"id", "title", "quota", "source"};
    int64_t quota = SELECTION_NO_LIMIT;
    ieum_status status = object_check(json, at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = id_read(json, at, &track->id, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "title", true, &track->title, problem);
    if (status == IEUM_OK) status = field_integer(json, at, "quota", false, 0, QUOTA_MOST, &quota, problem);
    if (status == IEUM_OK) status = field_text(json, at, "source", true, &track->source, problem);
    track->quota = quota;
    return status;
}

/* With a quota for each, they add up to the program's; else those that have one stay within it. */
static ieum_status check_quotas(const struct program *program, const struct jpath *at, struct problem *problem) {
    int64_t sum = 0;
    bool all = true;
    for (size_t i = 0; i < program->track_count; i++) {
        all = all && program->tracks[i].quota != SELECTION_NO_LIMIT;
        if (program->tracks[i].quota != SELECTION_NO_LIMIT) sum += program->tracks[i].quota;
    }
    if (program->quota == AMOUNT_MISSING || (all ? sum == program->quota : sum <= program->quota)) return IEUM_OK;
    char expected[32], pointer[sizeof problem->pointer];
    snprintf(expected, sizeof expected, "%s %lld", all ? "=" : "<=", (long long)program->quota);
    jpath_write(at, pointer, sizeof pointer);
    problem_set(problem, IEUM_INVALID, pointer, "트랙의 정원을 더하면 %1$lld인데 사업의 정원(quota.demands)은 %2$lld입니다.",
                "The quotas of the tracks add up to %1$lld; the program's (quota.demands) is %2$lld.", (long long)sum, (long long)program->quota);
    problem_set_expected(problem, expected);
    return problem->status;
}

/* The rule that an application names one of the tracks, after the file's own. */
static ieum_status add_rule(struct program *program, struct problem *problem) {
    for (size_t i = 0; i < program->eligibility_count; i++)
        if ((program->eligibility[i].field && strcmp(program->eligibility[i].field, "/track") == 0) || strcmp(program->eligibility[i].id, "track") == 0) return IEUM_OK;
    struct rule *rules = arena_allocate_zero(program->arena, program->eligibility_count + 1, sizeof *rules);
    const char **ids = arena_allocate_zero(program->arena, program->track_count, sizeof *ids);
    if (!rules || !ids) return problem_set_memory(problem);
    if (program->eligibility_count) memcpy(rules, program->eligibility, program->eligibility_count * sizeof *rules);
    for (size_t i = 0; i < program->track_count; i++) ids[i] = program->tracks[i].id;
    rules[program->eligibility_count] = (struct rule){
        .id = "track", .test = TEST_IN, .field = "/track", .values = {ids, program->track_count}, .missing = MISSING_CONFIRM, .waivable = true,
        .reason = {"신청서에 적힌 트랙 '{value}'은(는) 이 사업의 트랙({expected})이 아닙니다.", "The track '{value}' of the application is none of the program's ({expected})."},
        .ask = {"어느 트랙에 신청하는지 적혀 있지 않습니다. {expected} 가운데 어느 것인지 확인해 주세요.", "The application names no track; ask which of {expected} is meant."},
        .source = program->tracks[0].source};
    program->eligibility = rules;
    program->eligibility_count++;
    return IEUM_OK;
}

ieum_status tracks_read(const jval *resolved, struct program *program, struct problem *problem) {
    const struct jpath list_at = {&root, "tracks", 0};
    const jval *list = NULL;
    ieum_status status = field_array(resolved, NULL, "tracks", false, &list, problem);
    if (status != IEUM_OK || !list) return status;
    if (jval_count(list) == 0)
        return jval_refuse(problem, &list_at, list, "[{\"id\", \"title\", …}]", "트랙을 하나 이상 적거나 이 항목을 빼 주십시오.", "Name at least one track, or leave the member out.");
    program->tracks = arena_allocate_zero(program->arena, jval_count(list), sizeof *program->tracks);
    program->track_quotas = arena_allocate_zero(program->arena, jval_count(list), sizeof *program->track_quotas);
    if (!program->tracks || !program->track_quotas) return problem_set_memory(problem);
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        const struct jpath at = {&list_at, NULL, i};
        status = track_read(jval_at(list, i), &at, &program->tracks[i], problem);
        for (size_t k = 0; status == IEUM_OK && k < i; k++)
            if (value_alike(program->tracks[k].id, program->tracks[i].id)) status = id_refuse_twice(jval_get(jval_at(list, i), "id"), &at, problem);
        program->track_quotas[i] = program->tracks[i].quota;
    }
    if (status == IEUM_OK) program->track_count = jval_count(list);
    if (status == IEUM_OK) status = check_quotas(program, &list_at, problem);
    return status == IEUM_OK ? add_rule(program, problem) : status;
}

size_t track_find(const struct program *program, const struct demand *demand) {
    size_t i = 0;
    while (i < program->track_count && !(demand->track && value_alike(program->tracks[i].id, demand->track))) i++;
    return i;
}
