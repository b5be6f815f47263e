/* SPDX-License-Identifier: Apache-2.0 */
/* The page of a model that was learned: where it stands, what it reached on held-out lists beside the rubric, and how far its probabilities can be believed. */
#include "page.h"

#include "table.h"

static void add_head(struct page *page, const jval *model, const jval *card) {
    const jval *labels = jval_get(card, "labels"), *parameters = jval_get(card, "parameters");
    buffer_format(&page->out, page_choose(page, "모형 %s (%s) → %s\n", "model %s (%s) → %s\n"), jval_text(jval_get(model, "id")), jval_text(jval_get(model, "kind")),
                  jval_text(jval_get(model, "path")));
    text_wrap(page_text(page, jval_get(card, "data")), 0, 2, page->width, &page->out);
    buffer_format(&page->out, page_choose(page, "\n  학습한 쌍 %lld개, 수요 %lld건; C = %g; 해시 %.12s…\n", "\n  learned from %lld pairs of %lld demands; C = %g; hash %.12s…\n"),
                  (long long)jval_integer(jval_get(labels, "examples")), (long long)jval_integer(jval_get(labels, "demands")), jval_number(jval_get(parameters, "cost")),
                  jval_text(jval_get(model, "hash")));
}

static void add_mean(struct table *table, const jval *one, const char *format) {
    const jval *interval = jval_get(one, "interval");
    if (!one) {
        table_add(table, "–");
        return;
    }
    table_add_format(table, format, jval_number(jval_get(one, "mean")), jval_number(jval_at(interval, 0)), jval_number(jval_at(interval, 1)));
}

void render_measures(struct page *page, const jval *measures) {
    const char *const ko[] = {"척도", ">모형", ">배점표", ">차이", ">p", NULL}, *const en[] = {"measure", ">model", ">rubric", ">difference", ">p", NULL};
    struct table table;
    page_heading(page, "떼어 둔 수요에서 잰 값 (95% 구간)", "On held-out demands (95% interval)");
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(measures); i++) {
        const jval *one = jval_at(measures, i), *difference = jval_get(one, "difference");
        table_add(&table, jval_text(jval_get(one, "measure")));
        add_mean(&table, jval_get(one, "model"), "%.3f (%.3f–%.3f)");
        add_mean(&table, jval_get(one, "rubric"), "%.3f (%.3f–%.3f)");
        add_mean(&table, difference, "%+.3f (%+.3f–%+.3f)");
        if (difference) table_add_format(&table, "%.4f", jval_number(jval_get(difference, "p")));
        else table_add(&table, "–");
    }
    page_table(page, &table, 2);
}

void render_calibration(struct page *page, const jval *calibration) {
    const char *const ko[] = {">확률", ">쌍", ">평균 확률", ">실제 비율", NULL}, *const en[] = {">probability", ">pairs", ">mean probability", ">observed", NULL};
    const jval *bins = jval_get(calibration, "bins");
    struct table table;
    page_heading_format(page, page_choose(page, "확률의 믿을 만함: Brier %.4f (늘 같은 값을 말하면 %.4f)", "Reliability of probabilities: Brier %.4f (always saying the same: %.4f)"),
                  jval_number(jval_get(calibration, "brier")), jval_number(jval_get(calibration, "base_brier")));
    table_begin(&table, page->korean ? ko : en);
    for (size_t i = 0; i < jval_count(bins); i++) {
        const jval *bin = jval_at(bins, i);
        if (!jval_integer(jval_get(bin, "count"))) continue;
        table_add_format(&table, "%.1f–%.1f", jval_number(jval_get(bin, "from")), jval_number(jval_get(bin, "from")) + 0.1);
        table_add_format(&table, "%lld", (long long)jval_integer(jval_get(bin, "count")));
        table_add_format(&table, "%.3f", jval_number(jval_get(bin, "probability")));
        table_add_format(&table, "%.3f", jval_number(jval_get(bin, "observed")));
    }
    page_table(page, &table, 2);
}

void render_train(struct page *page, const jval *result) {
    const jval *card = jval_get(result, "card"), *measures = jval_get(card, "measures"), *calibration = jval_get(card, "calibration"), *exposure = jval_get(card, "exposure");
    add_head(page, jval_get(result, "model"), card);
    if (jval_count(measures)) render_measures(page, measures);
    if (calibration) render_calibration(page, calibration);
    if (!exposure) return;
    buffer_add_byte(&page->out, '\n');
    text_wrap(page_text(page, exposure), 0, 2, page->width, &page->out);
    buffer_add_byte(&page->out, '\n');
}
