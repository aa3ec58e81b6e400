#pragma once
// What a projection comes to in operations and bytes, counted from the source of its kernels: the bound it is held against.

#include <cstddef>
#include <string>

#include "spillway/pool/pool.h"

namespace bench {

/// Additions, multiplications, divisions, minima and maxima of doubles, each as one; bytes read once from memory.
struct WorkCount {
  double operations = 0, bytes = 0;
};

/// Of a pool along one rate path.
WorkCount count_work(const spillway::pool::Pool& pool);

/// Prints `bound W1 3951 OPERATIONS BYTES`.
void print_bound(const std::string& workload, std::size_t size, double operations, double bytes);

}  // namespace bench
