/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many demands side by side against one after the other, on invented records: every score, every shortlist, every value of who is ranked and every barred pair is
 * the same, to the last bit, on every instruction set and with any number of threads. The other way computes what feature_compute, eligible_pair, additive_score
 * and top_k_select say.
 */
#include "test.h"

#include <math.h>

#include "base/buffer.h"
#include "base/files.h"
#include "base/processor.h"
#include "base/random.h"
#include "feature/answers.h"
#include "feature/space.h"
#include "pipeline_bulk.h"
#include "pipeline_sieve.h"
#include "program/likeness.h"
#include "record/read.h"
#include "score/tile_score.h"

static struct lexicon *lexicon;
static struct taxonomy *taxonomy;
static struct feature_catalogue *catalogue;
static struct random source;

static void load(const char *name, char *path, size_t size) { snprintf(path, size, "%s/%s", test_source(), name); }

TEST(open) {
    char path[1024];
    struct problem problem = {0};
    random_seed(&source, 77);
    load("data/lexicon", path, sizeof path);
    CHECK_INT(lexicon_load(path, 1, &lexicon, &problem), IEUM_OK);
    load("data", path, sizeof path);
    CHECK_INT(taxonomy_open(path, &taxonomy, &problem), IEUM_OK);
    load("data/features/standard.json", path, sizeof path);
    CHECK_INT(feature_catalogue_load(path, &catalogue, &problem), IEUM_OK);
    if (test_failures) exit(1);
}

TEST(shut) {
    lexicon_free(lexicon);
    taxonomy_free(taxonomy);
    feature_catalogue_free(catalogue);
}

/* ---- invented records ---- */

static size_t below(size_t bound) { return (size_t)random_below(&source, bound); }
static bool chance(double probability) { return random_unit(&source) < probability; }
#define ONE_OF(list) (list)[below(sizeof(list) / sizeof *(list))]

static const char *const names[] = {"가람테크",   "(주)가람테크", "가람 테크 주식회사", "누리소프트", "㈜누리-소프트", "Delta Inc.", "delta",
                                    "zinc.",      "다온랩스",     "라온(가상)",         "마루데이터", "바다AI",        "사람과기계", "(주)"};
static const char *const regions[] = {"서울특별시 강남구", "서울 강남구", "Seoul", "경기도 성남시", "인천광역시", "부산광역시 해운대구", "어딘가", "서울"};
static const char *const deployments[] = {"on-premise", "On Premise", "cloud", "edge", "옛 서버"};
static const char *const certifications[] = {"ISMS", "ISMS-P", "GS인증 1등급", "ISO27001", "iso 27001", "GMP"};
static const char *const sizes[] = {"소기업", "벤처기업", "중견기업", "대기업"};
static const char *const codes[] = {"J62010", "C26", "C27192", "C20", "M72", "C30399", "Q86"};

static void add_number(struct buffer *out, const char *key) {
    const size_t kind = below(3), serial = below(40);
    int digits[10] = {0, 0, 0, 8, 1, 0, 0, (int)(serial / 10), (int)(serial % 10), 0}, weights[9] = {1, 3, 7, 1, 3, 7, 1, 3, 5}, sum = 0;
    for (size_t i = 0; i < 9; i++) sum += digits[i] * weights[i];
    digits[9] = (10 - (sum + digits[8] * 5 / 10) % 10) % 10;
    if (kind == 0) return;
    if (key) buffer_format(out, ",\"%s\":", key);
    buffer_add_text(out, "\"");
    for (size_t i = 0; i < 10; i++) buffer_format(out, "%s%d", kind == 1 && (i == 3 || i == 5) ? "-" : "", digits[i]);
    buffer_add_text(out, "\"");
}

static void add_list(struct buffer *out, const char *key, const char *const *words, size_t count, size_t most) {
    const size_t held = below(most + 1);
    if (chance(0.2)) return;
    buffer_format(out, ",\"%s\":[", key);
    for (size_t i = 0; i < held; i++) buffer_format(out, "%s\"%s\"", i ? "," : "", words[below(count)]);
    buffer_add_text(out, "]");
}
#define ADD_LIST(out, key, words, most) add_list(out, key, words, sizeof(words) / sizeof *(words), most)

/* Names of concepts, which the lexicon understands, with words around them. */
static void add_words(struct buffer *out, const char *key, size_t most) {
    static const char *const others[] = {"현장에서", "지원하지 않습니다.", "한번에", "AI", "system", "교육만 합니다", "10 kg"};
    if (chance(0.1)) return;
    buffer_format(out, ",\"%s\":\"", key);
    for (size_t i = 1 + below(most); i > 0; i--) {
        const char *name = lexicon_concept(lexicon, (uint32_t)below(chance(0.5) ? 40 : lexicon_count(lexicon)))->ko;
        if (!strpbrk(name, "\"\\")) buffer_format(out, "%s %s ", name, chance(0.5) ? ONE_OF(others) : "");
    }
    buffer_add_text(out, ".\"");
}

