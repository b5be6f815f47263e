/* SPDX-License-Identifier: Apache-2.0 */
/* The command of the shadow round: past decisions beside what the engine says of them. */
#include "commands_parts.h"

int command_shadow(struct taking *taking) {
    struct request_text request;
    const char *format = take_format(taking, "svg");
    request_begin(&request, "shadow");
    request_add_text(&request, "program", take(taking, "--program"));
    request_add_text(&request, "suppliers_path", take(taking, "--suppliers"));
    request_add_text(&request, "demands_path", take(taking, "--demands"));
    request_add_text(&request, "decisions_path", take(taking, "--decisions"));
    request_add_text(&request, "model", take(taking, "--model"));
    request_add_text(&request, "criteria", take(taking, "--criteria"));
    return finish(taking, &request, format);
}
