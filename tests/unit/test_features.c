/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Feature kinds on small records whose values can be worked out by hand from the head of each kind's file, and
 * properties of the concept features on random texts of the lexicon in data/.
 */
#include "test.h"

#include <math.h>

#include "base/random.h"
#include "base/utf8.h"
#include "feature/space.h"
#include "record/read.h"

static struct lexicon *small, *great;
static struct taxonomy *taxonomy;
static struct feature_catalogue *catalogue;

TEST(load) {
    char path[1024];
    struct problem problem = {0};
    snprintf(path, sizeof path, "%s/tests/unit/data/lexicon-small", test_source());
    CHECK_INT(lexicon_load(path, 1, &small, &problem), IEUM_OK);
    snprintf(path, sizeof path, "%s/data/lexicon", test_source());
    CHECK_INT(lexicon_load(path, 1, &great, &problem), IEUM_OK);
    snprintf(path, sizeof path, "%s/data", test_source());
    CHECK_INT(taxonomy_open(path, &taxonomy, &problem), IEUM_OK);
    snprintf(path, sizeof path, "%s/data/features/standard.json", test_source());
    CHECK_INT(feature_catalogue_load(path, &catalogue, &problem), IEUM_OK);
    if (test_failures) {
        fprintf(stderr, "  %s (%s)\n", problem.en, problem.source);
        exit(1);
    }
}

TEST(unload) {
    lexicon_free(small);
    lexicon_free(great);
    taxonomy_free(taxonomy);
    feature_catalogue_free(catalogue);
}

/* ---- one feature over suppliers and a demand given as JSON ---- */

enum { MOST_SUPPLIERS = 8 };

struct fixture {
    struct record_set suppliers, demands;
    struct arena *arena;
    struct understanding notes[MOST_SUPPLIERS], demand_notes;
    jval *options;
    struct feature_definition definition;
    struct program program;
    struct feature_space *space;
    struct demand_view view;
    double values[MOST_SUPPLIERS];
};

/* `options` NULL: the standard ones. */
static void compute(struct fixture *fixture, const char *kind, const char *options, const char *suppliers,
                    const char *demand) {
    struct problem problem = {0};
    *fixture = (struct fixture){.arena = arena_new()};
    if (options) CHECK_INT(jval_parse(options, strlen(options), &fixture->options, &problem), IEUM_OK);
    if (options && feature_kind_find(kind)->check)
        CHECK_INT(feature_kind_find(kind)->check(fixture->options, &(struct jpath){NULL, NULL, 0}, &problem), IEUM_OK);
    CHECK_INT(record_set_read(RECORD_SUPPLIER, "suppliers.json", suppliers, strlen(suppliers), ".", &fixture->suppliers,
                              &problem),
              IEUM_OK);
    CHECK_INT(record_set_read(RECORD_DEMAND, "demand.json", demand, strlen(demand), ".", &fixture->demands, &problem),
              IEUM_OK);
    if (problem.status != IEUM_OK) {
        fprintf(stderr, "  %s (%s)\n", problem.en, problem.pointer);
        exit(1);
    }
    for (size_t s = 0; s < fixture->suppliers.count; s++) {
        struct record_texts texts;
        CHECK_INT(supplier_texts(&fixture->suppliers.suppliers[s], fixture->arena, &texts), IEUM_OK);
        CHECK_INT(understand(small, texts, fixture->arena, &fixture->notes[s], &problem), IEUM_OK);
    }
    struct record_texts texts;
    CHECK_INT(demand_texts(&fixture->demands.demands[0], fixture->arena, &texts), IEUM_OK);
    CHECK_INT(understand(small, texts, fixture->arena, &fixture->demand_notes, &problem), IEUM_OK);
    fixture->definition = (struct feature_definition){.id = "f", .kind = kind, .options = fixture->options};
    fixture->program = (struct program){.id = "test", .features = &fixture->definition, .feature_count = 1};
    fixture->view = (struct demand_view){&fixture->demands.demands[0], &fixture->demand_notes};
    CHECK_INT(feature_space_new(&fixture->program, catalogue, small, taxonomy, fixture->suppliers.suppliers,
                                fixture->notes, fixture->suppliers.count, 1, &fixture->space, &problem),
              IEUM_OK);
    for (size_t s = 0; s < MOST_SUPPLIERS; s++) fixture->values[s] = -7;
    CHECK_INT(feature_compute(fixture->space, &fixture->view, fixture->values, &problem), IEUM_OK);
    CHECK(fixture->values[fixture->suppliers.count] == -7); /* nothing past the last supplier */
}

static void clean(struct fixture *fixture) {
    feature_space_free(fixture->space);
    record_set_free(&fixture->suppliers);
    record_set_free(&fixture->demands);
    jval_free(fixture->options);
    arena_free(fixture->arena);
}

