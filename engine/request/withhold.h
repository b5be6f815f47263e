/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a role does not get to see of a result: the members that data/server/roles.json names as "withheld" keep their place and lose what is in them, so that
 * whoever reads the result finds its shape. In: a result and the names. Out: a result that shares with
 * the first what nothing of is withheld.
 */
#ifndef IEUM_REQUEST_WITHHOLD_H
#define IEUM_REQUEST_WITHHOLD_H

#include "../adapt/json.h"

/*
 * `names`: an array of "member", meant wherever it stands, and "outer/member", meant in the objects of outer alone (arrays between do not count). Of what is
 * withheld texts become "", lists [], numbers and truths null, objects keep their members, emptied. Takes `result`, which may be NULL; NULL names change nothing. When memory failed, nothing is left of
 * what holds withheld members.
 */
jval *withhold(jval *result, const jval *names);

#endif
