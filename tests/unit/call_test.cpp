// Redemptions: of a part, by a share of the classes, by date or auction, and with a make-whole premium.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "small_deal.h"
#include "spillway/analytics/floater.h"
#include "spillway/book/tables.h"
#include "spillway/deal/lint.h"
#include "spillway/deal/prose.h"
#include "spillway/engine/run_book.h"

using namespace spillway;
using cashflow::ClassCashFlows;
using cashflow::DealCashFlows;
using small_deal::expect_near;
using small_deal::flows_of;
using small_deal::Month;
using Numbers = std::vector<double>;

namespace {

// Sequential classes at 1% a month; the quantities show what formulas read.
std::string deal_of(const std::string& classes, const std::string& call) {
  return small_deal::head() + "parties: {Owner: residual}\nclasses: {defaults: {rate: 12%}, " + classes + "}\n" + call +
         "funds: {interest: pool.interest.net, principal: pool.principal + call.proceeds}\n"
         "class_groups: {Bonds: [A, B]}\n"
         "quantities:\n"
         "  due: if(call.exercised, call.part * (classes.balance.beginning - pool.principal) + pool.principal, pool.principal)\n"
         "  cut_off: pool.balance.cut_off\n"
         "  losses: pool.losses\n"
         "  group_principal: all.principal\n"
         "  part: call.part\n"
         "  premiums: classes.make_whole\n"
         "  premium_of_a: A.make_whole\n"
         "waterfall:\n"
         "  - {pay: interest, from: interest, to: {sequential: Bonds}}\n"
         "  - {pay: principal, from: principal, amount: due, to: {sequential: Bonds}}\n"
         "  - {pay: premium, from: [principal, interest], to: {sequential: Bonds}}\n"
         "  - {pay: residual, from: [interest, principal], to: Owner}\n";
}

const std::string two_classes = "A: {balance: 600}, B: {balance: 400}";
const std::string at_60_percent = "call: {when: pool.balance.ending <= 60% * pool.balance.cut_off, part: 50%}\n";

const Numbers& quantity(const DealCashFlows& flows, const std::string& name) {
  const auto found = std::find_if(flows.quantities.begin(), flows.quantities.end(), [&](const auto& q) { return q.name == name; });
  if (found == flows.quantities.end()) throw std::out_of_range("no quantity " + name);
  return found->values;
}

double years_of(const ClassCashFlows& flows, const std::vector<calendar::PaymentPeriod>& schedule) {
  const Numbers index(schedule.size(), 0.0);
  const auto made = analytics::make_floater_flows(flows, schedule, index, schedule.front().accrual_start);
  return analytics::average_life(made, calendar::DayCount::thirty_360).value_or(0.0);
}

Lines problems_of(const std::string& text) {
  const auto definition = io::read_deal(text, "deal.yaml");
  Lines all = lines(definition.issues);
  if (!all.empty()) return all;
  return lines(deal::resolve(definition.value, {"all"}).issues);
}

bool has_column(const DealCashFlows& flows, const std::vector<Month>& months, const std::string& name) {
  const auto made = book::class_cash_flows(flows, small_deal::collateral(300, months));
  return std::any_of(made.columns.begin(), made.columns.end(), [&](const auto& column) { return column.name == name; });
}

// Steps of 200 from a pool of 1,000.
const std::vector<Month> five_months{{10, 200}, {8, 200}, {6, 200}, {4, 200}, {2, 200}};

// A alone, three payments of 100; B is there for the steps and never paid.
const std::string bond = "A: {balance: 300}, B: {notional: 0 * pool.balance.cut_off}";
const std::vector<Month> three_months{{3, 100}, {2, 100}, {1, 100}};

std::string make_whole(const std::string& more = "") {
  return "call: {when: period >= 1, make_whole: {index: libor_1m, spread: 0.50%}" + more + "}\n";
}

}  // namespace

