/* SPDX-License-Identifier: Apache-2.0 */
/* Two arrays that grow by doubling. */
#include "staged_proof.h"

#include "../base/memory.h"

ieum_status staged_proof_add_stage(struct staged_proof *proof, struct staged_stage stage, struct problem *problem) {
    if (proof->stage_count == proof->stage_room) {
        size_t room = proof->stage_room < 16 ? 16 : 2 * proof->stage_room;
        struct staged_stage *stages = memory_resize(proof->stages, room, sizeof *stages);
        if (!stages) return problem_set_memory(problem);
        proof->stages = stages;
        proof->stage_room = room;
    }
    stage.first_price = proof->price_count;
    stage.price_count = 0;
    proof->stages[proof->stage_count++] = stage;
    return IEUM_OK;
}

ieum_status staged_proof_add_price(struct staged_proof *proof, uint32_t limit, int64_t price, struct problem *problem) {
    if (proof->price_count == proof->price_room) {
        size_t room = proof->price_room < 64 ? 64 : 2 * proof->price_room;
        struct staged_price *prices = memory_resize(proof->prices, room, sizeof *prices);
        if (!prices) return problem_set_memory(problem);
        proof->prices = prices;
        proof->price_room = room;
    }
    proof->prices[proof->price_count++] = (struct staged_price){limit, price};
    proof->stages[proof->stage_count - 1].price_count++;
    return IEUM_OK;
}

void staged_proof_free(struct staged_proof *proof) {
    memory_free(proof->stages);
    memory_free(proof->prices);
    *proof = (struct staged_proof){0};
}
