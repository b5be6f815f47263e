/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pair features as coordinates in which a model is linear, and the way back from its weights to curves.
 *
 * Straight (kind linear): one coordinate a feature, its distance from the training mean; divided by the standard deviation where the training data leave [0,1].
 * Curved (additive, mixed): knots t_0 < … < t_K, a coordinate for each piece, how far the value has gone through it: clamp((z − t_k)/(t_{k+1} − t_k), 0, 1).
 * This is the piecewise-linear (hat function) encoding of Maji & Berg 2009 in the basis of steps between neighbouring knots: the ridge penalty then
 * falls on the differences of neighbouring knot values (as Eilers & Marx 1996), and a curve rises where all its weights are positive. Beyond the
 * outer knots it is flat.
 *
 * Coordinates are taken relative to their mean over the training rows, so a curve's value is what the feature adds against an average pair. A missing
 * value sits at the mean, with a coordinate of its own that says "missing" (only where training rows with and without the value exist). Finally all
 * coordinates are divided by one number so that the mean squared length of the training rows is 1.
 */
#ifndef IEUM_LEARN_COLUMNS_H
#define IEUM_LEARN_COLUMNS_H

#include "options.h"

struct column {
    size_t knot_count;        /* 0: constant or never present, no coordinates */
    double *at, *mass;        /* knots, and how many training values lie nearest to each */
    double low, high;         /* straight: the training range; 0 and 1 where it lies within */
    double *centre;           /* of each coordinate, before scaling */
    double deviation;         /* straight: what the distance from the mean is divided by */
    size_t first, coordinates; /* the feature's coordinates, without the indicator */
    size_t indicator;         /* the coordinate "missing"; SIZE_MAX: none */
};

struct columns {
    struct column *items; /* of each feature */
    size_t count, dimensions;
    bool curved;
    double scale; /* every coordinate is multiplied by this */
};

/* Learns the encoding from the rows; it lives in the arena. */
ieum_status columns_learn(const struct dataset *data, struct rows rows, const struct learn_options *options, bool curved, struct arena *arena,
                          struct columns *columns, struct problem *problem);

/* The coordinates of one example's features. */
void columns_encode(const struct columns *columns, const double *features, double *coordinates);

/*
 * The curves of wᵀ·coordinates, one a feature, in the arena, with the names copied; monotone requests are met by isotonic projection of the knot values (of a straight
 * line: by a weight of 0 where its sign is wrong).
 */
struct model_feature *columns_curves(const struct columns *columns, const struct dataset *data, const struct learn_options *options, const double *weights,
                                     struct arena *arena);

#endif
