/* SPDX-License-Identifier: Apache-2.0 */
/* ieum_call without a store on any bytes: always one JSON object, with a result or a problem that has all its texts.
 * The same engine answers all inputs. */
#include "adapt/json.h"
#include "fuzz.h"
#include "ieum.h"

static ieum_engine *open_engine(void) {
    ieum_options options;
    ieum_engine *engine = NULL;
    char data[1024];
    snprintf(data, sizeof data, "%s/data", fuzz_source());
    ieum_options_init(&options);
    options.data_path = data;
    options.now = "2025-06-01";
    options.threads = 1;
    PROMISE(ieum_open(&options, &engine, NULL) == IEUM_OK);
    return engine;
}

static void check_problem(const jval *problem, ieum_status status) {
    static const char *const texts[] = {"type", "title", "detail", "code", "pointer"}, *const optional[] = {"source",
                                                                                                            "value",
                                                                                                            "expected"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) PROMISE(jval_get_text(problem, texts[i]) != NULL);
    for (size_t i = 0; i < sizeof optional / sizeof *optional; i++)
        PROMISE(!jval_get(problem, optional[i]) || jval_get_text(problem, optional[i]));
    PROMISE(strcmp(jval_get_text(problem, "code"), ieum_status_code(status)) == 0);
    PROMISE(jval_get_text(jval_get(problem, "text"), "ko") && jval_get_text(jval_get(problem, "text"), "en"));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static ieum_engine *engine;
    char *reply = NULL;
    struct problem problem = {0};
    jval *json = NULL;
    if (!engine) engine = open_engine();
    ieum_status status = ieum_call(engine, (const char *)bytes, size, &reply);
    PROMISE(reply && status != IEUM_MEMORY && status != IEUM_INTERNAL);
    PROMISE(jval_parse(reply, strlen(reply), &json, &problem) == IEUM_OK && jval_is(json, JVAL_OBJECT));
    PROMISE((status == IEUM_OK) == (jval_get(json, "result") != NULL) &&
            (status != IEUM_OK) == (jval_get(json, "problem") != NULL));
    if (status != IEUM_OK) check_problem(jval_get(json, "problem"), status);
    jval_free(json);
    ieum_free(reply);
    return 0;
}
