/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see fulfilment.h. Must not know a round: which stage a pair has reached is kept there. */
#include "fulfilment.h"

#include <string.h>

#include "section.h"

#define KNOWN(names) (names), sizeof(names) / sizeof *(names)

static const struct jpath root = {NULL, NULL, 0};

const char *const stage_kind_names[STAGE_KINDS] = {"agreement", "use", "verification", "report", "settlement"};
const char *const stage_item_names[STAGE_ITEMS] = {"result", "note", "evidence", "amount"};
const char *const module_names[MODULES] = {"diagnosis", "consulting", "matching", "support"};

/* What a program has that says nothing. */
static const struct fulfilment_stage standard[] = {
    {.id = "agreement", .title = {"협약", "agreement"}, .kind = STAGE_AGREEMENT, .source = "이 프로젝트의 기본값 / default of this project"},
    {.id = "completion", .title = {"완료", "completion"}, .kind = STAGE_REPORT, .source = "이 프로젝트의 기본값 / default of this project"},
    {.id = "settlement", .title = {"정산", "settlement"}, .kind = STAGE_SETTLEMENT, .source = "이 프로젝트의 기본값 / default of this project"},
};
enum { STANDARD = sizeof standard / sizeof *standard, STAGES_MOST = 12 };

/* "with": what has to be given with the stage. */
static ieum_status read_items(const jval *stage, const struct jpath *at, struct fulfilment_stage *read, struct problem *problem) {
    const struct jpath list_at = {at, "with", 0};
    const jval *list = NULL;
    ieum_status status = field_array(stage, at, "with", false, &list, problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath one_at = {&list_at, NULL, i};
        const char *name = jval_is(jval_at(list, i), JVAL_TEXT) ? jval_text(jval_at(list, i)) : "";
        size_t item = 0;
        while (item < STAGE_ITEMS && strcmp(stage_item_names[item], name) != 0) item++;
        if (item == STAGE_ITEMS)
            return jval_refuse(problem, &one_at, jval_at(list, i), "result | note | evidence | amount", "단계와 함께 낼 것은 결과(result), 의견(note), 증빙(evidence), 금액(amount)뿐입니다.",
                               "What is given with a stage is a result, a note, evidence or an amount.");
        if (read->needs[item])
            return jval_refuse(problem, &one_at, jval_at(list, i), NULL, "같은 항목이 두 번 적혀 있습니다.", "This item is listed twice.");
        read->needs[item] = true;
    }
    return status;
}

static ieum_status read_stage(const jval *stage, const struct jpath *at, struct fulfilment_stage *read, struct problem *problem) {
    static const char *const known[] = {"id", "title", "kind", "with", "source"};
    size_t kind = 0;
    ieum_status status = object_check(stage, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = id_read(stage, at, &read->id, problem);
    if (status == IEUM_OK) status = text2_read(stage, at, "title", true, &read->title, problem);
    if (status == IEUM_OK) status = field_choice(stage, at, "kind", true, stage_kind_names, STAGE_KINDS, &kind, problem);
    if (status == IEUM_OK) status = read_items(stage, at, read, problem);
    if (status == IEUM_OK) status = field_text(stage, at, "source", true, &read->source, problem);
    read->kind = (enum stage_kind)kind;
    return status;
}

/* Where a stage of its kind may stand. */
static ieum_status check_place(const struct fulfilment_stage *stages, size_t index, size_t count, const jval *json, const struct jpath *at, struct problem *problem) {
    const struct jpath kind_at = {at, "kind", 0};
    const jval *kind = jval_get(json, "kind");
    for (size_t k = 0; k < index; k++)
        if (strcmp(stages[k].id, stages[index].id) == 0) return id_refuse_twice(jval_get(json, "id"), at, problem);
    if ((index == 0) != (stages[index].kind == STAGE_AGREEMENT))
        return jval_refuse(problem, &kind_at, kind, index ? "use | verification | report | settlement" : "agreement", "협약(agreement)은 첫 단계에, 그리고 첫 단계에만 둡니다.",
                           "The agreement is the first stage, and no other stage is one.");
    if (stages[index].kind == STAGE_SETTLEMENT && index + 1 < count)
        return jval_refuse(problem, &kind_at, kind, NULL, "정산(settlement) 뒤에는 다른 단계를 둘 수 없습니다.", "No stage can follow the settlement.");
    if (stages[index].kind == STAGE_SETTLEMENT && index == 1)
        return jval_refuse(problem, &kind_at, kind, "use | verification | report", "협약과 정산 사이에 수행 단계가 하나는 있어야 합니다.",
                           "Between agreement and settlement there is at least one stage of work.");
    return IEUM_OK;
}

static ieum_status read_stages(const jval *resolved, struct program *program, struct problem *problem) {
    const struct jpath list_at = {&root, "fulfilment", 0};
    const jval *list = NULL;
    ieum_status status = field_array(resolved, NULL, "fulfilment", false, &list, problem);
    program->stages = standard;
    program->stage_count = STANDARD;
    if (status != IEUM_OK || list == NULL) return status;
    const size_t count = jval_count(list);
    if (count < 2 || count > STAGES_MOST)
        return jval_refuse(problem, &list_at, list, "2..12", "이행 단계는 협약과 그 뒤의 단계를 합해 2개에서 12개까지 적습니다.",
                           "List 2 to 12 stages: the agreement and what follows it.");
    struct fulfilment_stage *stages = arena_allocate_zero(program->arena, count, sizeof *stages);
    if (!stages) return problem_set_memory(problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        const struct jpath at = {&list_at, NULL, i};
        status = read_stage(jval_at(list, i), &at, &stages[i], problem);
        if (status == IEUM_OK) status = check_place(stages, i, count, jval_at(list, i), &at, problem);
    }
    program->stages = stages;
    program->stage_count = count;
    return status;
}

ieum_status fulfilment_read(const jval *resolved, struct program *program, struct problem *problem) {
    size_t module = MODULES;
    ieum_status status = read_stages(resolved, program, problem);
    if (status == IEUM_OK && jval_get(resolved, "module")) status = field_choice(resolved, NULL, "module", true, module_names, MODULES, &module, problem);
    program->module = (enum program_module)module;
    return status;
}
