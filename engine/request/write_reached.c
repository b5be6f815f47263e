/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The suggestion turned round: {"program", "model", "data_hash", "supplier", "name", "reached": [{"rank", "demand", "name", "title", "eligible", "reasons",
 * "score", …}], "latent": [the same, of firms that have not applied], "counts": {"demands", "latent", "barred"}}.
 */
#include <stdlib.h>

#include "request.h"

struct reached {
    int64_t score;
    size_t shortlist;
};

static int compare_reached(const void *left, const void *right) {
    const struct reached *a = left, *b = right;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    return a->shortlist < b->shortlist ? -1 : a->shortlist > b->shortlist;
}

static jval *write_one(const struct suggest_answer *answer, const struct shortlist *shortlist, size_t rank) {
    const struct demand *demand = &answer->cohort.demands.demands[shortlist->demand];
    jval *object = write_suggestion(answer, &shortlist->suggestions[0], rank, true);
    jval_remove(object, "supplier");
    jval_set_text(object, "demand", demand->id);
    jval_set_text(object, "name", demand->firm.name);
    jval_set_text(object, "title", demand->title);
    write_verdict(object, &shortlist->verdict);
    return object;
}

/* Those that are latent, or those that are not. */
static jval *write_side(const struct suggest_answer *answer, bool latent, size_t k, size_t *count, size_t *barred) {
    struct reached *list = memory_allocate_zero(answer->count, sizeof *list);
    jval *array = jval_new_array();
    size_t found = 0;
    for (size_t i = 0; list && i < answer->count; i++) {
        const struct shortlist *shortlist = &answer->shortlists[i];
        if (answer->cohort.demands.demands[shortlist->demand].latent != latent) continue;
        ++*count;
        *barred += shortlist->count == 0;
        if (shortlist->count) list[found++] = (struct reached){shortlist->suggestions[0].score, i};
    }
    if (found) qsort(list, found, sizeof *list, compare_reached);
    for (size_t i = 0; i < found && i < k; i++) jval_append(array, write_one(answer, &answer->shortlists[list[i].shortlist], i + 1));
    memory_free(list);
    return array;
}

jval *write_reached(const struct suggest_answer *answer, size_t k) {
    const struct supplier *supplier = &answer->cohort.suppliers.suppliers[answer->only];
    jval *object = jval_new_object(), *counts = jval_new_object();
    size_t demands = 0, latent = 0, barred = 0;
    jval_set(object, "program", write_program_head(answer->program));
    write_model(object, answer);
    jval_set_text(object, "data_hash", answer->cohort.data_hash);
    jval_set_text(object, "supplier", supplier->id);
    jval_set_text(object, "name", supplier->firm.name);
    jval_set(object, "reached", write_side(answer, false, k, &demands, &barred));
    jval_set(object, "latent", write_side(answer, true, k, &latent, &barred));
    jval_set_integer(counts, "demands", (int64_t)demands);
    jval_set_integer(counts, "latent", (int64_t)latent);
    jval_set_integer(counts, "barred", (int64_t)barred);
    jval_set(object, "counts", counts);
    return object;
}
