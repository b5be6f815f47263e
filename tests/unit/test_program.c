/* SPDX-License-Identifier: Apache-2.0 */
/* Program files: the shipped ones are read; each mistake is refused at the right place. A new mistake is a line in
 * `mistakes`. */
#include "../../engine/program/program.h"

#include <stdio.h>

#include "../../engine/base/buffer.h"
#include "test.h"

static const char base[] =
    "{\"id\":\"p\",\"version\":\"1\",\"effective\":{\"from\":\"2025-01-01\",\"to\":\"2025-12-31\"},\"title\":{\"ko\":"
    "\"가\",\"en\":\"a\"},"
    "\"sources\":[{\"id\":\"R-1\",\"seed\":\"s\",\"lines\":\"1\"}],"
    "\"sides\":{\"demand\":{\"ko\":\"수요\",\"en\":\"d\"},\"supplier\":{\"ko\":\"공급\",\"en\":\"s\"}},"
    "\"parameters\":[{\"id\":\"on\",\"value\":true,\"note\":{\"ko\":\"가\",\"en\":\"a\"},\"source\":\"Z-1\"},"
    "{\"id\":\"codes\",\"value\":[\"C20\",\"C21\"],\"note\":{\"ko\":\"가\",\"en\":\"a\"},\"source\":\"Z-2\"}],"
    "\"eligibility\":[{\"id\":\"code\",\"test\":\"prefix\",\"field\":\"/firm/"
    "ksic\",\"code\":\"ksic\",\"values\":{\"parameter\":\"codes\"},"
    "\"enabled\":{\"parameter\":\"on\"},\"reason\":{\"ko\":\"{value}\",\"en\":\"{value}\"},\"source\":\"R-1\"},"
    "{\"id\":\"name\",\"test\":\"matches\",\"field\":\"/firm/"
    "name\",\"pattern\":\"^가.*$\",\"reason\":{\"ko\":\"가\",\"en\":\"a\"},\"source\":\"R\"}],"
    "\"pair_rules\":[{\"id\":\"deployment\",\"test\":\"covers\",\"field\":\"/must/deployment\",\"supplier_field\":\"/"
    "deployment\","
    "\"reason\":{\"ko\":\"가\",\"en\":\"a\"},\"source\":\"R\"}],"
    "\"features\":[{\"id\":\"concepts\",\"kind\":\"concept_overlap\",\"title\":{\"ko\":\"가\",\"en\":\"a\"}},"
    "{\"id\":\"text\",\"kind\":\"text_match\",\"title\":{\"ko\":\"가\",\"en\":\"a\"}}],"
    "\"criteria\":[{\"id\":\"need\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"points\":60,\"fit\":true,"
    "\"features\":[{\"feature\":\"concepts\",\"weight\":0.7,\"missing\":0},{\"feature\":\"text\",\"weight\":0.3,"
    "\"missing\":0.5}],\"source\":\"R\"},"
    "{\"id\":\"rest\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"points\":40,\"fit\":false,"
    "\"features\":[{\"feature\":\"text\",\"weight\":1,\"missing\":0}],\"source\":\"R\"}],"
    "\"quota\":{\"demands\":20,\"projects\":5,\"source\":\"R\"},"
    "\"budget\":{\"total_krw\":700000000,\"cap_krw\":100000000,\"cap_scope\":\"per_project\",\"years\":{\"2025\":100000000},\"source\":\"R\"},"
    "\"calendar\":[{\"id\":\"plan\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"from\":\"2025-06\",\"to\":\"2025-06-30\","
    "\"source\":\"R\"},"
    "{\"id\":\"match\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"from\":\"2025-08\",\"to\":\"2025-08\",\"source\":\"R\"}"
    "],"
    "\"assignment\":{\"method\":\"max_sum\",\"demand\":{\"min\":0,\"max\":1},\"supplier\":{\"min\":0},\"use_capacity\":"
    "true},"
    "\"partners\":[{\"title\":{\"ko\":\"가나\",\"en\":\"ab\"},\"role\":\"research\",\"source\":\"R\"},"
    "{\"title\":{\"ko\":\"다라\",\"en\":\"cd\"},\"role\":\"district\",\"source\":\"R2\"}],"
    "\"targets\":[{\"id\":\"firms\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"value\":60,\"from\":\"2025-01\",\"to\":\"2027-12\","
    "\"counts\":\"completed\",\"years\":{\"2025\":10,\"2026\":20,\"2027\":30},\"source\":\"R3\"},"
    "{\"id\":\"rate\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"value\":40,\"to\":\"2030-12\",\"source\":\"R4\"}],"
    "\"shortlist\":3,\"consent\":{\"demand\":true,\"supplier\":true,\"days\":7,\"source\":\"R\"},"
    "\"module\":\"matching\",\"fulfilment\":[{\"id\":\"sign\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"kind\":\"agreement\",\"source\":\"R\"},"
    "{\"id\":\"trial\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"kind\":\"verification\",\"with\":[\"result\",\"note\"],\"source\":\"R\"},"
    "{\"id\":\"pay\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"kind\":\"settlement\",\"with\":[\"evidence\",\"amount\"],\"source\":\"R\"}],"
    "\"requires\":[{\"module\":\"diagnosis\",\"by\":\"expert\",\"before\":\"propose\",\"reason\":{\"ko\":\"가\",\"en\":\"a\"},\"source\":\"R\"}]}";

