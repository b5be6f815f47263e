/* SPDX-License-Identifier: Apache-2.0 */
/* Annotation: which words are found in which spelling, which accidents are not, overlaps, patterns and negation. */
#include "test.h"

#include <pthread.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/random.h"
#include "base/utf8.h"
#include "text/lexicon.h"

static struct lexicon *small;

/* "id[words]" of every mention, "-" before a negated one, "?" before an undecided one, with blanks between. */
static const char *mentions_of(const char *text) {
    static char out[4096];
    mention_list mentions = {0};
    struct problem problem = {0};
    size_t size = 0, length = strlen(text);
    out[0] = '\0';
    CHECK_INT(lexicon_annotate(small, text, length, &mentions, &problem), IEUM_OK);
    for (size_t i = 0; i < mentions.count; i++) {
        const struct mention *mention = &mentions.items[i];
        size_t start = utf8_offset(text, length, mention->start), end = utf8_offset(text, length, mention->end);
        size += (size_t)snprintf(out + size, sizeof out - size, "%s%s%s%s[%.*s]", i ? " " : "",
                                 mention->negated ? "-" : "", mention->undecided ? "?" : "",
                                 lexicon_concept(small, mention->concept)->id, (int)(end - start), text + start);
        CHECK(i == 0 || mentions.items[i - 1].start < mention->start ||
              (mentions.items[i - 1].start == mention->start && mentions.items[i - 1].end <= mention->end));
    }
    vector_free(&mentions);
    return out;
}

static const struct {
    const char *text, *mentions;
} cases[] = {
    /* spelling */
    {"외관검사", "visual-inspection[외관검사]"},
    {"외관 검사", "visual-inspection[외관 검사]"},
    {"외관·검사와 외관-검사", "visual-inspection[외관·검사] visual-inspection[외관-검사]"},
    {"외 관 검 사", "visual-inspection[외 관 검 사]"},
    {"\xE1\x84\x8B\xE1\x85\xAC\xE1\x84\x80\xE1\x85\xAA\xE1\x86\xAB검사",
     "visual-inspection[\xE1\x84\x8B\xE1\x85\xAC\xE1\x84\x80\xE1\x85\xAA\xE1\x86\xAB검사]"},
    {"자동외관검사시스템을", "visual-inspection[외관검사]"},
    {"ＡＯＩ 장비", "visual-inspection[ＡＯＩ]"},
    {"AOI검사", "visual-inspection[AOI]"},
    {"불량선별", "visual-inspection[불량선별]"},
    {"Visual  Inspection", "visual-inspection[Visual  Inspection]"},
    {"preprocessing, pre processing", "image-generation[preprocessing] image-generation[pre processing]"},
    /* a blank line, a bullet or a sign ends a match; a line break does not */
    {"외관\n검사", "visual-inspection[외관\n검사]"},
    {"외관\n\n검사", ""},
    {"외관\n- 검사", ""},
    {"외관/검사", ""},
    /* Latin words are whole words */
    {"AOI2 xAOI AOIs", "visual-inspection[AOIs]"},
    {"A O I", ""},
    {"image datas", "image-data[image datas]"},
    {"maintenance2 maintenances", "upkeep[maintenances]"},
    {"unmaintenance", ""},
    /* stems */
    {"골라내고 골라냅니다 골라낸다 골라내",
     "visual-inspection[골라내] visual-inspection[골라냅] visual-inspection[골라낸] "
     "visual-inspection[골라내]"},
    {"기계가 갑자기 섰습니다", "upkeep[기계가 갑자기 섰]"},
    {"자주 걸려서 자주 걸렸다", "upkeep[자주 걸려] upkeep[자주 걸렸]"},
    {"컴퓨터 비전을", "computer-vision[컴퓨터 비전]"},
    {"외관검삽", ""}, /* a name ends with its syllable */
    /* a slip is no word of one letter beside the name */
    {"a plating line", "plating[plating]"},
    {"plating a steel plate", "plating[plating]"},
    {"platting, platin", "plating[platting] plating[platin]"},
    /* short words: head of a word, or its tail but for particles */
    {"도금 공정", "plating[도금]"},
    {"도금액이", "plating[도금]"},
    {"아연도금을", "plating[도금]"},
    {"아연도금", "plating[도금]"},
    {"제도금지", ""},
    {"의사출신", ""},
    {"도 금", ""},
    {"의사 출신", ""},
    {"AI도금", "plating[도금]"},
    /* overlaps */
    {"제품 이미지 생성", "product-image[제품 이미지 생성]"},
    {"이미지 생성", "image-generation[이미지 생성]"},
    {"미세 균열 검사", "micro-crack[미세 균열 검사]"},
    {"눈으로 하나씩 보고 골라내", "visual-inspection[눈으로 하나씩 보고 골라]"}, /* the longest, once */
    {"눈으로 하나씩 보고 난 뒤에 다 함께 골라내", "visual-inspection[눈으로 하나씩 보고] visual-inspection[골라내]"},
    /* patterns */
    {"눈으로 제품을 보고 판단", "visual-inspection[눈으로 제품을 보고]"},
    {"눈으로 아주아주 멀리 떨어진 것까지 다 보고", ""},
    {"눈으로만", ""},
    /* negation */
    {"외관검사는 하지 않습니다", "-visual-inspection[외관검사]"},
    {"외관검사를 하지 않습니다", "visual-inspection[외관검사]"}, /* a lack, for all we know */
    {"외관검사와 치수측정은 지원하지 않습니다", "-visual-inspection[외관검사] -dimension[치수측정]"},
    {"외관검사는 하지만 치수측정은 하지 않습니다", "visual-inspection[외관검사] -dimension[치수측정]"},
    {"외관검사를 합니다. 치수측정은 제외", "visual-inspection[외관검사] -dimension[치수측정]"},
    {"외관검사, 치수측정은 제외", "-visual-inspection[외관검사] -dimension[치수측정]"},
    {"외관검사 경험, 치수측정은 제외", "visual-inspection[외관검사] -dimension[치수측정]"},
    {"외관검사 시스템이 없습니다", "visual-inspection[외관검사]"},
    {"외관검사를 못 합니다", "visual-inspection[외관검사]"},
    {"외관검사가 불가피", "visual-inspection[외관검사]"},
    {"외관검사 지원 불가", "-visual-inspection[외관검사]"},
    {"외관검사 지원 불가피", "visual-inspection[외관검사]"},
    {"no visual inspection", "-visual-inspection[visual inspection]"},
    {"not only visual inspection", "visual-inspection[visual inspection]"},
    {"We do not offer visual inspection, but image data.",
     "-visual-inspection[visual inspection] image-data[image data]"},
    {"visual inspection is not supported", "-visual-inspection[visual inspection]"},
    {"Noted: visual inspection", "visual-inspection[visual inspection]"},
    {"", ""},
    {" - ", ""},
};

