/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Properties over the whole demo collection through ieum.h: what a suggestion or a past case quotes stands in the named text at the named code points; and
 * whoever holds a word is found by it, at a place that reads so.
 */
#include "../../engine/ieum.h"
#include "engine_samples.h"
#include "text_samples.h"

static ieum_engine *engine;
static jval *suppliers, *demands; /* lists of the records as they were handed in */

static jval *read_lines(const char *path) {
    size_t size = 0;
    char *bytes = sample_read(path, &size);
    jval *list = jval_new_array();
    for (char *at = bytes, *end; at < bytes + size; at = end + 1) {
        struct problem problem = {0};
        jval *record = NULL;
        end = memchr(at, '\n', (size_t)(bytes + size - at));
        if (!end) end = bytes + size;
        if (end == at) continue;
        CHECK_INT(jval_parse(at, (size_t)(end - at), &record, &problem), IEUM_OK);
        jval_append(list, record);
    }
    memory_free(bytes);
    return list;
}

static void import(const char *kind, const char *name) {
    char path[1200], *reply = NULL;
    size_t size = 0;
    snprintf(path, sizeof path, "%s/data/demo/%s", test_source(), name);
    char *bytes = sample_read(path, &size);
    CHECK_INT(ieum_import(engine, kind, name, bytes, size, &reply), IEUM_OK);
    ieum_free(reply);
    memory_free(bytes);
    *(strcmp(kind, "suppliers") == 0 ? &suppliers : &demands) = read_lines(path);
}

TEST(begin) {
    char data[1024];
    ieum_options options;
    char *reply = NULL;
    ieum_options_init(&options);
    snprintf(data, sizeof data, "%s/data", test_source());
    options.data_path = data;
    options.store_path = sample_path("demo.db");
    options.now = "2025-06-01";
    options.threads = 2;
    must(ieum_open(&options, &engine, &reply) == IEUM_OK, "ieum_open");
    import("suppliers", "suppliers.jsonl");
    import("demands", "demands.jsonl");
    CHECK(jval_count(suppliers) > 50 && jval_count(demands) > 25);
}

TEST(end) {
    ieum_close(engine);
    jval_free(suppliers);
    jval_free(demands);
    sample_folder_clear();
}

static const jval *record_of(const jval *list, const char *id) {
    for (size_t i = 0; i < jval_count(list); i++)
        if (strcmp(jval_get_text(jval_at(list, i), "id"), id) == 0) return jval_at(list, i);
    CHECK(false);
    return NULL;
}

/* The text that a JSON Pointer without escapes names. */
static const char *text_at(const jval *record, const char *pointer) {
    char copy[128], *rest = copy;
    snprintf(copy, sizeof copy, "%s", pointer);
    CHECK(copy[0] == '/');
    for (char *name; (name = strsep(&rest, "/"));) {
        if (*name == '\0') continue;
        record = jval_is(record, JVAL_ARRAY) ? jval_at(record, (size_t)atoi(name)) : jval_get(record, name);
    }
    return jval_text(record);
}

static void check_quotation(const jval *record, const jval *quotation) {
    const char *text = text_at(record, jval_get_text(quotation, "field"));
    const size_t start = (size_t)jval_integer(jval_get(quotation, "start")), end = (size_t)jval_integer(jval_get(quotation, "end"));
    const size_t points = utf8_count(text, strlen(text));
    CHECK(start < end && end <= points);
    if (start >= end || end > points) return;
    char *words = cut_out(text, start, end);
    CHECK_TEXT(jval_get_text(quotation, "text"), words);
    memory_free(words);
}

static size_t quotations;

static void check_evidence(const jval *evidence, const jval *demand, const jval *supplier) {
    CHECK(jval_count(evidence) % 2 == 0);
    for (size_t i = 0; i < jval_count(evidence); i++) {
        const jval *quotation = jval_at(evidence, i);
        const bool of_demand = strcmp(jval_get_text(quotation, "side"), "demand") == 0;
        CHECK(of_demand == (i % 2 == 0));
        check_quotation(of_demand ? demand : supplier, quotation);
        quotations++;
    }
}

TEST(suggestions_quote_what_is_there) {
    static const char *const programs[] = {"ai-manufacturing", "ai-bio"};
    size_t lists = 0;
    for (size_t p = 0; p < 2; p++) {
        char request[256];
        snprintf(request, sizeof request, "{\"op\":\"suggest\",\"program\":\"%s\",\"all\":true,\"rules\":false,\"k\":1000}", programs[p]);
        jval *reply = ask(engine, request, IEUM_OK);
        const jval *list = jval_get(jval_get(reply, "result"), "demands");
        for (size_t d = 0; d < jval_count(list); d++) {
            const jval *demand = record_of(demands, jval_get_text(jval_at(list, d), "demand"));
            const jval *shortlist = jval_get(jval_at(list, d), "suggestions");
            CHECK_INT(jval_count(shortlist), jval_count(suppliers));
            for (size_t s = 0; s < jval_count(shortlist); s++)
                check_evidence(jval_get(jval_at(shortlist, s), "evidence"), demand, record_of(suppliers, jval_get_text(jval_at(shortlist, s), "supplier")));
            lists++;
        }
        jval_free(reply);
    }
    CHECK(lists == jval_count(demands) && quotations > 1000);
}

