/* SPDX-License-Identifier: Apache-2.0 */
/* Lines into fields, fields into entries, then one sort to find what stands twice and one to bring a run into its order. */
#include "trec_files.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/utf8.h"

enum { QREL_FIELDS = 4, RUN_FIELDS = 6, MOST_SHOWN = 64 };

struct reading {
    const struct trec_file *file;
    struct trec_topics *topics;
    VECTOR(struct trec_entry) entries;
    locale_t plain; /* "C": a decimal point is a point, whatever the program around us has chosen */
    const char *line_start;
    uint32_t line;
    struct trec_name tag;
};

int trec_compare(struct trec_name a, struct trec_name b) {
    const uint32_t both = a.size < b.size ? a.size : b.size;
    const int order = memcmp(a.bytes, b.bytes, both);
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

bool trec_topics_start(struct trec_topics *topics) {
    *topics = (struct trec_topics){.map = map_new()};
    return topics->map != NULL;
}

void trec_topics_free(struct trec_topics *topics) {
    map_free(topics->map);
    vector_free(&topics->names);
    topics->map = NULL;
}

/* ---- refusals ---- */

static void show_value(struct trec_name name, struct problem *problem) {
    char shown[MOST_SHOWN + 1];
    const size_t size = utf8_cut(name.bytes, name.size, MOST_SHOWN);
    memcpy(shown, name.bytes, size);
    shown[size] = '\0';
    problem_set_value(problem, shown);
}

static ieum_status refuse_field(const struct reading *reading, struct trec_name field, const char *expected, const char *ko, const char *en,
                                struct problem *problem) {
    problem_set(problem, IEUM_INVALID, reading->file->pointer, ko, en);
    problem_set_place(problem, reading->file->name, reading->line, utf8_count(reading->line_start, (size_t)(field.bytes - reading->line_start)) + 1);
    show_value(field, problem);
    problem_set_expected(problem, expected);
    return problem->status;
}

static ieum_status refuse_count(const struct reading *reading, size_t found, bool run, struct problem *problem) {
    if (run)
        problem_set(problem, IEUM_INVALID, reading->file->pointer, "실행 결과(run)의 한 줄에는 항목 여섯 개가 있어야 하는데 %zu개가 있습니다.",
                    "A line of a run has six fields; this one has %zu.", found);
    else
        problem_set(problem, IEUM_INVALID, reading->file->pointer, "판정 파일(qrels)의 한 줄에는 항목 네 개가 있어야 하는데 %zu개가 있습니다.",
                    "A line of a qrels file has four fields; this one has %zu.", found);
    problem_set_place(problem, reading->file->name, reading->line, 0);
    problem_set_expected(problem, run ? "topic Q0 document rank score tag" : "topic 0 document grade");
    return problem->status;
}

static ieum_status refuse_twice(const struct trec_file *file, const struct trec_entry *first, const struct trec_entry *again, bool run,
                                struct problem *problem) {
    if (run)
        problem_set(problem, IEUM_INVALID, file->pointer, "같은 과제에 같은 후보가 두 번 있습니다(처음은 %u행).",
                    "The same document stands twice in one topic (first on line %u).", first->line);
    else
        problem_set(problem, IEUM_INVALID, file->pointer, "같은 과제의 같은 후보에 서로 다른 판정이 있습니다(처음은 %u행).",
                    "The same document of one topic has two different grades (first on line %u).", first->line);
    problem_set_place(problem, file->name, again->line, 0);
    show_value(again->document, problem);
    return problem->status;
}

/* ---- fields ---- */

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }

/* Up to `most` fields of the line; the number of all of them. */
static size_t split_line(const char *at, const char *end, struct trec_name *fields, size_t most) {
    size_t count = 0;
    for (;;) {
        while (at < end && is_blank(*at)) at++;
        if (at == end) return count;
        const char *start = at;
        while (at < end && !is_blank(*at)) at++;
        if (count < most) fields[count] = (struct trec_name){start, (uint32_t)(at - start)};
        count++;
    }
}

static bool read_grade(struct trec_name field, double *grade) {
    const bool negative = field.bytes[0] == '-';
    int number = 0;
    if (field.size == negative) return false;
    for (uint32_t i = negative; i < field.size; i++) {
        if (field.bytes[i] < '0' || field.bytes[i] > '9') return false;
        number = number * 10 + (field.bytes[i] - '0');
        if (number > TREC_MOST_GRADE) return false;
    }
    *grade = negative ? -number : number;
    return true;
}

/* A blank follows the field, so that strtod ends there; words and hexadecimals that it would take are no scores. */
static bool read_score(const struct reading *reading, struct trec_name field, double *score) {
    char *end;
    for (uint32_t i = 0; i < field.size; i++)
        if (!strchr("0123456789.+-eE", field.bytes[i])) return false;
    *score = strtod_l(field.bytes, &end, reading->plain);
    return end == field.bytes + field.size && isfinite(*score);
}

