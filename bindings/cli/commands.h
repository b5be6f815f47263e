/* SPDX-License-Identifier: Apache-2.0 */
/* Commands: words of the command line → a request; the reply → standard output, a problem → standard error. */
#ifndef IEUM_CLI_COMMANDS_H
#define IEUM_CLI_COMMANDS_H

#include <stdbool.h>

#include "arguments.h"
#include "ieum.h"

struct session {
    ieum_engine *engine;
    bool korean;
    const ieum_options *options; /* those of the engine */
};

/* Runs a command; the exit status. An unknown command or wrong words are told on standard error and give 2. */
int run_command(struct session *session, const char *command, struct arguments *arguments);

/* Prints a usage problem and gives 2. */
int refuse_usage(bool korean, const char *ko, const char *en, const char *word);

#endif