static void add_affiliates(struct buffer *out) {
    if (chance(0.7)) return;
    buffer_format(out, ",\"affiliates\":[\"%s\"", ONE_OF(names));
    if (chance(0.5)) {
        struct buffer number = BUFFER_EMPTY;
        add_number(&number, NULL);
        if (number.size) buffer_format(out, ",%s", number.bytes);
        buffer_free(&number);
    }
    buffer_add_text(out, "]");
}

static void add_firm(struct buffer *out) {
    add_number(out, "registration_no");
    if (chance(0.8)) buffer_format(out, ",\"region\":\"%s\"", ONE_OF(regions));
    if (chance(0.8)) buffer_format(out, ",\"size\":\"%s\"", ONE_OF(sizes));
    if (chance(0.8)) buffer_format(out, ",\"founded\":\"%d-02-%02d\"", 2005 + (int)below(20), 1 + (int)below(28));
    if (chance(0.7)) buffer_format(out, ",\"ksic\":[\"%s\"]", ONE_OF(codes));
    if (chance(0.5)) buffer_format(out, ",\"ksic_rev\":%d", 10 + (int)below(2));
    if (chance(0.7)) buffer_format(out, ",\"employees\":%d", (int)below(60));
    add_affiliates(out);
}

/* Every seventh supplier says what the one before said, so that scores tie. */
static void make_suppliers(size_t count, struct buffer *out) {
    struct buffer last = BUFFER_EMPTY;
    buffer_add_text(out, "[");
    for (size_t i = 0; i < count; i++) {
        if (i % 7 != 6 || i == 0) {
            buffer_clear(&last);
            buffer_format(&last, "\"name\":\"%s\"", ONE_OF(names));
            add_firm(&last);
            add_words(&last, "summary", 6);
            ADD_LIST(&last, "certifications", certifications, 3);
            ADD_LIST(&last, "deployment", deployments, 3);
            if (chance(0.8)) buffer_format(&last, ",\"price_krw\":[%d,%d]", 1 + (int)below(90), 100);
            if (chance(0.8)) buffer_format(&last, ",\"capacity\":%d", (int)below(7));
            if (chance(0.7)) buffer_format(&last, ",\"references\":[{\"industry_ksic\":\"%s\",\"title\":\"%s\"},{\"industry_ksic\":\"%s\"}]", ONE_OF(codes),
                                           lexicon_concept(lexicon, (uint32_t)below(60))->ko, ONE_OF(codes));
        }
        buffer_format(out, "%s{\"id\":\"S%04zu\",%s}", i ? "," : "", i, last.bytes);
    }
    buffer_add_text(out, "]");
    buffer_free(&last);
}

static void make_demands(size_t count, size_t suppliers, struct buffer *out) {
    buffer_add_text(out, "[");
    for (size_t i = 0; i < count; i++) {
        buffer_format(out, "%s{\"id\":\"D%03zu\",\"program\":\"p\",\"title\":\"도입\",\"firm\":{\"name\":\"%s\"", i ? "," : "", i, ONE_OF(names));
        add_firm(out);
        buffer_add_text(out, "}");
        add_words(out, "need", 8);
        if (chance(0.8)) buffer_format(out, ",\"applied\":\"2025-0%d-11\"", 1 + (int)below(9));
        if (chance(0.8)) buffer_format(out, ",\"budget_krw\":%d", (int)below(100));
        if (chance(0.8)) buffer_format(out, ",\"readiness_score\":%d", (int)below(101));
        if (chance(0.6)) buffer_format(out, ",\"must\":{\"region\":\"%s\",\"deployment\":\"%s\"", "서울", ONE_OF(deployments));
        else buffer_add_text(out, ",\"must\":{\"x\":1");
        ADD_LIST(out, "certifications", certifications, 2);
        buffer_add_text(out, "},\"prefer\":{\"y\":1");
        ADD_LIST(out, "deployment", deployments, 2);
        ADD_LIST(out, "certifications", certifications, 2);
        buffer_add_text(out, "}");
        if (chance(0.4)) buffer_format(out, ",\"exclude_suppliers\":[\"S%04zu\",\"S%04zu\",\"S9999\"]", below(suppliers), below(suppliers));
        buffer_add_text(out, "}");
    }
    buffer_add_text(out, "]");
}

/* ---- an invented program: the shipped features, and some of a rule of every test ---- */

