#include "spillway/cashflow/side_by_side.h"

#include <algorithm>

namespace spillway::cashflow {

namespace {

constexpr SideBySideVector kVectors[] = {
    {&PoolsSideBySide::beginning_balance, &PoolVectors::beginning_balance},
    {&PoolsSideBySide::gross_interest, &PoolVectors::gross_interest},
    {&PoolsSideBySide::servicing_fee, &PoolVectors::servicing_fee},
    {&PoolsSideBySide::master_servicing_fee, &PoolVectors::master_servicing_fee},
    {&PoolsSideBySide::trustee_fee, &PoolVectors::trustee_fee},
    {&PoolsSideBySide::mi_premium, &PoolVectors::mi_premium},
    {&PoolsSideBySide::scheduled_principal, &PoolVectors::scheduled_principal},
    {&PoolsSideBySide::prepaid_principal, &PoolVectors::prepaid_principal}};

void resize(PoolsSideBySide& pools, std::size_t stride, std::size_t periods) {
  for (const SideBySideVector& vector : kVectors) (pools.*vector.many).resize(periods * stride);
  pools.beginning_balance.resize((periods + 1) * stride);
}

PoolVectors run_of(const PoolsSideBySide& pools, const CollateralSideBySide& of, std::size_t run) {
  PoolVectors made;
  made.name = pools.name;
  made.cut_off_balance = pools.cut_off_balance;
  if (pools.beginning_balance.empty()) return made;
  made.resize(of.periods);
  for (const SideBySideVector& vector : kVectors) {
    for (std::size_t t = 0; t < of.periods; ++t) (made.*vector.one)[t] = (pools.*vector.many)[t * of.stride + run];
  }
  for (std::size_t t = 0; t < of.periods; ++t) made.ending_balance[t] = pools.beginning_balance[(t + 1) * of.stride + run];
  check_identities(made);
  return made;
}

}  // namespace

std::span<const SideBySideVector> side_by_side_vectors() { return kVectors; }

void resize(CollateralSideBySide& flows, std::size_t runs, std::size_t stride, std::size_t periods,
            std::span<const std::size_t> without) {
  flows.runs = runs;
  flows.stride = stride;
  flows.periods = periods;
  resize(flows.total, stride, periods);
  for (std::size_t g = 0; g < flows.groups.size(); ++g) {
    if (std::find(without.begin(), without.end(), g) == without.end()) resize(flows.groups[g], stride, periods);
  }
}

CollateralCashFlows run_of(const CollateralSideBySide& flows, std::size_t run) {
  CollateralCashFlows made;
  for (const PoolsSideBySide& group : flows.groups) made.groups.push_back(run_of(group, flows, run));
  made.total = run_of(flows.total, flows, run);
  return made;
}

}  // namespace spillway::cashflow