/* Within rounding; NaN only where NaN is expected. */
static bool close_to(double found, double expected) {
    return isnan(expected) ? isnan(found) : fabs(found - expected) < 1e-12;
}

static void check_values(const char *kind, const char *options, const char *suppliers, const char *demand, size_t count,
                         const double *expected) {
    struct fixture fixture;
    compute(&fixture, kind, options, suppliers, demand);
    CHECK_INT(fixture.suppliers.count, count);
    for (size_t s = 0; s < count; s++) {
        CHECK(close_to(fixture.values[s], expected[s]));
        if (!close_to(fixture.values[s], expected[s]))
            fprintf(stderr, "  … %s of %s: %.17g, expected %.17g\n", kind, fixture.suppliers.suppliers[s].id,
                    fixture.values[s], expected[s]);
    }
    clean(&fixture);
}

#define SUPPLIER(id, more) "{\"id\":\"" id "\",\"name\":\"공급" id "(가상)\"" more "}"
#define DEMAND(more) "[{\"id\":\"D1\",\"program\":\"test\",\"firm\":{\"name\":\"수요(가상)\"}" more "}]"
#define PLAIN(more) DEMAND(",\"title\":\"상담\"" more) /* says nothing that a feature looks at */
#define VALUES(...)                                                                                                    \
    sizeof((double[]){__VA_ARGS__}) / sizeof(double), (double[]) { __VA_ARGS__ }

/* ---- kinds without texts ---- */

TEST(budget_fit) {
    static const char suppliers[] =
        "[" SUPPLIER("A", ",\"price_krw\":[100,900]") "," SUPPLIER("B", ",\"price_krw\":[200,900]") "," SUPPLIER(
            "C", "") "," SUPPLIER("D", ",\"price_krw\":[160,900]") "," SUPPLIER("E", ",\"price_krw\":[500,900]") "]";
    check_values("budget_fit", "{}", suppliers, PLAIN(",\"budget_krw\":120"),
                 VALUES(1, (0.6 - 0.5) / 0.5, NAN, (0.75 - 0.5) / 0.5, 0));
    check_values("budget_fit", "{\"zero_at\":0}", suppliers, PLAIN(",\"budget_krw\":120"),
                 VALUES(1, 0.6, NAN, 0.75, 0.24));
    check_values("budget_fit", NULL, suppliers, PLAIN(",\"budget_krw\":100"),
                 VALUES(1, 0, NAN, (0.625 - 0.5) / 0.5, 0));
    check_values("budget_fit", NULL, suppliers, PLAIN(""), VALUES(NAN, NAN, NAN, NAN, NAN));
}

TEST(readiness_and_capacity) {
    static const char suppliers[] =
        "[" SUPPLIER("A", ",\"capacity\":0") "," SUPPLIER("B", ",\"capacity\":1") "," SUPPLIER("C", "") "," SUPPLIER(
            "D", ",\"capacity\":4") "," SUPPLIER("E", ",\"capacity\":90") "]";
    check_values("capacity", "{}", suppliers, PLAIN(""), VALUES(0, 0.25, NAN, 1, 1));
    check_values("capacity", "{\"full\":10}", suppliers, PLAIN(""), VALUES(0, 0.1, NAN, 0.4, 1));
    check_values("readiness", NULL, suppliers, PLAIN(",\"readiness_score\":72"), VALUES(0.72, 0.72, 0.72, 0.72, 0.72));
    check_values("readiness", NULL, suppliers, PLAIN(",\"readiness_score\":0"), VALUES(0, 0, 0, 0, 0));
    check_values("readiness", NULL, suppliers, PLAIN(""), VALUES(NAN, NAN, NAN, NAN, NAN));
}

TEST(region_match) {
    static const char
        suppliers[] = "[" SUPPLIER("A", ",\"region\":\"서울특별시 강남구\"") "," SUPPLIER("B", ",\"region\":\"경기도 "
                                                                                               "성남시\"") "," SUPPLIER(
            "C", ",\"region\":\"부산광역시\"") "," SUPPLIER("D", "") "," SUPPLIER("E", ",\"region\":\"어딘가\"") "]";
#define IN(region)                                                                                                     \
    "[{\"id\":\"D1\",\"program\":\"test\",\"firm\":{\"name\":\"수요(가상)\",\"region\":\"" region                      \
    "\"},\"title\":\"상담\"}]"
    check_values("region_match", "{}", suppliers, IN("서울 금천구"), VALUES(1, 0.7, 0.4, NAN, NAN));
    check_values("region_match", "{\"near\":0.5,\"far\":0}", suppliers, IN("서울 금천구"), VALUES(1, 0.5, 0, NAN, NAN));
    check_values("region_match", NULL, suppliers, IN("부산 해운대구"), VALUES(0.4, 0.4, 1, NAN, NAN));
    check_values("region_match", NULL, suppliers, IN("모르는 곳"), VALUES(NAN, NAN, NAN, NAN, NAN));
    check_values("region_match", NULL, suppliers, PLAIN(""), VALUES(NAN, NAN, NAN, NAN, NAN));
}

