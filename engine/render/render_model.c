/* SPDX-License-Identifier: Apache-2.0 */
/* Pages about model files: which there are; what one was trained on, what it reached beside the rubric, and what each feature adds. */
#include "page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "table.h"

static const char *kind_words(const struct page *page, const jval *kind) {
    static const char *const words[][3] = {{"linear", "직선", "straight lines"},           {"additive", "곡선", "curves"},         {"pairwise", "짝 커널", "kernel of pairs"},
                                           {"mixed", "곡선과 짝 커널", "curves and kernel"}, {"libsvm", "libsvm", "libsvm"}, {"rubric", "배점표", "rubric"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], jval_text(kind)) == 0) return page_choose(page, words[i][1], words[i][2]);
    return jval_text(kind);
}

static void add_line(struct page *page, const char *text) {
    buffer_add_text(&page->out, "  ");
    text_wrap(text, 2, 2, page->width, &page->out);
    buffer_add_byte(&page->out, '\n');
}

/* ---- list ---- */

static void add_measure(struct table *table, const jval *measure) {
    const jval *model = jval_get(measure, "model"), *interval = jval_get(model, "interval"), *difference = jval_get(measure, "difference");
    if (!model) table_add(table, "–");
    else
        table_add_format(table, "%s %.3f (%.3f–%.3f)", jval_text(jval_get(measure, "measure")), jval_number(jval_get(model, "mean")), jval_number(jval_at(interval, 0)),
                         jval_number(jval_at(interval, 1)));
    interval = jval_get(difference, "interval");
    if (!difference) table_add(table, "–");
    else
        table_add_format(table, "%+.3f (%+.3f–%+.3f)", jval_number(jval_get(difference, "mean")), jval_number(jval_at(interval, 0)), jval_number(jval_at(interval, 1)));
}

static void add_models(struct page *page, const jval *models) {
    const char *const ko[] = {"모형", "종류", "사업", "떼어 둔 수요에서 (95% 구간)", "배점표보다", NULL};
    const char *const en[] = {"model", "kind", "program", "on held-out demands (95%)", "above the rubric", NULL};
    struct table table;
    if (jval_count(models) == 0) {
        buffer_add_text(&page->out, page_choose(page, "학습한 모형이 없습니다. 모든 사업은 배점표(rubric)로 점수를 매깁니다.\n", "There are no learned models; every program scores by its rubric.\n"));
        return;
    }
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(models); i++) {
        const jval *one = jval_at(models, i);
        table_add(&table, jval_text(jval_get(one, "id")));
        table_add(&table, kind_words(page, jval_get(one, "kind")));
        table_add(&table, jval_get_text(one, "program") ? jval_text(jval_get(one, "program")) : "–");
        add_measure(&table, jval_get(one, "measure"));
    }
    page_table(page, &table, 0);
    page_heading(page, "무엇으로 학습했나", "What they were trained on");
    for (size_t i = 0; i < jval_count(models); i++) {
        struct buffer line = BUFFER_EMPTY;
        buffer_format(&line, "%s: %s", jval_text(jval_get(jval_at(models, i), "id")), page_text(page, jval_get(jval_at(models, i), "about")));
        add_line(page, line.bytes ? line.bytes : "");
        buffer_free(&line);
    }
}

static void add_broken(struct page *page, const jval *broken) {
    for (size_t i = 0; i < jval_count(broken); i++) {
        const jval *one = jval_at(broken, i);
        buffer_format(&page->out, page_choose(page, "\n쓸 수 없는 파일 %s:\n", "\nA file that cannot be used, %s:\n"), jval_text(jval_get(one, "path")));
        add_line(page, page_text(page, jval_get(jval_get(one, "problem"), "text")));
    }
}

/* ---- show ---- */

