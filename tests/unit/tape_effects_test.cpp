// What leaving loans out moves, against runs on a tape without them.

#include <gtest/gtest.h>

#include <filesystem>

#include "spillway/engine/tape_effects.h"
#include "spillway/io/load.h"

using namespace spillway;

namespace {

const std::string kDeal = std::string(SPILLWAY_SOURCE_DIR) + "/examples/impac-2003-12/deal.yaml";
const engine::RunRequest kRun{"pricing", 1.0, false, {}};

// Two loans, the second of half the term.
pool::Pool two_loans() {
  pool::LoanTape tape;
  tape.cut_off = calendar::make_date(2003, 12, 1);
  tape.product = {{"30Yr Fixed"}, {0, 0}};
  tape.current_balance = {100000, 300000};
  tape.gross_rate = {6, 6};
  tape.remaining_term = {360, 180};
  tape.age = {0, 0};
  pool::ProductTable products;
  products.products.push_back({"30Yr Fixed", "fixed"});
  return pool::make_pool(tape, products, {}, calendar::make_date(2004, 1, 1)).value;
}

}  // namespace

TEST(TapeEffects, of_a_deal_with_all_loans_are_the_lives_on_the_front_page) {
  const auto loaded = io::load_inputs(kDeal);
  const auto effects = engine::effects_on_deal(*loaded.inputs, kRun, {});
  ASSERT_TRUE(effects.ok());
  EXPECT_EQ(effects->classes.front(), "A-1");
  EXPECT_NEAR(*effects->all.classes.front(), 2.7770, 5e-5) << "docs/command.md: spillway price --to maturity";
}

TEST(TapeEffects, of_a_deal_do_not_change_with_threads) {
  const auto loaded = io::load_inputs(kDeal);
  const std::vector<engine::TapeRows> sets{{1, 2, 3}, {}, {72, 121}};
  const auto one = engine::effects_on_deal(*loaded.inputs, kRun, sets, {1}), three = engine::effects_on_deal(*loaded.inputs, kRun, sets, {3});
  ASSERT_TRUE(one.ok() && three.ok());
  for (std::size_t s = 0; s < sets.size(); ++s) {
    EXPECT_EQ(one->without[s].pool, three->without[s].pool);
    EXPECT_EQ(one->without[s].classes, three->without[s].classes);
  }
  EXPECT_EQ(one->without[1].pool, one->all.pool) << "no loan left out moves nothing";
}

TEST(TapeEffects, of_a_pool_without_a_loan_are_the_life_of_the_others) {
  const pool::Pool pool = two_loans();
  const std::vector<engine::TapeRows> sets{{0}, {1}, {0, 1}, {}};
  const auto effects = engine::effects_on_pool(pool, 0.25, sets);
  const double all = *effects.all.pool, short_loan = *effects.without[0].pool, long_loan = *effects.without[1].pool;
  EXPECT_LT(short_loan, all);
  EXPECT_GT(long_loan, all);
  EXPECT_NEAR(0.75 * short_loan + 0.25 * long_loan, all, 1e-9) << "a pool's life is its loans', weighted by balance";
  EXPECT_FALSE(effects.without[2].pool.has_value()) << "nothing is left";
  EXPECT_EQ(effects.without[3].pool, effects.all.pool);
}

TEST(TapeEffects, of_a_pool_are_those_of_level_payments_where_nobody_prepays) {
  const auto effects = engine::effects_on_pool(two_loans(), 0.0, std::vector<engine::TapeRows>{{0}});
  // Average life of a level-pay loan: sum of t x principal / 12, by the annuity's formula.
  const double m = 0.06 / 12, payment = 300000 * m / (1 - std::pow(1 + m, -180));
  double balance = 300000, weighted = 0;
  for (int t = 1; t <= 180; ++t) {
    const double principal = payment - balance * m;
    weighted += principal * t / 12;
    balance -= principal;
  }
  EXPECT_NEAR(*effects.without[0].pool, weighted / 300000, 1e-9);
}

TEST(TapeEffects, read_another_tape_in_place_of_the_deals_own) {
  io::LoadOptions options;
  options.tape = std::string(SPILLWAY_SOURCE_DIR) + "/examples/impac-2003-12/tape.csv";
  EXPECT_EQ(io::load_inputs(kDeal, options).inputs->tape.file, options.tape.string());
  options.tape = "nowhere.csv";
  const auto missing = io::load_inputs(kDeal, options);
  EXPECT_FALSE(missing.inputs.has_value());
  EXPECT_TRUE(result::has_errors(missing.issues));
}
