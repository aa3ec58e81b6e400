#pragma once
// Stratification of a tape that comes in parts: what `stratify` and `pool_summary` give of all its loans at once. Counts, bounds
// and rows are the same; sums keep the bits that additions lose, so that they differ in the last ones at most.

#include <memory>
#include <vector>

#include "spillway/pool/loan_tape.h"
#include "spillway/pool/product.h"
#include "spillway/strat/average_sums.h"
#include "spillway/strat/strat.h"
#include "spillway/table/table.h"

namespace spillway::strat {

/// The stratification tables. Products and definitions must outlive it.
class Stratification {
 public:
  Stratification(const pool::ProductTable& products, const StratDefinitions& definitions);
  ~Stratification();
  Stratification(Stratification&&) noexcept;

  /// Adds the loans of a part; they are not needed afterwards.
  void add(const pool::LoanTape& part);

  /// As `stratify`, of all parts added, and the sums behind the averages.
  Stratified stratified() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The pool summary. Products and definitions must outlive it.
class PoolSummary {
 public:
  PoolSummary(const pool::ProductTable& products, const StratDefinitions& definitions);
  ~PoolSummary();
  PoolSummary(PoolSummary&&) noexcept;

  void add(const pool::LoanTape& part);

  /// As `pool_summary`, of all parts added.
  table::Table summary();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace spillway::strat
