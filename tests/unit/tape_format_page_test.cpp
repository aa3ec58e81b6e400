// docs/tape-format.md says of every column what the reader does with it.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "spillway/io/tape_reader.h"
#include "issue_lines.h"

using namespace spillway;
using pool::TapeField;

namespace {

std::string page() {
  std::ifstream in{std::string{SPILLWAY_SOURCE_DIR} + "/docs/tape-format.md"};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string shown(double value) {
  std::ostringstream text;
  text.precision(12);
  text << value;
  return text.str();
}

// The row of the page's table, as the field has it.
std::string row(const TapeField& f) {
  const bool number = f.kind == TapeField::Kind::number;
  const std::string kind = f.kind == TapeField::Kind::text ? "text"
                           : f.kind == TapeField::Kind::date ? "date"
                           : f.whole ? "whole number" : "number";
  return "| `" + std::string{f.name} + "` | " + kind + " | " + std::string{f.unit} + " | " +
         (number ? shown(f.min) + " to " + shown(f.max) : "") + " | " + (f.required ? "yes" : "") + " | " +
         std::string{f.meaning} + " |";
}

// The first block of the page fenced as `language`.
std::string block(const std::string& text, const std::string& language) {
  const std::string fence = "```" + language + "\n";
  const auto start = text.find(fence);
  if (start == text.npos) return {};
  const auto body = start + fence.size();
  return text.substr(body, text.find("```", body) - body);
}

}  // namespace

TEST(TapeFormatPage, has_a_row_for_every_field_with_its_unit_range_and_meaning) {
  const std::string text = page();
  for (const TapeField& field : pool::tape_fields()) {
    EXPECT_NE(text.find(row(field)), text.npos) << "the page has no row\n" << row(field);
  }
  EXPECT_NE(text.find("| `loan_id` | text |"), text.npos);
}

TEST(TapeFormatPage, its_worked_example_of_a_mapping_reads_as_it_says) {
  const std::string text = page();
  const auto mapping = io::read_tape_mapping(block(text, "yaml"), "mapping.yaml");
  ASSERT_TRUE(mapping.ok()) << ::testing::PrintToString(lines(mapping.issues));
  const auto tape = io::read_tape(block(text, "csv"), "tape.csv", *io::standard_products(),
                                  calendar::make_date(2003, 12, 1), *mapping);
  EXPECT_EQ(lines(tape.issues), Lines{});
  ASSERT_EQ(tape.value.size(), 2u);
  EXPECT_EQ(tape.value.gross_rate[0], 5.75);
  EXPECT_EQ(tape.value.product.at(0), "2/28 LIB6M");
  EXPECT_EQ(tape.value.first_payment_date[1], calendar::make_date(2003, 11, 1));
  EXPECT_EQ(tape.value.occupancy.at(1), "INV HM");
}

TEST(TapeFields, are_found_by_name_and_point_at_one_column_each) {
  for (const TapeField& field : pool::tape_fields()) {
    EXPECT_EQ(pool::find_tape_field(field.name), &field);
    EXPECT_EQ((field.number != nullptr) + (field.text != nullptr) + (field.date != nullptr), 1) << field.name;
    EXPECT_FALSE(field.meaning.empty()) << field.name;
  }
  EXPECT_EQ(pool::find_tape_field("loan_id"), nullptr);
}
