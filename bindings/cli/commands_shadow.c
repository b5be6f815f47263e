/* SPDX-License-Identifier: Apache-2.0 */
/* The command of the shadow round: past decisions beside what the engine says of them. */
#include <stdlib.h>
#include <string.h>

#include "commands_parts.h"

/* A number goes into the request as it is. */
static bool is_number(const char *word) { return !word || (*word && !word[strspn(word, "0123456789.")]); }

int command_shadow(struct taking *taking) {
    struct request_text request;
    int refused = 0;
    const char *format = take_file_format(taking, "svg"), *q = take(taking, "--q"), *seed = take(taking, "--seed");
    if (!is_number(q) || !is_number(seed)) return refuse_usage(taking->session->korean, "--q와 --seed에는 수를 적습니다", "--q and --seed take a number", is_number(q) ? seed : q);
    request_begin(&request, "shadow");
    request_add_text(&request, "program", take(taking, "--program"));
    request_add_text(&request, "suppliers_path", take(taking, "--suppliers"));
    request_add_text(&request, "demands_path", take(taking, "--demands"));
    request_add_text(&request, "decisions_path", take(taking, "--decisions"));
    const bool chosen = add_choices(taking->session, &request, "choices", take(taking, "--choices"), &refused);
    request_add_text(&request, "model", take(taking, "--model"));
    request_add_text(&request, "criteria", take(taking, "--criteria"));
    request_add_raw(&request, "q", q);
    request_add_raw(&request, "seed", seed);
    if (chosen) return finish(taking, &request, format);
    free(request_end(&request));
    return refused;
}
