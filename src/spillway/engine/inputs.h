#pragma once
// Everything a book is made from, read and checked.

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "spillway/analytics/floater.h"
#include "spillway/assumptions/scenario.h"
#include "spillway/book/document.h"
#include "spillway/book/loss_tables.h"
#include "spillway/calendar/calendar.h"
#include "spillway/collateral/project.h"
#include "spillway/deal/deal.h"
#include "spillway/hedges/swaps.h"
#include "spillway/pool/loan_tape.h"
#include "spillway/pool/pool.h"
#include "spillway/pool/pool_parts.h"
#include "spillway/pool/product.h"
#include "spillway/rates/index_paths.h"
#include "spillway/strat/strat.h"

namespace spillway::engine {

/// A scenario of the scenarios file: assumptions, index paths, and the runs asked for.
struct ScenarioDefinition {
  std::string name;
  std::vector<double> speeds{1.0};          ///< multiples of the prepayment curves
  assumptions::Scenario assumptions;
  rates::IndexPaths indices;
  bool hedged = true;                       ///< the deal's hedges count; false: run as if there were none
  bool to_call = true;
  bool to_maturity = true;
  result::Location where;
};

/// Which runs make which tables of the book.
struct BookPlan {
  struct PriceDm {
    std::string scenario;
    std::string index;                      ///< the classes' index
    double price = 100.0;
    analytics::Conventions conventions;
  };
  struct ClassSummary {
    std::string scenario;
    double speed = 1.0;
  };
  struct AvailableRate {
    std::string quantity;
    std::vector<std::pair<std::string, std::string>> columns;  ///< column name, scenario
  };
  struct Balances {
    std::string scenario;
    double speed = 1.0;
    bool to_call = false;
  };
  /// Percent outstanding by year and speed, for classes and combinations.
  struct Decrements {
    struct Subject {
      std::string label;
      std::vector<std::string> classes;
    };
    /// A speed, and the scenario it runs under: some documents state other assumed loans for their 0% columns.
    struct Column {
      double speed = 1.0;                   ///< multiple of the prepayment curves
      std::string scenario;
    };
    std::vector<Subject> subjects;
    std::vector<Column> columns;
    calendar::Date through;                 ///< the last row's month
  };
  /// Yields of one class at a price, by level of an index and speed.
  struct Yields {
    std::string scenario;
    std::string class_name;
    double price = 100.0;                   ///< per 100 of original balance or notional, without accrued interest
    std::string index;
    std::vector<double> levels;             ///< annual decimals
    std::vector<double> speeds;
  };
  /// Losses: a grid, break-evens, schedules by period, what a residual earns.
  struct Credit {
    std::string scenario;
    bool to_call = false;
    double price = 100.0;
    std::string index;                      ///< the classes' index; empty: the deal has none, and prices give yields
    std::vector<double> speeds{1.0};
    std::vector<double> cdrs;               ///< annual decimals; none: no grid
    std::vector<double> severities;         ///< decimals; none: the scenario's
    std::vector<std::string> classes;       ///< classes and combinations; none: all classes
    struct Target {
      book::BreakEvenTarget target = book::BreakEvenTarget::principal;
      std::optional<double> margin;
    };
    std::vector<Target> break_evens;
    bool schedules = false;                 ///< excess spread, triggers, collateral losses of the scenario as it is
    std::string residual;                   ///< party; empty: none
    std::optional<double> investment;       ///< dollars
  };
  std::optional<Credit> credit;
  std::vector<Decrements> decrements;
  std::vector<Yields> yields;
  std::optional<PriceDm> price_dm;
  std::optional<ClassSummary> class_summary;
  std::optional<AvailableRate> available_rate;
  std::optional<Balances> balances;
  std::string oc_target;                    ///< quantity, dollars; empty: charts show overcollateralization without a target
};

/// The loans of a tape too large to hold: read again, part by part, whenever they are passed over.
struct LoanParts {
  struct Part {
    pool::Pool pool;                        ///< names numbered as in `Inputs::pool`
    std::vector<assumptions::Credit> credits;  ///< by scenario, its rules as they fall on these loans; empty: no scenario has rules
    const pool::LoanTape* tape = nullptr;   ///< that `pool.tape_row` is of; null unless asked for
    std::size_t first_row = 0;              ///< of its rows, in the whole tape
  };
  using Use = std::function<void(const Part&)>;
  using TapeUse = std::function<void(const pool::LoanTape& part)>;

  /// Calls `use` for every part, in the order of the tape. Gives errors if the file cannot be read as it was the first time.
  std::function<std::vector<result::Issue>(const Use& use, bool with_tape)> for_each;
  /// The same for the rows of the tape alone, of which no pool is made.
  std::function<std::vector<result::Issue>(const TapeUse& use)> for_each_tape;
  pool::PoolTotals totals;                  ///< of the loans of all parts
  std::size_t tape_loans = 0;               ///< good rows of the tape
  bool has_rules = false;                   ///< some scenario may have credit rules on loans
};

struct Inputs {
  deal::Deal deal;
  pool::LoanTape tape;
  pool::ProductTable products;
  pool::Pool pool;                          ///< with `parts`: no loans, the names alone
  std::optional<LoanParts> parts;           ///< in place of the tape's and the pool's loans
  collateral::Settings collateral;
  std::vector<hedges::Swap> swaps;
  calendar::BusinessCalendar business_days;
  std::vector<ScenarioDefinition> scenarios;
  BookPlan plan;
  strat::StratDefinitions strats;
  book::DocumentText document;

  const ScenarioDefinition* scenario(std::string_view name) const;

  /// Good rows of the tape; loans of the pool and their balance, dollars; months to the last loan's maturity as the tape states it.
  std::size_t tape_loans() const;
  std::size_t pool_loans() const;
  double pool_balance() const;
  int longest_term() const;
  /// Calls `use` with the tape, or with every part of it, as `LoanParts::for_each_tape`.
  std::vector<result::Issue> for_each_tape(const LoanParts::TapeUse& use) const;
};

}  // namespace spillway::engine
