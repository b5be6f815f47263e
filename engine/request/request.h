/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Requests: one file per operation turns JSON into a typed question to the pipeline and the answer back into JSON. No logic of its own.
 * Shapes: data/schema/requests.schema.json and replies.schema.json.
 */
#ifndef IEUM_REQUEST_REQUEST_H
#define IEUM_REQUEST_REQUEST_H

#include "../pipeline.h"

/* One request on its way through an operation. */
struct call {
    struct workspace *workspace;
    const jval *request;
    const ieum_caller *caller; /* who asks; NULL: the operator of this machine */
    bool outside; /* without a caller: the reply still goes to somebody who is not the operator */
    const ieum_file *files; /* that came with it, as many as the operation takes; NULL: none */
    struct arena *arena; /* of this call */
    /* What may be done once a change is committed and cannot fail it any more; NULL: nothing. */
    void (*after_commit)(struct call *call);
    enum record_kind imported;
};

/* Answers the request; *result is owned by the caller, written on success only. */
typedef ieum_status (*operation)(struct call *call, jval **result, struct problem *problem);

ieum_status request_check(struct call *call, jval **result, struct problem *problem);        /* op_check.c */
ieum_status request_suggest(struct call *call, jval **result, struct problem *problem);      /* op_suggest.c */
ieum_status request_assign(struct call *call, jval **result, struct problem *problem);       /* op_assign.c */
ieum_status request_select(struct call *call, jval **result, struct problem *problem);       /* op_select.c */
ieum_status request_import(struct call *call, jval **result, struct problem *problem);       /* op_import.c */
ieum_status request_program(struct call *call, jval **result, struct problem *problem);      /* op_program.c */
ieum_status request_round(struct call *call, jval **result, struct problem *problem);        /* op_round.c */
ieum_status request_explain_text(struct call *call, jval **result, struct problem *problem); /* op_explain_text.c */
ieum_status request_cases(struct call *call, jval **result, struct problem *problem);        /* op_cases.c */
ieum_status request_find(struct call *call, jval **result, struct problem *problem);         /* op_find.c */
ieum_status request_diagnose(struct call *call, jval **result, struct problem *problem);     /* op_diagnose.c */
ieum_status request_doctor(struct call *call, jval **result, struct problem *problem);       /* op_doctor.c */
ieum_status request_export(struct call *call, jval **result, struct problem *problem);       /* op_export.c */
ieum_status request_generate(struct call *call, jval **result, struct problem *problem);     /* op_generate.c */
ieum_status request_evaluate(struct call *call, jval **result, struct problem *problem);     /* op_evaluate.c */
ieum_status request_backup(struct call *call, jval **result, struct problem *problem);       /* op_backup.c */
ieum_status request_train(struct call *call, jval **result, struct problem *problem);        /* op_train.c */
ieum_status request_model(struct call *call, jval **result, struct problem *problem);        /* op_model.c */
ieum_status request_shadow(struct call *call, jval **result, struct problem *problem);       /* op_shadow.c */
ieum_status request_report(struct call *call, jval **result, struct problem *problem);      /* op_report.c */
ieum_status request_audit(struct call *call, jval **result, struct problem *problem);       /* op_audit.c */
ieum_status request_restore(struct call *call, jval **result, struct problem *problem);
ieum_status request_account(struct call *call, jval **result, struct problem *problem);      /* op_account.c */
ieum_status request_access(struct call *call, jval **result, struct problem *problem);       /* op_access.c */

/* The operation of that name, NULL when there is none; and the names, separated by commas, for the refusal. */
operation request_operation(const char *op);
const char *request_names(void);

/* Imports bytes of a file (ieum_import). */
ieum_status request_import_bytes(struct call *call, const char *kind, const char *name, const void *bytes, size_t size, jval **result,
                                 struct problem *problem);

/* Stores a set that was read and answers as op import does. */
ieum_status request_import_set(struct call *call, const struct record_set *set, const char *source, jval **result, struct problem *problem);

/* A file with a person's choices, to be looked at or imported (ieum_import_for; op_import_file.c). */
ieum_status request_import_file(struct call *call, jval **result, struct problem *problem);

/* {"mapping"?: {"<column>": "/field" | null}, "sheet"?} at `at` → what a person chose of a file; texts are the request's (file_choices.c). */
ieum_status request_file_choices(const jval *object, const struct jpath *at, struct arena *arena, struct file_choices *choices, struct problem *problem);

