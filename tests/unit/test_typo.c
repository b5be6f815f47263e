/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names with one slip of the key: which slips are found and which are not, in both scripts, and every long name of data/lexicon with a random slip of one
 * jamo. Prints the names of data/ that are one slip from another concept's name, so that a person can look at them.
 */
#include <dirent.h>

#include "adapt/json.h"
#include "base/files.h"
#include "base/random.h"
#include "text/matcher.h"
#include "text/typo.h"
#include "text_samples.h"

static bool any(const void *context, uint32_t value) {
    (void)context;
    (void)value;
    return true;
}

static const char *const terms[] = {"생산설비관리", "공정관리", "수요예측모형", "열처리 온도 예측", "predictive maintenance", "packing", "yolo2detect", "표면결함검사",
                                    "analyze", "analyse"};

/* Of the text, "term[words]" for each name that the matcher finds, "~term[words]" for each that a slip gives. */
static const char *found_in(const struct matcher *matcher, const struct typo_index *typos, const char *text) {
    static char out[1024];
    struct normal_text normal = NORMAL_TEXT_EMPTY;
    struct problem problem = {0};
    match_list matches = {0};
    size_t size = 0;
    out[0] = '\0';
    CHECK_INT(normalise(text, strlen(text), &normal, &problem), IEUM_OK);
    CHECK_INT(matcher_scan(matcher, &normal, &matches, &problem), IEUM_OK);
    const size_t exact = matches.count;
    CHECK_INT(typo_scan(typos, &normal, &matches, &problem), IEUM_OK);
    for (size_t i = 0; i < matches.count; i++) {
        const struct match *match = &matches.items[i];
        char *words = cut_out(text, normal.start[match->start], normal.end[match->end - 1]);
        size += (size_t)snprintf(out + size, sizeof out - size, "%s%s%s[%s]", i ? " " : "", i < exact ? "" : "~", terms[match->value], words);
        memory_free(words);
    }
    vector_free(&matches);
    normal_text_free(&normal);
    return out;
}

static ieum_status build(struct matcher **matcher, struct typo_index **typos, struct problem *problem) {
    ieum_status status = matcher_new(matcher, problem);
    for (uint32_t i = 0; i < sizeof terms / sizeof *terms && status == IEUM_OK; i++) status = matcher_add(*matcher, terms[i], MATCH_WHOLE, i, problem);
    if (status == IEUM_OK) status = matcher_finish(*matcher, problem);
    return status == IEUM_OK ? typo_index_new(*matcher, any, NULL, typos, problem) : status;
}

