// SPDX-License-Identifier: Apache-2.0
/*
 * Peer of bench/assign: the network simplex of LEMON (Debian liblemon-dev), called as assign_lemon INSTANCE. Prints
 * "seconds total": the best of three runs of set-up and solve, reading not counted, and the total in 10⁻⁹.
 *
 * The network it is fastest with: every demand supplies its maximum, every supplier takes its maximum, and a spare node
 * takes and gives what stays unmatched, as far as the minimums allow. Build: c++ -O2 assign_lemon.cc -o assign_lemon
 */
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <malloc.h>

#include <chrono>
#include <cstdio>
#include <vector>

using Graph = lemon::SmartDigraph;
using Simplex = lemon::NetworkSimplex<Graph, int, long long>;

int main(int count, char **words) {
    int demands, suppliers, pairs, demand_min, demand_max, supplier_min, supplier_max;
    FILE *file = count == 2 ? std::fopen(words[1], "r") : nullptr;
    if (!file || std::fscanf(file, "%d %d %d %d %d %d %d", &demands, &suppliers, &pairs, &demand_min, &demand_max,
                             &supplier_min, &supplier_max) != 7) {
        return 2;
    }
    Graph graph;
    std::vector<Graph::Node> node;
    for (int i = 0; i < demands + suppliers + 1; i++) node.push_back(graph.addNode());
    Graph::ArcMap<int> capacity(graph);
    Graph::ArcMap<long long> cost(graph);
    Graph::NodeMap<int> supply(graph, 0);
    auto add = [&](int tail, int head, int most, long long price) {
        Graph::Arc arc = graph.addArc(node[tail], node[head]);
        capacity[arc] = most;
        cost[arc] = price;
    };
    for (int i = 0; i < pairs; i++) {
        int demand, supplier;
        long long score;
        if (std::fscanf(file, "%d %d %lld", &demand, &supplier, &score) != 3) return 2;
        add(demand, demands + supplier, 1, -score);
    }
    std::fclose(file);
    int spare = demands + suppliers;
    for (int i = 0; i < demands; i++) {
        supply[node[i]] = demand_max;
        if (demand_max > demand_min) add(i, spare, demand_max - demand_min, 0);
    }
    for (int i = 0; i < suppliers; i++) {
        supply[node[demands + i]] = -supplier_max;
        if (supplier_max > supplier_min) add(spare, demands + i, supplier_max - supplier_min, 0);
    }
    supply[node[spare]] = suppliers * supplier_max - demands * demand_max;
    mallopt(M_MMAP_THRESHOLD, 1 << 30); // as in assign_bench.c: what a run gives back stays
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    double best = 1e9;
    long long total = 0;
    for (int run = 0; run < 3; run++) {
        auto start = std::chrono::steady_clock::now();
        Simplex simplex(graph);
        simplex.upperMap(capacity).costMap(cost).supplyMap(supply);
        if (simplex.run() != Simplex::OPTIMAL) return 1;
        double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (seconds < best) best = seconds;
        total = -simplex.totalCost<long long>();
    }
    std::printf("%.9f %lld\n", best, total);
    return 0;
}
