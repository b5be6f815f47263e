/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The check digit of a business registration number: weights 1 3 7 1 3 7 1 3 5 over the first nine digits, plus the
 * tens of the ninth digit times five; check = (10 - sum mod 10) mod 10.
 */
#include "registration.h"

#include <stddef.h>
#include <string.h>

static bool check_digit_holds(const char digits[11]) {
    static const int weights[9] = {1, 3, 7, 1, 3, 7, 1, 3, 5};
    int sum = (digits[8] - '0') * 5 / 10;
    for (size_t i = 0; i < 9; i++) sum += (digits[i] - '0') * weights[i];
    /* The outer mod matters when the sum ends in 0: the digit is then 0, not 10. */
    return (10 - sum % 10) % 10 == digits[9] - '0';
}

bool registration_read(const char *text, char digits[11]) {
    char read[11] = "";
    if (!text) return false;
    size_t size = strlen(text), count = 0;
    if (size != 10 && size != 12) return false;
    for (size_t i = 0; i < size; i++) {
        if (size == 12 && (i == 3 || i == 6)) {
            if (text[i] != '-') return false;
        } else {
            if (text[i] < '0' || text[i] > '9') return false;
            read[count++] = text[i];
        }
    }
    if (!check_digit_holds(read)) return false;
    if (digits) memcpy(digits, read, sizeof read);
    return true;
}
