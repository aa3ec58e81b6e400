#pragma once
// Loans by the rows of two tables. Private to strat.

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "spillway/strat/kept_sum.h"
#include "spillway/strat/loan_rows.h"

namespace spillway::strat {

/// A cell in the making.
template <std::size_t count>
struct CellSums {
  std::int64_t loans = 0;
  KeptSums<count> sums;

  void add_loan(const std::array<double, count>& values) {
    ++loans;
    sums.add(values);
  }

  void add(const CellSums& other) {
    loans += other.loans;
    sums.add(other.sums);
  }
};

/// Cells by the numbers that two tables' rows have in `RowsInParts`: a plain grid, or a map where it would be mostly empty.
template <std::size_t count>
class PairCells {
 public:
  using Sums = CellSums<count>;

  void make_room(std::size_t rows, std::size_t columns) {
    if (is_sparse_ || (rows <= rows_ && columns <= columns_)) return;
    const std::size_t before = columns_, most_rows = std::max(rows_, std::bit_ceil(rows)), most_columns = std::max(columns_, std::bit_ceil(columns));
    std::vector<Sums> old = std::move(grid_);
    is_sparse_ = most_rows > kMostCells / most_columns;
    rows_ = most_rows;
    columns_ = most_columns;
    grid_.assign(is_sparse_ ? 0 : rows_ * columns_, {});
    for (std::size_t i = 0; i < old.size(); ++i) {
      if (old[i].loans > 0) at(static_cast<std::uint32_t>(i / before), static_cast<std::uint32_t>(i % before)) = old[i];
    }
  }

  /// A cell that there is room for.
  Sums& at(std::uint32_t row, std::uint32_t column) {
    return is_sparse_ ? map_[std::uint64_t{row} << 32 | column] : grid_[row * columns_ + column];
  }

  /// Calls `visit` with row, column and sums of every cell that has loans.
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t i = 0; i < grid_.size(); ++i) {
      if (grid_[i].loans > 0) visit(static_cast<std::uint32_t>(i / columns_), static_cast<std::uint32_t>(i % columns_), grid_[i]);
    }
    for (const auto& [key, sums] : map_) visit(static_cast<std::uint32_t>(key >> 32), static_cast<std::uint32_t>(key), sums);
  }

 private:
  static constexpr std::size_t kMostCells = 1 << 16;

  bool is_sparse_ = false;
  std::size_t rows_ = 0, columns_ = 0;
  std::vector<Sums> grid_;
  std::unordered_map<std::uint64_t, Sums> map_;
};

}  // namespace spillway::strat
