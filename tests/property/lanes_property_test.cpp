// Waterfalls in lanes over random deals: each run is, to the bit, what it is alone.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "../unit/same_in_lanes.h"
#include "any_deal.h"
#include "any_structure.h"
#include "spillway/kernels/block.h"
#include "spillway/waterfall/lane_run.h"

using namespace spillway;
using cashflow::CollateralCashFlows;
using waterfall::RunInputs;

namespace {

constexpr std::size_t kMostPeriods = 48;

// Runs of one deal, each with collateral, index and swaps of its own.
struct Runs {
  std::vector<CollateralCashFlows> collateral;
  std::vector<hedges::SwapSchedule> swaps;
  std::vector<rates::IndexPaths> indices;
  std::vector<calendar::PaymentPeriod> schedule;
  std::vector<RunInputs> inputs;

  explicit Runs(const deal::Deal& deal) : schedule(calendar::make_schedule(deal.schedule, {}, kMostPeriods)) {}

  void add(const deal::Deal& deal, CollateralCashFlows flows, hedges::SwapSchedule swap = {}, double libor = 0.03) {
    collateral.push_back(std::move(flows));
    swaps.push_back(std::move(swap));
    std::vector<rates::IndexPath> paths;
    for (const std::string& index : deal.indices) paths.push_back(rates::flat_path(index, libor));
    indices.emplace_back(std::move(paths));
  }