static void add_head(struct page *page, const jval *result) {
    const jval *model = jval_get(result, "model"), *title = jval_get(result, "title"), *labels = jval_get(jval_get(result, "card"), "labels");
    buffer_format(&page->out, page_choose(page, "모형 %s (%s)\n", "model %s (%s)\n"), jval_text(jval_get(model, "id")), kind_words(page, jval_get(model, "kind")));
    if (jval_get_text(model, "program"))
        buffer_format(&page->out, page_choose(page, "  사업 %s %s, 사업 파일 %s판%s\n", "  program %s %s, version %s of its file%s\n"), jval_text(jval_get(model, "program")),
                      page_text(page, title), jval_text(jval_get(model, "program_version")),
                      jval_true(jval_get(result, "other_version")) ? page_choose(page, " (지금은 다른 판입니다)", " (which has changed since)") : "");
    else buffer_add_text(&page->out, page_choose(page, "  수의 행에 쓰는 모형\n", "  for rows of numbers\n"));
    buffer_format(&page->out, page_choose(page, "  파일 %s, 해시 %.12s…\n", "  file %s, hash %.12s…\n"), jval_text(jval_get(model, "path")), jval_text(jval_get(model, "hash")));
    page_heading(page, "무엇으로 학습했나", "What it was trained on");
    add_line(page, page_text(page, jval_get(jval_get(result, "card"), "data")));
    if (labels)
        buffer_format(&page->out, page_choose(page, "  수요 %lld건, 쌍 %lld개\n", "  %lld demands, %lld pairs\n"), (long long)jval_integer(jval_get(labels, "demands")),
                      (long long)jval_integer(jval_get(labels, "examples")));
}

/* The difference that a feature can make: the greatest and the least of its points and ends. */
static double reach_of(const jval *feature) {
    const jval *adds = jval_get(feature, "adds"), *points = jval_get(feature, "points");
    double least = jval_number(jval_at(adds, 0)), most = least;
    for (size_t i = 0; i < jval_count(adds); i++) {
        least = fmin(least, jval_number(jval_at(adds, i)));
        most = fmax(most, jval_number(jval_at(adds, i)));
    }
    for (size_t i = 0; i < jval_count(points); i++) {
        const jval *point = jval_at(points, i);
        const double at = jval_number(jval_at(point, 0));
        if (at < 0 || at > 1) continue;
        least = fmin(least, jval_number(jval_at(point, 1)));
        most = fmax(most, jval_number(jval_at(point, 1)));
    }
    return most - least;
}

static const char *name_of(const struct page *page, const jval *feature) {
    const jval *title = jval_get(feature, "title");
    if (title) return page_text(page, title);
    return strcmp(jval_text(jval_get(feature, "name")), "rubric") == 0 ? page_choose(page, "배점표 점수", "the rubric's score") : jval_text(jval_get(feature, "name"));
}

struct reached {
    const jval *feature;
    double reach;
    size_t place;
};

static int compare_reach(const void *a, const void *b) {
    const struct reached *x = a, *y = b;
    if (x->reach != y->reach) return x->reach > y->reach ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static void add_curves(struct page *page, const jval *features) {
    const char *const ko[] = {"특성", ">차이", ">0일 때", ">½일 때", ">1일 때", ">모를 때", NULL};
    const char *const en[] = {"feature", ">reach", ">at 0", ">at ½", ">at 1", ">missing", NULL};
    const size_t count = jval_count(features);
    struct reached *order = memory_allocate_zero(count, sizeof *order);
    struct table table;
    if (!order) {
        page->out.failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++) order[i] = (struct reached){jval_at(features, i), reach_of(jval_at(features, i)), i};
    qsort(order, count, sizeof *order, compare_reach);
    page_heading(page, "특성이 점수에 더하는 값 (차이가 큰 것부터)", "What each feature adds to the score (most telling first)");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < count; i++) {
        const jval *adds = jval_get(order[i].feature, "adds");
        table_add(&table, name_of(page, order[i].feature));
        table_add_format(&table, "%.3f", order[i].reach);
        for (size_t k = 0; k < 3; k++) table_add_format(&table, "%+.3f", jval_number(jval_at(adds, k)));
        table_add_format(&table, "%+.3f", jval_number(jval_get(order[i].feature, "missing")));
    }
    page_table(page, &table, 2);
    memory_free(order);
}

