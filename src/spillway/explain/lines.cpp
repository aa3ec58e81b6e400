#include "spillway/explain/lines.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace spillway::explain {

namespace {

// Sums that keep the bits each addition loses (Neumaier): a column of thousands of loans adds up to the last cents.
class Sum {
 public:
  void add(double value) {
    const double total = sum_ + value;
    lost_ += std::abs(sum_) >= std::abs(value) ? (sum_ - total) + value : (value - total) + sum_;
    sum_ = total;
  }
  double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0.0, lost_ = 0.0;
};

}  // namespace

Lines::Lines(std::string title, std::vector<std::pair<table::Column, bool>> columns) : title_(std::move(title)) {
  for (auto& [column, summed] : columns) {
    columns_.push_back(std::move(column));
    summed_.push_back(summed);
  }
}

void Lines::add(std::vector<table::Cell> cells, double weight) {
  rows_.push_back(std::move(cells));
  weights_.push_back(std::abs(weight));
}

table::Row Lines::sum_of(const std::vector<std::size_t>& rows, const std::string& label, bool is_total) const {
  table::Row row{{table::Cell(label, table::text_format())}, is_total};
  for (std::size_t c = 1; c < columns_.size(); ++c) {
    Sum sum;
    for (std::size_t r : rows) {
      if (const auto* number = std::get_if<double>(&rows_[r][c].value)) sum.add(*number);
    }
    row.cells.push_back(summed_[c] ? table::Cell(sum.value()) : table::Cell());
  }
  return row;
}

table::Table Lines::finish(int most, const std::string& others, Order by) const {
  table::Table made{"", title_, {}, columns_, {}, {}};
  std::vector<std::size_t> order(rows_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::vector<std::size_t> all = order;
  const std::size_t shown = most <= 0 ? rows_.size() : std::min(rows_.size(), static_cast<std::size_t>(most));
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return weights_[a] > weights_[b]; });
  std::vector<std::size_t> kept(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown));
  std::vector<std::size_t> rest(order.begin() + static_cast<std::ptrdiff_t>(shown), order.end());
  if (by == Order::own) std::sort(kept.begin(), kept.end());
  std::sort(rest.begin(), rest.end());
  for (std::size_t r : kept) made.rows.push_back({rows_[r], false});
  if (!rest.empty()) made.rows.push_back(sum_of(rest, std::to_string(rest.size()) + " other " + others, false));
  made.rows.push_back(sum_of(all, "total", true));
  return made;
}

double sum_of_column(const table::Table& lines, const std::string& column) {
  const std::size_t position = table::column_index(lines, column);
  Sum sum;
  for (const table::Row& row : lines.rows) {
    if (row.is_total) continue;
    if (const auto* number = std::get_if<double>(&row.cells[position].value)) sum.add(*number);
  }
  return sum.value();
}

}  // namespace spillway::explain
