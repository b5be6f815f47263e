/* SPDX-License-Identifier: Apache-2.0 */
/* /v1/templates/<kind>: a file to fill in and import. /v1/openapi.json: what the server takes, for programs; it needs no token. */
#ifndef IEUM_HTTP_API_DOCUMENTS_H
#define IEUM_HTTP_API_DOCUMENTS_H

#include "exchange.h"

void api_documents_begin(struct exchange *exchange);

#endif
