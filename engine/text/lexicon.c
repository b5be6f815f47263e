/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening a lexicon: every *.json file of a folder by name order, hashed, read in two passes (ids, then concepts that
 * refer to them), checked and related. scope.json and links.json are not concept files: they hold the words of negation
 * and the weights of the hierarchy. Must not read anything but that folder.
 */
#include <string.h>

#include "../base/files.h"
#include "../base/parallel.h"
#include "lexicon_image.h"
#include "lexicon_parts.h"

#define MOST_BYTES ((size_t)16 << 20)
#define POINTER_SIZE 256
#define SCOPE_FILE "scope.json"
#define LINKS_FILE "links.json"
#define MEANING_FILE "meaning.json"

const char *const facet_names[FACETS] = {"task", "technique", "data", "industry", "delivery"};

struct source_file {
    const char *name;
    char *bytes;
    size_t size;
    jval *value;
    struct problem problem;
};

static struct lazy_matcher *lazy_new(struct problem *problem) {
    struct lazy_matcher *lazy = memory_allocate_zero(1, sizeof *lazy);
    if (lazy == NULL || matcher_new(&lazy->matcher, problem) != IEUM_OK || pthread_mutex_init(&lazy->lock, NULL) != 0) {
        if (lazy != NULL) matcher_free(lazy->matcher);
        memory_free(lazy);
        return NULL;
    }
    atomic_init(&lazy->finished, false);
    return lazy;
}

ieum_status lexicon_new(struct lexicon **lexicon, struct problem *problem) {
    struct lexicon *self = memory_allocate_zero(1, sizeof *self);
    if (self == NULL) return problem_set_memory(problem);
    self->arena = arena_new();
    self->ids = map_new();
    self->lazy = lazy_new(problem);
    if (self->arena == NULL || self->ids == NULL || self->lazy == NULL) {
        lexicon_free(self);
        return problem_set_memory(problem);
    }
    *lexicon = self;
    return IEUM_OK;
}

void lexicon_free(struct lexicon *lexicon) {
    if (lexicon == NULL) return;
    lexicon_free(atomic_load(&lexicon->whole));
    for (size_t i = 0; i < lexicon->patterns.count; i++) pattern_free(atomic_load(&lexicon->patterns.items[i].compiled));
    if (lexicon->lazy != NULL) {
        pthread_mutex_destroy(&lexicon->lazy->lock);
        matcher_free(lexicon->lazy->matcher);
        text_index_free(lexicon->lazy->documents);
        typo_index_free(lexicon->lazy->typos);
        memory_free(lexicon->lazy);
    }
    vector_free(&lexicon->patterns);
    vector_free(&lexicon->passages);
    vector_free(&lexicon->roles);
    term_table_free(&lexicon->ignored);
    term_table_free(&lexicon->particles);
    vector_free(&lexicon->concepts);
    vector_free(&lexicon->entries);
    vector_free(&lexicon->near);
    memory_free(lexicon->near_first);
    map_free(lexicon->ids);
    arena_free(lexicon->arena);
    memory_free(lexicon);
}

static ieum_status read_file(const char *folder, struct source_file *file, struct digest *digest,
                             struct problem *problem) {
    char *path = path_join(folder, file->name);
    ieum_status status =
        path == NULL ? problem_set_memory(problem) : file_read(path, MOST_BYTES, &file->bytes, &file->size, problem);
    if (status == IEUM_OK) {
        digest_add_text(digest, file->name);
        digest_add(digest, file->bytes, file->size + 1); /* with its NUL: JSON holds none, so files cannot run together */
    }
    memory_free(path);
    return status;
}

static void parse_file(void *context, size_t index, int worker) {
    struct source_file *file = (struct source_file *)context + index;
    (void)worker;
    if (jval_parse(file->bytes, file->size, &file->value, &file->problem) != IEUM_OK)
        problem_set_place(&file->problem, file->name, 0, 0);
}

/* Files are read one after the other (the hash runs over them) and parsed side by side: parsing is most of loading. */
static ieum_status read_files(const char *folder, struct source_file *files, size_t count, int threads, struct digest *digest,
                              struct problem *problem) {
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < count && status == IEUM_OK; i++) status = read_file(folder, &files[i], digest, problem);
    if (status != IEUM_OK) return status;
    jval_prepare();
    parallel_for(threads, count, parse_file, files);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        status = files[i].problem.status;
        if (status != IEUM_OK) *problem = files[i].problem;
    }
    return status;
}

