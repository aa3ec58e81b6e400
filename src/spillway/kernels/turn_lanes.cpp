#include "spillway/kernels/turn_lanes.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "spillway/kernels/turn_lanes.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace spillway::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Four rows of four numbers turned over.
template <class Put>
HWY_INLINE void turn_quarter(const double* from, std::size_t stride, std::size_t row, std::size_t column, Put put) {
#if HWY_TARGET != HWY_SCALAR
  [[maybe_unused]] const hn::CappedTag<double, 4> four;
  if constexpr (hn::MaxLanes(hn::CappedTag<double, 4>()) == 4) {
    const double* at = from + row * stride + column;
    const auto a = hn::LoadU(four, at), b = hn::LoadU(four, at + stride);
    const auto c = hn::LoadU(four, at + 2 * stride), e = hn::LoadU(four, at + 3 * stride);
    const auto ab_low = hn::InterleaveLower(four, a, b), ab_high = hn::InterleaveUpper(four, a, b);
    const auto ce_low = hn::InterleaveLower(four, c, e), ce_high = hn::InterleaveUpper(four, c, e);
    put(four, column, row, hn::ConcatLowerLower(four, ce_low, ab_low));
    put(four, column + 1, row, hn::ConcatLowerLower(four, ce_high, ab_high));
    put(four, column + 2, row, hn::ConcatUpperUpper(four, ce_low, ab_low));
    put(four, column + 3, row, hn::ConcatUpperUpper(four, ce_high, ab_high));
    return;
  }
#endif
  const hn::CappedTag<double, 1> one;
  for (std::size_t r = row; r < row + 4; ++r) {
    for (std::size_t c = column; c < column + 4; ++c) put(one, c, r, hn::LoadU(one, from + r * stride + c));
  }
}

template <class Put>
HWY_INLINE void turn_block(const double* from, std::size_t stride, Put put) {
  for (std::size_t row = 0; row < kLanes; row += 4) {
    for (std::size_t column = 0; column < kLanes; column += 4) turn_quarter(from, stride, row, column, put);
  }
}

void turn_out_here(const double* from, std::size_t blocks, std::size_t stride, double* const* to, std::size_t offset) {
  for (std::size_t b = 0; b < blocks; ++b) {
    double* const* rows = to + b * kLanes;
    turn_block(from + b * kLanes, stride, [&](auto tag, std::size_t row, std::size_t column, auto value) {
      if (rows[row] != nullptr) hn::StoreU(value, tag, rows[row] + offset + column);
    });
  }
}

void turn_in_here(const double* from, std::size_t blocks, double* to, std::size_t stride) {
  for (std::size_t b = 0; b < blocks; ++b) {
    turn_block(from + b * kLanes * kLanes, kLanes, [&](auto tag, std::size_t row, std::size_t column, auto value) {
      hn::StoreU(value, tag, to + row * stride + b * kLanes + column);
    });
  }
}

}  // namespace spillway::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace spillway::kernels {

HWY_EXPORT(turn_out_here);
HWY_EXPORT(turn_in_here);

void turn_out(const double* from, std::size_t blocks, std::size_t stride, double* const* to, std::size_t offset) {
  HWY_DYNAMIC_DISPATCH(turn_out_here)(from, blocks, stride, to, offset);
}

void turn_in(const double* from, std::size_t blocks, double* to, std::size_t stride) {
  HWY_DYNAMIC_DISPATCH(turn_in_here)(from, blocks, to, stride);
}

}  // namespace spillway::kernels
#endif
