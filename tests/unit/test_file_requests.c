/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files' bytes through ieum.h: a shadow round of three files is that of the same records inline, for the operator and for callers within their roles; imports that
 * are only looked at; templates.
 */
#include <dirent.h>

#include "engine_samples.h"

static const char suppliers[] = "{\"id\":\"S1\",\"name\":\"첫째(가상)\",\"summary\":\"비전검사로 외관검사를 자동화\",\"deployment\":[\"on-premise\"]}\n"
                                "{\"id\":\"S2\",\"name\":\"둘째(가상)\",\"summary\":\"설비 예지보전\",\"deployment\":[\"on-premise\"]}\n";
static const char decisions[] = "{\"demand\":\"D1\",\"supplier\":\"S2\",\"reason\":\"가까움\"}\n";
#define SHADOW_OF "\"program\":\"small\""

static ieum_engine *open_engine(const char *access) {
    ieum_options options = small_options(NULL);
    ieum_engine *engine = NULL;
    options.access_path = access;
    must(ieum_open(&options, &engine, NULL) == IEUM_OK, "ieum_open");
    return engine;
}

static void files_of(ieum_file files[IEUM_SHADOW_FILES]) {
    files[0] = (ieum_file){"pool.jsonl", suppliers, sizeof suppliers - 1};
    files[1] = (ieum_file){"applications.jsonl", SMALL_DEMAND, strlen(SMALL_DEMAND)};
    files[2] = (ieum_file){"decided.jsonl", decisions, sizeof decisions - 1};
}

static jval *shadow(ieum_engine *engine, const ieum_caller *caller, const char *request, const ieum_file *files, ieum_status expected) {
    char *reply = NULL;
    CHECK_INT(ieum_shadow_for(engine, caller, request, strlen(request), files, &reply), expected);
    jval *json = reply_json(reply);
    ieum_free(reply);
    return json;
}

TEST(a_shadow_round_of_files_is_that_of_the_records) {
    ieum_file files[IEUM_SHADOW_FILES];
    ieum_engine *engine = open_engine(NULL);
    files_of(files);
    jval *of_files = shadow(engine, NULL, "{" SHADOW_OF "}", files, IEUM_OK);
    jval *inlined = ask(engine,
                        "{\"op\":\"shadow\"," SHADOW_OF ",\"suppliers\":[{\"id\":\"S1\",\"name\":\"첫째(가상)\",\"summary\":\"비전검사로 외관검사를 자동화\",\"deployment\":[\"on-premise\"]},"
                        "{\"id\":\"S2\",\"name\":\"둘째(가상)\",\"summary\":\"설비 예지보전\",\"deployment\":[\"on-premise\"]}],\"demands\":[" SMALL_DEMAND "],"
                        "\"decisions\":[{\"demand\":\"D1\",\"supplier\":\"S2\",\"reason\":\"가까움\"}]}",
                        IEUM_OK);
    const jval *one = jval_get(jval_get(of_files, "result"), "decisions"), *other = jval_get(jval_get(inlined, "result"), "decisions");
    CHECK_INT(jval_count(one), 1);
    CHECK_INT(jval_integer(jval_get(jval_at(one, 0), "line")), 1); /* of the file; a list has none */
    CHECK_INT(jval_integer(jval_get(jval_at(one, 0), "rank")), 2);
    CHECK(jval_equal(jval_get(jval_at(one, 0), "score"), jval_get(jval_at(other, 0), "score")));
    CHECK(jval_equal(jval_get(jval_get(of_files, "result"), "comparison"), jval_get(jval_get(inlined, "result"), "comparison")));
    CHECK(jval_equal(jval_get(jval_get(of_files, "result"), "data_hash"), jval_get(jval_get(inlined, "result"), "data_hash")));
    jval_free(of_files);
    jval_free(inlined);
    /* A part may stand in the request, not in both places, and none may be missing. */
    files[2].bytes = NULL;
    jval_free(shadow(engine, NULL, "{" SHADOW_OF ",\"decisions\":[{\"demand\":\"D1\",\"supplier\":\"S2\"}]}", files, IEUM_OK));
    jval *missing = shadow(engine, NULL, "{" SHADOW_OF "}", files, IEUM_INVALID);
    CHECK_TEXT(jval_text(jval_get(jval_get(missing, "problem"), "pointer")), "/decisions_path");
    jval_free(missing);
    jval_free(shadow(engine, NULL, "{" SHADOW_OF ",\"suppliers\":[],\"decisions\":[]}", files, IEUM_INVALID));
    files_of(files);
    files[2] = (ieum_file){"decided.jsonl", "{\"demand\":\"D1\"}", 15};
    jval *wrong = shadow(engine, NULL, "{" SHADOW_OF "}", files, IEUM_INVALID);
    CHECK_TEXT(jval_text(jval_get(jval_get(wrong, "problem"), "source")), "decided.jsonl");
    jval_free(wrong);
    files[2] = (ieum_file){"decided.jsonl", "", 0};
    jval *nothing = shadow(engine, NULL, "{" SHADOW_OF "}", files, IEUM_OK); /* an empty file is a file */
    CHECK_INT(jval_count(jval_get(jval_get(nothing, "result"), "decisions")), 0);
    jval_free(nothing);
    ieum_close(engine);
}

