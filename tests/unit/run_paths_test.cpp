// A deal along many paths against the same runs one by one.

#include "spillway/engine/run_paths.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "same_in_lanes.h"
#include "spillway/io/load.h"

using namespace spillway;
using engine::Inputs;
using engine::PathsRequest;

namespace {

Inputs load(const std::string& name, std::size_t block_bytes = 0) {
  io::LoadOptions options;
  options.block_bytes = block_bytes;
  auto loaded = io::load_inputs(SPILLWAY_SOURCE_DIR "/examples/" + name + "/deal.yaml", options);
  EXPECT_EQ(lines(loaded.issues), Lines{});
  return std::move(loaded.inputs.value());
}

double shift_of(std::size_t path) { return 0.0007 * static_cast<double>(path); }

// The scenario's own paths, then the same moved up by more and more.
std::vector<rates::IndexPaths> moved(const Inputs& inputs, const std::string& scenario, std::size_t count) {
  std::vector<rates::IndexPaths> paths{inputs.scenario(scenario)->indices};
  while (paths.size() < count) paths.push_back(inputs.scenario(scenario)->indices.shifted(shift_of(paths.size())));
  return paths;
}

// Expects every path to be, to the bit, the scenario's run with its indices moved.
void expect_runs_of_the_book(const Inputs& inputs, const PathsRequest& request, std::size_t count, const engine::RunSettings& settings = {}) {
  std::vector<engine::RunRequest> requests;
  for (std::size_t p = 0; p < count; ++p) requests.push_back({request.scenario, request.speed, request.to_call, {}, shift_of(p), request.credit});
  const auto set = engine::run_scenarios(inputs, requests, settings);
  ASSERT_EQ(lines(set.issues), Lines{});
  std::size_t next = 0;
  const auto issues = engine::run_paths(inputs, request, moved(inputs, request.scenario, count), [&](std::size_t path, const auto& flows) {
    EXPECT_EQ(path, next++);
    EXPECT_EQ(same_in_lanes::difference(flows, set->runs[path].flows), "") << request.scenario << ", path " << path;
  }, settings);
  EXPECT_EQ(lines(issues), Lines{});
  EXPECT_EQ(next, count);
}

const Inputs& impac() {
  static const Inputs inputs = load("impac-2003-12");
  return inputs;
}

}  // namespace

TEST(RunPaths, gives_the_bits_of_the_books_runs) {
  // Nine groups side by side and a few more, and fewer than a group.
  for (int threads : {1, 0}) expect_runs_of_the_book(impac(), {"pricing", 1.5, true}, 291, {threads});
  expect_runs_of_the_book(impac(), {"available_rate", 1.0, false}, 18);  // hedged
  expect_runs_of_the_book(impac(), {"available_rate_shock", 0.8, true}, 3);
  expect_runs_of_the_book(impac(), {"credit", 1.0, false, {0.08, 0.4, 6, assumptions::Advances::none}}, 17);
}

TEST(RunPaths, gives_them_for_deals_of_other_kinds) {
  for (const char* name : {"fannie-2025-21", "subprime", "auto-reserve", "pac-support", "shifting-interest", "sequential-z"}) {
    const Inputs inputs = load(name);
    expect_runs_of_the_book(inputs, {inputs.scenarios.back().name, 1.0, false}, 3);
    expect_runs_of_the_book(inputs, {inputs.scenarios.front().name, 1.3, true}, 2);
  }
}

TEST(RunPaths, keeps_what_the_settings_ask_for) {
  engine::RunSettings settings;
  settings.record = waterfall::Record::payments();
  expect_runs_of_the_book(impac(), {"pricing", 1.0, true}, 2, settings);
  settings = {1, true};  // traced
  const auto issues = engine::run_paths(impac(), {"pricing"}, moved(impac(), "pricing", 1),
                                        [](std::size_t, const auto& flows) { EXPECT_FALSE(flows.trace.empty()); }, settings);
  EXPECT_EQ(lines(issues), Lines{});
}

