/* SPDX-License-Identifier: Apache-2.0 */
/* Commands of match rounds: words after the step become members of the request. */
#include <stdlib.h>
#include <string.h>

#include "commands_parts.h"

/* What stands after a step: which member each word is. "pair" is demand and supplier; "file" a JSON file that becomes the member named behind it. */
static const struct {
    const char *step, *words[3];
} steps[] = {
    {"lock", {"demand", "supplier"}},   {"veto", {"demand", "supplier"}},  {"recuse", {"demand", "supplier"}},
    {"lift", {"demand", "supplier"}},   {"third", {"demand", "supplier"}}, {"consent", {"demand", "supplier", "answer"}},
    {"extend", {"demand", "supplier"}}, {"agree", {"demand", "supplier"}}, {"done", {"demand", "supplier"}},
    {"settle", {"demand", "supplier"}}, {"fulfil", {"demand", "supplier", "stage"}}, {"waive", {"demand", "rule"}}, {"object", {"demand"}},            {"admit", {"demand"}},            {"answer", {"number"}},
    {"why", {"demand", "supplier"}},    {"attach", {"file:record"}},       {"what-if", {"file:changes"}},
};

bool is_whole_number(const char *word) { return *word && !word[strspn(word, "0123456789")] && !(word[0] == '0' && word[1]); }

/* Reads a JSON file into a member. False: what is wrong was told, *status is the exit status. */
static bool add_file(struct taking *taking, struct request_text *request, const char *member, const char *path, int *status) {
    size_t size = 0;
    char *text = path ? read_named(taking->session, path, &size, status) : NULL;
    if (path && !text) return false;
    if (text && strlen(text) != size) {
        *status = refuse_usage(taking->session->korean, "JSON 파일이 아닙니다", "this is no JSON file", path);
        free(text);
        return false;
    }
    request_add_raw(request, member, text);
    free(text);
    return true;
}

static bool add_words(struct taking *taking, struct request_text *request, const char *step, int *status) {
    for (size_t i = 0; step && i < sizeof steps / sizeof *steps; i++) {
        if (strcmp(steps[i].step, step) != 0) continue;
        for (size_t w = 0; w < 3 && steps[i].words[w]; w++) {
            const char *member = steps[i].words[w], *word = take_operand(taking->arguments);
            if (!word) break; /* the engine says what is missing */
            if (strncmp(member, "file:", 5) == 0) {
                if (!add_file(taking, request, member + 5, word, status)) return false;
            } else if (strcmp(member, "number") == 0 && is_whole_number(word)) {
                request_add_raw(request, member, word);
            } else {
                request_add_text(request, member, word);
            }
        }
    }
    return true;
}

static bool add_numbers(struct taking *taking, struct request_text *request, int *status) {
    static const char *const options[][2] = {{"--revision", "revision"}, {"--seed", "seed"}, {"--q", "q"}, {"--grade", "grade"}, {"--amount", "amount_krw"}};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        const char *word = take(taking, options[i][0]);
        char *end = NULL;
        if (word && (strtod(word, &end) < 0 || *end || end == word || strspn(word, "0123456789.") != strlen(word) || *word == '.')) {
            *status = refuse_usage(taking->session->korean, "수를 적습니다", "a number goes here", word);
            return false;
        }
        request_add_raw(request, options[i][1], word);
    }
    return true;
}

int command_round(struct taking *taking) {
    static const char *const texts[][2] = {{"--program", "program"}, {"--id", "round"}, {"--by", "by"}, {"--reason", "reason"}, {"--criteria", "criteria"},
                                           {"--model", "model"}, {"--method", "method"}, {"--intake", "intake"}, {"--side", "side"}, {"--kind", "kind"},
                                           {"--party", "party"}, {"--until", "until"}, {"--demand", "demand"}, {"--supplier", "supplier"},
                                           {"--applied-from", "applied_from"}, {"--applied-to", "applied_to"}, {"--stage", "stage"},
                                           {"--result", "result"}, {"--rule", "rule"}, {"--note", "note"}};
    struct request_text request;
    const char *format = take_file_format(taking, "ids svg");
    const char *marks = take(taking, "--marks"), *awards = take(taking, "--awards");
    int status = 0;
    request_begin(&request, "round");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) request_add_text(&request, texts[i][1], take(taking, texts[i][0]));
    request_add_list(&request, "among", take(taking, "--among"));
    request_add_list(&request, "evidence", take(taking, "--evidence"));
    if (take_flag(taking->arguments, "--upheld")) request_add_raw(&request, "upheld", "true");
    else if (take_flag(taking->arguments, "--rejected")) request_add_raw(&request, "upheld", "false");
    bool read = add_numbers(taking, &request, &status) && add_file(taking, &request, "marks", marks, &status) &&
                add_file(taking, &request, "awards", awards, &status);
    if (read) {
        const char *step = take_operand(taking->arguments);
        request_add_text(&request, "step", step);
        read = add_words(taking, &request, step, &status);
    }
    if (read) return finish(taking, &request, format);
    free(request.bytes);
    return status;
}

int command_audit(struct taking *taking) {
    static const char *const texts[][2] = {{"--by", "by"}, {"--reason", "reason"}, {"--before", "before"}, {"--round", "round"}};
    struct request_text request;
    const char *format = take_file_format(taking, ""), *kept = take(taking, "--head"), *after = take(taking, "--after");
    int status = 0;
    request_begin(&request, "audit");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) request_add_text(&request, texts[i][1], take(taking, texts[i][0]));
    if (after && !is_whole_number(after)) status = refuse_usage(taking->session->korean, "수를 적습니다", "a number goes here", after);
    request_add_raw(&request, "after", after);
    if (status == 0 && add_file(taking, &request, "head", kept, &status)) {
        request_add_text(&request, "action", take_operand(taking->arguments));
        return finish(taking, &request, format);
    }
    free(request.bytes);
    return status;
}
