/* SPDX-License-Identifier: Apache-2.0 */
/* Commands of whoever answers for a server: accounts and the access log. */
#include <string.h>

#include "commands_parts.h"

int command_account(struct taking *taking) {
    static const char *const texts[][2] = {{"--token-id", "token_id"}, {"--by", "by"}, {"--reason", "reason"}};
    struct request_text request;
    const char *format = take_file_format(taking, ""), *days = take(taking, "--days"), *role = take(taking, "--role");
    const bool revoke = take_flag(taking->arguments, "--revoke");
    const char *action = take_operand(taking->arguments);
    request_begin(&request, "account");
    request_add_text(&request, "action", action);
    request_add_text(&request, "account", take_operand(taking->arguments));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) request_add_text(&request, texts[i][1], take(taking, texts[i][0]));
    if (action && strcmp(action, "role") == 0 && !role) role = take_operand(taking->arguments);
    request_add_text(&request, "role", role);
    if (revoke) request_add_raw(&request, "revoke", "true");
    return finish_with_number(taking, &request, "days", days, format);
}

int command_access(struct taking *taking) {
    static const char *const texts[][2] = {{"--month", "month"}, {"--account", "account"}, {"--by", "by"}, {"--reason", "reason"}};
    struct request_text request;
    const char *format = take_file_format(taking, ""), *limit = take(taking, "--limit");
    request_begin(&request, "access");
    request_add_text(&request, "action", take_operand(taking->arguments));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) request_add_text(&request, texts[i][1], take(taking, texts[i][0]));
    return finish_with_number(taking, &request, "limit", limit, format);
}