TEST(RunPaths, reads_loans_that_come_in_parts_again_for_every_few_paths) {
  expect_runs_of_the_book(load("impac-2003-12", 100'000), {"available_rate", 1.0, true}, 34);
}

TEST(RunPaths, owes_the_make_whole_premium_of_each_path) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "spillway_paths_make_whole";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "deal.yaml") <<
      "spillway: 1\ndeal: Test\n"
      "dates: {cut_off: 2003-12-01, closing: 2003-12-25, payments: {first: 2004-01-25}, accrual: {day_count: 30/360}}\n"
      "pool: {assumed_loans: {all: [{balance: 300, rate: 12%, remaining: 36}]}}\nindices: {libor_1m: One-Month LIBOR}\n"
      "parties: {Owner: residual}\nclasses: {A: {balance: 300, rate: 12%}}\n"
      "call: {when: period >= 5, make_whole: {index: libor_1m, spread: 0.50%}}\n"
      "funds: {interest: pool.interest.net, principal: pool.principal + call.proceeds}\n"
      "quantities: {due: 'if(call.exercised, classes.balance.beginning, pool.principal)'}\n"
      "waterfall:\n"
      "  - {pay: interest, from: interest, to: A}\n"
      "  - {pay: principal, from: principal, amount: due, to: A}\n"
      "  - {pay: premium, from: [principal, interest], to: A}\n"
      "  - {pay: residual, from: [interest, principal], to: Owner}\n"
      "scenarios: scenarios.yaml\n";
  std::ofstream(folder / "scenarios.yaml") << "spillway: 1\nscenarios:\n  run: {prepayment: {all: 5 CPR}, indices: {static: {libor_1m: 2.5%}}}\n";
  const auto loaded = io::load_inputs(folder / "deal.yaml");
  std::filesystem::remove_all(folder);
  ASSERT_EQ(lines(loaded.issues), Lines{});
  expect_runs_of_the_book(*loaded.inputs, {"run", 1.0, true}, 20);
  expect_runs_of_the_book(*loaded.inputs, {"run", 1.0, false}, 2);
  std::vector<double> premiums;
  engine::run_paths(*loaded.inputs, {"run", 1.0, true}, moved(*loaded.inputs, "run", 2),
                    [&](std::size_t, const auto& flows) { premiums.push_back(flows.classes[0].premium_paid.back()); });
  ASSERT_EQ(premiums.size(), 2u);
  EXPECT_GT(premiums[0], premiums[1]);  // the rate that discounts is higher on the second
  EXPECT_GT(premiums[1], 0.0);
}

TEST(RunPaths, says_along_which_path_a_fault_of_the_deal_file_shows) {
  Inputs broken = impac();
  broken.deal.waterfall.pop_back();  // nobody is paid what is left
  std::size_t used = 0;
  const auto issues = engine::run_paths(broken, {"pricing"}, moved(impac(), "pricing", 3), [&](std::size_t, const auto&) { ++used; });
  EXPECT_EQ(used, 0u);
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_TRUE(issues.front().what.starts_with("along path 1 of 3: ")) << issues.front().what;
  EXPECT_EQ(lines(engine::run_paths(impac(), {"pricing"}, {}, [&](std::size_t, const auto&) { ++used; })), Lines{});
  EXPECT_EQ(used, 0u);
}

TEST(MeasurePaths, of_one_path_gives_discount_margins_and_lives_of_the_price_pages) {
  const Inputs fannie = load("fannie-2025-21");
  for (const auto& [inputs, scenario, index] : {std::tuple<const Inputs&, const char*, const char*>{impac(), "available_rate", "libor_1m"},
                                                {fannie, fannie.scenarios.front().name.c_str(), "sofr_30d"}}) {
    book::PathTerms terms{{}, {}, 0.01, index};
    for (const std::string& name : book::grid_names(inputs.deal)) terms.subjects.push_back(book::grid_subject(inputs.deal, name));
    terms.prices.assign(terms.subjects.size(), 98.5);
    const auto made = engine::measure_paths(inputs, {scenario, 1.0, true}, moved(inputs, scenario, 1), terms);
    ASSERT_EQ(lines(made.issues), Lines{});
    const auto set = engine::run_scenarios(inputs, {{scenario, 1.0, true}});
    book::GridRun run{1.0, &set->runs[0].flows, engine::index_rates(inputs, set->runs[0], index), {}};
    book::GridRequest request;
    request.prices = {98.5};
    const table::Table grid = book::price_grid(inputs.deal, terms.subjects, std::span(&run, 1), request), table = made->summary();
    for (std::size_t s = 0; s < terms.subjects.size(); ++s) {
      const auto cell = [&](const table::Table& of, const char* column) { return of.rows[s].cells[table::column_index(of, column)].value; };
      EXPECT_EQ(cell(table, "spread_bps"), cell(grid, "dm_bps")) << terms.subjects[s].name;
      EXPECT_EQ(cell(table, "wal_mean"), cell(grid, "wal")) << terms.subjects[s].name;
    }
  }
}

TEST(MeasurePaths, takes_means_over_paths_that_the_rows_by_path_bear_out) {
  const auto paths = moved(impac(), "credit", 5);
  book::PathTerms terms{{book::grid_subject(impac().deal, "M-2")}, {99.0}, {}, "libor_1m"};
  const auto made = engine::measure_paths(impac(), {"credit", 1.0, false, {0.10, 0.5}}, paths, terms);
  ASSERT_EQ(lines(made.issues), Lines{});
  const table::Table all = made->summary(), rows = made->by_path(std::vector<std::string>{"a", "b", "c", "d", "e"});
  ASSERT_EQ(rows.rows.size(), 5u);
  const auto mean = [&](const char* column) {
    double sum = 0.0;
    for (const char* name : {"a", "b", "c", "d", "e"}) sum += table::number_at(rows, name, column);
    return sum / 5;
  };
  EXPECT_NEAR(mean("price"), 99.0, 1e-9);
  EXPECT_NEAR(table::number_at(all, "M-2", "wal_mean"), mean("wal"), 1e-12);
  for (const char* column : {"written_down", "principal_loss", "unpaid_interest", "unpaid_basis_risk"}) {
    EXPECT_NEAR(table::number_at(all, "M-2", column), mean(column), 1e-6) << column;
  }
  EXPECT_GT(mean("written_down"), 0.0);
}
