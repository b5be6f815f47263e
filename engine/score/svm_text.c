/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two passes over the header: first its lines are found and told apart (svm_header), then, when all are there, their numbers are read, since how many there must
 * be is said by others. The vectors follow in one pass.
 */
#include "svm_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/decimal.h"
#include "../base/memory.h"
#include "../record/number_line.h"

enum key { SVM_TYPE, KERNEL_TYPE, DEGREE, GAMMA, COEF0, NR_CLASS, TOTAL_SV, RHO, LABEL, PROB_A, PROB_B, NR_SV, KEYS };
static const char *const key_names[KEYS] = {"svm_type", "kernel_type", "degree", "gamma", "coef0", "nr_class", "total_sv", "rho", "label", "probA", "probB", "nr_sv"};

struct header {
    struct number_line lines[KEYS]; /* `at` behind the key; number 0: the key is not there */
    struct number_line last;        /* the line "SV", or the last one */
    const char *body;               /* behind it */
};

/* ---- words ---- */

static size_t word_size(const struct number_line *line) {
    size_t size = 0;
    while (line->at + size < line->end && !is_blank(line->at[size])) size++;
    return size;
}
static bool word_is(const struct number_line *line, const char *word) {
    const size_t size = strlen(word);
    return word_size(line) == size && memcmp(line->at, word, size) == 0;
}
static void take_word(struct number_line *line) {
    line->at += word_size(line);
    number_line_skip_blanks(line);
}

/* Nothing more may stand on the line. */
static ieum_status end_line(const struct number_line *line, struct problem *problem) {
    if (line->at == line->end) return IEUM_OK;
    return number_line_refuse(line, "", "이 줄에는 더 적을 것이 없습니다.", "Nothing more belongs on this line.", problem);
}

/* ---- the header's lines ---- */

static ieum_status take_header_line(struct number_line *line, struct header *header, struct problem *problem) {
    for (size_t key = 0; key < KEYS; key++) {
        if (!word_is(line, key_names[key])) continue;
        if (header->lines[key].number) return number_line_refuse(line, NULL, "이 항목은 앞에 이미 있습니다.", "This entry has stood before.", problem);
        take_word(line);
        header->lines[key] = *line;
        return IEUM_OK;
    }
    return number_line_refuse(line, "svm_type, kernel_type, degree, gamma, coef0, nr_class, total_sv, rho, label, probA, probB, nr_sv, SV",
                              "libsvm 모델의 항목이 아닙니다.", "This is no entry of a libsvm model.", problem);
}

static ieum_status find_header(const char *at, const char *end, struct header *header, struct problem *problem) {
    struct number_line line = {0};
    while (at < end) {
        at = number_line_next(&line, at, end);
        number_line_skip_blanks(&line);
        header->last = line;
        header->body = at;
        if (word_is(&line, "SV")) {
            take_word(&line);
            return end_line(&line, problem);
        }
        const ieum_status status = take_header_line(&line, header, problem);
        if (status != IEUM_OK) return status;
    }
    problem_set(problem, IEUM_INVALID, "", "libsvm 모델 파일이 서포트 벡터(SV) 앞에서 끝났습니다.", "The libsvm model ends before its support vectors (SV).");
    problem_set_place(problem, NULL, line.number > 0 ? line.number : 1, 0);
    problem_set_expected(problem, "SV");
    return problem->status;
}

static ieum_status need(const struct header *header, enum key key, struct problem *problem) {
    if (header->lines[key].number) return IEUM_OK;
    problem_set(problem, IEUM_INVALID, "", "libsvm 모델 파일에 '%s' 항목이 없습니다.", "The libsvm model has no entry '%s'.", key_names[key]);
    problem_set_place(problem, NULL, header->last.number, 0);
    problem_set_expected(problem, key_names[key]);
    return problem->status;
}

static ieum_status refuse_entry(const struct header *header, enum key key, struct problem *problem) {
    struct number_line line = header->lines[key];
    line.at = line.start;
    return number_line_refuse(&line, NULL, "이런 종류의 모델에는 없는 항목입니다.", "A model of this kind has no such entry.", problem);
}

/* ---- values ---- */

