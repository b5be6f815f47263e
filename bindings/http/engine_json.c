/* SPDX-License-Identifier: Apache-2.0 */
#include "engine_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "refusal.h"

void engine_json_copy(const char *json, const char *pointer, char *text, size_t size) {
    char *found = NULL;
    *text = '\0';
    if (ieum_member(json, strlen(json), pointer, &found) == IEUM_OK && strlen(found) < size) snprintf(text, size, "%s", found);
    engine_json_free(found);
}

void engine_json_free(void *json) {
    if (json) explicit_bzero(json, strlen(json));
    ieum_free(json);
}

void engine_json_answer(struct exchange *exchange, ieum_status status, char *reply) {
    if (!reply) {
        refuse(exchange, REFUSE_MEMORY);
        return;
    }
    exchange_answer(exchange, &(struct reply){.status = ieum_status_http(status), .type = "application/json; charset=utf-8", .bytes = reply,
                                              .size = strlen(reply), .release = engine_json_free});
}

char *engine_json_quoted(const char *text) {
    char *quoted = malloc(strlen(text) * 6 + 3), *out = quoted;
    if (!quoted) return NULL;
    *out++ = '"';
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\') *out++ = '\\', *out++ = *text;
        else if (c < ' ') out += sprintf(out, "\\u%04x", c);
        else *out++ = *text;
    }
    *out++ = '"';
    *out = '\0';
    return quoted;
}