/* Replace `find` (which stands once in the base) by `with`; the file must be refused at `pointer`. */
static const struct mistake {
    const char *find, *with, *pointer;
} mistakes[] = {
    {"\"id\":\"p\"", "\"id\":\"P q\"", "/id"},
    {"\"version\":\"1\",", "", "/version"},
    {"\"version\":\"1\",", "\"version\":1,", "/version"},
    {"\"demand\":{\"min\":0,\"max\":1},\"supplier\":{\"min\":0},", "\"demand\":{\"min\":0,\"max\":2},\"supplier\":{\"min\":0},\"variety\":{\"max\":1,\"source\":\"R\"},", "/assignment/variety/supplier_field"},
    {"\"demand\":{\"min\":0,\"max\":1},\"supplier\":{\"min\":0},", "\"demand\":{\"min\":0,\"max\":2},\"supplier\":{\"min\":0},\"variety\":{\"supplier_field\":\"organisation\",\"max\":1,\"source\":\"R\"},", "/assignment/variety/supplier_field"},
    {"\"demand\":{\"min\":0,\"max\":1},\"supplier\":{\"min\":0},", "\"demand\":{\"min\":0,\"max\":2},\"supplier\":{\"min\":0},\"variety\":{\"supplier_field\":\"/organisation\",\"source\":\"R\"},", "/assignment/variety/max"},
    {"\"demand\":{\"min\":0,\"max\":1},\"supplier\":{\"min\":0},", "\"demand\":{\"min\":0,\"max\":2},\"supplier\":{\"min\":0},\"variety\":{\"supplier_field\":\"/organisation\",\"max\":0,\"source\":\"R\"},", "/assignment/variety/max"},
    {"\"demand\":{\"min\":0,\"max\":1},\"supplier\":{\"min\":0},", "\"demand\":{\"min\":0,\"max\":2},\"supplier\":{\"min\":0},\"variety\":{\"supplier_field\":\"/organisation\",\"max\":2,\"source\":\"R\"},", "/assignment/variety/max"},
    {"\"demand\":{\"min\":0,\"max\":1},\"supplier\":{\"min\":0},", "\"demand\":{\"min\":0,\"max\":2},\"supplier\":{\"min\":0},\"variety\":{\"supplier_field\":\"/organisation\",\"max\":1},", "/assignment/variety/source"},
    {"\"demand\":{\"min\":0,\"max\":1},\"supplier\":{\"min\":0},", "\"demand\":{\"min\":0,\"max\":2},\"supplier\":{\"min\":0},\"variety\":{\"supplier_field\":\"/organisation\",\"max\":1,\"min\":1,\"source\":\"R\"},", "/assignment/variety/min"},
    {"\"demand\":{\"min\":0,\"max\":1},\"supplier\":{\"min\":0},", "\"demand\":{\"min\":0,\"max\":2},\"supplier\":{\"min\":0},\"variety\":1,", "/assignment/variety"},
    {"\"method\":\"max_sum\",\"demand\":{\"min\":0,\"max\":1},", "\"method\":\"stable\",\"variety\":{\"supplier_field\":\"/organisation\",\"max\":1,\"source\":\"R\"},\"demand\":{\"min\":0},", "/assignment/method"},
    {"\"shortlist\":3", "\"shortlist\":0", "/shortlist"},
    {"\"shortlist\":3", "\"shortlst\":3", "/shortlst"},
    {"\"shortlist\":3", "\"tracks\":{}", "/tracks"},
    {"\"shortlist\":3", "\"tracks\":[]", "/tracks"},
    {"\"shortlist\":3", "\"tracks\":[{\"id\":\"a\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"source\":\"R\",\"quota\":-1}]", "/tracks/0/quota"},
    {"\"shortlist\":3", "\"tracks\":[{\"id\":\"a\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"source\":\"R\",\"places\":1}]", "/tracks/0/places"},
    {"\"shortlist\":3", "\"tracks\":[{\"id\":\"a\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"source\":\"R\"},{\"id\":\"a\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"source\":\"R\"}]", "/tracks/1/id"},
    {"\"shortlist\":3", "\"tracks\":[{\"id\":\"a\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"quota\":20}]", "/tracks/0/source"},
    {"\"shortlist\":3", "\"tracks\":[{\"id\":\"a\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"source\":\"R\",\"quota\":19}]", "/tracks"},
    {"\"shortlist\":3", "\"tracks\":[{\"id\":\"b\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"source\":\"R\"},{\"id\":\"a\",\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"source\":\"R\",\"quota\":21}]", "/tracks"},
    {"\"shortlist\":3", "\"pool\":[\"csp\"]", "/pool"},
    {"\"shortlist\":3", "\"pool\":{\"source\":\"R\"}", "/pool/kinds"},
    {"\"shortlist\":3", "\"pool\":{\"kinds\":\"csp\",\"source\":\"R\"}", "/pool/kinds"},
    {"\"shortlist\":3", "\"pool\":{\"kinds\":[],\"source\":\"R\"}", "/pool/kinds"},
    {"\"shortlist\":3", "\"pool\":{\"kinds\":[\"csp\",7],\"source\":\"R\"}", "/pool/kinds/1"},
    {"\"shortlist\":3", "\"pool\":{\"kinds\":[\"csp\",\"expert\",\"csp\"],\"source\":\"R\"}", "/pool/kinds/2"},
    {"\"shortlist\":3", "\"pool\":{\"kinds\":[\"csp\"]}", "/pool/source"},
    {"\"shortlist\":3", "\"pool\":{\"kinds\":[\"csp\"],\"source\":\"R\",\"kind\":\"csp\"}", "/pool/kind"},
    {"\"to\":\"2025-12-31\"", "\"to\":\"2024-12-31\"", "/effective/to"},
    {"\"to\":\"2025-12-31\"", "\"to\":\"2025-02-30\"", "/effective/to"},
    {"\"to\":\"2025-12-31\"", "\"until\":\"2025-12-31\"", "/effective/until"},
    {"\"title\":{\"ko\":\"가\",\"en\":\"a\"},\"sources\"", "\"title\":{\"ko\":\"가\"},\"sources\"", "/title/en"},
    {"\"lines\":\"1\"", "\"line\":\"1\"", "/sources/0/line"},
    {"{\"id\":\"codes\"", "{\"id\":\"on\"", "/parameters/1/id"},
    {"\"value\":true,", "", "/parameters/0/value"},
    {"{\"parameter\":\"codes\"}", "{\"parameter\":\"code\"}", "/eligibility/0/values/parameter"},
    {"{\"parameter\":\"codes\"}", "{\"parameter\":\"on\"}", "/eligibility/0/values"},
    {"[\"C20\",\"C21\"]", "[\"C20\",\"X1\"]", "/eligibility/0/values/1"},
    {"{\"parameter\":\"codes\"}", "[]", "/eligibility/0/values"},
    {"\"test\":\"prefix\"", "\"test\":\"begins\"", "/eligibility/0/test"},
    {"\"test\":\"prefix\"", "\"test\":\"unrelated\"", "/eligibility/0/test"},
    {"\"field\":\"/firm/ksic\"", "\"field\":\"firm/ksic\"", "/eligibility/0/field"},
    {"\"field\":\"/firm/ksic\",", "", "/eligibility/0/field"},
    {"\"test\":\"prefix\"", "\"number\":3,\"test\":\"prefix\"", "/eligibility/0/number"},
    {"\"ko\":\"{value}\"", "\"ko\":\"{valeu}\"", "/eligibility/0/reason/ko"},
    {"\"en\":\"{value}\"", "\"en\":\"[{value}\"", "/eligibility/0/reason/en"},
    {"{\"id\":\"name\"", "{\"id\":\"code\"", "/eligibility/1/id"},
    {"^가.*$", "^(가", "/eligibility/1/pattern"},
    {"\"supplier_field\":\"/deployment\",", "", "/pair_rules/0/supplier_field"},
    {"{\"id\":\"deployment\"", "{\"missing\":\"maybe\",\"id\":\"deployment\"", "/pair_rules/0/missing"},
    {"{\"id\":\"text\"", "{\"id\":\"concepts\"", "/features/1/id"},
    {"text_match", "text_mtch", "/features/1/kind"},
    {"{\"feature\":\"text\",\"weight\":0.3", "{\"feature\":\"texts\",\"weight\":0.3", "/criteria/0/features/1/feature"},
    {"\"weight\":0.3", "\"weight\":0.4", "/criteria/0/features"},
    {"\"missing\":0.5", "\"missing\":1.5", "/criteria/0/features/1/missing"},
    {"\"points\":40", "\"points\":41", "/criteria"},
    {"\"points\":40", "\"points\":-1", "/criteria/1/points"},
    {"{\"id\":\"rest\"", "{\"id\":\"need\"", "/criteria/1/id"},
    {"\"demands\":20", "\"demands\":-1", "/quota/demands"},
    {"\"total_krw\":700000000", "\"total_krw\":-7", "/budget/total_krw"},
    {"\"per_project\"", "\"each\"", "/budget/cap_scope"},
    {"\"from\":\"2025-08\"", "\"from\":\"2025-05\"", "/calendar/1/from"},
    {"\"to\":\"2025-08\"", "\"to\":\"2025-07\"", "/calendar/1/to"},
    {"\"to\":\"2025-08\"", "\"to\":\"2025-13\"", "/calendar/1/to"},
    {"{\"id\":\"match\"", "{\"id\":\"plan\"", "/calendar/1/id"},
    {"\"max_sum\"", "\"best\"", "/assignment/method"},
    {"{\"min\":0,\"max\":1}", "{\"min\":2,\"max\":1}", "/assignment/demand/min"},
    {"\"days\":7", "\"days\":0", "/consent/days"},
    {"\"module\":\"matching\"", "\"module\":\"match\"", "/module"},
    {"\"shortlist\":3", "\"jurisdiction\":\"seoul\",\"shortlist\":3", "/jurisdiction"}, /* read without a folder, it would have to bring its law */
    {"\"shortlist\":3", "\"jurisdiction\":7,\"shortlist\":3", "/jurisdiction"},
    {"\"shortlist\":3", "\"jurisdiction\":\"x\",\"law\":{},\"shortlist\":3", "/law/jurisdiction"},
    {"{\"parameter\":\"codes\"}", "{\"jurisdiction\":\"place_names\"}", "/eligibility/0/values/jurisdiction"},
    {"\"test\":\"prefix\",\"field\":\"/firm/ksic\",\"code\":\"ksic\",\"values\":{\"parameter\":\"codes\"}",
     "\"test\":\"belongs_to\",\"union\":\"sme_etc\",\"reference\":\"/applied\"", "/eligibility/0/union"},
    {"\"shortlist\":3", "\"funding\":{\"rules\":[]},\"shortlist\":3", "/funding/source"},
    {"\"shortlist\":3", "\"funding\":{\"source\":\"R\"},\"shortlist\":3", "/funding/rules"},
    {"\"shortlist\":3", "\"funding\":{\"rules\":[{}],\"source\":\"R\"},\"shortlist\":3", "/funding/rules/0/id"},
    {"\"shortlist\":3", "\"funding\":{\"rules\":[],\"source\":\"R\",\"most\":1},\"shortlist\":3", "/funding/most"},
    {"\"kind\":\"agreement\"", "\"kind\":\"contract\"", "/fulfilment/0/kind"},
    {"\"kind\":\"agreement\"", "\"kind\":\"use\"", "/fulfilment/0/kind"},
    {"\"kind\":\"verification\"", "\"kind\":\"agreement\"", "/fulfilment/1/kind"},
    {"\"kind\":\"verification\"", "\"kind\":\"settlement\"", "/fulfilment/1/kind"},
    {"\"id\":\"trial\"", "\"id\":\"sign\"", "/fulfilment/1/id"},
    {"\"with\":[\"result\",\"note\"]", "\"with\":[\"result\",\"price\"]", "/fulfilment/1/with/1"},
    {"\"with\":[\"result\",\"note\"]", "\"with\":[\"note\",\"note\"]", "/fulfilment/1/with/1"},
    {"\"with\":[\"result\",\"note\"]", "\"wth\":[]", "/fulfilment/1/wth"},
    {"\"module\":\"matching\",\"fulfilment\":[", "\"fulfilment\":[],\"calender\":[", "/calender"},
    {"\"by\":\"expert\"", "\"by\":\"someone\"", "/requires/0/by"},
    {"\"module\":\"diagnosis\"", "\"module\":\"consulting\"", "/requires/0/by"},
    {"\"before\":\"propose\"", "\"before\":\"publish\"", "/requires/0/before"},
    {"\"before\":\"propose\"", "\"befor\":\"propose\"", "/requires/0/befor"},
    {"{\"2025\":100000000}", "{\"2025\":700000001}", "/budget/years"},
    {"{\"2025\":100000000}", "{\"2025\":0.5}", "/budget/years/2025"},
    {"{\"2025\":100000000}", "{\"2025\":-5}", "/budget/years/2025"},
    {"{\"2025\":100000000}", "{\"25\":5}", "/budget/years/25"},
    {"{\"2025\":100000000}", "[5]", "/budget/years"},
    {"\"role\":\"research\",", "", "/partners/0/role"},
    {"\"source\":\"R2\"", "\"url\":\"R2\"", "/partners/1/url"},
    {",\"source\":\"R2\"", "", "/partners/1/source"},
    {"\"ko\":\"다라\"", "\"ko\":\"가나\"", "/partners/1/title"},
    {"\"2027\":30", "\"2027\":29", "/targets/0/years"},
    {"\"2026\":20", "\"2026\":21", "/targets/0/years"},
    {"\"2025\":10,\"2026\":20", "\"2026\":31", "/targets/0/years"},
    {"\"2027\":30", "\"2028\":30", "/targets/0/years/2028"},
    {"\"2027\":30", "\"2027\":\"30\"", "/targets/0/years/2027"},
    {"\"2027\":30", "\"year 3\":30", "/targets/0/years/year 3"},
    {"\"from\":\"2025-01\",\"to\":\"2027-12\",", "", "/targets/0/years"},
    {"\"id\":\"rate\"", "\"id\":\"firms\"", "/targets/1/id"},
    {"\"counts\":\"completed\"", "\"counts\":\"finished\"", "/targets/0/counts"},
};

