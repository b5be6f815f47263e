/* SPDX-License-Identifier: Apache-2.0 */
/* The standard options of each feature kind (data/features/standard.json), used where a program file gives none. */
#ifndef IEUM_FEATURE_CATALOGUE_H
#define IEUM_FEATURE_CATALOGUE_H

#include "../program/program.h"

struct feature_catalogue;
/* Reads and checks the file: every kind that the engine knows has its options, and they are valid. */
ieum_status feature_catalogue_load(const char *path, struct feature_catalogue **catalogue, struct problem *problem);
void feature_catalogue_free(struct feature_catalogue *catalogue);
const char *feature_catalogue_hash(const struct feature_catalogue *catalogue); /* 64 hex digits */

/* The options of a feature: its own, else the standard of its kind. */
const jval *feature_options(const struct feature_catalogue *catalogue, const struct feature_definition *definition);
/* Checks the options that a program gives itself; pointers as in the program file. */
ieum_status feature_check_options(const struct program *program, struct problem *problem);

#endif