static const char *const rules[] = {
    "\"test\":\"in\",\"supplier_field\":\"/size\",\"values\":[\"소기업\",\"벤처 기업\",\"중견기업\"],\"missing\":\"fail\"",
    "\"test\":\"prefix\",\"supplier_field\":\"/region\",\"values\":[\"서울\",\"경기\",\"부산\",\"인천\"],\"missing\":\"pass\"",
    "\"test\":\"prefix\",\"supplier_field\":\"/ksic\",\"code\":\"ksic\",\"revision\":10,\"values\":[\"C\",\"J\",\"M\"],\"except\":[\"C27192\"],\"missing\":\"confirm\"",
    "\"test\":\"matches\",\"supplier_field\":\"/name\",\"pattern\":\"[가-힣]\"",
    "\"test\":\"at_least\",\"supplier_field\":\"/employees\",\"number\":5,\"missing\":\"pass\"",
    "\"test\":\"at_most\",\"supplier_field\":\"/employees\",\"number\":50",
    "\"test\":\"age_years_at_most\",\"supplier_field\":\"/founded\",\"reference\":\"/applied\",\"number\":9,\"missing\":\"confirm\"",
    "\"test\":\"date_at_least\",\"supplier_field\":\"/founded\",\"date\":\"2007-01-01\",\"missing\":\"pass\"",
    "\"test\":\"date_at_most\",\"supplier_field\":\"/founded\",\"date\":\"2022-01-01\"",
    "\"test\":\"present\",\"supplier_field\":\"/price_krw\",\"missing\":\"fail\"",
    "\"test\":\"covers\",\"field\":\"/must/deployment\",\"supplier_field\":\"/deployment\",\"missing\":\"fail\"",
    "\"test\":\"covers\",\"field\":\"/must/certifications\",\"supplier_field\":\"/certifications\",\"accepts\":{\"ISMS\":[\"ISMS-P\"]},\"missing\":\"confirm\"",
    "\"test\":\"lies_in\",\"field\":\"/must/region\",\"supplier_field\":\"/region\",\"accepts\":{\"서울\":[\"Seoul\"]},\"missing\":\"fail\"",
    "\"test\":\"listed\",\"field\":\"/must/certifications\",\"supplier_field\":\"/size\",\"missing\":\"pass\"",
    "\"test\":\"within\",\"field\":\"/budget_krw\",\"supplier_field\":\"/price_krw\",\"missing\":\"fail\"",
    "\"test\":\"not_listed\",\"field\":\"/exclude_suppliers\"",
    "\"test\":\"unrelated\"",
};
enum { RULE_KINDS = sizeof rules / sizeof *rules };

static struct program *make_program(double share) {
    char path[1024], *bytes = NULL, *text = NULL;
    size_t size = 0;
    struct problem problem = {0};
    struct program *program = NULL;
    jval *json = NULL, *list = NULL;
    struct buffer made = BUFFER_EMPTY;
    load("data/programs/ai-manufacturing.json", path, sizeof path);
    CHECK_INT(file_read(path, 1 << 22, &bytes, &size, &problem), IEUM_OK);
    CHECK_INT(jval_parse(bytes, size, &json, &problem), IEUM_OK);
    buffer_add_text(&made, "[");
    for (size_t r = 0, used = 0; r < RULE_KINDS; r++)
        if (chance((r + 2 < RULE_KINDS && r != 2) || share == 0 ? share : 0.7))
            buffer_format(&made, "%s{\"id\":\"r%zu\",%s,\"reason\":{\"ko\":\"안 됨 {value}\",\"en\":\"no {value}\"},\"source\":\"x\"}", used++ ? "," : "", r, rules[r]);
    buffer_add_text(&made, "]");
    CHECK_INT(jval_parse(made.bytes, made.size, &list, &problem), IEUM_OK);
    jval_set(json, "pair_rules", list);
    CHECK_INT(jval_write(json, false, &text, &problem), IEUM_OK);
    load("data/programs", path, sizeof path); /* the law that it names stands beside it */
    CHECK_INT(program_read_at(path, text, strlen(text), feature_kind_known, &program, &problem), IEUM_OK);
    if (!program) {
        fprintf(stderr, "  %s at %s\n", problem.en, problem.pointer);
        exit(1);
    }
    memory_free(bytes);
    memory_free(text);
    jval_free(json);
    buffer_free(&made);
    return program;
}

static double *random_list(struct arena *arena, size_t count, double scale) {
    double *list = arena_allocate_zero(arena, count, sizeof *list);
    for (size_t i = 0; i < count; i++) list[i] = (random_unit(&source) - 0.3) * scale;
    return list;
}

