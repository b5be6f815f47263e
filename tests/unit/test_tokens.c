/* SPDX-License-Identifier: Apache-2.0 */
/* Index terms of a text. */
#include "test.h"

#include "text/tokens.h"

struct joined {
    char bytes[2048];
    size_t size, count, stop_after;
};

static bool join(void *context, const char *term, size_t size) {
    struct joined *joined = context;
    if (joined->count++) joined->bytes[joined->size++] = '|';
    memcpy(joined->bytes + joined->size, term, size);
    joined->size += size;
    joined->bytes[joined->size] = '\0';
    return joined->count != joined->stop_after;
}

static const char *tokens_of(const char *text) {
    static struct joined joined;
    struct normal_text normal = NORMAL_TEXT_EMPTY;
    struct problem problem = {0};
    memset(&joined, 0, sizeof joined);
    CHECK_INT(normalise(text, strlen(text), &normal, &problem), IEUM_OK);
    CHECK(tokens_each(&normal, join, &joined));
    normal_text_free(&normal);
    return joined.bytes;
}

TEST(terms_by_script) {
    static const char *const cases[][2] = {
        {"", ""},
        {"검사", "검사"},
        {"외관검사를", "외관|관검|검사|사를|외관검사를"},
        {"한국abc", "한국|abc"},
        {"AOI검사", "aoi|검사"},
        {"수 와", "수|와"},
        {"GPT-4o 모델", "gpt|4o|모델"},
        {"yolov8", "yolov8"},
        {"3D 2024년", "3d|2024|년"},
        {"sensors classes batteries boxes", "sensor|class|battery|box"},
        {"gas bus analysis class", "gas|bus|analysis|class"},
        {"ECGs AIs", "ecg|ais"},
        {"漢字檢査", "漢字|字檢|檢査|漢字檢査"},
        {"한漢", "한|漢"},
        {"--- ,.", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) CHECK_TEXT(tokens_of(cases[i][0]), cases[i][1]);
}

TEST(numbers_and_units_are_one_word) {
    static const char *const cases[][2] = {
        {"3,000원", "3000|원"},
        {"12,345,678", "12345678"},
        {"1,234,5", "1234|5"},
        {"1,2345", "1|2345"},
        {"12,34", "12|34"},
        {"2021, 2022", "2021|2022"},
        {"10 kg", "10kg"},
        {"10kg을", "10kg|을"},
        {"3,000 rpm", "3000rpm"},
        {"10 KG", "10kg"},
        {"10  kg", "10|kg"}, /* one blank */
        {"10\nkg", "10|kg"},
        {"10 kgs", "10|kgs"},
        {"10 items", "10|item"},
        {"0.5 mm", "0.5mm"},
        {"0.5mm를", "0.5mm|를"},
        {"０．５ ㎜", "0.5mm"},
        {"3.5배", "3.5|배"},
        {"1,234.5 kg", "1234.5kg"},
        {"12.50", "12.50"},
        {"3.5, 4.5", "3.5|4.5"},
        {"3.5.", "3.5"},
        {"3. 5", "3|5"},
        {"3 .5", "3|5"},
        {".5", "5"},
        {"5.", "5"},
        {"3..5", "3|5"},
        {"3.5,000", "3.5|000"},
        {"2025.06.20", "2025|06|20"}, /* a date, a version, an address */
        {"1.2.3.4", "1|2|3|4"},
        {"v1.5", "v1|5"},
        {"2.5d", "2|5d"},
        {"제품2.5는", "제품|2.5|는"},
        {"100 m2", "100|m2"},
        {"3d 5 g 4k", "3d|5g|4k"},
        {"3D 프린터 2024 모형", "3d|프린|린터|프린터|2024|모형"},
        {"kg 10", "kg|10"},
        {"x10 kg", "x10|kg"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) CHECK_TEXT(tokens_of(cases[i][0]), cases[i][1]);
    /* Every unit, wherever it stands in the list that is searched. */
    static const char *const units[] = {"a",  "ah", "bar", "cc",  "cm", "db", "fps", "g",   "gb", "ghz", "h",  "ha",  "hz", "in",  "k",   "kb",  "kg",
                                        "khz", "km", "kn",  "kpa", "kv", "kw", "kwh", "l",   "lux", "m",   "mb", "mg",  "mhz", "min", "ml",  "mm",  "mpa",
                                        "ms", "mv", "mw",  "n",   "nm", "pa", "ppb", "ppm", "psi", "rpm", "s",  "sec", "t",  "tb",  "v",   "w"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        char apart[32], together[32], other[32], expected[32];
        snprintf(apart, sizeof apart, "7 %s", units[i]);
        snprintf(together, sizeof together, "7%s", units[i]);
        snprintf(other, sizeof other, "7 %sq", units[i]);
        snprintf(expected, sizeof expected, "7|%sq", units[i]);
        CHECK_TEXT(tokens_of(apart), together);
        CHECK_TEXT(tokens_of(together), together);
        CHECK_TEXT(tokens_of(other), expected);
    }
}

TEST(parts_of_a_hyphenated_word_are_joined_as_well) {
    static const char *const cases[][2] = {
        {"pre-processing", "pre|preprocessing|processing"},
        {"on-premises", "on|onpremise|premise"},
        {"state-of-the-art", "state|stateof|of|ofthe|the|theart|art"},
        {"GPT-4o", "gpt|4o"},
        {"x-ray2", "x|ray2"},
        {"4-axis", "4|axis"},
        {"a - b", "a|b"},
        {"a-", "a"},
        {"-a", "a"},
        {"AI-검사", "ai|검사"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) CHECK_TEXT(tokens_of(cases[i][0]), cases[i][1]);
}

/* No word is longer than a word may be, and a number that would be is parted by nothing else than its length. */
TEST(long_numbers_and_words_end) {
    char text[400] = "";
    for (int i = 0; i < 70; i++) strcat(text, i ? ",123" : "1");
    CHECK(strlen(tokens_of(text)) > 0);
    text[0] = '\0';
    for (int i = 0; i < 100; i++) strcat(text, "9");
    CHECK_INT(strlen(tokens_of(text)), TOKEN_LONGEST);
    text[0] = '\0';
    for (int i = 0; i < 30; i++) strcat(text, "9");
    strcat(text, ".");
    for (int i = 0; i < 40; i++) strcat(text, "1"); /* together too long: two words */
    CHECK(strchr(tokens_of(text), '|') != NULL && strchr(tokens_of(text), '.') == NULL);
    text[0] = '\0';
    for (int i = 0; i < 60; i++) strcat(text, "x");
    strcat(text, "-yyyyyyyy"); /* together too long to be a word */
    size_t bars = 0;
    for (const char *at = tokens_of(text); *at; at++) bars += *at == '|';
    CHECK_INT(bars, 1);
}

TEST(a_text_without_spaces_gives_pairs_only) {
    char text[3 * 100 + 1] = "";
    for (int i = 0; i < 100; i++) strcat(text, "가");
    size_t bars = 0;
    for (const char *at = tokens_of(text); *at; at++) bars += *at == '|';
    CHECK_INT(bars, 98);
}

TEST(stopping_stops) {
    struct joined joined = {.stop_after = 2};
    struct normal_text normal = NORMAL_TEXT_EMPTY;
    struct problem problem = {0};
    CHECK_INT(normalise("외관검사를", strlen("외관검사를"), &normal, &problem), IEUM_OK);
    CHECK(!tokens_each(&normal, join, &joined));
    CHECK_INT(joined.count, 2);
    normal_text_free(&normal);
}

TEST_MAIN(terms_by_script, numbers_and_units_are_one_word, parts_of_a_hyphenated_word_are_joined_as_well, long_numbers_and_words_end,
          a_text_without_spaces_gives_pairs_only, stopping_stops)
