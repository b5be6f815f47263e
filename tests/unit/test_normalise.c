/* SPDX-License-Identifier: Apache-2.0 */
/* Normalisation: one result for all spellings of a text, and exact ways back to the stored text. */
#include "test.h"

#include "base/memory.h"
#include "base/random.h"
#include "base/utf8.h"
#include "text/normalise.h"

/* The normalised text as UTF-8, valid until the next call. */
static const char *spelled(const char *text) {
    static char bytes[4096];
    struct normal_text normal = NORMAL_TEXT_EMPTY;
    struct problem problem = {0};
    size_t size = 0;
    CHECK_INT(normalise(text, strlen(text), &normal, &problem), IEUM_OK);
    for (size_t i = 0; i < normal.count; i++) size += utf8_write(normal.points[i], bytes + size);
    bytes[size] = '\0';
    normal_text_free(&normal);
    return bytes;
}

/* The stored text behind points [from, to) of the normalised one. */
static const char *behind(const char *text, size_t from, size_t to) {
    static char bytes[256];
    struct normal_text normal = NORMAL_TEXT_EMPTY;
    struct problem problem = {0};
    CHECK_INT(normalise(text, strlen(text), &normal, &problem), IEUM_OK);
    CHECK(to <= normal.count && from < to);
    if (to > normal.count || from >= to) return "";
    size_t start = utf8_offset(text, strlen(text), normal.start[from]);
    size_t end = utf8_offset(text, strlen(text), normal.end[to - 1]);
    memcpy(bytes, text + start, end - start);
    bytes[end - start] = '\0';
    normal_text_free(&normal);
    return bytes;
}

TEST(all_spellings_meet) {
    static const char *const pairs[][2] = {
        {"외관검사", "외관검사"},
        {"\xE1\x84\x8B\xE1\x85\xAC\xE1\x84\x80\xE1\x85\xAA\xE1\x86\xAB", "외관"}, /* conjoining jamo (NFD) */
        {"ＡＯＩ검사", "aoi검사"},                                                /* full width */
        {"ﾊﾞ", "バ"},                                                             /* half-width kana with its mark */
        {"\xEF\xBE\xA1\xEF\xBF\x82", "가"},                                       /* half-width jamo */
        {"ﬁne ﬂow", "fine flow"},
        {"Straße", "strasse"},
        {"㎏", "kg"},
        {"① ②", "1 2"},
        {"㈜한빛", "(주)한빛"},
        {"e\xCC\x81", "é"},
        {"É", "é"},
        {"외\xE2\x80\x8B관", "외관"},         /* zero-width space */
        {"in\xC2\xADspection", "inspection"}, /* soft hyphen */
        {"품질ㆍ검사", "품질·검사"},          /* U+318D, the middle dot of Korean keyboards */
        {"품질․검사", "품질·검사"},           /* U+2024 */
        {"a\xC2\xA0"
         "b",
         "a b"}, /* no-break space */
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) CHECK_TEXT(spelled(pairs[i][0]), pairs[i][1]);
}

TEST(offsets_lead_back) {
    CHECK_TEXT(behind("가ＡＯＩ검사", 1, 4), "ＡＯＩ");
    CHECK_TEXT(behind("무게 ㎏ 단위", 3, 4), "㎏"); /* one half of what one sign unfolds to is the whole sign */
    CHECK_TEXT(behind("무게 ㎏ 단위", 5, 6), " ");
    CHECK_TEXT(behind("x\xE1\x84\x8B\xE1\x85\xAC\xE1\x84\x80\xE1\x85\xAA\xE1\x86\xAB y", 1, 3),
               "\xE1\x84\x8B\xE1\x85\xAC\xE1\x84\x80\xE1\x85\xAA\xE1\x86\xAB");
    CHECK_TEXT(behind("외\xE2\x80\x8B관 검사", 0, 2), "외\xE2\x80\x8B관");
    CHECK_TEXT(behind("관리ㆍ감독", 1, 2), "리");
}

TEST(scripts_are_told_apart) {
    struct normal_text normal = NORMAL_TEXT_EMPTY;
    struct problem problem = {0};
    const char *text = "가a1 漢-é\xCC\xA3"
                       "バβ";
    static const uint8_t expected[] = {SCRIPT_HANGUL, SCRIPT_LATIN, SCRIPT_DIGIT, SCRIPT_SPACE, SCRIPT_HAN,
                                       SCRIPT_OTHER,  SCRIPT_LATIN, SCRIPT_LATIN, SCRIPT_HAN,   SCRIPT_LATIN};
    CHECK_INT(normalise(text, strlen(text), &normal, &problem), IEUM_OK);
    CHECK_INT(normal.count, sizeof expected);
    for (size_t i = 0; i < normal.count && i < sizeof expected; i++) CHECK_INT(normal.script[i], expected[i]);
    normal_text_free(&normal);
}

