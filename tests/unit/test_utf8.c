/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8: every code point there and back, every byte sequence against the table of well-formed ones (Unicode, table
 * 3-7), widths, cuts. */
#include "test.h"

#include "base/random.h"
#include "base/utf8.h"

/* Length of the well-formed sequence that the bytes begin with, 0 when there is none: the table, row by row. */
static size_t well_formed(const unsigned char *b, size_t size) {
    static const struct {
        unsigned char first, last, second_least, second_most;
        size_t length;
    } rows[] = {{0x00, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
                {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
                {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        if (b[0] < rows[r].first || b[0] > rows[r].last) continue;
        if (rows[r].length > size) return 0;
        if (rows[r].length > 1 && (b[1] < rows[r].second_least || b[1] > rows[r].second_most)) return 0;
        for (size_t i = 2; i < rows[r].length; i++)
            if ((b[i] & 0xC0) != 0x80) return 0;
        return rows[r].length;
    }
    return 0;
}

static bool surrogate(uint32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

TEST(all_code_points_there_and_back) {
    size_t wrong = 0;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (surrogate(c)) continue;
        char bytes[4];
        size_t size = utf8_write(c, bytes), position = 0;
        wrong += size != (c < 0x80 ? 1u : c < 0x800 ? 2u : c < 0x10000 ? 3u : 4u);
        wrong += well_formed((const unsigned char *)bytes, size) != size;
        wrong += !utf8_valid(bytes, size);
        wrong += utf8_next(bytes, size, &position) != c || position != size;
        wrong += utf8_count(bytes, size) != 1;
    }
    CHECK_INT(wrong, 0);
}

static size_t check_sequence(const unsigned char *bytes, size_t size) {
    size_t length = well_formed(bytes, size), position = 0, wrong = 0;
    bool valid = true;
    for (size_t i = 0; i < size && valid;) {
        size_t step = well_formed(bytes + i, size - i);
        valid = step != 0;
        i += step;
    }
    wrong += utf8_valid((const char *)bytes, size) != valid;
    uint32_t c = utf8_next((const char *)bytes, size, &position);
    if (length)
        wrong += position != length || surrogate(c) || c > 0x10FFFF;
    else
        wrong += position != 1 || c != 0xFFFD;
    return wrong;
}

TEST(all_short_sequences_by_the_table) {
    static const unsigned char edges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0,
                                          0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xF4, 0xFF};
    enum { EDGES = sizeof edges };
    size_t wrong = 0;
    for (unsigned a = 0; a < 256; a++) {
        wrong += check_sequence(&(unsigned char){(unsigned char)a}, 1);
        for (unsigned b = 0; b < 256; b++) {
            unsigned char bytes[4] = {(unsigned char)a, (unsigned char)b};
            wrong += check_sequence(bytes, 2);
            for (size_t i = 0; i < EDGES; i++) {
                bytes[2] = edges[i];
                wrong += check_sequence(bytes, 3);
                if (a < 0xE0) continue;
                for (size_t j = 0; j < EDGES; j++) {
                    bytes[3] = edges[j];
                    wrong += check_sequence(bytes, 4);
                }
            }
        }
    }
    CHECK_INT(wrong, 0);
}

TEST(broken_texts_are_counted_byte_by_byte) {
    static const struct {
        const char *text;
        size_t count;
    } cases[] = {{"", 0},
                 {"abc", 3},
                 {"이음", 2},
                 {"\xC0\x80", 2},
                 {"\xE0\x80\x80", 3},
                 {"\xED\xA0\x80", 3},
                 {"\xF4\x90\x80\x80", 4},
                 {"\xEC\x9D", 2},
                 {"a\xEC\x9D"
                  "b",
                  4},
                 {"\xFF\xFE", 2},
                 {"\x80", 1},
                 {"😀", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_INT(utf8_count(cases[i].text, strlen(cases[i].text)), cases[i].count);
    CHECK(utf8_valid("", 0) && utf8_valid("a\0b", 3));
    /* A sequence that is cut off by the size, though its bytes go on. */
    CHECK(!utf8_valid("이", 2));
    size_t position = 0;
    CHECK(utf8_next("이", 2, &position) == 0xFFFD && position == 1);
}

static size_t random_text(struct random *random, char *text, size_t code_points) {
    size_t size = 0;
    for (size_t i = 0; i < code_points; i++) {
        static const uint32_t most[] = {0x7F, 0x7FF, 0xFFFF, 0x10FFFF};
        uint32_t c;
        do c = (uint32_t)random_below(random, most[random_below(random, 4)] + 1);
        while (surrogate(c));
        size += utf8_write(c, text + size);
    }
    return size;
}

TEST(offsets_and_cuts) {
    struct random random;
    random_seed(&random, 6);
    for (int round = 0; round < 1500; round++) {
        char text[256];
        size_t points = random_below(&random, 40), size = random_text(&random, text, points);
        CHECK_INT(utf8_count(text, size), points);
        CHECK_INT(utf8_count_valid(text, size), points);
        size_t at = 0;
        for (size_t i = 0; i <= points; i++) {
            CHECK_INT(utf8_offset(text, size, i), at);
            CHECK_INT(utf8_count(text, at), i);
            if (i < points) utf8_next(text, size, &at);
        }
        CHECK_INT(at, size);
        CHECK_INT(utf8_offset(text, size, points + 5), size);
        for (size_t limit = 0; limit <= size + 3; limit++) {
            size_t cut = utf8_cut(text, size, limit), expected = 0;
            for (size_t n = 0; n <= limit && n <= size; n++)
                if (utf8_valid(text, n)) expected = n;
            CHECK_INT(cut, expected);
        }
    }
}

TEST(widths) {
    static const struct {
        const char *text;
        size_t width;
    } cases[] = {{"", 0},
                 {"ieum", 4},
                 {"이음", 4},
                 {"AI 공급기업", 11},
                 {"漢字", 4},
                 {"（주）", 6},
                 {"e\xCC\x81", 1},
                 {"ㅋㅋ", 4},
                 {"ｱ", 1},
                 {"Ａ", 2},
                 {"한", 2},
                 {"\t\n", 0},
                 {"😀", 2},
                 {"…", 1},
                 {"─", 1},
                 {"é", 1},
                 {"\xE2\x80\x8B", 0},
                 {"가나다", 6}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_INT(utf8_text_width(cases[i].text), cases[i].width);
        if (utf8_text_width(cases[i].text) != cases[i].width) fprintf(stderr, "  … for \"%s\"\n", cases[i].text);
    }
    for (uint32_t c = 0xAC00; c <= 0xD7A3; c++)
        if (utf8_width(c) != 2) CHECK_INT(utf8_width(c), 2);
    for (uint32_t c = 0x20; c < 0x7F; c++) CHECK_INT(utf8_width(c), 1);
    for (uint32_t c = 0; c <= 0x10FFFF; c++)
        if (utf8_width(c) < 0 || utf8_width(c) > 2) CHECK(!"0, 1 or 2");
}

TEST_MAIN(all_code_points_there_and_back, all_short_sequences_by_the_table, broken_texts_are_counted_byte_by_byte,
          offsets_and_cuts, widths)
