/* SPDX-License-Identifier: Apache-2.0 */
#include "api_documents.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api_export.h"
#include "engine_json.h"
#include "gate.h"
#include "refusal.h"
#include "server.h"

static const char kind_letters[] = "abcdefghijklmnopqrstuvwxyz";

/* At a reader: `name` is the kind, `table` the language (NULL: that of the request). */
static void make_template(struct exchange *exchange, struct worker *worker) {
    void *bytes = NULL;
    char *problem = NULL;
    size_t size = 0;
    const char *language = exchange->table ? exchange->table : exchange->korean ? "ko" : "en";
    ieum_status status = ieum_template(worker->engine, exchange->name, exchange->format, language, &bytes, &size, &problem);
    if (status != IEUM_OK) {
        engine_json_answer(exchange, status, problem);
        return;
    }
    struct reply reply = {.status = 200, .type = api_export_type(exchange->format), .bytes = bytes, .size = size, .release = ieum_free};
    snprintf(reply.file, sizeof reply.file, "ieum-template-%s.%s", exchange->name, exchange->format);
    exchange_answer(exchange, &reply);
}

static void begin_template(struct exchange *exchange, const char *kind) {
    bool wrong_format, wrong_language;
    char *format = exchange_query(exchange, "format", &wrong_format);
    exchange->table = exchange_query(exchange, "lang", &wrong_language);
    exchange->name = strdup(kind);
    bool known = format && (strcmp(format, "csv") == 0 || strcmp(format, "xlsx") == 0);
    if (known) snprintf(exchange->format, sizeof exchange->format, "%s", format);
    free(format);
    if (!exchange->name) refuse(exchange, REFUSE_MEMORY);
    else if (strspn(kind, kind_letters) != strlen(kind) || strlen(kind) > 24) refuse(exchange, REFUSE_PATH);
    else if (!known || wrong_format || wrong_language) refuse(exchange, REFUSE_QUERY);
    if (exchange->answered) return;
    exchange->kind_after = WORK_READ;
    exchange->work_after = make_template;
    gate_enter(exchange);
}

void api_documents_begin(struct exchange *exchange) {
    const char *folder = "/v1/templates/";
    bool template = strncmp(exchange->path, folder, strlen(folder)) == 0 && exchange->path[strlen(folder)];
    snprintf(exchange->op, sizeof exchange->op, "%s", template ? "templates" : "openapi");
    if (strcmp(exchange->method, "GET") != 0 && strcmp(exchange->method, "HEAD") != 0) refuse_method(exchange, "GET, HEAD");
    else if (template) begin_template(exchange, exchange->path + strlen(folder));
    else if (strcmp(exchange->path, "/v1/openapi.json") != 0 || !static_files_answer(exchange->server->documents, exchange, "openapi.json"))
        refuse(exchange, REFUSE_PATH);
}
