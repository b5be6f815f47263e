/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A match round's life: which steps there are, which may follow which, and what they do to the round and its pairs.
 *
 *     draft → open → selected → proposed → consent → confirmed → published → agreement → done → settled
 *
 * In: a round as its stored JSON has it, and a step. Out: the round after the step, or why the step may not be taken, the round unchanged. It must not know a store, a
 * score or a text: demands, suppliers and documents are ids here, so that what is personal stands elsewhere and can be erased. Who took a step, when and why is in the
 * audit log alone; the round names the step by its number, which is the revision it made.
 *
 * A pair has a state of its own, so that a later pass (rolling intake, a partner replaced in the middle of a project) leaves the others where they are. The round's state
 * follows from those of its pairs once there are any.
 */
#ifndef IEUM_ROUND_ROUND_H
#define IEUM_ROUND_ROUND_H

#include "../adapt/json.h"
#include "../record/date.h"

enum round_state {
    ROUND_DRAFT, ROUND_OPEN, ROUND_SELECTED, ROUND_PROPOSED, ROUND_CONSENT, ROUND_CONFIRMED, ROUND_PUBLISHED, ROUND_AGREEMENT, ROUND_DONE, ROUND_SETTLED, ROUND_STATES
};
extern const char *const round_state_names[ROUND_STATES];

enum round_pair_state {
    PAIR_PROPOSED, PAIR_CONFIRMED, PAIR_PUBLISHED, PAIR_AGREED, PAIR_DONE, PAIR_SETTLED, /* living, in the order they go through */
    PAIR_DECLINED, PAIR_LAPSED, PAIR_WITHDRAWN, PAIR_REPLACED, PAIR_STATES               /* not any more */
};
extern const char *const pair_state_names[PAIR_STATES];
static inline bool pair_lives(enum round_pair_state state) { return state <= PAIR_SETTLED; }

/* A lock must be paired; the others must not. Recusals come in three kinds (Seoul committee ordinance): exclusion 제척 by rule, challenge 기피 on a party's motion, abstention 회피 by oneself. */
enum restriction_kind { RESTRICT_LOCK, RESTRICT_VETO, RESTRICT_EXCLUSION, RESTRICT_CHALLENGE, RESTRICT_ABSTENTION, RESTRICTIONS };
extern const char *const restriction_names[RESTRICTIONS];
struct restriction {
    enum restriction_kind kind;
    const char *demand, *supplier;
    int64_t step;
};

/* One side's answer: "demand", "supplier", or the id of a third party's place. */
struct consent {
    const char *side;
    bool yes;
    int64_t step;
};
struct third_place {
    const char *place, *party; /* of the program's third parties; a supplier's id */
    int64_t step;
};
/* A stage of the program's fulfilment that the pair went through. */
enum stage_result { RESULT_NONE, RESULT_PASS, RESULT_FAIL, STAGE_RESULTS };
extern const char *const stage_result_names[STAGE_RESULTS]; /* "", "pass", "fail" */
struct fulfilled {
    const char *stage; /* its id in the program */
    enum stage_result result;
    int64_t amount_krw;   /* -1: none was given */
    const char *document; /* digest of note and evidence; NULL: none were given */
    int64_t step;
};
struct round_pair {
    const char *demand, *supplier;
    enum round_pair_state state;
    int64_t pass;         /* of the pass that proposed it, from 1 */
    int64_t step;         /* that brought it into its state */
    const char *due;      /* answers are taken up to this day, "YYYY-MM-DD"; NULL: no deadline */
    bool held;            /* an objection is open */
    struct consent *consents;
    size_t consent_count;
    struct third_place *thirds;
    size_t third_count;
    struct fulfilled *fulfilled; /* in order; empty where the state alone says how far it came (a round of an earlier version) */
    size_t fulfilled_count;
};

struct round_pass {
    const char *proposal, *inputs; /* digests of documents */
    const char *method;
    bool rematch;
    int64_t step;
};
/* A rule of eligibility that a person lets the demand pass without. */
struct round_waiver {
    const char *demand, *rule;
    int64_t step;
};
struct withdrawal {
    bool demand_side;
    const char *id;
    int64_t step;
};
enum objection_state { OBJECTION_OPEN, OBJECTION_UPHELD, OBJECTION_REJECTED, OBJECTION_STATES };
extern const char *const objection_state_names[OBJECTION_STATES];
struct objection {
    const char *demand;
    enum objection_state state;
    int64_t step, answer_step;
};
struct attachment {
    const char *document; /* digest */
    int64_t step;
};