TEST(deployment_and_certification_match) {
    static const char suppliers[] = "[" SUPPLIER(
        "A", ",\"deployment\":[\"cloud\"],\"certifications\":[\"ISMS\"]") "," SUPPLIER("B",
                                                                                       ",\"deployment\":[\"on-"
                                                                                       "premise\",\"cloud\",\"edge\"],"
                                                                                       "\"certifications\":[\"ISMS\","
                                                                                       "\"GS\"]") "," SUPPLIER("C",
                                                                                                               "") "]";
    check_values("deployment_match", NULL, suppliers, PLAIN(",\"must\":{\"deployment\":\"on-premise\"}"),
                 VALUES(0, 1, NAN));
    check_values("deployment_match", NULL, suppliers, PLAIN(",\"must\":{\"deployment\":[\"on-premise\",\"cloud\"]}"),
                 VALUES(0.5, 1, NAN));
    /* What must be and is preferred as well counts once. */
    check_values(
        "deployment_match", NULL, suppliers,
        PLAIN(",\"must\":{\"deployment\":\"cloud\"},\"prefer\":{\"deployment\":[\"cloud\",\"edge\",\"on-premise\"]}"),
        VALUES(1.0 / 3, 1, NAN));
    check_values("deployment_match", NULL, suppliers, PLAIN(""), VALUES(NAN, NAN, NAN));
    check_values("certification_match", NULL, suppliers,
                 PLAIN(",\"must\":{\"certifications\":[\"GS\"]},\"prefer\":{\"certifications\":[\"ISMS\"]}"),
                 VALUES(0.5, 1, NAN));
    check_values("certification_match", NULL, suppliers, PLAIN(",\"must\":{\"deployment\":\"cloud\"}"),
                 VALUES(NAN, NAN, NAN));
}

TEST(wish_order) {
    static const char suppliers[] = "[" SUPPLIER("A", "") "," SUPPLIER("B", "") "," SUPPLIER("C", "") "," SUPPLIER("D", "") "]";
    check_values("wish_order", NULL, suppliers, PLAIN(",\"wished_suppliers\":[\"C\",\"A\"]"), VALUES(0.8, 0, 1, 0));
    check_values("wish_order", "{\"step\":0.6}", suppliers, PLAIN(",\"wished_suppliers\":[\"D\",\"C\",\"B\"]"), VALUES(0, 0, 0.4, 1)); /* never below 0 */
    check_values("wish_order", NULL, suppliers, PLAIN(",\"wished_suppliers\":\"B\""), VALUES(0, 1, 0, 0));
    check_values("wish_order", NULL, suppliers, PLAIN(""), VALUES(NAN, NAN, NAN, NAN)); /* no wish is no judgement */
}

/* ---- industries ---- */

#define OF(ksic)                                                                                                       \
    "[{\"id\":\"D1\",\"program\":\"test\",\"firm\":{\"name\":\"수요(가상)\",\"ksic\":[" ksic "]},\"title\":\"상담\"}]"
#define REFERENCE(code) "{\"industry_ksic\":\"" code "\",\"title\":\"실적\",\"year\":2023}"

TEST(industry_match) {
    static const char suppliers
        [] = "[" SUPPLIER("A", ",\"references\":[" REFERENCE("C30") "]") "," SUPPLIER("B", ",\"references\":"
                                                                                           "[" REFERENCE("C303") "," REFERENCE("Q86") "]") "," SUPPLIER(
            "C",
            ",\"ksic\":[\"C303\"]") "," SUPPLIER("D",
                                                 ",\"references\":[" REFERENCE(
                                                     "C10") "]") "," SUPPLIER("E",
                                                                              ",\"references\":[" REFERENCE(
                                                                                  "Q86") "]") "," SUPPLIER("F",
                                                                                                           ",\"summary"
                                                                                                           "\":\"도금 "
                                                                                                           "업체\"") "," SUPPLIER("G",
                                                                                                                                  "") "]";
    check_values("industry_match", "{}", suppliers, OF("\"C30399\""),
                 VALUES(0.6, 0.8, 0.5 * 0.8, 0.1, 0, 0.9 * 0.1, NAN));
    check_values(
        "industry_match", "{\"levels\":{\"division\":0.5,\"section\":0},\"own\":1,\"spoken\":0.2}", suppliers,
        OF("\"C25911\""),
        VALUES(0, 0, 0, 0, 0, 0.2 * 0.8, NAN)); /* C2592 without a revision counts at three digits: the same group */
    /* The best of several codes. */
    check_values("industry_match", "{}", suppliers, OF("\"Q86101\",\"C30399\""),
                 VALUES(0.6, 0.8, 0.4, 0.1, 0.6, 0.09, NAN));
    /* Without codes the industries that the texts name: 도금 is C25 and C2592. */
    check_values("industry_match", "{}", suppliers, DEMAND(",\"need\":\"도금 불량\""),
                 VALUES(0.1, 0.1, 0.05, 0.1, 0, 0.9 * 0.8, NAN));
    check_values("industry_match", "{}", suppliers, DEMAND(",\"need\":\"불량\""),
                 VALUES(NAN, NAN, NAN, NAN, NAN, NAN, NAN));
}

