#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "spillway/collateral/parted_projection.h"
#include "spillway/engine/deal_runner.h"
#include "spillway/engine/loans.h"
#include "spillway/engine/parallel.h"
#include "spillway/engine/row_flows.h"

namespace spillway::engine {

namespace {

using RowAndGroup = std::pair<std::size_t, std::size_t>;

constexpr std::size_t kRowsAtOnce = 32;

// The number of the row of each loan of a part, by table and loan of its tape.
std::vector<std::vector<std::uint32_t>> numbers_in(const pool::LoanTape& tape, strat::RowsInParts& rows) {
  std::vector<std::vector<std::uint32_t>> numbers(rows.tables());
  rows.add(tape, [&](const strat::RowsOfBlock& block) {
    for (std::size_t t = 0; t < numbers.size(); ++t) numbers[t].insert(numbers[t].end(), block.rows[t], block.rows[t] + block.count);
  });
  return numbers;
}

// What the first reading finds of a table.
struct Found {
  strat::PrintedRows printed;
  std::map<std::pair<std::uint32_t, std::size_t>, std::int64_t> loans;  // by number of the row and loan group

  std::size_t rows() const { return printed.rows.labels.size() + (printed.rows.outside > 0 ? 1 : 0); }
  std::size_t row_of(std::uint32_t number) const {
    const std::uint32_t position = printed.position[number];
    return position == strat::kOutside ? printed.rows.labels.size() : position;
  }
};

// The rows of one table on their way through the parts.
class TableProjection {
 public:
  TableProjection(const Inputs& inputs, const RunRequest& run, const Found& found)
      : inputs_(inputs), run_(run), found_(found), scenario_(scenario_of(inputs, run)), paths_(paths_of(inputs, run)) {
    groups_.pool = inputs.pool;
    groups_.pool.groups.clear();
    std::set<RowAndGroup> all;
    for (const auto& [key, loans] : found.loans) all.insert({found.row_of(key.first), key.second});
    for (const auto& [row, group] : all) {
      number_[{row, group}] = static_cast<int>(groups_.row.size());
      groups_.add_group(inputs.pool, row, group);
    }
    scenario_.prepayment = renamed(scenario_.prepayment, inputs.pool, groups_);
    scenario_.assumed_terms = renamed(scenario_.assumed_terms, inputs.pool, groups_);
    scenario_.credit.defaults = renamed(scenario_.credit.defaults, inputs.pool, groups_);
    const collateral::Case one{run.speed, &scenario_.credit};
    parted_ = std::make_unique<collateral::PartedProjection>(groups_.pool, scenario_, std::span(&one, 1), paths_, inputs.collateral);
  }

  void add(const LoanParts::Part& part, const std::vector<std::uint32_t>& numbers) {
    const ScenarioDefinition& stated = *inputs_.scenario(run_.scenario);
    const assumptions::Credit* own = credit_in(inputs_, part, &stated.assumptions);
    assumptions::Credit credit = changed_credit(own ? *own : stated.assumptions.credit, run_.credit, inputs_.pool.groups);
    credit.defaults = renamed(credit.defaults, inputs_.pool, groups_);
    pool::Pool pool = part.pool;
    pool.groups = groups_.pool.groups;
    pool.order.clear();
    for (std::size_t i = 0; i < pool.size(); ++i) {
      pool.group[i] = number_.at({found_.row_of(numbers[pool.tape_row[i]]), static_cast<std::size_t>(pool.group[i])});
    }
    const collateral::Case one{run_.speed, &credit};
    parted_->add(pool, std::span(&one, 1));
  }

  RowFlows finish() {
    RowFlows made{found_.printed.rows.name, found_.printed.rows.title, found_.printed.rows.labels, {}, {}};
    made.loans.resize(found_.rows());
    for (const auto& [key, loans] : found_.loans) made.loans[found_.row_of(key.first)] += loans;
    made.flows = by_row(std::move(parted_->take().front()), inputs_.pool, groups_, found_.rows());
    return made;
  }

 private:
  const Inputs& inputs_;
  const RunRequest& run_;
  const Found& found_;
  assumptions::Scenario scenario_;
  rates::IndexPaths paths_;
  RowGroups groups_;
  std::map<RowAndGroup, int> number_;
  std::unique_ptr<collateral::PartedProjection> parted_;
};

std::vector<result::Issue> find_rows(const Inputs& inputs, std::span<const strat::TableDefinition> tables, std::vector<Found>& found) {
  found.resize(tables.size());
  strat::RowsInParts rows(inputs.products, tables);
  auto issues = inputs.parts->for_each([&](const LoanParts::Part& part) {
    const auto numbers = numbers_in(*part.tape, rows);
    for (std::size_t t = 0; t < tables.size(); ++t) {
      for (std::size_t i = 0; i < part.pool.size(); ++i) {
        ++found[t].loans[{numbers[t][part.pool.tape_row[i]], static_cast<std::size_t>(part.pool.group[i])}];
      }
    }
  }, true);
  for (std::size_t t = 0; t < tables.size(); ++t) found[t].printed = rows.printed(t);
  return issues;
}

}  // namespace

std::vector<result::Issue> for_each_table_in_parts(const Inputs& inputs, const RunRequest& run, std::span<const strat::TableDefinition> tables,
                                                   int threads, const std::function<void(std::size_t, RowFlows)>& use) {
  std::vector<Found> found;
  if (auto issues = find_rows(inputs, tables, found); result::has_errors(issues)) return issues;
  for (std::size_t first = 0, last = 0; first < tables.size(); first = last) {
    std::size_t rows = found[last++].rows();
    while (last < tables.size() && rows + found[last].rows() <= kRowsAtOnce) rows += found[last++].rows();
    strat::RowsInParts again(inputs.products, tables.subspan(first, last - first));  // numbers rows as the first time
    std::vector<std::unique_ptr<TableProjection>> projections;
    for (std::size_t t = first; t < last; ++t) projections.push_back(std::make_unique<TableProjection>(inputs, run, found[t]));
    auto issues = inputs.parts->for_each([&](const LoanParts::Part& part) {
      const auto numbers = numbers_in(*part.tape, again);
      if (part.pool.size() == 0) return;
      for_each_task(projections.size(), threads, [&](std::size_t p) { projections[p]->add(part, numbers[p]); });
    }, true);
    if (result::has_errors(issues)) return issues;
    for (std::size_t t = first; t < last; ++t) use(t, projections[t - first]->finish());
  }
  return {};
}

}  // namespace spillway::engine
