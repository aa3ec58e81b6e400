#pragma once
// Stratification tables and the pool summary, each defined in data, computed over the tape.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spillway/pool/loan_tape.h"
#include "spillway/pool/product.h"
#include "spillway/result/issue.h"
#include "spillway/table/table.h"

namespace spillway::strat {

/// How loans fall into the rows of a table.
struct Buckets {
  enum class Kind {
    category,       ///< a row per text value of the attribute
    each_value,     ///< a row per number
    width,          ///< rows of equal width, from `from`
    edges,          ///< rows between listed bounds
    month           ///< a row per calendar month of a date attribute, MM/YY
  };
  enum class Order { listed, alphabetical, ascending, descending, balance };
  Kind kind = Kind::category;
  Order order = Order::ascending;
  std::vector<std::string> listed;              ///< category: order of rows, others follow by name
  std::vector<std::pair<std::string, std::string>> relabel;  ///< category: tape's word -> printed label
  double from = 0, width = 0;                   ///< width: the first row's lower bound, every row's width
  bool upper_inclusive = true;                  ///< (a, b] with labels from a + step; otherwise [a, b) with labels to b - step
  double step = 0.01;                           ///< smallest printed distance between neighbouring rows' labels
  std::vector<std::pair<double, double>> edges; ///< edges: inclusive bounds of each row
  std::optional<double> overflow_above;         ///< one last row for values beyond this bound
  std::string overflow_label;                   ///< "> 55.00"
  table::Format label_format;                   ///< how bounds are printed (with prefix "$")
  bool unknown_first = false;                   ///< where the row of loans without a value stands
  std::string unknown_label = "Unknown";
};

/// One stratification table as data.
struct TableDefinition {
  std::string name;            ///< "current_balance": the first column of strats.csv
  std::string title;
  std::string attribute;       ///< a tape column
  std::string universe = "all";  ///< all, arm, fixed, or "ltv > 80"
  Buckets buckets;
  bool months_to_roll_column = false;  ///< adds wa_months_to_roll
  std::string total_label;     ///< "", or the attribute's own average: "wa" (number), "wa_month" (date)
  table::Format total_format;
  result::Location where;
};

/// One line of the pool summary as data.
struct SummaryItem {
  std::string item;
  std::string measure;         ///< count, total, average, wa (balance-weighted over loans that have it), share, heading
  std::string attribute;       ///< the column averaged, or the column a share tests
  std::vector<std::string> values;  ///< share: the values that count; "0"/"!0" compare numbers
  std::string universe = "all";
  bool range = false;          ///< print lowest and highest too
  table::Format format;
};

/// A block of largest shares: "Top 5 States".
struct TopBlock {
  std::string title;
  std::string attribute;
  int rows = 5;
  bool ascending_values = false;   ///< in order of value (penalty terms) instead of share
  std::vector<std::pair<std::string, std::string>> relabel;
};

struct StratDefinitions {
  std::vector<TableDefinition> tables;
  std::vector<SummaryItem> summary;
  std::vector<TopBlock> top_blocks;
};

/// Checks attributes, universes and buckets against the tape format; every problem found, near names suggested.
std::vector<result::Issue> check_definitions(const StratDefinitions& definitions);

/// The stratification tables in order, each with columns label, current_balance, loan_count, pct_of_total,
/// average_balance, min_wac, max_wac, gross_wac, net_wac, remaining_term, age, fico, orig_ltv (and wa_months_to_roll)
/// and a total row. One pass over the loans serves all tables. Definitions must have passed `check_definitions`.
std::vector<table::Table> stratify(const pool::LoanTape& tape, const pool::ProductTable& products,
                                   const StratDefinitions& definitions);

/// All stratification tables as one, in the columns of strats.csv (table, label, ..., is_total).
table::Table combined_table(std::span<const table::Table> tables);

/// The pool summary: item, value, range_low, range_high; top blocks as "Title: label" rows at the end.
table::Table pool_summary(const pool::LoanTape& tape, const pool::ProductTable& products,
                          const StratDefinitions& definitions);

}  // namespace spillway::strat