static ieum_status take_name(struct header *header, enum key key, const char *const *names, size_t count, const char *expected, size_t *found,
                             struct problem *problem) {
    struct number_line *line = &header->lines[key];
    ieum_status status = need(header, key, problem);
    if (status != IEUM_OK) return status;
    for (*found = 0; *found < count && !word_is(line, names[*found]); ++*found) {}
    if (*found == count && key == KERNEL_TYPE && word_is(line, "precomputed"))
        return number_line_refuse(line, expected, "미리 계산한 커널의 모델은 쓸 수 없습니다. 학습 자료와의 커널 값이 있어야 하고, 특성값만으로는 점수를 낼 수 없습니다.",
                                  "A model with a precomputed kernel cannot be used: it needs kernel values with the training data, not features.", problem);
    if (*found == count) return number_line_refuse(line, expected, "알 수 없는 종류입니다.", "This kind is not known.", problem);
    take_word(line);
    return end_line(line, problem);
}

/* A whole number of [least, most]. */
static ieum_status take_whole(struct number_line *line, double least, double most, double *number, struct problem *problem) {
    struct number_line before = *line;
    const ieum_status status = number_line_number(line, number, problem);
    if (status != IEUM_OK) return status;
    number_line_skip_blanks(line);
    if (*number == floor(*number) && *number >= least && *number <= most) return IEUM_OK;
    return number_line_refuse(&before, NULL, "이 자리에 올 수 없는 수입니다.", "This number cannot stand here.", problem);
}

static ieum_status take_count(struct header *header, enum key key, size_t least, size_t *count, struct problem *problem) {
    double number = 0;
    ieum_status status = need(header, key, problem);
    if (status == IEUM_OK) status = take_whole(&header->lines[key], (double)least, INT32_MAX, &number, problem);
    if (status == IEUM_OK) status = end_line(&header->lines[key], problem);
    if (status == IEUM_OK) *count = (size_t)number;
    return status;
}

static ieum_status take_parameter(struct header *header, enum key key, bool wanted, bool not_negative, double *number, struct problem *problem) {
    struct number_line *line = &header->lines[key];
    if (!wanted && !line->number) return IEUM_OK;
    ieum_status status = wanted ? need(header, key, problem) : refuse_entry(header, key, problem);
    const struct number_line before = *line;
    if (status == IEUM_OK) status = number_line_number(line, number, problem);
    if (status != IEUM_OK) return status;
    if (not_negative && *number < 0) return number_line_refuse(&before, ">= 0", "음수일 수 없습니다.", "This cannot be negative.", problem);
    number_line_skip_blanks(line);
    return end_line(line, problem);
}

/* Exactly `count` numbers. The line must have the bytes for them before memory is asked for. */
static ieum_status take_list(struct header *header, enum key key, size_t count, double **numbers, struct problem *problem) {
    struct number_line *line = &header->lines[key];
    ieum_status status = need(header, key, problem);
    if (status != IEUM_OK) return status;
    if (count > (size_t)(line->end - line->at) / 2 + 1) {
        line->at = line->end;
        return number_line_refuse(line, NULL, "이 줄의 수가 nr_class에 비해 모자랍니다.", "This line has too few numbers for nr_class.", problem);
    }
    if (!(*numbers = memory_allocate_zero(count, sizeof **numbers))) return problem_set_memory(problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        status = number_line_number(line, &(*numbers)[i], problem);
        number_line_skip_blanks(line);
    }
    return status == IEUM_OK ? end_line(line, problem) : status;
}

static ieum_status take_kind(struct header *header, struct svm_model *model, struct problem *problem) {
    size_t type = 0, kernel = 0;
    double degree = 0;
    ieum_status status = take_name(header, SVM_TYPE, svm_type_names, SVM_TYPES, "c_svc, nu_svc, one_class, epsilon_svr, nu_svr", &type, problem);
    if (status == IEUM_OK) status = take_name(header, KERNEL_TYPE, svm_kernel_names, SVM_KERNELS, "linear, polynomial, rbf, sigmoid", &kernel, problem);
    if (status != IEUM_OK) return status;
    model->type = (enum svm_type)type;
    model->kernel = (enum svm_kernel)kernel;
    const bool polynomial = model->kernel == SVM_POLYNOMIAL, sigmoid = model->kernel == SVM_SIGMOID;
    if (polynomial) {
        status = need(header, DEGREE, problem);
        if (status == IEUM_OK) status = take_whole(&header->lines[DEGREE], 0, INT32_MAX, &degree, problem);
        if (status == IEUM_OK) status = end_line(&header->lines[DEGREE], problem);
        if (status == IEUM_OK) model->degree = (int)degree;
    } else if (header->lines[DEGREE].number) {
        status = refuse_entry(header, DEGREE, problem);
    }
    if (status == IEUM_OK) status = take_parameter(header, GAMMA, model->kernel != SVM_LINEAR, true, &model->gamma, problem);
    if (status == IEUM_OK) status = take_parameter(header, COEF0, polynomial || sigmoid, false, &model->coef0, problem);
    return status;
}

