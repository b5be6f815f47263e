/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of commands share: the words of a command line as they are taken, and the way to the engine and back. */
#ifndef IEUM_CLI_COMMANDS_PARTS_H
#define IEUM_CLI_COMMANDS_PARTS_H

#include "commands.h"
#include "request_text.h"

/* Options of a command as they are taken; the first fault is kept. */
struct taking {
    const struct session *session;
    struct arguments *arguments;
    const char *missing;      /* an option without its value */
    const char *wrong_format; /* a format that the command does not have */
    const char *out, *table;  /* where a file goes, and which of the tables it is to hold */
};

const char *take(struct taking *taking, const char *name);
/* The format asked for, else a table on a terminal and json in a pipe. `more`: what the command has beside these two, "trec ids". */
const char *take_format(struct taking *taking, const char *more);
/* The same for commands that have tables: csv, xlsx and html too, with --out and --table. */
const char *take_file_format(struct taking *taking, const char *more);
/* 0 when every word was taken, else 2 and a message. */
int check_taken(const struct taking *taking);
/* Sends the request when every word was taken and shows the reply; the exit status. Frees the request. */
int finish(struct taking *taking, struct request_text *request, const char *format);
/* The same with a member that is a whole number, NULL: none; another word is refused. */
int finish_with_number(struct taking *taking, struct request_text *request, const char *member, const char *word, const char *format);
/* Shows a reply in the format, or its problem on standard error. */
int show_reply(const struct session *session, ieum_status status, const char *reply, const char *format);
/* Whether the format is one of a file. */
bool is_file_format(const char *format);
/* Writes a reply as a file, to --out or standard output; a problem goes to standard error. */
int export_reply(const struct taking *taking, ieum_status status, const char *reply, const char *format);
/* To --out, else to standard output; the exit status. */
int write_bytes(const struct taking *taking, const void *bytes, size_t size);
/* A file named on the command line, owned by the caller (free). NULL: what is wrong was told, *status is the exit status. */
char *read_named(const struct session *session, const char *path, size_t *size, int *status);

bool is_whole_number(const char *word); /* a whole number as JSON has it; commands_round.c */

/* ---- one a command; the exit status ---- */

int command_check(struct taking *taking); /* commands_desk.c */
int command_select(struct taking *taking);
int command_suggest(struct taking *taking);
int command_cases(struct taking *taking);
int command_find(struct taking *taking);
int command_diagnose(struct taking *taking);
int command_round(struct taking *taking); /* commands_round.c */
int command_audit(struct taking *taking);
int command_shadow(struct taking *taking); /* commands_shadow.c */
int command_account(struct taking *taking); /* commands_accounts.c */
int command_access(struct taking *taking);
int command_export(struct taking *taking); /* commands_store.c */
int command_report(struct taking *taking); /* commands_report.c */
int command_serve(struct taking *taking); /* commands_serve.c */
int command_program(struct taking *taking); /* commands_store.c */
int command_explain_text(struct taking *taking);
int command_doctor(struct taking *taking);
int command_backup(struct taking *taking);
int command_restore(struct taking *taking);
int command_call(struct taking *taking);
int command_generate(struct taking *taking);
int command_import(struct taking *taking); /* commands_import.c */
/* What a person chose: a file of JSON (NULL: none), which goes into the request as it is. False: what is wrong was told, *refused is the exit status. */
bool add_choices(const struct session *session, struct request_text *request, const char *key, const char *path, int *refused);
int command_template(struct taking *taking);
int command_evaluate(struct taking *taking); /* commands_models.c */
int command_train(struct taking *taking);
int command_score(struct taking *taking);
int command_model(struct taking *taking);

#endif
