/* SPDX-License-Identifier: Apache-2.0 */
#include "api_export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_json.h"
#include "refusal.h"

enum { TABLE_WIDTH = 120 };

static const struct format {
    const char *name, *type;
    bool is_file;      /* a browser saves it; else it shows it */
    bool is_exported;  /* by ieum_export; else by ieum_render */
} formats[] = {
    {"json", "application/json; charset=utf-8", false, false},
    {"csv", "text/csv; charset=utf-8", true, true},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true, true},
    {"html", "text/html; charset=utf-8", false, true},
    {"table", "text/plain; charset=utf-8", false, false},
    {"svg", "image/svg+xml", false, false},
    {"trec", "text/plain; charset=utf-8", false, false},
};

/* What is shown has styles of its own and nothing else: no scripts, no frames, nothing fetched. */
static const char shown_policy[] =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static const struct format *find_format(const char *name) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0) return &formats[i];
    return NULL;
}

bool api_export_has(const char *format) { return find_format(format) != NULL; }
const char *api_export_type(const char *format) { return find_format(format)->type; }

bool api_export_read(struct exchange *exchange) {
    bool wrong_format, wrong_table;
    char *format = exchange_query(exchange, "format", &wrong_format);
    exchange->table = exchange_query(exchange, "table", &wrong_table);
    bool good = !wrong_format && !wrong_table && (!format || api_export_has(format));
    if (good && format && strcmp(format, "json") != 0) snprintf(exchange->format, sizeof exchange->format, "%s", format);
    free(format);
    return good;
}

/* Text that cannot be made is told as the engine's problem where it has one, and else as a format that this reply does not come in. */
static ieum_status make(struct exchange *exchange, struct worker *worker, const struct format *format, const char *reply, void **bytes,
                        size_t *size) {
    char language[8] = "", *text = NULL;
    if (exchange->body) engine_json_copy(exchange->body, "/lang", language, sizeof language);
    if (!*language) snprintf(language, sizeof language, "%s", exchange->korean ? "ko" : "en");
    if (format->is_exported) return ieum_export(worker->engine, reply, strlen(reply), format->name, exchange->table, language, bytes, size);
    ieum_status status = ieum_render(worker->engine, reply, strlen(reply), format->name, TABLE_WIDTH, &text);
    *bytes = text;
    *size = text ? strlen(text) : 0;
    return status;
}

void api_export_answer(struct exchange *exchange, struct worker *worker, char *reply) {
    const struct format *format = find_format(exchange->format);
    void *bytes = NULL;
    size_t size = 0;
    ieum_status status = make(exchange, worker, format, reply, &bytes, &size);
    engine_json_free(reply);
    if (status != IEUM_OK) {
        if (bytes && *(const char *)bytes == '{') engine_json_answer(exchange, status, bytes);
        else {
            ieum_free(bytes);
            refuse(exchange, REFUSE_FORMAT);
        }
        return;
    }
    struct reply answer = {.status = 200, .type = format->type, .bytes = bytes, .size = size, .release = ieum_free, .policy = shown_policy};
    if (format->is_file) snprintf(answer.file, sizeof answer.file, "ieum-%s.%s", exchange->op, format->name);
    exchange_answer(exchange, &answer);
}
