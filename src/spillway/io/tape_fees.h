#pragma once
// Fees that the deal states against those of the tape. Private to io.

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "spillway/deal/definition.h"
#include "spillway/pool/pool.h"

namespace spillway::io {

/// Loan groups of the products and of the tape's own column (`labels`), by name.
std::vector<std::string> known_groups(const pool::ProductTable& products, const std::set<std::string>& labels);

/// The loan groups that the tape names itself.
std::set<std::string> own_groups(const pool::LoanTape& tape);

/// What the deal charges by loan group.
pool::FeeTerms fee_terms(const deal::DealDefinition& definition, const std::vector<std::string>& groups);

/// Loans whose fee on the tape is other than the deal's, by fee and loan group.
using OtherFees = std::map<std::pair<std::string, std::string>, std::size_t>;
void count_other_fees(const pool::Pool& pool, const pool::FeeTerms& terms, OtherFees& counts);

/// A fee that the deal states and the tape contradicts is worth a look: the tape's own is charged.
std::vector<result::Issue> warnings_of(const OtherFees& counts, const std::vector<std::string>& groups, const std::string& tape);

}  // namespace spillway::io
