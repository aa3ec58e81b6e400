#pragma once
// What explanations are drawn from.

#include <optional>
#include <span>

#include "spillway/deal/definition.h"
#include "spillway/engine/inputs.h"
#include "spillway/engine/run_book.h"

namespace spillway::explain {

/// A deal as loaded: what it runs on, and its file as written, with the place of every formula.
struct Source {
  const engine::Inputs& inputs;
  const deal::DealDefinition& definition;
  std::span<const book::BreakEvenRow> break_evens = {};  ///< all of the plan, found before; none: searched for when one is asked about
};

/// How far down to go.
struct Options {
  int depth = 5;       ///< 1 formula, 2 cash flows, 3 steps of the waterfall, 4 collateral, 5 loans
  int period = 0;      ///< period (1-based) that levels 3 to 5 are about; 0: the one that weighs most in the number
  int rows = 12;       ///< lines shown of each table, the rest in one; 0: all
  int loans = 10;      ///< loans shown of each table, the rest in one; 0: all
  std::optional<engine::RunRequest> run;  ///< of cash flows; unset: the class summary's, to maturity
};

/// A run, and what it was made from.
struct RunView {
  const Source& source;
  const engine::Run& run;
  const cashflow::CollateralCashFlows& collateral;
  const Options& options;

  const cashflow::DealCashFlows& flows() const { return run.flows; }
  const deal::Deal& deal() const { return source.inputs.deal; }
  /// The part of the collateral's period (0 = period 1) that earlier partial calls left.
  double part_left(std::size_t t) const {
    const bool called = flows().call_period > 0 && t >= static_cast<std::size_t>(flows().call_period);
    return called ? 1.0 - flows().call_part : 1.0;
  }
};

}  // namespace spillway::explain
