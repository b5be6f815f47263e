/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words over many suppliers, in one process: how long the index takes to build, and how long one query takes.
 *
 *     text_bench SUPPLIERS.jsonl DEMANDS.jsonl DATA RUNS
 *
 * Prints one JSON object: {"suppliers", "code_points", "build_s", "queries", "query_ms": [median, least, most], "meaning_us": [median, …]}. A query is what a
 * desk would ask: a demand's title and need, BM25 over all texts of all suppliers, the ten best. "meaning_us": interpreting and annotating one demand. Each demand is asked
 * RUNS times; the median is over all queries. Nothing is asserted.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "adapt/json.h"
#include "base/files.h"
#include "base/parallel.h"
#include "base/utf8.h"
#include "feature/understanding.h"
#include "record/read.h"
#include "score/top_k.h"
#include "text/index.h"

enum { TEN = 10 };

static double now_s(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void must(ieum_status status, const struct problem *problem) {
    if (status == IEUM_OK) return;
    fprintf(stderr, "%s\n", problem->en);
    exit(1);
}

static void *held(void *block) {
    if (block) return block;
    fputs("out of memory\n", stderr);
    exit(1);
}

static void read_set(enum record_kind kind, const char *path, const char *data, struct record_set *set) {
    struct problem problem = {0};
    char *bytes = NULL;
    size_t size = 0;
    must(file_read(path, (size_t)1 << 30, &bytes, &size, &problem), &problem);
    /* A file of records is at most 64 MiB for an import; here it is taken in parts, line by line, into one array. */
    jval *array = jval_new_array();
    for (char *line = bytes, *end; line < bytes + size; line = end + 1) {
        jval *value = NULL;
        end = memchr(line, '\n', (size_t)(bytes + size - line));
        if (!end) end = bytes + size;
        if (end > line) must(jval_parse(line, (size_t)(end - line), &value, &problem), &problem);
        if (value) jval_append(array, value);
    }
    must(record_set_from_json(kind, array, NULL, set, &problem), &problem);
    jval_free(array);
    memory_free(bytes);
    (void)data;
}

static struct weighted_document document_of(struct record_texts texts, struct arena *arena) {
    struct weighted_text *list = held(arena_allocate(arena, (texts.count + 1) * sizeof *list));
    for (size_t i = 0; i < texts.count; i++) list[i] = (struct weighted_text){texts.items[i].text, 1};
    return (struct weighted_document){list, texts.count};
}

static int compare_doubles(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void print_times(const char *name, double *times, size_t count, double scale) {
    qsort(times, count, sizeof *times, compare_doubles);
    printf(", \"%s\": [%.6g, %.6g, %.6g]", name, times[count / 2] * scale, times[0] * scale, times[count - 1] * scale);
}

static void ask(const struct text_index *index, const struct weighted_document *query, size_t suppliers, double *scores, int64_t *fixed) {
    struct problem problem = {0};
    struct top_k best[TEN];
    must(text_index_query(index, query, scores, &problem), &problem);
    for (size_t s = 0; s < suppliers; s++) fixed[s] = (int64_t)(scores[s] * 1e9);
    if (top_k_select(fixed, NULL, suppliers, TEN, best) == 0) exit(1);
}

static void time_meaning(const char *data, const struct record_set *demands, size_t runs) {
    struct problem problem = {0};
    struct lexicon *lexicon = NULL;
    char *folder = held(path_join(data, "lexicon"));
    double *times = held(malloc(demands->count * runs * sizeof *times));
    must(lexicon_load(folder, parallel_processors(), &lexicon, &problem), &problem);
    for (size_t r = 0; r < runs + 1; r++) /* the first round finishes the matcher and compiles patterns */
        for (size_t d = 0; d < demands->count; d++) {
            struct arena *arena = held(arena_new());
            struct record_texts texts;
            struct understanding understanding;
            must(demand_texts(&demands->demands[d], arena, &texts), &problem);
            const double start = now_s();
            must(understand(lexicon, texts, arena, &understanding, &problem), &problem);
            if (r > 0) times[(r - 1) * demands->count + d] = now_s() - start;
            arena_free(arena);
        }
    print_times("meaning_us", times, demands->count * runs, 1e6);
    free(times);
    memory_free(folder);
    lexicon_free(lexicon);
}

int main(int argc, char **argv) {
    struct problem problem = {0};
    struct record_set suppliers, demands;
    struct text_index *index = NULL;
    if (argc != 5) return 2;
    const size_t runs = (size_t)strtoul(argv[4], NULL, 10);
    jval_prepare();
    read_set(RECORD_SUPPLIER, argv[1], argv[3], &suppliers);
    read_set(RECORD_DEMAND, argv[2], argv[3], &demands);
    struct arena *arena = held(arena_new());
    struct weighted_document *documents = held(malloc(suppliers.count * sizeof *documents));
    size_t points = 0;
    for (size_t s = 0; s < suppliers.count; s++) {
        struct record_texts texts;
        must(supplier_texts(&suppliers.suppliers[s], arena, &texts), &problem);
        documents[s] = document_of(texts, arena);
        for (size_t i = 0; i < texts.count; i++) points += utf8_count_valid(texts.items[i].text, strlen(texts.items[i].text));
    }
    double start = now_s();
    must(text_index_new(documents, suppliers.count, 1.2, 0.75, parallel_processors(), &index, &problem), &problem);
    printf("{\"suppliers\": %zu, \"code_points\": %zu, \"build_s\": %.4g, \"queries\": %zu", suppliers.count, points, now_s() - start, demands.count * runs);
    double *times = held(malloc(demands.count * runs * sizeof *times)), *scores = held(malloc(suppliers.count * sizeof *scores));
    int64_t *fixed = held(malloc(suppliers.count * sizeof *fixed));
    for (size_t r = 0; r < runs; r++)
        for (size_t d = 0; d < demands.count; d++) {
            const struct weighted_text texts[2] = {{demands.demands[d].title, 1}, {demands.demands[d].need, 1}};
            start = now_s();
            ask(index, &(struct weighted_document){texts, 2}, suppliers.count, scores, fixed);
            times[r * demands.count + d] = now_s() - start;
        }
    print_times("query_ms", times, demands.count * runs, 1e3);
    time_meaning(argv[3], &demands, runs);
    printf("}\n");
    free(times);
    free(scores);
    free(fixed);
    free(documents);
    text_index_free(index);
    arena_free(arena);
    record_set_free(&suppliers);
    record_set_free(&demands);
    return 0;
}
