/* SPDX-License-Identifier: Apache-2.0 */
#include "cohort.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/parallel.h"
#include "cohort_kinds.h"

enum { FILE_MOST = 64 << 20 };

static bool is_stored(const struct record_choice *choice) { return choice && !choice->inlined && !choice->path; }

/* ---- records ---- */

static int compare_suppliers(const void *a, const void *b) {
    return strcmp(((const struct supplier *)a)->id, ((const struct supplier *)b)->id);
}

static int compare_demands(const void *a, const void *b) {
    return strcmp(((const struct demand *)a)->id, ((const struct demand *)b)->id);
}

static void sort_set(struct record_set *set) {
    if (set->count < 2) return;
    if (set->kind == RECORD_SUPPLIER) qsort(set->suppliers, set->count, sizeof *set->suppliers, compare_suppliers);
    else qsort(set->demands, set->count, sizeof *set->demands, compare_demands);
}

/* A single record as a set, so that pointers name the record itself and not an element of a list. */
static ieum_status read_single(struct workspace *workspace, enum record_kind kind, const jval *object, const struct jpath *at, struct record_set *set,
                               struct problem *problem) {
    struct record_set made = {.kind = kind, .arena = arena_new(), .count = 0};
    struct vocabulary *vocabulary = NULL;
    ieum_status status = workspace_vocabulary(workspace, &vocabulary, problem);
    if (status == IEUM_OK) status = vocabulary_check(vocabulary, kind, object, at, problem);
    if (kind == RECORD_SUPPLIER) made.suppliers = memory_allocate_zero(1, sizeof *made.suppliers);
    else made.demands = memory_allocate_zero(1, sizeof *made.demands);
    if (status == IEUM_OK && !made.suppliers && !made.demands) status = problem_set_memory(problem);
    if (status == IEUM_OK)
        status = kind == RECORD_SUPPLIER ? supplier_read(object, at, made.arena, made.suppliers, problem)
                                         : demand_read(object, at, made.arena, made.demands, problem);
    made.count = status == IEUM_OK;
    if (status == IEUM_OK) *set = made;
    else record_set_free(&made);
    return status;
}

/* Leaves out the demands of other programs. */
static void keep_program(struct record_set *set, const char *program) {
    size_t kept = 0;
    for (size_t i = 0; i < set->count; i++) {
        if (set->demands[i].program && strcmp(set->demands[i].program, program) == 0) set->demands[kept++] = set->demands[i];
        else jval_free(set->demands[i].json);
    }
    set->count = kept;
}

/* What was chosen stands somewhere in the request. */
static void place_choice(const struct record_choice *choice, struct problem *problem) {
    char pointer[sizeof problem->pointer];
    if (!choice->choices_at || (strncmp(problem->pointer, "/mapping", 8) != 0 && strcmp(problem->pointer, "/sheet") != 0)) return;
    const int size = snprintf(pointer, sizeof pointer, "%s%s", choice->choices_at, problem->pointer);
    if (size > 0 && (size_t)size < sizeof pointer) memcpy(problem->pointer, pointer, sizeof pointer);
}

ieum_status record_choice_read(struct workspace *workspace, enum record_kind kind, const struct record_choice *choice, struct record_set *set, struct problem *problem) {
    char *read = NULL;
    const void *bytes = choice->bytes;
    size_t size = choice->size;
    if (choice->inlined) {
        struct vocabulary *vocabulary = NULL;
        ieum_status inlined = workspace_vocabulary(workspace, &vocabulary, problem);
        if (inlined == IEUM_OK) inlined = vocabulary_check_all(vocabulary, kind, choice->inlined, choice->at, problem);
        return inlined == IEUM_OK ? record_set_from_json(kind, choice->inlined, choice->at, set, problem) : inlined;
    }
    ieum_status status = bytes ? IEUM_OK : file_read(choice->path, FILE_MOST, &read, &size, problem);
    if (status == IEUM_OK)
        status = record_set_read_chosen(kind, choice->path, bytes ? bytes : read, size, workspace_data_path(workspace), choice->choices, set, problem);
    if (status != IEUM_OK) place_choice(choice, problem);
    memory_free(read);
    return status;
}

static ieum_status load_records(struct workspace *workspace, enum record_kind kind, const char *program,
                                const struct record_choice *choice, struct record_set *set, struct problem *problem) {
    if (choice->inlined) {
        if (jval_is(choice->inlined, JVAL_OBJECT)) return read_single(workspace, kind, choice->inlined, choice->at, set, problem);
        ieum_status status = record_choice_read(workspace, kind, choice, set, problem);
        if (status == IEUM_OK) sort_set(set);
        return status;
    }
    if (choice->path) {
        ieum_status status = record_choice_read(workspace, kind, choice, set, problem);
        if (status == IEUM_OK && kind == RECORD_DEMAND && program) keep_program(set, program);
        if (status == IEUM_OK) sort_set(set);
        return status;
    }
    struct store *store;
    ieum_status status = workspace_store(workspace, false, &store, problem);
    if (status != IEUM_OK) return status;
    if (kind == RECORD_SUPPLIER && choice->lean && !choice->id) return store_load_lean_suppliers(store, set, problem);
    return choice->id ? store_load_one(store, kind, choice->id, set, problem)
                      : store_load(store, kind, kind == RECORD_DEMAND ? program : NULL, set, problem);
}