TEST(past_cases_quote_what_is_there) {
    const size_t before = quotations;
    for (size_t d = 0; d < jval_count(demands); d++) {
        char request[256];
        const char *id = jval_get_text(jval_at(demands, d), "id");
        snprintf(request, sizeof request, "{\"op\":\"cases\",\"demand\":\"%s\",\"k\":100}", id);
        jval *reply = ask(engine, request, IEUM_OK);
        const jval *cases = jval_get(jval_get(reply, "result"), "cases");
        double least = 1;
        for (size_t c = 0; c < jval_count(cases); c++) {
            const jval *past = jval_at(cases, c), *record = record_of(demands, jval_get_text(past, "demand"));
            const double likeness = jval_number(jval_get(past, "likeness"));
            CHECK(likeness >= 0 && likeness <= least); /* the likest first */
            least = likeness;
            CHECK(strcmp(jval_get_text(past, "demand"), id) != 0);
            CHECK(strcmp(jval_get_text(record, "applied"), jval_get_text(jval_at(demands, d), "applied")) <= 0);
            check_evidence(jval_get(past, "evidence"), jval_at(demands, d), record);
        }
        jval_free(reply);
    }
    CHECK(quotations > before + 50);
}

/* ---- words ---- */

static bool is_separator(uint32_t point) { return point == ' ' || point == '\n' || point == '-' || point == 0xB7; }

/* The text without separators. */
static char *bare(const char *text) {
    static uint32_t points[8192];
    const size_t count = points_of(text, points, 8192);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!is_separator(points[i])) points[kept++] = points[i];
    return text_of(points, kept);
}

typedef VECTOR(char *) texts_list;

static void add_text(texts_list *list, const char *text) {
    if (*text) must(vector_push(list, bare(text)), "memory");
}

static void add_texts(texts_list *list, const jval *values, const char *member) {
    for (size_t i = 0; i < jval_count(values); i++) add_text(list, jval_text(member ? jval_get(jval_at(values, i), member) : jval_at(values, i)));
}

/* What op find looks through: the texts of a supplier, by the schema's fields. */
static texts_list texts_of(const jval *supplier) {
    static const char *const fields[] = {"products", "capabilities", "domains", "data_types"};
    texts_list list = {0};
    add_text(&list, jval_text(jval_get(supplier, "summary")));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) add_texts(&list, jval_get(supplier, fields[i]), NULL);
    add_texts(&list, jval_get(supplier, "references"), "title");
    return list;
}

static texts_list held[128];

static bool holds(size_t supplier, const char *word) {
    for (size_t t = 0; t < held[supplier].count; t++)
        if (strstr(held[supplier].items[t], word)) return true;
    return false;
}

/* All words of two syllables, once each: what stands alone as a run. */
static void collect_words(const jval *value, texts_list *words) {
    static uint32_t points[8192];
    for (void *i = jval_is(value, JVAL_OBJECT) ? jval_first(value) : NULL; i; i = jval_next(value, i)) collect_words(jval_value(i), words);
    for (size_t i = 0; jval_is(value, JVAL_ARRAY) && i < jval_count(value); i++) collect_words(jval_at(value, i), words);
    const size_t count = jval_is(value, JVAL_TEXT) ? points_of(jval_text(value), points, 8192) : 0;
    for (size_t start = 0, end; start < count; start = end) {
        for (end = start; end < count && is_syllable(points[end]);) end++;
        if (end - start == 2) {
            char *word = text_of(points + start, 2);
            bool known = false;
            for (size_t w = 0; w < words->count; w++) known = known || strcmp(words->items[w], word) == 0;
            if (known) memory_free(word);
            else must(vector_push(words, word), "memory");
        }
        end += end == start;
    }
}

static size_t asked, answers;

static void check_word(const char *word) {
    char request[256];
    size_t expected = 0, exact = 0;
    snprintf(request, sizeof request, "{\"op\":\"find\",\"word\":\"%s\",\"k\":1000}", word);
    jval *reply = ask(engine, request, IEUM_OK);
    const jval *result = jval_get(reply, "result"), *found = jval_get(result, "suppliers");
    for (size_t s = 0; s < jval_count(suppliers); s++) expected += holds(s, word);
    for (size_t i = 0; i < jval_count(found); i++) {
        const jval *item = jval_at(found, i);
        if (!jval_true(jval_get(item, "exact"))) continue;
        const jval *record = record_of(suppliers, jval_get_text(item, "supplier"));
        char *quoted = bare(jval_get_text(item, "text"));
        CHECK_TEXT(quoted, word);
        CHECK_INT(i, exact); /* before those that hold parts of it */
        check_quotation(record, item);
        CHECK(strstr(jval_get_text(item, "around"), jval_get_text(item, "text")) != NULL);
        memory_free(quoted);
        exact++;
    }
    /* All that hold it and no others; an item is of a supplier that was counted, so equal numbers are equal sets. */
    CHECK_INT(exact, expected);
    CHECK_INT(jval_integer(jval_get(result, "exact")), expected);
    asked += expected > 0;
    answers += exact;
    jval_free(reply);
}

TEST(whoever_holds_a_word_is_found_by_it) {
    texts_list words = {0};
    for (size_t s = 0; s < jval_count(suppliers) && s < 128; s++) held[s] = texts_of(jval_at(suppliers, s));
    for (size_t s = 0; s < jval_count(suppliers); s++) {
        const jval *supplier = jval_at(suppliers, s);
        static const char *const fields[] = {"summary", "products", "capabilities", "domains", "data_types", "references"};
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) collect_words(jval_get(supplier, fields[i]), &words);
    }
    for (size_t w = 0; w < words.count; w++) check_word(words.items[w]);
    CHECK(asked > 300 && answers > asked);
    for (size_t w = 0; w < words.count; w++) memory_free(words.items[w]);
    vector_free(&words);
    for (size_t s = 0; s < 128; s++) {
        for (size_t t = 0; t < held[s].count; t++) memory_free(held[s].items[t]);
        vector_free(&held[s]);
    }
}

TEST_MAIN(begin, suggestions_quote_what_is_there, past_cases_quote_what_is_there, whoever_holds_a_word_is_found_by_it, end)
