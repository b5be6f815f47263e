/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The yearly report, models: which ones ranked, what they were learned from; and, where it is asked for, one retrained on the outcomes up to the year's end: how it fares beside the one in
 * use, what weighs how much in each, how the year's lists differ. Which model a program uses is said in its file, and nothing here changes it.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../pipeline_retrain.h"
#include "report_year.h"

/* ---- the models of the year's rounds ---- */

/* "r2024 (12), r2025 (20); 2024-05-02 – 2025-12-11", as the card says it; "" where it does not. */
static void write_learned_from(const jval *card, struct buffer *text) {
    const jval *labels = jval_get(card, "labels"), *rounds = jval_get(labels, "rounds");
    const char *from = jval_get_text(labels, "from"), *to = jval_get_text(labels, "to");
    for (size_t i = 0; i < jval_count(rounds); i++) {
        const char *round = jval_get_text(jval_at(rounds, i), "round");
        buffer_format(text, "%s%s (%lld)", i ? ", " : "", round ? round : "-", (long long)jval_integer(jval_get(jval_at(rounds, i), "judgements")));
    }
    if (from && to) buffer_format(text, "%s%s – %s", text->size ? "; " : "", from, to);
}

static ieum_status append_model(struct call *call, const struct report_answer *answer, const struct report_basis *basis, const char *rounds, jval *rows, struct problem *problem) {
    struct model *model = NULL;
    struct problem trouble = {0};
    struct buffer learned = BUFFER_EMPTY;
    const bool rubric = strcmp(basis->model, "rubric") == 0;
    const ieum_status status = rubric ? IEUM_OK : workspace_model(call->workspace, basis->model, &model, &trouble);
    if (status == IEUM_MEMORY) {
        *problem = trouble;
        return status;
    }
    jval *row = jval_new_array();
    jval_append(row, write_text2(answer->programs[basis->program].program->title));
    jval_append(row, jval_new_text(basis->model));
    if (rubric) cell_text2(row, "배점표", "rubric");
    else if (model) jval_append(row, jval_new_text(model_kind_names[model->kind]));
    else cell_text2(row, "파일이 없음", "its file is gone");
    jval_append(row, model ? jval_new_text_size(model->hash, 16) : NULL);
    jval_append(row, jval_new_text(rounds));
    if (model) write_learned_from(model->card, &learned);
    if (rubric) cell_text2(row, "학습하지 않음(사업 파일의 배점)", "not learned (points of the program file)");
    else if (learned.size) jval_append(row, jval_new_text(learned.bytes));
    else jval_append(row, NULL);
    jval_append(rows, row);
    buffer_free(&learned);
    model_free(model);
    return IEUM_OK;
}

static bool same_model(const struct report_basis *a, const struct report_basis *b) { return a->program == b->program && strcmp(a->model, b->model) == 0; }

/* One row a program and model; the rounds of the year that used it, by name. */
static ieum_status add_models(struct call *call, const struct report_answer *answer, jval *sections, struct problem *problem) {
    static const struct report_column columns[] = {{"program", "사업", "program", "text"}, {"model", "모형", "model", "text"}, {"kind", "종류", "kind", "text"}, {"hash", "해시", "hash", "text"},
                                                   {"rounds", "그해의 회차", "rounds of the year", "text"}, {"learned", "무엇으로 학습했는가", "learned from", "text"}, {0}};
    static const struct report_section section = {.id = "models", .title = {"그해에 순위를 매긴 모형", "Models that ranked in the year"}, .chart = "none",
                                                  .note = {"학습한 모형이면 성과를 준 회차(판정 수)와 성과의 첫날·마지막 날을 모형의 카드에서 옮겨 적습니다.",
                                                           "Of a learned model: the rounds that its outcomes come from (judgements), and their first and last day, as its card says."}};
    jval *rows = jval_new_array();
    ieum_status status = IEUM_OK;
    for (size_t i = 0; i < answer->bases.count && status == IEUM_OK; i++) {
        const struct report_basis *basis = &answer->bases.items[i];
        struct buffer rounds = BUFFER_EMPTY;
        bool told = basis->year != answer->year || !*basis->model;
        for (size_t k = 0; k < i; k++) told = told || (answer->bases.items[k].year == answer->year && same_model(&answer->bases.items[k], basis));
        for (size_t k = i; k < answer->bases.count && !told; k++)
            if (answer->bases.items[k].year == answer->year && same_model(&answer->bases.items[k], basis))
                buffer_format(&rounds, "%s%s", rounds.size ? ", " : "", answer->bases.items[k].round);
        if (!told) status = append_model(call, answer, basis, rounds.bytes ? rounds.bytes : "", rows, problem);
        buffer_free(&rounds);
    }
    jval_append(sections, report_section_new(&section, columns, rows));
    return status;
}

