/* SPDX-License-Identifier: Apache-2.0 */
/* From a method and a path to what answers it; the hooks of the carrier. */
#ifndef IEUM_HTTP_ROUTE_H
#define IEUM_HTTP_ROUTE_H

#include "carrier.h"

struct carrier_hooks route_hooks(struct server *server);

#endif