  std::span<const RunInputs> all() {
    for (std::size_t r = inputs.size(); r < collateral.size(); ++r) inputs.push_back({collateral[r], indices[r], swaps[r], schedule});
    return inputs;
  }
};

void assert_same(const deal::Deal& deal, Runs& runs, const waterfall::RunOptions& options) {
  const auto found = waterfall::run_waterfalls(deal, runs.all(), options);
  RC_ASSERT(found.size() == runs.all().size());
  for (std::size_t r = 0; r < found.size(); ++r) {
    const auto alone = waterfall::run_waterfall(deal, runs.all()[r], options);
    const std::string off = same_in_lanes::difference(found[r], alone);
    RC_LOG() << "run " << r << ": " << off << '\n';
    RC_ASSERT(off.empty());
  }
}

// None of them is run alone after all.
void assert_all_in_lanes(const deal::Deal& deal, Runs& runs, const waterfall::RunOptions& options) {
  RC_ASSERT(waterfall::goes_in_lanes(deal, options));
  const auto program = waterfall::compile_lanes(deal, options.record);
  const auto some = runs.all().first(std::min(runs.all().size(), waterfall::kSideBySide));
  std::vector<std::optional<cashflow::DealCashFlows>> made(some.size());
  waterfall::run_in_lanes(deal, program, some, {}, options, made);
  for (const auto& one : made) RC_ASSERT(one.has_value());
}

// Pools without credit, side by side: in one group of loans or two, which begin with these balances.
cashflow::CollateralSideBySide any_side_by_side(const std::vector<double>& balances, std::size_t count) {
  cashflow::CollateralSideBySide made;
  for (double balance : balances) {
    made.groups.emplace_back().cut_off_balance = balance;
    made.total.cut_off_balance += balance;
  }
  const auto periods = static_cast<std::size_t>(*rc::gen::inRange(1, 40));
  cashflow::resize(made, count, (count + 15) / 16 * 16, periods);
  for (cashflow::PoolsSideBySide& group : made.groups) {
    for (std::size_t r = 0; r < count; ++r) {
      double balance = group.cut_off_balance;
      for (std::size_t t = 0; t < periods; ++t) {
        const std::size_t at = t * made.stride + r;
        group.beginning_balance[at] = balance;
        group.gross_interest[at] = balance * any_deal::part(0, 900) / 12;
        group.servicing_fee[at] = balance * any_deal::part(0, 50) / 12;
        group.mi_premium[at] = balance * any_deal::part(0, 20) / 12;
        group.scheduled_principal[at] = balance * any_deal::part(0, 100);
        const double left = balance - group.scheduled_principal[at];
        group.prepaid_principal[at] = t + 1 == periods ? left : left * any_deal::part(0, 1'500);
        balance = left - group.prepaid_principal[at];
      }
    }
    for (const auto& vector : cashflow::side_by_side_vectors()) {
      for (std::size_t i = 0; i < (group.*vector.many).size(); ++i) (made.total.*vector.many)[i] += (group.*vector.many)[i];
    }
  }
  return made;
}

void assert_same_side_by_side(const deal::Deal& deal, const std::vector<double>& balances, const waterfall::RunOptions& options) {
  const auto count = static_cast<std::size_t>(*rc::gen::element(1, 15, 17, 32, 33, 50));
  const cashflow::CollateralSideBySide collateral = any_side_by_side(balances, count);
  Runs runs(deal);
  for (std::size_t r = 0; r < count; ++r) runs.add(deal, cashflow::run_of(collateral, r), {}, any_deal::part(0, 1'500));
  waterfall::ScheduleDays days = waterfall::days_of(deal, runs.schedule);
  const auto fixings = waterfall::fix_side_by_side(deal, days, runs.indices, collateral.stride);
  std::vector<result::Result<cashflow::DealCashFlows>> found;
  waterfall::ManyRuns(deal, options).run(collateral, {runs.indices, {}, runs.schedule, {}, fixings}, found);
  RC_ASSERT(found.size() == count);
  for (std::size_t r = 0; r < count; ++r) {
    const std::string off = same_in_lanes::difference(found[r], waterfall::run_waterfall(deal, runs.all()[r], options));
    RC_LOG() << "run " << r << ": " << off << '\n';
    RC_ASSERT(off.empty());
  }
}

// Of one group of lanes, of two, and more than go side by side.
int count_of_runs() { return *rc::gen::element(1, 2, 7, 8, 9, 16, 17, 31, 33); }

}  // namespace

RC_GTEST_PROP(Lanes, run_the_example_deal_over_any_collateral_as_it_runs_alone, ()) {
  const deal::Deal& deal = any_deal::impac();
  Runs runs(deal);
  const int count = count_of_runs();
  for (int r = 0; r < count; ++r) {
    any_deal::Case one = any_deal::any_case();
    const bool is_hedged = *rc::gen::arbitrary<bool>();
    runs.add(deal, std::move(one.collateral), is_hedged ? std::move(one.swaps) : hedges::SwapSchedule{}, one.libor);
  }
  const waterfall::RunOptions options{*rc::gen::arbitrary<bool>(), false};
  assert_same(deal, runs, options);
  assert_all_in_lanes(deal, runs, options);
}

RC_GTEST_PROP(Lanes, run_deals_with_reserves_triggers_and_losses_as_they_run_alone, ()) {
  const any_deal::SmallDeal given = any_deal::any_small_deal();
  const deal::Deal deal = small_deal::resolve(given.text);
  RC_LOG() << given.text;
  Runs runs(deal);
  const int count = count_of_runs();
  for (int r = 0; r < count; ++r) {
    const cashflow::PoolVectors pool = any_deal::any_pool(1e6 * (1 + any_deal::part(-300, 500)));
    runs.add(deal, {{pool}, pool});
  }
  assert_same(deal, runs, {});
  assert_all_in_lanes(deal, runs, {});
}

RC_GTEST_PROP(Lanes, run_any_tree_of_payments_as_it_runs_alone, ()) {
  const random_structure::Structure made = random_structure::any_structure();
  const deal::Deal deal = small_deal::resolve(random_structure::deal_text(made), {"group_1", "group_2"});
  RC_LOG() << random_structure::deal_text(made);
  Runs runs(deal);
  const int count = count_of_runs();
  for (int r = 0; r < count; ++r) runs.add(deal, random_structure::any_collateral(made));
  assert_same(deal, runs, {});
  assert_all_in_lanes(deal, runs, {});
}

RC_GTEST_PROP(Lanes, take_collateral_that_lies_side_by_side, ()) {
  RC_ASSERT(!waterfall::ManyRuns(any_deal::impac(), {}).reads_groups());
  assert_same_side_by_side(any_deal::impac(), {1e9 * (1 + any_deal::part(-200, 200))}, {*rc::gen::arbitrary<bool>(), false});
  const random_structure::Structure made = random_structure::any_structure();
  const deal::Deal deal = small_deal::resolve(random_structure::deal_text(made), {"group_1", "group_2"});
  RC_LOG() << random_structure::deal_text(made);
  RC_ASSERT(waterfall::ManyRuns(deal, {}).reads_groups());
  std::vector<double> balances(2);
  for (std::size_t c = 0; c < made.balances.size(); ++c) balances[static_cast<std::size_t>(made.group[c])] += made.balances[c];
  assert_same_side_by_side(deal, balances, {});
}

RC_GTEST_PROP(Lanes, keep_of_the_series_those_asked_for_and_no_other, ()) {
  const deal::Deal& deal = any_deal::impac();
  Runs runs(deal);
  any_deal::Case one = any_deal::any_case();
  runs.add(deal, std::move(one.collateral), std::move(one.swaps), one.libor);
  waterfall::Record record;
  record.class_series = *rc::gen::inRange<std::uint32_t>(0, waterfall::Record::kEveryClassSeries + 1);
  record.parties = *rc::gen::arbitrary<bool>();
  record.quantities = *rc::gen::arbitrary<bool>();
  record.totals = *rc::gen::arbitrary<bool>();
  const auto all = waterfall::run_waterfall(deal, runs.all()[0], {one.to_call, false});
  const auto part = waterfall::run_waterfall(deal, runs.all()[0], {one.to_call, false, record});
  const auto in_lanes = waterfall::run_waterfalls(deal, runs.all(), {one.to_call, false, record});
  RC_ASSERT(same_in_lanes::difference(in_lanes[0], part) == "");
  RC_ASSERT(same_in_lanes::difference(*part, *all, true) == "");
  for (int s = 0; s < deal::class_recorded_count; ++s) {
    RC_ASSERT((part->classes[0].*cashflow::kClassSeries[s]).empty() != record.keeps_class_series(s));
  }
  RC_ASSERT(part->parties[0].values.empty() != record.parties);
  RC_ASSERT(part->quantities[0].values.empty() != record.quantities);
  RC_ASSERT(part->overcollateralization.empty() != record.totals);
}

RC_GTEST_PROP(Lanes, use_the_memory_of_earlier_results_again, ()) {
  const deal::Deal& deal = any_deal::impac();
  Runs earlier(deal), runs(deal);
  for (Runs* some : {&earlier, &runs}) {
    const int count = *rc::gen::element(2, 18);
    for (int r = 0; r < count; ++r) {
      any_deal::Case one = any_deal::any_case();
      some->add(deal, std::move(one.collateral), std::move(one.swaps), one.libor);
    }
  }
  const waterfall::ManyRuns many(deal, {true, false});
  auto results = many.run(earlier.all());
  many.run(runs.all(), results);
  for (std::size_t r = 0; r < results.size(); ++r) {
    RC_ASSERT(same_in_lanes::difference(results[r], waterfall::run_waterfall(deal, runs.all()[r], {true, false})) == "");
  }
}

RC_GTEST_PROP(Lanes, have_the_same_bits_on_every_instruction_set, ()) {
  const deal::Deal& deal = any_deal::impac();
  Runs runs(deal);
  const int count = *rc::gen::element(3, 19);
  for (int r = 0; r < count; ++r) {
    any_deal::Case one = any_deal::any_case();
    runs.add(deal, std::move(one.collateral), std::move(one.swaps), one.libor);
  }
  for (const std::string& target : kernels::block_targets()) {
    kernels::restrict_block_target(target);
    RC_LOG() << target << '\n';
    assert_same(deal, runs, {true, false});
  }
  kernels::restrict_block_target("");
}
