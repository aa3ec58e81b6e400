// The assumptions a book prints against the scenario files it was made from.

#include <gtest/gtest.h>

#include "../unit/issue_lines.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"

using namespace spillway;

namespace {

book::Book book_of(const std::string& example) {
  const io::Loaded loaded = io::load_inputs(std::string(SPILLWAY_SOURCE_DIR) + "/examples/" + example + "/deal.yaml");
  if (!loaded.inputs) throw std::runtime_error("the example does not load");
  auto made = engine::run_book(*loaded.inputs);
  if (!made.ok()) throw std::runtime_error("the book is not made");
  return std::move(*made);
}

// The rows whose first cells are as given, each as plain text with bars between.
std::vector<std::string> rows_of(const book::Book& book, const char* name, const std::string& start) {
  const table::Table& table = book::data_table(book, name);
  std::vector<std::string> rows;
  for (const table::Row& row : table.rows) {
    std::string text;
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      text += (c > 0 ? "|" : "") + table::format_cell(row.cells[c], table.columns[c], table::Style::plain);
    }
    if (text.starts_with(start)) rows.push_back(text);
  }
  return rows;
}

using Rows = std::vector<std::string>;

}  // namespace

TEST(Assumptions, of_impac_are_those_of_its_scenario_file) {
  const book::Book book = book_of("impac-2003-12");
  EXPECT_EQ(rows_of(book, "prepayment_curves", "pricing|"),
            (Rows{"pricing|arm|CPR|constant|||30.000000", "pricing|fixed|CPR|ramp|loan age|1|2.000000",
                  "pricing|fixed|CPR|ramp|loan age|12|20.000000"}));
  EXPECT_EQ(rows_of(book, "index_paths", "pricing|libor_1m"), (Rows{"pricing|libor_1m||1.120000|1.120000"}));
  EXPECT_EQ(rows_of(book, "index_paths", "available_rate_shock|libor_1m|2003-12-25"),
            (Rows{"available_rate_shock|libor_1m|2003-12-25|1.168920|1.168920"}));
  EXPECT_EQ(rows_of(book, "index_paths", "available_rate_shock|libor_1m|2004-01-25"),
            (Rows{"available_rate_shock|libor_1m|2004-01-25|1.223370|11.223370"}));
  EXPECT_EQ(rows_of(book, "scenarios", "pricing"), (Rows{"pricing|0%, 80%, 100%, 150%, 180%|call and maturity|none||"}));
  EXPECT_EQ(rows_of(book, "credit_curves", "credit||severity"), (Rows{"credit||severity|||40.000000"}));
  EXPECT_EQ(rows_of(book, "assumed_terms", "pricing"), (Rows{"pricing|arm|359|1|"}));
  EXPECT_EQ(rows_of(book, "hedges", "").size(), 219u);
  EXPECT_EQ(rows_of(book, "runs", "").size(), book.views.size());
}

TEST(Assumptions, of_default_vectors_have_a_row_a_month) {
  const book::Book book = book_of("subprime");
  const Rows rows = rows_of(book, "credit_curves", "stress|full_doc|CDR");
  ASSERT_EQ(rows.size(), 52u);
  EXPECT_EQ(rows[27], "stress|full_doc|CDR|period|28|14.000000");
}

TEST(Assumptions, are_data_tables_and_pages_of_the_book) {
  const book::Book book = book_of("auto-abs");
  ASSERT_FALSE(book.assumptions.empty());
  for (const table::Table& table : book.assumptions) {
    EXPECT_EQ(book::data_table(book, table.name).rows.size(), table.rows.size());
    bool printed = false;
    for (const book::Section& section : book.sections) printed = printed || (section.group == "Assumptions" && section.title == table.title);
    EXPECT_TRUE(printed) << table.name;
  }
}