static bool kind_known(const char *kind) {
    return strcmp(kind, "concept_overlap") == 0 || strcmp(kind, "text_match") == 0;
}

static char *replaced(const char *find, const char *with) {
    struct buffer text = BUFFER_EMPTY;
    const char *place = strstr(base, find);
    CHECK(place != NULL);
    CHECK(place == NULL || strstr(place + 1, find) == NULL);
    if (place != NULL) {
        buffer_add(&text, base, (size_t)(place - base));
        buffer_add_text(&text, with);
        buffer_add_text(&text, place + strlen(find));
    }
    return buffer_take(&text);
}

TEST(each_mistake_is_refused_at_its_place) {
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct problem problem = {0};
        struct program *program = NULL;
        char *text = replaced(mistakes[i].find, mistakes[i].with);
        CHECK_INT(program_read(text, strlen(text), kind_known, &program, &problem), IEUM_INVALID);
        CHECK_TEXT(problem.pointer, mistakes[i].pointer);
        CHECK(problem.ko[0] != '\0' && problem.en[0] != '\0' && strcmp(problem.ko, problem.en) != 0);
        CHECK(program == NULL);
        program_free(program);
        memory_free(text);
    }
}

TEST(a_sound_file_is_read) {
    struct problem problem = {0};
    struct program *program = NULL;
    CHECK_INT(program_read(base, strlen(base), kind_known, &program, &problem), IEUM_OK);
    if (program == NULL) {
        fprintf(stderr, "%s at %s (%s)\n", problem.en, problem.pointer, problem.value);
        return;
    }
    CHECK_INT(program->eligibility_count, 2);
    CHECK_INT(program->eligibility[0].values.count, 2);
    CHECK_TEXT(program->eligibility[0].values.items[1], "C21");
    CHECK(program->eligibility[0].missing == MISSING_CONFIRM);
    CHECK_INT(program->criteria[0].parts[1].feature, 1);
    CHECK_INT(program->budget_krw, 500000000); /* five projects of at most 100 million: below the total */
    CHECK_INT(program->partner_count, 2);
    CHECK_TEXT(program->partners[1].role, "district");
    CHECK_INT(program->supplier_quota, AMOUNT_MISSING);
    CHECK(program->supplier_bounds.most == INT64_MAX);
    CHECK_INT(strlen(program->hash), 64);
    program_free(program);
}

