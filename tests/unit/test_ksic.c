/* SPDX-License-Identifier: Apache-2.0 */
/* KSIC codes: reading, prefixes and common digits within and across revisions, the shipped tables. */
#include "../../engine/record/ksic.h"

#include "../../engine/record/taxonomy.h"
#include "test.h"

static struct ksic code(const char *text, int revision) {
    struct ksic ksic = {0};
    CHECK(ksic_read(text, revision, &ksic));
    return ksic;
}

TEST(reads_codes) {
    static const struct {
        const char *text;
        char section; /* 0: no code */
        const char *digits;
    } cases[] = {{"C", 'C', ""},
                 {"C30", 'C', "30"},
                 {"C303", 'C', "303"},
                 {"C3039", 'C', "3039"},
                 {"C30399", 'C', "30399"},
                 {"30399", 'C', "30399"},
                 {"01", 'A', "01"},
                 {"J62010", 'J', "62010"},
                 {"U", 'U', ""},
                 {"A01110", 'A', "01110"},
                 {"C3", 0, ""},
                 {"", 0, ""},
                 {"C303999", 0, ""},
                 {"J30", 0, ""},
                 {"C35", 0, ""},
                 {"C09", 0, ""},
                 {"04", 0, ""},
                 {"V", 0, ""},
                 {"c30", 0, ""},
                 {"C30 ", 0, ""},
                 {"C30a", 0, ""},
                 {"CC30", 0, ""},
                 {"C00", 0, ""},
                 {"제조업", 0, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ksic ksic = {.section = '?'};
        bool right = ksic_read(cases[i].text, 10, &ksic);
        if (right != (cases[i].section != 0)) fprintf(stderr, "%s\n", cases[i].text);
        CHECK(right == (cases[i].section != 0));
        CHECK_INT(ksic.section, right ? cases[i].section : '?');
        if (right) CHECK_TEXT(ksic.digits, cases[i].digits);
    }
}

TEST(lies_under_prefixes) {
    static const struct {
        const char *code;
        int revision;
        const char *prefix;
        int prefix_revision;
        bool under;
    } cases[] = {
        {"C27192", 10, "C", 0, true},        {"C27192", 10, "C27", 11, true},    {"C27192", 10, "C271", 11, true},
        {"C27192", 10, "C27192", 11, false}, {"C27192", 10, "C2719", 11, false}, {"C27192", 10, "C27192", 10, true},
        {"C27192", 10, "C2719", 0, true},    {"C27192", 0, "C2719", 10, false},  {"C27192", 0, "C2719", 0, true},
        {"C27", 10, "C271", 10, false},      {"C", 10, "C27", 10, false},        {"C27192", 10, "J", 0, false},
        {"C27192", 10, "27", 0, true},       {"C27192", 10, "X", 0, false},      {"C27192", 10, "C28", 0, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ksic ksic = code(cases[i].code, cases[i].revision);
        bool under = ksic_under(&ksic, cases[i].prefix, cases[i].prefix_revision);
        if (under != cases[i].under) fprintf(stderr, "%s under %s\n", cases[i].code, cases[i].prefix);
        CHECK(under == cases[i].under);
    }
}

TEST(shares_digits) {
    static const struct {
        const char *a;
        int a_revision;
        const char *b;
        int b_revision, shared;
    } cases[] = {{"C27192", 10, "C27192", 10, 5}, {"C27192", 10, "C27192", 11, 3}, {"C27192", 0, "C27192", 0, 3},
                 {"C27192", 10, "C27193", 10, 4}, {"C27192", 11, "C27211", 11, 2}, {"C27", 10, "C271", 10, 2},
                 {"C20", 10, "C21", 10, 0},       {"C", 10, "C21", 10, 0},         {"C27", 10, "J62", 10, -1},
                 {"C10", 10, "C34", 10, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ksic a = code(cases[i].a, cases[i].a_revision), b = code(cases[i].b, cases[i].b_revision);
        CHECK_INT(ksic_common(&a, &b), cases[i].shared);
        CHECK_INT(ksic_common(&b, &a), cases[i].shared);
    }
}

TEST(knows_the_shipped_tables) {
    char path[4096];
    struct taxonomy *taxonomy = NULL;
    struct problem problem = {0};
    snprintf(path, sizeof path, "%s/data", test_source());
    CHECK_INT(taxonomy_open(path, &taxonomy, &problem), IEUM_OK);
    if (!taxonomy) {
        fprintf(stderr, "%s %s\n", problem.source, problem.en);
        return;
    }
    /* Every division of the table, and no other number, has a section; opening the table has checked the letters. */
    for (int division = 0; division < 100; division++) {
        char text[3] = {(char)('0' + division / 10), (char)('0' + division % 10), '\0'};
        struct ksic ksic = {.section = 'A', .revision = 10};
        memcpy(ksic.digits, text, sizeof text);
        CHECK((ksic_name(taxonomy, &ksic) != NULL) == (ksic_section(division) != 0));
    }
    CHECK_INT(ksic_section(-1), 0);
    CHECK_INT(ksic_section(100), 0);
    struct ksic tenth = code("C27192", 10), eleventh = code("C27192", 11), unsaid = code("C27192", 0),
                division = code("C27", 11);
    CHECK_TEXT(ksic_name(taxonomy, &tenth), "정형 외과용 및 신체 보정용 기기 제조업");
    CHECK_TEXT(ksic_name(taxonomy, &eleventh), "치과기공물 제조업");
    CHECK(ksic_name(taxonomy, &unsaid) == NULL);
    CHECK_TEXT(ksic_name(taxonomy, &division), "의료, 정밀, 광학 기기 및 시계 제조업");
    taxonomy_free(taxonomy);
}

TEST_MAIN(reads_codes, lies_under_prefixes, shares_digits, knows_the_shipped_tables)