TEST(industry_experience) {
    static const char suppliers[] = "[" SUPPLIER("A", ",\"references\":[" REFERENCE("C30") "]") "," SUPPLIER(
        "B",
        ",\"references\":[" REFERENCE("C303") "," REFERENCE("C30") "," REFERENCE(
            "C10") "]") "," SUPPLIER("C",
                                     ",\"ksic\":[\"C303\"]") "," SUPPLIER("D",
                                                                          ",\"references\":[" REFERENCE(
                                                                              "C10") "]") "," SUPPLIER("E",
                                                                                                       ",\"references\""
                                                                                                       ":[{\"title\":"
                                                                                                       "\"업종 "
                                                                                                       "없음\"}]") "]";
    check_values("industry_experience", "{}", suppliers, OF("\"C30399\""),
                 VALUES(1 - (1 - 0.36), 1 - (1 - 0.6 * 0.8) * (1 - 0.36), NAN, 0,
                        NAN)); /* the same section only is no experience */
    check_values("industry_experience", "{\"each\":1,\"levels\":{\"group\":1}}", suppliers, OF("\"C303\""),
                 VALUES(0.6, 1, NAN, 0, NAN));
    check_values("industry_experience", "{}", suppliers, PLAIN(""), VALUES(NAN, NAN, NAN, NAN, NAN));
}

/* ---- concepts ---- */

#define ROLES "\"roles\":{\"need\":1,\"title\":0.5,\"summary\":0.5,\"capability\":0.5}"

TEST(concepts_by_hand) {
    static const char suppliers[] =
        "[" SUPPLIER("A", ",\"summary\":\"외관검사 시스템\"") "," SUPPLIER("B", ",\"summary\":\"외관검사 "
                                                                                "시스템\",\"capabilities\":["
                                                                                "\"외관검사\"]") "," SUPPLIER("C", ",\""
                                                                                                                   "sum"
                                                                                                                   "mar"
                                                                                                                   "y\""
                                                                                                                   ":\""
                                                                                                                   "용"
                                                                                                                   "접"
                                                                                                                   "부 "
                                                                                                                   "검"
                                                                                                                   "사"
                                                                                                                   "\"") "," SUPPLIER(
            "D",
            ",\"summary\":\"치수측정\"") "," SUPPLIER("E",
                                                      ",\"summary\":\"외관검사는 하지 않습니다\"") "," SUPPLIER("F",
                                                                                                                ",\"sum"
                                                                                                                "mary\""
                                                                                                                ":\"제"
                                                                                                                "품 "
                                                                                                                "검사"
                                                                                                                "\"") "," SUPPLIER("G",
                                                                                                                                   ",\"summary\":\"미세 균열 검사\"") "]";
    static const char plain[] = "{" ROLES ",\"facets\":{\"task\":1},\"rarity\":0}";
    /* Itself; in two places 1 − ½·½; a sibling ¼; unlike 0; negated: no concept; the parent ½; a child 0.7 — each times
     * its strength ½. */
    check_values("concept_overlap", plain, suppliers, DEMAND(",\"need\":\"외관검사\""),
                 VALUES(0.5, 0.75, 0.125, 0, NAN, 0.25, 0.35));
    /* Two concepts of the demand weigh the same without rarity. */
    check_values("concept_overlap", plain, suppliers, DEMAND(",\"need\":\"외관검사와 용접부 검사\""),
                 VALUES((0.5 + 0.125) / 2, (0.75 + 0.25 * 0.75) / 2, (0.125 + 0.5) / 2, (0 + 0.125) / 2, NAN, 0.25,
                        (0.35 + 0.125 * 0) / 2));
    /* The weight of a demand's concept is its strength: in the title ½. */
    check_values("concept_overlap", plain, suppliers, DEMAND(",\"title\":\"치수측정\",\"need\":\"외관검사\""),
                 VALUES(0.5 / 1.5, 0.75 / 1.5, (0.125 + 0.5 * 0.125) / 1.5, 0.5 * 0.5 / 1.5, NAN,
                        (0.25 + 0.5 * 0.25) / 1.5, 0.35 / 1.5));
    check_values("concept_overlap", plain, suppliers, DEMAND(",\"need\":\"아무 말\""),
                 VALUES(NAN, NAN, NAN, NAN, NAN, NAN, NAN));
    check_values("concept_overlap", plain, suppliers, DEMAND(",\"need\":\"외관검사는 하지 않습니다\""),
                 VALUES(NAN, NAN, NAN, NAN, NAN, NAN, NAN));
}