struct round {
    struct arena *arena; /* of the texts and lists; the caller's */
    enum round_state state;
    int64_t revision;    /* that was read; the step at hand makes the next one */
    /* settings, fixed when the round is made; NULL: the program's */
    const char *method, *model;
    bool fit_only, no_rules, rolling;
    const char *applied_from, *applied_to; /* takes demands that applied in these days */
    int64_t seed;                          /* for random draws, 0 .. 2^53 */
    const char *salt, *commitment;         /* sha-256 of "SEED SALT", shown from the start; seed and salt are shown once a draw was made */
    bool stale;                            /* the proposal is older than a lock, veto, recusal or withdrawal */
    struct restriction *restrictions;
    size_t restriction_count;
    struct round_waiver *waivers;
    size_t waiver_count;
    struct withdrawal *withdrawals;
    size_t withdrawal_count;
    const char *selection; /* digest of the document; NULL: no selection was made, all eligible demands take part */
    int64_t selection_step;
    struct text_list selected, reserve; /* demands; reserve in its order */
    struct text_list reserve_tracks;    /* of each on the reserve list, its track ("": none); empty: the program has no tracks */
    struct text_list taken;             /* demands that took part in the first pass: a batch round takes no others later */
    struct round_pass *passes;
    size_t pass_count;
    struct round_pair *pairs; /* of all passes, in the order of demand, supplier within a pass */
    size_t pair_count;
    struct objection *objections; /* number i + 1 */
    size_t objection_count;
    struct attachment *attachments; /* committee records */
    size_t attachment_count;
    int64_t confirmed_step, published_step; /* the last of each, 0: none */
};

/* ---- the stored form (round_read.c, round_write.c) ---- */

ieum_status round_read(const jval *payload, const char *state, int64_t revision, struct arena *arena, struct round *round, struct problem *problem);
jval *round_write(const struct round *round);

/* ---- steps (round_steps.c) ---- */

enum round_step {
    STEP_NEW, STEP_OPEN, STEP_SELECT, STEP_PROPOSE, STEP_LOCK, STEP_VETO, STEP_RECUSE, STEP_LIFT, STEP_THIRD, STEP_CONSENT, STEP_EXTEND, STEP_WITHDRAW, STEP_REMATCH,
    STEP_CONFIRM, STEP_PUBLISH, STEP_OBJECT, STEP_ANSWER, STEP_AGREE, STEP_DONE, STEP_SETTLE, STEP_ATTACH, STEP_ADMIT, STEP_FULFIL, STEP_WAIVE, ROUND_STEPS
};
extern const char *const round_step_names[ROUND_STEPS];
/* CONFLICT when the step may not follow on the round's state; INVALID when it needs a named account or a reason and has none. */
ieum_status round_allow(const struct round *round, enum round_step step, const char *account, const char *reason, struct problem *problem);
/* The step that is being taken: the revision it will make. */
static inline int64_t round_this_step(const struct round *round) { return round->revision + 1; }
/* The state that follows from the pairs. */
void round_settle_state(struct round *round);
/* The living pair, NULL when there is none. */
struct round_pair *round_find_pair(const struct round *round, const char *demand, const char *supplier);
/* The same, or NOT_FOUND. */
ieum_status round_need_pair(const struct round *round, const char *demand, const char *supplier, struct round_pair **pair, struct problem *problem);

/* ---- restrictions and withdrawals (round_restrict.c) ---- */

/* Contradictions (a lock beside a veto or recusal of the same pair, twice the same) are CONFLICT. A living pair that is vetoed or recused is withdrawn. */
ieum_status round_restrict(struct round *round, enum restriction_kind kind, const char *demand, const char *supplier, struct problem *problem);
/* Takes back what restricts the pair. NOT_FOUND when nothing does. */
ieum_status round_lift(struct round *round, const char *demand, const char *supplier, struct problem *problem);
/* Lets a demand pass without a rule, or takes that back. CONFLICT twice, NOT_FOUND when there is none. Whether the rule may be waived is the program's. */
ieum_status round_waive(struct round *round, const char *demand, const char *rule, struct problem *problem);
ieum_status round_unwaive(struct round *round, const char *demand, const char *rule, struct problem *problem);
/* A party leaves: its living pairs that are not settled are withdrawn, and it is in no later pass. */
ieum_status round_withdraw(struct round *round, bool demand_side, const char *id, struct problem *problem);
bool round_has_withdrawn(const struct round *round, bool demand_side, const char *id);

