// A deal whose tape is read in blocks against the same tape held whole.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <unistd.h>

#include "issue_lines.h"
#include "spillway/engine/break_evens.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"

using namespace spillway;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kTiny = 20000;  // bytes: some 45 blocks

class TapeParts : public testing::Test {
 protected:
  void SetUp() override {
    const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = fs::path{testing::TempDir()} / ("spillway_parts_" + name + "_" + std::to_string(getpid()));
    fs::remove_all(folder_);
    fs::copy(fs::path{SPILLWAY_SOURCE_DIR} / "examples/impac-2003-12", folder_, fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string read(const std::string& name) const {
    std::ostringstream bytes;
    bytes << std::ifstream{folder_ / name, std::ios::binary}.rdbuf();
    return std::move(bytes).str();
  }
  void write(const std::string& name, const std::string& bytes) const { std::ofstream{folder_ / name, std::ios::binary} << bytes; }

  void add_scenario(const std::string& text) const {
    std::string all = read("scenarios.yaml");
    write("scenarios.yaml", all.insert(all.find("\nbook:"), text));
  }

  io::Loaded load(std::size_t block) const {
    io::LoadOptions options;
    options.block_bytes = block;
    return io::load_inputs(folder_ / "deal.yaml", options);
  }

  fs::path folder_;
};

double largest(const std::vector<double>& series) {
  double most = 0.0;
  for (double amount : series) most = std::max(most, std::abs(amount));
  return most;
}

void expect_same(const std::vector<double>& whole, const std::vector<double>& parts, const std::string& what) {
  ASSERT_EQ(whole.size(), parts.size()) << what;
  const double within = 1e-10 * std::max(largest(whole), 1.0);
  for (std::size_t t = 0; t < whole.size(); ++t) ASSERT_NEAR(whole[t], parts[t], within) << what << " in period " << t + 1;
}

void expect_same_pool(const cashflow::PoolVectors& whole, const cashflow::PoolVectors& parts) {
  using Vector = std::vector<double> cashflow::PoolVectors::*;
  for (Vector v : {&cashflow::PoolVectors::beginning_balance, &cashflow::PoolVectors::gross_interest,
                   &cashflow::PoolVectors::servicing_fee, &cashflow::PoolVectors::scheduled_principal,
                   &cashflow::PoolVectors::prepaid_principal, &cashflow::PoolVectors::defaulted_balance,
                   &cashflow::PoolVectors::recoveries, &cashflow::PoolVectors::realized_losses,
                   &cashflow::PoolVectors::mi_claims, &cashflow::PoolVectors::uncollected_interest,
                   &cashflow::PoolVectors::ending_balance}) {
    expect_same(whole.*v, parts.*v, whole.name);
  }
}

void expect_same_runs(const engine::Inputs& whole, const engine::Inputs& parts, const std::vector<engine::RunRequest>& requests) {
  const auto a = engine::run_scenarios(whole, requests), b = engine::run_scenarios(parts, requests);
  ASSERT_TRUE(a.ok() && b.ok());
  ASSERT_EQ(a->collateral.size(), b->collateral.size());
  for (std::size_t c = 0; c < a->collateral.size(); ++c) {
    ASSERT_EQ(a->collateral[c].groups.size(), b->collateral[c].groups.size());
    for (std::size_t g = 0; g < a->collateral[c].groups.size(); ++g) {
      expect_same_pool(a->collateral[c].groups[g], b->collateral[c].groups[g]);
    }
    expect_same_pool(a->collateral[c].total, b->collateral[c].total);
  }
  for (std::size_t r = 0; r < a->runs.size(); ++r) {
    for (std::size_t c = 0; c < a->runs[r].flows.classes.size(); ++c) {
      const auto &x = a->runs[r].flows.classes[c], &y = b->runs[r].flows.classes[c];
      expect_same(x.ending_balance, y.ending_balance, x.name);
      expect_same(x.interest_paid, y.interest_paid, x.name);
    }
  }
}

}  // namespace

TEST_F(TapeParts, a_streamed_run_equals_the_whole_one) {
  const auto whole = load(0), parts = load(kTiny);
  ASSERT_TRUE(whole.inputs && parts.inputs && parts.inputs->parts);
  EXPECT_EQ(lines(parts.issues), lines(whole.issues));
  EXPECT_EQ(parts.inputs->pool.size(), 0u);
  EXPECT_EQ(parts.inputs->tape_loans(), whole.inputs->tape_loans());
  EXPECT_EQ(parts.inputs->longest_term(), whole.inputs->longest_term());
  engine::CreditChange change;
  change.cdr = 0.03;
  change.advances = assumptions::Advances::none;
  expect_same_runs(*whole.inputs, *parts.inputs,
                   {{"pricing", 1.0, true, {}}, {"pricing", 1.5, false, {}}, {"available_rate", 1.0, true, {}},
                    {"credit", 1.0, false, {}}, {"credit", 1.0, false, {}, 0.01, change}});
}

TEST_F(TapeParts, rules_on_loans_and_losses_by_timing_are_worked_out_on_every_block) {
  add_scenario(
      "\n  ruled:\n    like: credit\n    credit_rules:\n"
      "      - {where: orig_ltv > 75 and mi_flag = N, multiple: 150%, severity: 55%}\n"
      "      - {where: arm, mi_coverage: 25%}\n"
      "  timed:\n    like: credit\n    default: {cumulative_loss: 5%, by_year: [20%, 40%, 30%, 10%]}\n");
  const auto whole = load(0), parts = load(kTiny);
  ASSERT_TRUE(whole.inputs && parts.inputs) << testing::PrintToString(lines(parts.issues));
  expect_same_runs(*whole.inputs, *parts.inputs, {{"ruled", 1.0, false, {}}, {"timed", 1.0, false, {}}});
}

TEST_F(TapeParts, break_evens_are_the_same) {
  const auto whole = load(0), parts = load(kTiny);
  ASSERT_TRUE(whole.inputs && parts.inputs);
  engine::BreakEvenRequest request;
  request.class_name = "M-2";
  request.run = {"credit", 1.0, false, {}};
  const auto a = engine::find_break_evens(*whole.inputs, {request}), b = engine::find_break_evens(*parts.inputs, {request});
  ASSERT_TRUE(a.ok() && b.ok());
  EXPECT_NEAR(a->front().found.rate, b->front().found.rate, 1e-9);
}

TEST_F(TapeParts, bad_rows_of_any_block_are_reported_as_in_the_whole_tape) {
  std::istringstream rows{read("tape.csv")};
  std::string row, changed, first_id;
  for (int n = 0; std::getline(rows, row); ++n) {
    if (n == 1) first_id = row.substr(0, row.find(','));
    if (n == 300) row.insert(row.find(',') + 1, "9");                          // an unknown product
    if (n == 900) row += ",more";                                              // ragged
    if (n == 1500) row = "\"two\n\nlines\"" + row.substr(row.find(','));       // an id over three lines: legal
    if (n == 2100) row = "\"open" + row.substr(row.find(','));                 // a quote closed in a later block, by what ...
    if (n == 2700) row = "\"x\"y" + row.substr(row.find(','));                 // ... opens this one
    if (n == 3300) row = first_id + row.substr(row.find(','));                 // there twice, blocks apart
    if (n == 3950) row.insert(0, "\"");                                        // never closed
    changed += row + '\n';
  }
  write("tape.csv", changed);
  const auto whole = load(0), parts = load(kTiny), small = load(100);
  const Lines said = lines(whole.issues);
  EXPECT_GE(said.size(), 6u);
  EXPECT_EQ(std::count_if(said.begin(), said.end(), [](const auto& line) { return line.find("is there twice (first on line 2)") != line.npos; }), 1);
  EXPECT_EQ(lines(parts.issues), said);
  EXPECT_EQ(lines(small.issues), said);
  EXPECT_EQ(parts.inputs.has_value(), whole.inputs.has_value());
}

TEST_F(TapeParts, a_tape_that_changes_between_readings_is_an_error) {
  const auto parts = load(kTiny);
  ASSERT_TRUE(parts.inputs);
  const std::string tape = read("tape.csv");
  write("tape.csv", tape.substr(0, tape.rfind('\n', tape.size() / 2) + 1));
  const auto set = engine::run_scenarios(*parts.inputs, {{"pricing", 1.0, true, {}}});
  EXPECT_FALSE(set.ok());
  EXPECT_EQ(lines(set.issues), Lines{"tape.csv: error: the tape changed while it was read; run again"});
}

TEST_F(TapeParts, too_low_a_limit_names_the_least) {
  io::LoadOptions options;
  options.memory = 1000;
  const auto low = io::load_inputs(folder_ / "deal.yaml", options);
  EXPECT_FALSE(low.inputs);
  ASSERT_EQ(low.issues.size(), 1u);
  EXPECT_EQ(low.issues.front().remedy, "give 45MB at least");
  options.memory = 45000000;  // enough to hold it
  EXPECT_FALSE(io::load_inputs(folder_ / "deal.yaml", options).inputs->parts);
  options.use = io::TapeUse::book;  // which is held beside it
  EXPECT_EQ(io::load_inputs(folder_ / "deal.yaml", options).issues.front().remedy, "give 135MB at least");
}
