/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON Lines: a request a line, a reply a line, in order. Each line goes to the workers of its kind of work; between lines the exchange stands at the
 * end of the queue again, so that a long batch does not hold up others, and it pauses while its client does not take the replies.
 */
#ifndef IEUM_HTTP_API_LINES_H
#define IEUM_HTTP_API_LINES_H

#include "exchange.h"

void api_lines_begin(struct exchange *exchange);

#endif
