#include <algorithm>

#include "spillway/profile/tables.h"

namespace spillway::profile {

namespace {

table::Cell optional_cell(const std::optional<double>& value) { return value ? table::Cell(*value) : table::Cell(); }

table::Cell change_cell(const std::optional<double>& without, const std::optional<double>& all) {
  return without && all ? table::Cell(*without - *all) : table::Cell();
}

std::string life_text(const std::optional<double>& life) {
  if (!life) return "none";
  return table::format_cell(*life, {"", "", "", table::number_format(4)}, table::Style::plain);
}

void add_effect_columns(table::Table& made, const Effects& effects) {
  const table::Format years = table::number_format(4);
  made.columns.push_back({"pool_wal", "Pool WAL without", "years", years});
  made.columns.push_back({"pool_wal_change", "Change (yr)", "years", years});
  std::string lives = "Average life with all loans, years: pool " + life_text(effects.all.pool);
  for (std::size_t c = 0; c < effects.classes.size(); ++c) {
    made.columns.push_back({effects.classes[c] + "_wal_change", effects.classes[c] + " (yr)", "years", years});
    lives += ", " + effects.classes[c] + " " + life_text(effects.all.classes[c]);
  }
  made.notes.push_back(lives + ". At " + effects.assumption + ".");
  made.notes.push_back("Without the loans of a finding the others are scaled to the same balance. Changes are in years.");
}

void add_effects(table::Row& row, const Effects& effects, const Lives& without) {
  row.cells.push_back(optional_cell(without.pool));
  row.cells.push_back(change_cell(without.pool, effects.all.pool));
  for (std::size_t c = 0; c < effects.classes.size(); ++c) {
    row.cells.push_back(c < without.classes.size() ? change_cell(without.classes[c], effects.all.classes[c]) : table::Cell());
  }
}

double percent(double part, double whole) { return whole > 0.0 ? 100.0 * part / whole : 0.0; }

}  // namespace

table::Table findings_table(const WrittenTape& tape, std::span<const Finding> findings, const std::optional<Effects>& effects) {
  table::Table made{"findings", "What is odd", {}, {}, {}, {}};
  made.columns = {{"finding", "Finding", "", table::text_format()},       {"what", "What", "", table::text_format()},
                  {"columns", "Columns", "", table::text_format()},       {"loans", "Loans", "", table::integer_format()},
                  {"loans_pct", "% of loans", "percent", table::number_format(2)},
                  {"balance", "Balance", "dollars", table::dollars_format(2)},
                  {"balance_pct", "% of balance", "percent", table::number_format(2)}};
  if (effects) add_effect_columns(made, *effects);
  const double total = total_balance(tape);
  for (std::size_t f = 0; f < findings.size(); ++f) {
    const Finding& finding = findings[f];
    const double balance = balance_of(tape, finding.rows());
    table::Row row{{finding.name, finding.what, finding.columns, static_cast<std::int64_t>(finding.loans.size()),
                    percent(static_cast<double>(finding.loans.size()), static_cast<double>(tape.size())), balance,
                    percent(balance, total)}, false};
    if (effects) add_effects(row, *effects, effects->without[f]);
    made.rows.push_back(std::move(row));
  }
  return made;
}

table::Table loans_table(const WrittenTape& tape, std::span<const Finding> findings, std::size_t most) {
  table::Table made{"loans", "Loans of each finding", {}, {}, {}, {}};
  made.columns = {{"finding", "Finding", "", table::text_format()},
                  {"columns", "Columns", "", table::text_format()},
                  {"line", "Line", "", table::number_format(0)},
                  {"loan_id", "Loan", "", table::text_format()},
                  {"detail", "What", "", table::text_format()}};
  for (const Finding& finding : findings) {
    const std::size_t listed = std::min(most, finding.loans.size());
    for (std::size_t i = 0; i < listed; ++i) {
      const Finding::Loan& loan = finding.loans[i];
      made.rows.push_back({{finding.name, finding.columns, static_cast<std::int64_t>(tape.line[loan.row]),
                            std::string(tape.loan_id[loan.row]), loan.detail}, false});
    }
    if (listed < finding.loans.size()) {
      made.notes.push_back(finding.name + (finding.columns.empty() ? "" : " (" + finding.columns + ")") + ": " +
                           std::to_string(finding.loans.size() - listed) + " more; --all lists them");
    }
  }
  return made;
}

}  // namespace spillway::profile
