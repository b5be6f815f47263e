/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see requirements.h. Must not look at records: whether a firm has it behind it is firm_modules' business. */
#include "requirements.h"

#include <string.h>

#include "section.h"

#define KNOWN(names) (names), sizeof(names) / sizeof *(names)

static const struct jpath root = {NULL, NULL, 0};

const char *const diagnosis_author_names[DIAGNOSIS_AUTHORS] = {"firm", "desk", "expert"};
static const char *const step_names[REQUIREMENT_STEPS] = {"propose", "agree"};

static ieum_status read_one(const jval *json, const struct jpath *at, struct requirement *read, struct problem *problem) {
    static const char *const known[] = {"module", "by", "before", "enabled", "reason", "source"};
    const struct jpath by_at = {at, "by", 0};
    size_t module = 0, by = DIAGNOSIS_AUTHORS, before = 0;
    ieum_status status = object_check(json, at, KNOWN(known), problem);
    if (status == IEUM_OK) status = field_choice(json, at, "module", true, module_names, MODULES, &module, problem);
    if (status == IEUM_OK && jval_get(json, "by")) status = field_choice(json, at, "by", true, diagnosis_author_names, DIAGNOSIS_AUTHORS, &by, problem);
    if (status == IEUM_OK && by != DIAGNOSIS_AUTHORS && module != MODULE_DIAGNOSIS)
        status = jval_refuse(problem, &by_at, jval_get(json, "by"), NULL, "누가 했는지(by)는 진단(diagnosis)에만 적습니다.", "Who did it (by) is asked of a diagnosis alone.");
    if (status == IEUM_OK) status = field_choice(json, at, "before", true, step_names, REQUIREMENT_STEPS, &before, problem);
    read->enabled = true;
    if (status == IEUM_OK) status = field_bool(json, at, "enabled", false, &read->enabled, problem);
    if (status == IEUM_OK) status = text2_read(json, at, "reason", true, &read->reason, problem);
    if (status == IEUM_OK) status = field_text(json, at, "source", true, &read->source, problem);
    read->module = (enum program_module)module;
    read->by = (enum diagnosis_author)by;
    read->before = (enum requirement_step)before;
    return status;
}

ieum_status requirements_read(const jval *resolved, struct program *program, struct problem *problem) {
    const struct jpath list_at = {&root, "requires", 0};
    const jval *list = NULL;
    ieum_status status = field_array(resolved, NULL, "requires", false, &list, problem);
    program->requirements = arena_allocate_zero(program->arena, jval_count(list), sizeof *program->requirements);
    if (status == IEUM_OK && !program->requirements) status = problem_set_memory(problem);
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) {
        const struct jpath at = {&list_at, NULL, i};
        struct requirement *one = &program->requirements[i];
        status = read_one(jval_at(list, i), &at, one, problem);
        for (size_t k = 0; k < i && status == IEUM_OK; k++)
            if (program->requirements[k].module == one->module && program->requirements[k].before == one->before)
                status = jval_refuse(problem, &at, NULL, NULL, "같은 단계 앞에 같은 모듈을 두 번 요구합니다.", "The same module is asked for twice before the same step.");
    }
    for (size_t i = 0; i < jval_count(list) && status == IEUM_OK; i++) /* those that are switched off are checked and left out */
        if (program->requirements[i].enabled) program->requirements[program->requirement_count++] = program->requirements[i];
    return status;
}
