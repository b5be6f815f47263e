/* SPDX-License-Identifier: Apache-2.0 */
/* The standard options: the file of the data folder, what a changed file is refused for, and the options that programs
 * give themselves. */
#include "store_samples.h"

#include "adapt/digest.h"
#include "feature/space.h"

static char standard_path[1024];
static jval *standard;

TEST(the_standard_file_is_sound) {
    struct problem problem = {0};
    struct feature_catalogue *catalogue = NULL;
    size_t size = 0;
    char hash[DIGEST_TEXT];
    snprintf(standard_path, sizeof standard_path, "%s/data/features/standard.json", test_source());
    char *bytes = sample_read(standard_path, &size);
    must(jval_parse(bytes, size, &standard, &problem) == IEUM_OK, problem.en);
    digest_of(bytes, size, hash);
    memory_free(bytes);
    CHECK_INT(feature_catalogue_load(standard_path, &catalogue, &problem), IEUM_OK);
    if (!catalogue) return;
    CHECK_TEXT(feature_catalogue_hash(catalogue), hash);
    size_t kinds = 0;
    for (; feature_kind_name(kinds); kinds++) {
        const char *name = feature_kind_name(kinds);
        struct feature_definition plain = {.kind = name}, own = {.kind = name, .options = standard};
        CHECK(feature_kind_known(name) && feature_kind_find(name));
        CHECK_TEXT(feature_kind_find(name)->name, name);
        CHECK(jval_equal(feature_options(catalogue, &plain), jval_get(jval_get(standard, "kinds"), name)));
        CHECK(feature_options(catalogue, &own) == standard);
    }
    CHECK_INT(kinds, jval_count(jval_get(standard, "kinds")));
    CHECK(feature_kind_name(kinds + 1) == NULL && !feature_kind_known("telepathy") && !feature_kind_known(""));
    feature_catalogue_free(catalogue);
    feature_catalogue_free(NULL);
}

/* kinds[kind] changed: `key` (NULL: all options) set to `value` (NULL: taken out). */
static const struct {
    const char *kind, *key, *value, *pointer;
} changes[] = {
    {"telepathy", NULL, "{}", "/kinds/telepathy"},
    {"readiness", NULL, NULL, "/kinds/readiness"},
    {"text_match", NULL, NULL, "/kinds/text_match"},
    {"text_match", NULL, "[]", "/kinds/text_match"},
    {"readiness", "full", "4", "/kinds/readiness"},
    {"deployment_match", "near", "1", "/kinds/deployment_match"},
    {"text_match", "k2", "1", "/kinds/text_match/k2"},
    {"text_match", "k1", "-1", "/kinds/text_match/k1"},
    {"text_match", "k1", "\"1\"", "/kinds/text_match/k1"},
    {"text_match", "b", "1.01", "/kinds/text_match/b"},
    {"text_match", "roles", NULL, "/kinds/text_match/roles"},
    {"text_match", "roles", "{\"slogan\":1}", "/kinds/text_match/roles/slogan"},
    {"text_match", "roles", "{\"need\":2}", "/kinds/text_match/roles/need"},
    {"concept_overlap", "facets", NULL, "/kinds/concept_overlap/facets"},
    {"concept_overlap", "facets", "{\"mood\":1}", "/kinds/concept_overlap/facets/mood"},
    {"concept_overlap", "facets", "{\"task\":-0.1}", "/kinds/concept_overlap/facets/task"},
    {"concept_overlap", "kinds", "{\"says\":1.1}", "/kinds/concept_overlap/kinds/says"},
    {"concept_overlap", "kinds", "[]", "/kinds/concept_overlap/kinds"},
    {"concept_overlap", "rarity", "5", "/kinds/concept_overlap/rarity"},
    {"concept_overlap", "breadth", "-1", "/kinds/concept_overlap/breadth"},
    {"concept_overlap", "only", "1", "/kinds/concept_overlap/only"},
    {"data_match", "Only", "true", "/kinds/data_match/Only"},
    {"industry_match", "levels", "{\"kingdom\":1}", "/kinds/industry_match/levels/kingdom"},
    {"industry_match", "levels", "{\"class\":2}", "/kinds/industry_match/levels/class"},
    {"industry_match", "own", "1.5", "/kinds/industry_match/own"},
    {"industry_experience", "each", "-0.5", "/kinds/industry_experience/each"},
    {"budget_fit", "zero_at", "1", "/kinds/budget_fit/zero_at"},
    {"capacity", "full", "0", "/kinds/capacity/full"},
    {"region_match", "near", "1.2", "/kinds/region_match/near"},
    {"region_match", "middle", "1", "/kinds/region_match/middle"},
};

