/* SPDX-License-Identifier: Apache-2.0 */
/* Replies of the engine on their way out, and the few members of them that the server itself reads. */
#ifndef IEUM_HTTP_ENGINE_JSON_H
#define IEUM_HTTP_ENGINE_JSON_H

#include "exchange.h"
#include "ieum.h"

/* The text at a JSON Pointer; "" where there is none or it is longer. */
void engine_json_copy(const char *json, const char *pointer, char *text, size_t size);
/* Frees a text of the engine, wiped: a reply may hold a token, a session or what a firm told. NULL is fine. */
void engine_json_free(void *json);
/* Answers with a reply of the engine, which is taken (NULL: no memory). */
void engine_json_answer(struct exchange *exchange, ieum_status status, char *reply);
/* As `text`, quoted for JSON. NULL: no memory. To be freed with free. */
char *engine_json_quoted(const char *text);

#endif
