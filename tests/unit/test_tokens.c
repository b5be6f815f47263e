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

TEST_MAIN(terms_by_script, a_text_without_spaces_gives_pairs_only, stopping_stops)
