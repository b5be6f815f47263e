/* SPDX-License-Identifier: Apache-2.0 */
/* Accept: text/event-stream: events "progress" {"message"} while the engine works, then "reply" with its reply. */
#ifndef IEUM_HTTP_API_EVENTS_H
#define IEUM_HTTP_API_EVENTS_H

#include "workers.h"

void api_events_run(struct exchange *exchange, struct worker *worker);
/* A message of the engine while the worker is at an exchange of this kind. */
void api_events_progress(struct exchange *exchange, const char *message);

#endif
