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

void CohortSums::add_up_matured() {
  const auto to_date = [](const std::vector<double>& amounts) {
    std::vector<double> sums = amounts;
    for (std::size_t i = 1; i < sums.size(); ++i) sums[i] += sums[i - 1];
    return sums;
  };
  matured_balance = to_date(last_balance);
  matured_interest = to_date(last_interest);
  matured_fees = to_date(last_servicing);
  const std::vector<double> of_master = to_date(last_master), of_trustee = to_date(last_trustee);
  for (std::size_t i = 0; i < matured_fees.size(); ++i) matured_fees[i] += of_master[i] + of_trustee[i];
}

namespace {

// Cohorts of both, in the order of their keys.
void merge(std::vector<CohortSums>& mine, const std::vector<CohortSums>& theirs) {
  std::vector<CohortSums> others;
  for (const CohortSums& cohort : theirs) {
    const auto known = std::lower_bound(mine.begin(), mine.end(), cohort.key,
                                        [](const CohortSums& sums, const CohortKey& wanted) { return sums.key < wanted; });
    if (known != mine.end() && known->key == cohort.key) known->add_all(cohort);
    else others.push_back(cohort);
  }
  const auto added = static_cast<std::ptrdiff_t>(mine.size());
  std::move(others.begin(), others.end(), std::back_inserter(mine));
  std::inplace_merge(mine.begin(), mine.begin() + added, mine.end(),
                     [](const CohortSums& a, const CohortSums& b) { return a.key < b.key; });
}

}  // namespace

void CohortPass::Sums::add(const Sums& part) {
  auto& waiting = plan_.waiting;
  const auto& theirs = part.plan_.waiting;
  result::require(plan_.shapes.size() == part.plan_.shapes.size() && waiting.size() == theirs.size() && paths() == part.paths(),
                  "parts of a pool were passed over for other credit assumptions, groups or rate paths");
  maturity_ = std::max(maturity_, part.maturity_);
  for (std::size_t p = 0; p < paths(); ++p) {
    merge(cohorts_[p], part.cohorts_[p]);
    for (CohortSums& cohort : cohorts_[p]) cohort.widen(static_cast<std::size_t>(maturity_) + 1);
    for (CohortSums& cohort : cohorts_[p]) cohort.add_up_matured();
  }
  for (std::size_t g = 0; g < waiting.size(); ++g) {
    if (waiting[g].size() < theirs[g].size()) waiting[g].resize(theirs[g].size(), 0.0L);
    for (std::size_t i = 0; i < theirs[g].size(); ++i) waiting[g][i] += theirs[g][i];
  }
}

}  // namespace spillway::collateral