/* ---- retrained ---- */

struct tables {
    jval *facts, *measures, *weights;
};

static void add_fact(jval *rows, const jval *program, const char *ko, const char *en, jval *value, const char *unit, const char *what_ko, const char *what_en) {
    jval *row = jval_new_array();
    jval_append(row, jval_keep(program));
    cell_text2(row, ko, en);
    jval_append(row, value);
    jval_append(row, jval_new_text(unit));
    cell_text2(row, what_ko, what_en);
    jval_append(rows, row);
}

static jval *count_value(size_t count) { return jval_new_integer((int64_t)count); }

static void add_reason(const struct retrain_answer *made, const jval *program, jval *rows) {
    add_fact(rows, program, "결과", "result", write_text2((struct text2){"학습하지 못함", "nothing learned"}), "text", made->reason.ko, made->reason.en);
}

static void add_facts(const struct report_retrain *terms, const struct retrain_answer *made, const jval *program, jval *rows) {
    const struct train_answer *train = &made->train;
    struct buffer rounds = BUFFER_EMPTY;
    write_learned_from(train->model->card, &rounds);
    add_fact(rows, program, "새 모형", "new model", jval_new_text(train->model->id), "text", model_kind_names[train->model->kind], model_kind_names[train->model->kind]);
    add_fact(rows, program, "해시", "hash", jval_new_text_size(made->hash, 16), "text", "모형 파일의 해시 앞 16자리. 같은 자료와 씨앗이면 같음", "first 16 digits of its file's hash; the same data and seed give the same");
    add_fact(rows, program, "씨앗", "seed", jval_new_integer((int64_t)train->seed), "index", "data/report/report.json의 year.retrain", "year.retrain of data/report/report.json");
    add_fact(rows, program, "학습한 판정", "judgements learned from", count_value(train->training.data.count), "count", rounds.bytes ? rounds.bytes : "", rounds.bytes ? rounds.bytes : "");
    add_fact(rows, program, "등급이 갈리는 수요과제", "demands that tell", count_value(made->telling), "count", "판정의 등급이 서로 다른 수요과제. 이것만이 순위를 가르침", "of differing grades among their judgements; only these teach a ranking");
    add_fact(rows, program, "결론에 필요한 수", "needed to conclude", jval_new_integer(terms->least_demands), "count", made->enough ? "채웠음" : "모자람: 아래의 차이로 결론을 내지 않음",
             made->enough ? "there are enough" : "there are too few: nothing is concluded from the differences below");
    add_fact(rows, program, "떼어 잰 목록", "held-out lists", count_value(train->list_count), "count", "학습하지 않은 묶음의 수요과제 가운데 좋은 짝이 있는 목록", "lists of demands that were not learned from, with a good one among them");
    if (made->used_missing)
        add_fact(rows, program, "쓰던 모형", "model in use", write_text2((struct text2){"파일이 없음", "its file is gone"}), "text", "배점표와 견주었음", "held against the rubric instead");
    if (train->baseline.seen)
        add_fact(rows, program, "빼고 잰 판정", "judgements left out", count_value(train->baseline.seen), "count", "쓰던 모형이 이미 학습한 날까지의 판정", "of days that the model in use had learned from");
    if (train->baseline.unknown)
        add_fact(rows, program, "쓰던 모형의 학습 기간", "what the model in use learned from", NULL, "text", "카드에 적혀 있지 않아, 견준 목록을 이미 학습했을 수 있음", "its card does not say; it may have learned from the lists it is measured on");
    add_fact(rows, program, "순위를 견준 신청", "applications ranked", count_value(made->ranked), "count", "그해의 적격 신청", "eligible applications of the year");
    add_fact(rows, program, "첫째가 달라진 신청", "first supplier changed", count_value(made->first_changed), "count", "두 모형의 첫째 공급기업이 다른 신청", "the first suppliers of the two models differ");
    add_fact(rows, program, "목록의 겹침", "overlap of the lists", isnan(made->overlap) ? NULL : jval_new_number(made->overlap), "share", "앞의 공급기업 가운데 두 모형에 함께 있는 몫의 평균(year.retrain.top곳)", "mean share of the first suppliers that both have (year.retrain.top)");
    if (train->exposure.needed) add_fact(rows, program, "보여 준 것만 판정됨", "only what was shown was judged", NULL, "text", train->exposure.ko, train->exposure.en);
    buffer_free(&rounds);
}

