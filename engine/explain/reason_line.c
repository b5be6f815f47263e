/* SPDX-License-Identifier: Apache-2.0 */
#include "reason_line.h"

#include <math.h>
#include <stdbool.h>

enum { JOINTS_SHOWN = 2, CRITERIA_SHOWN = 3 };

/* "찍힘"→"비전검사"(외관검사) */
static void add_joints(const struct lexicon *lexicon, const struct evidence_list *evidence, bool korean, struct buffer *line) {
    for (size_t i = 0; i + 1 < evidence->count && i / 2 < JOINTS_SHOWN; i += 2) {
        const struct concept *concept = lexicon_concept(lexicon, evidence->items[i].concept);
        if (line->size) buffer_add_text(line, ", ");
        buffer_format(line, "“%s”→“%s”(%s)", evidence->items[i].text, evidence->items[i + 1].text, korean ? concept->ko : concept->en);
    }
}

struct earned {
    int64_t points; /* units of 10⁻⁹ of the score */
    bool known;     /* some feature of it has a value */
};

/* The criteria that earned most, with points of points. */
static void add_criteria(const struct program *program, const struct rubric *rubric, const struct earned *earned, bool *shown, bool korean,
                         struct buffer *line) {
    for (int n = 0; n < CRITERIA_SHOWN; n++) {
        size_t best = program->criterion_count;
        for (size_t c = 0; c < program->criterion_count; c++)
            if (!shown[c] && earned[c].known && earned[c].points > 0 && (best == program->criterion_count || earned[c].points > earned[best].points)) best = c;
        if (best == program->criterion_count) return;
        shown[best] = true;
        if (line->size) buffer_add_text(line, n ? ", " : "; ");
        double scale = rubric->points_total / (double)SCORE_ONE;
        buffer_format(line, "%s %.1f/%g", korean ? program->criteria[best].title.ko : program->criteria[best].title.en,
                      (double)earned[best].points * scale, program->criteria[best].points);
    }
}

ieum_status explain_reason(const struct program *program, const struct lexicon *lexicon, const struct rubric *rubric,
                           const int64_t *contributions, const double *values, const struct evidence_list *evidence, struct arena *arena,
                           struct reason_line *reason, struct problem *problem) {
    ieum_status status = IEUM_OK;
    struct buffer line = BUFFER_EMPTY;
    char *texts[2] = {NULL, NULL};
    struct earned *earned = arena_allocate_zero(arena, program->criterion_count, sizeof *earned);
    bool *shown = arena_allocate_zero(arena, program->criterion_count, sizeof *shown);
    if (!earned || !shown) return problem_set_memory(problem);
    for (size_t t = 0; t < rubric->count; t++) {
        struct earned *criterion = &earned[rubric->terms[t].criterion];
        criterion->points += contributions[t];
        criterion->known = criterion->known || !isnan(values[rubric->terms[t].feature]);
    }
    for (int korean = 0; korean < 2 && status == IEUM_OK; korean++) {
        for (size_t c = 0; c < program->criterion_count; c++) shown[c] = false;
        buffer_clear(&line);
        add_joints(lexicon, evidence, korean, &line);
        add_criteria(program, rubric, earned, shown, korean, &line);
        if (!line.size) buffer_add_text(&line, korean ? "맞닿는 근거를 찾지 못했습니다" : "no common ground was found");
        texts[korean] = line.failed ? NULL : arena_copy_text(arena, line.bytes);
        if (!texts[korean]) status = problem_set_memory(problem);
    }
    buffer_free(&line);
    if (status == IEUM_OK) *reason = (struct reason_line){.ko = texts[1], .en = texts[0]};
    return status;
}
