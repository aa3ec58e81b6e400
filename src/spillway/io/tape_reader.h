#pragma once
// Loan tapes and the files about them: CSV tape, column mapping, products, stratification definitions.

#include <optional>
#include <string>
#include <string_view>

#include "spillway/calendar/calendar.h"
#include "spillway/pool/loan_tape.h"
#include "spillway/pool/product.h"
#include "spillway/result/issue.h"
#include "spillway/strat/strat.h"

namespace spillway::io {

/// How the columns of another tape become ours: renamed and rescaled.
struct TapeMapping {
  struct Column {
    std::string field;        ///< our column name
    std::string from;         ///< the other tape's header
    double scale = 1.0;       ///< number x scale = our unit
    std::string date_format;  ///< "%Y-%m-%d" (default), "%m/%d/%Y", "%Y%m"
    std::vector<std::pair<std::string, std::string>> values;  ///< their text -> ours
    result::Location where;
  };
  std::vector<Column> columns;
};

/// Reads a mapping file (YAML, schema/tape-mapping.schema.json).
result::Result<TapeMapping> read_tape_mapping(const std::string& text, const std::string& file);

/// Reads a CSV tape held in `text`. Every bad row is reported with line, column and reason and left out; the good ones
/// stay. Missing required columns, a duplicate or unknown header (a warning, with the near name) and an empty tape are
/// errors; then no loan stays. `products` checks the product column.
result::WithIssues<pool::LoanTape> read_tape(const std::string& text, const std::string& file,
                                             const pool::ProductTable& products, calendar::Date cut_off,
                                             const std::optional<TapeMapping>& mapping = std::nullopt);

/// Reads a products file (YAML, schema/products.schema.json).
result::Result<pool::ProductTable> read_products(const std::string& text, const std::string& file);

/// Reads stratification definitions (YAML, schema/strats.schema.json) and checks them.
result::Result<strat::StratDefinitions> read_strats(const std::string& text, const std::string& file);

/// The definitions built into Spillway (data/standard-strats.yaml).
result::Result<strat::StratDefinitions> standard_strats();

/// The products built into Spillway (data/standard-products.yaml), for tapes that come without a deal.
result::Result<pool::ProductTable> standard_products();

}  // namespace spillway::io