/* A number that stands for a column or a row in a member's name: "12" → 12, 0 for anything else (file_choices.c). */
size_t request_number(const char *text);

/* ---- shared between operations (shared.c) ---- */

/* The members of a request that every operation allows: id, op, lang, by. `own` are the operation's. */
ieum_status request_refuse_unknown(const jval *request, const char *const *own, size_t count, struct problem *problem);
/* "demand": an id, an inline record, or absent with "all": true. `at` gets the frame of the inline record. */
ieum_status request_demand_choice(const jval *request, bool all_allowed, struct jpath *at, struct record_choice *choice,
                                  struct problem *problem);
/* "suppliers": inline records; absent: the store's. */
ieum_status request_supplier_choice(const jval *request, struct jpath *at, struct record_choice *choice, struct problem *problem);

void write_date(jval *object, const char *key, struct date date); /* as a member; one that is missing is left out */
jval *write_text2(struct text2 text);
/* {"id", "title"} of a kind of party; NULL: what a record without one counts as. */
jval *write_kind(const struct taxonomy *taxonomy, const char *id);
/* {"text": that AI ranked this and a named person decides, "decided_by": null, or who did} */
jval *write_notice(void);
jval *write_program_head(const struct program *program);
ieum_status request_program_new(struct call *call, jval **result, struct problem *problem); /* program_new.c */
/* Sets "owner", "operator" (null: the file names none) and "partners": [{"title", "role", "role_title", "source"}] (write_parties.c). */
ieum_status write_parties(struct call *call, const struct program *program, jval *object, struct problem *problem);
/* Ids of the rules that failed. */
jval *write_reasons(const struct findings *findings);
/* All findings in full, or only those with the verdict. */
jval *write_findings(const struct findings *findings);
/* [{"module", "by"?, "before", "text"}] of the program's requirements that are marked. */
jval *write_waits(const struct program *program, const bool *waits);
/* Sets "eligible", "reasons", "to_confirm" and "details" of a demand's verdict. */
/* Roles of a party as [{"id", "title"?}]: what the program's jurisdiction calls them. */
jval *write_roles(const struct program *program, const jval *roles);
/* Who may be given money, as {"eligible", "reasons", "to_confirm", "details"}; NULL where the program has no such rules. */
jval *write_funding(const struct program *program, const struct findings *findings);
void write_verdict(jval *object, const struct findings *findings);
double score_number(int64_t score); /* 10⁻⁹ → 1 */
/* A shortlist's "suggestions", "barred" and "counts"; `full`: with contributions, evidence and details. */
void write_shortlist(jval *object, const struct suggest_answer *answer, const struct shortlist *shortlist, bool full);
/* One suggestion of a shortlist. */
jval *write_suggestion(const struct suggest_answer *answer, const struct suggestion *suggestion, size_t rank, bool full);
jval *write_evidence(const struct lexicon *lexicon, const struct evidence_list *evidence);
/* What to ask next, and what the shortlist becomes for each answer (write_questions.c). */
jval *write_questions(const struct suggest_answer *answer, const struct shortlist *shortlist);
/* The demands and latent firms that the one supplier could serve, best first, at most k of each (write_reached.c). */
jval *write_reached(const struct suggest_answer *answer, size_t k);
/* A need typed at the desk, as the demand it stands for: nothing else is known yet. */
ieum_status request_typed_need(const jval *request, const char *program, jval **record, struct problem *problem);
/* "understood": [{"concept", "title", "facet", "confidence"}] */
/* Sets "concept", "title" and "facet". */
void write_concept(jval *object, const struct lexicon *lexicon, uint32_t index);
jval *write_understood(const struct lexicon *lexicon, const struct understood *understood);
void write_model(jval *object, const struct suggest_answer *answer);
/* What a model file says at first glance (write_model.c). */
jval *write_model_head(const struct model *model, const char *path);
/* Measures as methods are laid side by side with (write_comparison.c). */
jval *write_compared_measures(const struct assignment_measures *measures);
/* The result of an assignment in indices (write_assignment.c): status, method, total, pairs, certificate, measures, reason, repair … */
jval *write_assignment(const struct assignment_question *question, const struct assignment_answer *answer);

#endif
