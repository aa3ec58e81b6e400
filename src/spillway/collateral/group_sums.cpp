#include "spillway/collateral/group_sums.h"

#include <algorithm>

#include "spillway/collateral/group_credit.h"

namespace spillway::collateral {

using cashflow::PoolVectors;

GroupSums::GroupSums(const pool::Pool& pool, std::size_t periods, bool has_credit)
    : groups_(pool.groups.size()), periods_(periods), has_credit_(has_credit) {
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    groups_[g].sums.name = pool.groups[g];
    for (PoolVectors* vectors : {&groups_[g].sums, &groups_[g].lost, &groups_[g].block}) vectors->has_credit = has_credit;
  }
}

void GroupSums::widen(std::size_t periods) { periods_ = std::max(periods_, periods); }

void GroupSums::widen(PoolVectors& vectors) const {
  if (vectors.periods() == periods_) return;
  if (has_credit_) vectors.resize(periods_);
  else vectors.resize_cash(periods_);
}

PoolVectors& GroupSums::block(int group) {
  PoolVectors& block = groups_[static_cast<std::size_t>(group)].block;
  widen(block);
  return block;
}

void GroupSums::end_block(int group) {
  Group& one = groups_[static_cast<std::size_t>(group)];
  if (one.block.periods() == 0) return;
  if (one.sums.periods() == 0) {
    std::swap(one.block.name, one.sums.name);
    std::swap(one.block, one.sums);
    return;
  }
  for (PoolVectors* vectors : {&one.sums, &one.lost, &one.block}) widen(*vectors);
  one.sums.cut_off_balance += one.block.cut_off_balance;
  cashflow::add_compensated(one.block, one.sums, one.lost);
  one.block.clear();
}

std::vector<PoolVectors> GroupSums::take() {
  std::vector<PoolVectors> taken;
  for (Group& group : groups_) {
    if (group.lost.periods() != 0) {
      widen(group.lost);
      group.sums.add(group.lost);
    }
    group.sums.resize(periods_);
    taken.push_back(std::move(group.sums));
  }
  return taken;
}

int lag_of(const assumptions::Credit& credit) { return credit.defaults_at_all() ? credit.recovery_lag : 0; }

std::size_t periods_under(int maturity, const assumptions::Credit* credit) {
  if (!credit) return static_cast<std::size_t>(maturity);
  const bool comes_back = credit->subsequent.part > 0.0 && credit->defaults_at_all();
  return static_cast<std::size_t>(maturity + lag_of(*credit) + (comes_back ? credit->subsequent.lag : 0));
}

// A month's closing balance is the next month's opening one; nothing is left after the last.
void close_group(PoolVectors& group, const assumptions::Credit* credit) {
  for (std::size_t t = 0; t + 1 < group.periods(); ++t) group.ending_balance[t] = group.beginning_balance[t + 1];
  if (!credit) return;
  add_subsequent_recoveries(credit->subsequent, group);
  settle_prepayment_interest(credit->prepayment_interest, group);
  if (credit->delinquency) delay_payments(*credit->delinquency, credit->advances, group);
}

namespace {

// Groups added one after the other would lose the last cents of a billion where they are many; of two, nothing is lost.
void add_many(cashflow::CollateralCashFlows& flows, bool has_credit) {
  PoolVectors lost;
  lost.resize(flows.total.periods());
  lost.has_credit = has_credit;
  for (const PoolVectors& group : flows.groups) {
    flows.total.cut_off_balance += group.cut_off_balance;
    flows.total.has_credit = flows.total.has_credit || group.has_credit;
    cashflow::add_compensated(group, flows.total, lost);
  }
  flows.total.add(lost);
}

}  // namespace

cashflow::CollateralCashFlows finish(GroupSums sums, const assumptions::Credit* credit) {
  cashflow::CollateralCashFlows flows;
  flows.groups = sums.take();
  flows.total.name = "pool";
  flows.total.resize(flows.groups.empty() ? 0 : flows.groups.front().periods());
  finish(flows, credit);
  return flows;
}

void finish(cashflow::CollateralCashFlows& flows, const assumptions::Credit* credit) {
  flows.total.clear();
  for (PoolVectors& group : flows.groups) {
    close_group(group, credit);
    cashflow::check_identities(group);
  }
  if (flows.groups.size() > 2) {
    add_many(flows, credit != nullptr);
  } else {
    for (const PoolVectors& group : flows.groups) flows.total.add(group);
  }
  cashflow::check_identities(flows.total);
}

}  // namespace spillway::collateral
