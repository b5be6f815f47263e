/* SPDX-License-Identifier: Apache-2.0 */
/* Purpose, input, output: see cohort_kinds.h. */
#include "cohort_kinds.h"

bool cohort_is_candidate(const struct taxonomy *taxonomy, const struct text_list *pool, bool stored, const struct supplier *supplier) {
    return (!stored && !supplier->kind) || party_kind_among(taxonomy, supplier->kind, pool);
}

ieum_status cohort_check_stands(struct workspace *workspace, const struct supplier *supplier, const struct text_list *kinds, const struct text2 *place, const char *pointer,
                                struct problem *problem) {
    const struct taxonomy *taxonomy;
    struct buffer wanted = BUFFER_EMPTY;
    ieum_status status = workspace_taxonomy(workspace, &taxonomy, problem);
    if (status != IEUM_OK || cohort_is_candidate(taxonomy, kinds, true, supplier)) return status;
    const struct party_kind *kind = party_kind_find(taxonomy, supplier->kind);
    const char *ko = kind ? kind->korean : supplier->kind, *en = kind ? kind->english : supplier->kind;
    for (size_t i = 0; i < kinds->count; i++) buffer_format(&wanted, i ? ", %s" : "%s", kinds->items[i]);
    if (place)
        problem_set(problem, IEUM_CONFLICT, pointer, "'%1$s'의 구분은 '%2$s'이므로 '%3$s' 자리에 설 수 없습니다.%4$.0s%5$.0s",
                    "'%1$s' is of the kind '%4$s' and cannot stand in the place '%5$s'.%2$.0s%3$.0s", supplier->id, ko, place->ko, en, place->en);
    else
        problem_set(problem, IEUM_CONFLICT, pointer, "'%1$s'의 구분은 '%2$s'이므로 이 사업의 후보가 아닙니다.%3$.0s",
                    "'%1$s' is of the kind '%3$s' and no candidate of this program.%2$.0s", supplier->id, ko, en);
    problem_set_value(problem, kind ? kind->id : supplier->kind);
    problem_set_expected(problem, wanted.bytes ? wanted.bytes : party_kind_find(taxonomy, NULL)->id);
    buffer_free(&wanted);
    return problem->status;
}

ieum_status cohort_check_kinds(struct workspace *workspace, const struct record_set *set, const struct jpath *at, bool single, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0};
    const bool demands = set->kind == RECORD_DEMAND;
    const struct taxonomy *taxonomy = NULL; /* opened for the first record that names a kind */
    ieum_status status = IEUM_OK;
    if (!demands && set->kind != RECORD_SUPPLIER) return IEUM_OK;
    if (!at) at = &root;
    for (size_t i = 0; i < set->count && status == IEUM_OK; i++) {
        const jval *json = demands ? set->demands[i].json : set->suppliers[i].json, *kind = jval_get(demands ? jval_get(json, "firm") : json, "kind");
        const struct jpath item = {at, NULL, i}, *record = single ? at : &item, firm = {record, "firm", 0};
        if (!kind) continue;
        if (!taxonomy) status = workspace_taxonomy(workspace, &taxonomy, problem);
        if (status == IEUM_OK) status = party_kind_check(taxonomy, kind, &(struct jpath){demands ? &firm : record, "kind", 0}, jval_get_text(json, "id"), problem);
    }
    return status;
}

static size_t count_candidates(const struct taxonomy *taxonomy, const struct text_list *pool, const struct record_set *set) {
    size_t count = 0;
    for (size_t i = 0; i < set->count; i++) count += cohort_is_candidate(taxonomy, pool, true, &set->suppliers[i]);
    return count;
}

ieum_status cohort_narrow(struct workspace *workspace, const struct cohort *whole, const struct text_list *pool, struct cohort *cohort, struct problem *problem) {
    const struct taxonomy *taxonomy;
    ieum_status status = workspace_taxonomy(workspace, &taxonomy, problem);
    *cohort = (struct cohort){.suppliers = whole->suppliers, .supplier_notes = whole->supplier_notes, .supplier_digests = whole->supplier_digests,
                              .borrows_suppliers = true, .hashed_suppliers = whole->hashed_suppliers};
    const size_t count = !pool ? whole->suppliers.count : status == IEUM_OK ? count_candidates(taxonomy, pool, &whole->suppliers) : 0;
    if (status != IEUM_OK || count == whole->suppliers.count) return status;
    if (!(cohort->arena = arena_new())) return problem_set_memory(problem);
    struct supplier *suppliers = arena_allocate(cohort->arena, (count + 1) * sizeof *suppliers);
    struct understanding *notes = arena_allocate(cohort->arena, (count + 1) * sizeof *notes);
    const char **digests = whole->supplier_digests ? arena_allocate(cohort->arena, (count + 1) * sizeof *digests) : NULL;
    if (!suppliers || !notes || (whole->supplier_digests && !digests)) return problem_set_memory(problem);
    for (size_t i = 0, at = 0; i < whole->suppliers.count; i++) {
        if (!cohort_is_candidate(taxonomy, pool, true, &whole->suppliers.suppliers[i])) continue;
        suppliers[at] = whole->suppliers.suppliers[i];
        notes[at] = whole->supplier_notes[i];
        if (digests) digests[at] = whole->supplier_digests[i];
        at++;
    }
    cohort->suppliers.suppliers = suppliers;
    cohort->suppliers.count = count;
    cohort->supplier_notes = notes;
    cohort->supplier_digests = digests;
    digest_begin(&cohort->hashed_suppliers);
    return digested_set_add(&(struct digested_set){&cohort->suppliers, digests}, &cohort->hashed_suppliers, problem);
}
