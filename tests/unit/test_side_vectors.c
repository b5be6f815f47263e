/* SPDX-License-Identifier: Apache-2.0 */
/* The two sides' vectors against values worked out another way, on records by hand and on the demo's; names that nothing knows; groups by criteria. */
#include "test.h"

#include <math.h>

#include "base/elementary.h"
#include "base/files.h"
#include "feature/side_groups.h"
#include "feature/side_vectors.h"
#include "feature/space.h"
#include "notes_samples.h"
#include "record/read.h"
#include "score/side_fold.h"

static struct lexicon *lexicon;
static struct taxonomy *taxonomy;
static struct program *program;
static struct arena *arena;
static struct record_set demands, suppliers;
static struct side_record *demand_records, *supplier_records;

static struct understanding understood(struct record_texts texts) {
    struct understanding notes = {0};
    struct problem problem = {0};
    CHECK_INT(understand(lexicon, texts, arena, &notes, &problem), IEUM_OK);
    return notes;
}

static struct side_record record_of(enum side side, const struct demand *demand, const struct supplier *supplier) {
    struct record_texts texts;
    struct understanding *notes = arena_allocate_zero(arena, 1, sizeof *notes);
    if (side == SIDE_DEMAND) demand_texts(demand, arena, &texts);
    else supplier_texts(supplier, arena, &texts);
    *notes = understood(texts);
    return side == SIDE_DEMAND ? (struct side_record){demand, NULL, notes} : (struct side_record){NULL, supplier, notes};
}

static void read_file(const char *name, enum record_kind kind, struct record_set *set) {
    char path[1024], *bytes = NULL;
    size_t size = 0;
    struct problem problem = {0};
    snprintf(path, sizeof path, "%s/data/demo/%s", test_source(), name);
    CHECK_INT(file_read(path, 1 << 24, &bytes, &size, &problem), IEUM_OK);
    CHECK_INT(record_set_read(kind, name, bytes, size, ".", set, &problem), IEUM_OK);
    memory_free(bytes);
    if (test_failures) exit(1);
}

TEST(load) {
    char path[1024];
    struct problem problem = {0};
    lexicon = load_lexicon(WHOLE_LEXICON);
    arena = arena_new();
    snprintf(path, sizeof path, "%s/data", test_source());
    CHECK_INT(taxonomy_open(path, &taxonomy, &problem), IEUM_OK);
    snprintf(path, sizeof path, "%s/data/programs", test_source());
    CHECK_INT(program_load(path, "ai-manufacturing", feature_kind_known, &program, &problem), IEUM_OK);
    read_file("suppliers.jsonl", RECORD_SUPPLIER, &suppliers);
    read_file("demands.jsonl", RECORD_DEMAND, &demands);
    demand_records = arena_allocate_zero(arena, demands.count, sizeof *demand_records);
    supplier_records = arena_allocate_zero(arena, suppliers.count, sizeof *supplier_records);
    for (size_t i = 0; i < demands.count; i++) demand_records[i] = record_of(SIDE_DEMAND, &demands.demands[i], NULL);
    for (size_t i = 0; i < suppliers.count; i++) supplier_records[i] = record_of(SIDE_SUPPLIER, NULL, &suppliers.suppliers[i]);
}

TEST(unload) {
    record_set_free(&suppliers);
    record_set_free(&demands);
    program_free(program);
    lexicon_free(lexicon);
    taxonomy_free(taxonomy);
    arena_free(arena);
}

/* ---- by hand ---- */

static double value_of(enum side side, const struct side_record *record, const char *name) {
    struct side_encoder *encoder = NULL;
    struct problem problem = {0};
    double raw = -1;
    CHECK_INT(side_encoder_new(side, &name, 1, lexicon, taxonomy, &encoder, &problem), IEUM_OK);
    if (!encoder) {
        fprintf(stderr, "  %s\n", problem.en);
        return NAN;
    }
    CHECK_INT(side_encode(encoder, record, &raw, &problem), IEUM_OK);
    side_encoder_free(encoder);
    return raw;
}

static bool near(double found, double expected) {
    if (fabs(found - expected) <= 1e-12 * fmax(1, fabs(expected))) return true;
    fprintf(stderr, "  %.17g is not %.17g\n", found, expected);
    return false;
}