static const struct {
    const char *text, *found;
} cases[] = {
    {"생산설비관리", "생산설비관리[생산설비관리]"}, /* as it is: once */
    {"생산설비관리는", "생산설비관리[생산설비관리]"},
    /* another jamo: initial, vowel, final; at the head, inside, at the end */
    {"챙산설비관리", "~생산설비관리[챙산설비관리]"},
    {"생산셜비관리를", "~생산설비관리[생산셜비관리]"},
    {"생산설미관리", "~생산설비관리[생산설미관리]"},
    {"생산섳비관리", "~생산설비관리[생산섳비관리]"},
    {"생산설비관라", "~생산설비관리[생산설비관라]"},
    {"생산설비관니에서", "~생산설비관리[생산설비관니]"},
    {"샌산설비관리", "~생산설비관리[샌산설비관리]"},
    /* a final consonant too many, or too few; never a syllable */
    {"생산설비관린", "~생산설비관리[생산설비관린]"},
    {"생산설빗관리", "~생산설비관리[생산설빗관리]"},
    {"생사설비관리", "~생산설비관리[생사설비관리]"},
    {"생산서비관리", "~생산설비관리[생산서비관리]"},
    {"생산비관리", ""},
    {"생산설설비관리", ""},
    {"산설비관리", ""},
    /* two slips; a syllable that differs in both its consonant and its vowel */
    {"챙산셜비관리", ""},
    {"생산설미관라", ""},
    {"생산설모관리", ""},
    {"생산거비관리", ""},
    /* short names are left alone */
    {"공장관리", ""},
    {"곰정관리", ""},
    {"공정관이", ""},
    /* only at the head of a word */
    {"저희생산셜비관리", ""},
    {"저희 생산셜비관리", "~생산설비관리[생산셜비관리]"},
    {"(생산셜비관리)", "~생산설비관리[생산셜비관리]"},
    {"AI생산셜비관리", "~생산설비관리[생산셜비관리]"},
    {"생산셜비관리 생산설비간리", "~생산설비관리[생산셜비관리] ~생산설비관리[생산설비간리]"},
    /* a name that is written with blanks is one run in a slip */
    {"열처리온도예즉을", "~열처리 온도 예측[열처리온도예즉]"},
    /* letters: another, one more, one less; a word that begins with one more is another word */
    {"packking", "~packing[packking]"},
    {"Paking.", "~packing[Paking]"},
    {"pecking", "~packing[pecking]"},
    {"packings", "packing[packings] ~packing[packings]"},
    {"pakcing", ""},
    {"pecing", ""},
    {"repacking", ""},
    {"packagings", ""},
    {"predictve maintenance", "~predictive maintenance[predictve maintenance]"},
    {"predictive maintenence", "~predictive maintenance[predictive maintenence]"},
    {"predictive-maintenence의", "~predictive maintenance[predictive-maintenence]"},
    {"predictive  maintenence", ""}, /* over single separators */
    {"predictve maintenence", ""},
    {"predictivemaintenence", "~predictive maintenance[predictivemaintenence]"},
    {"yolo2detekt", ""}, /* digits are not letters */
    /* two names one slip apart: the exact one, and the other beside it */
    {"analyse", "analyse[analyse] ~analyze[analyse]"},
    {"", ""},
    {"   ", ""},
};

TEST(cases_hold) {
    struct matcher *matcher = NULL;
    struct typo_index *typos = NULL;
    struct problem problem = {0};
    CHECK_INT(build(&matcher, &typos, &problem), IEUM_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int before = test_failures;
        CHECK_TEXT(found_in(matcher, typos, cases[i].text), cases[i].found);
        if (test_failures != before) fprintf(stderr, "  … for \"%s\"\n", cases[i].text);
        char *apart = take_apart(cases[i].text); /* taken apart it is found at the same words */
        size_t whole = 0, parts = 0;
        for (const char *at = found_in(matcher, typos, cases[i].text); *at; at++) whole += *at == '[';
        for (const char *at = found_in(matcher, typos, apart); *at; at++) parts += *at == '[';
        CHECK_INT(parts, whole);
        memory_free(apart);
    }
    typo_index_free(typos);
    typo_index_free(NULL);
    matcher_free(matcher);
}

TEST(lack_of_memory_is_a_status) {
    ieum_status status = IEUM_MEMORY;
    const char *text = "생산셜비관리와 packking, 표면결함검시";
    uint64_t n = 0;
    for (n = 1; status == IEUM_MEMORY && n < 10000; n++) {
        struct matcher *matcher = NULL;
        struct typo_index *typos = NULL;
        struct problem problem = {0};
        struct normal_text normal = NORMAL_TEXT_EMPTY;
        match_list matches = {0};
        memory_fail_at(n);
        status = build(&matcher, &typos, &problem);
        if (status == IEUM_OK) status = normalise(text, strlen(text), &normal, &problem);
        if (status == IEUM_OK) status = typo_scan(typos, &normal, &matches, &problem);
        memory_fail_at(0);
        CHECK(status == IEUM_OK || status == IEUM_MEMORY);
        if (status == IEUM_OK) CHECK_INT(matches.count, 3);
        vector_free(&matches);
        normal_text_free(&normal);
        typo_index_free(typos);
        matcher_free(matcher);
        memory_clear_failed();
    }
    CHECK(status == IEUM_OK && n > 20);
}

/* ---- the names of data/lexicon ---- */

enum { MOST_SYLLABLES = 32, FEWEST_SYLLABLES = 5 };

struct name {
    char text[MOST_SYLLABLES * 3 + 1]; /* without its blanks */
    uint32_t concept;
};
static VECTOR(struct name) names;
static struct lexicon *lexicon;

