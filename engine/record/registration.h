/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Business registration numbers (사업자등록번호), ten digits, "123-45-67891" or "1234567891". A right check digit does
 * not show that the firm exists or is open. Synthetic numbers use the office prefix 000.
 */
#ifndef IEUM_RECORD_REGISTRATION_H
#define IEUM_RECORD_REGISTRATION_H

#include <stdbool.h>

/*
 * Reads a number and checks its last digit; `digits` (may be NULL) gets the ten digits without hyphens, by which two
 * numbers compare. False, with `digits` untouched, for any other form or a wrong check digit.
 */
bool registration_read(const char *text, char digits[11]);

#endif