static struct record_set read_one(enum record_kind kind, const char *text) {
    struct record_set set = {0};
    struct problem problem = {0};
    CHECK_INT(record_set_read(kind, "x.jsonl", text, strlen(text), ".", &set, &problem), IEUM_OK);
    if (problem.status) fprintf(stderr, "  %s %s\n", problem.pointer, problem.en);
    return set;
}

TEST(a_demand_by_hand) {
    struct record_set set = read_one(RECORD_DEMAND, "{\"id\":\"D\",\"program\":\"p\",\"applied\":\"2025-03-01\",\"firm\":{\"name\":\"가(가상)\","
        "\"region\":\"서울 강남구\",\"founded\":\"2015-03-01\",\"size\":\"중소기업\","
                                                    "\"ksic\":[\"C29\",\"C30399\"],\"employees\":9},\"need\":\"설비 고장을 미리 알고 싶습니다\","
                                                        "\"data_held\":[\"진동\",\"온도\"],\"budget_krw\":99,\"readiness_score\":40,"
                                                        "\"vector\":[0.5,-2,3]}");
    struct side_record record = record_of(SIDE_DEMAND, set.demands, NULL);
    CHECK(near(value_of(SIDE_DEMAND, &record, "ksic:29"), sqrt(0.5)) && near(value_of(SIDE_DEMAND, &record, "ksic:30"), sqrt(0.5)));
    CHECK(value_of(SIDE_DEMAND, &record, "ksic:31") == 0 && value_of(SIDE_DEMAND, &record, "missing:ksic") == 0);
    CHECK(value_of(SIDE_DEMAND, &record, "region:seoul") == 1 && value_of(SIDE_DEMAND, &record, "region:busan") == 0);
    CHECK(value_of(SIDE_DEMAND, &record, "size:중소기업") == 1 && value_of(SIDE_DEMAND, &record, "size:대기업") == 0);
    CHECK(near(value_of(SIDE_DEMAND, &record, "number:log_employees"), log(10)) && near(value_of(SIDE_DEMAND, &record, "number:log_budget_krw"), log(100)));
    CHECK(near(value_of(SIDE_DEMAND, &record, "number:age_years"), 10) && near(value_of(SIDE_DEMAND, &record, "number:readiness"), 0.4));
    CHECK(near(value_of(SIDE_DEMAND, &record, "number:log_data_held"), log(3)) && value_of(SIDE_DEMAND, &record, "missing:log_budget_krw") == 0);
    CHECK(value_of(SIDE_DEMAND, &record, "concept:maintenance") > 0.5 && value_of(SIDE_DEMAND, &record, "missing:concept") == 0);
    CHECK(value_of(SIDE_DEMAND, &record, "missing:vector") == 0 && near(value_of(SIDE_DEMAND, &record, "vector:2"), 3));
    record_set_free(&set);
}

TEST(what_is_not_known_is_no_number) {
    struct record_set set = read_one(RECORD_DEMAND, "{\"id\":\"D\",\"program\":\"p\",\"firm\":{\"name\":\"가(가상)\",\"region\":\"화성 올림푸스산\"},\"need\":\"#\"}");
    struct side_record record = record_of(SIDE_DEMAND, set.demands, NULL);
    static const char *const absent[] = {"ksic:29", "region:seoul", "size:중소기업", "concept:maintenance", "number:log_employees", "number:age_years",
        "number:log_budget_krw", "number:readiness", "number:log_data_held", "vector:0"};
    static const char *const indicators[] = {"ksic", "region", "size", "concept", "log_employees", "age_years", "log_budget_krw", "readiness",
        "log_data_held", "vector"};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        char name[64];
        snprintf(name, sizeof name, "missing:%s", indicators[i]);
        CHECK(isnan(value_of(SIDE_DEMAND, &record, absent[i])));
        CHECK(value_of(SIDE_DEMAND, &record, name) == 1);
    }
    record_set_free(&set);
}