static ieum_status add_entry(struct reading *reading, const struct trec_name *fields, bool run, struct problem *problem) {
    struct trec_entry entry = {.document = fields[2], .line = reading->line};
    const struct trec_name value = fields[run ? 4 : 3];
    if (!run && !read_grade(value, &entry.value))
        return refuse_field(reading, value, "-1000..1000", "판정 등급은 -1000에서 1000까지의 정수여야 합니다.",
                            "A grade is a whole number from -1000 to 1000.", problem);
    if (run && !read_score(reading, value, &entry.value))
        return refuse_field(reading, value, "0.83, -12.5, 1e-3 …", "점수는 유한한 수여야 합니다.", "A score is a finite number.", problem);
    if (run) reading->tag = fields[5];
    entry.topic = map_intern(reading->topics->map, fields[0].bytes, fields[0].size);
    if (entry.topic == MAP_NONE) return problem_set_memory(problem);
    if (entry.topic == reading->topics->names.count && !vector_push(&reading->topics->names, fields[0])) return problem_set_memory(problem);
    return vector_push(&reading->entries, entry) ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status read_lines(struct reading *reading, bool run, struct problem *problem) {
    const size_t wanted = run ? RUN_FIELDS : QREL_FIELDS;
    const char *at = reading->file->bytes, *end = at + reading->file->size;
    ieum_status status = IEUM_OK;
    if (reading->file->size > TREC_MOST_BYTES)
        return problem_set(problem, IEUM_LIMIT, reading->file->pointer, "파일이 너무 큽니다(64MiB까지).", "The file is too large (64 MiB at most).");
    if (reading->file->size >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) at += 3;
    while (at < end && status == IEUM_OK) {
        struct trec_name fields[RUN_FIELDS];
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop) stop = end;
        reading->line++;
        reading->line_start = at;
        const size_t found = split_line(at, stop, fields, wanted);
        if (found && fields[0].bytes[0] != '#')
            status = found == wanted ? add_entry(reading, fields, run, problem) : refuse_count(reading, found, run, problem);
        at = stop < end ? stop + 1 : end;
    }
    if (status != IEUM_OK || reading->entries.count) return status;
    problem_set(problem, IEUM_INVALID, reading->file->pointer, run ? "실행 결과 파일이 비어 있습니다." : "판정 파일이 비어 있습니다.",
                run ? "The run is empty." : "The qrels file is empty.");
    problem_set_place(problem, reading->file->name, 0, 0);
    return problem->status;
}

/* ---- order ---- */

static int compare_documents(const void *left, const void *right) {
    const struct trec_entry *a = left, *b = right;
    if (a->topic != b->topic) return a->topic < b->topic ? -1 : 1;
    const int order = trec_compare(a->document, b->document);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

static int compare_scores(const void *left, const void *right) {
    const struct trec_entry *a = left, *b = right;
    if (a->topic != b->topic) return a->topic < b->topic ? -1 : 1;
    if (a->value != b->value) return a->value > b->value ? -1 : 1;
    return trec_compare(b->document, a->document);
}

/* Entries stand by topic and document. Passes over a grade that is given again; refuses what must not stand twice. */
static ieum_status drop_twice(struct reading *reading, bool run, struct problem *problem) {
    struct trec_entry *entries = reading->entries.items;
    size_t kept = 1;
    for (size_t i = 1; i < reading->entries.count; i++) {
        const struct trec_entry *before = &entries[kept - 1];
        const bool twice = before->topic == entries[i].topic && trec_compare(before->document, entries[i].document) == 0;
        if (twice && (run || before->value != entries[i].value)) return refuse_twice(reading->file, before, &entries[i], run, problem);
        if (!twice) entries[kept++] = entries[i];
    }
    reading->entries.count = kept;
    return IEUM_OK;
}

static ieum_status index_topics(struct reading *reading, struct trec_table *table, struct problem *problem) {
    const uint32_t topics = map_count(reading->topics->map);
    uint32_t *start = memory_allocate_zero((size_t)topics + 1, sizeof *start);
    if (!start) return problem_set_memory(problem);
    for (size_t i = 0; i < reading->entries.count; i++) start[reading->entries.items[i].topic + 1]++;
    for (uint32_t t = 0; t < topics; t++) start[t + 1] += start[t];
    *table = (struct trec_table){reading->entries.items, reading->entries.count, start, topics, reading->tag};
    return IEUM_OK;
}

static ieum_status read_table(const struct trec_file *file, struct trec_topics *topics, bool run, struct trec_table *table, struct problem *problem) {
    struct reading reading = {.file = file, .topics = topics, .plain = newlocale(LC_ALL_MASK, "C", (locale_t)0)};
    ieum_status status = reading.plain ? read_lines(&reading, run, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) {
        qsort(reading.entries.items, reading.entries.count, sizeof *reading.entries.items, compare_documents);
        status = drop_twice(&reading, run, problem);
    }
    if (status == IEUM_OK) {
        if (run) qsort(reading.entries.items, reading.entries.count, sizeof *reading.entries.items, compare_scores);
        status = index_topics(&reading, table, problem);
    }
    if (status != IEUM_OK) vector_free(&reading.entries);
    if (reading.plain) freelocale(reading.plain);
    return status;
}

ieum_status trec_read_qrels(const struct trec_file *file, struct trec_topics *topics, struct trec_table *table, struct problem *problem) {
    return read_table(file, topics, false, table, problem);
}

ieum_status trec_read_run(const struct trec_file *file, struct trec_topics *topics, struct trec_table *table, struct problem *problem) {
    return read_table(file, topics, true, table, problem);
}

void trec_table_free(struct trec_table *table) {
    memory_free(table->entries);
    memory_free(table->start);
    *table = (struct trec_table){0};
}

const struct trec_entry *trec_topic(const struct trec_table *table, uint32_t topic, size_t *count) {
    *count = topic < table->topic_count ? table->start[topic + 1] - table->start[topic] : 0;
    return *count ? table->entries + table->start[topic] : NULL;
}
