#include "spillway/collateral/cohort_sums.h"

#include <algorithm>

#include "spillway/collateral/block_run.h"
#include "spillway/result/issue.h"

namespace spillway::collateral {

using assumptions::Credit;
using assumptions::Scenario;
using pool::Pool;

namespace {

constexpr double per_month = 1.0 / 12.0;

// One loan's sums in the making: its paths, and where they go.
class LoanSums {
 public:
  LoanSums(const PathBuffers& path, const kernels::FeeRates& fees, std::size_t from, std::size_t months)
      : path_(path), fees_(fees), from_(from), months_(months) {}

  // Interest of the month on what scheduled principal leaves.
  void add_interest_after(CohortSums& sums) const {
    for (std::size_t t = from_; t + 1 < months_; ++t) {
      sums.interest_after[t] += path_.opening[t + 1] * per_month * path_.rate[t];
    }
  }

  // Losses on what defaults in each month, at `severity` by month of the liquidation and `coverage` off it.
  void add_losses(const CreditShape& shape, const std::vector<double>& severity, double coverage, ShapeSums& sums) {
    const bool takes_interest = shape.reimbursement == assumptions::Reimbursement::from_recoveries && shape.advances_interest();
    if (takes_interest) interest_to_date(shape.advances_principal());
    for (std::size_t k = from_; k < months_; ++k) {
      const std::size_t end = k + static_cast<std::size_t>(shape.lag);
      const double at_default = path_.opening[k];
      const double left = shape.advances_principal() ? path_.opening[std::min(end, months_ - 1)] : at_default;
      const double gross = severity_in(severity, static_cast<int>(end) + 1), net = std::max(0.0, gross - coverage);
      double loss = std::min(net * at_default, left);
      if (takes_interest) {
        const double advanced = to_date_[std::min(end, months_)] - to_date_[k];
        loss = std::min(loss + advanced * (shape.advances_principal() ? 1.0 : at_default), left);
      }
      sums.loss[k] += loss;
      sums.claims[k] += (gross - net) * at_default;
    }
  }

  // Interest on a balance that stays as it was at default.
  void add_frozen_interest(int lag, ShapeSums& sums) const {
    const auto width = static_cast<std::size_t>(lag) + 1;
    for (std::size_t k = from_; k < months_; ++k) {
      const double monthly = path_.opening[k] * per_month;
      const std::size_t live = std::min(width, months_ - k);
      for (std::size_t d = 0; d < live; ++d) sums.interest[k * width + d] += monthly * path_.rate[k + d];
      for (std::size_t d = live; d < width; ++d) {
        const std::size_t at = k * width + d;
        sums.matured_interest[at] += monthly * path_.rate[months_ - 1];
        sums.matured_servicing[at] += monthly * fees_.servicing;
        sums.matured_master[at] += monthly * fees_.master_servicing;
        sums.matured_trustee[at] += monthly * fees_.trustee;
      }
    }
  }

 private:
  // Interest due before each month on the amortizing loan, or on $1 of it.
  void interest_to_date(bool amortizing) {
    to_date_.assign(months_ + 1, 0.0);
    for (std::size_t t = from_; t < months_; ++t) {
      to_date_[t + 1] = to_date_[t] + path_.rate[t] * per_month * (amortizing ? path_.opening[t] : 1.0);
    }
  }

