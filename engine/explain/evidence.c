/* SPDX-License-Identifier: Apache-2.0 */
#include "evidence.h"

#include <stdlib.h>
#include <string.h>

#include "../base/utf8.h"

enum { MOST_JOINTS = 64 };

/* A joint is shown when the two concepts are this near: below, a reader would not see why one answers the other. */
static const double LEAST_NEAR = 0.4;
/* … and not beside one that says three times as much. */
static const double LEAST_SHARE = 0.33;

/* Joints of all concept features of the program, each weighed as its criteria weigh it, one a demand concept. */
struct joint_list {
    struct concept_joint items[MOST_JOINTS];
    size_t count;
};

/* What a feature is worth to the fit criteria: its share of the points. */
static double feature_worth(const struct program *program, size_t feature) {
    double worth = 0;
    for (size_t c = 0; c < program->criterion_count; c++)
        for (size_t p = 0; p < program->criteria[c].part_count; p++)
            if (program->criteria[c].parts[p].feature == feature)
                worth += program->criteria[c].points * program->criteria[c].parts[p].weight;
    return worth;
}

static void add_joint(struct joint_list *list, struct concept_joint joint) {
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].demand_concept != joint.demand_concept) continue;
        list->items[i].share += joint.share;
        return;
    }
    if (list->count < MOST_JOINTS) list->items[list->count++] = joint;
}

static void collect(const struct feature_space *space, const struct demand_view *view, size_t supplier, struct joint_list *list) {
    for (size_t f = 0; f < space->program->feature_count; f++) {
        struct concept_joint joints[MOST_JOINTS];
        size_t count = feature_concept_joints(space, f, view, supplier, joints, MOST_JOINTS);
        double worth = count ? feature_worth(space->program, f) : 0;
        for (size_t i = 0; i < count; i++) {
            joints[i].share *= worth;
            if (joints[i].near >= LEAST_NEAR) add_joint(list, joints[i]);
        }
    }
    feature_joints_sort(list->items, list->count);
}

/* Where a record speaks of a concept: code points [start, end) of one of its texts. */
struct quotation {
    uint32_t text, start, end;
};

/* The first mention of the concept that is no part of a negated clause; a name before a paraphrase. Without any, the words that its meaning rests on. */
static bool find_quotation(const struct understanding *notes, uint32_t concept, struct quotation *quotation) {
    const struct noted_mention *best = NULL;
    for (size_t i = 0; i < notes->count; i++) {
        const struct noted_mention *noted = &notes->mentions[i];
        if (noted->mention.concept != concept || !mention_holds(&noted->mention)) continue;
        if (!best || noted->mention.kind < best->mention.kind) best = noted;
    }
    if (best) *quotation = (struct quotation){best->text, best->mention.start, best->mention.end};
    for (size_t i = 0; i < notes->meaning.span_count && !best; i++) {
        const struct meaning_span *span = &notes->meaning.spans[i];
        if (span->concept != concept) continue;
        *quotation = (struct quotation){span->text, span->start, span->end};
        return true;
    }
    return best != NULL;
}

static bool quote(const struct understanding *notes, const struct quotation *quotation, enum evidence_side side, uint32_t concept,
                  uint32_t joint, struct arena *arena, struct evidence *evidence) {
    const struct record_text *text = &notes->texts.items[quotation->text];
    size_t size = strlen(text->text);
    size_t start = utf8_offset(text->text, size, quotation->start);
    size_t end = start + utf8_offset(text->text + start, size - start, quotation->end - quotation->start);
    *evidence = (struct evidence){side, text->pointer, quotation->start, quotation->end,
                                  arena_copy_bytes(arena, text->text + start, end - start), concept, joint};
    return evidence->text != NULL;
}

static bool is_span(const struct evidence *evidence, const struct understanding *notes, const struct quotation *quotation) {
    return evidence->field == notes->texts.items[quotation->text].pointer && evidence->start == quotation->start && evidence->end == quotation->end;
}

/* Whether the same two spans stand there already, for another joint: a reader learns nothing from seeing them twice. */
static bool is_quoted(const struct evidence *items, size_t count, const struct understanding *demand, const struct quotation *asked,
                      const struct understanding *supplier, const struct quotation *offered) {
    for (size_t i = 0; i < count; i += 2)
        if (is_span(&items[i], demand, asked) && is_span(&items[i + 1], supplier, offered)) return true;
    return false;
}

ieum_status explain_evidence(const struct feature_space *space, const struct demand_view *view, size_t supplier, size_t most,
                             struct arena *arena, struct evidence_list *evidence, struct problem *problem) {
    struct joint_list joints = {.count = 0};
    collect(space, view, supplier, &joints);
    if (memory_failed()) return problem_set_memory(problem); /* the flag is this thread's: here is where it must be seen */
    if (joints.count > most) joints.count = most;
    struct evidence *items = arena_allocate(arena, 2 * joints.count * sizeof *items);
    if (!items) return problem_set_memory(problem);
    size_t count = 0;
    for (size_t i = 0; i < joints.count; i++) {
        const struct concept_joint *joint = &joints.items[i];
        if (count && joint->share < LEAST_SHARE * joints.items[0].share) break;
        struct quotation asked, offered;
        if (!find_quotation(view->notes, joint->demand_concept, &asked) ||
            !find_quotation(&space->notes[supplier], joint->supplier_concept, &offered))
            continue;
        if (is_quoted(items, count, view->notes, &asked, &space->notes[supplier], &offered)) continue;
        if (!quote(view->notes, &asked, EVIDENCE_DEMAND, joint->demand_concept, (uint32_t)(count / 2), arena, &items[count]) ||
            !quote(&space->notes[supplier], &offered, EVIDENCE_SUPPLIER, joint->supplier_concept, (uint32_t)(count / 2), arena, &items[count + 1]))
            return problem_set_memory(problem);
        count += 2;
    }
    *evidence = (struct evidence_list){items, count};
    return IEUM_OK;
}