TEST(rare_concepts_weigh_more) {
    static const char suppliers[] = "[" SUPPLIER("A", ",\"summary\":\"외관검사\"") "," SUPPLIER(
        "B", ",\"summary\":\"외관검사\"") "," SUPPLIER("C", ",\"summary\":\"설비 예지보전\"") "]";
    double often = log(1 + (3 - 2 + 0.5) / 2.5), seldom = log(1 + (3 - 1 + 0.5) / 1.5);
    for (int power = 1; power <= 2; power++) {
        char options[256];
        double a = pow(often, power), b = pow(seldom, power);
        snprintf(options, sizeof options, "{" ROLES ",\"facets\":{\"task\":1},\"rarity\":%d}", power);
        check_values("concept_overlap", options, suppliers, DEMAND(",\"need\":\"외관검사, 설비 예지보전\""),
                     VALUES(0.5 * a / (a + b), 0.5 * a / (a + b), 0.5 * b / (a + b)));
    }
}

TEST(facets_and_kinds_weigh) {
    static const char suppliers[] = "[" SUPPLIER("A", ",\"summary\":\"컴퓨터 비전\"") "," SUPPLIER(
        "B", ",\"summary\":\"외관검사\"") "," SUPPLIER("C", ",\"summary\":\"불량이 섞여 나가\"") "]";
    /* visual-inspection weighs 1, computer-vision ¼; they serve each other by 0.5. */
    check_values("concept_overlap",
                 "{" ROLES ",\"facets\":{\"task\":1,\"technique\":0.25},\"rarity\":0,\"kinds\":{\"says\":0.4}}",
                 suppliers, DEMAND(",\"need\":\"외관검사, 머신비전\""),
                 VALUES((0.25 + 0.25 * 0.5) / 1.25, (0.5 + 0.25 * 0.25) / 1.25, (0.2 + 0.25 * 0.1) / 1.25));
    /* A facet that weighs nothing is not there: neither a need nor an offer. */
    check_values("concept_overlap", "{" ROLES ",\"facets\":{\"task\":1},\"rarity\":0}", suppliers,
                 DEMAND(",\"need\":\"외관검사, 머신비전\""), VALUES(NAN, 0.5, 0.5));
}

TEST(only_the_same_facet) {
    static const char suppliers[] = "[" SUPPLIER("A", ",\"capabilities\":[\"컴퓨터 비전\"]") "," SUPPLIER(
        "B", ",\"capabilities\":[\"영상 데이터\"]") "]";
    check_values("data_match", "{" ROLES ",\"facets\":{\"data\":1,\"technique\":1},\"rarity\":0}", suppliers,
                 DEMAND(",\"need\":\"영상 데이터\""), VALUES(0.25, 0.5));
    check_values("data_match", "{" ROLES ",\"facets\":{\"data\":1,\"technique\":1},\"rarity\":0,\"only\":true}",
                 suppliers, DEMAND(",\"need\":\"영상 데이터\""), VALUES(0, 0.5));
}

TEST(who_lists_everything_does_not_win) {
    static const char suppliers[] =
        "[" SUPPLIER("A", ",\"summary\":\"외관검사, 설비 예지보전, 제품 이미지 생성\"") "," SUPPLIER(
            "B",
            ",\"summary\":\"외관검사\"") "," SUPPLIER("C",
                                                      ",\"summary\":\"외관검사\"") "," SUPPLIER("D",
                                                                                                ",\"capabilities\":["
                                                                                                "\"컴퓨터 비전\"]") "]";
    /* Task concepts 3, 1, 1, 0: the mean is 1.25. */
    double discount = 1 / (1 + 0.3 * log(3 / 1.25));
    check_values("concept_overlap", "{" ROLES ",\"facets\":{\"task\":1,\"technique\":1},\"rarity\":0,\"breadth\":0.3}",
                 suppliers, DEMAND(",\"need\":\"외관검사\""), VALUES(0.5 * discount, 0.5, 0.5, 0.25));
}

/* ---- words ---- */

