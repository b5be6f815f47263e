/* SPDX-License-Identifier: Apache-2.0 */
/* Accept: text/event-stream: events "progress" {"message"} while the engine works, then "reply" with its reply. */
#ifndef IEUM_HTTP_API_EVENTS_H
#define IEUM_HTTP_API_EVENTS_H

#include "workers.h"

void api_events_run(struct exchange *exchange, struct worker *worker);
/* A message for the client of what the worker is at, where that is an exchange of this kind. */
void api_events_progress(struct worker *worker, const char *message);
/* Where nothing was told for a while: for how long the work goes on. */
void api_events_tell(struct worker *worker);

#endif
