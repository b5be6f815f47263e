/* SPDX-License-Identifier: Apache-2.0 */
#ifndef IEUM_REQUEST_SUGGEST_ROUTES_H
#define IEUM_REQUEST_SUGGEST_ROUTES_H

#include "request.h"

/* Adds "need_types", "programs" and "other_programs" to the suggestion of one demand; `notes`: what its text was understood as. Errors are those of the diagnosis. */
ieum_status suggest_routes(struct call *call, const struct demand *demand, const struct understanding *notes, jval *result, struct problem *problem);

#endif