TEST(text_match) {
    static const char
        suppliers[] =
            "[" SUPPLIER("A", ",\"summary\":\"프레스 금형 온도 예측\"") "," SUPPLIER("B", ",\"summary\":\"병원 예약 "
                                                                                          "상담\"") "," SUPPLIER(
                "C", ",\"products\":[\"프레스 금형 온도 예측\"]") "," SUPPLIER("D", "") "]";
    static const char options[] = "{\"roles\":{\"need\":1,\"summary\":1}}";
    struct fixture fixture;
    compute(&fixture, "text_match", options, suppliers, DEMAND(",\"need\":\"프레스 금형 온도 예측\""));
    CHECK(fixture.values[0] > 0.5 && fixture.values[0] <= 1);
    CHECK(fixture.values[1] >= 0 && fixture.values[1] < 0.1);
    CHECK(isnan(fixture.values[2]) && isnan(fixture.values[3])); /* products weigh nothing here */
    clean(&fixture);
    check_values("text_match", options, suppliers, PLAIN(""), VALUES(NAN, NAN, NAN, NAN));
    check_values("text_match", options, suppliers, DEMAND(",\"title\":\"프레스 금형 온도 예측\""),
                 VALUES(NAN, NAN, NAN, NAN));
}

/* ---- properties of the concept features, on texts of the great lexicon ---- */

enum { CROWD = 6, MOST_TEXTS = 6 };

struct crowd {
    struct arena *arena;
    struct record_text texts[CROWD + 1][MOST_TEXTS + 1]; /* the last: of the demand; room for one more text each */
    size_t counts[CROWD + 1];
};

static const enum text_role demand_roles[] = {TEXT_TITLE, TEXT_NEED, TEXT_BUSINESS, TEXT_DATA_HELD};
static const enum text_role supplier_roles[] = {TEXT_SUMMARY, TEXT_PRODUCT,   TEXT_CAPABILITY,
                                                TEXT_DOMAIN,  TEXT_DATA_TYPE, TEXT_REFERENCE};

/* A few neighbouring concepts of a small part of the lexicon, so that they meet; some of them denied. */
static const char *random_text(struct random *random, uint32_t around, struct arena *arena) {
    struct buffer text = BUFFER_EMPTY;
    for (size_t i = 1 + random_below(random, 4); i > 0; i--) {
        uint32_t c = (around + (uint32_t)random_below(random, 25)) % lexicon_count(great);
        struct concept_near near = lexicon_near(great, c);
        if (near.count) c = near.items[random_below(random, near.count)].to;
        buffer_format(&text, "%s%s. ", lexicon_concept(great, c)->ko,
                      random_below(random, 6) ? "" : "은 지원하지 않습니다");
    }
    char *copy = arena_copy_text(arena, text.bytes);
    buffer_free(&text);
    return copy;
}

static void make_crowd(struct random *random, struct crowd *crowd) {
    uint32_t around = (uint32_t)random_below(random, lexicon_count(great));
    crowd->arena = arena_new();
    for (size_t r = 0; r <= CROWD; r++) {
        crowd->counts[r] = random_below(random, MOST_TEXTS);
        for (size_t t = 0; t < crowd->counts[r]; t++) {
            enum text_role role =
                r == CROWD ? demand_roles[random_below(random, 4)] : supplier_roles[random_below(random, 6)];
            crowd->texts[r][t] = (struct record_text){role, "/x", random_text(random, around, crowd->arena)};
        }
    }
}

struct counted {
    struct feature_definition definition;
    struct program program;
    struct supplier suppliers[CROWD];
    struct demand demand;
    struct understanding notes[CROWD + 1];
    struct feature_space *space;
    struct demand_view view;
    double values[CROWD];
};

static void count(struct crowd *crowd, const char *kind, const jval *options, struct counted *counted) {
    struct problem problem = {0};
    *counted = (struct counted){.definition = {.id = "f", .kind = kind, .options = options}};
    counted->program = (struct program){.id = "test", .features = &counted->definition, .feature_count = 1};
    for (size_t r = 0; r <= CROWD; r++)
        CHECK_INT(understand(great, (struct record_texts){crowd->texts[r], crowd->counts[r]}, crowd->arena,
                             &counted->notes[r], &problem),
                  IEUM_OK);
    counted->view = (struct demand_view){&counted->demand, &counted->notes[CROWD]};
    CHECK_INT(feature_space_new(&counted->program, catalogue, great, taxonomy, counted->suppliers, counted->notes,
                                CROWD, 2, &counted->space, &problem),
              IEUM_OK);
    CHECK_INT(feature_compute(counted->space, &counted->view, counted->values, &problem), IEUM_OK);
}

static void release_counted(struct counted *counted) { feature_space_free(counted->space); }

static bool same_values(const struct counted *a, const struct counted *b) {
    return memcmp(a->values, b->values, sizeof a->values) == 0;
}

static void shuffle(struct random *random, struct record_text *texts, size_t count_of) {
    for (size_t i = count_of; i > 1; i--) {
        size_t j = random_below(random, i);
        struct record_text held = texts[i - 1];
        texts[i - 1] = texts[j];
        texts[j] = held;
    }
}

