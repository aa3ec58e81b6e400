// What the page's script works on: the data tables at full precision, with the formulas of their columns.

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "spillway/book/formulas.h"
#include "spillway/report/html_data.h"
#include "spillway/report/html_parts.h"
#include "spillway/report/packed.h"

namespace spillway::report {

namespace {

using table::Table;

Json format_json(const table::Format& format) {
  Json json = {{"kind", format.kind == table::Kind::number ? "number" : format.kind == table::Kind::date ? "date" : "text"}};
  if (format.decimals != 0) json["decimals"] = format.decimals;
  if (format.thousands) json["thousands"] = true;
  if (!format.prefix.empty()) json["prefix"] = format.prefix;
  if (!format.suffix.empty()) json["suffix"] = format.suffix;
  if (format.month_only) json["month_only"] = true;
  if (format.month_slash_year) json["month_slash_year"] = true;
  return json;
}

Json column_json(const Table& table, const table::Column& column) {
  Json json = {{"name", column.name}, {"title", column.title}, {"unit", column.unit}, {"format", format_json(column.format)}};
  if (const auto formula = book::formula_of(table.name, column.name)) {
    json["words"] = formula->words;
    if (!formula->symbols.empty()) json["symbols"] = formula->symbols;
    if (!formula->page.empty()) json["page"] = formula->page;
    if (!formula->source.empty()) json["source"] = formula->source;
  }
  return json;
}

Json value_json(const table::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* date = std::get_if<calendar::Date>(&value)) return Json{{"day", day_number(*date)}};
  return nullptr;
}

// A column of nothing but numbers is packed, NaN where there is none; any other is a list.
Json values_json(const Table& table, std::size_t c) {
  const auto is_number = [&](const table::Row& row) {
    return row.cells[c].empty() || std::holds_alternative<double>(row.cells[c].value);
  };
  if (std::all_of(table.rows.begin(), table.rows.end(), is_number)) {
    std::vector<double> numbers;
    numbers.reserve(table.rows.size());
    for (const table::Row& row : table.rows) {
      const auto* number = std::get_if<double>(&row.cells[c].value);
      numbers.push_back(number != nullptr ? *number : std::nan(""));
    }
    return packed_doubles(numbers);
  }
  Json list = Json::array();
  for (const table::Row& row : table.rows) list.push_back(value_json(row.cells[c].value));
  return list;
}

// Formats of single cells that are not their column's: [row, column, format].
Json odd_formats(const Table& table) {
  Json odd = Json::array();
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    for (std::size_t c = 0; c < table.rows[r].cells.size(); ++c) {
      if (table.rows[r].cells[c].format) odd.push_back({r, c, format_json(*table.rows[r].cells[c].format)});
    }
  }
  return odd;
}

Json table_json(const Table& table) {
  Json json = {{"name", table.name}, {"title", table.title}, {"count", table.rows.size()}, {"keys", key_columns(table)}};
  Json columns = Json::array(), values = Json::array(), totals = Json::array();
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    columns.push_back(column_json(table, table.columns[c]));
    values.push_back(values_json(table, c));
  }
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    if (table.rows[r].is_total) totals.push_back(r);
  }
  json["columns"] = std::move(columns);
  json["values"] = std::move(values);
  json["totals"] = std::move(totals);
  json["formats"] = odd_formats(table);
  return json;
}

const char* name_of(calendar::DayCount count) {
  switch (count) {
    case calendar::DayCount::actual_360: return "actual_360";
    case calendar::DayCount::actual_365: return "actual_365";
    case calendar::DayCount::thirty_360: return "thirty_360";
  }
  return "";
}

const char* name_of(analytics::DurationConvention convention) {
  switch (convention) {
    case analytics::DurationConvention::actual_360_bey: return "actual_360_bey";
    case analytics::DurationConvention::semiannual_30_360: return "semiannual_30_360";
    case analytics::DurationConvention::margin_sensitivity: return "margin_sensitivity";
  }
  return "";
}

