/* SPDX-License-Identifier: Apache-2.0 */
/* The reports: for the council, by supplier, the result sheets of a round, and where firms stand. */
#include "commands_parts.h"

int command_report(struct taking *taking) {
    static const char *const texts[][2] = {{"--program", "program"}, {"--round", "round"}, {"--demand", "demand"}, {"--firm", "firm"}, {"--waiting-for", "waiting_for"},
                                              {"--model-out", "out"}};
    struct request_text request;
    const char *format = take_file_format(taking, ""), *year = take(taking, "--year");
    request_begin(&request, "report");
    request_add_text(&request, "kind", take_operand(taking->arguments));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) request_add_text(&request, texts[i][1], take(taking, texts[i][0]));
    request_add_raw(&request, "retrain", take_flag(taking->arguments, "--retrain") ? "true" : NULL);
    return finish_with_number(taking, &request, "year", year, format);
}
