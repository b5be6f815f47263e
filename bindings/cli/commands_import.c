/* SPDX-License-Identifier: Apache-2.0 */
/* Commands for records that come in as files: import, with a look at them before, and templates to fill in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands_parts.h"
#include "files_in.h"

bool add_choices(const struct session *session, struct request_text *request, const char *key, const char *path, int *refused) {
    size_t size = 0;
    char *json = path ? read_named(session, path, &size, refused) : NULL;
    if (path && !json) return false;
    char *whole = NULL;
    const ieum_status status = json ? ieum_member(json, size, "", &whole) : IEUM_OK;
    ieum_free(whole);
    if (status != IEUM_OK) {
        free(json);
        *refused = refuse_usage(session->korean, "고른 것을 적은 JSON 파일이 아닙니다", "this is no file of JSON with what was chosen", path);
        return false;
    }
    request_add_raw(request, key, json);
    free(json);
    return true;
}

struct import_words {
    const char *kind, *format, *mapping, *merge, *sheet, *by;
    bool preview;
};

static int import_file(const struct taking *taking, const struct import_words *words, const char *path) {
    const struct session *session = taking->session;
    struct request_text request;
    size_t size = 0;
    int result = 0;
    char *bytes = read_named(session, path, &size, &result), *reply = NULL, *text = NULL;
    if (!bytes) return result;
    ieum_status status = IEUM_MEMORY;
    request_begin(&request, NULL);
    request_add_text(&request, "kind", words->kind);
    request_add_raw(&request, "preview", words->preview ? "true" : NULL);
    request_add_text(&request, "sheet", words->sheet);
    request_add_text(&request, "by", words->by);
    const bool read = add_choices(session, &request, "mapping", words->mapping, &result) && add_choices(session, &request, "merge", words->merge, &result);
    text = request_end(&request);
    if (!words->preview && !words->mapping && !words->merge && !words->sheet && !words->by) status = ieum_import(session->engine, words->kind, path, bytes, size, &reply);
    else if (read && text) status = ieum_import_for(session->engine, NULL, text, strlen(text), path, bytes, size, &reply);
    if (read) result = is_file_format(words->format) ? export_reply(taking, status, reply, words->format) : show_reply(session, status, reply, words->format);
    ieum_free(reply);
    free(text);
    free(bytes);
    return result;
}

int command_import(struct taking *taking) {
    struct import_words words = {.format = take_file_format(taking, "")};
    int result = 0, files = 0;
    words.preview = take_flag(taking->arguments, "--preview");
    words.mapping = take(taking, "--mapping");
    words.merge = take(taking, "--merge");
    words.sheet = take(taking, "--sheet");
    words.by = take(taking, "--by");
    words.kind = take_operand(taking->arguments);
    if (!words.kind) return refuse_usage(taking->session->korean, "무엇을 가져올지 적어 주십시오", "say what to import", "suppliers|demands|outcomes");
    const char **paths = malloc((size_t)(taking->arguments->count + 1) * sizeof *paths);
    if (!paths) return ieum_status_exit(IEUM_MEMORY);
    while ((paths[files] = take_operand(taking->arguments))) files++;
    result = check_taken(taking); /* every word is understood before the first file is touched */
    if (result == 0 && files == 0) result = refuse_usage(taking->session->korean, "파일을 적어 주십시오", "name a file", words.kind);
    if (result == 0 && files > 1 && (words.preview || words.mapping || words.merge || words.sheet))
        result = refuse_usage(taking->session->korean, "미리 보거나 고를 때는 파일을 하나만 적습니다", "with --preview or choices, name one file", paths[1]);
    for (int i = 0; i < files && result == 0; i++) result = import_file(taking, &words, paths[i]);
    free(paths);
    return result;
}

int command_template(struct taking *taking) {
    const char *format = take(taking, "--format"), *kind = NULL;
    void *bytes = NULL;
    size_t size = 0;
    char *problem = NULL;
    const bool korean = taking->session->korean;
    taking->out = take(taking, "--out");
    kind = take_operand(taking->arguments);
    if (!kind) return refuse_usage(korean, "무엇의 양식인지 적어 주십시오", "say of what the template is", "suppliers|demands|outcomes|decisions");
    /* Without a format, the name of the file says it. */
    const size_t length = taking->out ? strlen(taking->out) : 0;
    if (!format) format = length > 5 && strcmp(taking->out + length - 5, ".xlsx") == 0 ? "xlsx" : "csv";
    const int wrong = check_taken(taking);
    if (wrong) return wrong;
    if (strcmp(format, "xlsx") == 0 && !taking->out && isatty(STDOUT_FILENO))
        return refuse_usage(korean, "xlsx 파일은 --out으로 적을 곳을 알려 주십시오", "say with --out where the xlsx file goes", "--out");
    const ieum_status status = ieum_template(taking->session->engine, kind, format, NULL, &bytes, &size, &problem);
    const int result = status == IEUM_OK ? write_bytes(taking, bytes, size) : show_reply(taking->session, status, problem, "table");
    ieum_free(bytes);
    ieum_free(problem);
    return result;
}