static void add_inputs(struct page *page, const jval *inputs, const jval *svm) {
    const char *const ko[] = {">열", "특성", "모를 때", NULL}, *const en[] = {">column", "feature", "where it is missing", NULL};
    struct table table;
    page_heading_format(page, page_choose(page, "libsvm 모형 (%s, 벡터 %lld개)의 입력", "Inputs of the libsvm model (%s, %lld vectors)"),
                  jval_text(jval_get(svm, "kernel")), (long long)jval_integer(jval_get(svm, "vectors")));
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(inputs); i++) {
        const jval *one = jval_at(inputs, i);
        table_add_format(&table, "%zu", i + 1);
        table_add(&table, name_of(page, one));
        if (jval_true(jval_get(one, "indicator"))) table_add(&table, page_choose(page, "1 (알면 0)", "1 (else 0)"));
        else table_add_format(&table, "%g", jval_number(jval_get(one, "mean")));
    }
    page_table(page, &table, 2);
}

static void add_kernel(struct page *page, const jval *result) {
    const jval *coordinates = jval_get(result, "coordinates");
    const long long pairs = jval_integer(jval_get(jval_get(result, "model"), "pairs"));
    if (!pairs) return;
    buffer_format(&page->out,
                  page_choose(page, "\n■ 짝 커널: 학습한 쌍 가운데 %lld개와 얼마나 닮았는지를 봅니다 (좌표는 수요 %lld개, 공급 %lld개)\n",
                              "\n■ Kernel of pairs: likeness to %lld pairs that were learned from (coordinates: %lld of demands, %lld of suppliers)\n"),
                  pairs, (long long)jval_integer(jval_get(coordinates, "demand")), (long long)jval_integer(jval_get(coordinates, "supplier")));
}

static void show_model(struct page *page, const jval *result) {
    const jval *card = jval_get(result, "card"), *exposure = jval_get(card, "exposure");
    add_head(page, result);
    if (exposure) add_line(page, page_text(page, exposure));
    if (jval_count(jval_get(card, "measures"))) render_measures(page, jval_get(card, "measures"));
    else buffer_add_text(&page->out, page_choose(page, "\n  떼어 둔 수요에서 잰 값이 카드에 없습니다.\n", "\n  The card has no measures on held-out demands.\n"));
    if (jval_count(jval_get(result, "features"))) add_curves(page, jval_get(result, "features"));
    add_kernel(page, result);
    if (jval_count(jval_get(result, "inputs"))) add_inputs(page, jval_get(result, "inputs"), jval_get(result, "svm"));
    if (jval_get(card, "calibration")) render_calibration(page, jval_get(card, "calibration"));
}

/* ---- rows, export, import ---- */

static void add_columns(struct page *page, const jval *columns) {
    struct buffer names = BUFFER_EMPTY;
    for (size_t i = 0; i < jval_count(columns); i++) buffer_format(&names, i ? ",%s" : "%s", jval_text(jval_at(columns, i)));
    buffer_format(&page->out, page_choose(page, "  열의 차례(--features에 그대로 적습니다):\n  %s\n", "  the columns in order, as --features takes them:\n  %s\n"), names.bytes ? names.bytes : "");
    if (names.failed) page->out.failed = true;
    buffer_free(&names);
}

static void show_rows(struct page *page, const jval *result) {
    buffer_format(&page->out, page_choose(page, "행 %lld개(수요 %lld건) → %s\n", "%lld rows of %lld demands → %s\n"), (long long)jval_integer(jval_get(result, "rows")),
                  (long long)jval_integer(jval_get(result, "demands")), jval_text(jval_get(result, "out")));
    add_columns(page, jval_get(result, "columns"));
}

void render_model(struct page *page, const jval *result) {
    const jval *model = jval_get(result, "model"), *out = jval_get(result, "out");
    if (jval_get(result, "models")) {
        add_models(page, jval_get(result, "models"));
        add_broken(page, jval_get(result, "broken"));
    } else if (jval_get(result, "rows")) {
        show_rows(page, result);
    } else if (out) {
        buffer_format(&page->out, page_choose(page, "모형 %s → libsvm 형식 %s\n", "model %s → libsvm text %s\n"), jval_text(jval_get(model, "id")), jval_text(out));
    } else if (jval_get(result, "features")) {
        show_model(page, result);
    } else {
        buffer_format(&page->out, page_choose(page, "libsvm 모형을 모형 %s(으)로 가져왔습니다 → %s\n", "the libsvm model became the model %s → %s\n"), jval_text(jval_get(model, "id")),
                      jval_text(jval_get(model, "path")));
    }
}