TEST(a_cap_in_total_is_the_budget) {
    struct problem problem = {0};
    struct program *program = NULL;
    char *text = replaced("\"per_project\"", "\"in_total\"");
    CHECK_INT(program_read(text, strlen(text), kind_known, &program, &problem), IEUM_OK);
    if (program != NULL) CHECK_INT(program->budget_krw, 100000000);
    program_free(program);
    memory_free(text);
}

TEST(a_parameter_switches_a_rule_off) {
    struct problem problem = {0};
    struct program *program = NULL;
    char *text = replaced("\"value\":true", "\"value\":false");
    CHECK_INT(program_read(text, strlen(text), kind_known, &program, &problem), IEUM_OK);
    if (program != NULL) {
        CHECK_INT(program->eligibility_count, 1);
        CHECK_TEXT(program->eligibility[0].id, "name");
    }
    program_free(program);
    memory_free(text);
}

TEST(shipped_programs_are_read) {
    struct problem problem = {0};
    struct arena *arena = arena_new();
    struct text_list ids = {0};
    char folder[512];
    snprintf(folder, sizeof folder, "%s/data/programs", test_source());
    CHECK_INT(program_list(folder, arena, &ids, &problem), IEUM_OK);
    CHECK(ids.count >= 4);
    for (size_t i = 0; i < ids.count; i++) {
        struct program *program = NULL;
        CHECK_INT(program_load(folder, ids.items[i], NULL, &program, &problem), IEUM_OK);
        CHECK(i == 0 || strcmp(ids.items[i - 1], ids.items[i]) < 0);
        if (program == NULL) {
            fprintf(stderr, "%s: %s at %s (%s)\n", ids.items[i], problem.en, problem.pointer, problem.value);
            problem_clear(&problem);
            continue;
        }
        CHECK_TEXT(program->id, ids.items[i]);
        CHECK(program->points_total > 100 - 1e-9 && program->points_total < 100 + 1e-9);
        program_free(program);
    }
    arena_free(arena);
}