  const PathBuffers& path_;
  const kernels::FeeRates& fees_;
  std::size_t from_, months_;
  std::vector<double> to_date_;
};

}  // namespace

CohortPass::Sums::Sums(const Pool& pool, const Scenario& scenario, std::span<const rates::IndexPaths> paths,
                       const Settings& settings, std::span<const Credit* const> credits)
    : plan_(pool, scenario, settings, credits), maturity_(plan_.maturity) {
  add_blocks(paths);
  const bool fit = std::all_of(plan_.shapes.begin(), plan_.shapes.end(), [](const CreditShape& shape) { return shape.fits_blocks(); });
  for (std::size_t p = 0; p < paths.size() && !fit; ++p) add_loan_by_loan(paths[p], cohorts_[p]);
  for (auto& path : cohorts_) {
    for (CohortSums& cohort : path) cohort.add_up_matured();
  }
}

CohortSums CohortPass::Sums::empty_sums(const CohortKey& key) const {
  const auto months = static_cast<std::size_t>(plan_.maturity) + 1;
  CohortSums made;
  made.key = key;
  for (auto* sums : {&made.balance, &made.interest, &made.servicing, &made.master, &made.trustee, &made.premium}) {
    sums->assign(months, 0.0);
  }
  if (plan_.shapes.empty()) return made;
  for (auto* sums : {&made.interest_after, &made.last_balance, &made.last_interest, &made.last_servicing, &made.last_master,
                     &made.last_trustee}) {
    sums->assign(months, 0.0);
  }
  for (const CreditShape& shape : plan_.shapes) {
    ShapeSums& sums = made.shapes.emplace_back();
    sums.loss.assign(months, 0.0);
    sums.claims.assign(months, 0.0);
    if (shape.advances_principal()) continue;
    for (auto* by_month : {&sums.interest, &sums.matured_interest, &sums.matured_servicing, &sums.matured_master,
                           &sums.matured_trustee}) {
      by_month->assign(months * static_cast<std::size_t>(shape.lag + 1), 0.0);
    }
  }
  return made;
}

// What needs each loan's own path: losses that depend on more than balances, and interest short by the month.
void CohortPass::Sums::add_loan_by_loan(const rates::IndexPaths& indices, std::vector<CohortSums>& cohorts) {
  const Pool& pool = plan_.pool;
  const FixingTables fixings(pool, indices, plan_.maturity);
  PathBuffers path(static_cast<std::size_t>(plan_.maturity));
  for (const std::size_t loan : plan_.order) {
    const LoanTerms terms = terms_of(pool, loan, plan_.assumed);
    amortization_path(pool, loan, terms, fixings, path);
    CohortSums& cohort = cohorts[plan_.position_of(plan_.key_of(loan, terms))];
    const kernels::FeeRates fees = fees_of(pool, loan);
    LoanSums sums(path, fees, static_cast<std::size_t>(cohort.key.first_period - 1), static_cast<std::size_t>(terms.remaining_term));
    sums.add_interest_after(cohort);
    for (std::size_t s = 0; s < plan_.shapes.size(); ++s) {
      const CreditShape& shape = plan_.shapes[s];
      if (shape.fits_blocks()) continue;
      sums.add_losses(shape, severity_of(*shape.credit, loan), coverage_of(pool, loan, *shape.credit), cohort.shapes[s]);
      if (!shape.advances_principal()) sums.add_frozen_interest(shape.lag, cohort.shapes[s]);
    }
  }
}

namespace {

// Part of a cohort, summed by itself.
struct Chunk {
  std::size_t cohort;
  std::vector<BlockPart> parts;
  bool whole;  // the cohort has no other
  std::vector<CohortSums> sums;  // by path, unless whole
};

// Chunks that one task sums: few loans are not worth one each.
constexpr std::size_t kTaskLoans = 1024;
std::vector<std::pair<std::size_t, std::size_t>> tasks_of(const std::vector<Chunk>& chunks) {
  std::vector<std::pair<std::size_t, std::size_t>> tasks;
  std::size_t loans = kTaskLoans;
  for (std::size_t c = 0; c < chunks.size(); ++c) {
    if (loans >= kTaskLoans) {
      tasks.emplace_back(c, c);
      loans = 0;
    }
    for (const BlockPart& part : chunks[c].parts) loans += part.end - part.begin;
    tasks.back().second = c + 1;
  }
  return tasks;
}

}  // namespace

void CohortPass::Sums::add_blocks(std::span<const rates::IndexPaths> paths) {
  const FixingTables fixings(plan_.pool, paths, maturity_);
  cohorts_.resize(paths.size());
  std::vector<Chunk> chunks;
  for (const PlannedCohort& cohort : plan_.cohorts) {
    for (auto& path : cohorts_) {
      path.push_back(empty_sums(cohort.key));
      path.back().cut_off_balance = cohort.cut_off_balance;
    }
    auto all = chunks_of(plan_.blocks_of(cohort));
    for (auto& parts : all) chunks.push_back({cohorts_.front().size() - 1, std::move(parts), all.size() == 1, {}});
  }
  const auto tasks = tasks_of(chunks);
  const auto sum = [&](std::size_t task) {
    BlockRun run(plan_.pool, plan_.assumed, plan_.shapes);
    std::vector<kernels::BlockSegment> segments;
    for (std::size_t c = tasks[task].first; c < tasks[task].second; ++c) {
      Chunk& chunk = chunks[c];
      const PlannedCohort& cohort = plan_.cohorts[chunk.cohort];
      for (std::size_t p = 0; p < cohorts_.size(); ++p) {
        if (!chunk.whole) chunk.sums.push_back(empty_sums(cohort.key));
        run.start(cohort.fees, cohort.months);
        for (const BlockPart& part : chunk.parts) {
          cut_months(part.block->key, fixings, segments);
          run.add(part, segments, p);
        }
        run.finish(chunk.whole ? cohorts_[p][chunk.cohort] : chunk.sums.back());
      }
    }
  };
  if (plan_.settings.for_each) plan_.settings.for_each(tasks.size(), sum);
  else for (std::size_t task = 0; task < tasks.size(); ++task) sum(task);
  for (const Chunk& chunk : chunks) {
    for (std::size_t p = 0; p < chunk.sums.size(); ++p) cohorts_[p][chunk.cohort].add(chunk.sums[p]);
  }
}

CohortPass::CohortPass(const Pool& pool, const Scenario& scenario, const rates::IndexPaths& indices,
                       const Settings& settings, std::span<const Credit* const> credits)
    : CohortPass(pool, scenario, std::span(&indices, 1), settings, credits) {}

CohortPass::CohortPass(const Pool& pool, const Scenario& scenario, std::span<const rates::IndexPaths> paths,
                       const Settings& settings, std::span<const Credit* const> credits)
    : sums_(std::make_unique<Sums>(pool, scenario, paths, settings, credits)) {}

CohortPass::~CohortPass() = default;
CohortPass::CohortPass(CohortPass&&) noexcept = default;

void CohortPass::add(const CohortPass& part) { sums_->add(*part.sums_); }

cashflow::CollateralCashFlows CohortPass::cash(double speed, const Credit* credit) const {
  return std::move(sums_->cash(speed, credit, 0, 1).front());
}

std::vector<cashflow::CollateralCashFlows> CohortPass::cash_on_paths(double speed, const Credit* credit) const {
  return sums_->cash(speed, credit, 0, sums_->paths());
}

}  // namespace spillway::collateral
