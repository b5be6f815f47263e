/* SPDX-License-Identifier: Apache-2.0 */
/* The engine's messages on standard error; where long work is, is one line that changes, for who watches at a terminal. */
#ifndef IEUM_CLI_MESSAGES_H
#define IEUM_CLI_MESSAGES_H

void messages_log(void *context, const char *level, const char *message); /* an ieum_log_function */
/* Removes the line that changes: the reply comes. */
void messages_end_progress(void);

#endif