TEST(cases_hold) {
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int before = test_failures;
        CHECK_TEXT(mentions_of(cases[i].text), cases[i].mentions);
        if (test_failures != before) fprintf(stderr, "  … for \"%s\"\n", cases[i].text);
    }
}

/* The same concepts with the words of negation that are shipped. */
static const struct {
    const char *text, *mentions;
} shipped[] = {
    /* lists are negated as a whole, clauses are not */
    {"외관검사, 치수측정은 지원하지 않습니다", "-visual-inspection[외관검사] -dimension[치수측정]"},
    {"외관검사, 치수측정, 도금은 취급하지 않습니다", "-visual-inspection[외관검사] -dimension[치수측정] -plating[도금]"},
    {"외관검사 , 치수측정은 제외합니다", "-visual-inspection[외관검사] -dimension[치수측정]"},
    {"외관검사를 합니다, 치수측정은 제외합니다", "visual-inspection[외관검사] -dimension[치수측정]"},
    {"외관검사 경험이 많고, 치수측정은 제외합니다", "visual-inspection[외관검사] -dimension[치수측정]"},
    {"치수측정은 제외하고, 외관검사를 합니다", "-dimension[치수측정] visual-inspection[외관검사]"},
    {"외관검사, 도금. 치수측정은 제외합니다", "visual-inspection[외관검사] plating[도금] -dimension[치수측정]"},
    {"외관검사\n치수측정은 제외합니다", "visual-inspection[외관검사] -dimension[치수측정]"},
    /* refusals */
    {"외관검사는 지원하지 못합니다", "-visual-inspection[외관검사]"},
    {"외관검사를 제공하지 못합니다", "-visual-inspection[외관검사]"},
    {"외관검사를 못 합니다", "visual-inspection[외관검사]"}, /* a lack */
    {"외관검사는 다루지 않습니다", "-visual-inspection[외관검사]"},
    {"외관검사 미지원", "-visual-inspection[외관검사]"},
    /* not this but that */
    {"외관검사가 아니라 치수측정을 합니다", "-visual-inspection[외관검사] dimension[치수측정]"},
    {"도금이 아니라 사출입니다", "-plating[도금] injection[사출]"},
    {"외관검사가 아닌 치수측정", "-visual-inspection[외관검사] dimension[치수측정]"},
    {"외관검사뿐만 아니라 치수측정도 합니다", "visual-inspection[외관검사] dimension[치수측정]"},
    {"외관검사만이 아니라 치수측정도 합니다", "visual-inspection[외관검사] dimension[치수측정]"},
    /* nothing but this */
    {"외관검사 외에는 하지 않습니다", "visual-inspection[외관검사]"},
    {"외관검사 외에는 취급하지 않습니다", "visual-inspection[외관검사]"},
    /* a colon ends a clause where it ends a word */
    {"외관검사 가능: 사출은 제외합니다", "visual-inspection[외관검사] -injection[사출]"},
    {"외관검사 10:30까지는 제외", "-visual-inspection[외관검사]"},
    {"외관검사 가능: 사출 지원 불가", "visual-inspection[외관검사] -injection[사출]"},
    {"Not a plating vendor: we do visual inspection", "-plating[plating] visual-inspection[visual inspection]"},
    {"We do not offer: visual inspection", "visual-inspection[visual inspection]"},
    /* … but not where it introduces what is said of the words right before it */
    {"외관검사: 지원 불가", "-visual-inspection[외관검사]"},
    {"외관검사 : 지원하지 않습니다", "-visual-inspection[외관검사]"},
    {"외관검사： 미지원", "-visual-inspection[외관검사]"},
    {"외관검사: 현재 제공하지 않음", "-visual-inspection[외관검사]"},
    {"외관검사, 치수측정: 지원 불가", "-visual-inspection[외관검사] -dimension[치수측정]"},
    {"Visual inspection: not supported", "-visual-inspection[Visual inspection]"},
    {"Visual inspection: available. Plating: not available.", "visual-inspection[Visual inspection] -plating[Plating]"},
    {"외관검사: 합니다\n사출: 지원 불가", "visual-inspection[외관검사] -injection[사출]"},
    {"외관검사: 됩니다. 사출: 지원 불가", "visual-inspection[외관검사] -injection[사출]"},
    {"외관검사: 사출은 제외", "visual-inspection[외관검사] -injection[사출]"},
    {"외관검사: 사출을 제외하고 합니다", "visual-inspection[외관검사] -injection[사출]"},
    {"외관검사: 사출은 하지 않습니다", "visual-inspection[외관검사] -injection[사출]"},
    {"without warranty: visual inspection", "visual-inspection[visual inspection]"},
    /* English */
    {"visual inspection is not offered", "-visual-inspection[visual inspection]"},
    {"visual inspection, plating are not covered", "-visual-inspection[visual inspection] -plating[plating]"},
    {"We do plating but not visual inspection", "plating[plating] -visual-inspection[visual inspection]"},
    {"plating instead of visual inspection", "plating[plating] -visual-inspection[visual inspection]"},
    {"We cannot do visual inspection. We do plating.", "-visual-inspection[visual inspection] plating[plating]"},
    {"not just visual inspection", "visual-inspection[visual inspection]"},
    {"whether or not visual inspection", "visual-inspection[visual inspection]"},
    {"no later than visual inspection", "visual-inspection[visual inspection]"},
};

