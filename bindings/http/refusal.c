/* SPDX-License-Identifier: Apache-2.0 */
#include "refusal.h"

#include <string.h>

/* The whole text is put together when this is compiled. Sentences must not need escaping in JSON. */
#define TEXT(code, status, title, detail, ko, en)                                                                                                    \
    "{\"problem\":{\"type\":\"urn:ieum:problem:" code "\",\"title\":\"" title "\",\"status\":" #status ",\"detail\":\"" detail "\",\"code\":\"" code \
    "\",\"pointer\":\"\",\"text\":{\"ko\":\"" ko "\",\"en\":\"" en "\"}}}"
#define ENTRY(code, status, ko_title, en_title, ko, en) {status, TEXT(code, status, ko_title, ko, ko, en), TEXT(code, status, en_title, en, ko, en)}

static const struct entry {
    int status;
    const char *ko, *en;
} entries[REFUSAL_COUNT] = {
    [REFUSE_PATH] = ENTRY("not_found", 404, "찾을 수 없습니다", "not found", "이 주소에는 아무것도 없습니다.", "There is nothing at this address."),
    [REFUSE_METHOD] = ENTRY("method", 405, "쓸 수 없는 방법입니다", "method not allowed", "이 주소에는 그 방법(method)을 쓸 수 없습니다. Allow 머리글을 보십시오.",
                            "This address does not take that method; see the header Allow."),
    [REFUSE_TYPE] = ENTRY("media_type", 415, "다룰 수 없는 형식입니다", "unsupported media type",
                          "요청 본문은 application/json이나 application/jsonl이어야 합니다.", "A request's body must be application/json or application/jsonl."),
    [REFUSE_LARGE] = ENTRY("limit", 413, "한도를 넘었습니다", "a limit was exceeded", "요청 본문이 한도(1 MiB)를 넘었습니다. 큰 파일은 나누어 올리십시오.",
                           "The body of the request is over the limit (1 MiB); upload large files in parts."),
    [REFUSE_FRAMING] = ENTRY("invalid", 400, "입력이 올바르지 않습니다", "invalid input", "본문의 길이가 두 번 적혔거나 수가 아닙니다.",
                             "The length of the body is given twice or is no number."),
    [REFUSE_QUERY] = ENTRY("invalid", 400, "입력이 올바르지 않습니다", "invalid input", "주소의 물음표 뒤가 올바르지 않습니다.",
                           "What follows the question mark of the address is not valid."),
    [REFUSE_FORMAT] = ENTRY("invalid", 400, "입력이 올바르지 않습니다", "invalid input", "이 답은 그 형식(format)으로 내보낼 수 없습니다.",
                            "This reply does not come in that format."),
    [REFUSE_UPLOAD] = ENTRY("not_found", 404, "찾을 수 없습니다", "not found", "올린 파일이 없습니다. 시간이 지났거나 다른 계정이 올린 것입니다.",
                            "There is no such upload; its time is over or it is another account's."),
    [REFUSE_UPLOAD_NAME] = ENTRY("invalid", 400, "입력이 올바르지 않습니다", "invalid input", "파일 이름(name)이 없거나 쓸 수 없습니다.",
                                 "The name of the file is missing or cannot be used."),
    [REFUSE_UPLOAD_ROLE] = ENTRY("forbidden", 403, "허용되지 않습니다", "forbidden",
                                 "이 역할은 파일을 올릴 수 없습니다. 자료를 가져오거나 그림자 회차를 돌릴 수 있는 역할만 올립니다.",
                                 "This role uploads no files; only roles that import records or run a shadow round do."),
    [REFUSE_UPLOAD_OFFSET] = ENTRY("conflict", 409, "현재 상태와 충돌합니다", "conflict with the present state", "이어 올릴 자리(offset)가 지금까지 받은 크기와 다릅니다.",
                                   "The offset is not the size of what has come in so far."),
    [REFUSE_UPLOAD_LARGE] = ENTRY("limit", 413, "한도를 넘었습니다", "a limit was exceeded", "올린 파일이 한도를 넘었습니다.", "The uploaded file is over the limit."),
    [REFUSE_UPLOADS] = ENTRY("busy", 503, "지금은 바쁩니다", "busy", "올려 둔 파일이 너무 많습니다. 쓰지 않는 것을 지우고 다시 시도하십시오.",
                             "There are too many uploads; remove those not needed and try again."),
    [REFUSE_HOST] = ENTRY("host", 421, "다른 서버를 찾는 요청입니다", "misdirected request", "Host 머리글이 이 서버의 주소가 아닙니다.",
                          "The header Host is not an address of this server."),
    [REFUSE_TOKEN] = ENTRY("unauthorized", 401, "본인 확인이 필요합니다", "authentication is needed", "토큰이나 로그인이 없거나 더는 쓸 수 없습니다.",
                           "There is no token or sign-in, or it is no longer valid."),
    [REFUSE_FAILURES] = ENTRY("failures", 429, "시도가 너무 많습니다", "too many attempts", "본인 확인에 여러 번 실패했습니다. 잠시 뒤 다시 시도하십시오.",
                              "Authentication failed too often; try again later."),
    [REFUSE_CSRF] = ENTRY("forbidden", 403, "허용되지 않습니다", "forbidden", "X-CSRF-Token 머리글이 로그인과 맞지 않습니다. 화면을 새로 고치십시오.",
                          "The header X-CSRF-Token does not match the sign-in; reload the page."),
    [REFUSE_SITE] = ENTRY("forbidden", 403, "허용되지 않습니다", "forbidden", "다른 사이트에서 온 요청은 받지 않습니다.", "Requests from another site are not taken."),
    [REFUSE_READ_ONLY] = ENTRY("method", 405, "쓸 수 없는 방법입니다", "method not allowed", "무엇을 바꾸거나 오래 걸리는 작업은 POST로만 받습니다.",
                               "Work that changes something or takes long is taken by POST only."),
    [REFUSE_BUSY] = ENTRY("busy", 503, "지금은 바쁩니다", "busy", "요청이 많아 지금은 받을 수 없습니다. 잠시 뒤 다시 시도하십시오.",
                          "There are too many requests at the moment; try again shortly."),
    [REFUSE_WAITED] = ENTRY("busy", 503, "지금은 바쁩니다", "busy", "차례가 오지 않아 요청을 시작하지 못했습니다. 잠시 뒤 다시 시도하십시오.",
                            "The request's turn did not come in time and it was not begun; try again shortly."),
    [REFUSE_CONNECTIONS] = ENTRY("busy", 503, "지금은 바쁩니다", "busy", "접속이 너무 많습니다. 잠시 뒤 다시 시도하십시오.",
                                 "There are too many connections; try again shortly."),
    [REFUSE_STOPPING] = ENTRY("busy", 503, "지금은 바쁩니다", "busy", "서버가 멈추는 중이라 새 요청을 받지 않습니다.", "The server is stopping and takes no new requests."),
    [REFUSE_NOT_READY] = ENTRY("busy", 503, "지금은 바쁩니다", "busy", "서버가 아직 준비되지 않았습니다.", "The server is not ready yet."),
    [REFUSE_REMOTE] = ENTRY("forbidden", 403, "허용되지 않습니다", "forbidden", "이 주소는 서버가 있는 기계에서만 볼 수 있습니다.",
                            "This address is for the server's own machine only."),
    [REFUSE_MEMORY] = ENTRY("memory", 503, "메모리가 부족합니다", "out of memory", "메모리가 부족합니다.", "There is not enough memory."),
};

const char *refusal_text(enum refusal refusal, bool korean) { return korean ? entries[refusal].ko : entries[refusal].en; }

struct reply refusal_reply(enum refusal refusal, bool korean) {
    const char *text = refusal_text(refusal, korean);
    return (struct reply){.status = entries[refusal].status, .type = "application/json; charset=utf-8", .bytes = text, .size = strlen(text)};
}

void refuse(struct exchange *exchange, enum refusal refusal) {
    struct reply reply = refusal_reply(refusal, exchange->korean);
    exchange_answer(exchange, &reply);
}

void refuse_method(struct exchange *exchange, const char *allowed) {
    struct reply reply = refusal_reply(REFUSE_METHOD, exchange->korean);
    reply.allow = allowed;
    exchange_answer(exchange, &reply);
}