/* ---- annotations ---- */

struct annotator {
    const struct lexicon *lexicon;
    const struct record_set *set;
    struct cohort *cohort;
    struct understanding *notes;
    const struct stored_annotation *stored; /* one a record, NULL: none */
    bool *fresh;                            /* annotated now, not read from the store */
    struct problem *problems;               /* one a record, so that the first by order is reported */
};

static ieum_status list_texts(const struct record_set *set, size_t index, struct arena *arena, struct record_texts *texts) {
    return set->kind == RECORD_SUPPLIER ? supplier_texts(&set->suppliers[index], arena, texts)
                                        : demand_texts(&set->demands[index], arena, texts);
}

static void annotate_one(void *context, size_t index, int worker) {
    struct annotator *annotator = context;
    struct arena *arena = annotator->cohort->worker_arenas[worker];
    struct problem *problem = &annotator->problems[index];
    struct record_texts texts;
    if (list_texts(annotator->set, index, arena, &texts) != IEUM_OK) {
        problem_set_memory(problem);
        return;
    }
    const struct stored_annotation *stored = annotator->stored ? &annotator->stored[index] : NULL;
    if (stored && stored->bytes &&
        understanding_read(annotator->lexicon, texts, stored->bytes, stored->size, arena, &annotator->notes[index]))
        return;
    annotator->fresh[index] = true;
    understand(annotator->lexicon, texts, arena, &annotator->notes[index], problem);
}

/* Puts what was annotated now into the store. It is a cache: a store that cannot be written is no failure. */
static void keep_annotations(struct workspace *workspace, const struct annotator *annotator) {
    struct store *store;
    struct problem ignored = {0};
    if (!annotator->stored) return; /* inline records, or a cache that is out of step */
    if (workspace_store(workspace, false, &store, &ignored) != IEUM_OK || !store_writable(store)) return;
    VECTOR(struct stored_annotation) items = {0};
    struct buffer bytes = BUFFER_EMPTY;
    for (size_t i = 0; i < annotator->set->count; i++) {
        if (!annotator->fresh[i]) continue;
        buffer_clear(&bytes);
        if (!understanding_write(&annotator->notes[i], &bytes)) goto done;
        struct stored_annotation item = {.digest = annotator->stored[i].digest, .size = bytes.size};
        item.bytes = arena_copy_bytes(annotator->cohort->arena, bytes.bytes, bytes.size);
        if (!item.bytes || !vector_push(&items, item)) goto done;
    }
    if (items.count && store_annotations_put(store, lexicon_hash(annotator->lexicon), items.items, items.count, &ignored) == IEUM_OK)
        workspace_keep_lexicon(workspace);
done:
    vector_free(&items);
    buffer_free(&bytes);
}

static ieum_status make_worker_arenas(struct workspace *workspace, struct cohort *cohort, struct problem *problem) {
    if (cohort->worker_arenas) return IEUM_OK;
    int count = workspace_threads(workspace);
    cohort->worker_arenas = memory_allocate_zero((size_t)count, sizeof *cohort->worker_arenas);
    if (!cohort->worker_arenas) return problem_set_memory(problem);
    cohort->worker_count = count;
    for (int i = 0; i < count; i++)
        if (!(cohort->worker_arenas[i] = arena_new())) return problem_set_memory(problem);
    return IEUM_OK;
}

/* The stored annotations in the order of the set. For one record by id they are picked out of the list. */
static ieum_status load_annotations(struct workspace *workspace, const char *program, const struct record_choice *choice,
                                    const struct record_set *set, const char *hash, struct arena *arena,
                                    struct annotation_list *list, const struct stored_annotation **stored, struct problem *problem) {
    struct store *store;
    ieum_status status = workspace_store(workspace, false, &store, problem);
    if (status == IEUM_OK)
        status = store_annotations_load(store, set->kind, choice->id || set->kind == RECORD_SUPPLIER ? NULL : program, hash, list, problem);
    if (status != IEUM_OK) return status;
    if (!choice->id) {
        *stored = list->count == set->count ? list->items : NULL;
        return IEUM_OK;
    }
    struct stored_annotation *one = arena_allocate_zero(arena, 1, sizeof *one);
    if (!one) return problem_set_memory(problem);
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].id, choice->id) == 0) *one = list->items[i];
    *stored = one->digest ? one : NULL;
    return IEUM_OK;
}

