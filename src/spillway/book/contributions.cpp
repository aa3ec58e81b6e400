#include "spillway/book/contributions.h"

#include <algorithm>

namespace spillway::book {

namespace {

using table::Cell;

Cell part(double amount, double of) { return of != 0.0 ? Cell(100.0 * amount / of) : Cell(); }

// An amount and its share of the total.
void add_amount(table::Row& row, double amount, double total) {
  row.cells.push_back(amount);
  row.cells.push_back(part(amount, total));
}

std::vector<table::Column> columns(bool has_credit, std::size_t years) {
  std::vector<table::Column> all{{"row", "Row", "", table::text_format()},
                                 {"loans", "# of Loans", "loans", table::integer_format()}};
  const auto add = [&](const char* name, const char* title) {
    all.push_back({name, title, "dollars", table::dollars_format()});
    all.push_back({std::string(name) + "_pct", "%", "percent", table::number_format(2)});
  };
  add("balance", "Balance");
  all.push_back({"wal", "WAL (yr)", "years", table::number_format(2)});
  add("principal", "Principal");
  add("net_interest", "Net Interest");
  all.push_back({"rate_points", "Rate Points", "percent a year", table::number_format(4)});
  add("prepaid", "Prepaid");
  if (has_credit) add("defaulted", "Defaulted");
  if (has_credit) add("losses", "Losses");
  for (std::size_t year = 1; year <= years; ++year) {
    const std::string number = std::to_string(year);
    all.push_back({"principal_year_" + number, "Year " + number, "dollars", table::dollars_format()});
  }
  return all;
}

table::Row printed(const Contribution& row, const Contributions& all, std::size_t years, bool is_total) {
  const Contribution& total = all.total;
  table::Row made{{row.label, row.loans}, is_total};
  add_amount(made, row.balance, total.balance);
  made.cells.push_back(row.principal != 0.0 ? Cell(row.principal_years / row.principal) : Cell());
  add_amount(made, row.principal, total.principal);
  add_amount(made, row.net_interest, total.net_interest);
  made.cells.push_back(all.balance_months > 0.0 ? Cell(1200.0 * row.net_interest / all.balance_months) : Cell());
  add_amount(made, row.prepaid, total.prepaid);
  if (all.has_credit) {
    add_amount(made, row.defaulted, total.defaulted);
    add_amount(made, row.losses, total.losses);
  }
  for (std::size_t year = 0; year < years; ++year) made.cells.push_back(year < row.by_year.size() ? Cell(row.by_year[year]) : Cell(0.0));
  return made;
}

}  // namespace

void Contribution::add(const Contribution& other) {
  loans += other.loans;
  balance += other.balance;
  principal += other.principal;
  principal_years += other.principal_years;
  net_interest += other.net_interest;
  prepaid += other.prepaid;
  defaulted += other.defaulted;
  losses += other.losses;
  by_year.resize(std::max(by_year.size(), other.by_year.size()));
  for (std::size_t year = 0; year < other.by_year.size(); ++year) by_year[year] += other.by_year[year];
}

table::Table contribution_table(const Contributions& contributions, bool by_year) {
  const std::size_t years = by_year ? contributions.total.by_year.size() : 0;
  table::Table made{"contributions_" + contributions.table, contributions.title, {}, columns(contributions.has_credit, years), {}, {}};
  for (const Contribution& row : contributions.rows) made.rows.push_back(printed(row, contributions, years, false));
  made.rows.push_back(printed(contributions.total, contributions, years, true));
  return made;
}

table::Table combined_contributions(std::span<const Contributions> all, bool by_year) {
  table::Table made{"contributions", "Contributions", {}, {}, {}, {}};
  for (const Contributions& one : all) {
    const table::Table rows = contribution_table(one, by_year);
    if (made.columns.empty()) {
      made.columns = rows.columns;
      made.columns.insert(made.columns.begin(), {"table", "Table", "", table::text_format()});
    }
    for (table::Row row : rows.rows) {
      row.cells.insert(row.cells.begin(), one.table);
      made.rows.push_back(std::move(row));
    }
  }
  return made;
}

}  // namespace spillway::book