static void copy_file(const char *from, const char *folder, const char *name) {
    char path[1400], line[4096];
    size_t size;
    snprintf(path, sizeof path, "%s/%s/%s", test_source(), from, name);
    FILE *in = fopen(path, "rb");
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "wb");
    CHECK(in && out);
    while (in && out && (size = fread(line, 1, sizeof line, in)) > 0) fwrite(line, 1, size, out);
    if (in) fclose(in);
    if (out) fclose(out);
}

TEST(shipped_words_of_negation) {
    static const char *const files[][2] = {{"tests/unit/data/lexicon-small", "tasks.json"},
                                           {"tests/unit/data/lexicon-small", "techniques.json"},
                                           {"tests/unit/data/lexicon-small", "links.json"},
                                           {"data/lexicon", "scope.json"}};
    char folder[] = "annotate-test-XXXXXX";
    struct lexicon *held = small;
    struct problem problem = {0};
    CHECK(mkdtemp(folder) != NULL);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) copy_file(files[i][0], folder, files[i][1]);
    CHECK_INT(lexicon_load(folder, 1, &small, &problem), IEUM_OK);
    for (size_t i = 0; i < sizeof shipped / sizeof *shipped && problem.status == IEUM_OK; i++) {
        const int before = test_failures;
        CHECK_TEXT(mentions_of(shipped[i].text), shipped[i].mentions);
        if (test_failures != before) fprintf(stderr, "  … for \"%s\"\n", shipped[i].text);
    }
    lexicon_free(small);
    small = held;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[64];
        snprintf(path, sizeof path, "%s/%s", folder, files[i][1]);
        remove(path);
    }
    rmdir(folder);
}

