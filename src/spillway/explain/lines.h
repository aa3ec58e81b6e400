#pragma once
// Tables of periods or loans that add up, the lesser rows in one. Private to explain.

#include <string>
#include <utility>
#include <vector>

#include "spillway/table/table.h"

namespace spillway::explain {

/// Rows in order, each with a weight. Columns that are summed have a total.
class Lines {
 public:
  /// `summed`: by column, whether it has a sum. The first column names the row and has none.
  Lines(std::string title, std::vector<std::pair<table::Column, bool>> columns);

  void add(std::vector<table::Cell> cells, double weight);

  std::size_t size() const { return rows_.size(); }

  /// The heaviest `most` rows (0: all), in their own order or the heaviest first, a row of `others` ("periods"), and the total.
  enum class Order { own, heaviest };
  table::Table finish(int most, const std::string& others, Order order = Order::own) const;

 private:
  table::Row sum_of(const std::vector<std::size_t>& rows, const std::string& label, bool is_total) const;

  std::string title_;
  std::vector<table::Column> columns_;
  std::vector<bool> summed_;
  std::vector<std::vector<table::Cell>> rows_;
  std::vector<double> weights_;
};

/// The sum of a column's numbers, total rows left out.
double sum_of_column(const table::Table& lines, const std::string& column);

}  // namespace spillway::explain
