/* SPDX-License-Identifier: Apache-2.0 */
/* A problem as JSON (RFC 9457), its sentences in one language and, under "text", in both. */
#ifndef IEUM_REQUEST_PROBLEM_JSON_H
#define IEUM_REQUEST_PROBLEM_JSON_H

#include "../adapt/json.h"

jval *problem_json(const struct problem *problem, bool korean); /* owned by the caller */

#endif
