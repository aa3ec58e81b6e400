#include "spillway/io/book_reader.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "issue_lines.h"
#include "spillway/io/digest.h"
#include "spillway/report/report.h"

using namespace spillway;

namespace {

table::Table sample() {
  table::Table t{"sample", "A \"title\"", {}, {}, {}, {}};
  table::Format slashed = table::date_format();
  slashed.month_slash_year = true;
  t.columns = {{"class", "Class", "", table::text_format()},
               {"balance", "Balance", "dollars", table::dollars_format()},
               {"rate", "Rate", "percent", table::percent_format(3)},
               {"month", "Month", "", table::month_format()},
               {"value", "Value", "", table::number_format(2)}};
  t.rows = {{{"A-1", 861000000.25, 1.0 / 3.0, calendar::make_date(2004, 1, 25), table::Cell{calendar::make_date(2004, 2, 1), slashed}}, false},
            {{"12", -0.5, table::Cell(), "none", table::Cell{5.25, table::percent_format(1)}}, false},
            {{"Total \\ \u00e9", 1e-300, std::nan(""), table::Cell(), "*"}, true}};
  return t;
}

std::string book_of(const table::Table& t) {
  book::Book b;
  b.deal = "Trust: 12";
  b.data_tables = {t};
  return report::to_json(b);
}

// The sample with the first `from` replaced.
Lines problems_with(const std::string& from, const std::string& to) {
  std::string text = book_of(sample());
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  const auto read = io::read_book(text.replace(at, from.size(), to), "book.json");
  EXPECT_FALSE(read.ok());
  return lines(read.issues);
}

void expect_said(const Lines& said, const std::string& fragment) {
  const bool found = std::any_of(said.begin(), said.end(), [&](const auto& line) { return line.find(fragment) != std::string::npos; });
  EXPECT_TRUE(found) << fragment << " is not in " << testing::PrintToString(said);
}

}  // namespace

TEST(BookReader, a_book_reads_back_to_the_same_bytes_as_json_and_as_csv) {
  const auto read = io::read_book(book_of(sample()), "book.json");
  ASSERT_TRUE(read.ok()) << testing::PrintToString(lines(read.issues));
  EXPECT_EQ(read->deal, "Trust: 12");
  ASSERT_EQ(read->tables.size(), 1u);
  EXPECT_EQ(book_of(read->tables[0]), book_of(sample()));
  EXPECT_EQ(report::to_csv(read->tables[0]), report::to_csv(sample()));
}

TEST(BookReader, a_quoted_number_stays_a_text) {
  const auto read = io::read_book(book_of(sample()), "book.json");
  EXPECT_EQ(std::get<std::string>(read->tables[0].rows[1].cells[0].value), "12");
}

TEST(BookReader, a_book_without_formats_can_still_be_read) {
  std::string text = book_of(sample());
  for (const std::string key : {",\"format\":\"$#,##0\"", ",\"format\":\"0.000%\""}) text.erase(text.find(key), key.size());
  const auto read = io::read_book(text, "book.json");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->tables[0].columns[1].format.kind, table::Kind::text);
  EXPECT_EQ(std::get<double>(read->tables[0].rows[0].cells[1].value), 861000000.25);
}

TEST(BookReader, says_where_json_breaks_off) {
  const std::string text = book_of(sample());
  const auto read = io::read_book(text.substr(0, text.size() / 2), "book.json");
  EXPECT_FALSE(read.ok());
  expect_said(lines(read.issues), "error: not valid JSON");
}