/* ---- classes ---- */

static int compare_labels(const void *a, const void *b) {
    const int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* Labels: whole numbers, none twice. */
static ieum_status take_labels(struct header *header, struct svm_model *model, struct problem *problem) {
    const size_t count = model->class_count;
    struct number_line *line = &header->lines[LABEL];
    ieum_status status = need(header, LABEL, problem);
    int *sorted = NULL;
    if (status != IEUM_OK) return status;
    /* rho, read before, has shown that class_count is no more than the file can hold. */
    model->labels = memory_allocate_zero(count, sizeof *model->labels);
    sorted = memory_allocate_zero(count, sizeof *sorted);
    if (!model->labels || !sorted) status = problem_set_memory(problem);
    for (size_t i = 0; i < count && status == IEUM_OK; i++) {
        double number = 0;
        status = take_whole(line, INT32_MIN, INT32_MAX, &number, problem);
        if (status == IEUM_OK) model->labels[i] = sorted[i] = (int)number;
    }
    if (status == IEUM_OK) status = end_line(line, problem);
    if (status == IEUM_OK) {
        qsort(sorted, count, sizeof *sorted, compare_labels);
        for (size_t i = 1; i < count && status == IEUM_OK; i++)
            if (sorted[i] == sorted[i - 1]) status = number_line_refuse(line, NULL, "같은 분류 번호가 두 번 있습니다.", "A label stands twice.", problem);
    }
    memory_free(sorted);
    return status;
}

static ieum_status take_class_sizes(struct header *header, struct svm_model *model, struct problem *problem) {
    struct number_line *line = &header->lines[NR_SV];
    ieum_status status = need(header, NR_SV, problem);
    size_t sum = 0;
    if (status != IEUM_OK) return status;
    model->class_sizes = memory_allocate_zero(model->class_count, sizeof *model->class_sizes);
    if (!model->class_sizes) return problem_set_memory(problem);
    for (size_t i = 0; i < model->class_count && status == IEUM_OK; i++) {
        double number = 0;
        status = take_whole(line, 0, INT32_MAX, &number, problem);
        if (status == IEUM_OK) sum += model->class_sizes[i] = (size_t)number;
    }
    if (status == IEUM_OK) status = end_line(line, problem);
    if (status == IEUM_OK && sum != model->vector_count)
        status = number_line_refuse(line, "total_sv", "nr_sv의 합이 total_sv와 다릅니다.", "The numbers of nr_sv do not add up to total_sv.", problem);
    return status;
}

static ieum_status take_probabilities(struct header *header, struct svm_model *model, struct problem *problem) {
    const bool given_a = header->lines[PROB_A].number > 0, given_b = header->lines[PROB_B].number > 0;
    ieum_status status = IEUM_OK;
    if (given_a && model->type == SVM_ONE_CLASS) return refuse_entry(header, PROB_A, problem);
    if (given_b && !svm_classifies(model)) return refuse_entry(header, PROB_B, problem);
    if (!given_a && !given_b) return IEUM_OK;
    status = take_list(header, PROB_A, svm_functions(model), &model->probability_a, problem);
    if (status == IEUM_OK && svm_classifies(model)) status = take_list(header, PROB_B, svm_functions(model), &model->probability_b, problem);
    return status;
}

static ieum_status take_classes(struct header *header, struct svm_model *model, struct problem *problem) {
    ieum_status status = take_count(header, NR_CLASS, 1, &model->class_count, problem);
    if (status == IEUM_OK && !svm_classifies(model) && model->class_count != 2) {
        struct number_line line = header->lines[NR_CLASS];
        line.at = line.start;
        status = number_line_refuse(&line, "nr_class 2", "이런 종류의 모델에서 nr_class는 2입니다.", "A model of this kind has nr_class 2.", problem);
    }
    if (status == IEUM_OK) status = take_count(header, TOTAL_SV, 0, &model->vector_count, problem);
    if (status == IEUM_OK) status = take_list(header, RHO, svm_functions(model), &model->rho, problem);
    if (status == IEUM_OK && svm_classifies(model)) {
        status = take_labels(header, model, problem);
        if (status == IEUM_OK) status = take_class_sizes(header, model, problem);
    } else if (status == IEUM_OK) {
        if (header->lines[LABEL].number) status = refuse_entry(header, LABEL, problem);
        else if (header->lines[NR_SV].number) status = refuse_entry(header, NR_SV, problem);
    }
    return status == IEUM_OK ? take_probabilities(header, model, problem) : status;
}

/* ---- vectors ---- */

static ieum_status refuse_count(size_t line, size_t found, size_t expected, struct problem *problem) {
    problem_set(problem, IEUM_INVALID, "", "서포트 벡터가 %zu줄인데 total_sv는 %zu입니다.", "There are %zu lines of support vectors, but total_sv is %zu.", found, expected);
    problem_set_place(problem, NULL, line, 0);
    return problem->status;
}

/* One line: the coefficients, then the vector. `pairs` is how many pairs stand before it; there is room for one more than the file has colons. */
static ieum_status take_vector(struct number_line *line, struct svm_model *model, size_t vector, size_t *pairs, struct problem *problem) {
    int64_t above = -1;
    for (size_t k = 0; k + 1 < model->class_count; k++) {
        number_line_skip_blanks(line);
        const ieum_status status = number_line_number(line, &model->coefficients[k * model->vector_count + vector], problem);
        if (status != IEUM_OK) return status;
    }
    for (;;) {
        number_line_skip_blanks(line);
        if (line->at == line->end) break;
        const ieum_status status = number_line_pair(line, above, &model->index[*pairs], &model->value[*pairs], problem);
        if (status != IEUM_OK) return status;
        above = model->index[(*pairs)++];
    }
    if (above >= (int64_t)model->columns) model->columns = (size_t)above + 1;
    model->start[vector + 1] = *pairs;
    return IEUM_OK;
}

/* Whether nothing but blanks and line ends is left. */
static bool only_blanks(const char *at, const char *end) {
    while (at < end && (is_blank(*at) || *at == '\n' || *at == '\r')) at++;
    return at == end;
}

/* Memory for the vectors, once the file has shown the bytes for them: a number takes one and a blank or line end behind it, a pair has a colon. */
static ieum_status make_room(const struct header *header, const char *end, struct svm_model *model, struct problem *problem) {
    const size_t most = (size_t)(end - header->body) / 2 + 1, lines = model->class_count - 1;
    size_t room = 1;
    if (model->vector_count > 0 && lines == 0) return refuse_entry(header, TOTAL_SV, problem); /* a single class has no function */
    if (model->vector_count > 0 && (model->vector_count > most || lines > most / model->vector_count)) {
        struct number_line line = header->lines[TOTAL_SV];
        line.at = line.start;
        return number_line_refuse(&line, NULL, "파일이 total_sv에 비해 너무 짧습니다.", "The file is too short for its total_sv.", problem);
    }
    for (const char *at = header->body; at < end; at++) room += *at == ':';
    model->coefficients = memory_allocate_zero(lines * model->vector_count, sizeof *model->coefficients);
    model->start = memory_allocate_zero(model->vector_count + 1, sizeof *model->start);
    model->index = memory_allocate_zero(room, sizeof *model->index);
    model->value = memory_allocate_zero(room, sizeof *model->value);
    return model->coefficients && model->start && model->index && model->value ? IEUM_OK : problem_set_memory(problem);
}

static ieum_status take_vectors(const struct header *header, const char *end, struct svm_model *model, struct problem *problem) {
    struct number_line line = {.number = header->last.number};
    const char *at = header->body;
    size_t vector = 0, pairs = 0;
    ieum_status status = make_room(header, end, model, problem);
    while (status == IEUM_OK && !only_blanks(at, end)) {
        at = number_line_next(&line, at, end);
        if (vector == model->vector_count) return refuse_count(line.number, vector + 1, model->vector_count, problem);
        status = take_vector(&line, model, vector++, &pairs, problem);
    }
    if (status == IEUM_OK && vector < model->vector_count) return refuse_count(line.number, vector, model->vector_count, problem);
    return status;
}

ieum_status svm_text_read(const char *bytes, size_t size, struct svm_model **model, struct problem *problem) {
    struct header header = {0};
    const char *end = size ? bytes + size : bytes;
    struct svm_model *made = memory_allocate_zero(1, sizeof *made);
    ieum_status status = made ? find_header(bytes, end, &header, problem) : problem_set_memory(problem);
    if (status == IEUM_OK) status = take_kind(&header, made, problem);
    if (status == IEUM_OK) status = take_classes(&header, made, problem);
    if (status == IEUM_OK) status = take_vectors(&header, end, made, problem);
    if (status == IEUM_OK) *model = made;
    else svm_model_free(made);
    return status;
}
