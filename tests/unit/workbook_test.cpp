// Workbooks as bytes: the archive they are, what is in it, and the names and codes that Excel takes.

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "spillway/workbook/codes.h"
#include "spillway/workbook/workbook.h"

using namespace spillway;

namespace {

unsigned number_at(const std::string& bytes, std::size_t at, int length) {
  unsigned value = 0;
  for (int i = length - 1; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes.at(at + static_cast<std::size_t>(i)));
  return value;
}

// The names in a zip archive's directory; none if it has no directory at its end.
std::vector<std::string> files_in(const std::string& bytes) {
  constexpr std::size_t end_size = 22, entry_size = 46;
  std::vector<std::string> names;
  const std::size_t end = bytes.rfind("PK\x05\x06");
  if (end == std::string::npos || end + end_size != bytes.size()) return names;
  std::size_t at = number_at(bytes, end + 16, 4);
  for (unsigned n = number_at(bytes, end + 10, 2); n > 0; --n) {
    if (bytes.compare(at, 4, "PK\x01\x02") != 0) return {};
    const unsigned name = number_at(bytes, at + 28, 2);
    names.push_back(bytes.substr(at + entry_size, name));
    at += entry_size + name + number_at(bytes, at + 30, 2) + number_at(bytes, at + 32, 2);
  }
  return names;
}

std::size_t sheets_in(const std::string& bytes) {
  std::size_t count = 0;
  for (const std::string& name : files_in(bytes)) count += name.starts_with("xl/worksheets/sheet") ? 1 : 0;
  return count;
}

// Three periods of one class, priced at par.
book::RunView small_view() {
  book::RunView view;
  view.scenario = "base";
  view.settlement = calendar::make_date(2024, 2, 29);
  for (unsigned month : {3u, 4u, 5u}) {
    view.dates.push_back(calendar::make_date(2024, month, 31 - (month == 4 ? 1 : 0)));
    view.paid.push_back(view.dates.back());
    view.days.push_back(30);
  }
  view.pool = {{"balance", "Balance", "dollars", {200, 100, 0}}};
  book::ClassView bond;
  bond.name = "A-1";
  bond.original_balance = 300;
  bond.measures.average_life = 2.0 / 12.0;
  bond.measures.discount_margin = 0.01;
  for (const char* name : {"balance", "interest_paid", "principal_paid", "other_paid"}) {
    bond.series.push_back({name, name, "dollars", {100, 100, std::nan("")}});
  }
  bond.series[2].values = {100, 100, 100};
  view.classes.push_back(bond);
  view.steps = {{"3(a)", "interest", "A-1", {1, 2, 3}}};
  return view;
}

book::Book small_book() {
  book::Book book;
  book.deal = "Trust <&> \xFF 'x'";
  book.page_legend = "50 & more";
  book.notices = {"=1+1"};
  table::Table rows{"lives", "Rows", "", {}, {}, {"A note."}};
  rows.columns = {{"class", "Class", "", table::text_format()}, {"balance", "Balance", "dollars", table::dollars_format()}};
  rows.rows = {{{"A-1", 1.0}, false}, {{"A-2", std::nan("")}, false}, {{"Total", 1.0}, true}};
  book.data_tables = {rows, {"empty", "", "", {}, {}, {}}};
  book.data_tables[1].columns = {{"only", "", "", table::text_format()}};
  book::Section page;
  page.title = "A page: with / marks";
  page.terms = {{"Term", {"One.", "Two."}}, {"Bare", {}}};
  book.sections = {page};
  book.views = {small_view(), book::RunView{}};
  return book;
}

std::string bytes_of(const book::Book& book) {
  auto made = workbook::to_xlsx(book);
  if (!made.ok()) throw std::runtime_error("no workbook");
  return std::move(*made);
}

}  // namespace

TEST(Workbook, is_an_archive_with_a_sheet_per_table_page_and_run) {
  const std::string bytes = bytes_of(small_book());
  EXPECT_EQ(bytes.substr(0, 4), "PK\x03\x04");
  const auto files = files_in(bytes);
  const std::set<std::string> names(files.begin(), files.end());
  for (const char* name : {"[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/charts/chart1.xml"}) EXPECT_EQ(names.count(name), 1u) << name;
  EXPECT_EQ(sheets_in(bytes), 9u) << "contents, summary, checks, charts, page, two tables, two runs";
}

TEST(Workbook, of_one_book_is_always_the_same_bytes) {
  EXPECT_EQ(bytes_of(small_book()), bytes_of(small_book()));
}