enum file_kind { CONCEPTS, SCOPE, LINKS, MEANING, EXAMPLES };

static enum file_kind kind_of(const struct source_file *file) {
    return strcmp(file->name, SCOPE_FILE) == 0     ? SCOPE
           : strcmp(file->name, LINKS_FILE) == 0   ? LINKS
           : strcmp(file->name, MEANING_FILE) == 0 ? MEANING
           : lexicon_holds_examples(file->value)   ? EXAMPLES
                                                   : CONCEPTS;
}

/* The patterns that have no file yet came from this one. */
static ieum_status name_patterns(struct lexicon *self, const char *file, struct problem *problem) {
    const char *name = arena_copy_text(self->arena, file);
    if (name == NULL) return problem_set_memory(problem);
    for (size_t i = self->patterns.count; i-- > 0 && self->patterns.items[i].file == NULL;) self->patterns.items[i].file = name;
    return IEUM_OK;
}

/* What a file holds; examples are left to the last pass, when all concepts are there. */
static ieum_status read_one(struct lexicon *self, const struct source_file *file, bool examples, struct problem *problem) {
    static ieum_status (*const readers[])(struct lexicon *, const jval *, struct problem *) = {
        lexicon_read_concepts, lexicon_read_scope, lexicon_read_links, lexicon_read_meaning, lexicon_read_examples};
    const enum file_kind kind = kind_of(file);
    if ((kind == EXAMPLES) != examples) return IEUM_OK;
    ieum_status status = readers[kind](self, file->value, problem);
    if (status == IEUM_OK) status = name_patterns(self, file->name, problem);
    if (status != IEUM_OK) problem_set_place(problem, file->name, 0, 0);
    return status;
}

static ieum_status read_all(struct lexicon *self, const struct source_file *files, size_t count,
                            struct problem *problem) {
    for (size_t i = 0; i < count; i++)
        if (kind_of(&files[i]) == CONCEPTS && lexicon_read_ids(self, files[i].value, problem) != IEUM_OK) {
            problem_set_place(problem, files[i].name, 0, 0);
            return problem->status;
        }
    for (int examples = 0; examples < 2; examples++)
        for (size_t i = 0; i < count; i++) {
            ieum_status status = read_one(self, &files[i], examples == 1, problem);
            if (status != IEUM_OK) return status;
        }
    if (self->concepts.count == 0)
        return problem_set(problem, IEUM_INVALID, "", "용어집에 개념이 하나도 없습니다.",
                           "The lexicon holds no concept.");
    if (self->concepts.count > LEXICON_CONCEPTS_MOST)
        return problem_set(problem, IEUM_LIMIT, "", "용어집의 개념이 너무 많습니다. 65,536개까지 됩니다.",
                           "The lexicon has too many concepts; 65,536 is the most.");
    ieum_status status = lexicon_check_hierarchy(self, problem);
    return status == IEUM_OK ? lexicon_relate(self, problem) : status;
}

ieum_status lexicon_load(const char *folder, int threads, struct lexicon **lexicon, struct problem *problem) {
    struct lexicon *self = NULL;
    struct source_file *files = NULL;
    struct digest digest;
    char **names = NULL;
    size_t count = 0;
    ieum_status status = folder_list(folder, ".json", &names, &count, problem);
    if (status == IEUM_OK) status = lexicon_new(&self, problem);
    if (status != IEUM_OK) goto done;
    files = memory_allocate_zero(count, sizeof *files);
    if (files == NULL) {
        status = problem_set_memory(problem);
        goto done;
    }
    self->threads = threads;
    digest_begin(&digest);
    for (size_t i = 0; i < count; i++) files[i].name = names[i];
    status = read_files(folder, files, count, threads, &digest, problem);
    digest_end(&digest, self->hash);
    if (status == IEUM_OK) status = read_all(self, files, count, problem);
    if (status != IEUM_OK) goto done;
    *lexicon = self;
    self = NULL;
done:
    for (size_t i = 0; files != NULL && i < count; i++) {
        jval_free(files[i].value);
        memory_free(files[i].bytes);
    }
    memory_free(files);
    memory_free(names);
    lexicon_free(self);
    return status;
}

