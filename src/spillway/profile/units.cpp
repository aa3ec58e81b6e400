#include <algorithm>
#include <cmath>

#include "spillway/profile/doubts.h"
#include "spillway/profile/expectations.h"
#include "spillway/profile/quantiles.h"

namespace spillway::profile {

namespace {

using Kind = pool::TapeField::Kind;

// A value this many times off the median, which the unit's factor brings back near it, is in another unit.
constexpr double kFarPercent = 20, kNearPercent = 4, kFarDollars = 200, kNearDollars = 10;

bool is_near(double value, double median, double times) { return value >= median / times && value <= median * times; }

// Zeros say nothing of a unit.
Quantiles quantiles_above_zero(const WrittenColumn& column) {
  std::vector<double> values = column.numbers;
  std::erase_if(values, [](double value) { return !(value > 0.0); });
  return quantiles_of(std::move(values));
}

class UnitFinder {
 public:
  UnitFinder(const WrittenTape& tape, std::vector<Finding>& findings, Doubts& doubts)
      : tape_(tape), findings_(findings), doubts_(doubts) {}

  void run() {
    for (std::size_t c = 0; c < tape_.columns.size(); ++c) {
      const WrittenColumn& column = tape_.columns[c];
      const Expectation* expected = column.kind == Kind::number ? expectation_of(column.name) : nullptr;
      if (expected == nullptr) continue;
      const Quantiles quantiles = quantiles_above_zero(column);
      if (quantiles.count == 0) continue;
      if (expected->unit == Unit::percent) find_percent(c, *expected, quantiles.median);
      if (expected->unit == Unit::dollars) find_dollars(c, quantiles.median);
      if (expected->unit == Unit::months) find_years(c, quantiles.median);
    }
  }

 private:
  // Collects the rows of a column that `is` holds for. `remark` says what the value would be.
  template <class Is, class Remark>
  void collect(std::size_t c, const char* name, const char* what, Is is, Remark remark) {
    const WrittenColumn& column = tape_.columns[c];
    Finding finding{name, what, column.name, {}};
    for (std::size_t row = 0; row < tape_.size(); ++row) {
      const double value = column.numbers[row];
      if (!(value > 0.0) || !is(row, value)) continue;
      finding.loans.push_back({row, column.name + " " + shown(value) + ": " + remark(value)});
      doubts_.add(c, row);
    }
    if (!finding.loans.empty()) findings_.push_back(std::move(finding));
  }

  void find_percent(std::size_t c, const Expectation& expected, double median) {
    const bool whole = median < expected.low && 100 * median >= expected.low && 100 * median <= expected.high;
    collect(c, "percent_as_decimal", "Percent written as a decimal",
            [&](std::size_t, double v) { return whole || (v < median / kFarPercent && is_near(100 * v, median, kNearPercent)); },
            [](double v) { return "is it " + shown(100 * v) + " percent?"; });
    if (whole) return;
    collect(c, "decimal_as_percent", "A hundred times the other loans' values",
            [&](std::size_t, double v) { return v > median * kFarPercent && is_near(v / 100, median, kNearPercent); },
            [](double v) { return "is it " + shown(v / 100) + "?"; });
  }

  void find_dollars(std::size_t c, double median) {
    collect(c, "balance_in_thousands", "Balance in thousands of dollars",
            [&](std::size_t, double v) { return v < median / kFarDollars && is_near(1000 * v, median, kNearDollars); },
            [](double v) { return "is it " + shown(1000 * v) + " dollars?"; });
  }

  void find_years(std::size_t c, double median) {
    const std::string& name = tape_.columns[c].name;
    constexpr double kMostYears = 40, kUsualMonths = 120, kUsualInterestOnly = 36, kMostInterestOnly = 10;
    const auto original = [&](std::size_t row) {
      const WrittenColumn* column = tape_.find("original_term");
      return column == nullptr ? std::nan("") : column->numbers[row];
    };
    const auto is_years = [&](std::size_t row, double v) {
      if (name == "interest_only_months") return v <= kMostInterestOnly && median >= kUsualInterestOnly;
      if (v > kMostYears) return false;
      if (name == "original_term") return v >= 5 && (median >= kUsualMonths || median <= kMostYears);
      // A seasoned loan may have few months left: years only where they would fill the original term.
      return median >= kUsualMonths ? std::abs(12 * v + age(row) - original(row)) <= 12 && v + age(row) + 12 < original(row)
                                    : median <= kMostYears && original(row) <= kMostYears;
    };
    collect(c, "term_in_years", "Term in years", is_years, [](double v) { return "is it " + shown(12 * v) + " months?"; });
  }

  double age(std::size_t row) const {
    const WrittenColumn* column = tape_.find("age");
    return column == nullptr || std::isnan(column->numbers[row]) ? 0.0 : column->numbers[row];
  }

  const WrittenTape& tape_;
  std::vector<Finding>& findings_;
  Doubts& doubts_;
};

double outlier_value(double value, const Expectation& expected) {
  return expected.logarithmic ? (value > 0.0 ? std::log(value) : std::nan("")) : value;
}

}  // namespace

void find_units(const WrittenTape& tape, std::vector<Finding>& findings, Doubts& doubts) {
  UnitFinder(tape, findings, doubts).run();
}

void find_outliers(const WrittenTape& tape, const Doubts& doubts, std::vector<Finding>& findings) {
  constexpr double kRanges = 5;
  constexpr std::size_t kFewest = 20;  // fewer values tell nothing of a spread
  for (std::size_t c = 0; c < tape.columns.size(); ++c) {
    const WrittenColumn& column = tape.columns[c];
    const Expectation* expected = column.kind == Kind::number ? expectation_of(column.name) : nullptr;
    if (expected == nullptr) continue;
    std::vector<double> values;
    for (std::size_t row = 0; row < tape.size(); ++row) {
      if (!doubts.has(c, row)) values.push_back(outlier_value(column.numbers[row], *expected));
    }
    const Quantiles q = quantiles_of(std::move(values));
    const double range = expected->least_iqr && q.count >= kFewest
                             ? kRanges * std::max(*expected->least_iqr, q.upper - q.lower)
                             : std::numeric_limits<double>::infinity();
    Finding outliers{"outlier", "Far from the other loans, or not plausible", column.name, {}};
    for (std::size_t row = 0; row < tape.size(); ++row) {
      const double value = column.numbers[row];
      if (std::isnan(value) || doubts.has(c, row)) continue;
      const double place = outlier_value(value, *expected);
      const bool far = place < q.lower - range || place > q.upper + range;
      if (!far && value >= expected->low && value <= expected->high) continue;
      outliers.loans.push_back({row, column.name + " " + shown(value)});
    }
    if (!outliers.loans.empty()) findings.push_back(std::move(outliers));
  }
}

}  // namespace spillway::profile
