# SPDX-License-Identifier: Apache-2.0
"""The peer of the product-kernel rows of the bench `speed`: the same job vectorised with NumPy, one thread.

    numpy_product.py FOLDER SUPPORT RUNS TYPE     TYPE: float32 or float64; prints {"cold_ms", "warm_ms", "rows_ms", "lists_equal"}

Factorised as ours is: both sides' kernel rows through one matrix product each, F = (K_D * alpha) @ K_S.T, argpartition for the ten best, then their order.
cold: from reading the model's numbers to the lists; warm: the suppliers' kernel rows at hand. It holds the whole matrix of scores and knows no masks. In float32 it does less:
its scores are off in the fourth digit and its lists need not be those of f64, which ours are; "lists_equal" says how many of the demands' lists are the same as ours.
"""
import json
import pathlib
import sys
import time

import numpy as np

K = 10


def kernel_rows(points, vectors):
    squares = (vectors * vectors).sum(1) + (points * points).sum(1)[:, None]
    return np.exp(np.minimum(2 * (points @ vectors.T) - squares, 0))


def read_model(path, dims, kind):
    flat = np.fromfile(path)
    support = (len(flat) - 1) // (1 + 2 * dims)
    coefficients = flat[1:1 + support].astype(kind)
    demand, supplier = flat[1 + support:].reshape(2, support, dims).astype(kind)
    return kind(flat[0]), coefficients, demand, supplier


def best(scores):
    chosen = np.argpartition(-scores, K, axis=1)[:, :K]
    order = np.argsort(-np.take_along_axis(scores, chosen, 1), axis=1, kind="stable")
    return np.take_along_axis(chosen, order, 1)


def main(folder, support, runs, kind):
    folder, dims = pathlib.Path(folder), 64
    demands = np.fromfile(folder / "demands.f64").reshape(-1, dims).astype(kind)
    suppliers = np.fromfile(folder / "suppliers.f64").reshape(-1, dims).astype(kind)
    cold, warm, rows = [], [], []
    for _ in range(runs):
        start = time.perf_counter()
        bias, coefficients, demand_vectors, supplier_vectors = read_model(folder / ("model.f64-%s" % support), dims, kind)
        supplier_rows = kernel_rows(suppliers, supplier_vectors)
        made = time.perf_counter()
        lists = best((kernel_rows(demands, demand_vectors) * coefficients) @ supplier_rows.T + bias)
        end = time.perf_counter()
        cold.append(end - start)
        rows.append(made - start)
        warm.append(end - made)
    ours = folder / ("top.u32-%s" % support)
    equal = int((np.fromfile(ours, np.uint32).reshape(-1, K) == lists).all(1).sum()) if ours.exists() else None
    print(json.dumps({"cold_ms": 1e3 * float(np.median(cold)), "warm_ms": 1e3 * float(np.median(warm)), "rows_ms": 1e3 * float(np.median(rows)), "lists_equal": equal}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), {"float32": np.float32, "float64": np.float64}[sys.argv[4]])
