#pragma once
// Pieces of explanations. Private to explain.

#include <functional>
#include <string>
#include <vector>

#include "spillway/explain/explanation.h"
#include "spillway/explain/source.h"
#include "spillway/explain/period_values.h"

namespace spillway::explain {

/// A value that nothing is below.
Explanation given(std::string name, table::Cell value, std::string unit, std::string source = {});

/// A value made of parts.
Explanation made(std::string name, Rule rule, double factor, std::vector<Explanation> parts, table::Cell value, std::string unit);

/// The sum of a column of the lines above.
Explanation column_sum(std::string name, std::string column, table::Cell value, std::string unit);

/// Formats with more digits than tables print, so that what is shown can be checked by hand.
table::Format cents();
table::Format digits(int decimals);

/// "deal.yaml:47".
std::string place(const result::Location& where);

/// What a class is paid: principal alone, interest alone, or all cash; or what its balance is written down by.
enum class Paid { principal, interest, cash, write_down };

/// Level 3: what classes (positions) were paid in a period, by the steps that paid it; with levels 4 and 5 behind.
Explanation period_paid(const RunView& view, const std::string& who, const std::vector<std::size_t>& classes, std::size_t t, Paid what);

/// Every step of the waterfall that did something in the period: funds, limit, paid, receivers. Level 3.
std::vector<Explanation> steps_of_period(const RunView& view, std::size_t t);

/// Values of the deal's quantities in the period, each with its formula and place. Level 3.
Explanation quantities_of_period(const RunView& view, std::size_t t);

/// Level 4: the cash of a period: collateral, hedges, call, accounts. Level 5 behind.
Explanation cash_of_period(const RunView& view, std::size_t t, Paid what);

/// What the collateral brought as one kind of amount: net interest collected or due, or principal. With level 5 behind.
enum class CollateralAmount { net_interest, net_interest_due, principal };
Explanation collateral_amount(const RunView& view, std::size_t t, CollateralAmount amount);

/// Level 4: the pool's losses of a period. Level 5 behind.
Explanation losses_of_period(const RunView& view, std::size_t t);

/// An amount of the collateral, or of a loan: an entry of the vectors.
struct LoanAmount {
  std::string words;
  std::function<double(const cashflow::PoolVectors& pool, std::size_t entry)> of;
  std::string source;
};

/// Level 5: the loans that brought most of an amount in a period, and all others in one.
Explanation loans_of_amount(const RunView& view, std::size_t t, const LoanAmount& amount);

/// What a class was paid of one kind ("principal") in a period, by the steps that paid it.
Explanation paid_by_steps(const RunView& view, std::size_t receiver, const std::string& who, std::size_t t, const std::string& pay, double amount);

/// Interest due to a class: rate x balance x fraction.
Explanation interest_due(const RunView& view, std::size_t c, std::size_t t);

/// A formula of the deal file in a period, each name of it with its own value and formula. `levels` counts down nested formulas.
Explanation formula_value(const PeriodValues& values, const std::string& name, const deal::Text& formula,
                          const std::string& scope = {}, int levels = 6);

/// A name of the formula language, likewise.
Explanation name_value(const PeriodValues& values, const std::string& name, const std::string& scope = {}, int levels = 6);

}  // namespace spillway::explain
