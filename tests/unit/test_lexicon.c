/* SPDX-License-Identifier: Apache-2.0 */
/* Loading a lexicon: what it holds, what a step of its hierarchy is worth, and what is refused where. */
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/memory.h"
#include "text/lexicon.h"

static struct lexicon *load_small(void) {
    char folder[1024];
    struct problem problem = {0};
    struct lexicon *lexicon = NULL;
    snprintf(folder, sizeof folder, "%s/tests/unit/data/lexicon-small", test_source());
    CHECK_INT(lexicon_load(folder, 1, &lexicon, &problem), IEUM_OK);
    if (lexicon == NULL) fprintf(stderr, "%s %s: %s\n", problem.source, problem.pointer, problem.en);
    return lexicon;
}

static double near_value(const struct lexicon *lexicon, const char *from, const char *to) {
    const struct concept_near near = lexicon_near(lexicon, lexicon_find(lexicon, from));
    for (size_t i = 0; i < near.count; i++)
        if (near.items[i].to == lexicon_find(lexicon, to)) return near.items[i].weight;
    return 0;
}

TEST(concepts_are_as_written) {
    struct lexicon *lexicon = load_small();
    if (lexicon == NULL) return;
    CHECK_INT(lexicon_count(lexicon), 14);
    CHECK_INT(strlen(lexicon_hash(lexicon)), 64);
    const uint32_t index = lexicon_find(lexicon, "visual-inspection");
    const struct concept *concept = lexicon_concept(lexicon, index);
    CHECK_TEXT(concept->id, "visual-inspection");
    CHECK_TEXT(concept->ko, "외관검사");
    CHECK_TEXT(concept->en, "visual inspection");
    CHECK_INT(concept->facet, FACET_TASK);
    CHECK(concept->parent_count == 1 && concept->parents[0] == lexicon_find(lexicon, "inspection"));
    CHECK(concept->unlike_count == 1 && concept->unlike[0] == lexicon_find(lexicon, "dimension"));
    CHECK(concept->related_count == 2 && concept->related[1].weight == 0.5);
    CHECK_TEXT(lexicon_concept(lexicon, lexicon_find(lexicon, "plating"))->ksic[0], "C2592");
    CHECK(lexicon_find(lexicon, "nothing") == UINT32_MAX);
    lexicon_free(lexicon);
}

TEST(steps_are_worth_what_links_say) {
    static const struct {
        const char *from, *to;
        double value;
    } cases[] = {
        {"inspection", "inspection", 1},
        {"visual-inspection", "inspection", 0.5},    /* the supplier is more general */
        {"inspection", "visual-inspection", 0.7},    /* … more special */
        {"visual-inspection", "quality", 0.25},      /* two steps up */
        {"quality", "visual-inspection", 0.7 * 0.7}, /* two steps down */
        {"weld-check", "dimension", 0.25},           /* siblings under a parent that is no top */
        {"visual-inspection", "dimension", 0},       /* unlike … */
        {"dimension", "visual-inspection", 0},       /* … both ways */
        {"visual-inspection", "computer-vision", 0.5},
        {"computer-vision", "visual-inspection", 0.5}, /* related both ways */
        {"visual-inspection", "image-data", 0.4},      /* better than 0.5 · 0.5 by way of computer vision */
        {"micro-crack", "computer-vision", 0.5 * 0.5}, /* up, then related */
        {"inspection", "computer-vision", 0.7 * 0.5},  /* down, then related */
        {"micro-crack", "dimension", 0},               /* an aunt is three steps away */
        {"micro-crack", "quality", 0},                 /* and so is the great-grandparent */
        {"plating", "injection", 0},
    };
    struct lexicon *lexicon = load_small();
    if (lexicon == NULL) return;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const double value = near_value(lexicon, cases[i].from, cases[i].to);
        if (value != cases[i].value) fprintf(stderr, "%s → %s: %g\n", cases[i].from, cases[i].to, value);
        CHECK(value == cases[i].value);
    }
    for (uint32_t i = 0; i < lexicon_count(lexicon); i++) {
        const struct concept_near near = lexicon_near(lexicon, i);
        CHECK(near.count > 0 && near.items[0].to == i && near.items[0].weight == 1);
        for (size_t j = 1; j < near.count; j++)
            CHECK(near.items[j].weight < near.items[j - 1].weight ||
                  (near.items[j].weight == near.items[j - 1].weight && near.items[j].to > near.items[j - 1].to));
    }
    lexicon_free(lexicon);
}

