#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "spillway/pdf/pdf.h"

using namespace spillway;

namespace {

table::Table class_table(std::size_t rows) {
  table::Table t{"classes", "Classes", "", {}, {}, {"(1) Subject to a variance."}};
  t.columns = {{"class", "Class", "", table::text_format()}, {"balance", "Approximate Balance", "dollars", table::dollars_format()}};
  for (std::size_t r = 0; r < rows; ++r) t.rows.push_back({{"A-" + std::to_string(r + 1), 861000000.0}, false});
  t.rows.push_back({{"Total", 1e9}, true});
  return t;
}

book::Section section_of(table::Table t) {
  book::Section s;
  s.id = "classes";
  s.title = "Term Sheet";
  s.group = "Terms";
  s.tables = {std::move(t)};
  return s;
}

book::Chart chart_of(book::Chart::Kind kind, std::vector<std::string> x, std::vector<double> values) {
  return {"rate", "Available Rate", kind, "Period", "Rate", "percent", std::move(x), {{"Forward", std::move(values)}}};
}

book::Book sample(std::size_t rows = 6) {
  book::Book b;
  b.deal = "Trust 2003-12";
  b.headline = "$1,000,000,000 (Approximate)";
  b.date_prepared = "November 21, 2003";
  b.parties = {{"Depositor", "Assets Corp."}};
  b.notices = {"The tape is synthetic."};
  b.page_legend = "Read the notices on the first page.";
  b.sections = {section_of(class_table(rows))};
  b.sections[0].terms = {{"Payment Date", {"The 25th of each month.", "1. Or the next business day."}}};
  return b;
}

std::string made(const book::Book& b) {
  auto pdf = pdf::to_pdf(b);
  EXPECT_TRUE(pdf.ok());
  EXPECT_TRUE(pdf.issues.empty()) << result::to_text(pdf.issues.front());
  return pdf.ok() ? *pdf : std::string();
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t pages(const std::string& pdf) {
  std::size_t n = 0;
  const std::string mark = "/Type /Page % ";
  for (std::size_t at = pdf.find(mark); at != std::string::npos; at = pdf.find(mark, at + 1)) ++n;
  return n;
}

}  // namespace

TEST(Pdf, is_a_pdf_document) {
  const std::string pdf = made(sample());
  EXPECT_TRUE(pdf.starts_with("%PDF-1."));
  EXPECT_TRUE(pdf.ends_with("%%EOF\n"));
  EXPECT_TRUE(has(pdf, "/Title (Trust 2003-12)"));
}

TEST(Pdf, the_same_book_gives_the_same_bytes) {
  const std::string once = made(sample(500));
  EXPECT_EQ(once, made(sample(500)));
}

TEST(Pdf, its_date_is_the_date_prepared_however_that_is_written) {
  book::Book b = sample();
  EXPECT_TRUE(has(made(b), "(20031121000000"));
  b.date_prepared = "2003-12-01";
  EXPECT_TRUE(has(made(b), "(20031201000000"));
  b.date_prepared = "some day soon";
  EXPECT_TRUE(has(made(b), "(19700101000000"));
}

TEST(Pdf, a_small_book_is_a_cover_with_contents_or_not_and_its_pages) {
  EXPECT_EQ(pages(made(sample())), 3u);
  book::Book many = sample();
  many.notices.clear();
  EXPECT_EQ(pages(made(many)), 2u);  // the contents have room on the cover
  for (int s = 0; s < 40; ++s) many.sections.push_back(many.sections.front());
  EXPECT_EQ(pages(made(many)), 1u + 1u + 41u);
}

TEST(Pdf, a_section_that_starts_no_page_shares_one) {
  book::Book b = sample();
  b.sections.push_back(b.sections.front());
  EXPECT_EQ(pages(made(b)), 4u);
  b.sections[1].new_page = false;
  EXPECT_EQ(pages(made(b)), 3u);
}

TEST(Pdf, long_tables_go_on_overleaf) {
  book::Book b = sample(2000);
  EXPECT_GT(pages(made(b)), 5u);
  EXPECT_LT(pages(made(b)), 20u);  // in several runs beside one another
}

TEST(Pdf, a_table_of_hundreds_of_columns_is_parted) {
  table::Table t{"wide", "Wide", "", {{"class", "Class", "", table::text_format()}}, {}, {}};
  table::Row row{{"A-1"}, false};
  for (int c = 0; c < 300; ++c) {
    t.columns.push_back({"c" + std::to_string(c), "Column " + std::to_string(c), "", table::dollars_format()});
    row.cells.push_back(1e9);
  }
  t.rows = {row};
  book::Book b = sample();
  b.sections = {section_of(t)};
  EXPECT_GT(pages(made(b)), 1u);
}

TEST(Pdf, a_cell_wider_than_a_page_is_broken) {
  table::Table t = class_table(1);
  t.rows[0].cells[0] = std::string(5000, 'x');
  t.rows[0].cells[1] = 1e300;
  t.columns[1].title = std::string(800, 'y');
  t.title = std::string(800, 'z');
  book::Book b = sample();
  b.deal = std::string(400, 'w');
  b.sections = {section_of(t)};
  EXPECT_GT(pages(made(b)), 1u);
}

TEST(Pdf, charts_of_nothing_are_drawn_all_the_same) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  book::Book b = sample();
  for (const auto kind : {book::Chart::Kind::line, book::Chart::Kind::stacked_area, book::Chart::Kind::bar}) {
    b.sections[0].charts.push_back(chart_of(kind, {}, {}));
    b.sections[0].charts.push_back(chart_of(kind, {"1"}, {2}));
    b.sections[0].charts.push_back(chart_of(kind, {"1", "2", "3"}, {nan, 2, nan}));
    b.sections[0].charts.push_back(chart_of(kind, {"2004-01", "2004-02"}, {-1, std::numeric_limits<double>::infinity()}));
    b.sections[0].charts.push_back(chart_of(kind, {"a", "b"}, {1}));
  }
  EXPECT_FALSE(has(made(b), "nan"));
}

TEST(Pdf, a_book_of_nothing_has_a_cover) { EXPECT_EQ(pages(made(book::Book{})), 1u); }

TEST(Pdf, an_empty_table_has_heads_alone) {
  book::Book b = sample();
  b.sections[0].tables[0].rows.clear();
  b.sections.push_back(section_of(table::Table{}));
  EXPECT_EQ(pages(made(b)), 4u);
}

TEST(Pdf, a_character_no_font_holds_is_reported_once) {
  book::Book b = sample();
  b.subtitle = "Notes of \xE6\x97\xA5 and \xE6\x97\xA5";
  const auto pdf = pdf::to_pdf(b);
  ASSERT_TRUE(pdf.ok());
  ASSERT_EQ(pdf.issues.size(), 1u);
  EXPECT_EQ(pdf.issues[0].severity, result::Severity::warning);
  EXPECT_TRUE(has(pdf.issues[0].what, "\xE6\x97\xA5"));
}

TEST(Pdf, bytes_that_are_no_text_do_no_harm) {
  book::Book b = sample();
  b.deal = "Trust \xFF\xC3";
  b.sections[0].title = "\xE9tats\n\t";
  b.sections[0].tables[0].rows[0].cells[0] = "A\x80-1\x01";
  EXPECT_TRUE(pdf::to_pdf(b).ok());
}

TEST(Pdf, a_row_without_a_cell_per_column_throws) {
  book::Book b = sample();
  b.sections[0].tables[0].rows[0].cells.pop_back();
  EXPECT_THROW(pdf::to_pdf(b), result::InvariantViolation);
}
