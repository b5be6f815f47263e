/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of op round share: the request as read, the round it is about, and the way back into the store. A step is one transaction: begun before anything is
 * looked at, committed when its reply stands ready (engine.c), so nothing is half done and nobody comes between.
 */
#ifndef IEUM_REQUEST_ROUND_REQUEST_H
#define IEUM_REQUEST_ROUND_REQUEST_H

#include "../pipeline_match.h"
#include "../round/round.h"
#include "request.h"

struct round_call {
    struct call *call;
    const char *step;    /* as the request names it */
    const char *program, *round, *by, *reason;
    int64_t revision;    /* that the caller saw; 0: not said */
    struct store *store;
    struct store_act act;
    struct store_round stored; /* as it stands; zeroed before there is one */
    struct round state;
    struct program *rules;     /* loaded when a step asks for it (round_program) */
    jval *held;                /* demands that this pass holds back, and for what (round_hold_back) */
};

/* ---- the frame of a step (round_frame.c) ---- */

/* Opens the round for reading: stored and state. */
ieum_status round_open(struct round_call *it, struct problem *problem);
/* Begins the change, opens the round, and checks revision, state, account and reason. */
ieum_status round_begin(struct round_call *it, enum round_step step, struct problem *problem);
/* Writes the round as the next revision. Sets "round" of the result. */
ieum_status round_put(struct round_call *it, enum round_step step, jval *result, struct problem *problem);
ieum_status round_program(struct round_call *it, struct problem *problem);
void round_close(struct round_call *it);
jval *write_round_head(const struct store_round *round);
/* The day until which what this step keeps is kept; NULL in the act: without end. */
ieum_status round_retention(struct round_call *it, struct problem *problem);
/* NOT_FOUND unless the store has this demand (of the round's program) or supplier. */
ieum_status round_party(struct round_call *it, bool demand_side, const char *id, struct problem *problem);
/* CONFLICT unless this supplier of the store may be a candidate of the round's program or, with `place`, may stand in that third party's place. */
ieum_status round_stands(struct round_call *it, const char *id, const struct third_party *place, const char *pointer, struct problem *problem);
/* "demand" and "supplier" of the request. */
ieum_status round_read_pair(struct round_call *it, const char **demand, const char **supplier, struct problem *problem);
struct consent_asked round_asked(const struct round_call *it, struct problem *problem);

/* ---- steps ---- */

ieum_status round_new(struct round_call *it, jval **result, struct problem *problem);       /* round_begin_life.c */
ieum_status round_open_step(struct round_call *it, jval **result, struct problem *problem);
ieum_status round_select(struct round_call *it, jval **result, struct problem *problem);    /* round_select.c */
ieum_status round_propose(struct round_call *it, jval **result, struct problem *problem);   /* round_propose.c */
ieum_status round_rematch(struct round_call *it, jval **result, struct problem *problem);
ieum_status round_decide(struct round_call *it, enum round_step step, jval **result, struct problem *problem); /* round_decide.c: all that needs no pipeline */
/* What the program requires first (round_requires.c). The demands that wait, [{"demand", "name", "waits"}], the program loaded: */
ieum_status round_find_held(struct round_call *it, jval **held, struct problem *problem);
/* takes them out of a pass's question and keeps them in `it`; */
ieum_status round_hold_back(struct round_call *it, struct match_question *question, struct problem *problem);
/* CONFLICT when the demand may not be agreed yet. */
ieum_status round_check_required(struct round_call *it, const char *demand, struct problem *problem);
/* waive; and the round's waivers for the pipelines (round_waive.c). */
ieum_status round_waive_rule(struct round_call *it, struct problem *problem);
ieum_status round_list_waivers(const struct round_call *it, const struct waiver **waivers, size_t *count, struct problem *problem);
/* fulfil, agree, done, settle (round_stage.c). */
ieum_status round_take_stage(struct round_call *it, enum round_step step, struct problem *problem);
/* What a step says became of a pair, as an outcome record (round_outcome.c). */
ieum_status round_note_outcome(struct round_call *it, enum round_step step, struct problem *problem);
ieum_status round_show(struct round_call *it, jval **result, struct problem *problem);      /* round_show.c */
ieum_status round_audit(struct round_call *it, jval **result, struct problem *problem);
ieum_status round_list(struct round_call *it, jval **result, struct problem *problem);
ieum_status round_replay(struct round_call *it, jval **result, struct problem *problem);    /* round_replay.c */
ieum_status round_verify(struct round_call *it, jval **result, struct problem *problem);    /* round_verify.c */
ieum_status round_what_if(struct round_call *it, jval **result, struct problem *problem);   /* round_what_if.c */
ieum_status round_why(struct round_call *it, jval **result, struct problem *problem);        /* round_why.c */
ieum_status round_compare(struct round_call *it, jval **result, struct problem *problem);

/* CONFLICT when one of these demands is in another round of the store (round_select.c). */
ieum_status round_check_others(struct round_call *it, const struct text_list *ids, struct problem *problem);

/* ---- a pass's inputs (match_inputs.c) ---- */

/* Keeps the records and the question of a match as documents; `digest` names the inputs. */
ieum_status match_inputs_keep(struct round_call *it, const struct match_question *question, const struct match_answer *answer, char digest[DIGEST_TEXT],
                              struct problem *problem);
/* The question again, with its records inline: what it needs lives in `inputs` and in the arena. `*model_hash`: what the scores followed from then. */
struct match_inputs {
    jval *document, *demands, *suppliers;
    const char *model_hash, *data_hash, *engine;
};
ieum_status match_inputs_load(struct store *store, const char *digest, struct arena *arena, struct match_inputs *inputs, struct match_question *question,
                              struct problem *problem);
/* The records as the store has them now, inline for the question. */
ieum_status match_inputs_now(struct round_call *it, struct match_inputs *inputs, struct match_question *question, struct problem *problem);
/* What the last pass looked at; before the first pass, what it would look at now. */
ieum_status round_base(struct round_call *it, struct match_inputs *inputs, struct match_question *question, struct problem *problem);
void match_inputs_free(struct match_inputs *inputs);
/* The question that the round's next pass asks (round_propose.c); its program is loaded. */
ieum_status round_question(struct round_call *it, bool rematch, struct match_question *question, struct problem *problem);

/* ---- writing (write_match.c) ---- */

jval *write_proposal(const struct match_answer *answer);
/* {"added", "dropped", "total": {"before", "after"}} of two proposals (round_replay.c). */
jval *write_differences(const jval *before, const jval *after);
/* Why there is no assignment, and the cheapest way out, in ids and words: sets "requirements": [{"need", "demand"?, "supplier"?, "group"?, "text": {ko, en}}] and "way_out":
 * {"cost", "changes": [{…, "cost", "text"}]}, null when nothing that may be waived helps. */
void write_infeasible(jval *assignment, const struct match_answer *answer);

#endif
