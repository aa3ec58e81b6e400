// Sums of cohorts added up: of parts of a block, and of pools that come one after another.

#include <algorithm>

#include "spillway/collateral/cohort_sums.h"
#include "spillway/result/issue.h"

namespace spillway::collateral {

namespace {

using Sums = std::vector<double> CohortSums::*;
using OfShape = std::vector<double> ShapeSums::*;

constexpr Sums kOfBlocks[] = {&CohortSums::balance,      &CohortSums::interest,      &CohortSums::servicing,
                              &CohortSums::master,       &CohortSums::trustee,       &CohortSums::premium,
                              &CohortSums::last_balance, &CohortSums::last_interest, &CohortSums::last_servicing,
                              &CohortSums::last_master,  &CohortSums::last_trustee};
constexpr OfShape kFrozen[] = {&ShapeSums::interest, &ShapeSums::matured_interest, &ShapeSums::matured_servicing,
                               &ShapeSums::matured_master, &ShapeSums::matured_trustee};

void add_vector(std::vector<double>& to, const std::vector<double>& from) {
  for (std::size_t t = 0; t < from.size(); ++t) to[t] += from[t];
}

// Longer by zeros, from `was` months to `months`; a vector without entries has no use for them.
void widen_vector(std::vector<double>& sums, std::size_t was, std::size_t months) {
  sums.resize(sums.size() / was * months, 0.0);
}

}  // namespace

void CohortSums::add(const CohortSums& part) {
  for (Sums sums : kOfBlocks) add_vector(this->*sums, part.*sums);
  for (std::size_t s = 0; s < shapes.size(); ++s) {
    add_vector(shapes[s].loss, part.shapes[s].loss);
    add_vector(shapes[s].claims, part.shapes[s].claims);
  }
}

void CohortSums::add_all(const CohortSums& part) {
  result::require(shapes.size() == part.shapes.size(), "parts of a pool were passed over for other credit assumptions");
  widen(part.balance.size());
  cut_off_balance += part.cut_off_balance;
  add(part);
  add_vector(interest_after, part.interest_after);
  for (std::size_t s = 0; s < shapes.size(); ++s) {
    for (OfShape sums : kFrozen) add_vector(shapes[s].*sums, part.shapes[s].*sums);
  }
}

void CohortSums::widen(std::size_t months) {
  const std::size_t was = balance.size();
  if (months <= was) return;
  for (Sums sums : kOfBlocks) widen_vector(this->*sums, was, months);
  widen_vector(interest_after, was, months);
  for (ShapeSums& shape : shapes) {
    widen_vector(shape.loss, was, months);
    widen_vector(shape.claims, was, months);
    for (OfShape sums : kFrozen) widen_vector(shape.*sums, was, months);
  }
}

void CohortPass::Sums::add(const Sums& part) {
  result::require(shapes_.size() == part.shapes_.size() && waiting_.size() == part.waiting_.size(),
                  "parts of a pool were passed over for other credit assumptions or groups");
  maturity_ = std::max(maturity_, part.maturity_);
  std::vector<CohortSums> others;
  for (const CohortSums& cohort : part.cohorts_) {
    const auto known = std::lower_bound(cohorts_.begin(), cohorts_.end(), cohort.key,
                                        [](const CohortSums& mine, const CohortKey& wanted) { return mine.key < wanted; });
    if (known != cohorts_.end() && known->key == cohort.key) known->add_all(cohort);
    else others.push_back(cohort);
  }
  const auto added = static_cast<std::ptrdiff_t>(cohorts_.size());
  std::move(others.begin(), others.end(), std::back_inserter(cohorts_));
  std::inplace_merge(cohorts_.begin(), cohorts_.begin() + added, cohorts_.end(),
                     [](const CohortSums& a, const CohortSums& b) { return a.key < b.key; });
  for (CohortSums& cohort : cohorts_) cohort.widen(static_cast<std::size_t>(maturity_) + 1);
  for (std::size_t g = 0; g < waiting_.size(); ++g) {
    if (waiting_[g].size() < part.waiting_[g].size()) waiting_[g].resize(part.waiting_[g].size(), 0.0L);
    for (std::size_t i = 0; i < part.waiting_[g].size(); ++i) waiting_[g][i] += part.waiting_[g][i];
  }
}

}  // namespace spillway::collateral