TEST(a_supplier_by_hand) {
    struct record_set set = read_one(RECORD_SUPPLIER, "{\"id\":\"S\",\"name\":\"나(가상)\",\"founded\":\"2019-07-01\",\"ksic\":[\"J58222\"],"
        "\"references\":[{\"industry_ksic\":\"C10\"},{\"industry_ksic\":\"C10\"},{\"industry_ksic\":\"C11\"},{\"industry_ksic\":\"C21\"},{\"industry_ksic\":\"Q86\"}],"
                                                      "\"price_krw\":[0,999],\"capacity\":3}");
    struct side_record record = record_of(SIDE_SUPPLIER, NULL, set.suppliers);
    CHECK(value_of(SIDE_SUPPLIER, &record, "ksic:58") == 1 && value_of(SIDE_SUPPLIER, &record, "ksic:10") == 0);
    CHECK(near(value_of(SIDE_SUPPLIER, &record, "served:10"), 0.5) && near(value_of(SIDE_SUPPLIER, &record, "served:86"), 0.5) &&
        value_of(SIDE_SUPPLIER, &record, "served:58") == 0);
    CHECK(near(value_of(SIDE_SUPPLIER, &record, "number:founded_year"), 2019.5) && value_of(SIDE_SUPPLIER, &record, "number:log_price_least_krw") == 0);
    CHECK(near(value_of(SIDE_SUPPLIER, &record, "number:log_price_most_krw"), log(1000)) && near(value_of(SIDE_SUPPLIER, &record, "number:log_capacity"), log(4)));
    CHECK(near(value_of(SIDE_SUPPLIER, &record, "number:log_references"), log(6)) && value_of(SIDE_SUPPLIER, &record, "missing:concept") == 1);
    record_set_free(&set);
}

/* ---- concepts, another way: is the one above the other? ---- */

static bool is_above(uint32_t above, uint32_t concept) {
    if (above == concept) return true;
    const struct concept *about = lexicon_concept(lexicon, concept);
    for (size_t p = 0; p < about->parent_count; p++)
        if (is_above(above, about->parents[p])) return true;
    return false;
}

static double concept_value(const struct understanding *notes, uint32_t above) {
    double whole = 0, part = 0;
    for (uint32_t c = 0; c < lexicon_count(lexicon); c++) {
        double weight = 0;
        for (size_t i = 0; i < notes->meaning.count; i++)
            if (notes->meaning.items[i].concept == c) weight = notes->meaning.items[i].weight / 65535.0;
        for (size_t i = 0; i < notes->count; i++)
            if (notes->mentions[i].mention.concept == c && !notes->mentions[i].mention.negated && !notes->mentions[i].mention.undecided) weight = fmax(weight, 0.5);
        whole += weight * weight;
        if (is_above(above, c)) part += weight * weight;
    }
    return whole > 0 ? sqrt(part / whole) : NAN;
}

TEST(concepts_fold_to_those_above) {
    struct random random;
    struct text_list names = {NULL, 0};
    struct problem problem = {0};
    struct side_encoder *encoder = NULL;
    random_seed(&random, 11);
    CHECK_INT(side_names_list(SIDE_DEMAND, lexicon, taxonomy, demand_records, demands.count, arena, &names, &problem), IEUM_OK);
    CHECK_INT(side_encoder_new(SIDE_DEMAND, names.items, names.count, lexicon, taxonomy, &encoder, &problem), IEUM_OK);
    double *raw = arena_allocate_zero(arena, names.count, sizeof *raw);
    size_t several = 0;
    for (int round = 0; round < 12; round++) {
        struct understanding notes = invent_notes(&random, lexicon, random_below(&random, 30), 0, random_below(&random, 12), arena);
        struct side_record record = {demands.demands, NULL, &notes};
        CHECK_INT(side_encode(encoder, &record, raw, &problem), IEUM_OK);
        for (size_t i = 0; i < names.count; i++) {
            if (strncmp(names.items[i], "concept:", 8) != 0) continue;
            const double expected = concept_value(&notes, lexicon_find(lexicon, names.items[i] + 8));
            several += expected > 0;
            CHECK(isnan(expected) ? isnan(raw[i]) != 0 : near(raw[i], expected));
        }
    }
    CHECK(several > 50);
    side_encoder_free(encoder);
}

/* Over the roots of a lexicon in which nothing has two parents the parts make the whole: the vector has length 1. Here some do, so it is at least 1. */
TEST(the_roots_hold_everything) {
    VECTOR(const char *) roots = {0};
    struct problem problem = {0};
    struct side_encoder *encoder = NULL;
    for (uint32_t c = 0; c < lexicon_count(lexicon); c++) {
        char name[128];
        snprintf(name, sizeof name, "concept:%s", lexicon_concept(lexicon, c)->id);
        if (lexicon_concept(lexicon, c)->parent_count == 0) CHECK(vector_push(&roots, arena_copy_text(arena, name)));
    }
    CHECK_INT(side_encoder_new(SIDE_DEMAND, roots.items, roots.count, lexicon, taxonomy, &encoder, &problem), IEUM_OK);
    double *raw = arena_allocate_zero(arena, roots.count, sizeof *raw);
    for (size_t d = 0; d < demands.count; d++) {
        double sum = 0;
        CHECK_INT(side_encode(encoder, &demand_records[d], raw, &problem), IEUM_OK);
        for (size_t i = 0; i < roots.count; i++) {
            CHECK(raw[i] >= 0 && raw[i] <= 1);
            sum += raw[i] * raw[i];
        }
        CHECK(sum >= 1 - 1e-12 && sum < 3);
    }
    side_encoder_free(encoder);
    vector_free(&roots);
}

