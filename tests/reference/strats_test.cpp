// The Impac CMB Trust Series 2003-12 term sheet: 20 stratification tables and the summary of the sample pool, as
// published (examples/impac-2003-12/published), with the certain misprints of corrections.csv put right. The tape is
// synthetic and fits the record but for the last digits of some small rows; a cell matches when it rounds to print.

#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "spillway/io/tape_reader.h"
#include "spillway/report/report.h"
#include "spillway/strat/strat.h"

using namespace spillway;

namespace {

using Record = std::map<std::string, std::string>;

const std::string example = std::string(SPILLWAY_SOURCE_DIR) + "/examples/impac-2003-12/";

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> list{""};
  bool quoted = false;
  for (char c : line) {
    if (c == '"') quoted = !quoted;
    else if (c == ',' && !quoted) list.emplace_back();
    else if (c != '\r') list.back() += c;
  }
  return list;
}

/// Rows of a CSV text, each by column name.
struct Csv {
  std::vector<std::string> columns;
  std::vector<Record> rows;

  explicit Csv(const std::string& text) {
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    columns = fields(line);
    while (std::getline(lines, line)) {
      const auto values = fields(line);
      Record& row = rows.emplace_back();
      for (std::size_t c = 0; c < columns.size() && c < values.size(); ++c) row[columns[c]] = values[c];
    }
  }
};

Csv published_strats() {
  Csv strats(text_of(example + "published/strats.csv"));
  for (const Record& correction : Csv(text_of(example + "published/corrections.csv")).rows) {
    for (Record& row : strats.rows) {
      if (row["table"] == correction.at("table") && row["label"] == correction.at("label")) {
        EXPECT_EQ(row[correction.at("column")], correction.at("printed"));
        row[correction.at("column")] = correction.at("proposed");
      }
    }
  }
  return strats;
}

/// The tape and the standard definitions, read once.
struct Inputs {
  pool::ProductTable products;
  pool::LoanTape tape;
  strat::StratDefinitions definitions;

  static const Inputs& get() {
    static const Inputs inputs;
    return inputs;
  }

 private:
  Inputs() {
    products = io::standard_products().value.value();
    definitions = io::standard_strats().value.value();
    tape = io::read_tape(text_of(example + "tape.csv"), "tape.csv", products, calendar::make_date(2003, 12, 1)).value;
  }
};

Csv computed_strats() {
  const Inputs& in = Inputs::get();
  return Csv(report::to_csv(strat::combined_table(strat::stratify(in.tape, in.products, in.definitions))));
}

Csv computed_summary() {
  const Inputs& in = Inputs::get();
  return Csv(report::to_csv(strat::pool_summary(in.tape, in.products, in.definitions)));
}

/// Printed numbers and how many of them we reach.
struct Score {
  int printed = 0, matched = 0;
};

}  // namespace

TEST(ImpacStrats, have_the_columns_rows_and_labels_of_the_published_tables) {
  const Csv ours = computed_strats(), theirs = published_strats();
  EXPECT_EQ(ours.columns, theirs.columns);
  ASSERT_EQ(ours.rows.size(), theirs.rows.size());
  for (std::size_t r = 0; r < ours.rows.size(); ++r) {
    for (const char* column : {"table", "label", "is_total"}) {
      EXPECT_EQ(ours.rows[r].at(column), theirs.rows[r].at(column)) << "row " << r + 2;
    }
  }
}

TEST(ImpacStrats, have_the_published_titles) {
  const Inputs& in = Inputs::get();
  const Csv titles(text_of(example + "published/strats_tables.csv"));
  const auto tables = strat::stratify(in.tape, in.products, in.definitions);
  ASSERT_EQ(tables.size(), titles.rows.size());
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const std::string& title = titles.rows[t].at("printed_title");
    EXPECT_EQ(tables[t].name, titles.rows[t].at("table"));
    EXPECT_TRUE(tables[t].title == title || tables[t].title + " " + tables[t].subtitle == title) << title;
  }
  EXPECT_EQ(tables[14].subtitle, "(Excludes 2864 80% or less LTV Mortgages)");
}

TEST(ImpacStrats, match_the_published_cells) {
  const Csv ours = computed_strats(), theirs = published_strats();
  ASSERT_EQ(ours.rows.size(), theirs.rows.size());
  std::map<std::string, Score> scores;
  Score all;
  for (std::size_t r = 0; r < theirs.rows.size(); ++r) {
    for (const std::string& column : theirs.columns) {
      if (column == "table" || column == "label" || column == "is_total") continue;
      const std::string &mine = ours.rows[r].at(column), &printed = theirs.rows[r].at(column);
      if (printed.empty()) {
        EXPECT_EQ(mine, "") << theirs.rows[r].at("table") << ' ' << theirs.rows[r].at("label") << ' ' << column;
        continue;
      }
      for (Score* score : {&scores[column], &all}) {
        ++score->printed;
        score->matched += mine == printed;
      }
      if (mine != printed) {
        std::cout << theirs.rows[r].at("table") << " | " << theirs.rows[r].at("label") << " | " << column << ": "
                  << mine << ", printed " << printed << '\n';
      }
    }
  }
  for (const auto& [column, score] : scores) {
    std::cout << column << ": " << score.matched << " of " << score.printed << '\n';
  }
  std::cout << "all cells: " << all.matched << " of " << all.printed << '\n';
  for (const char* exact : {"current_balance", "loan_count", "pct_of_total", "average_balance", "wa_months_to_roll"}) {
    EXPECT_EQ(scores[exact].matched, scores[exact].printed) << exact;
  }
  EXPECT_GE(all.matched, 3250);
}

TEST(ImpacPoolSummary, matches_the_published_one) {
  const Csv ours = computed_summary(), theirs(text_of(example + "published/pool_summary.csv"));
  EXPECT_EQ(ours.columns, theirs.columns);
  ASSERT_EQ(ours.rows.size(), theirs.rows.size());
  Score score;
  for (std::size_t r = 0; r < theirs.rows.size(); ++r) {
    EXPECT_EQ(ours.rows[r].at("item"), theirs.rows[r].at("item"));
    for (const char* column : {"value", "range_low", "range_high"}) {
      const std::string &mine = ours.rows[r].at(column), &printed = theirs.rows[r].at(column);
      if (printed.empty()) {
        EXPECT_EQ(mine, "") << theirs.rows[r].at("item");
        continue;
      }
      ++score.printed;
      score.matched += mine == printed;
      EXPECT_EQ(mine, printed) << theirs.rows[r].at("item") << ' ' << column;
    }
  }
  std::cout << "pool summary: " << score.matched << " of " << score.printed << '\n';
}
