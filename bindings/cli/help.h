/* SPDX-License-Identifier: Apache-2.0 */
/* The help texts, in both languages. */
#ifndef IEUM_CLI_HELP_H
#define IEUM_CLI_HELP_H

#include <stdbool.h>

/* Help of a command, or of the whole program for NULL; NULL when there is no such command. */
const char *help_text(const char *command, bool korean);

#endif