Json basis_json(const book::Basis& basis) {
  Json runs = Json::array();
  for (const book::TableRun& run : basis.runs) {
    runs.push_back({{"table", run.table}, {"column", run.column}, {"scenario", run.scenario},
                    {"speed", run.speed_pct ? Json(*run.speed_pct) : Json()}, {"to_call", run.to_call ? Json(*run.to_call) : Json()},
                    {"quantity", run.quantity}});
  }
  return {{"settlement", basis.settlement ? Json(day_number(*basis.settlement)) : Json()},
          {"average_life", name_of(basis.conventions.average_life)},
          {"duration", name_of(basis.conventions.duration)},
          {"cut_off_balance", basis.cut_off_balance},
          {"enhancement_target", basis.enhancement_target},
          {"runs", std::move(runs)}};
}

// {"tables": [{name, title, labels}], "pairs": [{rows, columns, count, row, column, loans, balance, product}]}: cells with loans.
Json cross_json(const strat::CrossSums& cross) {
  Json tables = Json::array(), pairs = Json::array();
  for (const strat::LoanRows& rows : cross.tables) tables.push_back({{"name", rows.name}, {"title", rows.title}, {"labels", rows.labels}});
  for (const strat::CrossSums::Pair& pair : cross.pairs) {
    const auto part = [&](int digits, auto value) {
      std::vector<double> values;
      for (const auto& cell : pair.cells) values.push_back(static_cast<double>(value(cell)));
      return packed(values, digits);
    };
    pairs.push_back({{"rows", pair.rows},
                     {"columns", pair.columns},
                     {"count", pair.cells.size()},
                     {"row", part(0, [](const auto& cell) { return cell.row; })},
                     {"column", part(0, [](const auto& cell) { return cell.column; })},
                     {"loans", part(0, [](const auto& cell) { return cell.loans; })},
                     {"balance", part(2, [](const auto& cell) { return cell.balance; })},
                     {"product", part(2, [](const auto& cell) { return cell.balance_rate; })}});
  }
  return {{"tables", std::move(tables)}, {"pairs", std::move(pairs)}};
}

// How each break-even was searched for: rates tried and what the class was short by, and the pool's losses at the one found.
Json searches_json(const std::vector<book::BreakEvenRow>& rows) {
  Json all = Json::array();
  for (const book::BreakEvenRow& row : rows) {
    std::vector<double> rates, shorts;
    for (const auto& [rate, amount] : row.found.tried) {
      rates.push_back(100.0 * rate);
      shorts.push_back(amount);
    }
    all.push_back({{"nothing", row.nothing}, {"count", rates.size()}, {"rates", packed_doubles(rates)}, {"short", packed_doubles(shorts)},
                   {"periods", row.losses.size()}, {"losses", packed(row.losses, 4)}});
  }
  return all;
}

// Behind the averages of the stratifications: balance x value, and the balance of loans that lack the value.
Json strat_sums_json(const book::Book& book) {
  Json all = Json::object();
  if (book.strat_sums.empty() || book.strat_sums.front().products.empty()) return all;
  const Table& strats = book::data_table(book, "strats");
  for (const strat::AverageSums& sums : book.strat_sums) {
    std::vector<double> lacking;
    for (std::size_t r = 0; r < strats.rows.size(); ++r) {
      const auto* balance = std::get_if<double>(&strats.rows[r].cells[table::column_index(strats, "current_balance")].value);
      lacking.push_back((balance != nullptr ? *balance : 0.0) - sums.weights[r]);
    }
    all[sums.column] = {{"products", packed(sums.products, 2)}, {"lacking", packed(lacking, 2)}};
  }
  return all;
}

}  // namespace

std::string page_data(const book::Book& book) {
  Json tables = Json::array();
  for (const Table& table : book.data_tables) tables.push_back(table_json(table));
  const Json json = {{"deal", book.deal}, {"basis", basis_json(book.basis)}, {"tables", std::move(tables)}, {"runs", views_json(book.views, book.carried)},
                     {"cross", cross_json(book.cross)}, {"loans", loans_json(book.largest_loans)},
                     {"searches", searches_json(book.break_evens)}, {"sums", strat_sums_json(book)}};
  return script_safe(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace spillway::report
