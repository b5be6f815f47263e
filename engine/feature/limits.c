/* SPDX-License-Identifier: Apache-2.0 */
#include "limits.h"

static const double NEAR_ENOUGH = 0.4; /* what a demand asks for lifts a limit this near */

ieum_status limits_check(const jval *options, const struct jpath *at, struct problem *problem) {
    const struct jpath path = {at, "limits", 0};
    const jval *limits = NULL;
    double factor = 0;
    ieum_status status = field_object(options, at, "limits", false, &limits, problem);
    if (status == IEUM_OK && jval_count(limits) > LIMITS_MOST)
        return jval_refuse(problem, &path, limits, "<= 8", "제한은 여덟 가지까지 적습니다.", "At most eight limits are taken.");
    for (void *i = limits ? jval_first(limits) : NULL; i && status == IEUM_OK; i = jval_next(limits, i))
        status = field_number(limits, &path, jval_key(i), true, 0, 1, &factor, problem);
    return status;
}

static bool speaks_of(const struct understanding *notes, uint32_t concept) {
    for (size_t i = 0; i < notes->count; i++)
        if (notes->mentions[i].mention.concept == concept && mention_holds(&notes->mentions[i].mention) &&
            notes->texts.items[notes->mentions[i].text].role == TEXT_SUMMARY)
            return true;
    return false;
}

bool limits_prepare(const struct feature_space *space, const jval *options, struct limits *limits) {
    const jval *list = jval_get(options, "limits");
    *limits = (struct limits){.held = memory_allocate_zero(space->supplier_count, sizeof *limits->held)};
    limits->who = memory_allocate_zero(space->supplier_count, sizeof *limits->who);
    if (!limits->held || !limits->who) return false;
    for (void *i = list ? jval_first(list) : NULL; i; i = jval_next(list, i)) {
        const uint32_t concept = lexicon_find(space->lexicon, jval_key(i));
        if (concept == UINT32_MAX || limits->count == LIMITS_MOST) continue;
        for (size_t s = 0; s < space->supplier_count; s++)
            if (speaks_of(&space->notes[s], concept)) limits->held[s] |= (uint8_t)(1u << limits->count);
        limits->concepts[limits->count] = concept;
        limits->factors[limits->count++] = jval_number(jval_value(i));
    }
    for (size_t s = 0; s < space->supplier_count; s++)
        if (limits->held[s]) limits->who[limits->who_count++] = (uint32_t)s;
    return true;
}

void limits_free(struct limits *limits) {
    memory_free(limits->held);
    memory_free(limits->who);
}

uint8_t limits_lifted(const struct feature_space *space, const struct limits *limits, const struct understanding *demand) {
    uint8_t lifted = 0;
    for (size_t m = 0; m < demand->count; m++) {
        const struct concept_near near = lexicon_near(space->lexicon, demand->mentions[m].mention.concept);
        if (!mention_holds(&demand->mentions[m].mention)) continue;
        for (size_t n = 0; n < near.count && near.items[n].weight >= NEAR_ENOUGH; n++)
            for (size_t i = 0; i < limits->count; i++)
                if (near.items[n].to == limits->concepts[i]) lifted |= (uint8_t)(1u << i);
    }
    return lifted;
}

double limits_factor(const struct limits *limits, size_t supplier, uint8_t lifted) {
    double factor = 1;
    const unsigned bound = limits->held[supplier] & ~(unsigned)lifted;
    for (size_t i = 0; i < limits->count; i++)
        if (bound >> i & 1u) factor *= limits->factors[i];
    return factor;
}

void limits_lower(const struct limits *limits, uint8_t lifted, float *most) {
    for (size_t i = 0; i < limits->who_count; i++) {
        float *value = &most[limits->who[i]];
        *value = (*value < 1 ? *value : 1) * (float)limits_factor(limits, limits->who[i], lifted);
    }
}
