// A run takes its memory before its first period: twice the periods ask for memory as often.

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "small_deal.h"

namespace {

std::size_t allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace spillway;
using small_deal::Month;

namespace {

// Memory, a trigger, an account, basis risk, losses, and distributions of every kind.
const std::string kDeal =
    small_deal::head() +
    "classes:\n"
    "  A: {balance: 500, stated_rate: libor_1m + 2%, rate: \"min(stated_rate, net_rate)\"}\n"
    "  B: {balance: 300, rate: 6%}\n"
    "  C: {balance: 150, rate: 7%}\n"
    "class_groups: {Bonds: [A, B, C]}\n"
    "parties: {Trustee: fees, Owner: residual}\n"
    "funds: {interest: pool.interest.net, principal: pool.principal, cash: [interest, principal]}\n"
    "accounts: {Reserve: {opening: 5, target: 1% * pool.balance.ending, earns: 3%}}\n"
    "schedules: {plan: {steps: {1: 400, 6: 300}}}\n"
    "quantities:\n"
    "  net_rate: pool.net_rate\n"
    "  mean_loss: {formula: pool.losses, average_over: 3}\n"
    "  losses_so_far: {formula: pool.losses, sum_over: all}\n"
    "  last_excess: {formula: excess, at: previous_period}\n"
    "  excess: {formula: cash, before: excess}\n"
    "  short: max(0, classes.balance - pool.balance.ending)\n"
    "triggers: {stepped: {when: mean_loss > 1, after: 2, cure: 2}}\n"
    "waterfall:\n"
    "  - {section: fee, pay: fee, from: interest, amount: 0.1, to: Trustee}\n"
    "  - {section: 1, pay: interest, from: [interest, Reserve], to: {pro_rata: Bonds}}\n"
    "  - {section: 2, pay: principal, from: principal, amount: pool.principal, to: {sequential: [{down_to: plan, pay: A}, "
    "{if: stepped, then: B, else: {shares: [60%: B, 40%: C]}}, {at_most: 100, pay: C}, {pro_rata: Bonds}]}}\n"
    "  - {section: losses, pay: write_down, amount: short, to: {sequential: [C, B]}}\n"
    "  - {section: 3, pay: deposit, from: cash, to: Reserve}\n"
    "  - {section: excess, pay: principal, from: cash, when: stepped, amount: excess, to: {sequential: Bonds}}\n"
    "  - {section: 4, pay: basis_risk, from: cash, to: A}\n"
    "  - {section: release, pay: residual, from: Reserve, amount: Reserve.excess, to: Owner}\n"
    "  - {section: 5, pay: residual, from: cash, to: Owner}\n";

std::size_t allocations_of(std::size_t months, bool trace) {
  const deal::Deal deal = small_deal::resolve(kDeal);
  std::vector<Month> all(months, Month{6, 4, 1, 1, 0.5, 20});
  const double left = 1'000 - 6 * static_cast<double>(months - 1);
  all.back() = {6, left, 0, 0, 0, 0};
  const auto flows = small_deal::collateral(1'000, all);
  const auto schedule = calendar::make_schedule(deal.schedule, {}, static_cast<int>(months));
  const rates::IndexPaths indices({rates::flat_path("libor_1m", 0.05)});
  const std::vector<std::vector<double>> series{{400}};
  const hedges::SwapSchedule no_swaps;
  const waterfall::RunInputs inputs{flows, indices, no_swaps, schedule, series};
  const std::size_t before = allocations;
  const auto run = waterfall::run_waterfall(deal, inputs, {.trace = trace});
  const std::size_t taken = allocations - before;
  EXPECT_EQ(lines(run.issues), Lines{});
  EXPECT_EQ(run.ok() ? run->periods() : 0, months);
  return taken;
}

}  // namespace

TEST(Allocation, of_a_run_does_not_grow_with_its_periods) {
  for (bool trace : {false, true}) {
    const std::size_t taken = allocations_of(40, trace);
    EXPECT_GT(taken, 0u);  // they are counted
    EXPECT_EQ(allocations_of(80, trace), taken) << (trace ? "traced" : "untraced");
  }
}