/* Curves of two to twenty points over some features and the rubric. */
static struct additive make_model(const struct program *program, const struct rubric *rubric, struct arena *arena) {
    struct additive_term *terms = arena_allocate_zero(arena, 40, sizeof *terms);
    size_t count = 0;
    for (size_t i = 0; i < 16; i++) {
        const size_t points = 2 + below(i % 3 ? 9 : 19), feature = below(program->feature_count + 2);
        double *at = random_list(arena, points, 1), *value = random_list(arena, points, 1), *slope = random_list(arena, points, 1);
        for (size_t p = 0; p < points; p++) at[p] = (double)p / (double)(points - 1) + (p && p + 1 < points ? 0.2 * at[p] / (double)points : 0);
        for (size_t p = 0; p + 1 < points; p++) slope[p] = (value[p + 1] - value[p]) / (at[p + 1] - at[p]);
        terms[count++] = (struct additive_term){feature < program->feature_count ? (uint32_t)feature : ADDITIVE_RUBRIC, 0,
                                                {at, value, slope, points, random_unit(&source) - 0.5}};
    }
    return (struct additive){.terms = terms, .count = count, .bias = (int64_t)below(1000) - 500, .rubric = rubric};
}

/* ---- both ways ---- */

enum { MOST_SUPPLIERS = 700, MOST_DEMANDS = 40 };

struct crowd {
    struct arena *arena;
    struct record_set suppliers, demands;
    struct understanding *notes, *demand_notes;
    struct demand_view views[MOST_DEMANDS];
    const struct demand *list[MOST_DEMANDS];
    struct program *program;
    struct rubric rubric;
    struct feature_space *space;
};

static void must(ieum_status status, const struct problem *problem) {
    CHECK_INT(status, IEUM_OK);
    if (status == IEUM_OK) return;
    fprintf(stderr, "  %s (%s)\n", problem->en, problem->pointer);
    exit(1);
}

static void make_crowd(struct crowd *crowd, size_t suppliers, size_t demands, double rule_share) {
    struct buffer out = BUFFER_EMPTY;
    struct problem problem = {0};
    *crowd = (struct crowd){.arena = arena_new(), .program = make_program(rule_share)};
    make_suppliers(suppliers, &out);
    must(record_set_read(RECORD_SUPPLIER, "s.json", out.bytes, out.size, ".", &crowd->suppliers, &problem), &problem);
    buffer_clear(&out);
    make_demands(demands, suppliers, &out);
    must(record_set_read(RECORD_DEMAND, "d.json", out.bytes, out.size, ".", &crowd->demands, &problem), &problem);
    buffer_free(&out);
    crowd->notes = arena_allocate_zero(crowd->arena, suppliers, sizeof *crowd->notes);
    crowd->demand_notes = arena_allocate_zero(crowd->arena, demands, sizeof *crowd->demand_notes);
    for (size_t i = 0; i < suppliers + demands; i++) {
        struct record_texts texts;
        must(i < suppliers ? supplier_texts(&crowd->suppliers.suppliers[i], crowd->arena, &texts)
                           : demand_texts(&crowd->demands.demands[i - suppliers], crowd->arena, &texts), &problem);
        must(understand(lexicon, texts, crowd->arena, i < suppliers ? &crowd->notes[i] : &crowd->demand_notes[i - suppliers], &problem), &problem);
    }
    for (size_t d = 0; d < demands; d++) {
        crowd->list[d] = &crowd->demands.demands[d];
        crowd->views[d] = (struct demand_view){crowd->list[d], &crowd->demand_notes[d]};
    }
    must(rubric_compile(crowd->program, false, crowd->arena, &crowd->rubric, &problem), &problem);
    must(feature_space_new_for(crowd->program, catalogue, lexicon, taxonomy, crowd->suppliers.suppliers, crowd->notes, suppliers,
                               crowd->demand_notes, demands, 2, &crowd->space, &problem), &problem);
    must(feature_bulk_prepare(crowd->space, &problem), &problem);
}

static void clear(struct crowd *crowd) {
    feature_space_free(crowd->space);
    record_set_free(&crowd->suppliers);
    record_set_free(&crowd->demands);
    program_free(crowd->program);
    arena_free(crowd->arena);
}

static long barred_pairs, missing_values, ranked_values;

static bool same_number(double a, double b) { return (isnan(a) && isnan(b)) || a == b; }

