/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Of a program that routes (the consulting desk, R-003, R-015): beside the suppliers of a demand the programs that fit its need and readiness, as the diagnosis finds
 * them. What a person did not answer at the desk is not asked for here: readiness and types of need are those on the demand's record, the need else its text's.
 */
#include "suggest_routes.h"

#include "write_diagnosis.h"

ieum_status suggest_routes(struct call *call, const struct demand *demand, const struct understanding *notes, jval *result, struct problem *problem) {
    const struct diagnose_question question = {.known = demand, .notes = notes, .makes_goods = -1, .recorded = true};
    struct diagnose_answer answer;
    ieum_status status = pipeline_diagnose(call->workspace, &question, &answer, problem);
    if (status != IEUM_OK) return status;
    jval_set(result, "need_types", write_diagnosed_needs(&answer));
    write_routed_programs(&answer, result);
    diagnose_answer_free(&answer);
    return IEUM_OK;
}
