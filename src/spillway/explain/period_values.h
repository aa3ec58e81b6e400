#pragma once
// What the names of a deal's formulas stood for in one period of a run. Private to explain.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/explain/formula_value.h"
#include "spillway/explain/source.h"

namespace spillway::explain {

/// Values in a period (0 = period 1), as a step of the waterfall starts (its position; past the last: when all is paid). The
/// run must have been traced.
class PeriodValues {
 public:
  PeriodValues(const RunView& view, std::size_t period, std::size_t step);
  PeriodValues(const RunView& view, std::size_t period);  ///< when all is paid

  /// Money in dollars, rates as annual decimals, conditions 1 or 0, dates as day counts. `scope`: the class whose formula names it.
  /// Empty for what a run does not keep.
  std::optional<double> find(std::string_view name, const std::string& scope = {}) const;

  /// Of a formula.
  std::optional<double> value(const deal::Text& formula, const std::string& scope = {}) const;

  const RunView& view() const { return view_; }
  std::size_t period() const { return t_; }
  std::size_t step() const { return step_; }

 private:
  std::optional<double> plain(std::string_view name) const;
  std::optional<double> of_period(std::string_view name) const;
  std::optional<double> of_all_classes(std::string_view name) const;
  std::optional<double> of_class(std::size_t position, std::string_view name) const;
  std::optional<double> of_pool(const cashflow::PoolVectors& pool, std::string_view name) const;
  std::optional<double> of_account(std::size_t position, std::string_view name) const;
  std::optional<double> of_hedges(std::string_view name) const;
  std::optional<double> of_call(std::string_view name) const;
  std::optional<double> of_fund(std::string_view name) const;
  std::optional<double> of_quantity(std::string_view name) const;
  std::optional<double> of_schedule(std::string_view name) const;
  std::optional<double> remaining_in(std::size_t fund) const;
  double paid_later(std::size_t receiver, std::string_view pay) const;

  const RunView& view_;
  std::size_t t_, step_;
};

}  // namespace spillway::explain
