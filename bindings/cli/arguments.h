/* SPDX-License-Identifier: Apache-2.0 */
/* Words of a command line: options are taken out by name, what is left are the operands. */
#ifndef IEUM_CLI_ARGUMENTS_H
#define IEUM_CLI_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

struct arguments {
    char **words; /* NULL where taken */
    int count;
};

/* The value of `--name value` or `--name=value` (the last one wins), NULL when absent. A value that is missing sets *error to the name. */
const char *take_option(struct arguments *arguments, const char *name, const char **error);
/* As take_option, but the first one alone: asked again it gives the next, for options that may be repeated. NULL when none is left. */
const char *take_next(struct arguments *arguments, const char *name, const char **error);
bool take_flag(struct arguments *arguments, const char *name);
/* The next operand from the left, NULL when none is left. A word that begins with '-' (but "-" alone) is no operand; after "--" all are. */
const char *take_operand(struct arguments *arguments);
/* A word that nobody took, NULL when all are. */
const char *left_over(const struct arguments *arguments);

#endif