TEST(seed_figures_stand_in_the_programs) {
    static const struct {
        const char *id;
        int64_t quota, suppliers, projects, budget, shortlist, most;
    } figures[] = {{"ai-manufacturing", 20, AMOUNT_MISSING, AMOUNT_MISSING, 1000000000, 3, 1},
                   {"ai-bio", 20, AMOUNT_MISSING, AMOUNT_MISSING, 1000000000, 3, 1},
                   {"ai-business-innovation-2021", 10, 30, 5, 500000000, 3, 3},
                   {"dx-consulting-2021", 5, AMOUNT_MISSING, AMOUNT_MISSING, 200000000, 3, 1}};
    char folder[512];
    snprintf(folder, sizeof folder, "%s/data/programs", test_source());
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        struct problem problem = {0};
        struct program *program = NULL;
        CHECK_INT(program_load(folder, figures[i].id, NULL, &program, &problem), IEUM_OK);
        if (program == NULL) continue;
        CHECK_INT(program->quota, figures[i].quota);
        CHECK_INT(program->supplier_quota, figures[i].suppliers);
        CHECK_INT(program->project_quota, figures[i].projects);
        CHECK_INT(program->budget_krw, figures[i].budget);
        CHECK_INT(program->shortlist, figures[i].shortlist);
        CHECK_INT(program->demand_bounds.most, figures[i].most);
        program_free(program);
    }
}

