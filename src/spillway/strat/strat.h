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
    edges,          ///< rows between neighbouring bounds of `edges`
    month           ///< a row per calendar month of a date attribute, MM/YY
  };
  enum class Order { listed, alphabetical, ascending, descending, balance };
  Kind kind = Kind::category;
  Order order = Order::ascending;
  std::vector<std::string> listed;              ///< category: order of rows (words or labels), others follow by name
  std::vector<std::pair<std::string, std::string>> relabel;  ///< category: tape's word -> label; equal ones share a row
  double from = 0, width = 0;                   ///< width: a bound, and every row's width; rows run on both ways from it
  bool upper_inclusive = true;                  ///< (a, b] labelled from a + step; otherwise [a, b) labelled to b - step
  double step = 0.01;                           ///< smallest printed distance between neighbouring rows' labels
  std::vector<double> edges;                    ///< edges: ascending bounds; values outside get a row of their own
  std::optional<double> overflow_above;         ///< one row for all values beyond this bound, itself a bound of a row
  std::string overflow_label;                   ///< empty: "> 55.00", or ">= 20.000" if lower bounds are inclusive
  table::Format label_format;                   ///< how bounds, values and months are printed (print style)
  bool unknown_first = false;                   ///< where the row of loans without a value stands
  std::string unknown_label = "Unknown";
};

/// One stratification table as data.
struct TableDefinition {
  std::string name;            ///< "current_balance": the first column of strats.csv
  std::string title;
  std::string attribute;       ///< a tape column, or a derived one (see `attribute_names`)
  std::string universe = "all";  ///< all, arm, fixed, or a comparison: "orig_ltv > 80" (with > >= < <= = !=)
  std::string excluded;        ///< names the loans outside the universe: "(Excludes 116 Fixed Rate Mortgages)"
  Buckets buckets;
  bool months_to_roll_column = false;  ///< adds wa_months_to_roll
  std::string total_label;     ///< "", or the attribute's balance-weighted average: "wa" (number), "wa_month" (date)
  table::Format total_format;
  result::Location where;
};

/// One line of the pool summary as data.
struct SummaryItem {
  std::string item;
  std::string measure;         ///< count, total, average, wa (balance-weighted over loans that have it), share, heading
  std::string attribute;       ///< the column averaged, or the column a share tests
  std::vector<std::string> values;  ///< share: these count: "soft", "1", "" (no value); "!0": all but 0 and none
  std::string universe = "all";
  bool range = false;          ///< print lowest and highest too
  table::Format format;
  result::Location where;
};

/// A block of largest shares by balance: "Top 5 States".
struct TopBlock {
  std::string title;
  std::string attribute;           ///< a text or number column
  int rows = 0;                    ///< 0 = all
  table::Format label_format = table::number_format(0);  ///< how numbers are printed; equal labels share a row
  bool ascending_values = false;   ///< the largest shares, but in order of value (penalty terms)
  std::vector<std::pair<std::string, std::string>> relabel;
  result::Location where;
};

struct StratDefinitions {
  std::vector<TableDefinition> tables;
  std::vector<SummaryItem> summary;
  std::vector<TopBlock> top_blocks;
};

/// Every attribute a definition may name: the columns of the tape, and those derived from them
/// (`net_of_mi_rate`: gross rate less mortgage insurance premium, percent a year).
std::vector<std::string> attribute_names();

/// Checks attributes, universes and buckets against the tape format; every problem found, near names suggested.
std::vector<result::Issue> check_definitions(const StratDefinitions& definitions);

/// The stratification tables in order, each with columns label, current_balance, loan_count, pct_of_total (of the
/// universe), average_balance, min_wac, max_wac, gross_wac, net_wac, remaining_term, age, fico, orig_ltv (and
/// wa_months_to_roll) and a total row. Averages are weighted by current balance over the loans that have the value.
/// Rows without loans are left out. One pass over the loans serves all tables. Definitions must have passed
/// `check_definitions`.
std::vector<table::Table> stratify(const pool::LoanTape& tape, const pool::ProductTable& products,
                                   const StratDefinitions& definitions);

/// All stratification tables as one, in the columns of strats.csv (table, label, ..., is_total).
table::Table combined_table(std::span<const table::Table> tables);

/// The pool summary: item, value, range_low, range_high; top blocks as "Title: label" rows at the end.
table::Table pool_summary(const pool::LoanTape& tape, const pool::ProductTable& products,
                          const StratDefinitions& definitions);

}  // namespace spillway::strat
