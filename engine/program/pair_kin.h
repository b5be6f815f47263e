/* SPDX-License-Identifier: Apache-2.0 */
/* For pair_block.c: the suppliers that a demand's list names, and those that are, or may be, its kin. */
#ifndef IEUM_PROGRAM_PAIR_KIN_H
#define IEUM_PROGRAM_PAIR_KIN_H

#include "../base/vector.h"
#include "program.h"

typedef VECTOR(uint32_t) supplier_list;

struct pair_kin;

struct pair_kin *pair_kin_new(const struct supplier *suppliers, size_t count); /* NULL when memory fails */
void pair_kin_free(struct pair_kin *kin);
/* Adds the suppliers with one of the ids in the demand's list at `field`. False when memory fails. */
bool pair_kin_listed(const struct pair_kin *kin, const struct demand *demand, const char *field, supplier_list *list);
/* Adds all suppliers that may be related to the demand firm by name, number or affiliates: none that is related is left out. May add one twice. */
bool pair_kin_related(const struct pair_kin *kin, const struct demand *demand, supplier_list *list);

#endif
