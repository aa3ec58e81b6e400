// The kernels of blocks: every instruction set the machine has, against the scalar definition and against one another.

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <functional>

#include "loans_of_every_kind.h"
#include "spillway/collateral/loan_by_loan.h"
#include "spillway/kernels/block.h"

using namespace spillway;
using cashflow::PoolVectors;
using small_pool::Loan;
using small_pool::loans_of_every_kind;

namespace {

const std::vector<std::string> kGroups{"fixed", "arm"};

assumptions::Scenario scenario_of(bool with_credit) {
  assumptions::Scenario scenario = small_pool::prepaying(assumptions::Psa{2.0}, 1.0, kGroups);
  if (!with_credit) return scenario;
  scenario.credit.defaults = {{"fixed", assumptions::Sda{3.0}}, {"arm", assumptions::Cdr{0.05}}};
  scenario.credit.severity = {0.4, 0.5};
  scenario.credit.recovery_lag = 12;
  scenario.credit.advances = assumptions::Advances::principal_and_interest;
  return scenario;
}

rates::IndexPaths rising() {
  rates::IndexPath path{"libor_6m", {}, {}};
  for (int month = 0; month < 400; month += 3) {
    path.dates.push_back(calendar::add_months(calendar::make_date(2003, 10, 1), month));
    path.rates.push_back(0.0112 + 0.00013 * month);
  }
  return rates::IndexPaths({path});
}

const std::pair<const char*, std::vector<double> PoolVectors::*> kVectors[] = {
    {"beginning", &PoolVectors::beginning_balance},     {"interest", &PoolVectors::gross_interest},
    {"servicing", &PoolVectors::servicing_fee},         {"trustee", &PoolVectors::trustee_fee},
    {"premium", &PoolVectors::mi_premium},              {"scheduled", &PoolVectors::scheduled_principal},
    {"prepaid", &PoolVectors::prepaid_principal},       {"ending", &PoolVectors::ending_balance},
    {"defaulted", &PoolVectors::defaulted_balance},     {"recoveries", &PoolVectors::recoveries},
    {"losses", &PoolVectors::realized_losses},          {"claims", &PoolVectors::mi_claims},
    {"foreclosure", &PoolVectors::foreclosure_balance}, {"advanced", &PoolVectors::advanced_principal}};

// Lifts the restriction whatever happens in a test.
struct Targets {
  ~Targets() { kernels::restrict_block_target({}); }
};

}  // namespace

TEST(BlockKernels, run_on_the_best_instruction_set_unless_told_otherwise) {
  const Targets lifted_at_the_end;
  const auto targets = kernels::block_targets();
  ASSERT_FALSE(targets.empty());
  EXPECT_EQ(kernels::block_target(), targets.front());
  for (const std::string& target : targets) {
    kernels::restrict_block_target(target);
    EXPECT_EQ(kernels::block_target(), target);
  }
  kernels::restrict_block_target({});
  EXPECT_EQ(kernels::block_target(), targets.front());
}

TEST(BlockKernels, give_the_same_bits_on_every_instruction_set) {
  const Targets lifted_at_the_end;
  const auto pool = small_pool::make(loans_of_every_kind(), kGroups);
  for (bool with_credit : {false, true}) {
    std::optional<PoolVectors> first;
    for (const std::string& target : kernels::block_targets()) {
      kernels::restrict_block_target(target);
      const PoolVectors found = collateral::project(pool, scenario_of(with_credit), rising()).total;
      if (!first) first = found;
      for (const auto& [name, vector] : kVectors) {
        const auto& a = *first.*vector;
        const auto& b = found.*vector;
        ASSERT_EQ(a.size(), b.size());
        EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size() * sizeof(double)), 0) << name << " on " << target;
      }
    }
  }
}

TEST(BlockKernels, equal_the_definition_loan_by_loan) {
  const auto pool = small_pool::make(loans_of_every_kind(), kGroups);
  const double total = pool.total_balance();
  for (bool with_credit : {false, true}) {
    const auto scenario = scenario_of(with_credit);
    const auto found = collateral::project(pool, scenario, rising());
    const auto wanted = collateral::project_loan_by_loan(pool, scenario, {1.0, nullptr}, rising(), {});
    for (const auto& [name, vector] : kVectors) {
      for (std::size_t g = 0; g < kGroups.size(); ++g) {
        for (std::size_t t = 0; t < wanted.total.periods(); ++t) {
          const double a = (found.groups[g].*vector)[t], b = (wanted.groups[g].*vector)[t];
          ASSERT_NEAR(a, b, 1e-10 * std::abs(b) + 1e-15 * total) << name << " of " << kGroups[g] << ", period " << t + 1;
        }
      }
    }
  }
}

TEST(BlockKernels, share_a_pass_only_where_that_is_exact) {
  assumptions::Credit credit;
  EXPECT_TRUE(collateral::shares_pass(credit));
  credit.defaults["fixed"] = assumptions::Cdr{0.02};
  EXPECT_TRUE(collateral::shares_pass(credit));
  credit.defaults["arm"] = assumptions::LossTiming{0.05, {0.5, 0.5}};
  EXPECT_FALSE(collateral::shares_pass(credit));  // what defaults depends on each loan's balance
}

