// spillway compare, end to end.

#include <nlohmann/json.hpp>

#include "workspace.h"

namespace {

class Compare : public Workspace {
 protected:
  // The example as it is in deal/, a variant of it in other/.
  void make_variant() const {
    std::filesystem::copy(folder_ / "deal", folder_ / "other");
    const std::filesystem::path path = folder_ / "other/scenarios.yaml";
    std::string scenarios = read(path);
    const std::string from = "arm: 30 CPR";
    scenarios.replace(scenarios.find(from), from.size(), "arm: 25 CPR");
    std::ofstream{path, std::ios::binary} << scenarios;
  }

  static void expect_said(const std::string& text, const std::string& fragment) {
    EXPECT_NE(text.find(fragment), std::string::npos) << "not said: " << fragment << "\nbut:\n" << text;
  }
};

}  // namespace

TEST_F(Compare, a_book_equals_the_deal_it_was_made_from_to_the_last_bit) {
  ASSERT_EQ(run("book deal/deal.yaml --out out").code, 0);
  const Outcome same = run("compare out deal/deal.yaml --exact");
  EXPECT_EQ(same.code, 0) << same.err;
  EXPECT_EQ(same.err, "");
  expect_said(same.out, "The books are equal.");
  expect_said(same.out, "A: out: pricing at 100% to call\nB: deal/deal.yaml: pricing at 100% to call\n");
}

TEST_F(Compare, finds_the_cells_that_differ_and_what_they_come_from) {
  make_variant();
  const Outcome made = run("compare deal/deal.yaml other/deal.yaml --class A-1 --table dm_tables --format json");
  ASSERT_EQ(made.code, 0) << made.err;
  const auto json = nlohmann::json::parse(made.out);
  EXPECT_EQ(json["a"], "deal/deal.yaml: pricing at 100% to call");
  ASSERT_EQ(json["tables"]["summary"]["rows"].size(), 2u);
  const auto& rows = json["tables"]["differences"]["rows"];
  EXPECT_EQ(rows.size(), json["tables"]["summary"]["rows"][0]["different"].get<std::size_t>());
  EXPECT_EQ(rows[0]["row"], "A-1 / call / 80.00");
  EXPECT_EQ(rows[0]["unit"], "years");
  EXPECT_DOUBLE_EQ(rows[0]["difference"].get<double>(), rows[0]["b"].get<double>() - rows[0]["a"].get<double>());
  for (const auto& row : json["tables"]["attribution"]["rows"]) {
    if (row["part"] == "speed") EXPECT_EQ(row["in_order"], row["change"]);
    else EXPECT_EQ(row["in_order"], 0.0);
  }
}

TEST_F(Compare, the_run_after_the_at_sign_is_the_one_attributed) {
  const Outcome made = run("compare deal/deal.yaml@pricing:100:call deal/deal.yaml@:150%:maturity --only attribution --class M-2");
  EXPECT_EQ(made.code, 0) << made.err;
  expect_said(made.out, "B: deal/deal.yaml: pricing at 150% to maturity");
  expect_said(made.out, "Without effect on any measure: curve, credit, collateral, oc, hedge, structure.");
  EXPECT_EQ(made.out.find("Cells of both books"), std::string::npos);
  for (const char* bad : {"@pricin", "@pricing:fast", "@pricing:nan", "@pricing:100:nowhere", "@pricing:100:call:more"}) {
    const Outcome refused = run(std::string("compare deal/deal.yaml deal/deal.yaml") + bad);
    EXPECT_EQ(refused.code, 2) << bad;
    expect_said(refused.err, std::string("deal/deal.yaml") + bad + ": error: ");
    EXPECT_EQ(refused.out, "");
  }
}

TEST_F(Compare, another_order_and_averages_can_be_asked_for) {
  const Outcome made = run("compare deal/deal.yaml deal/deal.yaml@:150:maturity --only attribution --order call,speed --shapley --format csv");
  ASSERT_EQ(made.code, 0) << made.err;
  expect_said(made.out, "class,measure,unit,a,b,change,part,in_order,first,last,average\n");
  EXPECT_LT(made.out.find(",call,"), made.out.find(",speed,"));
  EXPECT_EQ(run("compare deal/deal.yaml deal/deal.yaml --order sped").code, 2);
  EXPECT_EQ(run("compare deal/deal.yaml deal/deal.yaml --order speed,speed").code, 2);
}

TEST_F(Compare, writes_to_a_folder_in_each_format) {
  make_variant();
  for (const char* format : {"text", "csv", "json"}) {
    const Outcome made = run(std::string("compare deal/deal.yaml other/deal.yaml --out diff --format ") + format);
    EXPECT_EQ(made.code, 0) << made.err;
    EXPECT_EQ(made.out, "");
  }
  const auto files = snapshot("diff");
  for (const char* name : {"compare.txt", "compare.json", "summary.csv", "only_in_one.csv", "differences.csv", "attribution.csv"}) {
    EXPECT_TRUE(files.contains(name)) << name;
  }
}

TEST_F(Compare, leaves_the_attribution_out_when_a_file_of_the_book_has_changed_and_says_which) {
  ASSERT_EQ(run("book deal/deal.yaml --out out").code, 0);
  change("scenarios.yaml", "arm: 30 CPR", "arm: 25 CPR");
  const Outcome made = run("compare out deal/deal.yaml");
  EXPECT_EQ(made.code, 0) << made.err;
  expect_said(made.err, "the attribution is left out: deal/scenarios.yaml: error: the file has changed since the book was written");
  expect_said(made.out, "dm_tables");
  EXPECT_EQ(made.out.find("in order"), std::string::npos);
  EXPECT_EQ(run("compare out deal/deal.yaml --only attribution").code, 2);
  std::filesystem::remove(folder_ / "out/run.json");
  expect_said(run("compare out deal/deal.yaml").err, "the attribution is left out: out/run.json: error: no such file");
}

TEST_F(Compare, reports_every_problem_of_both_sides_and_writes_nothing) {
  ASSERT_EQ(run("book deal/deal.yaml --out out").code, 0);
  std::string book = read(folder_ / "out/book.json");
  book.replace(book.find("\"title\""), 7, "\"titel\"");
  book.replace(book.find("\"total_rows\": [6]"), 17, "\"total_rows\": [99]");
  std::ofstream{folder_ / "out/book.json", std::ios::binary} << book;
  const Outcome made = run("compare out nowhere/deal.yaml --format json --out diff");
  EXPECT_EQ(made.code, 2);
  expect_said(made.err, "out/book.json:");
  expect_said(made.err, "unknown key titel; did you mean title?");
  expect_said(made.err, "the table has no row 99");
  expect_said(made.err, "nowhere/deal.yaml: error: no such file");
  EXPECT_FALSE(exists("diff"));
  EXPECT_EQ(run("compare deal/deal.yaml deal/deal.yaml --table dm_table").code, 2);
  EXPECT_EQ(run("compare deal/deal.yaml deal/deal.yaml --exact --tolerance 1").code, 2);
  EXPECT_EQ(run("compare deal/deal.yaml deal/deal.yaml --tolerance nan").code, 2);
}

TEST_F(Compare, the_same_inputs_give_the_same_bytes_on_any_number_of_threads) {
  make_variant();
  const std::string arguments = "compare deal/deal.yaml other/deal.yaml@:80 --shapley --format json --threads ";
  const Outcome one = run(arguments + "1"), many = run(arguments + "4");
  EXPECT_EQ(one.code, 0) << one.err;
  EXPECT_EQ(one.out, many.out);
}