TEST(PartialCall, redeems_its_part_of_pool_and_classes_once_and_goes_on) {
  // Period 2 leaves 600 of 1,000: half is redeemed.
  //   period  pool before  principal  call brings              classes paid             A    B    pool after
  //     1       1000          200         -                    A 200                   400  400   800
  //     2        800          200      50% x max(600, 600)     50% x 600 + 200 = 500     0  300   50% x 600 = 300
  //     3        300       half of 200     -                   B 100                     0  200   200
  //     4        200          100          -                   B 100                          100  100
  //     5        100          100          -                   B 100                            0    0
  const auto flows = flows_of(deal_of(two_classes, at_60_percent), five_months, {.to_call = true});
  EXPECT_EQ(flows.call_period, 2);
  EXPECT_EQ(flows.first_callable_period, 2);
  expect_near(flows.classes[0].ending_balance, {400, 0, 0, 0, 0}, "A");
  expect_near(flows.classes[1].ending_balance, {400, 300, 200, 100, 0}, "B");
  expect_near(flows.classes[1].interest_paid, {4, 4, 3, 2, 1}, "B interest");
  expect_near(flows.pool_ending_balance, {800, 300, 200, 100, 0}, "pool");
  expect_near(flows.overcollateralization, {0, 0, 0, 0, 0}, "overcollateralization");
  expect_near(quantity(flows, "part"), {0.5, 0.5, 0.5, 0.5, 0.5}, "call.part");
  expect_near(flows.parties[0].values, {0, 0, 0, 0, 0}, "owner");
}

TEST(PartialCall, shortens_average_lives) {
  // A: (200 x 1 + 400 x 2) / 600 months. B: (100 x 2 + 100 x 3 + 100 x 4 + 100 x 5) / 400 months.
  // To maturity A: (200 + 400 + 600) / 600 months, B: (200 x 4 + 200 x 5) / 400 months.
  const auto called = flows_of(deal_of(two_classes, at_60_percent), five_months, {.to_call = true});
  EXPECT_NEAR(years_of(called.classes[0], called.schedule), 1000.0 / 600 / 12, 1e-12);
  EXPECT_NEAR(years_of(called.classes[1], called.schedule), 1400.0 / 400 / 12, 1e-12);
  const auto held = flows_of(deal_of(two_classes, at_60_percent), five_months);
  EXPECT_EQ(held.call_period, 0);
  EXPECT_NEAR(years_of(held.classes[0], held.schedule), 1200.0 / 600 / 12, 1e-12);
  EXPECT_NEAR(years_of(held.classes[1], held.schedule), 1800.0 / 400 / 12, 1e-12);
}