static jval *value_of(const char *text) {
    struct problem problem = {0};
    jval *value = NULL;
    must(jval_parse(text, strlen(text), &value, &problem) == IEUM_OK, text);
    return value;
}

static jval *changed(const char *kind, const char *key, const char *value) {
    jval *copy = jval_copy(standard), *kinds = jval_copy(jval_get(copy, "kinds")),
         *options = jval_copy(jval_get(kinds, kind));
    if (!key) {
        jval_free(options);
        options = value ? value_of(value) : NULL;
    } else if (value) {
        jval_set(options, key, value_of(value));
    } else {
        jval_remove(options, key);
    }
    if (options)
        jval_set(kinds, kind, options);
    else
        jval_remove(kinds, kind);
    jval_set(copy, "kinds", kinds);
    return copy;
}

TEST(changed_files_are_refused_at_their_place) {
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct problem problem = {0};
        struct feature_catalogue *catalogue = NULL;
        char *text = NULL;
        const int before = test_failures;
        jval *file = changed(changes[i].kind, changes[i].key, changes[i].value);
        must(jval_write(file, false, &text, &problem) == IEUM_OK, "write");
        sample_write(sample_path("standard.json"), text, strlen(text));
        CHECK_INT(feature_catalogue_load(sample_path("standard.json"), &catalogue, &problem), IEUM_INVALID);
        CHECK(catalogue == NULL);
        CHECK_TEXT(problem.pointer, changes[i].pointer);
        CHECK_TEXT(problem.source, sample_path("standard.json"));
        CHECK(problem.ko[0] && problem.en[0]);
        if (test_failures != before)
            fprintf(stderr, "  … for %s.%s = %s\n", changes[i].kind, changes[i].key, changes[i].value);
        feature_catalogue_free(catalogue);
        memory_free(text);
        jval_free(file);
    }
}

TEST(files_that_are_no_catalogue) {
    static const struct {
        const char *text;
        ieum_status status;
    } cases[] = {{"", IEUM_INVALID},
                 {"{}", IEUM_INVALID},
                 {"[]", IEUM_INVALID},
                 {"null", IEUM_INVALID},
                 {"{\"kinds\":[]}", IEUM_INVALID}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct problem problem = {0};
        struct feature_catalogue *catalogue = NULL;
        sample_write(sample_path("standard.json"), cases[i].text, strlen(cases[i].text));
        CHECK_INT(feature_catalogue_load(sample_path("standard.json"), &catalogue, &problem), cases[i].status);
        CHECK(catalogue == NULL);
    }
    struct problem problem = {0};
    struct feature_catalogue *catalogue = NULL;
    CHECK_INT(feature_catalogue_load(sample_path("absent.json"), &catalogue, &problem), IEUM_NOT_FOUND);
}

TEST(options_of_a_program) {
    struct problem problem = {0};
    jval *good = value_of("{\"zero_at\":0.2}"), *bad = value_of("{\"zero_at\":0.2,\"zero\":1}"),
         *some = value_of("{\"x\":1}");
    struct feature_definition features[] = {
        {.kind = "readiness"}, {.kind = "budget_fit", .options = good}, {.kind = "budget_fit", .options = bad}};
    struct program program = {.id = "test", .features = features, .feature_count = 2};
    CHECK_INT(feature_check_options(&program, &problem), IEUM_OK);
    program.feature_count = 3;
    CHECK_INT(feature_check_options(&program, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/features/2/options/zero");
    problem_clear(&problem);
    features[0].options = some; /* a kind that takes none */
    CHECK_INT(feature_check_options(&program, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/features/0/options");
    jval_free(good);
    jval_free(bad);
    jval_free(some);
}

TEST(lack_of_memory_is_a_status) {
    ieum_status status = IEUM_MEMORY;
    uint64_t n = 0;
    while (status == IEUM_MEMORY && n < 5000) {
        struct problem problem = {0};
        struct feature_catalogue *catalogue = NULL;
        memory_clear_failed();
        memory_fail_at(++n);
        status = feature_catalogue_load(standard_path, &catalogue, &problem);
        memory_fail_at(0);
        CHECK((status == IEUM_OK) == (catalogue != NULL));
        feature_catalogue_free(catalogue);
    }
    CHECK_INT(status, IEUM_OK);
    CHECK(n > 10);
    memory_clear_failed();
}

TEST(end) {
    jval_free(standard);
    sample_folder_clear();
}

TEST_MAIN(the_standard_file_is_sound, changed_files_are_refused_at_their_place, files_that_are_no_catalogue,
          options_of_a_program, lack_of_memory_is_a_status, end)
