#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Peer of bench/assign: SciPy's HiGHS on the assignment as a linear program (its optimum is integral).

    assign_scipy.py INSTANCE

Prints "seconds total": the best of three solves, building and reading not counted, and the total in 10^-9.
"""
import sys
import time

import numpy
from scipy.optimize import linprog
from scipy.sparse import coo_matrix, vstack


def main(path):
    with open(path, encoding="ascii") as file:
        demands, suppliers, pairs, *bounds = (int(word) for word in file.readline().split())
        rows = numpy.loadtxt(file, dtype=numpy.int64, ndmin=2)
    ones, columns = numpy.ones(pairs), numpy.arange(pairs)
    by_demand = coo_matrix((ones, (rows[:, 0], columns)), shape=(demands, pairs))
    by_supplier = coo_matrix((ones, (rows[:, 1], columns)), shape=(suppliers, pairs))
    limits = [numpy.full(demands, bounds[1]), numpy.full(suppliers, bounds[3])]
    blocks = [by_demand, by_supplier]
    if bounds[0] != bounds[1] and bounds[0] > 0:
        blocks.append(-by_demand)
        limits.append(numpy.full(demands, -bounds[0]))
    if bounds[2] > 0:
        blocks.append(-by_supplier)
        limits.append(numpy.full(suppliers, -bounds[2]))
    equal = bounds[0] == bounds[1]
    less = vstack(blocks[1:] if equal else blocks).tocsr()
    below = numpy.concatenate(limits[1:] if equal else limits)
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        found = linprog(-rows[:, 2] / 1e9, A_ub=less, b_ub=below, A_eq=by_demand.tocsr() if equal else None,
                        b_eq=limits[0] if equal else None, bounds=(0, 1), method="highs")
        best = min(best, time.perf_counter() - start)
    if not found.success:
        return 1
    print(best, int(rows[numpy.rint(found.x) == 1, 2].sum()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