TEST(callers_within_their_roles) {
    static const struct {
        const char *role;
        ieum_status expected;
    } roles[] = {{"viewer", IEUM_FORBIDDEN}, {"desk", IEUM_FORBIDDEN}, {"manager", IEUM_OK}, {"researcher", IEUM_OK}, {"nobody", IEUM_FORBIDDEN}};
    ieum_file files[IEUM_SHADOW_FILES];
    size_t lines = 0;
    files_of(files);
    ieum_engine *engine = open_engine(sample_path("shadow-access"));
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        const ieum_caller caller = {.size = sizeof caller, .account = "kim", .role = roles[i].role, .origin = "127.0.0.1"};
        jval_free(shadow(engine, &caller, "{" SHADOW_OF "}", files, roles[i].expected));
    }
    const ieum_caller caller = {.size = sizeof caller, .account = "kim", .role = "manager", .origin = "127.0.0.1"};
    files[0].bytes = NULL;
    jval_free(shadow(engine, &caller, "{" SHADOW_OF ",\"suppliers_path\":\"/etc/passwd\"}", files, IEUM_FORBIDDEN));
    ieum_close(engine);
    /* Who was let in or turned away stands in the log, with whose data it was. */
    DIR *folder = opendir(sample_path("shadow-access"));
    must(folder != NULL, "the access log");
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[512], line[4096];
        snprintf(path, sizeof path, "%s/%s", sample_path("shadow-access"), entry->d_name);
        FILE *log = *entry->d_name == '.' ? NULL : fopen(path, "r");
        while (log && fgets(line, sizeof line, log)) {
            const bool allowed = strstr(line, "\"ok\"") != NULL;
            CHECK(strstr(line, "\"op\":\"shadow\"") != NULL);
            CHECK(allowed == (strstr(line, "\"supplier/S2\"") != NULL));
            lines++;
        }
        if (log) fclose(log);
        unlink(path);
    }
    closedir(folder);
    rmdir(sample_path("shadow-access"));
    CHECK_INT(lines, sizeof roles / sizeof *roles + 1);
}

TEST(templates) {
    ieum_engine *engine = open_engine(NULL);
    static const char *const wrong[][3] = {{"rounds", "csv", NULL}, {"suppliers", "xls", NULL}, {"suppliers", "csv", "fr"}, {"", "", ""}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        void *bytes = engine;
        size_t size = 1;
        char *problem = NULL;
        CHECK_INT(ieum_template(engine, wrong[i][0], wrong[i][1], wrong[i][2], &bytes, &size, &problem), IEUM_INVALID);
        CHECK(bytes == NULL && size == 0);
        jval *json = reply_json(problem);
        check_problem(json, "invalid");
        jval_free(json);
        ieum_free(problem);
    }
    ieum_close(engine);
}

TEST_MAIN(small_data_make, a_shadow_round_of_files_is_that_of_the_records, callers_within_their_roles, templates, small_data_remove)