/* A name of syllables alone, with what a matcher leaves out; others are not of this test. */
static void take_name(const char *text, uint32_t concept) {
    uint32_t points[256], kept[MOST_SYLLABLES];
    const size_t count = points_of(text, points, 256);
    size_t syllables = 0;
    for (size_t i = 0; i < count; i++) {
        if (points[i] == ' ' || points[i] == '-' || points[i] == 0xB7) continue;
        if (!is_syllable(points[i]) || syllables == MOST_SYLLABLES - 1) return;
        kept[syllables++] = points[i];
    }
    if (syllables < FEWEST_SYLLABLES || syllables > 19) return; /* 40 symbols at most */
    struct name name = {.concept = concept};
    char *written = text_of(kept, syllables);
    snprintf(name.text, sizeof name.text, "%s", written);
    memory_free(written);
    if (!vector_push(&names, name)) exit(2);
}

static void take_file(const char *path) {
    char *bytes = NULL;
    size_t size = 0;
    struct problem problem = {0};
    jval *json = NULL;
    CHECK_INT(file_read(path, 1 << 26, &bytes, &size, &problem), IEUM_OK);
    CHECK_INT(jval_parse(bytes, size, &json, &problem), IEUM_OK);
    const jval *concepts = jval_get(json, "concepts");
    for (size_t i = 0; i < jval_count(concepts); i++) {
        const jval *concept = jval_at(concepts, i), *list = jval_get(concept, "names");
        const uint32_t index = lexicon_find(lexicon, jval_get_text(concept, "id"));
        take_name(jval_get_text(concept, "ko"), index);
        for (size_t k = 0; k < jval_count(list); k++) take_name(jval_text(jval_at(list, k)), index);
    }
    jval_free(json);
    memory_free(bytes);
}

TEST(load) {
    char folder[900], path[1200];
    lexicon = load_lexicon(WHOLE_LEXICON);
    snprintf(folder, sizeof folder, "%s/" WHOLE_LEXICON, test_source());
    DIR *listing = opendir(folder);
    for (struct dirent *entry; listing && (entry = readdir(listing));) {
        if (!strstr(entry->d_name, ".json")) continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        take_file(path);
    }
    if (listing) closedir(listing);
    CHECK(names.count > 1000);
}

static uint32_t other_than(struct random *random, uint32_t from, uint32_t count, uint32_t not_this) {
    const uint32_t chosen = from + (uint32_t)random_below(random, count - from - (not_this >= from));
    return chosen + (not_this >= from && chosen >= not_this);
}

/* One jamo of one syllable changed, added or left out. */
static void slip(struct random *random, uint32_t *points, size_t count) {
    uint32_t *point = &points[random_below(random, count)];
    const uint32_t number = *point - HANGUL_FIRST;
    uint32_t initial = number / 588, vowel = number % 588 / 28, final = number % 28;
    switch (random_below(random, 4)) {
    case 0: initial = other_than(random, 0, 19, initial); break;
    case 1: vowel = other_than(random, 0, 21, vowel); break;
    case 2: final = other_than(random, 1, 28, final); break; /* another final, or one that was not there */
    default:
        if (final) final = 0;
        else final = 1 + (uint32_t)random_below(random, 27);
    }
    *point = HANGUL_FIRST + initial * 588 + vowel * 28 + final;
}

/* A longer mention of the same concept, by a pattern, may stand for the name. */
static bool speaks_of(const mention_list *mentions, uint32_t concept, uint32_t start, uint32_t end) {
    for (size_t i = 0; i < mentions->count; i++)
        if (mentions->items[i].concept == concept && mentions->items[i].start <= start && mentions->items[i].end >= end) return true;
    return false;
}

