/* SPDX-License-Identifier: Apache-2.0 */
/* Commands of the office: records in, programs, the store, and requests as they are. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "commands_parts.h"
#include "files_in.h"

int command_program(struct taking *taking) {
    struct request_text request;
    const char *format = take_file_format(taking, "ids"), *action = take_operand(taking->arguments), *name = take_operand(taking->arguments);
    char *text = NULL;
    size_t size = 0;
    request_begin(&request, "program");
    request_add_text(&request, "action", action);
    /* A name with a dot or a slash is a file that is not in the data folder yet. */
    if (name && strpbrk(name, "./")) {
        text = read_whole(name, &size);
        if (!text || memchr(text, '\0', size)) {
            fprintf(stderr, "ieum: %s: %s\n", name, text ? "NUL" : strerror(errno));
            int status = ieum_status_exit(text || errno != ENOENT ? IEUM_INVALID : IEUM_NOT_FOUND);
            free(text);
            free(request.bytes);
            return status;
        }
        name = NULL;
    }
    request_add_text(&request, "program", name);
    request_add_text(&request, "text", text);
    int result = finish(taking, &request, format);
    free(text);
    return result;
}

int command_explain_text(struct taking *taking) {
    struct request_text request;
    const char *format = take_file_format(taking, ""), *text = take_operand(taking->arguments);
    request_begin(&request, "explain-text");
    request_add_text(&request, "text", text);
    return finish(taking, &request, format);
}

int command_doctor(struct taking *taking) {
    struct request_text request;
    const char *format = take_format(taking, "");
    request_begin(&request, "doctor");
    return finish(taking, &request, format);
}

int command_backup(struct taking *taking) {
    struct request_text request;
    const char *format = take_format(taking, "");
    request_begin(&request, "backup");
    request_add_raw(&request, "replace", take_flag(taking->arguments, "--replace") ? "true" : NULL);
    request_add_text(&request, "path", take_operand(taking->arguments));
    return finish(taking, &request, format);
}

int command_restore(struct taking *taking) {
    struct request_text request;
    const char *format = take_format(taking, "");
    request_begin(&request, "restore");
    request_add_text(&request, "by", take(taking, "--by"));
    request_add_text(&request, "path", take_operand(taking->arguments));
    return finish(taking, &request, format);
}

/* What a person chose is a file of JSON each, which goes into the request as it is. */
static bool add_choices(const struct session *session, struct request_text *request, const char *key, const char *path, int *refused) {
    size_t size = 0;
    char *json = path ? read_named(session, path, &size, refused) : NULL;
    if (path && !json) return false;
    request_add_raw(request, key, json);
    free(json);
    return true;
}

struct import_words {
    const char *kind, *format, *mapping, *merge, *sheet, *by;
    bool preview;
};

static int import_file(const struct session *session, const struct import_words *words, const char *path) {
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
    if (read) result = show_reply(session, status, reply, words->format);
    ieum_free(reply);
    free(text);
    free(bytes);
    return result;
}

int command_import(struct taking *taking) {
    struct import_words words = {.format = take_format(taking, "")};
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
    for (int i = 0; i < files && result == 0; i++) result = import_file(taking->session, &words, paths[i]);
    free(paths);
    return result;
}

int command_call(struct taking *taking) {
    int first = check_taken(taking);
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size;
    while (first != ieum_status_exit(IEUM_USAGE) && (size = getline(&line, &capacity, stdin)) >= 0) {
        char *reply = NULL;
        while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r')) size--;
        if (size == 0) continue;
        ieum_status status = ieum_call(taking->session->engine, line, (size_t)size, &reply);
        printf("%s\n", reply ? reply : "{}");
        fflush(stdout);
        ieum_free(reply);
        if (status != IEUM_OK && first == 0) first = ieum_status_exit(status);
    }
    free(line);
    return first;
}
