/* SPDX-License-Identifier: Apache-2.0 */
/*
 * op import: {"kind": "suppliers" | "demands" | "outcomes", "records": [record], "by"?} → {"kind", "records", "created", "changed", "unchanged"}; the last
 * three {"count", "ids"}. All or nothing. The same for the bytes of a file (ieum_import); with a person's choices: op_import_file.c.
 */
#include "../cohort_kinds.h"
#include "request.h"

static jval *write_class(const struct import_class *class) {
    jval *object = jval_new_object(), *ids = jval_new_array();
    for (size_t i = 0; i < class->ids.count; i++) jval_append_text(ids, class->ids.items[i]);
    jval_set_integer(object, "count", (int64_t)class->count);
    jval_set(object, "ids", ids);
    return object;
}

/* A cache: what is missing is made when it is needed. */
static void annotate_imported(struct call *call) {
    struct problem ignored = {0};
    cohort_annotate_store(call->workspace, call->imported, &ignored);
}

/* Stores the set; what is new is annotated once it is committed. */
ieum_status request_import_set(struct call *call, const struct record_set *set, const char *source, jval **result, struct problem *problem) {
    struct store *store;
    struct store_act act;
    struct import_counts counts;
    const char *by = NULL;
    const struct lexicon *lexicon;
    ieum_status status = workspace_lexicon(call->workspace, &lexicon, problem); /* a fault in it must show before anything is stored */
    if (status == IEUM_OK) status = lexicon_check_patterns(lexicon, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "by", false, &by, problem);
    if (status == IEUM_OK) status = workspace_act(call->workspace, by, NULL, call->arena, &act, problem);
    /* Who looked at what is stored before deciding has begun the change already. */
    if (status == IEUM_OK)
        status = workspace_changing(call->workspace) ? workspace_store(call->workspace, false, &store, problem) : workspace_change(call->workspace, &store, problem);
    if (status == IEUM_OK) status = store_import(store, set, source, &act, &counts, problem);
    if (status != IEUM_OK) return status;
    jval *object = jval_new_object();
    jval_set_text(object, "kind", record_kind_names[set->kind]);
    jval_set_text(object, "source", source);
    jval_set_integer(object, "records", (int64_t)set->count);
    jval_set(object, "created", write_class(&counts.created));
    jval_set(object, "changed", write_class(&counts.changed));
    jval_set(object, "unchanged", write_class(&counts.unchanged));
    call->imported = set->kind;
    if (counts.created.count || counts.changed.count) call->after_commit = annotate_imported;
    import_counts_free(&counts);
    *result = object;
    return IEUM_OK;
}

ieum_status request_import(struct call *call, jval **result, struct problem *problem) {
    static const char *const own[] = {"kind", "records"};
    const struct jpath root = {NULL, NULL, 0}, at = {&root, "records", 0};
    struct record_set set = {0};
    struct vocabulary *vocabulary = NULL;
    const jval *records = NULL;
    size_t kind = 0;
    if (call->files) return request_import_file(call, result, problem);
    ieum_status status = request_refuse_unknown(call->request, own, 2, problem);
    if (status == IEUM_OK) status = field_choice(call->request, NULL, "kind", true, record_kind_names, RECORD_KINDS, &kind, problem);
    if (status == IEUM_OK) status = field_array(call->request, NULL, "records", true, &records, problem);
    if (status == IEUM_OK) status = workspace_vocabulary(call->workspace, &vocabulary, problem);
    if (status == IEUM_OK) status = vocabulary_check_all(vocabulary, (enum record_kind)kind, records, &at, problem);
    if (status == IEUM_OK) status = record_set_from_json((enum record_kind)kind, records, &at, &set, problem);
    if (status == IEUM_OK) status = cohort_check_kinds(call->workspace, &set, &at, false, problem);
    if (status == IEUM_OK) status = request_import_set(call, &set, "request", result, problem);
    record_set_free(&set);
    return status;
}

ieum_status request_import_bytes(struct call *call, const char *kind_name, const char *name, const void *bytes, size_t size, jval **result,
                                 struct problem *problem) {
    struct record_set set = {0};
    size_t kind = 0;
    jval *head = jval_new_object();
    jval_set_text(head, "kind", kind_name);
    ieum_status status = field_choice(head, NULL, "kind", true, record_kind_names, RECORD_KINDS, &kind, problem);
    jval_free(head);
    if (status == IEUM_OK)
        status = record_set_read((enum record_kind)kind, name, bytes, size, workspace_data_path(call->workspace), &set, problem);
    if (status == IEUM_OK && cohort_check_kinds(call->workspace, &set, NULL, false, problem) != IEUM_OK) {
        problem_set_place(problem, name, 0, 0);
        status = problem->status;
    }
    if (status == IEUM_OK) status = request_import_set(call, &set, name, result, problem);
    record_set_free(&set);
    return status;
}