TEST(long_names_are_found_with_one_slip) {
    static const char *const behind[] = {"", "를", "을", "는", "이", "에", "에서", "으로", "와", "도", "의"};
    struct random random;
    size_t found = 0, told = 0;
    random_seed(&random, 5);
    for (size_t i = 0; i < names.count; i++) {
        uint32_t points[MOST_SYLLABLES];
        mention_list mentions = {0};
        struct problem problem = {0};
        char text[256];
        const size_t count = points_of(names.items[i].text, points, MOST_SYLLABLES);
        slip(&random, points, count);
        char *typed = text_of(points, count);
        CHECK(strcmp(typed, names.items[i].text) != 0);
        snprintf(text, sizeof text, "저희 %s%s 봅니다", typed, behind[random_below(&random, sizeof behind / sizeof *behind)]);
        CHECK_INT(lexicon_annotate(lexicon, text, strlen(text), &mentions, &problem), IEUM_OK);
        if (speaks_of(&mentions, names.items[i].concept, 3, (uint32_t)(3 + count))) found++;
        else if (told++ < 10) printf("  not found: %s as %s\n", names.items[i].text, text);
        vector_free(&mentions);
        memory_free(typed);
    }
    printf("  %zu of %zu long names found with a slip\n", found, names.count);
    CHECK(found * 100 >= names.count * 99);
}

static bool is_name_of(const char *text, uint32_t concept) {
    for (size_t i = 0; i < names.count; i++)
        if (names.items[i].concept == concept && strcmp(names.items[i].text, text) == 0) return true;
    return false;
}

/* Names of two concepts a slip apart: by the parts that a slip leaves as they are, so that not all pairs need be compared. */
static bool one_jamo_apart(const char *left, const char *right) {
    uint32_t a[MOST_SYLLABLES], b[MOST_SYLLABLES];
    const size_t count = points_of(left, a, MOST_SYLLABLES);
    size_t differing = 0;
    if (points_of(right, b, MOST_SYLLABLES) != count) return false;
    for (size_t i = 0; i < count; i++) {
        const uint32_t x = a[i] - HANGUL_FIRST, y = b[i] - HANGUL_FIRST;
        differing += (x / 588 != y / 588) + (x % 588 / 28 != y % 588 / 28) + (x % 28 != y % 28);
    }
    return differing == 1;
}

/* A name as it is speaks of its own concept, and is not taken for another's a slip away. Such pairs are shown: a slip turns the one into the other. */
TEST(names_one_slip_apart_are_told_apart) {
    size_t own = 0, misread = 0, pairs = 0;
    for (size_t i = 0; i < names.count; i++)
        for (size_t k = i + 1; k < names.count; k++) {
            const struct name *a = &names.items[i], *b = &names.items[k];
            if (a->concept == b->concept || strlen(a->text) != strlen(b->text) || !one_jamo_apart(a->text, b->text)) continue;
            printf("  %s (%s) | %s (%s)\n", a->text, lexicon_concept(lexicon, a->concept)->id, b->text, lexicon_concept(lexicon, b->concept)->id);
            pairs++;
        }
    for (size_t i = 0; i < names.count; i++) {
        const struct name *name = &names.items[i];
        const uint32_t count = (uint32_t)utf8_count(name->text, strlen(name->text));
        mention_list mentions = {0};
        struct problem problem = {0};
        CHECK_INT(lexicon_annotate(lexicon, name->text, strlen(name->text), &mentions, &problem), IEUM_OK);
        own += speaks_of(&mentions, name->concept, 0, count);
        for (size_t m = 0; m < mentions.count; m++) {
            const struct mention *mention = &mentions.items[m];
            if (mention->kind != MENTION_NAME || mention->start != 0 || mention->concept == name->concept) continue;
            char *words = cut_out(name->text, mention->start, mention->end);
            if (utf8_count(words, strlen(words)) >= FEWEST_SYLLABLES && !is_name_of(words, mention->concept) && misread++ < 20)
                fprintf(stderr, "  %s (%s) is taken for a slip of %s (%s)\n", words, lexicon_concept(lexicon, name->concept)->id,
                        lexicon_concept(lexicon, mention->concept)->ko, lexicon_concept(lexicon, mention->concept)->id);
            memory_free(words);
        }
        vector_free(&mentions);
    }
    printf("  %zu pairs of names of two concepts are one slip apart\n", pairs);
    CHECK_INT(own, names.count);
    CHECK_INT(misread, 0);
}

TEST(unload) {
    vector_free(&names);
    lexicon_free(lexicon);
}

TEST_MAIN(cases_hold, lack_of_memory_is_a_status, load, long_names_are_found_with_one_slip, names_one_slip_apart_are_told_apart, unload)
