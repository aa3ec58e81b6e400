#include <cmath>
#include <cstdio>

#include "inputs.h"
#include "spillway/io/tape_reader.h"
#include "spillway/strat/strat.h"
#include "timing.h"
#include "workloads.h"

namespace bench {

namespace {

using namespace spillway;

// Rows as balance, loans, gross rate: enough for the peers to agree with, in all their digits.
std::string rows_of(const std::vector<table::Table>& tables) {
  std::string text = "table,balance,loans,gross_rate\n";
  for (const table::Table& table : tables) {
    const auto number = [&](const table::Row& row, const char* column) {
      const double* value = std::get_if<double>(&row.cells[table::column_index(table, column)].value);
      char digits[32];
      std::snprintf(digits, sizeof digits, ",%.17g", value != nullptr ? *value : std::nan(""));
      return std::string{digits};
    };
    for (const table::Row& row : table.rows) {
      if (row.is_total) continue;
      text += table.name + number(row, "current_balance") + number(row, "loan_count") + number(row, "gross_wac") + '\n';
    }
  }
  return text;
}

}  // namespace

void bench_stratification(std::size_t loans, const std::string& tape, const Options& options) {
  const pool::LoanTape read = read_tape(tape);
  const pool::ProductTable& known = products();
  const strat::StratDefinitions definitions = *io::standard_strats();
  const std::filesystem::path folder = options.folder / ("W2-" + std::to_string(loans));
  std::filesystem::create_directories(folder);
  write_file(folder / "ours.csv", rows_of(strat::stratify(read, known, definitions)));
  time_in_turn({"W2", loans, static_cast<double>(loans)},
               {{"ours", [&] { use(static_cast<double>(strat::stratify(read, known, definitions).size())); }}},
               options.rounds);
}

}  // namespace bench
