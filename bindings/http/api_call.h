/* SPDX-License-Identifier: Apache-2.0 */
/*
 * /v1/<op>: a request to the engine for the caller. POST has it as JSON, GET (for work that only reads) in the query; the reply is JSON, or with
 * "format" in the query a file or picture made of it.
 */
#ifndef IEUM_HTTP_API_CALL_H
#define IEUM_HTTP_API_CALL_H

#include "exchange.h"
#include "ieum.h"

/* Reads the operation from the path and sends the exchange on its way through the gate, or refuses it. In the carrier's thread. */
void api_call_begin(struct exchange *exchange);
/* One request of the exchange's caller; `op` NULL: the request names it. */
ieum_status api_call_engine(struct exchange *exchange, struct worker *worker, const char *op, const char *request, size_t size, char **reply);
/* Afterwards, of a request that may have changed something (`work`): readers get a fresh snapshot where suppliers changed, accounts are looked up
 * anew. */
void api_call_changed(struct exchange *exchange, const char *op, int kind);
/* enum work_kind of a request; -1: there is no such operation. */
int api_call_kind(struct exchange *exchange, const char *op, const char *request, size_t size);

#endif