/* ---- refusals, in a folder of their own ---- */

static char folder_made[64];

static const char *make_folder(void) {
    snprintf(folder_made, sizeof folder_made, "lexicon-test-XXXXXX");
    CHECK(mkdtemp(folder_made) != NULL);
    return folder_made;
}

static void write_text(const char *folder, const char *name, const char *text) {
    char *path = path_join(folder, name);
    FILE *file = path == NULL ? NULL : fopen(path, "wb");
    CHECK(file != NULL);
    if (file != NULL) {
        fputs(text, file);
        fclose(file);
    }
    memory_free(path);
}

static void remove_text(const char *folder, const char *name) {
    char *path = path_join(folder, name);
    if (path != NULL) unlink(path);
    memory_free(path);
}

#define HEAD "{\"lexicon\":\"ieum\",\"field\":\"f\",\"version\":\"1\",\"effective\":\"2026-01-01\",\"concepts\":["
#define A "{\"id\":\"a\",\"facet\":\"task\",\"ko\":\"가나\",\"en\":\"alpha\"}"
#define B(members) "{\"id\":\"b\",\"facet\":\"task\",\"ko\":\"다라\",\"en\":\"beta\"," members "}"

static const struct {
    const char *text, *pointer;
} refused[] = {
    {"[]", ""},
    {"{\"lexicon\":\"ieum\"}", "/field"},
    {HEAD "]}", ""},
    {HEAD "1]}", "/concepts/0"},
    {HEAD A "," A "]}", "/concepts/1/id"},
    {HEAD "{\"id\":\"A b\",\"facet\":\"task\",\"ko\":\"가\",\"en\":\"a\"}]}", "/concepts/0/id"},
    {HEAD "{\"id\":\"a\",\"facet\":\"taste\",\"ko\":\"가나\",\"en\":\"a\"}]}", "/concepts/0/facet"},
    {HEAD "{\"id\":\"a\",\"facet\":\"task\",\"en\":\"a\"}]}", "/concepts/0/ko"},
    {HEAD A "," B("\"name\":[]") "]}", "/concepts/1/name"},
    {HEAD A "," B("\"names\":[\"ok\",\" - \"]") "]}", "/concepts/1/names/1"},
    {HEAD A "," B("\"says\":[3]") "]}", "/concepts/1/says/0"},
    {HEAD A "," B("\"parents\":[\"c\"]") "]}", "/concepts/1/parents/0"},
    {HEAD A "," B("\"parents\":[\"b\"]") "]}", "/concepts/1/parents/0"},
    {HEAD A "," B("\"unlike\":[\"a\",\"a\"]") "]}", "/concepts/1/unlike/1"},
    {HEAD A "," B("\"related\":[{\"to\":\"c\",\"weight\":0.5}]") "]}", "/concepts/1/related/0/to"},
    {HEAD A "," B("\"related\":[{\"to\":\"a\",\"weight\":0}]") "]}", "/concepts/1/related/0/weight"},
    {HEAD A "," B("\"related\":[{\"to\":\"a\",\"weight\":2}]") "]}", "/concepts/1/related/0/weight"},
    {HEAD A "," B("\"ksic\":[\"c25\"]") "]}", "/concepts/1/ksic/0"},
    {HEAD A "," B("\"patterns\":[{\"re\":\"a(b\",\"needs\":\"a\"}]") "]}", "/concepts/1/patterns/0/re"},
    {HEAD A "," B("\"patterns\":[{\"re\":\"ab?c\",\"needs\":\"b\"}]") "]}", "/concepts/1/patterns/0/needs"},
    {HEAD A "," B("\"patterns\":[{\"re\":\"ab|c\",\"needs\":\"ab\"}]") "]}", "/concepts/1/patterns/0/needs"},
    {HEAD A "," B("\"patterns\":[{\"re\":\"(ab|c)d\",\"needs\":\"ab\"}]") "]}", "/concepts/1/patterns/0/needs"},
    {HEAD A "," B("\"patterns\":[{\"re\":\"x[ab]\",\"needs\":\"ab\"}]") "]}", "/concepts/1/patterns/0/needs"},
};

