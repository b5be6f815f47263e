/* SPDX-License-Identifier: Apache-2.0 */
#include "commands_parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "files_in.h"
#include "messages.h"

enum { STANDARD_WIDTH = 100 };

int refuse_usage(bool korean, const char *ko, const char *en, const char *word) {
    fprintf(stderr, "ieum: %s: %s\n", korean ? ko : en, word ? word : "");
    fprintf(stderr, "%s", korean ? "도움말: ieum help\n" : "see: ieum help\n");
    return ieum_status_exit(IEUM_USAGE);
}

static int terminal_width(void) {
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    int width = columns ? atoi(columns) : 0;
    if (width <= 0 && isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) width = size.ws_col;
    return width > 0 ? width : STANDARD_WIDTH;
}

int show_reply(const struct session *session, ieum_status status, const char *reply, const char *format) {
    char *text = NULL;
    messages_end_progress();
    if (!reply) {
        fprintf(stderr, "%s", session->korean ? "ieum: 메모리가 부족합니다.\n" : "ieum: out of memory.\n");
        return ieum_status_exit(IEUM_MEMORY);
    }
    ieum_status shown = ieum_render(session->engine, reply, strlen(reply), status == IEUM_OK ? format : "table", terminal_width(), &text);
    if (shown != IEUM_OK) return refuse_usage(session->korean, "출력 형식을 쓸 수 없습니다", "the format cannot be used", format);
    FILE *out = status == IEUM_OK ? stdout : stderr;
    int written = fputs(text, out);
    ieum_free(text);
    if (written < 0 || fflush(out) != 0) return ieum_status_exit(IEUM_INTERNAL);
    return ieum_status_exit(status);
}

static int send_request(const struct taking *taking, struct request_text *request, const char *format) {
    const struct session *session = taking->session;
    char *json = request_end(request), *reply = NULL;
    ieum_status status = IEUM_MEMORY;
    if (json) status = ieum_call(session->engine, json, strlen(json), &reply);
    int result = is_file_format(format) ? export_reply(taking, status, reply, format) : show_reply(session, status, reply, format);
    ieum_free(reply);
    free(json);
    return result;
}

const char *take(struct taking *taking, const char *name) { return take_option(taking->arguments, name, &taking->missing); }

const char *take_format(struct taking *taking, const char *more) {
    const char *format = take(taking, "--format");
    if (!format) return isatty(STDOUT_FILENO) ? "table" : "json";
    bool known = strcmp(format, "json") == 0 || strcmp(format, "table") == 0 ||
                 ((strcmp(format, "trec") == 0 || strcmp(format, "ids") == 0 || strcmp(format, "svg") == 0) && strstr(more, format));
    if (!known) taking->wrong_format = format;
    return format;
}

int check_taken(const struct taking *taking) {
    bool korean = taking->session->korean;
    if (taking->missing) return refuse_usage(korean, "값이 빠졌습니다", "a value is missing after", taking->missing);
    if (taking->wrong_format) return refuse_usage(korean, "쓸 수 없는 출력 형식입니다", "no such format here", taking->wrong_format);
    const char *word = left_over(taking->arguments);
    return word ? refuse_usage(korean, "알 수 없는 말입니다", "not understood", word) : 0;
}

int finish(struct taking *taking, struct request_text *request, const char *format) {
    int wrong = check_taken(taking);
    if (!wrong) return send_request(taking, request, format);
    free(request->bytes);
    return wrong;
}

int finish_with_number(struct taking *taking, struct request_text *request, const char *member, const char *word, const char *format) {
    if (word && !is_whole_number(word)) {
        free(request->bytes);
        return refuse_usage(taking->session->korean, "수를 적습니다", "a number goes here", word);
    }
    request_add_raw(request, member, word);
    return finish(taking, request, format);
}

char *read_named(const struct session *session, const char *path, size_t *size, int *status) {
    char *bytes = read_whole(path, size);
    *status = ieum_status_exit(bytes ? IEUM_OK : errno == ENOENT ? IEUM_NOT_FOUND : IEUM_INVALID);
    if (!bytes)
        fprintf(stderr, session->korean ? "ieum: 파일 '%s'을(를) 읽을 수 없습니다 (%s).\n" : "ieum: the file '%s' cannot be read (%s).\n", path, strerror(errno));
    return bytes;
}

int run_command(struct session *session, const char *command, struct arguments *arguments) {
    static const struct {
        const char *name;
        int (*run)(struct taking *);
    } commands[] = {
        {"call", command_call},       {"import", command_import},   {"check", command_check},   {"suggest", command_suggest},
        {"select", command_select},   {"round", command_round},     {"audit", command_audit},
        {"program", command_program}, {"doctor", command_doctor}, {"explain-text", command_explain_text},
        {"backup", command_backup},   {"restore", command_restore}, {"cases", command_cases},   {"find", command_find},
        {"evaluate", command_evaluate}, {"train", command_train},     {"score", command_score},   {"model", command_model},
        {"shadow", command_shadow},   {"template", command_template},   {"serve", command_serve},
        {"diagnose", command_diagnose}, {"report", command_report},
        {"account", command_account},   {"access", command_access},   {"generate", command_generate},
        {"export", command_export},
    };
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(commands[i].name, command) != 0) continue;
        return commands[i].run(&(struct taking){.session = session, .arguments = arguments});
    }
    return refuse_usage(session->korean, "알 수 없는 명령입니다", "no such command", command);
}