TEST(Workbook, of_another_figure_is_other_bytes) {
  book::Book other = small_book();
  other.data_tables[0].rows[0].cells[1] = 2.0;
  EXPECT_NE(bytes_of(small_book()), bytes_of(other));
}

TEST(Workbook, of_an_empty_book_opens_too) { EXPECT_EQ(sheets_in(bytes_of(book::Book{})), 4u); }

TEST(WorkbookCodes, formats_are_those_of_print) {
  EXPECT_EQ(workbook::format_code(table::dollars_format()), "\"$\"#,##0");
  EXPECT_EQ(workbook::format_code(table::percent_format(3)), "0.000\"%\"");
  EXPECT_EQ(workbook::format_code(table::number_format(2)), "0.00");
  EXPECT_EQ(workbook::format_code(table::date_format()), "yyyy-mm-dd");
  EXPECT_EQ(workbook::format_code(table::month_format()), "mmmyy");
  EXPECT_EQ(workbook::format_code(table::text_format()), "General");
}

TEST(WorkbookCodes, dates_count_as_excel_counts_them) {
  EXPECT_EQ(workbook::serial_date(calendar::make_date(1900, 3, 1)), 61);
  EXPECT_EQ(workbook::serial_date(calendar::make_date(2003, 12, 25)), 37980);
}

TEST(WorkbookCodes, sheet_names_are_short_legal_and_told_apart) {
  std::set<std::string> taken;
  EXPECT_EQ(workbook::sheet_name("Loan-to-Value [80%]: all/none?*", taken), "Loan-to-Value 80% allnone");
  EXPECT_EQ(workbook::sheet_name("Range of Months Remaining to Maturity", taken), "Range of Months Remaining to");
  EXPECT_EQ(workbook::sheet_name("runs", taken), "runs");
  EXPECT_EQ(workbook::sheet_name("Runs", taken), "Runs 2") << "case does not tell sheets apart";
  EXPECT_EQ(workbook::sheet_name("", taken), "Sheet");
  EXPECT_EQ(workbook::sheet_name("History", taken), "Sheet 2");
  EXPECT_EQ(workbook::sheet_name("'A'", taken), "A");
  const std::string long_name(40, 'x');
  EXPECT_EQ(workbook::sheet_name(long_name, taken), std::string(31, 'x'));
  EXPECT_EQ(workbook::sheet_name(long_name, taken), std::string(29, 'x') + " 2");
}

TEST(WorkbookCodes, defined_names_never_read_as_cells) {
  EXPECT_EQ(workbook::defined_name("dm_tables.wal"), "dm_tables.wal");
  EXPECT_EQ(workbook::defined_name("A-1_enhancement_pct"), "A_1_enhancement_pct");
  EXPECT_EQ(workbook::defined_name("A1"), "_A1");
  EXPECT_EQ(workbook::defined_name("xfd20"), "_xfd20");
  EXPECT_EQ(workbook::defined_name("R1C1"), "_R1C1");
  EXPECT_EQ(workbook::defined_name("c"), "_c");
  EXPECT_EQ(workbook::defined_name("2003"), "_2003");
  EXPECT_EQ(workbook::defined_name("rate"), "rate");
}

TEST(WorkbookCodes, cells_have_their_names) {
  EXPECT_EQ(workbook::cell_name(0, 0), "A1");
  EXPECT_EQ(workbook::cell_name(6, 25), "Z7");
  EXPECT_EQ(workbook::cell_name(6, 26, true), "$AA$7");
  EXPECT_EQ(workbook::cell_name(0, 702), "AAA1");
}

TEST(WorkbookCodes, texts_are_made_valid) {
  EXPECT_EQ(workbook::clean_text("a\xFFz"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(workbook::clean_text("\xC3\xA9 \xED\xA0\x80"), "\xC3\xA9 \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD") << "halves of a surrogate pair are no characters";
  EXPECT_EQ(workbook::clean_text(std::string("a\x01z")), "a z");
  EXPECT_EQ(workbook::clean_text(std::string(40000, 'x')).size(), 32767u);
}

TEST(WorkbookCodes, only_plain_numbers_read_as_numbers) {
  workbook::PlainNumber number;
  ASSERT_TRUE(workbook::read_plain_number("-54.25", number));
  EXPECT_EQ(number.value, -54.25);
  EXPECT_EQ(number.decimals, 2);
  EXPECT_TRUE(workbook::read_plain_number("0.5", number));
  for (const char* text : {"", "-", "*", "1-47", "007", "1e5", "57%", "1.", ".5", "1.2.3", "1,000", "nan"}) {
    EXPECT_FALSE(workbook::read_plain_number(text, number)) << text;
  }
}
