/* SPDX-License-Identifier: Apache-2.0 */
/* /v1/uploads…: a file comes in parts and is then looked at and imported. */
#ifndef IEUM_HTTP_API_UPLOADS_H
#define IEUM_HTTP_API_UPLOADS_H

#include "exchange.h"

void api_uploads_begin(struct exchange *exchange);

#endif
