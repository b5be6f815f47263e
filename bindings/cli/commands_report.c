/* SPDX-License-Identifier: Apache-2.0 */
/* The reports: for the council, by supplier, and the result sheets of a round. */
#include <stdlib.h>

#include "commands_parts.h"

int command_report(struct taking *taking) {
    static const char *const texts[][2] = {{"--program", "program"}, {"--round", "round"}, {"--demand", "demand"}};
    struct request_text request;
    const char *format = take_file_format(taking, ""), *year = take(taking, "--year");
    request_begin(&request, "report");
    request_add_text(&request, "kind", take_operand(taking->arguments));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) request_add_text(&request, texts[i][1], take(taking, texts[i][0]));
    request_add_raw(&request, "year", year && is_whole_number(year) ? year : NULL);
    if (!year || is_whole_number(year)) return finish(taking, &request, format);
    free(request.bytes);
    return refuse_usage(taking->session->korean, "연도는 수로 적습니다", "a year is a number", year);
}
