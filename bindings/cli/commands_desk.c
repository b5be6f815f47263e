/* SPDX-License-Identifier: Apache-2.0 */
/* Commands of the desk, and selection. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands_parts.h"
#include "files_in.h"

/* The value of -k, which goes into the request as it is. False when it is no number. */
static bool take_k(struct taking *taking, const char **k) {
    *k = take(taking, "-k");
    return !*k || (**k && !(*k)[strspn(*k, "0123456789")] && !((*k)[0] == '0' && (*k)[1]));
}

static int refuse_k(const struct taking *taking, const char *k) {
    return refuse_usage(taking->session->korean, "-k에는 수를 적습니다", "-k takes a number", k);
}

int command_check(struct taking *taking) {
    struct request_text request;
    const char *demand = take(taking, "--demand"), *format = take_file_format(taking, "ids");
    request_begin(&request, "check");
    request_add_text(&request, "program", take(taking, "--program"));
    request_add_text(&request, "demand", demand);
    request_add_raw(&request, "all", demand ? NULL : "true");
    return finish(taking, &request, format);
}

int command_suggest(struct taking *taking) {
    struct request_text request;
    const char *format = take_file_format(taking, "trec ids"), *k;
    if (!take_k(taking, &k)) return refuse_k(taking, k);
    request_begin(&request, "suggest");
    request_add_text(&request, "program", take(taking, "--program"));
    request_add_text(&request, "demand", take(taking, "--demand"));
    request_add_text(&request, "need", take(taking, "--need"));
    request_add_text(&request, "supplier", take(taking, "--supplier"));
    request_add_text(&request, "place", take(taking, "--place"));
    request_add_raw(&request, "all", take_flag(taking->arguments, "--all") ? "true" : NULL);
    request_add_list(&request, "answers", take(taking, "--answers"));
    request_add_raw(&request, "questions", take_flag(taking->arguments, "--questions") ? "true" : NULL);
    request_add_raw(&request, "k", k);
    request_add_text(&request, "model", take(taking, "--model"));
    request_add_text(&request, "criteria", take(taking, "--criteria"));
    request_add_raw(&request, "rules", take_flag(taking->arguments, "--no-rules") ? "false" : NULL);
    request_add_raw(&request, "log", take_flag(taking->arguments, "--log") ? "true" : NULL);
    request_add_text(&request, "detail", strcmp(format, "trec") == 0 ? "scores" : NULL); /* a run file has no room for reasons */
    return finish(taking, &request, format);
}

/* A file of JSON as a member; it goes into the request as it is, so that the engine's refusals name its lines. */
static int add_json_file(const struct session *session, struct request_text *request, const char *key, const char *path) {
    size_t size = 0;
    int status = 0;
    char *json = read_named(session, path, &size, &status);
    if (!json) return status;
    const size_t line = line_of_no_text(json, size);
    status = 0;
    if (line || json[strspn(json, " \t\r\n")] == '\0') {
        fprintf(stderr, session->korean ? "ieum: '%s'은(는) UTF-8 JSON 파일이 아닙니다 (%zu행).\n" : "ieum: '%s' is not a JSON file in UTF-8 (line %zu).\n", path, line ? line : 1);
        status = ieum_status_exit(IEUM_INVALID);
    } else {
        request_add_raw(request, key, json);
    }
    free(json);
    return status;
}

int command_select(struct taking *taking) {
    struct request_text request;
    const char *format = take_file_format(taking, ""), *marks = take(taking, "--marks"), *awards = take(taking, "--awards");
    request_begin(&request, "select");
    request_add_text(&request, "program", take(taking, "--program"));
    request_add_text(&request, "stage", take(taking, "--stage"));
    request_add_list(&request, "among", take(taking, "--among"));
    int status = check_taken(taking);
    if (status == 0 && marks) status = add_json_file(taking->session, &request, "marks", marks);
    if (status == 0 && awards) status = add_json_file(taking->session, &request, "awards", awards);
    if (status == 0) return finish(taking, &request, format);
    free(request.bytes);
    return status;
}

int command_cases(struct taking *taking) {
    struct request_text request;
    const char *format = take_file_format(taking, "ids"), *k;
    if (!take_k(taking, &k)) return refuse_k(taking, k);
    request_begin(&request, "cases");
    request_add_text(&request, "program", take(taking, "--program"));
    request_add_text(&request, "demand", take(taking, "--demand"));
    request_add_text(&request, "need", take(taking, "--need"));
    request_add_raw(&request, "k", k);
    return finish(taking, &request, format);
}

int command_find(struct taking *taking) {
    struct request_text request;
    const char *format = take_file_format(taking, "ids"), *k;
    if (!take_k(taking, &k)) return refuse_k(taking, k);
    request_begin(&request, "find");
    request_add_raw(&request, "k", k);
    request_add_text(&request, "word", take_operand(taking->arguments));
    return finish(taking, &request, format);
}

int command_diagnose(struct taking *taking) {
    static const char *const members[] = {"answers", "ethics", "firm"}, *const options[] = {"--answers", "--ethics", "--firm"};
    struct request_text request;
    const char *format = take_format(taking, ""), *paths[3];
    for (size_t i = 0; i < 3; i++) paths[i] = take(taking, options[i]);
    request_begin(&request, "diagnose");
    request_add_raw(&request, "questionnaire", take_flag(taking->arguments, "--questionnaire") ? "true" : NULL);
    request_add_text(&request, "demand", take(taking, "--demand"));
    request_add_text(&request, "program", take(taking, "--program"));
    request_add_list(&request, "need", take(taking, "--need"));
    int status = check_taken(taking);
    for (size_t i = 0; i < 3 && status == 0; i++)
        if (paths[i]) status = add_json_file(taking->session, &request, members[i], paths[i]);
    if (status == 0) return finish(taking, &request, format);
    free(request.bytes);
    return status;
}
