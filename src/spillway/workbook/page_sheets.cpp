// Data tables and printed pages.

#include <algorithm>

#include "spillway/workbook/book_sheets.h"
#include "spillway/workbook/charts.h"
#include "spillway/workbook/codes.h"

namespace spillway::workbook {

namespace {

constexpr unsigned kTextColumns = 7;
constexpr double kWidestPage = 300;  // characters
constexpr int kWidePrintScale = 55;
constexpr std::size_t kMostBars = 40;
constexpr double kBar = 17, kBarsFrame = 110;  // pixels

std::optional<unsigned> find_column(const table::Table& table, std::string_view name) {
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (table.columns[c].name == name) return static_cast<unsigned>(c);
  }
  return std::nullopt;
}

void lay_filter(Sheet& sheet, const Laid& laid) {
  if (laid.last_row < laid.first_row) return;
  worksheet_autofilter(sheet.raw(), Sheet::row_of(laid.all.first_row), Sheet::column_of(laid.all.first_column),
                       Sheet::row_of(laid.last_row), Sheet::column_of(laid.all.last_column));
}

// A table too wide to read on one page's width goes over several, its first column beside each.
void set_print_width(Sheet& sheet, unsigned last_column) {
  double width = 0;
  for (unsigned c = 0; c <= last_column; ++c) width += sheet.width(c);
  if (width <= kWidestPage) return;
  worksheet_set_print_scale(sheet.raw(), kWidePrintScale);
  worksheet_repeat_columns(sheet.raw(), 0, 0);
}

// Balances of a stratification as bars, in the order of its rows.
unsigned draw_bars(File& file, Sheet& sheet, unsigned row, const table::Table& table, const Laid& laid) {
  const auto balance = find_column(table, "current_balance");
  if (!balance || table.columns.front().name != "label" || laid.last_row < laid.first_row || table.rows.size() > kMostBars) return row;
  ChartPlan plan{.kind = ChartPlan::Kind::bar, .title = table.title, .x_title = "", .y_title = "Current balance ($ million)"};
  plan.y_code = "#,##0.0,,";
  plan.points = laid.last_row - laid.first_row + 1;
  plan.series = {{"Current balance", laid.data_column(0), laid.data_column(*balance)}};
  const double height = kBarsFrame + kBar * plan.points;
  draw_chart(file, sheet, row + 1, 0, plan, {760, height});
  return row + 3 + static_cast<unsigned>(height / kBar);
}

unsigned lay_words(Sheet& sheet, unsigned row, const book::Section& section) {
  for (const std::string& paragraph : section.paragraphs) sheet.paragraph(row++, 0, kTextColumns, paragraph);
  if (!section.terms.empty()) sheet.widen(1, 60);
  for (const book::Term& term : section.terms) {
    sheet.widen(0, 4.0 + static_cast<double>(term.label.size()));
    sheet.text(row, 0, term.label, {.kind = Look::Kind::label, .wrap = true});
    for (const std::string& paragraph : term.paragraphs) sheet.paragraph(row++, 1, kTextColumns, paragraph);
    if (term.paragraphs.empty()) ++row;
  }
  return row;
}

}  // namespace

bool is_data_page(const book::Book& book, const book::Section& section) {
  return !section.tables.empty() && section.terms.empty() && section.paragraphs.empty() &&
         std::all_of(section.tables.begin(), section.tables.end(), [&](const table::Table& table) {
           return std::any_of(book.data_tables.begin(), book.data_tables.end(), [&](const table::Table& data) {
             return data.name == table.name && data.rows.size() == table.rows.size() && data.columns.size() == table.columns.size();
           });
         });
}

Laid lay_data_sheet(File& file, Sheet& sheet, const table::Table& table, const std::string& contents) {
  lay_sheet_head(sheet, table.title.empty() ? table.name : table.title, table.subtitle.empty() ? "Name: " + table.name : table.subtitle,
                 contents);
  const Laid laid = lay_table(sheet, table, kHeadRows);
  lay_filter(sheet, laid);
  sheet.freeze(laid.first_row, 1);
  worksheet_repeat_rows(sheet.raw(), 0, Sheet::row_of(laid.all.first_row));
  set_print_width(sheet, laid.all.last_column);
  file.define(table.name, laid.all);
  if (laid.last_row < laid.first_row) return laid;
  for (unsigned c = 0; c < table.columns.size(); ++c) {
    file.define(table.name + "." + table.columns[c].name, laid.data_column(c));
  }
  return laid;
}

unsigned lay_page(File& file, Sheet& sheet, const book::Section& section, const std::string& contents) {
  lay_sheet_head(sheet, section.title, section.group, contents);
  unsigned row = lay_words(sheet, kHeadRows, section);
  if (row > kHeadRows) ++row;
  std::vector<Laid> laid;
  for (const table::Table& table : section.tables) {
    if (!table.title.empty() && table.title != section.title) sheet.text(row++, 0, table.title, {Look::Kind::label});
    if (!table.subtitle.empty()) sheet.text(row++, 0, table.subtitle, {Look::Kind::subtitle});
    laid.push_back(lay_table(sheet, table, row));
    if (!table.name.empty()) file.define("page." + table.name, laid.back().all);
    row = laid.back().next_row + 1;
    set_print_width(sheet, laid.back().all.last_column);
  }
  if (laid.size() == 1) {
    lay_filter(sheet, laid.front());
    sheet.freeze(laid.front().first_row, 1);
    draw_bars(file, sheet, row, section.tables.front(), laid.front());
  }
  return row;
}

}  // namespace spillway::workbook