/* Whether the concept is near none of what the demand speaks of. */
static bool unrelated(const struct understanding *demand, uint32_t concept) {
    for (size_t i = 0; i < demand->count; i++) {
        struct concept_near near = lexicon_near(great, demand->mentions[i].mention.concept);
        for (size_t n = 0; n < near.count; n++)
            if (near.items[n].to == concept) return false;
    }
    return true;
}

/* The concept's own name, said alone, is understood as it and as nothing else. */
static bool plain_name(uint32_t concept) {
    mention_list mentions = {0};
    struct problem problem = {0};
    const char *name = lexicon_concept(great, concept)->ko;
    bool plain = lexicon_annotate(great, name, strlen(name), &mentions, &problem) == IEUM_OK && mentions.count == 1 &&
                 mentions.items[0].concept == concept && !mentions.items[0].negated;
    vector_free(&mentions);
    return plain;
}

static void check_joints(const struct counted *counted, bool breadth) {
    for (size_t s = 0; s < CROWD; s++) {
        struct concept_joint joints[256], few[2];
        double sum = 0;
        size_t found = feature_concept_joints(counted->space, 0, &counted->view, s, joints, 256);
        for (size_t i = 0; i < found; i++) {
            bool near_enough = false;
            struct concept_near near = lexicon_near(great, joints[i].demand_concept);
            for (size_t n = 0; n < near.count; n++)
                near_enough = near_enough || near.items[n].to == joints[i].supplier_concept;
            CHECK(near_enough && joints[i].share > 0);
            CHECK(i == 0 || joints[i].share <= joints[i - 1].share);
            sum += joints[i].share;
        }
        if (isnan(counted->values[s]))
            CHECK_INT(found, 0);
        else if (breadth)
            CHECK(counted->values[s] <= sum + 1e-12);
        else
            CHECK(fabs(counted->values[s] - sum) < 1e-12);
        size_t first = feature_concept_joints(counted->space, 0, &counted->view, s, few, 2);
        CHECK_INT(first, found < 2 ? found : 2);
        CHECK(memcmp(few, joints, first * sizeof *few) == 0);
    }
}

static size_t denials, additions; /* cases that were really tried */

static void check_properties(struct random *random, const char *kind, const jval *options, bool breadth) {
    struct crowd crowd;
    struct counted counted, again;
    make_crowd(random, &crowd);
    count(&crowd, kind, options, &counted);
    for (size_t s = 0; s < CROWD; s++)
        CHECK(isnan(counted.values[s]) || (counted.values[s] >= 0 && counted.values[s] <= 1));
    check_joints(&counted, breadth);

    /* The order of texts does not matter, not in the last bit. */
    for (size_t r = 0; r <= CROWD; r++) shuffle(random, crowd.texts[r], crowd.counts[r]);
    count(&crowd, kind, options, &again);
    CHECK(same_values(&counted, &again));
    release_counted(&again);

    /* What is denied does not count, on either side. */
    size_t who = random_below(random, CROWD + 1);
    struct buffer denied = BUFFER_EMPTY;
    buffer_format(&denied, "%s은 지원하지 않습니다",
                  lexicon_concept(great, (uint32_t)random_below(random, lexicon_count(great)))->ko);
    mention_list mentions = {0};
    struct problem problem = {0};
    CHECK_INT(lexicon_annotate(great, denied.bytes, denied.size, &mentions, &problem), IEUM_OK);
    bool all_denied = true;
    for (size_t i = 0; i < mentions.count; i++) all_denied = all_denied && mentions.items[i].negated;
    vector_free(&mentions);
    if (all_denied) {
        denials++;
        crowd.texts[who][crowd.counts[who]++] =
            (struct record_text){who == CROWD ? TEXT_NEED : TEXT_SUMMARY, "/x", denied.bytes};
        count(&crowd, kind, options, &again);
        CHECK(same_values(&counted, &again));
        release_counted(&again);
        crowd.counts[who]--;
    }
    buffer_free(&denied);

    /* One more thing that has nothing to do with the demand never helps who lists it. */
    who = random_below(random, CROWD);
    uint32_t extra = (uint32_t)random_below(random, lexicon_count(great));
    if (lexicon_concept(great, extra)->facet == FACET_TASK && unrelated(&counted.notes[CROWD], extra) &&
        plain_name(extra)) {
        additions++;
        crowd.texts[who][crowd.counts[who]++] =
            (struct record_text){TEXT_SUMMARY, "/x", lexicon_concept(great, extra)->ko};
        count(&crowd, kind, options, &again);
        CHECK(!(again.values[who] > counted.values[who]));
        release_counted(&again);
    }
    release_counted(&counted);
    arena_free(crowd.arena);
}