/* The first of the reserve list (of its track) steps in for somebody who left: `demand` must be it. CONFLICT else: the list's order is part of the result. */
ieum_status round_admit(struct round *round, const char *demand, struct problem *problem);

/* ---- passes (round_passes.c) ---- */

/* Makes the selection the round's. The texts are copied into its arena. */
ieum_status round_take_selection(struct round *round, const char *document, const struct text_list *selected, const struct text_list *reserve,
                                 const struct text_list *reserve_tracks, struct problem *problem);
struct pair_ids {
    const char *demand, *supplier;
};
/*
 * Makes a pass the round's. Before any consent a new proposal replaces the one before; later, pairs that live stay as they are (`pairs` must hold them) and new ones come in as
 * proposed; on a rematch, living pairs that are not among `pairs` become replaced.
 */
ieum_status round_take_pass(struct round *round, const struct round_pass *pass, const struct pair_ids *pairs, size_t count, const char *due, struct problem *problem);
/* The demands that take part in the pass at hand; kept by the first pass. */
ieum_status round_take_applicants(struct round *round, const struct text_list *demands, struct problem *problem);
/* Whether the next pass has to keep the pair (it is given to it as a lock): on a rematch what is confirmed, else all that lives but the proposal that nobody has answered; never
 * what is settled. */
bool round_keeps_pair(const struct round *round, const struct round_pair *pair, bool rematch);

/* ---- consent (round_consent.c) ---- */

/* Who is asked, as the program says (program.h); a plain copy, so that this floor needs no program. */
struct consent_asked {
    bool demand, supplier;
    int64_t days;
    const char *const *places; /* third parties' */
    const bool *place_required;
    size_t place_count;
};
ieum_status round_fill_third(struct round *round, const struct consent_asked *asked, const char *demand, const char *supplier, const char *place, const char *party,
                             struct problem *problem);
/* One side's answer. CONFLICT after the deadline or when this side has answered; INVALID when this side is not asked. A no ends the pair. */
ieum_status round_consent(struct round *round, const struct consent_asked *asked, const char *demand, const char *supplier, const char *side, bool yes, struct date today,
                          struct problem *problem);
ieum_status round_extend(struct round *round, const char *demand, const char *supplier, struct date until, struct date today, struct problem *problem);
/* Confirms pairs that all who are asked have agreed to. Pairs whose deadline has passed lapse; one that still waits is a CONFLICT that names it. */
ieum_status round_confirm(struct round *round, const struct consent_asked *asked, struct date today, struct problem *problem);

/* ---- after the decision (round_fulfil.c) ---- */

ieum_status round_publish(struct round *round, struct problem *problem);
/* The stages, as the program says (program.h); a plain copy, as above. */
struct fulfilment_asked {
    const char *const *stages; /* ids in order: the agreement first */
    size_t count;
    bool settles; /* the last is a settlement */
};
/* How many of the stages a pair has gone through; CONFLICT when its last one is not among the program's any more. */
ieum_status round_stages_passed(const struct fulfilment_asked *asked, const struct round_pair *pair, size_t *passed, struct problem *problem);
/*
 * The pair goes through the next stage, which must be `what->stage`: agreed by the first, done when only a settlement is left or nothing, settled by the settlement. `what->step` is set here. CONFLICT out of
 * order, while an objection is open, and on a pair that is not published.
 */
ieum_status round_fulfil(struct round *round, const struct fulfilment_asked *asked, const char *demand, const char *supplier, const struct fulfilled *what,
                         struct problem *problem);
/* agree, done, settle: the stage that brings the pair into the state of that name; CONFLICT when another stage comes first. */
ieum_status round_stage_of_step(const struct round *round, const struct fulfilment_asked *asked, enum round_step step, const char *demand, const char *supplier, const char **stage,
                                struct problem *problem);
/* Opens a case for a demand: its living pairs are held until it is answered. */
ieum_status round_object(struct round *round, const char *demand, struct problem *problem);
/* Upheld: the demand's living pairs that are not agreed are withdrawn and the demand takes part in the next pass, selected or not. */
ieum_status round_answer(struct round *round, int64_t number, bool upheld, struct problem *problem);
ieum_status round_attach(struct round *round, const char *document, struct problem *problem);

/* Adds `item` at the end of an arena-held list. False: no memory. */
bool round_list_add(struct arena *arena, void *list, size_t *count, const void *item, size_t size);

#endif