/* ---- lists of names ---- */

static void check_list(enum side side, const struct side_record *records, size_t count) {
    struct text_list names = {NULL, 0}, again = {NULL, 0};
    struct problem problem = {0};
    struct side_encoder *encoder = NULL;
    CHECK_INT(side_names_list(side, lexicon, taxonomy, records, count, arena, &names, &problem), IEUM_OK);
    CHECK_INT(side_names_list(side, lexicon, taxonomy, records, count, arena, &again, &problem), IEUM_OK);
    CHECK(names.count > 60 && names.count < 300 && names.count == again.count);
    CHECK_INT(side_encoder_new(side, names.items, names.count, lexicon, taxonomy, &encoder, &problem), IEUM_OK);
    CHECK_INT(side_encoder_count(encoder), names.count);
    CHECK(!side_encoder_reads_vector(encoder));
    double *one = arena_allocate_zero(arena, count * names.count, sizeof *one), *many = arena_allocate_zero(arena, count * names.count, sizeof *many);
    CHECK_INT(side_encode_all(encoder, records, count, 1, one, &problem), IEUM_OK);
    CHECK_INT(side_encode_all(encoder, records, count, 4, many, &problem), IEUM_OK);
    CHECK(memcmp(one, many, count * names.count * sizeof *one) == 0);
    for (size_t i = 0; i < names.count; i++) {
        double least = INFINITY, most = -INFINITY;
        CHECK_TEXT(names.items[i], again.items[i]);
        for (size_t r = 0; r < count; r++) {
            const double value = one[r * names.count + i];
            if (isnan(value)) continue;
            least = fmin(least, value);
            most = fmax(most, value);
        }
        CHECK(most > least); /* what does not vary is not listed */
    }
    side_encoder_free(encoder);
}

TEST(lists_hold_what_varies) {
    check_list(SIDE_DEMAND, demand_records, demands.count);
    check_list(SIDE_SUPPLIER, supplier_records, suppliers.count);
}

