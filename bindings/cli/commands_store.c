/* SPDX-License-Identifier: Apache-2.0 */
/* Commands of the office: records in, programs, the store, and requests as they are. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "commands_parts.h"
#include "files_in.h"
#include "messages.h"

int command_program(struct taking *taking) {
    struct request_text request;
    const char *format = take_file_format(taking, "ids"), *action = take_operand(taking->arguments), *name = take_operand(taking->arguments);
    const char *file = NULL;
    char *text = NULL;
    size_t size = 0;
    request_begin(&request, "program");
    request_add_text(&request, "action", action);
    if (action && strcmp(action, "new") == 0) { /* a file to begin with, as text */
        request_add_text(&request, "program", name);
        request_add_text(&request, "from", take(taking, "--from"));
        return finish(taking, &request, "table");
    }
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
        file = strrchr(name, '/') ? strrchr(name, '/') + 1 : name;
        name = NULL;
    }
    request_add_text(&request, "program", name);
    request_add_text(&request, "text", text);
    request_add_text(&request, "name", file);
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

int command_generate(struct taking *taking) {
    static const char *const texts[][2] = {{"--profile", "profile"}, {"--program", "program"}, {"--out", "out"}};
    static const char *const numbers[][2] = {{"--seed", "seed"}, {"--demands", "demands"}, {"--suppliers", "suppliers"}};
    struct request_text request;
    const char *format = take_format(taking, "");
    request_begin(&request, "generate");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) request_add_text(&request, texts[i][1], take(taking, texts[i][0]));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const char *word = take(taking, numbers[i][0]);
        if (word && !is_whole_number(word)) return finish_with_number(taking, &request, numbers[i][1], word, format);
        request_add_raw(&request, numbers[i][1], word);
    }
    return finish(taking, &request, format);
}

int command_export(struct taking *taking) {
    struct request_text request;
    const char *format = take_format(taking, "");
    request_begin(&request, "export");
    request_add_text(&request, "program", take(taking, "--program"));
    request_add_text(&request, "out", take(taking, "--out"));
    return finish(taking, &request, format);
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
        messages_end_progress();
        printf("%s\n", reply ? reply : "{}");
        fflush(stdout);
        ieum_free(reply);
        if (status != IEUM_OK && first == 0) first = ieum_status_exit(status);
    }
    free(line);
    return first;
}
