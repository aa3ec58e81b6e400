#include <algorithm>

#include "spillway/compare/attribution.h"

namespace spillway::compare {

namespace {

using table::Cell;
using table::Table;

Cell number(const std::optional<double>& value, const table::Format& format) {
  return value ? Cell(*value, format) : Cell();
}

std::optional<double> change_of(const MeasureChange& line) {
  if (!line.a || !line.b) return std::nullopt;
  return *line.b - *line.a;
}

// Means of whole numbers are none.
table::Format average_format(const MeasureChange& line) { return table::number_format(std::max(2, line.decimals)); }

using Taken = std::optional<double> PartChange::*;

table::Row page_row(const MeasureChange& line, const char* how, Taken taken, const table::Format& format, bool with_ends) {
  table::Row row{{line.class_name, how, with_ends ? number(line.a, table::number_format(line.decimals)) : Cell()}, false};
  for (const PartChange& part : line.parts) row.cells.push_back(number(part.*taken, format));
  row.cells.push_back(with_ends ? number(line.b, table::number_format(line.decimals)) : Cell());
  row.cells.push_back(with_ends ? number(change_of(line), table::number_format(line.decimals)) : Cell());
  return row;
}

Table empty_page(const Attribution& attribution, const MeasureChange& line) {
  const table::Format format = table::number_format(line.decimals);
  Table made{line.measure, line.title + ", " + line.unit, {}, {}, {}, {}};
  made.columns = {{"class", "Class", "", table::text_format()}, {"taken", "Taken", "", table::text_format()}, {"a", "A", line.unit, format}};
  for (const Part& part : attribution.parts) made.columns.push_back({part.name(), part.name(), line.unit, format});
  made.columns.push_back({"b", "B", line.unit, format});
  made.columns.push_back({"change", "B - A", line.unit, format});
  return made;
}

}  // namespace

Table attribution_table(const Attribution& attribution) {
  Table made{"attribution", "What the change comes from", {}, {}, {}, {}};
  made.columns = {{"class", "Class", "", table::text_format()},
                  {"measure", "Measure", "", table::text_format()},
                  {"unit", "Unit", "", table::text_format()},
                  {"a", "A", "", table::number_format(4)},
                  {"b", "B", "", table::number_format(4)},
                  {"change", "B - A", "", table::number_format(4)},
                  {"part", "Part", "", table::text_format()},
                  {"in_order", "In order", "", table::number_format(4)},
                  {"first", "First", "", table::number_format(4)},
                  {"last", "Last", "", table::number_format(4)}};
  if (attribution.has_average) made.columns.push_back({"average", "Average", "", table::number_format(4)});
  for (const MeasureChange& line : attribution.changes) {
    const table::Format format = table::number_format(line.decimals);
    for (std::size_t p = 0; p < line.parts.size(); ++p) {
      const PartChange& part = line.parts[p];
      table::Row row{{line.class_name, line.measure, line.unit, number(line.a, format), number(line.b, format), number(change_of(line), format),
                      attribution.parts[p].name(), number(part.in_order, format), number(part.first, format), number(part.last, format)},
                     false};
      if (attribution.has_average) row.cells.push_back(number(part.average, average_format(line)));
      made.rows.push_back(std::move(row));
    }
  }
  return made;
}

std::vector<Table> attribution_pages(const Attribution& attribution) {
  std::vector<Table> pages;
  for (const std::string& measure : attribution.measures) {
    for (const MeasureChange& line : attribution.changes) {
      if (line.measure != measure) continue;
      if (pages.empty() || pages.back().name != measure) pages.push_back(empty_page(attribution, line));
      const table::Format format = table::number_format(line.decimals);
      auto& rows = pages.back().rows;
      rows.push_back(page_row(line, "in order", &PartChange::in_order, format, true));
      rows.push_back(page_row(line, "first", &PartChange::first, format, false));
      rows.push_back(page_row(line, "last", &PartChange::last, format, false));
      if (attribution.has_average) rows.push_back(page_row(line, "average", &PartChange::average, average_format(line), false));
    }
  }
  return pages;
}

}  // namespace spillway::compare