TEST(wrong_files_are_refused_where_they_are_wrong) {
    const char *folder = make_folder();
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct lexicon *lexicon = NULL;
        struct problem problem = {0};
        write_text(folder, "f.json", refused[i].text);
        ieum_status status = lexicon_load(folder, 1, &lexicon, &problem);
        if (status == IEUM_OK) { /* a pattern that does not compile is found when all are asked for */
            status = lexicon_check_patterns(lexicon, &problem);
            lexicon_free(lexicon);
            lexicon = NULL;
        }
        CHECK_INT(status, IEUM_INVALID);
        CHECK_TEXT(problem.pointer, refused[i].pointer);
        CHECK(problem.ko[0] && problem.en[0]);
        if (strcmp(refused[i].text, HEAD "]}") != 0) CHECK_TEXT(problem.source, "f.json");
        CHECK(lexicon == NULL);
    }
    remove_text(folder, "f.json");
    rmdir(folder);
}

TEST(needles_that_are_certain_are_taken) {
    static const char *const certain[] = {
        HEAD A "," B("\"patterns\":[{\"re\":\"ab.{0,3}(c|d)\",\"needs\":\"ab\"}]") "]}",
        HEAD A "," B("\"patterns\":[{\"re\":\"(xab|yab)+z\",\"needs\":\"ab\"}]") "]}",
        HEAD A "," B("\"patterns\":[{\"re\":\"\\\\(ab|[)]ab\",\"needs\":\"ab\"}]") "]}",
        HEAD A "," B("\"patterns\":[{\"re\":\"AB\\\\S\",\"needs\":\"AB\"}]") "]}",
    };
    const char *folder = make_folder();
    for (size_t i = 0; i < sizeof certain / sizeof *certain; i++) {
        struct lexicon *lexicon = NULL;
        struct problem problem = {0};
        write_text(folder, "f.json", certain[i]);
        CHECK_INT(lexicon_load(folder, 1, &lexicon, &problem), IEUM_OK);
        lexicon_free(lexicon);
    }
    remove_text(folder, "f.json");
    rmdir(folder);
}

