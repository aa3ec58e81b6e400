#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "spillway/tieout/tieout.h"

namespace spillway::tieout {

namespace {

using table::Table;

std::optional<double> number_in(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

int decimals_of(const std::string& text) {
  const std::size_t point = text.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Comparison {
 public:
  Comparison(const Record& record, const PublishedTable& published, const Table& computed,
             std::span<const Correction> corrections)
      : record_(record), published_(published), computed_(computed), corrections_(corrections) {
    made_.table = record.computed;
    for (double band : record.bands) made_.bands.push_back({band, 0});
    for (std::size_t r = 0; r < computed.rows.size(); ++r) row_of_[computed_key(computed.rows[r])] = r;
  }

  TableTieOut run() {
    for (std::size_t c = 0; c < published_.columns.size(); ++c) {
      const std::string& name = published_.columns[c];
      if (contains(record_.keys, name) || contains(record_.ignored, name)) continue;
      made_.by_column.push_back({name, 0, 0});
      for (const auto& row : published_.rows) compare_cell(row, c);
    }
    return std::move(made_);
  }

 private:
  std::optional<std::size_t> computed_column(const std::string& name) const {
    for (std::size_t c = 0; c < computed_.columns.size(); ++c) {
      if (computed_.columns[c].name == name) return c;
    }
    return std::nullopt;
  }

  // A row is named by its keys; a total row's free key (its label is itself a figure) does not count.
  template <class Text>
  std::string key_of(Text text_of) const {
    const bool total = !record_.total_flag.empty() && text_of(record_.total_flag) == "1";
    std::string key;
    for (const std::string& name : record_.keys) {
      key += (total && name == record_.total_free_key ? std::string() : text_of(name)) + '\x1f';
    }
    return key;
  }

  std::string computed_key(const table::Row& row) const {
    return key_of([&](const std::string& name) {
      const auto c = computed_column(name);
      return c ? table::format_cell(row.cells[*c], computed_.columns[*c], table::Style::plain) : std::string();
    });
  }

  std::string published_text(const std::vector<std::string>& row, const std::string& name) const {
    const auto found = std::find(published_.columns.begin(), published_.columns.end(), name);
    if (found == published_.columns.end()) return {};
    return row[static_cast<std::size_t>(found - published_.columns.begin())];
  }

  std::string published_key(const std::vector<std::string>& row) const {
    return key_of([&](const std::string& name) { return published_text(row, name); });
  }

  const Correction* correction_of(const std::vector<std::string>& row, const std::string& column) const {
    for (const Correction& correction : corrections_) {
      if (correction.column == column && correction.table == published_text(row, "table") &&
          correction.label == published_text(row, "label")) {
        return &correction;
      }
    }
    return nullptr;
  }

  std::string row_name(const std::vector<std::string>& row) const {
    std::string name;
    for (const std::string& key : record_.keys) {
      const std::string text = published_text(row, key);
      if (key == record_.total_flag) {
        if (text == "1") name += " (total)";
      } else if (!text.empty()) {
        name += (name.empty() ? "" : " / ") + text;
      }
    }
    return name;
  }

  void compare_cell(const std::vector<std::string>& row, std::size_t c) {
    std::string printed = row[c];
    if (printed.empty()) return;
    const std::string& column = published_.columns[c];
    Miss miss{row_name(row), column, {}, printed, {}, std::nullopt};
    if (const Correction* correction = correction_of(row, column)) {
      made_.corrected.push_back(*correction);
      miss.corrected_from = printed;
      miss.published = printed = correction->proposed;
    }
    ++made_.cells;
    ++made_.by_column.back().cells;
    if (matches(row, column, printed, miss)) {
      ++made_.matched;
      ++made_.by_column.back().matched;
    } else {
      made_.misses.push_back(std::move(miss));
    }
  }

  bool matches(const std::vector<std::string>& row, const std::string& column, const std::string& printed,
               Miss& miss) {
    const auto found_row = row_of_.find(published_key(row));
    const auto found_column = computed_column(column);
    if (found_row == row_of_.end() || !found_column) return false;
    const table::Cell& cell = computed_.rows[found_row->second].cells[*found_column];
    const double* value = std::get_if<double>(&cell.value);
    const auto number = number_in(printed);
    if (!value || !number || !std::isfinite(*value)) {
      miss.computed = table::format_cell(cell, computed_.columns[*found_column], table::Style::plain);
      return miss.computed == printed;
    }
    return number_matches(*value, *number, decimals_of(printed), miss);
  }

  bool number_matches(double value, double printed, int decimals, Miss& miss) {
    const double rounded = table::round_half_away(value, decimals);
    miss.computed = table::format_cell(table::Cell(value), {"", "", "", table::number_format(decimals)},
                                       table::Style::plain);
    miss.difference = value - printed;
    const double distance = std::abs(rounded - printed);
    const double unit = std::pow(10.0, -decimals);
    for (BandCount& band : made_.bands) band.cells += distance <= band.within + unit * 1e-6;
    if (std::abs(*miss.difference) > made_.worst_difference) {
      made_.worst_difference = std::abs(*miss.difference);
      made_.worst_cell = miss.row + ", " + miss.column;
    }
    return distance < unit * 1e-6;
  }

  const Record& record_;
  const PublishedTable& published_;
  const Table& computed_;
  std::span<const Correction> corrections_;
  std::map<std::string, std::size_t> row_of_;
  TableTieOut made_;
};

}  // namespace

std::span<const Record> records() {
  static const std::vector<Record> known{
      {"dm_tables", "dm_tables", {"class", "scenario", "speed_pct"}, {"margin_pct", "balance"}, {}, {}, {}},
      {"available_rate", "available_rate", {"period"}, {}, {0.01, 0.05, 0.10, 0.15}, {}, {}},
      {"strats", "strats", {"table", "label", "is_total"}, {}, {}, "is_total", "label"},
      {"pool_summary", "pool_summary", {"item"}, {}, {}, {}, {}},
      {"summary_classes", "class_summary", {"class"}, {}, {}, {}, {}},
      {"decrements", "decrements", {"class", "date", "psa"}, {}, {}, {}, {}},
      {"yields", "yields", {"class", "index_pct", "psa"}, {"price"}, {0.05, 1.0}, {}, {}},
      {"credit_enhancement", "credit_enhancement", {"class"}, {"moodys", "sp"}, {}, {}, {}}};
  return known;
}

TableTieOut compare(const Record& record, const PublishedTable& published, const Table& computed,
                    std::span<const Correction> corrections) {
  return Comparison(record, published, computed, corrections).run();
}

Table summary(std::span<const TableTieOut> tables) {
  Table made{"tieout", "Tie-out to the published record", {}, {}, {}, {}};
  made.columns = {{"table", "Table", "", table::text_format()},
                  {"cells", "Cells", "", table::integer_format()},
                  {"matched", "Matched", "", table::integer_format()},
                  {"missed", "Missed", "", table::integer_format()},
                  {"worst_difference", "Worst difference", "", table::number_format(4)},
                  {"worst_cell", "Worst cell", "", table::text_format()},
                  {"within", "Within", "", table::text_format()}};
  int cells = 0, matched = 0;
  for (const TableTieOut& tie : tables) {
    std::string within;
    for (const BandCount& band : tie.bands) {
      within += (within.empty() ? "" : ", ") + std::to_string(band.cells) + " within " +
                table::format_cell(table::Cell(band.within), {"", "", "", table::number_format(2)}, table::Style::plain);
    }
    made.rows.push_back({{tie.table, tie.cells, tie.matched, tie.cells - tie.matched, tie.worst_difference,
                          tie.worst_cell, within},
                         false});
    cells += tie.cells;
    matched += tie.matched;
  }
  made.rows.push_back({{"Total", cells, matched, cells - matched, table::Cell(), table::Cell(), table::Cell()}, true});
  return made;
}

Table misses(std::span<const TableTieOut> tables) {
  Table made{"misses", "Cells that do not match", {}, {}, {}, {}};
  made.columns = {{"table", "Table", "", table::text_format()},
                  {"row", "Row", "", table::text_format()},
                  {"column", "Column", "", table::text_format()},
                  {"computed", "Computed", "", table::text_format()},
                  {"published", "Published", "", table::text_format()},
                  {"difference", "Difference (unrounded)", "", table::number_format(6)}};
  for (const TableTieOut& tie : tables) {
    for (const Miss& miss : tie.misses) {
      made.rows.push_back({{tie.table, miss.row, miss.column, miss.computed.empty() ? "none" : miss.computed,
                            miss.published, miss.difference ? table::Cell(*miss.difference) : table::Cell()},
                           false});
    }
  }
  return made;
}

}  // namespace spillway::tieout