/* One demand on its own, held against what was computed beside the others. */
static void check_demand(const struct crowd *crowd, const struct additive *additive, size_t d, size_t k, bool ruled, const struct bulk_ranked *ranked,
                         const int64_t *scores) {
    static double values[MOST_SUPPLIERS * 16];
    static int64_t expected[MOST_SUPPLIERS];
    static bool barred[MOST_SUPPLIERS];
    static struct top_k best[MOST_SUPPLIERS];
    const size_t suppliers = crowd->suppliers.count, features = crowd->program->feature_count;
    struct problem problem = {0};
    size_t wrong = 0, barred_count = 0;
    must(feature_compute(crowd->space, &crowd->views[d], values, &problem), &problem);
    for (size_t s = 0; s < suppliers; s++) {
        struct findings findings = {.eligible = true};
        if (ruled) must(eligible_pair(crowd->program, crowd->list[d], &crowd->suppliers.suppliers[s], crowd->arena, &findings, &problem), &problem);
        barred[s] = !findings.eligible;
        barred_count += barred[s];
        expected[s] = additive_score(additive, values + s, suppliers, NULL);
        wrong += scores[s] != (barred[s] ? INT64_MIN : expected[s]);
        wrong += (ranked->barred[s / 64] >> s % 64 & 1) != barred[s];
    }
    CHECK_INT(wrong, 0);
    CHECK_INT(ranked->barred_count, barred_count);
    barred_pairs += (long)barred_count;
    CHECK_INT(ranked->count, top_k_select(expected, barred, suppliers, k, best));
    for (size_t i = 0; i < ranked->count; i++) {
        const double *own = ranked->values + ranked->best[i].place * features;
        wrong += ranked->best[i].index != best[i].index || ranked->best[i].score != best[i].score;
        for (size_t f = 0; f < features; f++) {
            wrong += !same_number(own[f], values[f * suppliers + best[i].index]);
            missing_values += isnan(own[f]);
            ranked_values++;
        }
    }
    CHECK_INT(wrong, 0);
}

static void check_crowd(const struct crowd *crowd, const struct additive *additive, size_t k, bool ruled, int threads) {
    const size_t suppliers = crowd->suppliers.count, demands = crowd->demands.count;
    struct problem problem = {0};
    struct pair_rules *compiled = NULL;
    struct bulk_answer answer;
    int64_t *scores = memory_allocate_zero(suppliers * demands + 1, sizeof *scores);
    if (ruled) must(pair_rules_compile(crowd->program, crowd->list, demands, crowd->suppliers.suppliers, suppliers, threads, &compiled, &problem), &problem);
    const struct bulk_question question = {.space = crowd->space, .additive = additive, .rules = compiled, .views = crowd->views, .count = demands, .k = k,
                                           .values = true, .barred = true, .scores = scores, .scores_barred = INT64_MIN, .threads = threads};
    must(pipeline_bulk(&question, &answer, &problem), &problem);
    for (size_t d = 0; d < demands; d++) check_demand(crowd, additive, d, k, ruled, &answer.ranked[d], scores + d * suppliers);
    bulk_answer_free(&answer);
    pair_rules_free(compiled);
    memory_free(scores);
}

TEST(side_by_side_is_one_by_one) {
    static const struct {
        size_t suppliers, demands;
        double rules;
    } shapes[] = {{1, 1, 1}, {3, 17, 0.3}, {255, 5, 0.1}, {256, 16, 0.2}, {257, 33, 0.15}, {MOST_SUPPLIERS, MOST_DEMANDS, 0.1}, {90, 20, 1}, {40, 6, 0}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct crowd crowd;
        struct additive rubric;
        make_crowd(&crowd, shapes[i].suppliers, shapes[i].demands, shapes[i].rules);
        const struct additive model = make_model(crowd.program, &crowd.rubric, crowd.arena);
        CHECK(additive_from_rubric(&crowd.rubric, crowd.arena, &rubric));
        CHECK(tile_score_fits(&model) && tile_score_fits(&rubric));
        const size_t suppliers = shapes[i].suppliers, few = suppliers < 10 ? suppliers : 10;
        check_crowd(&crowd, &rubric, few, true, 1);
        check_crowd(&crowd, &model, few, true, 3);
        check_crowd(&crowd, &model, suppliers, false, 2);
        for (int level = PROCESSOR_PORTABLE; level < PROCESSOR_HIGHEST; level++) {
            processor_limit((enum processor_level)level);
            check_crowd(&crowd, &model, few, true, 2);
        }
        processor_limit(PROCESSOR_HIGHEST);
        pair_rules_table_limit(i % 2 ? 0 : 30); /* rules judged pair by pair */
        check_crowd(&crowd, &rubric, 0, true, 2);
        pair_rules_table_limit((size_t)1 << 24);
        clear(&crowd);
    }
    CHECK(barred_pairs > 1000 && missing_values > 100 && missing_values < ranked_values / 2);
}

/* ---- the sieve: one demand, then others beside it that are nearly the same ---- */