/* The digests that came with the annotations, for the data hash; NULL where there are none. */
static ieum_status keep_digests(const struct annotator *annotator, const char ***digests, struct problem *problem) {
    if (!annotator->stored) return IEUM_OK;
    struct arena *arena = annotator->cohort->arena;
    const char **list = arena_allocate_zero(arena, annotator->set->count, sizeof *list);
    if (!list) return problem_set_memory(problem);
    for (size_t i = 0; i < annotator->set->count; i++)
        if (!(list[i] = arena_copy_text(arena, annotator->stored[i].digest))) return problem_set_memory(problem);
    *digests = list;
    return IEUM_OK;
}

static ieum_status annotate(struct workspace *workspace, const char *program, const struct record_choice *choice,
                            const struct record_set *set, struct cohort *cohort, struct understanding **notes, const char ***digests,
                            struct problem *problem) {
    struct annotation_list list = {0};
    struct annotator annotator = {.set = set, .cohort = cohort};
    ieum_status status = workspace_lexicon(workspace, &annotator.lexicon, problem);
    if (status == IEUM_OK) status = make_worker_arenas(workspace, cohort, problem);
    if (status == IEUM_OK && is_stored(choice))
        status = load_annotations(workspace, program, choice, set, lexicon_hash(annotator.lexicon), cohort->arena, &list,
                                  &annotator.stored, problem);
    if (status != IEUM_OK) goto done;
    annotator.notes = arena_allocate_zero(cohort->arena, set->count, sizeof *annotator.notes);
    annotator.fresh = arena_allocate_zero(cohort->arena, set->count, sizeof *annotator.fresh);
    annotator.problems = memory_allocate_zero(set->count, sizeof *annotator.problems);
    if (!annotator.notes || !annotator.fresh || !annotator.problems) {
        status = problem_set_memory(problem);
        goto done;
    }
    parallel_for(workspace_threads(workspace), set->count, annotate_one, &annotator);
    for (size_t i = 0; i < set->count && status == IEUM_OK; i++) {
        status = annotator.problems[i].status;
        if (status != IEUM_OK) *problem = annotator.problems[i];
    }
    if (status == IEUM_OK) status = keep_digests(&annotator, digests, problem);
    if (status == IEUM_OK) {
        keep_annotations(workspace, &annotator);
        *notes = annotator.notes;
    }
done:
    memory_free(annotator.problems);
    annotation_list_free(&list);
    return status;
}

/* Kinds in records that came with the question; those of the store were looked at when they came in. */
static ieum_status check_kinds(struct workspace *workspace, const struct record_choice *choice, const struct record_set *set, struct problem *problem) {
    if (is_stored(choice) || choice->stored) return IEUM_OK;
    return cohort_check_kinds(workspace, set, choice->inlined ? choice->at : NULL, jval_is(choice->inlined, JVAL_OBJECT), problem);
}

/* Record `from` of a set that is being thinned out stands at `to` from now on, with its note and digest. */
static void move_record(struct record_set *set, struct understanding *notes, const char **digests, size_t to, size_t from) {
    if (set->kind == RECORD_SUPPLIER) set->suppliers[to] = set->suppliers[from];
    else set->demands[to] = set->demands[from];
    notes[to] = notes[from];
    if (digests) digests[to] = digests[from];
}

/* Takes out the suppliers that are no candidates, with their notes and digests. */
static ieum_status drop_others(struct workspace *workspace, const struct record_choice *choice, struct record_set *set, struct understanding *notes,
                               const char **digests, struct problem *problem) {
    const struct taxonomy *taxonomy;
    const bool stored = is_stored(choice) || choice->stored;
    size_t kept = 0;
    ieum_status status = workspace_taxonomy(workspace, &taxonomy, problem);
    if (status != IEUM_OK) return status;
    for (size_t i = 0; i < set->count; i++) {
        if (cohort_is_candidate(taxonomy, choice->kinds, stored, &set->suppliers[i])) move_record(set, notes, digests, kept++, i);
        else jval_free(set->suppliers[i].json);
    }
    set->count = kept;
    return IEUM_OK;
}

/* Takes out the latent demands, with their notes and digests. */
static void drop_latent(struct record_set *set, struct understanding *notes, const char **digests) {
    size_t kept = 0;
    for (size_t i = 0; i < set->count; i++) {
        if (set->demands[i].latent) jval_free(set->demands[i].json);
        else move_record(set, notes, digests, kept++, i);
    }
    set->count = kept;
}

/* ---- cohorts ---- */

/* Reading the lexicon and reading the records need nothing of each other, and take about as long: they run side by side. */
struct loading {
    struct workspace *workspace;
    const char *program;
    const struct record_choice *choices[2];
    struct record_set *sets[2];
    struct problem problems[2]; /* of the records, of the lexicon */
};

