/* SPDX-License-Identifier: Apache-2.0 */
/* data/report/report.json: bands, what counts as a small number, how the yearly report compares and trains. */
#include "adapt/json_file.h"
#include "pipeline_report.h"

enum { LARGEST_FILE = 1 << 20 };

static ieum_status read_bands(const jval *json, const char *section, const char *key, double values[REPORT_BANDS], size_t *count, struct problem *problem) {
    static const struct jpath root = {NULL, NULL, 0};
    const struct jpath at = {&root, section, 0}, list_at = {&at, key, 0};
    const jval *object = NULL, *list = NULL;
    ieum_status status = field_object(json, NULL, section, true, &object, problem);
    if (status == IEUM_OK) status = field_array(object, &at, key, true, &list, problem);
    if (status == IEUM_OK && (jval_count(list) < 1 || jval_count(list) > REPORT_BANDS))
        return jval_refuse(problem, &list_at, list, "1..8", "구간의 경계는 1개에서 8개까지입니다.", "There are 1 to 8 bounds of bands.");
    for (size_t i = 0; status == IEUM_OK && i < jval_count(list); i++) {
        const jval *one = jval_at(list, i);
        values[i] = jval_number(one);
        if ((!jval_is(one, JVAL_INTEGER) && !jval_is(one, JVAL_REAL)) || values[i] <= 0 || values[i] > 1000 || (i && values[i] <= values[i - 1]))
            status = jval_refuse(problem, &(struct jpath){&list_at, NULL, i}, one, "0 <", "구간의 경계는 0보다 크고 커지는 차례여야 합니다.", "Bounds of bands are above 0 and ascend.");
    }
    *count = jval_count(list);
    return status;
}

/* How the yearly report reads small numbers, and how it trains. */
static ieum_status read_retrain(const jval *year, const struct jpath *at, struct report_retrain *retrain, struct problem *problem) {
    static const char *const known[] = {"kind", "seed", "folds", "least_demands", "top"}, *const kinds[] = {"linear", "additive"};
    const struct jpath own_at = {at, "retrain", 0};
    const jval *own = NULL;
    size_t kind = 0;
    ieum_status status = field_object(year, at, "retrain", true, &own, problem);
    if (status == IEUM_OK) status = field_refuse_unknown(own, &own_at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = field_choice(own, &own_at, "kind", true, kinds, 2, &kind, problem);
    if (status == IEUM_OK) status = field_integer(own, &own_at, "seed", true, 0, INT64_C(9007199254740991), &retrain->seed, problem);
    if (status == IEUM_OK) status = field_integer(own, &own_at, "folds", true, 2, 100, &retrain->folds, problem);
    if (status == IEUM_OK) status = field_integer(own, &own_at, "least_demands", true, 2, 1000000, &retrain->least_demands, problem);
    if (status == IEUM_OK) status = field_integer(own, &own_at, "top", true, 1, 100, &retrain->top, problem);
    retrain->kind = kind == 0 ? MODEL_LINEAR : MODEL_ADDITIVE;
    return status;
}

static ieum_status read_year(const jval *json, struct report_terms *terms, struct problem *problem) {
    static const char *const known[] = {"least", "z", "rows", "retrain", "source"};
    static const struct jpath root = {NULL, NULL, 0}, at = {&root, "year", 0};
    const jval *year = NULL;
    ieum_status status = field_object(json, NULL, "year", true, &year, problem);
    if (status == IEUM_OK) status = field_refuse_unknown(year, &at, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = field_integer(year, &at, "least", true, 1, 1000000, &terms->least, problem);
    if (status == IEUM_OK) status = field_number(year, &at, "z", true, 0.5, 6, &terms->z, problem);
    if (status == IEUM_OK) status = field_integer(year, &at, "rows", true, 1, 1000, &terms->rows, problem);
    return status == IEUM_OK ? read_retrain(year, &at, &terms->retrain, problem) : status;
}

static ieum_status read_terms(const jval *json, struct report_terms *terms, struct problem *problem) {
    static const char *const known[] = {"report", "version", "effective", "source", "small_cells", "age_bands", "readiness_bands", "needs_shown", "year"};
    static const struct jpath root = {NULL, NULL, 0}, small_at = {&root, "small_cells", 0}, readiness_at = {&root, "readiness_bands", 0};
    const jval *small = NULL;
    double ages[REPORT_BANDS];
    ieum_status status = field_refuse_unknown(json, NULL, known, sizeof known / sizeof *known, problem);
    if (status == IEUM_OK) status = field_object(json, NULL, "small_cells", true, &small, problem);
    if (status == IEUM_OK) status = field_integer(small, &small_at, "below", true, 0, 1000, &terms->small_cells, problem);
    if (status == IEUM_OK) status = read_bands(json, "age_bands", "years", ages, &terms->age_count, problem);
    if (status == IEUM_OK) status = read_bands(json, "readiness_bands", "points", terms->readiness, &terms->readiness_count, problem);
    if (status == IEUM_OK) status = field_number(jval_get(json, "readiness_bands"), &readiness_at, "reference", true, 0, 100, &terms->readiness_reference, problem);
    if (status == IEUM_OK) status = field_integer(json, NULL, "needs_shown", true, 1, 1000, &terms->needs_shown, problem);
    if (status == IEUM_OK) status = read_year(json, terms, problem);
    for (size_t i = 0; status == IEUM_OK && i < terms->age_count; i++) terms->ages[i] = (int64_t)ages[i];
    return status;
}

ieum_status report_terms_load(const struct workspace *workspace, struct report_terms *terms, struct problem *problem) {
    static const char name[] = "report/report.json";
    const char *data = workspace_data_path(workspace);
    jval *json = NULL;
    ieum_status status = json_file_read(data, name, LARGEST_FILE, &json, problem);
    if (status == IEUM_OK && (status = read_terms(json, terms, problem)) != IEUM_OK) json_file_place(data, name, problem);
    jval_free(json);
    return status;
}
