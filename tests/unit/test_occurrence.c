/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a word stands in a text: by hand, and for every window of the texts of the demo suppliers, in four spellings, against a search in the texts with all
 * separators taken out.
 */
#include "base/files.h"
#include "record/read.h"
#include "text/occurrence.h"
#include "text_samples.h"

/* "start-end" of every occurrence, in code points of the text. */
static const char *places(const char *text, const char *word) {
    static char out[256];
    struct normal_text in = NORMAL_TEXT_EMPTY, sought = NORMAL_TEXT_EMPTY;
    struct problem problem = {0};
    size_t size = 0, start, end;
    out[0] = '\0';
    CHECK_INT(normalise(text, strlen(text), &in, &problem), IEUM_OK);
    CHECK_INT(normalise(word, strlen(word), &sought, &problem), IEUM_OK);
    for (size_t from = 0; occurrence_find(&in, &sought, from, &start, &end); from = end)
        size += (size_t)snprintf(out + size, sizeof out - size, "%s%u-%u", size ? " " : "", in.start[start], in.end[end - 1]);
    normal_text_free(&in);
    normal_text_free(&sought);
    return out;
}

TEST(by_hand) {
    static const char *const cases[][3] = {
        {"외관검사와 외관 검사", "외관검사", "0-4 6-11"},
        {"외관검사와 외관 검사", "외관 검사", "0-4 6-11"},
        {"외관-검사 외관·검사", " 외관 검사 ", "0-5 6-11"},
        {"Pre-Processing, pre processing", "preprocessing", "0-14 16-30"},
        {"ＡＯＩ 장비", "aoi", "0-3"},
        {"aoi", "ＡＯＩ", "0-3"},
        {"외관/검사", "외관검사", ""}, /* any other sign counts */
        {"외관/검사", "외관/검사", "0-5"},
        {"aaaa", "aa", "0-2 2-4"}, /* they do not overlap */
        {"aab", "ab", "1-3"},      /* a false start */
        {"검 사", "검사", "0-3"},
        {"검사 ", "검사", "0-2"},  /* what is left out behind it is not part of it */
        {" 검사", "검사", "1-3"},
        {"검사", "", ""},
        {"검사", " - ", ""},
        {"", "검사", ""},
        {"검", "검사", ""},
        {"\xE1\x84\x80\xE1\x85\xA5\xE1\x86\xB7사", "검사", "0-4"},
        {"50 kg", "50kg", "0-5"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int before = test_failures;
        CHECK_TEXT(places(cases[i][0], cases[i][1]), cases[i][2]);
        if (test_failures != before) fprintf(stderr, "  … for \"%s\" in \"%s\"\n", cases[i][1], cases[i][0]);
    }
}

/* ---- windows ---- */

static bool is_left_out(uint32_t point) {
    static const uint32_t signs[] = {' ', '\t', '\n', '-', 0xB7, 0x2010, 0x2013, 0x2027, 0x22C5, 0x30FB};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i] == point) return true;
    return false;
}

/* What is left of points [start, end) without separators; returns how many. */
static size_t strip(const struct normal_text *text, size_t start, size_t end, uint32_t *out) {
    size_t count = 0;
    for (size_t i = start; i < end; i++)
        if (!is_left_out(text->points[i])) out[count++] = text->points[i];
    return count;
}

/* Where `word` first stands in `text`, as lists of points. */
static size_t first_place(const uint32_t *text, size_t count, const uint32_t *word, size_t length) {
    for (size_t at = 0; at + length <= count; at++)
        if (memcmp(text + at, word, length * sizeof *word) == 0) return at;
    return SIZE_MAX;
}

enum { LONGEST_TEXT = 2000, LONGEST_WINDOW = 14 };

static size_t windows, moved;

static void check_window(const struct normal_text *text, const char *word) {
    static uint32_t whole[LONGEST_TEXT], sought_points[LONGEST_TEXT], found[LONGEST_TEXT];
    static struct normal_text sought;
    struct problem problem = {0};
    size_t start = 0, end = 0;
    CHECK_INT(normalise(word, strlen(word), &sought, &problem), IEUM_OK);
    const bool holds = occurrence_find(text, &sought, 0, &start, &end);
    CHECK(holds);
    if (!holds) return;
    const size_t count = strip(text, 0, text->count, whole), length = strip(&sought, 0, sought.count, sought_points);
    const size_t before = strip(text, 0, start, found);
    CHECK_INT(before, first_place(whole, count, sought_points, length)); /* none stands before it */
    CHECK_INT(strip(text, start, end, found), length);
    CHECK(memcmp(found, sought_points, length * sizeof *found) == 0);
    CHECK(!is_left_out(text->points[start]) && !is_left_out(text->points[end - 1]));
    windows++;
}

/* The word with a separator behind each of its code points. */
static char *apart(const uint32_t *points, size_t count, uint32_t separator) {
    uint32_t spread[2 * LONGEST_WINDOW];
    for (size_t i = 0; i < count; i++) {
        spread[2 * i] = points[i];
        spread[2 * i + 1] = separator;
    }
    return text_of(spread, 2 * count);
}

static void check_text(const char *bytes) {
    static struct normal_text text;
    static uint32_t points[LONGEST_TEXT];
    struct problem problem = {0};
    const size_t count = points_of(bytes, points, LONGEST_TEXT);
    CHECK(count < LONGEST_TEXT);
    CHECK_INT(normalise(bytes, strlen(bytes), &text, &problem), IEUM_OK);
    for (size_t start = 0; start < count; start++)
        for (size_t end = start + 2; end <= count && end <= start + LONGEST_WINDOW; end++) {
            size_t syllables = 0;
            for (size_t i = start; i < end; i++) syllables += is_syllable(points[i]);
            if (syllables < 2 || !is_syllable(points[start]) || !is_syllable(points[end - 1])) continue;
            char *plain = text_of(points + start, end - start), *other = NULL;
            switch (windows % 3) { /* each window as it is, and in one other spelling */
            case 0: other = apart(points + start, end - start, ' '); break;
            case 1: other = apart(points + start, end - start, '-'); break;
            default: other = take_apart(plain);
            }
            moved += strcmp(plain, other) != 0;
            check_window(&text, plain);
            check_window(&text, other);
            memory_free(plain);
            memory_free(other);
        }
}

TEST(every_window_of_the_suppliers_is_found) {
    char path[1024], data[900], *bytes = NULL;
    size_t size = 0;
    struct problem problem = {0};
    struct record_set set = {0};
    struct arena *arena = arena_new();
    snprintf(data, sizeof data, "%s/data", test_source());
    snprintf(path, sizeof path, "%s/demo/suppliers.jsonl", data);
    CHECK_INT(file_read(path, 1 << 24, &bytes, &size, &problem), IEUM_OK);
    CHECK_INT(record_set_read(RECORD_SUPPLIER, path, bytes, size, data, &set, &problem), IEUM_OK);
    for (size_t s = 0; s < set.count; s++) {
        struct record_texts texts;
        CHECK_INT(supplier_texts(&set.suppliers[s], arena, &texts), IEUM_OK);
        for (size_t t = 0; t < texts.count; t++) check_text(texts.items[t].text);
    }
    CHECK(windows > 50000 && moved * 3 > windows);
    arena_free(arena);
    record_set_free(&set);
    memory_free(bytes);
}

TEST_MAIN(by_hand, every_window_of_the_suppliers_is_found)