static void add_measures(const struct retrain_answer *made, const jval *program, jval *rows) {
    const struct train_answer *train = &made->train;
    for (size_t k = 0; k < train->rules.measure_count && train->list_count; k++) {
        const struct train_measure *measure = &train->measures[k];
        jval *row = jval_new_array();
        jval_append(row, jval_keep(program));
        jval_append(row, jval_new_text(train->rules.measures[k].name));
        jval_append(row, jval_new_number(measure->rubric));
        jval_append(row, jval_new_number(measure->mean));
        jval_append(row, jval_new_number(measure->difference));
        jval_append(row, jval_new_number(measure->difference_interval.low));
        jval_append(row, jval_new_number(measure->difference_interval.high));
        jval_append(row, jval_new_number(measure->test.p));
        if (!made->enough) cell_text2(row, "수가 적어 결론을 내지 않음", "too few to conclude");
        else if (measure->difference_interval.low > 0) cell_text2(row, "새 모형이 높음", "the new model is higher");
        else if (measure->difference_interval.high < 0) cell_text2(row, "쓰던 모형이 높음", "the model in use is higher");
        else cell_text2(row, "어느 쪽이라고 할 수 없음", "neither can be said");
        jval_append(rows, row);
    }
}

static void add_weights(const struct retrain_answer *made, const jval *program, jval *rows) {
    for (size_t i = 0; i < made->weight_count; i++) {
        const struct retrain_weight *weight = &made->weights[i];
        jval *row = jval_new_array();
        jval_append(row, write_text2(weight->title));
        jval_append(row, jval_new_number(weight->used)); /* null where it is not known */
        jval_append(row, jval_new_number(weight->retrained));
        jval_append(row, jval_new_number(weight->retrained - weight->used));
        jval_append(row, jval_keep(program));
        jval_append(rows, row);
    }
}

/* The model of the program's last round of the year. */
static const char *used_model(const struct report_answer *answer, size_t program) {
    const char *used = NULL;
    for (size_t i = 0; i < answer->bases.count; i++) {
        const struct report_basis *basis = &answer->bases.items[i];
        if (basis->program == program && basis->year == answer->year && *basis->model) used = basis->model;
    }
    return used ? used : answer->programs[program].program->model;
}

static ieum_status retrain_one(struct call *call, const struct report_answer *answer, size_t program, const char *out, struct tables *tables, struct problem *problem) {
    const struct retrain_question question = {.program = answer->programs[program].program->id, .year = answer->year, .used = used_model(answer, program), .out = out,
                                              .terms = &answer->terms.retrain};
    struct retrain_answer made;
    ieum_status status = pipeline_retrain(call->workspace, &question, &made, problem);
    if (status != IEUM_OK) return status;
    jval *title = write_text2(answer->programs[program].program->title);
    if (made.learned) {
        add_facts(question.terms, &made, title, tables->facts);
        add_measures(&made, title, tables->measures);
        add_weights(&made, title, tables->weights);
    } else {
        add_reason(&made, title, tables->facts);
    }
    jval_free(title);
    retrain_answer_free(&made);
    return IEUM_OK;
}

