#pragma once
// Tables of a book on losses: what defaults do to the pool and to every class.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spillway/analytics/break_even.h"
#include "spillway/book/price_grid.h"
#include "spillway/cashflow/cashflow.h"
#include "spillway/deal/deal.h"
#include "spillway/table/table.h"

namespace spillway::book {

/// One cell of a loss grid: a run, what it assumes, and the pool behind it. Rates unset: as its scenario says.
struct LossRun {
  double speed = 1.0;               ///< multiple of the prepayment curves
  std::optional<double> cdr;        ///< annual decimal
  std::optional<double> severity;   ///< decimal
  const cashflow::DealCashFlows* flows = nullptr;
  const cashflow::CollateralCashFlows* collateral = nullptr;
  std::vector<double> index_rates;  ///< the classes' index by period
};

/// Realized losses less subsequent recoveries as a part of the cut-off balance, up to the run's last period.
double cumulative_loss(const cashflow::CollateralCashFlows& collateral, std::size_t periods);

/// A row per subject and run: class, speed_pct, cdr_pct, severity_pct, pool_loss_pct, price, dm_bps or yield_pct, wal, mdur,
/// written_down, made_good, principal_loss, principal_loss_pct, interest_shortfall, unpaid_interest, unpaid_basis_risk,
/// first_write_down. Every price of the request is a row.
table::Table loss_grid(const deal::Deal& deal, std::span<const GridSubject> subjects, std::span<const LossRun> runs,
                       const GridRequest& request);

/// Up to where a class is held to be whole.
enum class BreakEvenTarget {
  principal,        ///< first dollar of principal not returned by the end
  interest,         ///< first dollar of interest not paid when due
  zero_yield,       ///< all cash comes to the price paid
  discount_margin   ///< the margin at the price is the one asked for
};

/// A break-even of one class: the highest CDR at which it is whole.
struct BreakEvenRow {
  std::string class_name;
  BreakEvenTarget target = BreakEvenTarget::principal;
  std::optional<double> margin;       ///< of a discount margin target, annual decimal
  double speed = 1.0;
  double severity = 0;                ///< decimal
  double tolerance = 0;               ///< width of the last bracket, decimal
  analytics::BreakEven found;         ///< rates are CDRs
  double nothing = 0;                 ///< dollars: a shortfall up to it counts as none
  std::vector<double> losses = {};    ///< dollars by period at the break-even: the pool's, less subsequent recoveries
  std::optional<double> pool_loss;    ///< cumulative loss of the pool at the break-even, part of its cut-off balance
  std::vector<std::pair<double, double>> beyond;  ///< CDR above the break-even by (decimal), principal loss there (dollars)
};

/// "first principal loss", "zero yield", ...
std::string target_words(BreakEvenTarget target, std::optional<double> margin);

/// The column of losses so far above a break-even (decimal): "loss_5_bps_above".
std::string beyond_column(double above);

/// "found", "never, up to 100% CDR", "short without defaults".
std::string outcome_words(analytics::BreakEven::Outcome outcome);

/// A row per break-even: class, target, speed_pct, severity_pct, cdr_pct, pool_loss_pct, loss 1, 5 and 10 basis points above,
/// outcome, evaluations.
table::Table break_even_table(std::span<const BreakEvenRow> rows);

/// By period: pool and overcollateralization after the payment date, credit enhancement of each class (what stands below it
/// and overcollateralization over the pool, percent), excess spread in dollars and as an annual rate on the pool: net
/// interest collected and net hedge payments less interest due on the classes; loss absorption.
table::Table credit_schedule(const deal::Deal& deal, const cashflow::DealCashFlows& flows,
                             const cashflow::CollateralCashFlows& collateral);

/// By period, a column per trigger: "on" or "off". No columns but the dates without triggers.
table::Table trigger_status(const cashflow::DealCashFlows& flows);

/// By period: performing balance, defaults, advances, recoveries, losses, foreclosures, late loans, cumulative figures.
table::Table collateral_losses(const cashflow::DealCashFlows& flows, const cashflow::CollateralCashFlows& collateral);

/// Cash of a residual payee by period, and its internal rate of return on an investment at settlement as a note.
table::Table residual_table(const deal::Deal& deal, const cashflow::DealCashFlows& flows, const std::string& party,
                            std::optional<double> investment);

}  // namespace spillway::book