TEST(properties_hold) {
    static const char weighed[] =
        "{\"roles\":{\"title\":0.9,\"need\":0.7,\"summary\":0.6,\"capability\":0.8,\"product\":0.3,\"reference\":1},"
        "\"facets\":{\"task\":1,\"technique\":0.5,\"data\":0.3,\"industry\":0.2},\"kinds\":{\"says\":0.5},\"rarity\":1."
        "5}";
    struct random random;
    struct problem problem = {0};
    jval *options = NULL;
    CHECK_INT(jval_parse(weighed, strlen(weighed), &options, &problem), IEUM_OK);
    random_seed(&random, 21);
    for (int round = 0; round < 100; round++) {
        check_properties(&random, "concept_overlap", NULL, true);
        check_properties(&random, "concept_overlap", options, false);
        check_properties(&random, "data_match", NULL, false);
    }
    CHECK(denials > 50 && additions > 50);
    jval_free(options);
}

TEST(joints_are_of_concept_features_only) {
    static const char suppliers[] = "[" SUPPLIER("A", ",\"capacity\":1,\"summary\":\"외관검사\"") "]";
    struct concept_joint joint;
    struct fixture fixture;
    compute(&fixture, "capacity", NULL, suppliers, DEMAND(",\"need\":\"외관검사\""));
    CHECK_INT(feature_concept_joints(fixture.space, 0, &fixture.view, 0, &joint, 1), 0);
    clean(&fixture);
}

/* ---- the stored form ---- */

static struct record_text stored_texts[] = {{TEXT_NEED, "/need", "외관검사와 도금. 눈으로 제품을 보고 판단"},
                                            {TEXT_TITLE, "/title", "치수측정은 지원하지 않습니다"}};
static const struct record_texts stored = {stored_texts, 2};

TEST(the_stored_form_comes_back) {
    struct arena *arena = arena_new();
    struct understanding made, read;
    struct problem problem = {0};
    struct buffer bytes = BUFFER_EMPTY;
    CHECK_INT(understand(small, stored, arena, &made, &problem), IEUM_OK);
    CHECK_INT(made.count, 4);
    CHECK(understanding_write(&made, &bytes));
    CHECK(understanding_read(small, stored, bytes.bytes, bytes.size, arena, &read));
    CHECK_INT(read.count, made.count);
    for (size_t i = 0; i < made.count && i < read.count; i++) {
        const struct noted_mention *a = &made.mentions[i], *b = &read.mentions[i];
        CHECK(a->text == b->text && a->mention.concept == b->mention.concept && a->mention.start == b->mention.start &&
              a->mention.end == b->mention.end && a->mention.kind == b->mention.kind &&
              a->mention.negated == b->mention.negated && a->mention.undecided == b->mention.undecided);
    }
    buffer_free(&bytes);
    arena_free(arena);
}

/* Bytes that fit neither the texts nor the lexicon are refused; what is taken can be used without harm. */
TEST(damaged_bytes_are_refused_or_harmless) {
    struct arena *arena = arena_new();
    struct understanding made, read;
    struct problem problem = {0};
    struct random random;
    struct buffer bytes = BUFFER_EMPTY;
    size_t wrong = 0, taken = 0;
    random_seed(&random, 22);
    CHECK_INT(understand(small, stored, arena, &made, &problem), IEUM_OK);
    CHECK(understanding_write(&made, &bytes));
    for (size_t size = 0; size < bytes.size; size++)
        if ((size - 1) % 20 != 0) CHECK(!understanding_read(small, stored, bytes.bytes, size, arena, &read));
    for (int round = 0; round < 5000; round++) {
        char *damaged = arena_copy_bytes(arena, bytes.bytes, bytes.size);
        for (size_t i = 1 + random_below(&random, 3); i > 0; i--)
            damaged[random_below(&random, bytes.size)] =
                (char)(random_below(&random, 2) ? random_below(&random, 256) : random_below(&random, 8));
        if (!understanding_read(small, stored, damaged, bytes.size, arena, &read)) continue;
        taken++;
        for (size_t i = 0; i < read.count; i++) {
            const struct noted_mention *noted = &read.mentions[i];
            bool known = noted->text < stored.count && noted->mention.concept < lexicon_count(small) &&
                         noted->mention.kind <= MENTION_PATTERN;
            wrong +=
                !known || noted->mention.start >= noted->mention.end ||
                noted->mention.end > utf8_count(stored_texts[noted->text].text, strlen(stored_texts[noted->text].text));
        }
    }
    CHECK_INT(wrong, 0);
    CHECK(taken > 100 && taken < 4000);
    buffer_free(&bytes);
    arena_free(arena);
}

TEST_MAIN(load, budget_fit, readiness_and_capacity, region_match, deployment_and_certification_match, wish_order, industry_match,
          industry_experience, concepts_by_hand, rare_concepts_weigh_more, facets_and_kinds_weigh, only_the_same_facet,
          who_lists_everything_does_not_win, text_match, properties_hold, joints_are_of_concept_features_only,
          the_stored_form_comes_back, damaged_bytes_are_refused_or_harmless, unload)