static void load_part(void *context, size_t part, int worker) {
    struct loading *loading = context;
    const struct lexicon *lexicon;
    (void)worker;
    if (part == 1) {
        workspace_lexicon(loading->workspace, &lexicon, &loading->problems[1]);
        return;
    }
    static const enum record_kind kinds[2] = {RECORD_SUPPLIER, RECORD_DEMAND};
    for (size_t i = 0; i < 2 && loading->problems[0].status == IEUM_OK; i++)
        if (loading->choices[i])
            load_records(loading->workspace, kinds[i], loading->program, loading->choices[i], loading->sets[i], &loading->problems[0]);
}

/* `beside`: a cohort whose suppliers are borrowed, with `demands` alone to load; NULL: none. */
static ieum_status load_cohort(struct workspace *workspace, const char *program, const struct record_choice *suppliers,
                               const struct record_choice *demands, const struct cohort *beside, struct cohort *cohort, struct problem *problem) {
    ieum_status status = IEUM_OK;
    struct digest hash;
    digest_begin(&hash);
    if (beside) hash = beside->hashed_suppliers;
    *cohort = (struct cohort){.arena = arena_new()};
    struct understanding **notes[2] = {&cohort->supplier_notes, &cohort->demand_notes};
    struct loading loading = {.workspace = workspace, .program = program, .choices = {suppliers, demands},
                              .sets = {&cohort->suppliers, &cohort->demands}};
    if (!cohort->arena) status = problem_set_memory(problem);
    if (status == IEUM_OK && (is_stored(suppliers) || is_stored(demands))) status = workspace_recall_lexicon(workspace, problem);
    if (status == IEUM_OK) parallel_for(workspace_threads(workspace), 2, load_part, &loading);
    for (size_t i = 0; i < 2 && status == IEUM_OK; i++) {
        status = loading.problems[i].status;
        if (status != IEUM_OK) *problem = loading.problems[i];
    }
    for (size_t i = 0; i < 2 && status == IEUM_OK; i++) {
        if (!loading.choices[i]) continue;
        const char **digests = NULL;
        status = check_kinds(workspace, loading.choices[i], loading.sets[i], problem);
        if (status == IEUM_OK)
            status = annotate(workspace, program, loading.choices[i], loading.sets[i], cohort, notes[i], &digests, problem);
        if (status == IEUM_OK && i == 0 && suppliers->kinds) status = drop_others(workspace, suppliers, loading.sets[i], *notes[i], digests, problem);
        if (status == IEUM_OK && i == 1 && !loading.choices[i]->id && !loading.choices[i]->inlined && !loading.choices[i]->latent)
            drop_latent(loading.sets[i], *notes[i], digests);
        if (status == IEUM_OK) status = digested_set_add(&(struct digested_set){loading.sets[i], digests}, &hash, problem);
        if (i == 0) {
            cohort->hashed_suppliers = hash;
            cohort->supplier_digests = digests;
        }
    }
    if (beside && status == IEUM_OK) {
        cohort->suppliers = beside->suppliers;
        cohort->supplier_notes = beside->supplier_notes;
        cohort->borrows_suppliers = true;
    }
    if (status == IEUM_OK) digest_end(&hash, cohort->data_hash);
    else cohort_free(cohort);
    return status;
}

ieum_status cohort_load(struct workspace *workspace, const char *program, const struct record_choice *suppliers,
                        const struct record_choice *demands, struct cohort *cohort, struct problem *problem) {
    return load_cohort(workspace, program, suppliers, demands, NULL, cohort, problem);
}

ieum_status cohort_load_beside(struct workspace *workspace, const char *program, const struct cohort *suppliers, const struct record_choice *demands,
                               struct cohort *cohort, struct problem *problem) {
    return load_cohort(workspace, program, NULL, demands, suppliers, cohort, problem);
}

void cohort_free(struct cohort *cohort) {
    if (!cohort->borrows_suppliers) record_set_free(&cohort->suppliers);
    record_set_free(&cohort->demands);
    for (int i = 0; i < cohort->worker_count; i++) arena_free(cohort->worker_arenas[i]);
    memory_free(cohort->worker_arenas);
    arena_free(cohort->arena);
    *cohort = (struct cohort){0};
}

ieum_status cohort_annotate_store(struct workspace *workspace, enum record_kind kind, struct problem *problem) {
    struct record_choice all = {0};
    struct cohort cohort;
    if (kind == RECORD_OUTCOME) return IEUM_OK;
    ieum_status status = cohort_load(workspace, NULL, kind == RECORD_SUPPLIER ? &all : NULL, kind == RECORD_DEMAND ? &all : NULL, &cohort,
                                     problem);
    if (status == IEUM_OK) cohort_free(&cohort);
    return status;
}