TEST(a_limit_is_undecided_and_no_no) {
    char text[4096] = "시작";
    for (int i = 0; i < 1000; i++) strcat(text, "aa");
    strcat(text, "b");
    const char *found = mentions_of(text);
    /* What runs into the limit depends on how well the pattern library optimises; silence would be wrong only if it
     * did. */
    CHECK(strcmp(found, "?endless[시작]") == 0);
}

TEST(mentions_are_added_behind_others) {
    mention_list mentions = {0};
    struct problem problem = {0};
    CHECK_INT(lexicon_annotate(small, "도금", strlen("도금"), &mentions, &problem), IEUM_OK);
    CHECK_INT(lexicon_annotate(small, "사출", strlen("사출"), &mentions, &problem), IEUM_OK);
    CHECK_INT(mentions.count, 2);
    CHECK(mentions.count == 2 && mentions.items[0].concept == lexicon_find(small, "plating") &&
          mentions.items[1].concept == lexicon_find(small, "injection"));
    vector_free(&mentions);
}

/* Every mention quotes words that alone give the concept again, whatever stands around them. */
TEST(random_texts_hold_no_surprise) {
    static const char *const parts[] = {
        "외관",       "검사", "도금", "아연",          "AOI",         " ",        "-",      "·",    "\n",
        "골라내",     "고",   "는",   "하지 않습니다", "이미지 생성", "제품",     "눈으로", "보고", "no ",
        "image data", "s",    "ﾡ",    "가\xCC\x81",    ".",           "불량 선별"};
    struct random random;
    random_seed(&random, 3);
    for (int round = 0; round < 3000; round++) {
        char text[1024] = "";
        mention_list mentions = {0}, again = {0};
        struct problem problem = {0};
        for (size_t i = random_below(&random, 14); i > 0; i--)
            strcat(text, parts[random_below(&random, sizeof parts / sizeof *parts)]);
        const size_t size = strlen(text), points = utf8_count(text, size);
        CHECK_INT(lexicon_annotate(small, text, size, &mentions, &problem), IEUM_OK);
        for (size_t i = 0; i < mentions.count; i++) {
            const struct mention mention = mentions.items[i];
            CHECK(mention.start < mention.end && mention.end <= points);
            const size_t start = utf8_offset(text, size, mention.start), end = utf8_offset(text, size, mention.end);
            bool found = false;
            again.count = 0;
            CHECK_INT(lexicon_annotate(small, text + start, end - start, &again, &problem), IEUM_OK);
            for (size_t j = 0; j < again.count; j++) found = found || again.items[j].concept == mention.concept;
            CHECK(found);
        }
        vector_free(&mentions);
        vector_free(&again);
    }
}

struct crowd {
    struct lexicon *lexicon;
    size_t counts[4];
};

static void *annotate_often(void *argument) {
    struct crowd *crowd = ((void **)argument)[0];
    size_t *count = ((void **)argument)[1];
    for (int i = 0; i < 200; i++) {
        mention_list mentions = {0};
        struct problem problem = {0};
        const char *text = "눈으로 제품을 보고 골라냅니다. 아연도금과 AOI, no visual inspection";
        if (lexicon_annotate(crowd->lexicon, text, strlen(text), &mentions, &problem) == IEUM_OK)
            *count += mentions.count;
        vector_free(&mentions);
    }
    return NULL;
}

TEST(threads_share_a_lexicon) {
    struct crowd crowd = {NULL, {0}};
    char folder[1024];
    struct problem problem = {0};
    pthread_t threads[4];
    void *arguments[4][2];
    snprintf(folder, sizeof folder, "%s/tests/unit/data/lexicon-small", test_source());
    CHECK_INT(lexicon_load(folder, 1, &crowd.lexicon, &problem), IEUM_OK);
    for (int i = 0; i < 4; i++) {
        arguments[i][0] = &crowd;
        arguments[i][1] = &crowd.counts[i];
        CHECK_INT(pthread_create(&threads[i], NULL, annotate_often, arguments[i]), 0);
    }
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    for (int i = 0; i < 4; i++) CHECK_INT(crowd.counts[i], 200 * 4);
    lexicon_free(crowd.lexicon);
}

TEST(load_and_free) {
    char folder[1024];
    struct problem problem = {0};
    snprintf(folder, sizeof folder, "%s/tests/unit/data/lexicon-small", test_source());
    lexicon_free(small);
    small = NULL;
    CHECK_INT(lexicon_load(folder, 1, &small, &problem), IEUM_OK);
    if (small == NULL) exit(1);
}

TEST(end) {
    lexicon_free(small);
    lexicon_free(NULL);
    small = NULL;
}

TEST_MAIN(load_and_free, cases_hold, shipped_words_of_negation, a_limit_is_undecided_and_no_no, mentions_are_added_behind_others,
          random_texts_hold_no_surprise, threads_share_a_lexicon, end)
