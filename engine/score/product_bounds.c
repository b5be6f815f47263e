/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proof. Notation of Higham, Accuracy and Stability of Numerical Algorithms (2002), section 3: u = 2^-24 for f32, w = 2^-53 for f64, gamma_n = n
 * u / (1 − n u); a product of n factors (1 + delta), |delta| <= u, differs from 1 by at most gamma_n; a sum of n products in any order, fused or not,
 * is off by at most gamma_{n+1} Σ |a b|. Underflow, flushed to zero or not, adds at most 2^-126 per operation; TINY is more than all of that
 * together.
 *
 * The exact score is f = bias + Σ A K_S (A: f64 numbers, the same in both; so what A itself is off against the real numbers does not matter here).
 * The screen works with numbers scaled by a power of two, which is exact; "scale" is left out below. With any f32 vector m (product_side.c takes
 * means) and any f64 vector B, and k the f32 row that stands in the panel:
 *
 *     Σ A K_S  =  Σ A m  +  Σ B k  +  Σ (A − B) k  +  Σ A (K_S − m − k)
 *                shift_d     own_s    the product     what the kernel row is off
 *
 * 1. A kernel row. Points and vectors minus the origin z are rounded to f32: each coordinate of their difference is off by at most 1.0001 u (|y_j −
 *    z_j| + |v_j − z_j|), so the difference's norm by at most eta = 1.0001 u (|y − z| + |v − z|). As |d/dt exp(−t²)| <= sqrt(2/e) < 0.858, this moves
 *    the kernel by 0.858 eta. The sum of squares is one of numbers that are not negative, so it is off by gamma_{dims+4} of itself (a difference
 *    counts twice, a product, dims − 1 additions, one to spare), and D exp(−D (1 − gamma)) <= 1/(e (1 − gamma)): 0.37 gamma/(1 − gamma). The f32 exp
 *    is off by 5 u of itself: the reduced argument by 0.41 u (its last subtraction 0.35 u, k · LN2_LOW and LN2_LOW itself 0.03 u each), the
 *    polynomial by 0.13 u, its last steps by 0.2 u + 0.41 u + 1 u, together 2.2 u of a number that may be 0.7; below -87 both are under 2^-124.
 *    Subtracting m rounds by u at most. No value is ever off by more than 1 + u, since both lie in [0, 1 + 5u]: that holds for coordinates beyond
 *    what f32 holds, too, which are cut off at 1e18 and for which eta exceeds 1.
 * 2. The f64 row. The same, gamma_{dims+3} of w, and 1.25 ulp of the exp; the dot product gamma_{padded/32+6} of w.  Together with 1: kernel_p, times
 *    Σ |A| = spread_d.
 * 3. The product. a = f32(A − B) is off by (u + w)|a|; a stretch of 256 and then the stretches are added: gamma_n with n = 256 + stretches + 1. By
 *    Cauchy and Schwarz Σ |a k| <= |a| |k|. |k| comes from an f32 sum of squares: gamma_{padded+2} of itself.
 *    Whole numbers. In the panel stands κ, k rounded to whole steps, in the tile α, a likewise: |Σ a k − Σ α κ| <= |a| |k − κ| + |a − α| |κ|. |a − α| is
 *    computed in f64 from the two themselves: lost_d. For |k − κ|, k is multiplied by f32(1/step), which is off by 2.01 u |k|; what it is away from the
 *    whole number is then exact, since it is no more than a half; the f32 sum of its squares, times step², is off by gamma_{padded+6} of itself; what
 *    underflows there is less than the square of the least step, which is added. A stretch's Σ α κ is a whole number, by Cauchy and Schwarz no greater
 *    than the product of the norms, (65000 (1 + 4u) + 8) (32600 (1 + gamma_258 + 4 u) + 8) < 2^31, nor is any part of it: it is exact. So only its
 *    conversion, the product of the two steps and that with it round, u each, in place of the 256 that gamma_n above has for floats; and
 *    |Σ α κ| <= (|a| + lost_d) (|k| + |k − κ|). For floats lost_d is 0, and the 2.01 u |k|, which are counted all the same, are nothing beside 256 u.
 * 4. The own sum, in f64: gamma_{padded+1} of w times Σ |B| max |k|, max |k| < 1.001; where groups of n products are added up in f32 first, with
 *    weights rounded to f32, gamma_{n+1} more of the same; rounded to f32: u |own|. Adding it to the product: u (|own| + |a k|).
 * 5. f itself is rounded when the bias is added: w (|bias| + spread_d).
 * 6. What is done with v afterwards: v ± radius is rounded, compared with a threshold that was rounded: 4 u |v|, |v| <= |own| + |a k|.
 *
 * The constants 10 u below hold the u's of 3 (one), 4 (one and one) and 6 (four). tests/unit/test_product_screen.c tries to break the sum of it all.
 */
#include "product_bounds.h"

#include <math.h>

#include "product_exact.h"
#include "product_screen.h"

static const double U = 0x1p-24, W = 0x1p-53, TINY = 0x1p-90;

static double gamma_of(double n, double unit) { return n * unit < 0.5 ? n * unit / (1 - n * unit) : INFINITY; }

static double no_more_than(double value, double most) { return value < most ? value : most; /* also for NaN and infinity */ }

/* To f32 and up; what is beyond f32 stays infinite. */
static float rounded_up(double value) { return (float)(value * (1 + 2 * U)) + (float)TINY; }

struct panel_bounds panel_bounds(size_t dims, size_t padded, size_t grouped, double square, double lost, double point_norm,
                                 double vector_norm, double own, double weight_sum) {
    const double stretches = (double)padded / SCREEN_DEPTH + 1;
    const double off_sum = gamma_of((double)dims + 4, U), eta = 1.0001 * U * (point_norm + vector_norm);
    const double off_row = no_more_than(0.37 * off_sum / (1 - off_sum) + 0.858 * eta + 5 * U + TINY, 1) + 6 * U;
    const double off_exact = no_more_than(0.37 * gamma_of((double)dims + 3, W) + 4 * W, 1) + gamma_of((double)padded / EXACT_CHAINS + 6, W);
    const double off_square = gamma_of((double)padded + 2, U);
    const double longest = no_more_than(sqrt(square / (1 - off_square)), sqrt(1.001 * (double)padded));
    const double rounded_off = sqrt(lost / (1 - gamma_of((double)padded + 6, U))) + 2.1 * U * longest, reach = longest + rounded_off;
    const double off_product = gamma_of(SCREEN_DEPTH + stretches + 1, U) + 10 * U;
    const double off_group = grouped ? gamma_of((double)grouped + 1, U) : 0;
    return (struct panel_bounds){
        .pull = rounded_up(reach * off_product + rounded_off),
        .reach = rounded_up(reach * (1 + off_product)),
        .kernel = rounded_up(off_row + off_exact),
        .own = rounded_up(10 * U * own + 1.01 * (gamma_of((double)padded + 1, W) + off_group) * weight_sum + (double)padded * TINY),
    };
}

void demand_bounds_set(const struct demand_bounds *bounds, size_t demand, size_t padded, double square, double lost, double spread, double bias) {
    const double off = 1 + gamma_of((double)padded + 2, W);
    bounds->norm[demand] = rounded_up(sqrt(square * off));
    bounds->lost[demand] = rounded_up(sqrt(lost * off));
    bounds->spread[demand] = rounded_up(spread * off);
    bounds->rest[demand] = rounded_up(2 * W * (bias + spread * off) + (double)padded * TINY);
}