static void add_tables(const struct tables *tables, jval *sections) {
    static const struct report_column fact_columns[] = {{"program", "사업", "program", "text"}, {"fact", "항목", "fact", "text"}, {"value", "값", "value", "by_row"}, {"unit", "단위", "unit", "unit"},
                                                        {"meaning", "뜻", "what it is", "text"}, {0}};
    static const struct report_column measure_columns[] = {{"program", "사업", "program", "text"}, {"measure", "측정값", "measure", "text"}, {"used", "쓰던 모형", "in use", "coefficient"},
                                                           {"retrained", "새 모형", "new", "coefficient"}, {"difference", "차이", "difference", "coefficient"}, {"low", "95% 구간 아래", "95 % from", "coefficient"},
                                                           {"high", "95% 구간 위", "95 % to", "coefficient"}, {"p", "p", "p", "coefficient"}, {"reading", "읽기", "reading", "text"}, {0}};
    static const struct report_column weight_columns[] = {{"feature", "특성", "feature", "text"}, {"used", "쓰던 모형", "in use", "share"}, {"retrained", "새 모형", "new", "share"},
                                                          {"difference", "차이", "difference", "share"}, {"program", "사업", "program", "text"}, {0}};
    static const struct report_section facts = {.id = "retrain", .title = {"그해까지의 성과로 다시 학습한 모형", "A model retrained on the outcomes up to the year's end"}, .chart = "none",
                                                .note = {"쓰는 모형을 바꾸지 않습니다. 바꾸려면 담당자가 사업 파일의 model을 고칩니다. 학습은 정해 둔 종류와 씨앗으로 합니다(data/report/report.json).",
                                                         "The model in use stays. Whoever is in charge changes it in the program file. Kind and seed are fixed (data/report/report.json)."}};
    static const struct report_section measures = {.id = "retrain_measures", .title = {"떼어 둔 수요과제에서 견준 값", "Measured on held-out demands"}, .chart = "none",
                                                   .note = {"새 모형의 값은 모두 학습하지 않은 묶음에서 잰 것입니다(수요과제별 교차검증). 구간은 수요과제를 다시 뽑아(10,000번) 얻었고 p는 짝지은 무작위 검정입니다.",
                                                            "All values of the new model are of folds it did not learn from (by demand). Intervals: demands drawn again 10,000 times; p: paired randomisation test."}};
    static const struct report_section weights = {.id = "retrain_weights", .title = {"무엇이 얼마나 무거운가", "What weighs how much"}, .chart = "bars", .drawn = "used retrained",
                                                  .note = {"특성의 값이 0에서 1이 될 때 더해지는 점수를, 절댓값의 합에 대한 몫으로 적은 것입니다. 배점표이면 배점의 몫입니다.",
                                                           "What a feature adds between its values 0 and 1, as a share of the sum of absolute values; of the rubric, the share of its points."}};
    jval_append(sections, report_section_new(&facts, fact_columns, tables->facts));
    jval_append(sections, report_section_new(&measures, measure_columns, tables->measures));
    jval_append(sections, report_section_new(&weights, weight_columns, tables->weights));
}

ieum_status report_read_retrain(const struct call *call, bool *retrain, const char **out, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0}, out_at = {&root, "out", 0};
    ieum_status status = field_bool(call->request, NULL, "retrain", false, retrain, problem);
    if (status == IEUM_OK) status = field_text(call->request, NULL, "out", false, out, problem);
    if (status != IEUM_OK) return status;
    if (call->caller && *retrain)
        return problem_set(problem, IEUM_FORBIDDEN, "/retrain", "다시 학습하는 일은 오래 걸리므로 서버를 운영하는 컴퓨터에서만 합니다.", "Retraining takes long; it is done by the operator of the server alone.");
    const char *program = jval_get_text(call->request, "program");
    if (*out && (!*retrain || !program || strcmp(program, "all") == 0))
        return jval_refuse(problem, &out_at, jval_get(call->request, "out"), NULL, "모형 파일은 사업 하나를 다시 학습할 때(program, retrain) 적습니다.",
                           "A model's file goes with the retraining of one program (program, retrain).");
    return IEUM_OK;
}

ieum_status report_model_sections(struct call *call, struct report_answer *answer, jval *sections, struct problem *problem) {
    bool retrain = false;
    const char *out = NULL;
    ieum_status status = report_read_retrain(call, &retrain, &out, problem);
    if (status == IEUM_OK) status = add_models(call, answer, sections, problem);
    if (status != IEUM_OK || !retrain) return status;
    struct tables tables = {jval_new_array(), jval_new_array(), jval_new_array()};
    for (size_t p = 0; p < answer->program_count && status == IEUM_OK; p++)
        if (report_shows(answer, p, answer->year)) status = retrain_one(call, answer, p, out, &tables, problem);
    add_tables(&tables, sections);
    return status;
}
