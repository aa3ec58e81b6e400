// The cash of cohorts under one speed and one set of credit assumptions: their sums times their survival.

#include <algorithm>

#include "spillway/collateral/cohort_cash.h"
#include "spillway/collateral/group_sums.h"
#include "spillway/kernels/paths.h"
#include "spillway/result/issue.h"

namespace spillway::collateral {

using assumptions::Credit;
using cashflow::PoolVectors;

namespace {

std::size_t position_of(const std::vector<CreditShape>& shapes, const CreditShape& wanted) {
  const auto found = std::find_if(shapes.begin(), shapes.end(), [&](const auto& known) { return same_shape(known, wanted); });
  result::require(found != shapes.end(), "a pass over the loans was not made for these credit assumptions");
  return static_cast<std::size_t>(found - shapes.begin());
}

void add_waiting_sums(const std::vector<long double>& waiting, PoolVectors& out) {
  double* sums[] = {out.beginning_balance.data(), out.servicing_fee.data(), out.master_servicing_fee.data(),
                    out.trustee_fee.data(), out.mi_premium.data()};
  for (std::size_t i = 0; i < waiting.size(); ++i) sums[i % 5][i / 5] += static_cast<double>(waiting[i]);
}

// Survival of the cohorts from `first` on, as many as go side by side.
void fill_some(Survival& survival, const std::vector<CohortSums>& cohorts, std::size_t first, int months,
               std::span<CohortSurvival> made) {
  std::vector<const CohortKey*> keys;
  for (std::size_t c = first; c < std::min(first + made.size(), cohorts.size()); ++c) keys.push_back(&cohorts[c].key);
  survival.fill(made, keys, months);
}

}  // namespace

std::vector<cashflow::CollateralCashFlows> CohortPass::Sums::cash(double speed, const Credit* credit, std::size_t first,
                                                                  std::size_t end) const {
  const bool active = credit != nullptr && !credit->is_idle();
  const CreditShape shape = active ? shape_of(*credit) : CreditShape{};
  const std::size_t at = active ? position_of(plan_.shapes, shape) : 0;
  std::vector<GroupSums> groups;
  groups.reserve(end - first);
  for (std::size_t p = first; p < end; ++p) groups.emplace_back(plan_.pool, periods_under(maturity_, active ? credit : nullptr), active);
  Survival survival(plan_.pool, plan_.scenario, speed, active ? credit : nullptr);
  CohortSurvival survivals[Survival::kCohortsAtOnce];
  CashScratch scratch;
  std::vector<int> added(plan_.pool.groups.size(), 0);  // cohorts of a group since its block was ended
  for (std::size_t c = 0; c < cohorts_.front().size(); ++c) {
    const CohortKey& key = cohorts_.front()[c].key;
    const std::size_t ahead = c % Survival::kCohortsAtOnce;
    if (ahead == 0) fill_some(survival, cohorts_.front(), c, maturity_, survivals);
    // A few cohorts' sums hold their last bits without compensation.
    constexpr int kBlock = kernels::kCohortBlock;
    int& open = added[static_cast<std::size_t>(key.group)];
    const bool last = ++open == kBlock;
    if (last) open = 0;
    for (std::size_t p = first; p < end; ++p) {
      PoolVectors& block = groups[p - first].block(key.group);
      block.cut_off_balance += cohorts_[p][c].cut_off_balance;
      CohortCash cash(cohorts_[p][c], survivals[ahead], scratch, block);
      if (active) cash.add_with_defaults(*credit, shape, cohorts_[p][c].shapes[at]);
      else cash.add_without_defaults();
      if (last) groups[p - first].end_block(key.group);
    }
  }
  std::vector<cashflow::CollateralCashFlows> flows;
  for (GroupSums& sums : groups) {
    for (std::size_t g = 0; g < plan_.waiting.size(); ++g) {
      add_waiting_sums(plan_.waiting[g], sums.block(static_cast<int>(g)));
      sums.end_block(static_cast<int>(g));
    }
    flows.push_back(finish(std::move(sums), active ? credit : nullptr));
  }
  return flows;
}

}  // namespace spillway::collateral
