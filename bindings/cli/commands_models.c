/* SPDX-License-Identifier: Apache-2.0 */
/* Commands about models: learning, measuring, scoring rows, and model files. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands_parts.h"
#include "files_in.h"
#include "score.h"

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

int command_evaluate(struct taking *taking) {
    struct request_text request;
    const char *format = take_file_format(taking, "trec"), *baseline = take(taking, "--baseline"), *seed = take(taking, "--seed"), *measure, *run;
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
int command_score(struct taking *taking) {
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

int command_train(struct taking *taking) {
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

/* "name=0.5,other=1" as an object of numbers. False when one is none. */
static bool add_means(struct request_text *request, const char *words) {
    if (!words) return true;
    request_open(request, "means", '{');
    for (const char *at = words;; at++) {
        const char *equals = strchr(at, '='), *end = at + strcspn(at, ",");
        char name[300], number[32], *stop;
        if (!equals || equals == at || equals > end || (size_t)(equals - at) >= sizeof name || end == equals + 1 || (size_t)(end - equals) > sizeof number) return false;
        snprintf(name, sizeof name, "%.*s", (int)(equals - at), at);
        snprintf(number, sizeof number, "%.*s", (int)(end - equals - 1), equals + 1);
        const double value = strtod(number, &stop);
        if (*stop || strspn(number, "0123456789.eE+-") != strlen(number)) return false;
        snprintf(number, sizeof number, "%.17g", value); /* ".5" is none in JSON */
        request_add_raw(request, name, number);
        if (!*end) break;
        at = end;
    }
    request_close(request, '}');
    return true;
}

int command_model(struct taking *taking) {
    static const char *const texts[][2] = {{"--program", "program"}, {"--data", "data"}, {"--qrels", "qrels"}, {"--out", "out"}, {"--name", "name"},
                                           {"--criteria", "criteria"}, {"--about-ko", "about_ko"}, {"--about-en", "about_en"}};
    struct request_text request;
    const char *format = take_format(taking, "ids"), *means = take(taking, "--means");
    request_begin(&request, "model");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) request_add_text(&request, texts[i][1], take(taking, texts[i][0]));
    request_add_list(&request, "features", take(taking, "--features"));
    request_add_raw(&request, "plain", take_flag(taking->arguments, "--plain") ? "true" : NULL);
    const char *action = take_operand(taking->arguments);
    request_add_text(&request, "action", action);
    if (action && strcmp(action, "import") == 0) request_add_text(&request, "from", take_operand(taking->arguments));
    if (action && (strcmp(action, "show") == 0 || strcmp(action, "export") == 0)) request_add_text(&request, "model", take_operand(taking->arguments));
    if (action && strcmp(action, "export") == 0) request_add_text(&request, "out", take_operand(taking->arguments));
    if (!action || !add_means(&request, means)) {
        free(request.bytes);
        return action ? refuse_usage(taking->session->korean, "--means에는 이름=수를 쉼표로 나누어 적습니다", "--means takes name=number, separated by commas", means)
                      : refuse_usage(taking->session->korean, "무엇을 할지 적어 주십시오", "say what to do", "list|show|import|export|rows");
    }
    return finish(taking, &request, format);
}