TEST(nothing_to_list) {
    struct text_list names = {NULL, 0};
    struct problem problem = {0};
    CHECK_INT(side_names_list(SIDE_DEMAND, lexicon, taxonomy, demand_records, 0, arena, &names, &problem), IEUM_INVALID);
    problem_clear(&problem);
    CHECK_INT(side_names_list(SIDE_DEMAND, lexicon, taxonomy, demand_records, 1, arena, &names, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.en, "The demands of the training data do not differ in anything.");
    CHECK_TEXT(problem.ko, "학습 자료의 수요과제들이 모두 같아 서로 가릴 수 없습니다.");
    CHECK(names.count == 0);
}

/* ---- names that nothing knows ---- */

TEST(unknown_names_are_told) {
    static const char *const wrong[] = {"", "concept", "concept:", "concept:no-such-concept", "ksic:1", "ksic:001", "ksic:1a", "ksic:-1",
        "served:10", "number:height", "number:log_capacity",
                                        "missing:height", "missing:served", "missing:number", "missing:missing", "vector:-1", "vector:01",
                                            "vector:4096", "vector:99999", "region:", "shape:round", "Concept:maintenance"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct side_encoder *encoder = NULL;
        struct problem problem = {0};
        CHECK_INT(side_encoder_new(SIDE_DEMAND, &wrong[i], 1, lexicon, taxonomy, &encoder, &problem), IEUM_INVALID);
        CHECK(!encoder && problem.ko[0] && strstr(problem.en, wrong[i]));
        CHECK_TEXT(problem.value, wrong[i]);
        if (encoder) fprintf(stderr, "  let pass: %s\n", wrong[i]);
        side_encoder_free(encoder);
    }
    static const char *const twice[] = {"ksic:10", "ksic:11", "ksic:10"};
    struct side_encoder *encoder = NULL;
    struct problem problem = {0};
    CHECK_INT(side_encoder_new(SIDE_DEMAND, twice, 3, lexicon, taxonomy, &encoder, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.value, "ksic:10");
    problem_clear(&problem);
    CHECK_INT(side_encoder_new(SIDE_DEMAND, NULL, 0, lexicon, taxonomy, &encoder, &problem), IEUM_OK);
    CHECK_INT(side_encode(encoder, demand_records, NULL, &problem), IEUM_OK);
    side_encoder_free(encoder);
}

/* ---- vectors made elsewhere ---- */

TEST(vectors_have_one_length) {
    struct record_set set = read_one(RECORD_SUPPLIER, "{\"id\":\"S1\",\"name\":\"가(가상)\",\"vector\":[1,2]}\n{\"id\":\"S2\",\"name\":\"나(가상)\","
        "\"vector\":[1,3]}\n{\"id\":\"S3\",\"name\":\"다(가상)\"}\n{\"id\":\"S4\",\"name\":\"라(가상)\",\"vector\":[1,2,3]}\n");
    struct side_record records[4];
    struct text_list names = {NULL, 0};
    struct problem problem = {0};
    struct side_encoder *encoder = NULL;
    double raw[9];
    for (size_t i = 0; i < 4; i++) records[i] = record_of(SIDE_SUPPLIER, NULL, &set.suppliers[i]);
    CHECK_INT(side_names_list(SIDE_SUPPLIER, lexicon, taxonomy, records, 4, arena, &names, &problem), IEUM_INVALID);
    CHECK(strstr(problem.en, "'S4' has 3"));
    problem_clear(&problem);
    CHECK_INT(side_names_list(SIDE_SUPPLIER, lexicon, taxonomy, records, 3, arena, &names, &problem), IEUM_OK);
    CHECK_INT(names.count, 3); /* the first place does not vary, but a vector stays whole */
    CHECK_INT(side_encoder_new(SIDE_SUPPLIER, names.items, names.count, lexicon, taxonomy, &encoder, &problem), IEUM_OK);
    CHECK(side_encoder_reads_vector(encoder));
    CHECK_INT(side_encode_all(encoder, records, 3, 2, raw, &problem), IEUM_OK);
    CHECK(raw[0] == 1 && raw[1] == 2 && raw[2] == 0 && raw[3] == 1 && raw[4] == 3 && raw[5] == 0 && isnan(raw[6]) && isnan(raw[7]) && raw[8] == 1);
    CHECK_INT(side_encode(encoder, &records[3], raw, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/vector");
    problem_clear(&problem);
    set.suppliers[0].lean = true;
    CHECK_INT(side_encode(encoder, &records[0], raw, &problem), IEUM_INTERNAL);
    side_encoder_free(encoder);
    record_set_free(&set);
}

/* ---- folding ---- */

TEST(blocks_have_variance_one) {
    struct text_list names = {NULL, 0};
    struct problem problem = {0};
    struct side_encoder *encoder = NULL;
    struct side_encoding encoding;
    size_t blocks = 0, count = suppliers.count;
    const double gamma = 0.25;
    CHECK_INT(side_names_list(SIDE_SUPPLIER, lexicon, taxonomy, supplier_records, count, arena, &names, &problem), IEUM_OK);
    CHECK_INT(side_encoder_new(SIDE_SUPPLIER, names.items, names.count, lexicon, taxonomy, &encoder, &problem), IEUM_OK);
    double *raw = arena_allocate_zero(arena, count * names.count, sizeof *raw);
    CHECK_INT(side_encode_all(encoder, supplier_records, count, 2, raw, &problem), IEUM_OK);
    CHECK_INT(side_encoding_fit(names.items, names.count, raw, count, gamma, arena, &encoding, &blocks, &problem), IEUM_OK);
    side_fold(&encoding, raw, count, raw);
    /* The mean squared distance of two records, over all pairs, is 2 γ blocks. */
    double sum = 0;
    for (size_t a = 0; a < count; a++)
        for (size_t b = 0; b < count; b++)
            for (size_t i = 0; i < names.count; i++) {
                const double gap = raw[a * names.count + i] - raw[b * names.count + i];
                sum += gap * gap;
            }
    CHECK(blocks > 5 && fabs(sum / (double)(count * count) - 2 * gamma * (double)blocks) < 1e-9);
    for (size_t i = 0; i < count * names.count; i++) CHECK(isfinite(raw[i]));
    side_encoder_free(encoder);
}

TEST(fitting_refuses_what_cannot_be) {
    static const char *const names[] = {"number:readiness", "region:seoul"};
    const double infinite[] = {1, 0, INFINITY, 1}, constant[] = {3, 0, NAN, 0}, huge[] = {1e200, 0, -1e200, 0};
    struct side_encoding encoding;
    struct problem problem = {0};
    size_t blocks = 9;
    CHECK_INT(side_encoding_fit(names, 2, infinite, 2, 1, arena, &encoding, NULL, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.value, "number:readiness");
    problem_clear(&problem);
    CHECK_INT(side_encoding_fit(names, 2, huge, 2, 1, arena, &encoding, NULL, &problem), IEUM_INVALID);
    problem_clear(&problem);
    CHECK_INT(side_encoding_fit(names, 2, constant, 0, 1, arena, &encoding, NULL, &problem), IEUM_INVALID);
    problem_clear(&problem);
    CHECK_INT(side_encoding_fit(names, 2, constant, 2, 1, arena, &encoding, &blocks, &problem), IEUM_OK);
    CHECK(blocks == 0 && encoding.coordinates[0].mean == 3 && encoding.coordinates[0].scale == 0);
}

/* ---- groups ---- */

static const char *group_name(const char *coordinate) {
    const uint32_t group = side_group(program, lexicon, coordinate);
    return group < program->criterion_count ? program->criteria[group].id : "";
}

TEST(coordinates_speak_to_criteria) {
    static const char *const pairs[][2] = {
        {"concept:quality-control", "need"}, {"concept:computer-vision", "need"}, {"concept:image-data", "data"}, {"concept:deploy-cloud", "conditions"},
        {"concept:industry-manufacturing", "experience"}, {"ksic:29", "experience"}, {"served:29", "experience"}, {"missing:ksic", "experience"},
            {"missing:served", "experience"},
        {"number:log_budget_krw", "budget"}, {"number:log_price_most_krw", "budget"}, {"missing:log_price_least_krw", "budget"}, {"number:log_capacity", "capacity"},
        {"number:readiness", "readiness"}, {"missing:readiness", "readiness"}, {"region:seoul", "conditions"}, {"missing:region", "conditions"},
            {"number:log_employees", "need"},
        {"missing:log_employees", "need"}, {"number:log_data_held", "data"}, {"missing:concept", "need"}, {"vector:3", "need"}, {"missing:vector",
            "need"}, {"size:대기업", "need"}, {"concept:gone", "need"}, {"", "need"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) CHECK_TEXT(group_name(pairs[i][0]), pairs[i][1]);
    CHECK(criterion_of_kind(program, "no_kind") == GROUP_NONE);
    const struct program empty = {.id = "x"};
    CHECK(side_group(&empty, lexicon, "ksic:29") == GROUP_NONE);
    for (size_t f = 0; f < program->feature_count; f++) CHECK(criterion_of_feature(program, f) < program->criterion_count);
}

TEST(failing_memory_is_a_status) {
    static const char *const names[] = {"concept:quality-control", "ksic:10", "region:seoul", "missing:concept", "number:age_years"};
    double raw[5];
    uint64_t n = 1;
    for (bool done = false; !done; n++) {
        struct side_encoder *encoder = NULL;
        struct problem problem = {0};
        memory_fail_at(n);
        ieum_status status = side_encoder_new(SIDE_DEMAND, names, 5, lexicon, taxonomy, &encoder, &problem);
        if (status == IEUM_OK) status = side_encode(encoder, demand_records, raw, &problem);
        memory_fail_at(0);
        memory_clear_failed();
        CHECK(status == IEUM_OK || status == IEUM_MEMORY);
        done = status == IEUM_OK;
        side_encoder_free(encoder);
    }
    CHECK(n > 5);
}

TEST_MAIN(load, a_demand_by_hand, what_is_not_known_is_no_number, a_supplier_by_hand, concepts_fold_to_those_above, the_roots_hold_everything,
    lists_hold_what_varies,
          nothing_to_list, unknown_names_are_told, vectors_have_one_length, blocks_have_variance_one, fitting_refuses_what_cannot_be, coordinates_speak_to_criteria,
          failing_memory_is_a_status, unload)