ieum_status lexicon_hash_folder(const char *folder, char hash[DIGEST_TEXT], struct problem *problem) {
    struct digest digest;
    char **names = NULL;
    size_t count = 0;
    ieum_status status = folder_list(folder, ".json", &names, &count, problem);
    digest_begin(&digest);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        struct source_file file = {.name = names[i]};
        status = read_file(folder, &file, &digest, problem);
        memory_free(file.bytes);
    }
    digest_end(&digest, hash);
    memory_free(names);
    return status;
}

ieum_status lexicon_whole(const struct lexicon *lexicon, const struct lexicon **whole, struct problem *problem) {
    struct lexicon *self = (struct lexicon *)(uintptr_t)lexicon; /* only `whole` changes, under the lock */
    ieum_status status = IEUM_OK;
    *whole = lexicon;
    if (lexicon->folder == NULL) return IEUM_OK;
    struct lexicon *known = atomic_load_explicit(&self->whole, memory_order_acquire);
    if (known == NULL) {
        pthread_mutex_lock(&self->lazy->lock);
        known = atomic_load_explicit(&self->whole, memory_order_relaxed);
        if (known == NULL) status = lexicon_load(lexicon->folder, lexicon->threads, &known, problem);
        if (status == IEUM_OK && strcmp(known->hash, lexicon->hash) != 0) {
            lexicon_free(known);
            status = problem_set(problem, IEUM_CONFLICT, "", "작업 중에 개념 사전이 바뀌었습니다. 다시 시도하십시오.",
                                 "The lexicon has changed while it was in use; try again.");
        }
        if (status == IEUM_OK) atomic_store_explicit(&self->whole, known, memory_order_release);
        pthread_mutex_unlock(&self->lazy->lock);
    }
    if (status == IEUM_OK) *whole = known;
    return status;
}

ieum_status lexicon_add_term(struct lexicon *lexicon, const char *term, enum match_rule rule,
                             struct lexicon_entry entry, const struct jpath *at, struct problem *problem) {
    if (lexicon->entries.count >= UINT32_MAX || !vector_push(&lexicon->entries, entry))
        return problem_set_memory(problem);
    ieum_status status = matcher_add(lexicon->lazy->matcher, term, rule, (uint32_t)lexicon->entries.count - 1, problem);
    if (status != IEUM_OK) {
        char pointer[POINTER_SIZE];
        jpath_write(at, pointer, sizeof pointer);
        problem_prefix_pointer(problem, pointer);
    }
    return status;
}

ieum_status lexicon_pattern_get(struct lexicon_pattern *pattern, const struct pattern **compiled, struct problem *problem) {
    struct pattern *known = atomic_load_explicit(&pattern->compiled, memory_order_acquire), *made = NULL;
    if (known == NULL) {
        ieum_status status = pattern_new(pattern->expression, pattern->pointer, &made, problem);
        if (status != IEUM_OK) {
            problem_set_place(problem, pattern->file, 0, 0);
            return status;
        }
        /* Whoever comes second uses what the first has put down. */
        if (atomic_compare_exchange_strong(&pattern->compiled, &known, made)) known = made;
        else pattern_free(made);
    }
    *compiled = known;
    return IEUM_OK;
}

ieum_status lexicon_check_patterns(const struct lexicon *lexicon, struct problem *problem) {
    const struct pattern *compiled;
    ieum_status status = lexicon_whole(lexicon, &lexicon, problem);
    for (size_t i = 0; i < lexicon->patterns.count && status == IEUM_OK; i++)
        status = lexicon_pattern_get(&lexicon->patterns.items[i], &compiled, problem);
    return status;
}

uint32_t lexicon_count(const struct lexicon *lexicon) { return (uint32_t)lexicon->concepts.count; }

const struct concept *lexicon_concept(const struct lexicon *lexicon, uint32_t index) {
    return &lexicon->concepts.items[index];
}

uint32_t lexicon_find(const struct lexicon *lexicon, const char *id) { return map_get_text(lexicon->ids, id); }

const char *lexicon_hash(const struct lexicon *lexicon) { return lexicon->hash; }
