#pragma once
// What the core can do at most, measured in the same run.

namespace bench {

/// Prints `machine fma_per_second X` and `machine bytes_per_second Y`: double fused multiply-adds of one core, and bytes
/// read from memory by it.
void measure_machine();

}  // namespace bench
