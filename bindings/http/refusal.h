/* SPDX-License-Identifier: Apache-2.0 */
/* What the server itself refuses, before a request comes to the engine: problems of the same shape as the engine's (RFC 9457), in two languages. */
#ifndef IEUM_HTTP_REFUSAL_H
#define IEUM_HTTP_REFUSAL_H

#include "exchange.h"

enum refusal {
    REFUSE_PATH,
    REFUSE_METHOD,
    REFUSE_TYPE,
    REFUSE_LARGE,
    REFUSE_FRAMING,
    REFUSE_QUERY,
    REFUSE_FORMAT,
    REFUSE_UPLOAD,
    REFUSE_UPLOAD_NAME,
    REFUSE_UPLOAD_ROLE,
    REFUSE_UPLOAD_OFFSET,
    REFUSE_UPLOAD_LARGE,
    REFUSE_UPLOADS,
    REFUSE_HOST,
    REFUSE_TOKEN,
    REFUSE_FAILURES,
    REFUSE_CSRF,
    REFUSE_SITE,
    REFUSE_READ_ONLY,
    REFUSE_BUSY,
    REFUSE_WAITED,
    REFUSE_CONNECTIONS,
    REFUSE_STOPPING,
    REFUSE_NOT_READY,
    REFUSE_REMOTE,
    REFUSE_MEMORY,
    REFUSAL_COUNT
};

/* The answer; its bytes are constants or owned by it. */
struct reply refusal_reply(enum refusal refusal, bool korean);
/* The object {"problem":{…}} alone, a constant. */
const char *refusal_text(enum refusal refusal, bool korean);
/* exchange_answer with it. */
void refuse(struct exchange *exchange, enum refusal refusal);
/* As REFUSE_METHOD; `allowed`, a constant, is the header Allow. */
void refuse_method(struct exchange *exchange, const char *allowed);

#endif
