/* SPDX-License-Identifier: Apache-2.0 */
/* What to do next after a diagnosis: answer what is open, the weakest area first, the program that fits best, what the checklist asks, the record. */
#include <stdint.h>
#include <stdio.h>

#include "write_diagnosis.h"

enum { STEP_TEXT = 1024 };

static void add_step(jval *steps, const char *kind, struct text2 text) {
    jval *object = write_text2(text);
    jval_set_text(object, "kind", kind);
    jval_append(steps, object);
}

static void add_unanswered(jval *steps, const struct readiness_share *total) {
    char ko[STEP_TEXT], en[STEP_TEXT];
    if (total->unanswered == 0) return;
    snprintf(ko, sizeof ko, "아직 답하지 않은 문항 %zu개에 답하십시오. 지금은 %.1f점에서 %.1f점 사이입니다.", total->unanswered, total->least, total->most);
    snprintf(en, sizeof en, "Answer what is still open (questions: %zu); for now the score lies between %.1f and %.1f.", total->unanswered, total->least, total->most);
    add_step(steps, "answer", (struct text2){ko, en});
}

/* Advice of the areas that need one, the lowest score first, then in the order of the questionnaire. */
static void add_advice(jval *steps, const struct diagnose_answer *answer) {
    const struct readiness *readiness = &answer->data.readiness;
    const bool maker = answer->makes_goods == 1;
    double before = -1;
    size_t last = SIZE_MAX;
    for (size_t turn = 0; turn < readiness->area_count; turn++) {
        size_t next = SIZE_MAX;
        for (size_t a = 0; a < readiness->area_count; a++) {
            const double score = answer->result.areas[a].score;
            const bool later = score > before || (score == before && last != SIZE_MAX && a > last);
            if (later && (next == SIZE_MAX || score < answer->result.areas[next].score)) next = a;
        }
        if (next == SIZE_MAX) return;
        before = answer->result.areas[next].score;
        last = next;
        const struct area_advice *advice = readiness_advise(&readiness->areas[next], &answer->result.areas[next]);
        if (!advice) continue;
        char ko[STEP_TEXT], en[STEP_TEXT];
        const struct text2 title = readiness_wording(readiness->areas[next].title, readiness->areas[next].maker, maker);
        snprintf(ko, sizeof ko, "%s(%.1f점): %s", title.ko, before, advice->text.ko);
        snprintf(en, sizeof en, "%s (%.1f): %s", title.en, before, advice->text.en);
        add_step(steps, "area", (struct text2){ko, en});
    }
}

/* The next step of the first program that fits: one that is open today before one that is not. */
static void add_program(jval *steps, const struct diagnose_answer *answer) {
    const struct diagnosed_program *best = NULL;
    for (size_t p = 0; p < answer->program_count; p++) {
        const struct diagnosed_program *one = &answer->programs[p];
        if (one->verdict.fits == CONDITION_MET && (!best || (best->open != 1 && one->open == 1))) best = one;
    }
    if (!best) return;
    char ko[STEP_TEXT], en[STEP_TEXT];
    const struct text2 title = best->program ? best->program->title : best->route->title;
    snprintf(ko, sizeof ko, "%s: %s", title.ko, best->route->next.ko);
    snprintf(en, sizeof en, "%s: %s", title.en, best->route->next.en);
    add_step(steps, "program", (struct text2){ko, en});
}

static void add_ethics(jval *steps, const struct diagnose_answer *answer) {
    const struct ethics *ethics = &answer->data.ethics;
    size_t flags = 0, open = 0;
    char ko[STEP_TEXT], en[STEP_TEXT];
    if (!answer->chosen) {
        add_step(steps, "ethics", (struct text2){"AI 윤리 점검표를 작성하십시오.", "Fill in the AI-ethics checklist."});
        return;
    }
    for (size_t i = 0; i < ethics->item_count; i++) {
        if (answer->chosen[i] == ETHICS_UNANSWERED) open++;
        else flags += ethics->choices[answer->chosen[i]].flag;
    }
    if (flags + open == 0) return;
    snprintf(ko, sizeof ko, "AI 윤리 점검표에서 살펴볼 항목이 %zu개, 답하지 않은 항목이 %zu개 있습니다.", flags, open);
    snprintf(en, sizeof en, "AI-ethics checklist: to look at: %zu, not answered: %zu.", flags, open);
    add_step(steps, "ethics", (struct text2){ko, en});
}

static void add_record(jval *steps, const struct diagnose_answer *answer) {
    char ko[STEP_TEXT], en[STEP_TEXT];
    const double least = answer->data.readiness.least_answered;
    if (answer->result.enough) {
        snprintf(ko, sizeof ko, "수요과제에 준비도 점수 %.1f점을 적으십시오.", answer->result.total.score);
        snprintf(en, sizeof en, "Put the readiness score %.1f on the demand's record.", answer->result.total.score);
    } else {
        snprintf(ko, sizeof ko, "배점의 %g%% 이상에 답해야 준비도 점수를 수요과제에 적을 수 있습니다.", least);
        snprintf(en, sizeof en, "A readiness score may go on record once %g %% of the points are answered.", least);
    }
    add_step(steps, "record", (struct text2){ko, en});
}

jval *write_diagnosis_steps(const struct diagnose_answer *answer) {
    jval *steps = jval_new_array();
    add_unanswered(steps, &answer->result.total);
    add_advice(steps, answer);
    add_program(steps, answer);
    add_ethics(steps, answer);
    add_record(steps, answer);
    return steps;
}