TEST(BookReader, finds_every_problem_in_one_go) {
  std::string text = book_of(sample());
  const auto change = [&](const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  };
  change("\"title\": \"A", "\"titel\": \"A");
  change("\"format\":\"$#,##0\"", "\"format\":\"dollars\"");
  change("\"balance\":861000000.25", "\"balanc\":861000000.25");
  change("\"total_rows\": [2]", "\"total_rows\": [7]");
  change("\"value\": [", "\"velue\": [");
  const auto read = io::read_book(text, "book.json");
  EXPECT_FALSE(read.ok());
  const Lines said = lines(read.issues);
  expect_said(said, "unknown key titel; did you mean title?");
  expect_said(said, "'dollars' is no way to print a number or a date");
  expect_said(said, "the table has no column balanc; did you mean balance?");
  expect_said(said, "the row has no balance");
  expect_said(said, "the table has no row 7");
  expect_said(said, "the table has no column velue; did you mean value?");
  for (const std::string& line : said) EXPECT_EQ(line.find("book.json:"), 0u) << line;
}

TEST(BookReader, refuses_what_is_no_table) {
  expect_said(problems_with("\"tables\": {", "\"tabels\": {"), "unknown key tabels; did you mean tables?");
  expect_said(problems_with("\"rate\":null", "\"rate\":true"), "must be text, a number or nothing");
  expect_said(problems_with("\"rate\":null", "\"rate\":[1]"), "not a list");
  expect_said(problems_with("\"name\":\"balance\"", "\"name\":\"class\""), "two columns are called class");
  expect_said(problems_with("\"value\": [", "\"value\": [null, "), "there are not as many formats as rows");
}

TEST(Digest, matches_the_published_examples) {  // FIPS 180-4, and NIST's example values
  EXPECT_EQ(io::sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(io::sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(io::sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(io::sha256(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

class MadeFrom : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path{testing::TempDir()} / testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "deals/one");
    write("deals/one/deal.yaml", "deal");
    write("deals/one/tape.csv", "tape");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const { std::ofstream{folder_ / name} << text; }

  std::filesystem::path folder_;
};

TEST_F(MadeFrom, names_the_deal_from_the_folder_of_the_book_and_every_file_with_its_digest) {
  const auto made = io::made_from(folder_ / "deals/one/deal.yaml", {"tape.csv", "tape.csv"}, folder_ / "out/book", "9.9");
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->deal, "../../deals/one/deal.yaml");
  ASSERT_EQ(made->files.size(), 2u);
  EXPECT_EQ(made->files[1].name, "tape.csv");
  EXPECT_EQ(made->files[1].sha256, io::sha256("tape"));
  const auto read = io::read_made_from(report::to_json(*made), "run.json");
  ASSERT_TRUE(read.ok()) << testing::PrintToString(lines(read.issues));
  EXPECT_EQ(report::to_json(*read), report::to_json(*made));
}

TEST_F(MadeFrom, finds_the_deal_again_until_one_of_its_files_changes_or_is_gone) {
  const auto book = folder_ / "book";
  const auto made = io::made_from(folder_ / "deals/one/deal.yaml", {"tape.csv"}, book, "9.9");
  const auto found = io::unchanged_deal(*made, book);
  ASSERT_TRUE(found.ok());
  EXPECT_TRUE(std::filesystem::equivalent(*found, folder_ / "deals/one/deal.yaml"));
  write("deals/one/tape.csv", "tapes");
  std::filesystem::remove(folder_ / "deals/one/deal.yaml");
  const auto lost = io::unchanged_deal(*made, book);
  EXPECT_FALSE(lost.ok());
  expect_said(lines(lost.issues), "deal.yaml: error: no such file");
  expect_said(lines(lost.issues), "tape.csv: error: the file has changed since the book was written");
}

TEST_F(MadeFrom, reports_every_problem_of_a_broken_record) {
  const auto read = io::read_made_from("{\"spillway\": 1, \"file\": [], \"files\": [{\"name\": \"a\", \"sha256\": \"12\"}]}", "run.json");
  EXPECT_FALSE(read.ok());
  const Lines said = lines(read.issues);
  expect_said(said, "unknown key file; did you mean files?");
  expect_said(said, "sha256 must be 64 hexadecimal digits");
  expect_said(said, "deal");
}