TEST(PartialCall, scales_losses_and_loan_groups_and_leaves_the_cut_off_balance) {
  // 100 of overcollateralization: pool 1,100.
  //   period  pool  principal  loss  call brings            classes paid        residual          pool   classes  OC
  //     1     1100     200                                  200                                   900     800    100
  //     2      900     200           50% x max(700, 600)    50% x 600 + 200     350 + 200 - 500   350     300     50
  //     3      350     100      20                          100                                   230     200     30
  //     4      230     100                                  100                                   130     100     30
  //     5      130     130                                  100                 30                  0       0      0
  const std::vector<Month> months{{10, 200}, {8, 200}, {6, 200, 40}, {4, 200}, {2, 260}};
  const auto flows = flows_of(deal_of(two_classes, "call: {when: period >= 2, part: 50%}\n"), months, {.to_call = true}, 1'100);
  expect_near(flows.overcollateralization, {100, 50, 30, 30, 0}, "overcollateralization");
  expect_near(flows.pool_ending_balance, {900, 350, 230, 130, 0}, "pool");
  expect_near(flows.parties[0].values, {0, 50, 0, 0, 30}, "owner");
  expect_near(quantity(flows, "losses"), {0, 0, 20, 0, 0}, "losses");
  expect_near(quantity(flows, "cut_off"), {1'100, 1'100, 1'100, 1'100, 1'100}, "cut-off balance");
  expect_near(quantity(flows, "group_principal"), {200, 200, 100, 100, 130}, "loan group");
}

TEST(PartialCall, is_not_a_call_passed_up) {
  // The rate doubles from period 3 only if the call was there and not exercised.
  const std::string classes = "A: {balance: 600, rate: \"12% * if(call.passed, 2, 1)\"}, B: {balance: 400, rate: \"12% * if(call.passed, 2, 1)\"}";
  const auto called = flows_of(deal_of(classes, at_60_percent), five_months, {.to_call = true});
  expect_near(called.classes[1].rate, {0.12, 0.12, 0.12, 0.12, 0.12}, "exercised");
  const auto held = flows_of(deal_of(classes, at_60_percent), five_months);
  expect_near(held.classes[1].rate, {0.12, 0.12, 0.24, 0.24, 0.24}, "not exercised");
}

TEST(PartialCall, of_all_is_a_call) {
  const auto whole = flows_of(deal_of(two_classes, "call: {when: period >= 2, part: 100%}\n"), five_months, {.to_call = true});
  const auto unsaid = flows_of(deal_of(two_classes, "call: {when: period >= 2}\n"), five_months, {.to_call = true});
  ASSERT_EQ(whole.periods(), 2u);
  ASSERT_EQ(unsaid.periods(), 2u);
  for (std::size_t c = 0; c < 2; ++c) EXPECT_EQ(whole.classes[c].principal_paid, unsaid.classes[c].principal_paid);
  expect_near(whole.classes[1].principal_paid, {0, 400}, "B");
}

TEST(PartialCall, shows_in_the_pool_columns_of_the_cash_flow_table) {
  const auto flows = flows_of(deal_of(two_classes, at_60_percent), five_months, {.to_call = true});
  const auto made = book::class_cash_flows(flows, small_deal::collateral(1'000, five_months));
  const auto at = std::find_if(made.columns.begin(), made.columns.end(), [](const auto& c) { return c.name == "pool_beginning"; });
  ASSERT_NE(at, made.columns.end());
  const auto column = static_cast<std::size_t>(at - made.columns.begin());
  Numbers found;
  for (const auto& row : made.rows) found.push_back(std::get<double>(row.cells[column].value));
  expect_near(found, {1'000, 800, 300, 200, 100}, "pool_beginning");
}

TEST(CallTest, by_a_percent_of_the_classes_by_date_or_the_earlier_of_the_two) {
  // Classes before the payments: 1,000, 500, 100: 10% is reached in period 3. February's payment is period 2.
  const std::vector<Month> months{{10, 500}, {5, 400}, {1, 50}, {0.5, 50}};
  const std::string by_classes = "classes.balance.beginning <= 10% * classes.balance.original";
  const auto period_of = [&](const std::string& when) {
    return flows_of(deal_of(two_classes, "call: {when: " + when + "}\n"), months, {.to_call = true}).call_period;
  };
  EXPECT_EQ(period_of(by_classes), 3);
  EXPECT_EQ(period_of("date >= 2004-02-25"), 2);
  EXPECT_EQ(period_of(by_classes + " or date >= 2004-02-25"), 2);
  EXPECT_EQ(period_of(by_classes + " or date >= 2004-04-25"), 3);
  EXPECT_EQ(period_of(by_classes + " and date >= 2004-04-25"), 4);
}

TEST(CallTest, of_an_auction_is_its_date_and_brings_the_bid_assumed) {
  // March, period 3: 50 of pool left, bid at 102%: 51, and 50 of collections, pay 100 of class B; 1 is over.
  const std::vector<Month> months{{10, 500}, {5, 400}, {1, 50}, {0.5, 50}};
  const auto flows = flows_of(deal_of(two_classes, "call: {when: date >= 2004-03-25, proceeds: 102% * pool.balance.ending}\n"),
                              months, {.to_call = true});
  EXPECT_EQ(flows.call_period, 3);
  ASSERT_EQ(flows.periods(), 3u);
  expect_near(flows.classes[1].principal_paid, {0, 300, 100}, "B");
  expect_near(flows.parties[0].values, {0, 0, 1}, "owner");
}

TEST(MakeWhole, is_the_value_of_the_cash_forgone_less_the_balance) {
  // LIBOR 5.5% and 0.5%: 0.5% a month. Called in period 1, A forgoes 102 in period 2 and 101 in period 3:
  // 102 / 1.005 + 101 / 1.005^2 = 101.492537 + 99.997525 = 201.490062, less the 200 left after period 1.
  const double premium = 102 / 1.005 + 101 / (1.005 * 1.005) - 200;
  EXPECT_NEAR(premium, 1.490062, 5e-7);
  const auto flows = flows_of(deal_of(bond, make_whole()), three_months, {.to_call = true, .libor = 0.055}, 300);
  ASSERT_EQ(flows.periods(), 1u);
  expect_near(flows.classes[0].premium_paid, {premium}, "premium");
  expect_near(flows.classes[0].principal_paid, {300}, "principal");
  EXPECT_NEAR(flows.classes[0].cash(0), 3 + 300 + premium, 1e-9);
  expect_near(quantity(flows, "premium_of_a"), {premium}, "A.make_whole");
  expect_near(quantity(flows, "premiums"), {premium}, "classes.make_whole");
  expect_near(flows.parties[0].values, {0}, "owner");
  EXPECT_TRUE(has_column(flows, three_months, "A_premium_paid"));
}

TEST(MakeWhole, is_nothing_at_rates_above_the_coupon_or_without_a_call) {
  const auto above = flows_of(deal_of(bond, make_whole()), three_months, {.to_call = true, .libor = 0.20}, 300);
  expect_near(above.classes[0].premium_paid, {0}, "premium");
  expect_near(above.classes[0].principal_paid, {300}, "principal");
  const auto held = flows_of(deal_of(bond, make_whole()), three_months, {.libor = 0.055}, 300);
  expect_near(held.classes[0].premium_paid, {0, 0, 0}, "to maturity");
  expect_near(quantity(held, "premiums"), {0, 0, 0}, "to maturity");
  const auto plain = flows_of(deal_of(bond, ""), three_months, {.libor = 0.055}, 300);
  EXPECT_FALSE(has_column(plain, three_months, "A_premium_paid"));
}

TEST(MakeWhole, of_a_partial_call_is_its_part) {
  // Half of 200 is redeemed with half the premium; 100 is left, paid in halves with 1 and 0.5 of interest.
  const double premium = (102 / 1.005 + 101 / (1.005 * 1.005) - 200) / 2;
  const auto flows = flows_of(deal_of(bond, make_whole(", part: 50%")), three_months, {.to_call = true, .libor = 0.055}, 300);
  expect_near(flows.classes[0].premium_paid, {premium, 0, 0}, "premium");
  expect_near(flows.classes[0].principal_paid, {200, 50, 50}, "principal");
  expect_near(flows.classes[0].interest_paid, {3, 1, 0.5}, "interest");
  expect_near(flows.parties[0].values, {0, 0, 0}, "owner");
}

TEST(MakeWhole, of_a_class_on_a_notional_is_all_it_forgoes) {
  // B has 1% a month on A's balance: 2 and 1 are still to come when it is called.
  const std::string classes = "A: {balance: 300}, B: {notional: A.balance.beginning}";
  const std::vector<Month> months{{6, 100}, {4, 100}, {2, 100}};
  const auto flows = flows_of(deal_of(classes, make_whole()), months, {.to_call = true, .libor = 0.055}, 300);
  expect_near(flows.classes[1].premium_paid, {2 / 1.005 + 1 / (1.005 * 1.005)}, "premium");
}

TEST(MakeWhole, is_worked_out_by_the_engine_from_its_own_run_to_maturity) {
  // A loan of 300 at 1% a month over three months pays 102.006633 a month; 200.993367 is left after the first.
  const double payment = 300 * 0.01 / (1 - std::pow(1.01, -3));
  const double premium = payment / 1.005 + payment / (1.005 * 1.005) - (303 - payment);
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "spillway_make_whole";
  std::filesystem::create_directories(folder);
  std::string text = deal_of("A: {balance: 300}, B: {notional: 0 * pool.balance.cut_off}", make_whole());
  const auto replace = [&](const std::string& from, const std::string& to) { text.replace(text.find(from), from.size(), to); };
  replace("{tape: tape.csv}", "{assumed_loans: {all: [{balance: 300, rate: 12%, remaining: 3}]}}");
  std::ofstream(folder / "deal.yaml") << text << "scenarios: scenarios.yaml\n";
  std::ofstream(folder / "scenarios.yaml") << "spillway: 1\nscenarios:\n  run: {prepayment: {all: 0 CPR}, indices: {static: {libor_1m: 5.5%}}}\n";
  const auto loaded = io::load_inputs(folder / "deal.yaml");
  std::filesystem::remove_all(folder);
  EXPECT_EQ(lines(loaded.issues), Lines{});
  ASSERT_TRUE(loaded.inputs.has_value());
  const auto set = engine::run_scenarios(*loaded.inputs, {{"run", 1.0, true, {}}, {"run", 1.0, false, {}}}, {1, false});
  EXPECT_EQ(lines(set.issues), Lines{});
  ASSERT_TRUE(set.ok());
  expect_near(set->runs[0].flows.classes[0].premium_paid, {premium}, "to call");
  expect_near(set->runs[1].flows.classes[0].premium_paid, {0, 0, 0}, "to maturity");
}

TEST(CallFile, refuses_parts_out_of_range_and_an_index_that_is_not_there) {
  for (const std::string part : {"0%", "0.00%", "120%", "100.5%", "-10%", "0.4"}) {
    const Lines problems = problems_of(deal_of(two_classes, "call: {when: period >= 2, part: " + part + "}\n"));
    ASSERT_EQ(problems.size(), 1u) << part;
    EXPECT_NE(problems[0].find("above 0%"), std::string::npos) << problems[0];
  }
  for (const std::string part : {"100%", "0.5%", "40%", "99.99%", "100.0%"}) {
    EXPECT_EQ(problems_of(deal_of(two_classes, "call: {when: period >= 2, part: " + part + "}\n")), Lines{}) << part;
  }
  const Lines problems = problems_of(deal_of(two_classes, "call: {when: period >= 2, make_whole: {index: libor_1n}}\n"));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].find("no index is called libor_1n"), std::string::npos) << problems[0];
}

TEST(CallFile, is_warned_of_a_premium_that_no_step_pays_and_is_said_in_words) {
  std::string text = deal_of(bond, make_whole(", part: 50%"));
  const auto warnings = [&] {
    const auto definition = io::read_deal(text, "deal.yaml");
    const Lines all = lines(deal::lint(definition.value, small_deal::resolve(text)));
    return std::count_if(all.begin(), all.end(), [](const auto& line) { return line.find("no step pays the make-whole") != std::string::npos; });
  };
  EXPECT_EQ(warnings(), 0);
  const Lines said = deal::prose(io::read_deal(text, "deal.yaml").value);
  const auto says = [&](const std::string& words) {
    return std::any_of(said.begin(), said.end(), [&](const auto& line) { return line.find(words) != std::string::npos; });
  };
  EXPECT_TRUE(says("It redeems 50% of the pool and the classes, once."));
  EXPECT_TRUE(says("month's principal, times 50%, and all make-whole premiums."));
  EXPECT_TRUE(says("discounted at libor_1m plus 0.5%, less its balance."));
  EXPECT_TRUE(says("as make-whole premium"));
  const std::string step = "  - {pay: premium, from: [principal, interest], to: {sequential: Bonds}}\n";
  text.erase(text.find(step), step.size());
  EXPECT_EQ(warnings(), 1);
}
