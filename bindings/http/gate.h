/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who asks: a token (Authorization: Bearer) or a session (cookie), looked up among those known a moment ago and else by the worker at the gate,
 * before the request goes to its own queue. With a cookie, what changes something needs the session's CSRF token and must come from the server's own
 * pages.
 */
#ifndef IEUM_HTTP_GATE_H
#define IEUM_HTTP_GATE_H

#include "exchange.h"

/* Sends an exchange whose work_after and kind_after are set on its way, or refuses it. In the carrier's thread. */
void gate_enter(struct exchange *exchange);
/* Whether the header Host is an address of this server; else it is refused. In the carrier's thread. */
bool gate_check_host(struct exchange *exchange);
/* Whether it comes from the server's own pages or from no page; else it is refused. In the carrier's thread. */
bool gate_check_site(struct exchange *exchange);
/* Whether another attempt may be made from there; else it is refused. */
bool gate_check_attempts(struct exchange *exchange);
/* A failed attempt: counted, and answered by 401. */
void gate_failed(struct exchange *exchange);
/* Letters, digits, '-' and '_', at most SECRET_MOST. */
bool gate_is_secret(const char *text);
/* Who a reply of the engine says it is. */
void gate_read_caller(struct caller *caller, const char *reply);

#endif
