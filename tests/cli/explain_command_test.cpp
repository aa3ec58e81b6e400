// explain, contributions and cross-tabs on the command line.

#include <nlohmann/json.hpp>

#include "workspace.h"

namespace {

class ExplainCommand : public Workspace {
 protected:
  static void expect_refused(const Outcome& refused, const std::string& message) {
    EXPECT_EQ(refused.code, 2);
    EXPECT_EQ(refused.out, "");
    EXPECT_NE(refused.err.find(message), std::string::npos) << refused.err;
  }
};

}  // namespace

TEST_F(ExplainCommand, walks_from_a_number_to_the_loans) {
  const Outcome all = run("explain deal/deal.yaml dm_tables/A-1/maturity/150/wal");
  EXPECT_EQ(all.code, 0) << all.err;
  for (const char* part : {"WAL = sum P_k x years_k / sum P_k", "sum of principal x years", "Principal of A-1", "[deal.yaml:79]",
                           "principal_distribution", "scheduled principal", "other loans"}) {
    EXPECT_NE(all.out.find(part), std::string::npos) << part;
  }
  const Outcome formula = run("explain deal/deal.yaml dm_tables/A-1/maturity/150/wal --depth 1");
  EXPECT_EQ(formula.out.find("other"), std::string::npos) << formula.out;
  EXPECT_EQ(formula.out.find("[deal.yaml:79]"), std::string::npos) << formula.out;
}

TEST_F(ExplainCommand, gives_the_same_tree_as_json) {
  const Outcome json = run("explain deal/deal.yaml strats/state/CA/fico --format json");
  ASSERT_EQ(json.code, 0) << json.err;
  const auto tree = nlohmann::json::parse(json.out);
  EXPECT_EQ(tree["rule"], "quotient");
  EXPECT_NEAR(tree["value"].get<double>(), tree["parts"][0]["value"].get<double>() / tree["parts"][1]["value"].get<double>(), 1e-9);
  EXPECT_EQ(tree["lines"]["rows"].size(), 12u);  // ten loans, the others, the total
}

TEST_F(ExplainCommand, refuses_what_it_cannot_explain_and_says_what_there_is) {
  expect_refused(run("explain deal/deal.yaml dm_tables/A-9/maturity/150/wal"), "no class of dm_tables is A-9; did you mean A-1?");
  expect_refused(run("explain deal/deal.yaml dm_tables/A-1/maturity/150/wal --speed 50"), "the runs of dm_tables are the book's own");
  expect_refused(run("explain deal/deal.yaml cash_flows/A-1/399/principal"), "the run has no period 399");
  expect_refused(run("explain deal/deal.yaml cash_flows/A-1/3/principal --scenario prcing"), "no scenario is called prcing");
}

TEST_F(ExplainCommand, takes_cash_flows_of_another_run) {
  const Outcome fast = run("explain deal/deal.yaml cash_flows/A-1/3/principal --speed 180 --depth 1");
  const Outcome usual = run("explain deal/deal.yaml cash_flows/A-1/3/principal --depth 1");
  EXPECT_EQ(fast.code, 0) << fast.err;
  EXPECT_NE(fast.out, usual.out);
}

TEST_F(ExplainCommand, lists_what_rows_contribute) {
  const Outcome csv = run("contributions deal/deal.yaml --table occupancy,lien --cdr 5 --severity 40 --by-year --format csv");
  EXPECT_EQ(csv.code, 0) << csv.err;
  EXPECT_TRUE(csv.out.starts_with("table,row,loans,balance,balance_pct,wal,principal,principal_pct,net_interest,net_interest_pct,rate_points,"
                                  "prepaid,prepaid_pct,defaulted,defaulted_pct,losses,losses_pct,principal_year_1,"))
      << csv.out;
  EXPECT_NE(csv.out.find("\nlien,Total,3951,"), std::string::npos) << csv.out;
  expect_refused(run("contributions deal/deal.yaml --table ocupancy"), "no table or loan attribute is called ocupancy; did you mean occupancy?");
}

TEST_F(ExplainCommand, crosses_two_attributes_of_a_tape) {
  const Outcome text = run("strat deal/tape.csv --cross occupancy,purpose --measure loans");
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_NE(text.out.find("Total      2,"), std::string::npos) << text.out;
  const Outcome csv = run("strat deal/tape.csv --cross occupancy,purpose --format csv");
  EXPECT_TRUE(csv.out.starts_with("row,column,loans,balance,percent,")) << csv.out;
  expect_refused(run("strat deal/tape.csv --cross occupancy"), "does not name two tables or attributes");
  expect_refused(run("strat deal/tape.csv --measure fico"), "a measure without a cross-tab");
}
