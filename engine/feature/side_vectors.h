/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two sides' own vectors (DESIGN 6): x_d of a demand and y_s of a supplier as raw values of named coordinates. A model file lists the names; any record can
 * be encoded by them later. What a coordinate holds:
 *
 *     concept:ID    the length of that part of the record's unit vector of concepts that lies at or below the concept:
 *                   √(Σ_{c ≤ ID} w_c² / Σ_c w_c²), w_c = max(weight of c in the meaning, MENTIONED if a text mentions it). Of concepts of one level without
 *                   common descendants the products add up to a cosine, so the RBF kernel over them sees the angle and not how much a record says.
 *     ksic:NN       1/√n for each of the n divisions of the firm's own codes (one code: one-hot); a demand without codes: of the industries its texts name
 *     served:NN     supplier: likewise for the industries of its references and those its texts name
 *     region:ID     1 for the province or metropolitan city; size:ID for the firm's size
 *     number:NAME   log_employees, founded_year, log_budget_krw …; "log_" is ln(1 + x). A supplier has its year and no age: an RBF kernel sees differences
 *                   alone, which say the same on every day, so a compiled supplier side does not go stale. A demand has the age on the day it applied.
 *     vector:K      the K-th number of the record's `vector`
 *     missing:NAME  1 where the number NAME, or all of concept, ksic, served, region, size or vector, is not known, else 0
 *
 * What is not known is NaN in its own coordinates; score/side_fold.h makes it the training mean. Same bits on every machine; an encoder may be used by several
 * threads at once.
 */
#ifndef IEUM_FEATURE_SIDE_VECTORS_H
#define IEUM_FEATURE_SIDE_VECTORS_H

#include "../record/taxonomy.h"
#include "understanding.h"

enum side { SIDE_DEMAND, SIDE_SUPPLIER };

/* A record to encode: the pointer of its side, and what it is understood as. */
struct side_record {
    const struct demand *demand;
    const struct supplier *supplier;
    const struct understanding *notes;
};

struct side_encoder;
/*
 * Names → an encoder; lexicon and taxonomy are borrowed and must outlive it. A name that nothing here knows (a concept that the lexicon no longer has, a number of
 * the other side, the same name twice) is INVALID and the problem's value; names are copied.
 */
ieum_status side_encoder_new(enum side side, const char *const *names, size_t count, const struct lexicon *lexicon, const struct taxonomy *taxonomy,
                             struct side_encoder **encoder, struct problem *problem);
void side_encoder_free(struct side_encoder *encoder);
size_t side_encoder_count(const struct side_encoder *encoder);
/* Whether it looks at the records' `vector`: lean suppliers (record.h) do not hold it, so whole records must be loaded. */
bool side_encoder_reads_vector(const struct side_encoder *encoder);

/* raw[count]. INVALID: a `vector` of another length than the names list; INTERNAL: a lean supplier where `vector` is read. */
ieum_status side_encode(const struct side_encoder *encoder, const struct side_record *record, double *raw, struct problem *problem);
/* raw[records × count], by rows, on several threads; the first record in order that fails is told. */
ieum_status side_encode_all(const struct side_encoder *encoder, const struct side_record *records, size_t count, int threads, double *raw,
                            struct problem *problem);

/*
 * The standard coordinates for a side, less those that are the same in all these (training) records: the lexicon's upper levels (its roots and the concepts with
 * many children), and every division, region, size, number and place of a vector that the records have. Names and list lie in the arena. INVALID: no
 * record, vectors of different lengths, or records that do not differ in anything.
 */
ieum_status side_names_list(enum side side, const struct lexicon *lexicon, const struct taxonomy *taxonomy, const struct side_record *records,
                            size_t count, struct arena *arena, struct text_list *names, struct problem *problem);

#endif
