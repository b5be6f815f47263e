/* SPDX-License-Identifier: Apache-2.0 */
/*
 * POST /v1/uploads/shadow?suppliers=ID&demands=ID&decisions=ID: a shadow round of files that were uploaded before. The body is the request of op
 * shadow without the parts that come as files; a part without an ID stands there as a list. The files stay, so that a column can be bound and the
 * round asked for again.
 */
#ifndef IEUM_HTTP_API_SHADOW_H
#define IEUM_HTTP_API_SHADOW_H

#include "exchange.h"

/* Sets what the gate's worker hands on to, or refuses. */
void api_shadow_begin(struct exchange *exchange);

#endif
