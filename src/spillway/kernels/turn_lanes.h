#pragma once
// Rows to columns: periods of lanes from and to lanes of periods.

#include <cstddef>

#include "spillway/kernels/lanes.h"

namespace spillway::kernels {

/// Turns blocks of kLanes rows of kLanes numbers over, rows to columns. Row r of block b is read at from + r * stride + b *
/// kLanes; what was its column c is written at to[b * kLanes + c] + offset, or nowhere if that is null.
void turn_out(const double* from, std::size_t blocks, std::size_t stride, double* const* to, std::size_t offset);

/// Likewise; read at from + (b * kLanes + r) * kLanes, written at to + c * stride + b * kLanes.
void turn_in(const double* from, std::size_t blocks, double* to, std::size_t stride);

}  // namespace spillway::kernels