static uint32_t random_point(struct random *random) {
    switch (random_below(random, 8)) {
    case 0: return 0x20 + (uint32_t)random_below(random, 0x5F);
    case 1: return 0xAC00 + (uint32_t)random_below(random, 11172);
    case 2: return 0x1100 + (uint32_t)random_below(random, 0x100);
    case 3: return 0x300 + (uint32_t)random_below(random, 0x70);
    case 4: return 0xFF00 + (uint32_t)random_below(random, 0xF0);
    case 5: return 0x3130 + (uint32_t)random_below(random, 0x60);
    case 6: return 0xA0 + (uint32_t)random_below(random, 0x260);
    default: return 0x1E00 + (uint32_t)random_below(random, 0x200);
    }
}

/* What the header promises, on texts of every kind of trouble. */
TEST(properties_hold_on_random_texts) {
    struct random random;
    struct normal_text once = NORMAL_TEXT_EMPTY, twice = NORMAL_TEXT_EMPTY;
    struct problem problem = {0};
    random_seed(&random, 7);
    for (int round = 0; round < 4000; round++) {
        char text[512], again[4096];
        size_t size = 0, count = 1 + random_below(&random, 20), spelled_size = 0;
        for (size_t i = 0; i < count; i++) size += utf8_write(random_point(&random), text + size);
        CHECK_INT(normalise(text, size, &once, &problem), IEUM_OK);
        for (size_t i = 0; i < once.count; i++) {
            CHECK(once.start[i] < once.end[i] && once.end[i] <= count);
            CHECK(i == 0 || (once.start[i] >= once.start[i - 1] && once.end[i] >= once.end[i - 1]));
            spelled_size += utf8_write(once.points[i], again + spelled_size);
        }
        CHECK_INT(normalise(again, spelled_size, &twice, &problem), IEUM_OK);
        CHECK_INT(twice.count, once.count);
        CHECK(twice.count == once.count &&
              (once.count == 0 || memcmp(twice.points, once.points, once.count * sizeof *once.points) == 0));
    }
    normal_text_free(&once);
    normal_text_free(&twice);
}

TEST(every_syllable_meets_its_parts) {
    struct normal_text whole = NORMAL_TEXT_EMPTY, parts = NORMAL_TEXT_EMPTY;
    struct problem problem = {0};
    for (uint32_t point = 0xAC00; point <= 0xD7A3; point += 7) {
        const uint32_t index = point - 0xAC00;
        char a[4], b[16];
        size_t size = utf8_write(point, a), length = utf8_write(0x1100 + index / 588, b);
        length += utf8_write(0x1161 + index % 588 / 28, b + length);
        if (index % 28) length += utf8_write(0x11A7 + index % 28, b + length);
        CHECK_INT(normalise(a, size, &whole, &problem), IEUM_OK);
        CHECK_INT(normalise(b, length, &parts, &problem), IEUM_OK);
        CHECK(whole.count == 1 && parts.count == 1 && whole.points[0] == point && parts.points[0] == point);
    }
    normal_text_free(&whole);
    normal_text_free(&parts);
}

TEST(broken_and_endless_input_is_survived) {
    struct normal_text normal = NORMAL_TEXT_EMPTY;
    struct problem problem = {0};
    static char marks[60001];
    CHECK_INT(normalise("a\xFF\xEA\xB0", 4, &normal, &problem), IEUM_OK);
    CHECK(normal.count >= 2 && normal.points[0] == 'a' && normal.points[1] == 0xFFFD);
    CHECK_INT(normalise("", 0, &normal, &problem), IEUM_OK);
    CHECK_INT(normal.count, 0);
    for (size_t i = 0; i + 1 < sizeof marks; i += 2) memcpy(marks + i, i % 4 ? "\xCC\x81" : "\xCC\xA3", 2);
    CHECK_INT(normalise(marks, sizeof marks - 1, &normal, &problem), IEUM_OK); /* in time linear in its length */
    CHECK_INT(normal.end[normal.count - 1], 30000);
    normal_text_free(&normal);
}

TEST(lack_of_memory_is_a_status) {
    for (uint64_t n = 1; n <= 4; n++) {
        struct normal_text normal = NORMAL_TEXT_EMPTY;
        struct problem problem = {0};
        memory_fail_at(n);
        CHECK_INT(normalise("외관검사", strlen("외관검사"), &normal, &problem), IEUM_MEMORY);
        memory_fail_at(0);
        normal_text_free(&normal);
    }
}

TEST_MAIN(all_spellings_meet, offsets_lead_back, scripts_are_told_apart, properties_hold_on_random_texts,
          every_syllable_meets_its_parts, broken_and_endless_input_is_survived, lack_of_memory_is_a_status)