/* A curve of its own for most features, so that its parts have ceilings; it may fall, and a missing value may be worth more than any other. */
static struct additive make_single_curves(const struct program *program, struct arena *arena) {
    struct additive_term *terms = arena_allocate_zero(arena, program->feature_count, sizeof *terms);
    size_t count = 0;
    for (size_t f = 0; f < program->feature_count; f++) {
        const size_t points = 2 + below(5);
        double *at = random_list(arena, points, 1), *value = random_list(arena, points, 1), *slope = random_list(arena, points, 1);
        if (chance(0.1)) continue;
        for (size_t p = 0; p < points; p++) at[p] = (double)p / (double)(points - 1);
        for (size_t p = 0; p + 1 < points; p++) slope[p] = (value[p + 1] - value[p]) / (at[p + 1] - at[p]);
        terms[count++] = (struct additive_term){(uint32_t)f, 0, {at, value, slope, points, random_unit(&source) - 0.3}};
    }
    return (struct additive){.terms = terms, .count = count, .bias = (int64_t)below(1000) - 500};
}

/* A view's best suppliers against those of all scores one by one; `judged`: whose pair rules bar, NULL: none. */
static size_t count_wrong(const struct crowd *crowd, const struct additive *additive, const struct demand_view *view, const struct demand *judged, size_t k,
                          const struct bulk_ranked *ranked, bool whole) {
    static double values[MOST_SUPPLIERS * 16];
    static int64_t expected[MOST_SUPPLIERS];
    static bool barred[MOST_SUPPLIERS];
    static struct top_k best[MOST_SUPPLIERS];
    const size_t suppliers = crowd->suppliers.count, features = crowd->program->feature_count;
    struct problem problem = {0};
    size_t wrong = 0;
    must(feature_compute(crowd->space, view, values, &problem), &problem);
    for (size_t s = 0; s < suppliers; s++) {
        struct findings findings = {.eligible = true};
        if (judged) must(eligible_pair(crowd->program, judged, &crowd->suppliers.suppliers[s], crowd->arena, &findings, &problem), &problem);
        barred[s] = !findings.eligible;
        expected[s] = additive_score(additive, values + s, suppliers, NULL);
        if (whole) wrong += (ranked->barred[s / 64] >> s % 64 & 1) != barred[s];
    }
    const size_t count = top_k_select(expected, barred, suppliers, k, best);
    wrong += ranked->count != count;
    for (size_t i = 0; i < count && !wrong; i++) {
        wrong += ranked->best[i].index != best[i].index || ranked->best[i].score != best[i].score;
        for (size_t f = 0; f < features && whole && !wrong; f++)
            wrong += !same_number(ranked->values[ranked->best[i].place * features + f], values[f * suppliers + best[i].index]);
    }
    return wrong;
}

/* The demand with another answer, or another demand altogether. */
static struct demand_view make_variant(const struct crowd *crowd, size_t d, bool answered) {
    struct demand_view view = crowd->views[below(crowd->demands.count)];
    struct understanding *notes = arena_allocate_zero(crowd->arena, 1, sizeof *notes);
    const uint32_t concepts[2] = {(uint32_t)below(lexicon_count(lexicon)), (uint32_t)below(60)};
    struct problem problem = {0};
    if (!answered) return view;
    must(understanding_answer(lexicon, crowd->views[d].notes, concepts, concepts[0] == concepts[1] ? 1 : 1 + below(2), crowd->arena, notes, &problem), &problem);
    return (struct demand_view){crowd->list[d], notes};
}

static void check_sieve(const struct crowd *crowd, const struct additive *additive, size_t d, size_t k, bool ruled) {
    const size_t suppliers = crowd->suppliers.count, variants = 1 + below(LANES);
    struct demand_view views[LANES];
    struct problem problem = {0};
    struct pair_rules *compiled = NULL;
    struct sieve *sieve = NULL;
    struct bulk_answer answer, after;
    if (ruled) must(pair_rules_compile(crowd->program, &crowd->list[d], 1, crowd->suppliers.suppliers, suppliers, 1, &compiled, &problem), &problem);
    const struct bulk_question one = {.space = crowd->space, .additive = additive, .rules = compiled, .views = &crowd->views[d], .count = 1, .k = k,
                                      .values = true, .barred = true, .threads = 1, .keep = &sieve};
    must(pipeline_bulk(&one, &answer, &problem), &problem);
    CHECK(sieve != NULL);
    CHECK_INT(count_wrong(crowd, additive, &crowd->views[d], ruled ? crowd->list[d] : NULL, k, &answer.ranked[0], true), 0);
    for (size_t v = 0; v < variants; v++) views[v] = make_variant(crowd, d, ruled || chance(0.7));
    const struct bulk_question others = {.space = crowd->space, .additive = additive, .views = views, .count = variants, .k = k < 5 ? k : 5, .threads = 1, .base = sieve};
    must(pipeline_bulk(&others, &after, &problem), &problem);
    for (size_t v = 0; v < variants; v++)
        CHECK_INT(count_wrong(crowd, additive, &views[v], ruled ? crowd->list[d] : NULL, others.k, &after.ranked[v], false), 0);
    bulk_answer_free(&answer);
    bulk_answer_free(&after);
    sieve_free(sieve);
    pair_rules_free(compiled);
}

