#include "spillway/io/csv_table.h"

#include "spillway/io/csv_reader.h"

namespace spillway::io {

namespace {

// A field as a number only if the number prints as the field: "007" and "1e3" stay text.
table::Cell cell_of(std::string_view field) {
  if (field.empty()) return {};
  const auto number = read_decimal(field);
  if (!number) return std::string(field);
  const std::size_t point = field.find('.');
  const int decimals = point == std::string_view::npos ? 0 : static_cast<int>(field.size() - point - 1);
  table::Cell cell(*number, table::number_format(decimals));
  const bool prints_alike = table::format_cell(cell, {}, table::Style::plain) == field;
  return prints_alike ? cell : table::Cell(std::string(field));
}

}  // namespace

result::Result<table::Table> read_csv_table(const std::string& text, const std::string& file, const std::string& name) {
  CsvReader csv(text, file);
  table::Table made{name, {}, {}, {}, {}, {}};
  for (const std::string& header : csv.headers()) made.columns.push_back({header, header, "", table::text_format()});
  while (csv.next()) {
    made.rows.emplace_back();
    for (std::size_t c = 0; c < made.columns.size(); ++c) {
      made.rows.back().cells.push_back(cell_of(csv[c]));
      if (std::holds_alternative<double>(made.rows.back().cells.back().value)) made.columns[c].format.kind = table::Kind::number;
    }
  }
  return result::make_result(std::move(made), csv.issues());
}

}  // namespace spillway::io