TEST(unknown_and_wrong_names_are_told_apart) {
    struct problem problem = {0};
    struct program *program = NULL;
    CHECK_INT(program_load(".", "no-such-program", NULL, &program, &problem), IEUM_NOT_FOUND);
    problem_clear(&problem);
    CHECK_INT(program_load(".", "../etc", NULL, &program, &problem), IEUM_INVALID);
    problem_clear(&problem);
    CHECK_INT(program_read("{", 1, NULL, &program, &problem), IEUM_INVALID);
    problem_clear(&problem);
    CHECK_INT(program_read("[]", 2, NULL, &program, &problem), IEUM_INVALID);
    CHECK(program == NULL);
}

/* A program of Anyang that takes something of Seoul's: its place names, its wording, its documents; and rules that its own law does not carry. */
TEST(nothing_of_another_jurisdiction_is_let_in) {
    static const struct {
        const char *find, *with, *pointer;
    } leaks[] = {
        {"{\"ko\":\"수요\"", "{\"ko\":\"서울\"", "/sides/demand/ko"},
        {"\"ko\":\"{value}\"", "\"ko\":\"서울특별시 기업만\"", "/eligibility/0/reason/ko"},
        {"\"seed\":\"s\"", "\"seed\":\"003_b33102f55d2543a4.txt\"", "/sources/0/seed"},
        {"^가.*$", "^서울특별시", "/eligibility/1/pattern"},
        {"{\"parameter\":\"codes\"}", "{\"jurisdiction\":\"no_such_value\"}", "/eligibility/0/values/jurisdiction"},
        {"\"test\":\"prefix\",\"field\":\"/firm/ksic\",\"code\":\"ksic\",\"values\":{\"parameter\":\"codes\"}",
         "\"test\":\"belongs_to\",\"union\":\"no_such_union\",\"reference\":\"/applied\"", "/eligibility/0/union"},
        {"\"shortlist\":3", "\"law\":{},\"shortlist\":3", "/law"},
    };
    char folder[512];
    snprintf(folder, sizeof folder, "%s/data/programs", test_source());
    for (size_t i = 0; i <= sizeof leaks / sizeof *leaks; i++) {
        struct problem problem = {0};
        struct program *program = NULL;
        const bool sound = i == sizeof leaks / sizeof *leaks;
        char *changed = sound ? replaced("\"version\":\"1\"", "\"version\":\"2\"") : replaced(leaks[i].find, leaks[i].with);
        struct buffer text = BUFFER_EMPTY;
        buffer_add_text(&text, "{\"jurisdiction\":\"anyang\",");
        buffer_add_text(&text, changed + 1);
        CHECK_INT(program_read_at(folder, text.bytes, text.size, kind_known, &program, &problem), sound ? IEUM_OK : IEUM_INVALID);
        CHECK_TEXT(problem.pointer, sound ? "" : leaks[i].pointer);
        if (program) { /* what is pinned is read again by itself, and is the same */
            struct program *again = NULL;
            char *pinned = NULL;
            CHECK_INT(jval_write(program->pinned, false, &pinned, &problem), IEUM_OK);
            CHECK_INT(program_read(pinned, strlen(pinned), kind_known, &again, &problem), IEUM_OK);
            if (again) CHECK_TEXT(again->hash, program->hash);
            program_free(again);
            memory_free(pinned);
        }
        program_free(program);
        buffer_free(&text);
        memory_free(changed);
    }
}

TEST(memory_may_fail_anywhere) {
    uint64_t n = 1;
    for (bool read = false; !read && n < 5000; n++) {
        struct problem problem = {0};
        struct program *program = NULL;
        memory_fail_at(n);
        ieum_status status = program_read(base, strlen(base), kind_known, &program, &problem);
        memory_fail_at(0);
        memory_clear_failed();
        read = status == IEUM_OK;
        CHECK(read || (status == IEUM_MEMORY && program == NULL));
        program_free(program);
    }
    CHECK(n > 20 && n < 5000);
}

TEST_MAIN(each_mistake_is_refused_at_its_place, a_sound_file_is_read, a_cap_in_total_is_the_budget,
          a_parameter_switches_a_rule_off, shipped_programs_are_read, seed_figures_stand_in_the_programs,
          unknown_and_wrong_names_are_told_apart, nothing_of_another_jurisdiction_is_let_in, memory_may_fail_anywhere)
