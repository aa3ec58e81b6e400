#include "spillway/io/csv_reader.h"

#include <gtest/gtest.h>

#include <charconv>
#include <random>

#include "issue_lines.h"

using namespace spillway;
using io::CsvReader;

namespace {

std::string place(const result::Location& where) {
  return where.file + ':' + std::to_string(where.line) + ':' + std::to_string(where.column);
}

}  // namespace

TEST(CsvReader, finds_columns_by_name_and_fields_by_column) {
  CsvReader csv{"month,libor_1m\n1,1.12\n2,1.15", "curves.csv"};
  EXPECT_EQ(csv.position("libor_1m"), 1u);
  EXPECT_EQ(csv.position("libor_6m"), std::nullopt);
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv[1], "1.12");
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv[1], "1.15");
  EXPECT_EQ(place(csv.location(1)), "curves.csv:3:3");
  EXPECT_FALSE(csv.next());
  EXPECT_TRUE(csv.issues().empty());
}

TEST(CsvReader, takes_commas_quotes_and_line_breaks_inside_quotes) {
  CsvReader csv{"a,b,c\n\"x, y\",\"say \"\"hi\"\"\",\"two\nlines\"\n1,2,3\n", "f"};
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv[0], "x, y");
  EXPECT_EQ(csv[1], "say \"hi\"");
  EXPECT_EQ(csv[2], "two\nlines");
  EXPECT_EQ(place(csv.location(1)), "f:2:8");
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(place(csv.location(2)), "f:4:5") << "the line break in quotes counts as a line";
}

TEST(CsvReader, passes_over_a_byte_order_mark_windows_line_ends_and_blank_lines) {
  CsvReader csv{"\xEF\xBB\xBF" "a,b\r\n\r\n1, 2 \r\n,\r\n\r\n", "f"};
  EXPECT_EQ(csv.headers(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(place(csv.header_location(0)), "f:1:1");
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv[1], "2");
  EXPECT_EQ(place(csv.location(1)), "f:3:4");
  EXPECT_FALSE(csv.next());
  EXPECT_TRUE(csv.issues().empty());
}

TEST(CsvReader, counts_characters_not_bytes) {
  CsvReader csv{"a,b\n\xC3\xA9t\xC3\xA9,x\n", "f"};
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(place(csv.location(1)), "f:2:5");
}

TEST(CsvReader, reports_ragged_rows_and_goes_on) {
  CsvReader csv{"a,b\n1\n1,2,3\n4,5\n", "f"};
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv[0], "4");
  EXPECT_FALSE(csv.next());
  EXPECT_EQ(lines(csv.issues()),
            (Lines{"f:2:1: error: the row has 1 fields, the header has 2; give every column a field, blank where unknown",
                   "f:3:5: error: the row has 3 fields, the header has 2; put text that holds a comma in double quotes"}));
}

TEST(CsvReader, reports_broken_quotes_with_their_place) {
  CsvReader csv{"a,b\n\"x\"y,1\n2,3\n4,\"never closed\n5,6\n", "f"};
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv[0], "2");
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv[0], "5");
  EXPECT_FALSE(csv.next());
  const std::string remedy = "; write a quote inside a quoted field twice: \"\"";
  EXPECT_EQ(lines(csv.issues()), (Lines{"f:2:4: error: text follows a closing quote" + remedy,
                                        "f:4:3: error: a quoted field is never closed" + remedy}));
}

TEST(CsvReader, says_when_the_separator_or_the_encoding_is_another) {
  EXPECT_EQ(lines(CsvReader("a;b\n1;2\n", "f").issues()),
            (Lines{"f:1:1: error: the fields are separated by \";\", not by commas; save the file with commas between "
                   "the fields"}));
  EXPECT_EQ(lines(CsvReader("\xFF\xFE" "a", "f").issues()),
            (Lines{"f:1:1: error: the file is UTF-16; save it as CSV in UTF-8"}));
}

TEST(CsvReader, an_empty_text_has_no_header_and_no_rows) {
  CsvReader csv{"", "f"};
  EXPECT_TRUE(csv.headers().empty());
  EXPECT_FALSE(csv.next());
}

TEST(CsvReader, a_broken_header_lets_no_row_pass_for_one) {
  CsvReader csv{"a,\"b\"c\n1,2\n", "f"};
  EXPECT_TRUE(csv.headers().empty());
  EXPECT_FALSE(csv.next());
  EXPECT_EQ(csv.issues().size(), 1u);
}

// Rows of any length, so that separators fall on every place of the blocks in which they are looked for.
TEST(CsvReader, reads_quoted_and_plain_rows_alike_whatever_their_length) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string plain = "a,b,c\n", quoted = plain;
    std::vector<std::vector<std::string>> rows(1 + random() % 4, std::vector<std::string>(3));
    for (auto& row : rows) {
      for (std::string& field : row) {
        field = "x" + std::string(random() % 90, 'y');
        const char* end = &field == &row.back() ? "\n" : ",";
        plain += std::string(random() % 3, ' ') + field + std::string(random() % 3, ' ') + end;
        quoted += (random() % 2 == 0 ? field : '"' + field + '"') + end;
      }
    }
    if (round % 2 == 0) plain.pop_back(), quoted.pop_back();  // no line end at the end of the file
    for (const std::string& text : {plain, quoted}) {
      CsvReader csv{text, "f"};
      for (const auto& row : rows) {
        ASSERT_TRUE(csv.next()) << text;
        for (std::size_t c = 0; c < 3; ++c) ASSERT_EQ(csv[c], row[c]) << text;
      }
      EXPECT_FALSE(csv.next()) << text;
      EXPECT_TRUE(csv.issues().empty()) << text;
    }
  }
}

TEST(CsvReader, a_quote_inside_an_unquoted_field_is_a_character) {
  CsvReader csv{"a,b\n5\" pipe,\"2\"\n", "f"};
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv[0], "5\" pipe");
  EXPECT_EQ(csv[1], "2");
}

TEST(ReadDecimal, rounds_as_the_standard_library_does) {
  std::mt19937_64 random(11);
  for (int i = 0; i < 200'000; ++i) {
    std::string text = std::to_string(random() >> (random() % 64));
    if (random() % 4 != 0) text.insert(random() % (text.size() + 1), ".");
    double expected = 0;
    const char* end = text.data() + text.size();
    const bool reads = std::from_chars(text.data(), end, expected).ptr == end;
    EXPECT_EQ(io::read_decimal(text), reads ? std::optional{expected} : std::nullopt) << text;
  }
}

TEST(ReadDecimal, reads_plain_finite_numbers_only) {
  EXPECT_EQ(io::read_decimal("-0.5"), -0.5);
  EXPECT_EQ(io::read_decimal("1e3"), 1000.0);
  for (const char* text : {"", "nan", "inf", "1,000", "$5", "5%", "0x10", "1e999", "12 "}) {
    EXPECT_EQ(io::read_decimal(text), std::nullopt) << text;
  }
}
