#include "spillway/io/tape_fees.h"

#include <cmath>

namespace spillway::io {

std::vector<std::string> known_groups(const pool::ProductTable& products, const std::set<std::string>& labels) {
  std::set<std::string> groups = labels;
  for (const pool::Product& product : products.products) groups.insert(product.group);
  return {groups.begin(), groups.end()};
}

std::set<std::string> own_groups(const pool::LoanTape& tape) {
  std::set<std::string> groups(tape.loan_group.labels.begin(), tape.loan_group.labels.end());
  groups.erase("");
  return groups;
}

pool::FeeTerms fee_terms(const deal::DealDefinition& definition, const std::vector<std::string>& groups) {
  pool::FeeTerms terms;
  const auto by_group = [&](const char* fee) {
    std::map<std::string, double> rates;
    const auto found = definition.fees.find(fee);
    if (found == definition.fees.end()) return rates;
    for (const std::string& group : groups) {
      const auto own = found->second.find(group);
      const auto all = found->second.find("");
      if (own != found->second.end()) rates[group] = own->second;
      else if (all != found->second.end()) rates[group] = all->second;
    }
    return rates;
  };
  terms.servicing = by_group("servicing");
  terms.master_servicing = by_group("master_servicing");
  terms.trustee = by_group("trustees");
  terms.mortgage_insurance = by_group("mortgage_insurance");
  return terms;
}

void count_other_fees(const pool::Pool& pool, const pool::FeeTerms& terms, OtherFees& counts) {
  constexpr double kSame = 5e-7;
  const auto count = [&](const char* fee, const std::map<std::string, double>& stated, const std::vector<double>& charged) {
    for (std::size_t g = 0; g < pool.groups.size(); ++g) {
      const auto rate = stated.find(pool.groups[g]);
      if (rate == stated.end()) continue;
      std::size_t others = 0;
      for (std::size_t i = 0; i < charged.size(); ++i) {
        others += pool.group[i] == static_cast<int>(g) && std::abs(charged[i] - rate->second) > kSame;
      }
      if (others > 0) counts[{fee, rate->first}] += others;
    }
  };
  count("servicing", terms.servicing, pool.servicing_fee);
  count("master_servicing", terms.master_servicing, pool.master_servicing_fee);
  count("trustees", terms.trustee, pool.trustee_fee);
}

std::vector<result::Issue> warnings_of(const OtherFees& counts, const std::vector<std::string>& groups, const std::string& tape) {
  std::vector<result::Issue> warnings;
  for (const std::string fee : {"servicing", "master_servicing", "trustees"}) {
    for (const std::string& group : groups) {
      const auto others = counts.find({fee, group});
      if (others == counts.end()) continue;
      warnings.push_back(result::warning({tape, 0, 0},
                                         std::to_string(others->second) + " loans of group " + group + " have a " + fee +
                                             " fee on the tape other than the deal's",
                                         "the tape's own is charged; check which is right"));
    }
  }
  return warnings;
}

}  // namespace spillway::io