TEST(sieve_is_one_by_one) {
    static const size_t sizes[] = {1, 7, 255, 257, MOST_SUPPLIERS};
    sieve_from(0);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct crowd crowd;
        struct additive rubric;
        make_crowd(&crowd, sizes[i], 12, 0.1);
        CHECK(additive_from_rubric(&crowd.rubric, crowd.arena, &rubric));
        for (size_t d = 0; d < 12; d++) {
            const struct additive curves = make_single_curves(crowd.program, crowd.arena);
            const size_t k = 1 + below(sizes[i] < 20 ? sizes[i] : 20);
            processor_limit((enum processor_level)(PROCESSOR_PORTABLE + below(PROCESSOR_HIGHEST - PROCESSOR_PORTABLE + 1)));
            check_sieve(&crowd, &rubric, d, k, d % 2);
            check_sieve(&crowd, &curves, d, k, d % 3 == 0);
        }
        processor_limit(PROCESSOR_HIGHEST);
        clear(&crowd);
    }
    sieve_from(1024);
}

TEST(one_supplier_alone) {
    struct crowd crowd;
    struct additive rubric;
    make_crowd(&crowd, 300, 20, 0);
    struct problem problem = {0};
    CHECK(additive_from_rubric(&crowd.rubric, crowd.arena, &rubric));
    for (uint32_t only = 0; only < 300; only += 23) {
        struct bulk_answer answer;
        const struct bulk_question question = {.space = crowd.space, .additive = &rubric, .views = crowd.views, .count = 20, .k = 10, .only = &only, .threads = 2};
        must(pipeline_bulk(&question, &answer, &problem), &problem);
        for (size_t d = 0; d < 20; d++) {
            static double values[300 * 16];
            must(feature_compute(crowd.space, &crowd.views[d], values, &problem), &problem);
            CHECK_INT(answer.ranked[d].count, 1);
            CHECK_INT(answer.ranked[d].best[0].index, only);
            CHECK_INT(answer.ranked[d].best[0].score, additive_score(&rubric, values + only, 300, NULL));
        }
        bulk_answer_free(&answer);
    }
    clear(&crowd);
}

/* One demand and another beside it, through the sieve. */
static ieum_status try_sieve(const struct crowd *crowd, const struct feature_space *space, const struct additive *additive, struct problem *problem) {
    struct sieve *sieve = NULL;
    struct bulk_answer answer = {0};
    const struct bulk_question one = {.space = space, .additive = additive, .views = crowd->views, .count = 1, .k = 2, .values = true, .threads = 1, .keep = &sieve};
    sieve_from(0);
    ieum_status status = pipeline_bulk(&one, &answer, problem);
    bulk_answer_free(&answer);
    const struct bulk_question other = {.space = space, .additive = additive, .views = crowd->views + 1, .count = 1, .k = 2, .threads = 1, .base = sieve};
    if (status == IEUM_OK && sieve) status = pipeline_bulk(&other, &answer, problem);
    bulk_answer_free(&answer);
    sieve_free(sieve);
    sieve_from(1024);
    return status;
}

/* Everything that is made for a crowd, with the n-th allocation failing; true when none failed. */
static bool try_all(const struct crowd *crowd, const struct additive *additive, uint64_t n) {
    struct feature_space *space = NULL;
    struct pair_rules *compiled = NULL;
    struct bulk_answer answer = {0};
    struct problem problem = {0};
    memory_fail_at(n);
    ieum_status status = feature_space_new_for(crowd->program, catalogue, lexicon, taxonomy, crowd->suppliers.suppliers, crowd->notes,
                                               crowd->suppliers.count, crowd->demand_notes, crowd->demands.count, 1, &space, &problem);
    if (status == IEUM_OK) status = feature_bulk_prepare(space, &problem);
    if (status == IEUM_OK)
        status = pair_rules_compile(crowd->program, crowd->list, crowd->demands.count, crowd->suppliers.suppliers, crowd->suppliers.count, 1, &compiled, &problem);
    if (status == IEUM_OK) {
        const struct bulk_question question = {.space = space, .additive = additive, .rules = compiled, .views = crowd->views, .count = crowd->demands.count,
                                               .k = 2, .values = true, .barred = true, .threads = 1};
        status = pipeline_bulk(&question, &answer, &problem);
    }
    if (status == IEUM_OK && (status = try_sieve(crowd, space, additive, &problem)) != IEUM_OK) bulk_answer_free(&answer);
    memory_fail_at(0);
    memory_clear_failed();
    CHECK(status == IEUM_OK || status == IEUM_MEMORY);
    CHECK_INT(problem.status, status);
    CHECK((status == IEUM_OK) == (answer.ranked != NULL));
    bulk_answer_free(&answer);
    pair_rules_free(compiled);
    feature_space_free(space);
    return status == IEUM_OK;
}