TEST(links_cross_files_and_cycles_do_not_pass) {
    const char *folder = make_folder();
    struct lexicon *lexicon = NULL;
    struct problem problem = {0};
    char hash[65];
    write_text(folder, "f.json", HEAD B("\"parents\":[\"a\"]") "]}");
    write_text(folder, "g.json", HEAD A "]}");
    CHECK_INT(lexicon_load(folder, 1, &lexicon, &problem), IEUM_OK);
    snprintf(hash, sizeof hash, "%s", lexicon == NULL ? "" : lexicon_hash(lexicon));
    lexicon_free(lexicon);
    lexicon = NULL;
    write_text(folder, "g.json",
               HEAD "{\"id\":\"a\",\"facet\":\"task\",\"ko\":\"가나\",\"en\":\"alpha\",\"parents\":[\"b\"]}]}");
    CHECK_INT(lexicon_load(folder, 1, &lexicon, &problem), IEUM_INVALID);
    CHECK(strstr(problem.en, "'") != NULL);
    problem_clear(&problem);
    write_text(folder, "g.json", HEAD A " ]}"); /* one byte more is another lexicon */
    CHECK_INT(lexicon_load(folder, 1, &lexicon, &problem), IEUM_OK);
    CHECK(lexicon != NULL && strcmp(hash, lexicon_hash(lexicon)) != 0);
    lexicon_free(lexicon);
    lexicon = NULL;
    write_text(folder, "scope.json",
               "{\"scope\":\"ieum\",\"version\":\"1\",\"effective\":\"x\",\"negators\":{\"after\":{\"reach\":-1}}}");
    CHECK_INT(lexicon_load(folder, 1, &lexicon, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/negators/after/reach");
    CHECK_TEXT(problem.source, "scope.json");
    problem_clear(&problem);
    remove_text(folder, "scope.json");
    write_text(folder, "links.json",
               "{\"links\":\"ieum\",\"version\":\"1\",\"effective\":\"x\",\"steps\":{\"parent\":0.5,\"child\":7}}");
    CHECK_INT(lexicon_load(folder, 1, &lexicon, &problem), IEUM_INVALID);
    CHECK_TEXT(problem.pointer, "/steps/child");
    problem_clear(&problem);
    remove_text(folder, "links.json");
    remove_text(folder, "f.json");
    remove_text(folder, "g.json");
    CHECK_INT(lexicon_load(folder, 1, &lexicon, &problem), IEUM_INVALID); /* an empty folder is no lexicon */
    rmdir(folder);
    problem_clear(&problem);
    CHECK_INT(lexicon_load(folder, 1, &lexicon, &problem), IEUM_NOT_FOUND);
}

#define EXAMPLES(more) "{\"examples\":\"ieum\",\"version\":\"1\",\"effective\":\"x\",\"source\":\"s\"" more "}"
#define PASSAGE(text, concepts, voice) ",\"passages\":[{\"text\":" text ",\"concepts\":" concepts ",\"voice\":" voice "}]"
#define WEIGHED(more) "{\"meaning\":\"ieum\",\"version\":\"1\",\"effective\":\"x\",\"k1\":1,\"b\":1,\"k3\":1,\"keep\":1,\"spans\":1,\"roles\":{}" more "}"
#define MEANING(k1, b, k3, keep, spans, roles)                                                                                                     \
    "{\"meaning\":\"ieum\",\"version\":\"1\",\"effective\":\"x\",\"k1\":" k1 ",\"b\":" b ",\"k3\":" k3 ",\"idf_power\":1,\"keep\":" keep                         \
    ",\"spans\":" spans ",\"roles\":" roles "}"

/* Files beside the concepts: example passages, and what the analysis of meaning follows. */
TEST(wrong_examples_and_meanings_are_refused_where_they_are_wrong) {
    static const struct {
        const char *text, *pointer; /* NULL: taken */
    } files[] = {
        {EXAMPLES(PASSAGE("\"가나\"", "[\"a\"]", "\"demand\"")), NULL},
        {EXAMPLES(PASSAGE("\"가나\"", "[\"a\"]", "\"supplier\"")), NULL},
        {EXAMPLES(",\"passages\":[]"), NULL},
        {EXAMPLES(""), "/passages"},
        {EXAMPLES(",\"passages\":{}"), "/passages"},
        {EXAMPLES(",\"passages\":[1]"), "/passages/0"},
        {EXAMPLES(",\"passage\":[]"), "/passage"},
        {"{\"examples\":\"ieum\",\"effective\":\"x\",\"passages\":[]}", "/version"},
        {"{\"examples\":\"ieum\",\"version\":\"1\",\"passages\":[]}", "/effective"},
        {EXAMPLES(PASSAGE("1", "[\"a\"]", "\"demand\"")), "/passages/0/text"},
        {EXAMPLES(PASSAGE("\"\"", "[\"a\"]", "\"demand\"")), "/passages/0/text"},
        {EXAMPLES(PASSAGE("\"가\"", "\"a\"", "\"demand\"")), "/passages/0/concepts"},
        {EXAMPLES(PASSAGE("\"가\"", "[]", "\"demand\"")), "/passages/0/concepts"},
        {EXAMPLES(PASSAGE("\"가\"", "[\"a\",\"c\"]", "\"demand\"")), "/passages/0/concepts/1"},
        {EXAMPLES(PASSAGE("\"가\"", "[3]", "\"demand\"")), "/passages/0/concepts/0"},
        {EXAMPLES(PASSAGE("\"가\"", "[\"a\"]", "\"buyer\"")), "/passages/0/voice"},
        {EXAMPLES(PASSAGE("\"가\"", "[\"a\"]", "\"demand\",\"by\":1")), "/passages/0/by"},
        {MEANING("1.2", "0.75", "1.2", "64", "16", "{\"need\":1}"), NULL},
        {MEANING("0", "0", "0", "1", "0", "{}"), NULL},
        {MEANING("-1", "0", "0", "1", "0", "{}"), "/k1"},
        {MEANING("11", "0", "0", "1", "0", "{}"), "/k1"},
        {MEANING("1", "1.1", "0", "1", "0", "{}"), "/b"},
        {MEANING("1", "1", "-1", "1", "0", "{}"), "/k3"},
        {MEANING("1", "1", "\"1\"", "1", "0", "{}"), "/k3"},
        {MEANING("1", "1", "1", "0", "0", "{}"), "/keep"},
        {MEANING("1", "1", "1", "1025", "0", "{}"), "/keep"},
        {MEANING("1", "1", "1", "1.5", "0", "{}"), "/keep"},
        {MEANING("1", "1", "1", "1", "65", "{}"), "/spans"},
        {MEANING("1", "1", "1", "1", "-1", "{}"), "/spans"},
        {MEANING("1", "1", "1", "1", "1", "[]"), "/roles"},
        {MEANING("1", "1", "1", "1", "1", "{\"need\":-1}"), "/roles/need"},
        {MEANING("1", "1", "1", "1", "1", "{\"need\":\"1\"}"), "/roles/need"},
        {MEANING("1", "1", "1", "1", "1", "{},\"role\":1"), "/role"},
        {WEIGHED(",\"idf_power\":0.1"), NULL},
        {WEIGHED(",\"idf_power\":8"), NULL},
        {WEIGHED(""), "/idf_power"},
        {WEIGHED(",\"idf_power\":0.09"), "/idf_power"},
        {WEIGHED(",\"idf_power\":8.01"), "/idf_power"},
        {WEIGHED(",\"idf_power\":\"2\""), "/idf_power"},
        {WEIGHED(",\"idf_power\":true"), "/idf_power"},
        {WEIGHED(",\"idf_power\":2,\"ignore\":[]"), NULL},
        {WEIGHED(",\"idf_power\":2,\"ignore\":[\"the\",\"우리\",\"a b\",\"the\",\"-\"]"), NULL},
        {WEIGHED(",\"idf_power\":2,\"ignore\":\"the\""), "/ignore"},
        {WEIGHED(",\"idf_power\":2,\"ignore\":{\"the\":1}"), "/ignore"},
        {WEIGHED(",\"idf_power\":2,\"ignore\":[\"the\",\"\"]"), "/ignore/1"},
        {WEIGHED(",\"idf_power\":2,\"ignore\":[1]"), "/ignore/0"},
        {WEIGHED(",\"idf_power\":2,\"ignore\":[[\"the\"]]"), "/ignore/0"},
        {WEIGHED(",\"idf_power\":2,\"ignored\":[]"), "/ignored"},
        {WEIGHED(",\"idf_power\":2,\"particles\":[\"를\",\"을\"]"), NULL},
        {WEIGHED(",\"idf_power\":2,\"particles\":[\"를\",\"에서\"]"), "/particles/1"},
        {WEIGHED(",\"idf_power\":2,\"particles\":[\"\"]"), "/particles/0"},
        {WEIGHED(",\"idf_power\":2,\"particles\":\"를\""), "/particles"},
        {"{\"meaning\":\"ieum\",\"version\":\"1\",\"effective\":\"x\"}", "/k1"},
        {"{\"meaning\":\"ieum\",\"effective\":\"x\"}", "/version"},
    };
    const char *folder = make_folder();
    write_text(folder, "z.json", HEAD A "]}"); /* read after them: its concepts are known all the same */
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const int before = test_failures;
        struct lexicon *lexicon = NULL;
        struct problem problem = {0};
        const char *name = strncmp(files[i].text, "{\"meaning\"", 10) == 0 ? "meaning.json" : "f.json";
        write_text(folder, name, files[i].text);
        CHECK_INT(lexicon_load(folder, 1, &lexicon, &problem), files[i].pointer ? IEUM_INVALID : IEUM_OK);
        CHECK((lexicon == NULL) == (files[i].pointer != NULL));
        if (files[i].pointer) {
            CHECK_TEXT(problem.pointer, files[i].pointer);
            CHECK_TEXT(problem.source, name);
            CHECK(problem.ko[0] && problem.en[0]);
        }
        if (test_failures != before) fprintf(stderr, "  … for %s\n", files[i].text);
        lexicon_free(lexicon);
        remove_text(folder, name);
    }
    remove_text(folder, "z.json");
    rmdir(folder);
}

TEST(lack_of_memory_is_a_status) {
    char folder[1024];
    ieum_status status = IEUM_MEMORY;
    uint64_t n = 0;
    snprintf(folder, sizeof folder, "%s/tests/unit/data/lexicon-small", test_source());
    for (n = 1; status == IEUM_MEMORY && n < 100000; n++) {
        struct lexicon *lexicon = NULL;
        struct problem problem = {0};
        mention_list mentions = {0};
        memory_fail_at(n);
        status = lexicon_load(folder, 1, &lexicon, &problem);
        if (status == IEUM_OK) {
            const char *text = "눈으로 하나씩 보고 골라내는 외관검사는 하지 않습니다";
            status = lexicon_annotate(lexicon, text, strlen(text), &mentions, &problem);
        }
        memory_fail_at(0);
        CHECK(status == IEUM_OK || status == IEUM_MEMORY);
        vector_free(&mentions);
        lexicon_free(lexicon);
        memory_clear_failed();
    }
    CHECK(status == IEUM_OK && n > 100);
}

TEST_MAIN(concepts_are_as_written, steps_are_worth_what_links_say, wrong_files_are_refused_where_they_are_wrong,
          needles_that_are_certain_are_taken, links_cross_files_and_cycles_do_not_pass,
          wrong_examples_and_meanings_are_refused_where_they_are_wrong, lack_of_memory_is_a_status)
