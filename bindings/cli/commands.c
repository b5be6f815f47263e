/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "files_in.h"
#include "help.h"
#include "request_text.h"
#include "score.h"

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

/* Shows a reply in the format, or its problem on standard error. */
static int show_reply(const struct session *session, ieum_status status, const char *reply, const char *format) {
    char *text = NULL;
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

static int send_request(const struct session *session, struct request_text *request, const char *format) {
    char *json = request_end(request), *reply = NULL;
    ieum_status status = IEUM_MEMORY;
    if (json) status = ieum_call(session->engine, json, strlen(json), &reply);
    int result = show_reply(session, status, reply, format);
    ieum_free(reply);
    free(json);
    return result;
}

/* Options of a command as they are taken; the first fault is kept. */
struct taking {
    const struct session *session;
    struct arguments *arguments;
    const char *missing;      /* an option without its value */
    const char *wrong_format; /* a format that the command does not have */
};

static const char *take(struct taking *taking, const char *name) { return take_option(taking->arguments, name, &taking->missing); }

/* The format asked for, else a table on a terminal and json in a pipe. `more`: what the command has beside these two, "trec ids". */
static const char *take_format(struct taking *taking, const char *more) {
    const char *format = take(taking, "--format");
    if (!format) return isatty(STDOUT_FILENO) ? "table" : "json";
    bool known = strcmp(format, "json") == 0 || strcmp(format, "table") == 0 ||
                 ((strcmp(format, "trec") == 0 || strcmp(format, "ids") == 0) && strstr(more, format));
    if (!known) taking->wrong_format = format;
    return format;
}

/* 0 when every word was taken, else 2 and a message. */
static int check_taken(const struct taking *taking) {
    bool korean = taking->session->korean;
    if (taking->missing) return refuse_usage(korean, "값이 빠졌습니다", "a value is missing after", taking->missing);
    if (taking->wrong_format) return refuse_usage(korean, "쓸 수 없는 출력 형식입니다", "no such format here", taking->wrong_format);
    const char *word = left_over(taking->arguments);
    return word ? refuse_usage(korean, "알 수 없는 말입니다", "not understood", word) : 0;
}

static int finish(struct taking *taking, struct request_text *request, const char *format) {
    int wrong = check_taken(taking);
    if (!wrong) return send_request(taking->session, request, format);
    free(request->bytes);
    return wrong;
}

/* Numbers separated by commas, as a JSON array owned by the caller; NULL when one is none (or memory fails). */
static char *number_array(const char *words) {
    char *array = malloc(strlen(words) + 3), *end;
    if (!array) return NULL;
    for (const char *at = words;; at = end + 1) {
        strtod(at, &end);
        if (end == at || strspn(at, "0123456789.eE+-") < (size_t)(end - at) || (*end && *end != ',')) {
            free(array);
            return NULL;
        }
        if (!*end) break;
    }
    sprintf(array, "[%s]", words);
    return array;
}

/* ---- commands ---- */

static int command_check(struct taking *taking) {
    struct request_text request;
    const char *demand = take(taking, "--demand"), *format = take_format(taking, "ids");
    request_begin(&request, "check");
    request_add_text(&request, "program", take(taking, "--program"));
    request_add_text(&request, "demand", demand);
    request_add_raw(&request, "all", demand ? NULL : "true");
    return finish(taking, &request, format);
}

/* The value of -k, which goes into the request as it is. False when it is no number. */
static bool take_k(struct taking *taking, const char **k) {
    *k = take(taking, "-k");
    return !*k || (**k && !(*k)[strspn(*k, "0123456789")] && !((*k)[0] == '0' && (*k)[1]));
}

static int refuse_k(const struct taking *taking, const char *k) {
    return refuse_usage(taking->session->korean, "-k에는 수를 적습니다", "-k takes a number", k);
}

static int command_suggest(struct taking *taking) {
    struct request_text request;
    const char *format = take_format(taking, "trec ids"), *k;
    if (!take_k(taking, &k)) return refuse_k(taking, k);
    request_begin(&request, "suggest");
    request_add_text(&request, "program", take(taking, "--program"));
    request_add_text(&request, "demand", take(taking, "--demand"));
    request_add_text(&request, "need", take(taking, "--need"));
    request_add_text(&request, "supplier", take(taking, "--supplier"));
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

static int command_cases(struct taking *taking) {
    struct request_text request;
    const char *format = take_format(taking, "ids"), *k;
    if (!take_k(taking, &k)) return refuse_k(taking, k);
    request_begin(&request, "cases");
    request_add_text(&request, "program", take(taking, "--program"));
    request_add_text(&request, "demand", take(taking, "--demand"));
    request_add_text(&request, "need", take(taking, "--need"));
    request_add_raw(&request, "k", k);
    return finish(taking, &request, format);
}

static int command_find(struct taking *taking) {
    struct request_text request;
    const char *format = take_format(taking, "ids"), *k;
    if (!take_k(taking, &k)) return refuse_k(taking, k);
    request_begin(&request, "find");
    request_add_raw(&request, "k", k);
    request_add_text(&request, "word", take_operand(taking->arguments));
    return finish(taking, &request, format);
}

static int command_round(struct taking *taking) {
    struct request_text request;
    const char *format = take_format(taking, "ids");
    request_begin(&request, "round");
    request_add_text(&request, "program", take(taking, "--program"));
    request_add_text(&request, "round", take(taking, "--id"));
    request_add_text(&request, "by", take(taking, "--by"));
    request_add_text(&request, "reason", take(taking, "--reason"));
    request_add_text(&request, "criteria", take(taking, "--criteria"));
    request_add_text(&request, "model", take(taking, "--model"));
    request_add_text(&request, "step", take_operand(taking->arguments));
    return finish(taking, &request, format);
}

static int command_program(struct taking *taking) {
    struct request_text request;
    const char *format = take_format(taking, "ids"), *action = take_operand(taking->arguments), *name = take_operand(taking->arguments);
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

static int command_explain_text(struct taking *taking) {
    struct request_text request;
    const char *format = take_format(taking, ""), *text = take_operand(taking->arguments);
    request_begin(&request, "explain-text");
    request_add_text(&request, "text", text);
    return finish(taking, &request, format);
}

static int command_doctor(struct taking *taking) {
    struct request_text request;
    const char *format = take_format(taking, "");
    request_begin(&request, "doctor");
    return finish(taking, &request, format);
}

static int command_backup(struct taking *taking) {
    struct request_text request;
    const char *format = take_format(taking, "");
    request_begin(&request, "backup");
    request_add_raw(&request, "replace", take_flag(taking->arguments, "--replace") ? "true" : NULL);
    request_add_text(&request, "path", take_operand(taking->arguments));
    return finish(taking, &request, format);
}

static int command_restore(struct taking *taking) {
    struct request_text request;
    const char *format = take_format(taking, "");
    request_begin(&request, "restore");
    request_add_text(&request, "by", take(taking, "--by"));
    request_add_text(&request, "path", take_operand(taking->arguments));
    return finish(taking, &request, format);
}

/* A file named on the command line, owned by the caller (free). NULL: what is wrong was told, *status is the exit status. */
static char *read_named(const struct session *session, const char *path, size_t *size, int *status) {
    char *bytes = read_whole(path, size);
    *status = ieum_status_exit(bytes ? IEUM_OK : errno == ENOENT ? IEUM_NOT_FOUND : IEUM_INVALID);
    if (!bytes)
        fprintf(stderr, session->korean ? "ieum: 파일 '%s'을(를) 읽을 수 없습니다 (%s).\n" : "ieum: the file '%s' cannot be read (%s).\n", path, strerror(errno));
    return bytes;
}

static int import_file(const struct session *session, const char *kind, const char *path, const char *format) {
    size_t size = 0;
    int refused;
    char *bytes = read_named(session, path, &size, &refused), *reply = NULL;
    if (!bytes) return refused;
    ieum_status status = ieum_import(session->engine, kind, path, bytes, size, &reply);
    int result = show_reply(session, status, reply, format);
    ieum_free(reply);
    free(bytes);
    return result;
}

static int command_import(struct taking *taking) {
    const char *format = take_format(taking, ""), *kind = take_operand(taking->arguments);
    int result = 0, files = 0;
    if (!kind) return refuse_usage(taking->session->korean, "무엇을 가져올지 적어 주십시오", "say what to import", "suppliers|demands|outcomes");
    const char **paths = malloc((size_t)(taking->arguments->count + 1) * sizeof *paths);
    if (!paths) return ieum_status_exit(IEUM_MEMORY);
    while ((paths[files] = take_operand(taking->arguments))) files++;
    result = check_taken(taking); /* every word is understood before the first file is touched */
    if (result == 0 && files == 0) result = refuse_usage(taking->session->korean, "파일을 적어 주십시오", "name a file", kind);
    for (int i = 0; i < files && result == 0; i++) result = import_file(taking->session, kind, paths[i], format);
    free(paths);
    return result;
}

/* Adds a text file as a member. */
static int add_file(const struct session *session, struct request_text *request, const char *key, const char *path) {
    size_t size = 0;
    int status;
    char *text = read_named(session, path, &size, &status);
    if (!text) return status;
    const size_t line = line_of_no_text(text, size);
    if (line) {
        fprintf(stderr, session->korean ? "ieum: '%s'은(는) UTF-8 글 파일이 아닙니다 (%zu행).\n" : "ieum: '%s' is not a UTF-8 text file (line %zu).\n", path, line);
        status = ieum_status_exit(IEUM_INVALID);
    } else {
        request_add_text(request, key, text);
    }
    free(text);
    return status;
}

static int add_run(const struct session *session, struct request_text *request, const char *path) {
    request_open(request, NULL, '{');
    request_add_text(request, "name", path);
    const int status = add_file(session, request, "run", path);
    request_close(request, '}');
    return status;
}

static int command_evaluate(struct taking *taking) {
    struct request_text request;
    const char *format = take_format(taking, "trec"), *baseline = take(taking, "--baseline"), *seed = take(taking, "--seed"), *measure, *run;
    bool named = false, any = false;
    if (seed && (!*seed || seed[strspn(seed, "0123456789")] || (seed[0] == '0' && seed[1])))
        return refuse_usage(taking->session->korean, "--seed에는 수를 적습니다", "--seed takes a number", seed);
    request_begin(&request, "evaluate");
    request_add_raw(&request, "per_topic", take_flag(taking->arguments, "--per-topic") ? "true" : NULL);
    request_add_raw(&request, "complete", take_flag(taking->arguments, "--complete") || take_flag(taking->arguments, "-c") ? "true" : NULL);
    request_add_raw(&request, "seed", seed);
    request_open(&request, "measures", '[');
    while ((measure = take_next(taking->arguments, "-m", &taking->missing))) request_add_item(&request, measure);
    request_close(&request, ']');
    const char *qrels = take_operand(taking->arguments);
    request_add_text(&request, "qrels_name", qrels);
    request_add_text(&request, "baseline", baseline);
    int status = qrels && !taking->missing ? add_file(taking->session, &request, "qrels", qrels) : 0;
    request_open(&request, "runs", '[');
    while (!taking->missing && status == 0 && (run = take_operand(taking->arguments))) {
        any = true;
        named = named || (baseline && strcmp(run, baseline) == 0);
        status = add_run(taking->session, &request, run);
    }
    if (status == 0 && any && baseline && !named) status = add_run(taking->session, &request, baseline);
    request_close(&request, ']');
    if (status == 0 && !taking->missing && !any)
        status = refuse_usage(taking->session->korean, "판정 파일과 실행 결과 파일을 적어 주십시오", "name a qrels file and a run", "QRELS RUN");
    if (status == 0) return finish(taking, &request, format);
    free(request.bytes);
    return status;
}

/* As svm-predict: [-b 0|1] [-q] TEST MODEL OUT. */
static int command_score(struct taking *taking) {
    const bool korean = taking->session->korean;
    const char *b = take(taking, "-b");
    struct score_choice choice = {.probabilities = b && strcmp(b, "1") == 0, .quiet = take_flag(taking->arguments, "-q")};
    choice.rows = take_operand(taking->arguments);
    choice.model = take_operand(taking->arguments);
    choice.out = take_operand(taking->arguments);
    const int wrong = check_taken(taking);
    if (wrong) return wrong;
    if (b && !choice.probabilities && strcmp(b, "0") != 0) return refuse_usage(korean, "-b에는 0이나 1을 적습니다", "-b takes 0 or 1", b);
    if (!choice.out) return refuse_usage(korean, "행 파일, 모델 파일, 결과 파일을 차례로 적어 주십시오", "name the files of rows, model and output", "score");
    return score_files(taking->session, &choice);
}

static int command_call(struct taking *taking) {
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

static ieum_engine *training_engine;
static void stop_training(int signal_number) {
    (void)signal_number;
    ieum_cancel(training_engine);
}

/* An interrupt ends the training with a message; a second one the program. */
static int send_training(struct taking *taking, struct request_text *request, const char *format) {
    struct sigaction action = {.sa_handler = stop_training, .sa_flags = (int)SA_RESETHAND}, before;
    training_engine = taking->session->engine;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &before);
    int result = finish(taking, request, format);
    sigaction(SIGINT, &before, NULL);
    return result;
}

static int command_train(struct taking *taking) {
    static const char *const texts[][2] = {{"--kind", "kind"}, {"--program", "program"}, {"--data", "data"}, {"--qrels", "qrels"}, {"--out", "out"},
                                           {"--name", "name"}, {"--criteria", "criteria"}, {"--split", "split"}, {"--about-ko", "about_ko"},
                                           {"--about-en", "about_en"}};
    static const char *const numbers[][2] = {{"--seed", "seed"}, {"--folds", "folds"}, {"--inner-folds", "inner_folds"}, {"--knots", "knots"},
                                             {"--time-limit", "time_s"}, {"--memory-limit", "memory_mib"}};
    static const char *const grids[][2] = {{"--costs", "costs"}, {"--widths", "widths"}};
    struct request_text request;
    const char *format = take_format(taking, "");
    request_begin(&request, "train");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) request_add_text(&request, texts[i][1], take(taking, texts[i][0]));
    request_add_list(&request, "monotone", take(taking, "--monotone"));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers + sizeof grids / sizeof *grids; i++) {
        const bool list = i >= sizeof numbers / sizeof *numbers;
        const char *const *pair = list ? grids[i - sizeof numbers / sizeof *numbers] : numbers[i];
        const char *words = take(taking, pair[0]);
        char *array = words ? number_array(words) : NULL;
        if (words && (!array || (!list && (strspn(words, "0123456789") != strlen(words) || (words[0] == '0' && words[1]))))) {
            free(array);
            free(request.bytes);
            return refuse_usage(taking->session->korean, list ? "수를 쉼표로 나누어 적습니다" : "수를 적습니다", list ? "numbers, separated by commas, go here" : "a number goes here", words);
        }
        request_add_raw(&request, pair[1], list ? array : words);
        free(array);
    }
    return send_training(taking, &request, format);
}

int run_command(struct session *session, const char *command, struct arguments *arguments) {
    static const struct {
        const char *name;
        int (*run)(struct taking *);
    } commands[] = {
        {"call", command_call},       {"import", command_import},   {"check", command_check},   {"suggest", command_suggest},
        {"round", command_round},     {"program", command_program}, {"doctor", command_doctor}, {"explain-text", command_explain_text},
        {"backup", command_backup},   {"restore", command_restore}, {"cases", command_cases},   {"find", command_find},
        {"evaluate", command_evaluate}, {"train", command_train},     {"score", command_score},
    };
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(commands[i].name, command) != 0) continue;
        return commands[i].run(&(struct taking){session, arguments, NULL, NULL});
    }
    return refuse_usage(session->korean, "알 수 없는 명령입니다", "no such command", command);
}