TEST(memory_that_runs_out_is_a_status) {
    struct crowd crowd;
    make_crowd(&crowd, 3, 18, 0.5);
    const struct additive model = make_model(crowd.program, &crowd.rubric, crowd.arena);
    uint64_t n = 1;
    while (n < 100000 && !try_all(&crowd, &model, n)) n += 1 + n / 40;
    const struct additive curves = make_single_curves(crowd.program, crowd.arena);
    for (n = 1; n < 100000 && !try_all(&crowd, &curves, n);) n += 1 + n / 40;
    CHECK(n > 100 && n < 100000);
    clear(&crowd);
}

/* ---- the parts ---- */

TEST(halves_go_away_from_zero) {
    static double sums[4096], z[4096];
    const double ends[2] = {0, 1}, values[2] = {0, 1}, slope = 1, nothing[3] = {0, 0.5, 1}, three[3] = {0, 0.5, 1}, slopes[2] = {1, 1};
    size_t halves = 0, wrong = 0;
    for (int level = PROCESSOR_PORTABLE; level <= PROCESSOR_HIGHEST; level++) {
        processor_limit((enum processor_level)level);
        for (size_t i = 0; i < 4096; i++) {
            sums[i] = 0;
            z[i] = i % 2 ? ((double)i - 2048 + 0.5) * 1e-9 : ((double)below(1u << 30) - 5e8) * 1e-9 + 0.5e-9;
        }
        z[7] = nextafter(0.5e-9, 0);
        z[9] = NAN;
        lanes_best()->add_curve(sums, &(struct lane_curve){ends, values, &slope, 2, -2.5e-9}, z, 4096);
        lanes_best()->add_curve(sums, &(struct lane_curve){three, nothing, slopes, 3, -2.5e-9}, z, 4096);
        for (size_t i = 0; i < 4096; i++) {
            const double x = (isnan(z[i]) ? -2.5e-9 : z[i]) * 1e9;
            halves += fabs(x - trunc(x)) == 0.5;
            const double bent = z[i] >= 0.5 ? 0.5 + (z[i] - 0.5) : z[i];
            wrong += sums[i] != (double)(llround(x) + llround((isnan(z[i]) ? -2.5e-9 : bent) * 1e9));
        }
    }
    CHECK_INT(wrong, 0);
    CHECK(halves > 300);
}

TEST(scores_that_would_not_be_exact_are_refused) {
    const double ends[2] = {0, 1}, values[2] = {0, 3e6}, slope = 3e6, bad[2] = {0, NAN};
    struct additive_term term = {0, 0, {ends, values, &slope, 2, 0}};
    struct additive additive = {.terms = &term, .count = 1};
    CHECK(!tile_score_fits(&additive));
    term.curve.value = bad;
    CHECK(!tile_score_fits(&additive));
    term.curve.value = ends;
    term.curve.slope = ends + 1;
    CHECK(tile_score_fits(&additive));
    term.curve.missing = INFINITY;
    CHECK(!tile_score_fits(&additive));
}

/* What two texts are compared by is equal exactly where they are alike. */
TEST(cores_are_equal_where_firms_are_alike) {
    static const char *const more[] = {"", " ", "(주)", "co., ltd", "Delta Co.,Ltd.", "delta ltd.", "deltainc.", "123-45-67890", "1234567890", "12345", "가 람-테크", "번호 123 45 67890"};
    size_t alike = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names + sizeof more / sizeof *more; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names + sizeof more / sizeof *more; k++) {
            const size_t own = sizeof names / sizeof *names;
            const char *a = i < own ? names[i] : more[i - own], *b = k < own ? names[k] : more[k - own];
            char x[64], y[64];
            size_t n = firm_name_core(a, x), m = firm_name_core(b, y);
            CHECK_INT(firm_name_alike(a, b), n > 0 && n == m && memcmp(x, y, n) == 0);
            alike += firm_name_alike(a, b);
            n = number_core(a, x);
            m = number_core(b, y);
            CHECK_INT(number_alike(a, b), n > 0 && n == m && memcmp(x, y, n) == 0);
        }
    CHECK(alike > 30);
}

TEST_MAIN(open, side_by_side_is_one_by_one, sieve_is_one_by_one, one_supplier_alone, memory_that_runs_out_is_a_status, halves_go_away_from_zero, scores_that_would_not_be_exact_are_refused,
          cores_are_equal_where_firms_are_alike, shut)
