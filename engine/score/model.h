/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A model in memory: one form covers every kind (DESIGN 6),
 *
 *     f(d,s) = bias + Σ_j w_j(z_j(d,s)) + Σ_i α_i · exp(−‖x_d − x_i‖²) · exp(−‖y_s − y_i‖²)
 *
 * z_j are pair features in [0,1] or missing (NaN), and the rubric's own score as the feature "rubric". x_d and y_s are the two sides' vectors
 * (feature/side_vectors.h) with each side's √γ folded into the coordinates. Models are made by learn/ and read from files by model_file.h.
 */
#ifndef IEUM_SCORE_MODEL_H
#define IEUM_SCORE_MODEL_H

#include "../adapt/digest.h"
#include "../adapt/json.h"
#include "additive.h"

enum model_kind { MODEL_RUBRIC, MODEL_LINEAR, MODEL_ADDITIVE, MODEL_PAIRWISE, MODEL_MIXED, MODEL_LIBSVM, MODEL_KINDS };
/* "rubric", "linear", "additive", "pairwise", "mixed", "libsvm" */
extern const char *const model_kind_names[MODEL_KINDS];

/* A pair feature and its curve. Names: a feature id of the program, "rubric", or, for models over rows of numbers (no program), the column's number "1", "2", … */
struct model_feature {
    const char *name;
    struct curve curve;
};

/* One coordinate of a side's vector: (raw − mean) · scale, √γ folded into scale; a missing raw value counts as the mean. Names: feature/side_vectors.h. */
struct side_coordinate {
    const char *name;
    double mean, scale;
};
struct side_encoding {
    const struct side_coordinate *coordinates;
    size_t count;
};

struct product_term {
    size_t count; /* of support pairs; 0: no product term */
    struct side_encoding demand, supplier;
    const double *demand_vectors;   /* count × demand.count, by rows, in folded coordinates */
    const double *supplier_vectors; /* count × supplier.count */
    const double *coefficients;     /* count */
};

/* One input of a libsvm model over pair features: the feature's value, missing as `mean`; or whether it is missing (1, 0). */
struct model_input {
    const char *name;
    bool indicator;
    double mean;
};
struct svm_model; /* svm_model.h */

struct platt { /* p = 1 / (1 + exp(a·f + b)) */
    bool fitted;
    double a, b;
};

struct model {
    struct arena *arena; /* everything below lives in it */
    enum model_kind kind;
    const char *id;
    const char *program, *program_version; /* NULL: a model over rows of numbers */
    double bias;
    const struct model_feature *features; /* linear, additive, mixed */
    size_t feature_count;
    struct product_term product; /* pairwise, mixed */
    const struct model_input *inputs; /* libsvm */
    size_t input_count;
    struct svm_model *svm; /* libsvm; owned, freed by model_free */
    struct platt platt;
    jval *card; /* data, labels, split, measures with intervals, parameters, seed: an object, owned */
    char hash[DIGEST_TEXT]; /* of the file's contents; "" before it is written */
};

void model_free(struct model *model); /* NULL is fine */

#endif