TEST(BlockKernels, give_the_same_bits_however_the_parts_of_a_pass_are_run) {
  std::vector<Loan> loans;
  for (int i = 0; i < 40'000; ++i) {  // more than one part of a cohort
    loans.push_back({.balance = 100'000.0 + 7.77 * (i % 9973), .gross_rate = 0.05 + 1e-6 * (i % 7919), .remaining_term = 24});
  }
  const auto pool = small_pool::make(loans);
  const auto scenario = small_pool::prepaying(assumptions::Cpr{0.3});
  const auto in_order = collateral::project(pool, scenario, small_pool::flat(0.0112)).total;
  std::size_t parts = 0;
  collateral::Settings backwards;
  backwards.for_each = [&](std::size_t count, const std::function<void(std::size_t)>& task) {
    parts += count;
    for (std::size_t i = count; i-- > 0;) task(i);
  };
  const auto reversed = collateral::project(pool, scenario, small_pool::flat(0.0112), backwards).total;
  EXPECT_EQ(parts, 3u);
  for (const auto& [name, vector] : kVectors) EXPECT_EQ(in_order.*vector, reversed.*vector) << name;
}

namespace {

// A few loans on a calendar of their own: they wait, pay interest alone, amortize, and reset to an index of their own.
struct FewLoans {
  std::vector<double> balance, rate, fee, margin, cap, ceiling, floor, rounding, index;
  std::vector<kernels::BlockSegment> segments;
  kernels::SmallBlockLoans block;

  FewLoans(std::size_t count, std::size_t months, std::size_t wait, std::size_t interest_only, std::size_t reset, double at) {
    const auto column = [](std::vector<double>& values, auto value) {
      for (std::size_t i = 0; i < kernels::kBlockGroup; ++i) values.push_back(value(static_cast<double>(i)));
      return values.data();
    };
    kernels::BlockLoans& loans = block.loans;
    loans.count = count;
    loans.balance = column(balance, [&](double i) { return at * (i + 1); });
    loans.rate = column(rate, [](double i) { return 0.05 + 0.001 * i; });
    loans.fees[3] = column(fee, [](double i) { return 0.0002 * i; });
    loans.margin = column(margin, [](double) { return 0.02; });
    loans.first_cap = loans.periodic_cap = column(cap, [](double) { return 0.01; });
    loans.max_rate = column(ceiling, [](double) { return 0.09; });
    loans.min_rate = column(floor, [](double) { return 0.03; });
    loans.rounding = column(rounding, [](double) { return 0.00125; });
    for (std::size_t month = 0; month < months; ++month) index.push_back(0.03 + 0.02 * std::sin(at + static_cast<double>(month)));
    using Kind = kernels::BlockSegment::Kind;
    for (std::size_t begin = 0; begin < months;) {
      std::size_t end = std::min(months, (begin / reset + 1) * reset);
      for (std::size_t turn : {wait, wait + interest_only}) {
        if (begin < turn) end = std::min(end, turn);
      }
      const Kind kind = begin < wait ? Kind::waiting : begin < wait + interest_only ? Kind::interest_only : Kind::amortizing;
      segments.push_back({begin, end, kind, begin > 0 && begin % reset == 0 ? &index[begin] : nullptr});
      begin = end;
    }
    block.calendar = {segments, 0, months, months};
  }
};

// Balance, interest and one fee.
std::vector<double> sums_of(std::size_t months, const std::function<void(const kernels::BlockSums&)>& project) {
  const std::size_t one = months * kernels::kSumLanes;
  std::vector<double> made(3 * one, 0.1);
  project({made.data(), made.data() + one, {nullptr, nullptr, nullptr, made.data() + 2 * one}});
  return made;
}

}  // namespace

TEST(BlockKernels, project_two_small_blocks_as_one_after_the_other) {
  const Targets lifted_at_the_end;
  const FewLoans all[] = {{1, 61, 0, 0, 6, 1e5}, {8, 61, 3, 0, 6, 2e5}, {5, 40, 0, 17, 12, 3e5}, {2, 1, 0, 0, 6, 4e5}, {3, 61, 61, 0, 7, 5e5}};
  std::vector<double> first;
  for (const std::string& target : kernels::block_targets()) {
    kernels::restrict_block_target(target);
    std::vector<double> of_all;
    for (const FewLoans& a : all) {
      for (const FewLoans& b : all) {
        const auto together = sums_of(61, [&](const auto& sums) { kernels::project_small_blocks(a.block, b.block, sums); });
        const auto in_turn = sums_of(61, [&](const auto& sums) {
          for (const FewLoans* one : {&a, &b}) kernels::project_block(one->block.calendar, one->block.loans, sums, {}, nullptr, nullptr);
        });
        EXPECT_EQ(std::memcmp(together.data(), in_turn.data(), in_turn.size() * sizeof(double)), 0) << target;
        of_all.insert(of_all.end(), together.begin(), together.end());
      }
    }
    if (first.empty()) first = of_all;
    EXPECT_EQ(std::memcmp(of_all.data(), first.data(), first.size() * sizeof(double)), 0) << target;
  }
}
